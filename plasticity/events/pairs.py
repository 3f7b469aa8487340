"""The ledger of a synapse: which pair of spikes contributed what to its change, and what the bounds took away.

Every change of w is a sum over the spikes of the other train, because a trace is a sum over its spikes. The ledger
writes that sum out, pair by pair, as far as a pair can be seen in it; all that are smaller are one entry. So it is a
second route to the weight: it keeps a trace only of what is too old to be seen.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError
from plasticity.events.entries import Entries, Ledger
from plasticity.events.evaluate import trajectory
from plasticity.events.jumps import jumps, require_pairs
from plasticity.events.shares import Indices, Jumps, smallest
from plasticity.memory import require_memory, require_time
from plasticity.rules import Rule, readable
from plasticity.rules.arrivals import arrivals
from plasticity.trains import Trains, start_weights, taken

_BYTES_PER_ENTRY, _BYTES_PER_JUMP = 4 * 8.0, 160.0  # the second measured: what a jump is made of, and is looked for by
_SECONDS_PER_PAIR, _SECONDS_PER_JUMP = 1.5e-7, 2e-6  # measured, rough


def ledger(rule: Rule, pre: Trains, post: Trains, w0: Any) -> Ledger:
    """The change of one synapse, taken apart into pairs of spikes.

    pre, post : one train each, seconds
    w0        : start weight
    raises as `final_weight` does; UnsupportedRule where no sum over pairs exists: when a change is no polynomial in
    traces, or the state is other than plain traces, or w flows; ArgumentError for several trains

    A term with traces of several spikes of the other train is shared out evenly over them; traces of the own train,
    as in triplet rules, count as a factor. Where bounds clip a jump, all its pairs lose the same part. Pairs below
    1e-15 of the largest share are summed up in one last entry, which has no times and says how many they are.

    >>> from plasticity import RULES, ledger
    >>> book = ledger(RULES["pair_stdp"], [0.010, 0.030], [0.015, 0.035], w0=0.5)
    >>> for entry in book.entries:
    ...     print(f"{entry.pre:.3f} {entry.post:.3f} {entry.dw:+.6f}")
    0.010 0.015 +0.003894
    0.030 0.015 -0.002480
    0.010 0.035 +0.001433
    0.030 0.035 +0.003894
    >>> round(book.dw, 6)
    0.006741
    """
    found = readable(rule, "events")
    require_pairs(found)
    before, after = taken(pre, "the presynaptic train"), taken(post, "the postsynaptic train")
    spikes = arrivals(rule, before, after)
    if not spikes.is_single:
        raise ArgumentError(f"the ledger is of one synapse; {spikes.times.shape[1]} pairs of trains came, give one")
    path = trajectory(rule, before, after, w0).weights
    start = float(start_weights(w0, 1, rule.bounds.lower, rule.bounds.upper)[0])
    weights = np.concatenate([[start], path])
    sides = jumps(found, spikes, {"pre": before.times[0], "post": after.times[0]}, weights)
    return Ledger(start, float(weights[-1]), _entries(sides, rule, start))


def _entries(sides: Sequence[Jumps], rule: Rule, w0: float) -> Entries:
    """All shares in the order of time, and behind them the sum of the small ones, if it is anything."""
    least = smallest(max((side.largest() for side in sides), default=0.0))
    n_pairs = sum(float((side.n_seen - side.n_small(least)).sum()) for side in sides)
    n_jumps = sum(len(side.rows) for side in sides)
    require_memory(_BYTES_PER_ENTRY * n_pairs + _BYTES_PER_JUMP * n_jumps, "a ledger of so many spikes")
    require_time(_SECONDS_PER_PAIR * n_pairs + _SECONDS_PER_JUMP * n_jumps, "a ledger of so many spikes")
    whole, small, n_large = np.zeros(n_jumps), np.zeros(n_jumps), np.zeros(n_jumps, dtype=np.intp)
    for side in sides:
        whole[side.rows], small[side.rows], n_large[side.rows] = _sums(side, least)
    kept = _kept(whole, rule, w0)
    dw, clipped = math.fsum((small * kept).tolist()), math.fsum((small - small * kept).tolist())
    n_small = sum(side.n_pairs() for side in sides) - int(n_large.sum())
    for side in sides:
        n_large[side.rows] += side.lone != 0
    entries = _empty(int(n_large.sum()), (dw, clipped, n_small) if dw or clipped else None)
    start = np.cumsum(n_large) - n_large
    for side in sides:
        _fill(entries, side, least, start[side.rows], kept[side.rows])
    return entries


def _empty(n_entries: int, summed: tuple[float, float, int] | None) -> Entries:
    """Columns to be filled, with the sum of the small shares, if there is one, behind them."""
    pre, post, dw, clipped = np.empty((4, n_entries + (summed is not None)))
    if not summed:
        return Entries(pre, post, dw, clipped)
    pre[-1], post[-1], dw[-1], clipped[-1] = math.nan, math.nan, *summed[:2]
    return Entries(pre, post, dw, clipped, summed[2])


def _sums(side: Jumps, least: float) -> tuple[Floats, Floats, Indices]:
    """What each jump is, what of it the small pairs have, and how many pairs are not small; of shape (n_jumps,)."""
    first = side.n_small(least)
    small, n_large = side.shares_of_first(first), np.zeros_like(first)
    whole = side.lone + small
    for jump, _, share in side.pairs(first):
        is_small = np.abs(share) < least
        _add(whole, jump, share)
        _add(small, jump[is_small], share[is_small])
        _add(n_large, jump[~is_small])
    return whole, small, n_large


def _add(sums: NDArray[Any], jump: Indices, values: Floats | None = None) -> None:
    """Add to every jump its values, or how many entries it has; `jump` is in order, its jumps few of many."""
    if len(jump):
        sums[jump[0] : jump[-1] + 1] += np.bincount(jump - jump[0], values)


def _kept(jumps: Floats, rule: Rule, w: float) -> Floats:
    """The part of each jump that the bounds leave, all jumps in order from the start weight `w` on."""
    kept, (lower, upper) = np.ones(len(jumps)), (rule.bounds.lower, rule.bounds.upper)
    is_own_side = rule.conventions.clipping == "own side"
    for number, jump in enumerate(jumps.tolist()):
        after = w + jump
        if not is_own_side or jump < 0:
            after = max(after, lower)
        if not is_own_side or jump > 0:
            after = min(after, upper)
        if after != w + jump:
            kept[number] = (after - w) / jump
        w = after
    return kept


def _fill(entries: Entries, side: Jumps, least: float, start: Indices, kept: Floats) -> None:
    """Write the shares of one side into their places: those of a jump from `start` on, the one without partner first.

    start, kept : of each jump, shape (n_jumps,)
    """
    own, partner = (entries.pre, entries.post) if side.side == "pre" else (entries.post, entries.pre)

    def write(place: Indices, jump: Indices, times: ArrayLike, share: Floats) -> None:
        own[place], partner[place] = side.given[jump], times
        entries.dw[place] = share * kept[jump]
        entries.clipped[place] = share - entries.dw[place]

    alone = np.flatnonzero(side.lone)
    write(start[alone], alone, np.nan, side.lone[alone])
    start = start + (side.lone != 0)
    for jump, spike, share in side.pairs(side.n_small(least)):
        is_large = np.abs(share) >= least
        jump, spike, share = jump[is_large], spike[is_large], share[is_large]
        place = start[jump] + np.arange(len(jump)) - np.searchsorted(jump, jump)
        write(place, jump, side.others[spike], share)
