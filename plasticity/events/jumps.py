"""Every jump of w as a sum over the spikes of the other train: what the ledger books, in closed form.

A trace is a sum over its spikes, so a jump is one too, and the share of a spike is a few exponentials of its age. The
sum over the first spikes of a train, however many, is a trace that heard only those.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plasticity.arrays import Floats
from plasticity.errors import RuleError, SimulationError, UnsupportedRule
from plasticity.expressions import parse
from plasticity.progress import tracked
from plasticity.rules import Rule, Trace
from plasticity.rules.polynomials import Polynomial, polynomial
from plasticity.rules.record import Train, known_names
from plasticity.trains import Merged

Indices = NDArray[np.intp]
SMALLEST = 1e-15  # of the largest share: below the rounding of the sum, if a few are left out
PAIRS_AT_ONCE = 2**12  # enough to be quick, few enough that their arrays are used again and again


@dataclass(frozen=True)
class Memory:
    """One trace, in the closed form between its spikes.

    times : of the spikes that drive it, seconds; left : its value just after each of them; both (n_spikes,)
    """

    times: Floats
    left: Floats
    tau: float
    is_nearest: bool

    def of_first(self, n_spikes: Indices, at: Floats) -> Floats:
        """The trace at `at` (seconds), had only the first `n_spikes` been; all of one shape."""
        if not len(self.times):
            return np.zeros(at.shape)
        age = np.where(n_spikes > 0, at - self.times[n_spikes - 1], np.inf)
        return self.left[n_spikes - 1] * np.exp(-age / self.tau)


@dataclass(frozen=True)
class Jumps:
    """The jumps of one side, one a spike of its train; every array has the shape (n_jumps,).

    rows    : their places among the jumps of both sides, in the order in which they happen
    at      : seconds, delays included; given : as given
    others  : the spikes of the other train as given, seconds, shape (n_others,)
    n_seen  : how many of them act on the jump: the first ones
    lone    : the part of the jump that needs no partner
    parts   : the traces of the other train, each with its factor: a spike of age a has the share
              sum of factor * exp(-a/tau), a nearest trace having one for the last spike only
    whole   : the jump itself, before the bounds
    """

    side: Train
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
            share = factor[jump] * np.exp((memory.times[spike] - self.at[jump]) / memory.tau)
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
                reach = np.log(np.abs(factor)) + math.log(len(self.parts)) - math.log(least) + 1e-6
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


@dataclass(frozen=True)
class _Spikes:
    """The spikes of each train: their slots, when they reach the synapse, as given, and the rows of their jumps."""

    slots: dict[Train, Indices]
    times: dict[Train, Floats]
    given: dict[Train, Floats]
    rows: dict[Train, Indices]


def jumps(rule: Rule, merged: Merged, given: dict[Train, Floats], weights: Floats) -> list[Jumps]:
    """The jumps of both sides; first those of the side whose jump comes first at one instant.

    given   : both trains as they came, seconds
    weights : before the first and after every slot of `merged`, shape (n_slots + 1,)
    raises UnsupportedRule when a change is no polynomial in traces; SimulationError when a jump is not finite
    """
    is_pre_first = rule.first == "pre" or rule.coincidence == "counted"
    order: tuple[Train, Train] = ("pre", "post") if is_pre_first else ("post", "pre")
    spikes, found, before = _spikes(merged, given, order), list[Jumps](), weights[:-1].copy()
    for side in order:
        slots = spikes.slots[side]
        with np.errstate(all="ignore"):  # overflow is found below
            found.append(_of_side(rule, side, spikes, before[slots]))
        before[slots] = np.clip(before[slots] + found[-1].whole, rule.bounds.lower, rule.bounds.upper)
    return found


def _spikes(merged: Merged, given: dict[Train, Floats], order: tuple[Train, Train]) -> _Spikes:
    slots: dict[Train, Indices] = {"pre": np.flatnonzero(merged.pre[:, 0]), "post": np.flatnonzero(merged.post[:, 0])}
    both = np.argsort(np.concatenate([slots[side] for side in order]), kind="stable")
    rows = np.split(np.argsort(both), [len(slots[order[0]])])
    times = {side: merged.times[slots[side], 0] for side in order}
    return _Spikes(slots, times, given, dict(zip(order, rows, strict=True)))


def _of_side(rule: Rule, side: Train, spikes: _Spikes, w: Floats) -> Jumps:
    """The jumps of one side, which find the weights `w`."""
    at, other = spikes.times[side], _other(side)
    memories = {trace.name: _memory(rule, trace, spikes.times[trace.train]) for trace in rule.traces}
    n_seen = {train: _n_seen(rule, side, train, spikes.slots) for train in spikes.slots}
    values = {trace.name: memories[trace.name].of_first(n_seen[trace.train], at) for trace in rule.traces}
    lone, factors = _taken_apart(rule, side, w, values)
    whole = lone + sum(factor * values[name] for name, factor in factors.items())
    if not np.isfinite(whole).all():
        raise SimulationError(f"a change of {rule.name} is {whole[~np.isfinite(whole)][0]}; check its parameters")
    parts = tuple((memories[name], factor) for name, factor in factors.items() if factor.any())
    return Jumps(
        side, spikes.rows[side], at, spikes.given[side], spikes.given[other], n_seen[other], lone, parts, whole
    )


def _taken_apart(rule: Rule, side: Train, w: Floats, values: dict[str, Floats]) -> tuple[Floats, dict[str, Floats]]:
    """What has no trace of the other train, and the factor of each such trace, in every jump.

    A product of several of them is shared out evenly: each leaves its part to the spikes of one, times the rest.
    """
    others = [trace.name for trace in rule.traces_of(_other(side))]
    lone, factors = np.zeros_like(w), {name: np.zeros_like(w) for name in others}
    for powers, coefficient in _polynomial(rule, side, w).items():
        own = math.prod((values[name] for name in powers if name not in others), start=coefficient)
        partners = [name for name in powers if name in others]
        if not partners:
            lone += own
        for place, name in enumerate(partners):
            rest = (values[other] for k, other in enumerate(partners) if k != place)
            factors[name] += math.prod(rest, start=own / len(partners))
    return lone, factors


def _polynomial(rule: Rule, side: Train, w: Floats) -> Polynomial:
    if not w.size:
        return {}
    text = rule.dw_pre if side == "pre" else rule.dw_post
    tree = parse(text, known=known_names(rule), where=f"{rule.name}.dw_{side}", error=RuleError)
    return polynomial(tree, {**rule.values, "w": w}, [trace.name for trace in rule.traces], lambda: _no_sum(rule))


def _memory(rule: Rule, trace: Trace, times: Floats) -> Memory:
    tau = rule.values[trace.time_constant]
    left = [1.0] * len(times)
    if trace.interaction == "all-to-all":
        for k, decay in enumerate(np.exp(-np.diff(times) / tau).tolist(), start=1):
            left[k] += left[k - 1] * decay
    return Memory(times, np.array(left), tau, trace.interaction == "nearest")


def _n_seen(rule: Rule, side: Train, train: Train, slots: dict[Train, Indices]) -> Indices:
    """How many spikes of `train` each jump of `side` sees: those before it, or before and with it."""
    sees_now = rule.coincidence == "counted" and (side, train) == ("post", "pre")
    return np.searchsorted(slots[train], slots[side], side="right" if sees_now else "left")


def _other(side: Train) -> Train:
    return "post" if side == "pre" else "pre"


def _no_sum(rule: Rule) -> UnsupportedRule:
    return UnsupportedRule(
        f"a change of {rule} is no polynomial in its traces, so that it is no sum over pairs of spikes: ask for the "
        "weight without the ledger (plasticity.events.final_weight)"
    )
