"""Every jump of w as a sum over the spikes of the other train: what the ledger books, in closed form.

A trace is a sum over its spikes, so a jump is one too, and the share of a spike is a few exponentials of its age. The
sum over the first spikes of a train, however many, is a trace that heard only those.
"""

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from plasticity.arrays import Floats
from plasticity.progress import tracked

Indices = NDArray[np.intp]
SMALLEST = 1e-15  # of the largest share: below the rounding of the sum, if a few are left out
PAIRS_AT_ONCE = 2**12  # enough to be quick, few enough that their arrays are used again and again


class Memory(NamedTuple):
    """One trace, in the closed form between its spikes.

    times     : of the spikes that drive it, seconds; left : its value just after each of them; both (n_spikes,)
    amplitude : what one spike adds to it, or sets it to
    """

    times: Floats
    left: Floats
    tau: float
    amplitude: float
    is_nearest: bool

    def of_first(self, n_spikes: Indices, at: Floats) -> Floats:
        """The trace at `at` (seconds), had only the first `n_spikes` been; all of one shape."""
        if not len(self.times):
            return np.zeros(at.shape)
        age = np.where(n_spikes > 0, at - self.times[n_spikes - 1], np.inf)
        return self.left[n_spikes - 1] * np.exp(-age / self.tau)


class Jumps(NamedTuple):
    """The jumps of one change of w, one a spike of its train; every array has the shape (n_jumps,).

    rows    : their places among all jumps, in the order in which they happen
    at      : seconds, delays included; given : as given
    others  : the spikes of the other train as given, seconds, shape (n_others,)
    n_seen  : how many of them act on the jump: the first ones
    lone    : the part of the jump that needs no partner
    parts   : the traces of the other train, each with its factor: a spike of age a has the share
              sum of factor * exp(-a/tau), a nearest trace having one for the last spike only
    whole   : the jump itself, before the bounds
    """

    side: str
    rows: Indices
    at: Floats
    given: Floats
    others: Floats
    n_seen: Indices
    lone: Floats
    parts: tuple[tuple[Memory, Floats], ...]
    whole: Floats

    def shares(self, jump: Indices, spike: Indices) -> Floats:
        """The shares of pairs of a jump and a spike of the other train that acts on it, all of one shape."""
        found = np.zeros(jump.shape)
        for memory, factor in self.parts:
            share = factor[jump] * memory.amplitude * np.exp((memory.times[spike] - self.at[jump]) / memory.tau)
            found += np.where(spike == self.n_seen[jump] - 1, share, 0.0) if memory.is_nearest else share
        return found

    def shares_of_first(self, n_spikes: Indices) -> Floats:
        """The sum of the shares of the first spikes of the other train, in each jump as many as said."""
        found = np.zeros(self.at.shape)
        for memory, factor in self.parts:
            sums = factor * memory.of_first(n_spikes, self.at)
            found += np.where(n_spikes == self.n_seen, sums, 0.0) if memory.is_nearest else sums
        return found

    def n_small(self, least: float) -> Indices:
        """How many of the first spikes of the other train have shares below `least` for their age alone."""
        found = self.n_seen
        for memory, factor in self.parts:
            with np.errstate(divide="ignore"):  # a factor of zero reaches nowhere
                # a little further than needed, for rounding: whoever asks looks at the shares themselves
                reach = np.log(np.abs(factor * memory.amplitude)) + math.log(len(self.parts)) - math.log(least) + 1e-6
            oldest = np.searchsorted(memory.times, self.at - reach * memory.tau)
            found = np.minimum(found, np.maximum(oldest, self.n_seen - 1) if memory.is_nearest else oldest)
        return found

    def pairs(self, first: Indices) -> Iterator[tuple[Indices, Indices, Floats]]:
        """The jump, the spike, and the share of each pair with a spike that acts, from the spike `first` on.

        Many pairs at once; in order, and all pairs of a jump together.
        """
        counts = self.n_seen - first
        n_portions = math.ceil(counts.sum() / PAIRS_AT_ONCE)
        cuts = np.searchsorted(np.cumsum(counts), PAIRS_AT_ONCE * np.arange(1, n_portions))
        for portion in tracked(np.split(np.arange(len(counts)), cuts), "pairs of spikes"):
            jump = np.repeat(portion, counts[portion])
            behind = np.repeat(np.cumsum(counts[portion]), counts[portion]) - np.arange(len(jump))
            spike = self.n_seen[jump] - behind
            yield jump, spike, self.shares(jump, spike)

    def n_pairs(self) -> int:
        """How many pairs have a share at all, however small."""
        found = np.zeros_like(self.n_seen)
        for memory, factor in self.parts:
            n_acting = np.minimum(self.n_seen, 1) if memory.is_nearest else self.n_seen
            found = np.maximum(found, np.where(factor, n_acting, 0))
        return int(found.sum())

    def largest(self) -> float:
        """The largest share in size."""
        has_pair = np.flatnonzero(self.n_seen)
        youngest = self.shares(has_pair, self.n_seen[has_pair] - 1)
        found = max(np.abs(self.lone).max(initial=0.0), np.abs(youngest).max(initial=0.0))
        if len(self.parts) > 1:  # of different signs, they may leave more to older spikes
            for _, _, share in self.pairs(self.n_small(smallest(found))):
                found = max(found, np.abs(share).max(initial=0.0))
        return float(found)


def smallest(largest: float) -> float:
    """The least share that has an entry of its own; more than zero."""
    return max(SMALLEST * largest, math.ulp(0.0))
