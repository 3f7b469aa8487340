"""Neurons: the record, the library of published neurons with what is known of them in closed form, and NEURONS."""

from plasticity.catalogue import Catalogue, Group, Pages
from plasticity.neurons.closed_forms import (
    closed_form_rate,
    firing_probability,
    known_in_closed_form,
    rate_in_steps,
    rheobase,
    synaptic_potential,
)
from plasticity.neurons.library import FAMILIES
from plasticity.neurons.noisy import white_noise
from plasticity.neurons.parts import Clamp, ClosedForm, Receptor, Variable
from plasticity.neurons.record import Neuron
from plasticity.neurons.resting import Rest, last_rest, rest_at
from plasticity.neurons.synapses import with_jumps, with_nmda, with_synapses
from plasticity.parameters import Parameter, ParameterSet, with_parameters, with_set

NEURONS: Catalogue[Neuron] = Catalogue(
    "neuron",
    Pages("plasticity.neurons.library", FAMILIES),
    others=Group("plasticity.neurons", Neuron),
    chosen=with_set,
)

__all__ = [
    "FAMILIES",
    "NEURONS",
    "Clamp",
    "ClosedForm",
    "Neuron",
    "Parameter",
    "ParameterSet",
    "Receptor",
    "Rest",
    "Variable",
    "closed_form_rate",
    "firing_probability",
    "known_in_closed_form",
    "last_rest",
    "rate_in_steps",
    "rest_at",
    "rheobase",
    "synaptic_potential",
    "white_noise",
    "with_jumps",
    "with_nmda",
    "with_parameters",
    "with_set",
    "with_synapses",
]
