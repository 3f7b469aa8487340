"""Neurons: the record, one file per model with its closed-form rate, and the catalogue NEURONS."""

from plasticity.catalogue import Catalogue
from plasticity.neurons.escape import ESCAPE_LIF, firing_probability
from plasticity.neurons.in_steps import rate_in_steps
from plasticity.neurons.lif import LIF_EXCITATORY, LIF_INHIBITORY, rheobase, synaptic_potential
from plasticity.neurons.record import Constant, Neuron, Variable, closed_form_rate, with_constants
from plasticity.neurons.white_noise import WHITE_NOISE_LIF, white_noise
from plasticity.plugins import Group

_ALL = (LIF_EXCITATORY, LIF_INHIBITORY, WHITE_NOISE_LIF, ESCAPE_LIF)
NEURONS = Catalogue("neuron", {one.name: one for one in _ALL}, others=Group("plasticity.neurons", Neuron))


__all__ = [
    "NEURONS",
    "Constant",
    "Neuron",
    "Variable",
    "closed_form_rate",
    "firing_probability",
    "rate_in_steps",
    "rheobase",
    "synaptic_potential",
    "white_noise",
    "with_constants",
]
