"""Neurons: the record, one file per model with its closed-form rate, and the catalogue NEURONS."""

from plasticity.catalogue import Catalogue
from plasticity.neurons.closed_forms import (
    closed_form_rate,
    firing_probability,
    known_in_closed_form,
    rate_in_steps,
    rheobase,
    synaptic_potential,
)
from plasticity.neurons.escape import ESCAPE_LIF
from plasticity.neurons.lif import LIF_EXCITATORY, LIF_INHIBITORY
from plasticity.neurons.record import Clamp, ClosedForm, Neuron, Receptor, Variable
from plasticity.neurons.white_noise_lif import WHITE_NOISE_LIF, white_noise
from plasticity.parameters import Parameter, with_parameters
from plasticity.plugins import Group

_ALL = (LIF_EXCITATORY, LIF_INHIBITORY, WHITE_NOISE_LIF, ESCAPE_LIF)
NEURONS = Catalogue("neuron", {one.name: one for one in _ALL}, others=Group("plasticity.neurons", Neuron))


__all__ = [
    "NEURONS",
    "Clamp",
    "ClosedForm",
    "Neuron",
    "Parameter",
    "Receptor",
    "Variable",
    "closed_form_rate",
    "firing_probability",
    "known_in_closed_form",
    "rate_in_steps",
    "rheobase",
    "synaptic_potential",
    "white_noise",
    "with_parameters",
]
