"""How near spikes are to one another, and whether that looks like a unit that was forgotten."""

import numpy as np

from plasticity.inputs import instance, number
from plasticity.trains.merging import Merged

_FAR = 20.0  # time constants: no two spikes so near is what milliseconds look like when read as seconds


def doubt(spikes: Merged, longest: float) -> str:
    """What to ask the person when no two spikes are near each other on the scale of the rule; else empty.

    longest : seconds, the longest time constant of the rule

    >>> from plasticity import trains
    >>> trains.doubt(trains.merged([10.0], [15.0]), 0.02)
    'no two spikes are nearer than 5 s, 250 times the longest time constant (0.02 s): are the times in milliseconds?'
    """
    instance(spikes, Merged, "the spikes")
    longest = number(longest, "the longest time constant", unit="s", above=0.0)
    return far_apart(nearest(spikes, longest), longest)


def nearest(spikes: Merged, longest: float) -> float:
    """The shortest time (s) between two spikes of a synapse, or one that is near on the scale of a time constant of
    `longest` seconds; infinity where there are no two."""
    is_early_pair = (spikes.n_spikes > 1) & (np.diff(spikes.times[:2], axis=0) <= _FAR * longest)
    if is_early_pair.any():  # as a rule, and then there is no need to look at all
        return 0.0
    is_gap = np.arange(1, len(spikes.times))[:, None] < spikes.n_spikes
    return float(np.diff(spikes.times, axis=0).min(where=is_gap, initial=np.inf))


def far_apart(nearest: float, longest: float) -> str:
    """What to ask when spikes are not nearer to each other than `nearest` seconds; empty when that is near enough.

    longest : seconds, the longest time constant of the rule
    """
    if not _FAR * longest < nearest < np.inf:
        return ""
    return (
        f"no two spikes are nearer than {nearest:g} s, {nearest / longest:.3g} times the longest time constant "
        f"({longest:g} s): are the times in milliseconds?"
    )
