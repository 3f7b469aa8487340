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
from plasticity.errors import SimulationError, UnsupportedRule
from plasticity.events.limits import clipped
from plasticity.progress import tracked
from plasticity.rules import Rule
from plasticity.rules.conventions import SPIKES, WEIGHT
from plasticity.rules.needs import NEEDS
from plasticity.rules.parts import Jump, Turn
from plasticity.rules.polynomials import NoPolynomial, Polynomial, polynomial
from plasticity.rules.system import System
from plasticity.trains import Merged

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


class _Spikes(NamedTuple):
    """The spikes of each train: their slots, when they reach the synapse, and as given; {train: (n_spikes,)}."""

    slots: dict[str, Indices]
    times: dict[str, Floats]
    given: dict[str, Floats]


class _Found(NamedTuple):
    """The jumps of one change of w: the weight that each finds, and its turn within its slot, both (n_jumps,)."""

    w: Floats
    turn: Indices


def require_pairs(found: System) -> None:
    """Raise UnsupportedRule for a rule whose change is no sum over pairs of spikes."""
    if "no polynomial" in found.needs:
        raise _no_sum(found.rule)
    if beyond := [NEEDS[need] for need in NEEDS if need in found.needs - {"spikes"}]:
        raise UnsupportedRule(
            f"{found.rule} has {' and '.join(beyond)}, so that its change is no sum over pairs of spikes: ask for the "
            "weight without the ledger (plasticity.events.final_weight)"
        )


def jumps(found: System, merged: Merged, given: dict[str, Floats], weights: Floats) -> list[Jumps]:
    """The jumps of every change of w.

    given   : both trains as they came, seconds
    weights : before the first and after every slot of `merged`, shape (n_slots + 1,)
    raises SimulationError when a jump is not finite
    """
    if not found.jumps[WEIGHT]:
        return []
    slots = {train: np.flatnonzero(merged.fires(train)[:, 0]) for train in SPIKES}
    spikes = _Spikes(slots, {train: merged.times[slots[train], 0] for train in SPIKES}, given)
    changes = found.jumps[WEIGHT]
    seen = _weights_found(found, spikes, weights[:-1])
    slot_and_turn = [(slots[jump.event], item.turn) for jump, item in zip(changes, seen, strict=True)]
    order = np.lexsort([np.concatenate(keys) for keys in reversed(list(zip(*slot_and_turn, strict=True)))])
    rows = np.split(np.argsort(order), np.cumsum([len(item.w) for item in seen])[:-1])
    return [_of_change(found, jump, spikes, item.w, row) for jump, item, row in zip(changes, seen, rows, strict=True)]


def _weights_found(found: System, spikes: _Spikes, start: Floats) -> list[_Found]:
    """What each jump of each change finds, when all are made in their turn, from the weights before every slot."""
    now, changes = start.copy(), found.jumps[WEIGHT]
    seen = [_Found(start[spikes.slots[jump.event]], np.zeros(len(spikes.slots[jump.event]), int)) for jump in changes]
    before, at = start, 0
    for number, (stage, turn) in enumerate(found.turns):
        if stage != at:  # whose changes go by the sign that they have now
            before, at = now.copy(), stage
        slots, item = spikes.slots[turn.jump.event], seen[changes.index(turn.jump)]
        acts = _acts(found, turn, spikes, before[slots])
        item.w[acts], item.turn[acts] = now[slots][acts], number
        whole = np.where(acts, _of_change(found, turn.jump, spikes, now[slots], slots).whole, 0.0)
        now[slots] = clipped(found.rule, found.rule.bounds, now[slots] + whole, whole)
    return seen


def _acts(found: System, turn: Turn, spikes: _Spikes, w: Floats) -> NDArray[np.bool_]:
    """Whether each jump comes in this turn: all, or by the sign that it has with `w`, the weight before its slot."""
    if turn.part == "whole":
        return np.ones(len(w), bool)
    is_up = _of_change(found, turn.jump, spikes, w, spikes.slots[turn.jump.event]).whole > 0
    return is_up if turn.part == "up" else ~is_up


def _of_change(found: System, jump: Jump, spikes: _Spikes, w: Floats, rows: Indices) -> Jumps:
    """The jumps of one change, which find the weights `w`."""
    event, at, other = jump.event, spikes.times[jump.event], _other(jump.event)
    memories = {name: _memory(found, name, spikes.times[trace.event]) for name, trace in found.traces.items()}
    n_seen = {train: _n_seen(found, event, train, spikes.slots) for train in SPIKES}
    values = {name: memories[name].of_first(n_seen[trace.event], at) for name, trace in found.traces.items()}
    with np.errstate(all="ignore"):  # overflow is found below
        lone, factors = _taken_apart(found, jump, w, values)
        whole = lone + sum(factor * values[name] for name, factor in factors.items())
    if not np.isfinite(whole).all():
        raise SimulationError(f"a change of {found.rule} is {whole[~np.isfinite(whole)][0]}; check its parameters")
    parts = tuple((memories[name], factor) for name, factor in factors.items() if factor.any())
    return Jumps(event, rows, at, spikes.given[event], spikes.given[other], n_seen[other], lone, parts, whole)


def _taken_apart(found: System, jump: Jump, w: Floats, values: dict[str, Floats]) -> tuple[Floats, dict[str, Floats]]:
    """What has no trace of the other train, and the factor of each such trace, in every jump.

    A product of several of them is shared out evenly: each leaves its part to the spikes of one, times the rest.
    """
    others = [name for name, trace in found.traces.items() if trace.event != jump.event]
    lone, factors = np.zeros_like(w), {name: np.zeros_like(w) for name in others}
    for powers, coefficient in _polynomial(found, jump, w).items():
        own = math.prod((values[name] for name in powers if name not in others), start=coefficient)
        partners = [name for name in powers if name in others]
        if not partners:
            lone += own
        for place, name in enumerate(partners):
            rest = (values[other] for k, other in enumerate(partners) if k != place)
            factors[name] += math.prod(rest, start=own / len(partners))
    return lone, factors


def _polynomial(found: System, jump: Jump, w: Floats) -> Polynomial:
    if not w.size:
        return {}
    try:
        return polynomial(jump.tree, {**found.values, WEIGHT: w}, list(found.traces))
    except NoPolynomial:
        raise _no_sum(found.rule) from None


def _memory(found: System, trace: str, times: Floats) -> Memory:
    tau, amplitude, is_nearest = found.decays[trace].tau, found.amplitude(trace), found.traces[trace].is_set
    left = [amplitude] * len(times)
    if not is_nearest:
        for k, decay in enumerate(np.exp(-np.diff(times) / tau).tolist(), start=1):
            left[k] += left[k - 1] * decay
    return Memory(times, np.array(left), tau, amplitude, is_nearest)


def _n_seen(found: System, event: str, train: str, slots: dict[str, Indices]) -> Indices:
    """How many spikes of `train` each jump at `event` sees: those before it, or before and with it."""
    sees_now = found.stage_of(train) < found.stage_of(event)
    return np.searchsorted(slots[train], slots[event], side="right" if sees_now else "left")


def _other(side: str) -> str:
    return "post" if side == "pre" else "pre"


def _no_sum(rule: Rule) -> UnsupportedRule:
    return UnsupportedRule(
        f"a change of {rule} is no polynomial in its traces, so that it is no sum over pairs of spikes: ask for the "
        "weight without the ledger (plasticity.events.final_weight)"
    )
