"""Networks of records made the same, to the last bit of rounding, as scripts that are written by hand in Brian2."""

from dataclasses import replace

from plasticity import Network, Population, with_parameters
from plasticity.rules import with_conventions


def as_by_hand(network: Network, dt: float) -> Network:
    """The network with what Brian2 does by itself, in steps of `dt` seconds.

    At one instant the presynaptic spike acts first, and is seen by the postsynaptic one. A refractory time counts from
    the start of the step in which a neuron fires, and the reset comes at its end: it is a step shorter.
    """
    populations = [_shorter(one, dt) if isinstance(one, Population) else one for one in network.populations]
    projections = [
        replace(one, rule=with_conventions(one.rule, "brian2-example")) if one.rule else one
        for one in network.projections
    ]
    return Network(populations, projections)


def _shorter(population: Population, dt: float) -> Population:
    neuron = population.neuron
    return replace(population, neuron=with_parameters(neuron, t_ref=neuron.values["t_ref"] - dt))
