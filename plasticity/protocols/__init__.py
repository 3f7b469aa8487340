"""Stimulation recipes: from what an experimenter sets to spike times, in seconds.

Paired recipes return `(pre, post)`: a train each, or a list of trains each. A lag is t_post - t_pre throughout. The
first spike falls on `start`. Times, lags and rates are SI, or carry a unit; where random numbers are drawn, `rng` is a
generator or a seed.
"""

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
from plasticity.protocols.single import on_grid, pattern_trains, poisson, regular, superposed

__all__ = [
    "START",
    "Pair",
    "by_hand",
    "coupled_both_ways",
    "frequency_series",
    "on_grid",
    "pairing",
    "pattern_trains",
    "poisson",
    "quadruplets",
    "regular",
    "superposed",
    "triplets",
]
