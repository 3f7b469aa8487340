"""Stimulation protocols: the records, by name in PROTOCOLS, and the functions that make trains of spike times.

A record says what an experimenter sets, with units; `with_parameters` changes it, and `spike_trains` gives its times
by event. Functions of both sides return `(pre, post)`: a train each, or a list of trains each. A lag is t_post - t_pre
throughout. The first spike falls on `start`. Times, lags and rates are SI, or carry a unit; where random numbers are
drawn, `rng` is a generator or a seed.
"""

from plasticity.catalogue import Catalogue, Group
from plasticity.parameters import Parameter, with_parameters
from plasticity.protocols.groups import BURSTS, POISSON, POST_PRE_POST, PRE_POST_PRE, QUADRUPLETS
from plasticity.protocols.limits import START
from plasticity.protocols.paired import (
    Pair,
    by_hand,
    coupled_both_ways,
    frequency_series,
    pairing,
    quadruplets,
    triplets,
)
from plasticity.protocols.pairings import (
    JITTERED_PAIRING,
    PAIRING,
    PAIRING_AT_FREQUENCY,
    REPEATED_TRAINS,
    REWARDED_PAIRING,
)
from plasticity.protocols.record import Protocol, spike_trains
from plasticity.protocols.single import on_grid, pattern_trains, poisson, regular, superposed

_ALL = (
    PAIRING,
    PAIRING_AT_FREQUENCY,
    REPEATED_TRAINS,
    JITTERED_PAIRING,
    BURSTS,
    PRE_POST_PRE,
    POST_PRE_POST,
    QUADRUPLETS,
    POISSON,
    REWARDED_PAIRING,
)
PROTOCOLS = Catalogue("protocol", {one.name: one for one in _ALL}, others=Group("plasticity.protocols", Protocol))

__all__ = [
    "PROTOCOLS",
    "START",
    "Pair",
    "Parameter",
    "Protocol",
    "by_hand",
    "coupled_both_ways",
    "frequency_series",
    "on_grid",
    "pairing",
    "pattern_trains",
    "poisson",
    "quadruplets",
    "regular",
    "spike_trains",
    "superposed",
    "triplets",
    "with_parameters",
]
