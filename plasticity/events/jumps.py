"""The jumps of a rule along two trains, each taken apart into the shares of the spikes that act on it."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from plasticity.arrays import Floats
from plasticity.errors import SimulationError, UnsupportedRule
from plasticity.events.shares import Indices, Jumps, Memory
from plasticity.rules import Rule
from plasticity.rules.conventions import SPIKES, WEIGHT
from plasticity.rules.limits import clipped
from plasticity.rules.needs import NEEDS
from plasticity.rules.parts import Jump, Turn
from plasticity.rules.polynomials import NoPolynomial, Polynomial, polynomial
from plasticity.rules.system import System
from plasticity.trains import Merged


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
