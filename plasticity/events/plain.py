"""From rule and spike times to weights: each spike is an exact jump, what lies between them a closed form."""

import ast
from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import SimulationError
from plasticity.expressions import above_zero, evaluator
from plasticity.memory import require_memory, require_time
from plasticity.rules import Rule, readable
from plasticity.rules.arrivals import arrivals, warn_of_units
from plasticity.rules.conventions import HUGE, WEIGHT
from plasticity.rules.parts import Turn, before_mark
from plasticity.rules.system import System
from plasticity.trains import Merged, Trains, Trajectory, start_weights

# Measured, rough: a slot takes 3 microseconds, 23 when its jumps depend on w, and 0.2 more for each synapse
_SECONDS_PER_SLOT, _SLOWER_WITH_W, _SECONDS_PER_ELEMENT = 3e-6, 8.0, 2e-7

# Of all slots; or, where the change reads w, of a slot, from w as it is and as it was before the slot
Jumps = Floats | Callable[[int, Floats, Floats], Floats]


def final_weight(rule: Rule, pre: Trains, post: Trains, w0: Any) -> float | Floats:
    """The weight after the last spike.

    pre, post : seconds; one train each, or many: (n_synapses, n_spikes), or a list of trains
    w0        : start weight, scalar or (n_synapses,)
    returns   : a float for one pair of trains, else shape (n_synapses,)
    raises UnsupportedRule for a rule that this engine does not read; SpikeTrainError, WeightError for impossible input;
    SimulationError when the weight stops being a finite number

    Exact up to rounding: no time step. Spikes within a nanosecond are one instant. Warns (UnitWarning) when no two
    spikes are near each other, as when milliseconds are read as seconds.

    >>> from plasticity import RULES, final_weight
    >>> round(final_weight(RULES["pair_stdp"], [0.010, 0.030], [0.015, 0.035], w0=0.5), 6)
    0.506741
    """
    spikes, weights = _evaluated(rule, pre, post, w0)
    last = spikes.result(weights[-1])
    return float(last) if spikes.is_single else last


def trajectory(rule: Rule, pre: Trains, post: Trains, w0: Any) -> Trajectory:
    """The weight after every spike; arguments and errors as `final_weight`.

    returns : times (seconds) of all spikes and the weight after each

    >>> from plasticity import RULES, trajectory
    >>> path = trajectory(RULES["pair_stdp"], [0.010, 0.030], [0.015, 0.035], w0=0.5)
    >>> path.times.tolist()
    [0.01, 0.015, 0.03, 0.035]
    >>> path.weights.round(6).tolist()
    [0.5, 0.503894, 0.501414, 0.506741]
    """
    spikes, weights = _evaluated(rule, pre, post, w0)
    return spikes.trajectory(weights[1:])


def _evaluated(rule: Rule, pre: Trains, post: Trains, w0: Any) -> tuple[Merged, Floats]:
    """Both trains in order, and the weight before the first and after every slot, (n_slots + 1, n_synapses)."""
    found = readable(rule, "events")
    spikes = arrivals(rule, pre, post)
    what = f"evaluating {float(spikes.n_spikes.sum()):.3g} spikes"
    require_memory(8.0 * spikes.times.size * (6 + 2 * len(rule.state)), what)
    require_time(_seconds(found, spikes), what)
    start = start_weights(w0, spikes.times.shape[1], rule.bounds.lower, rule.bounds.upper)
    with np.errstate(all="ignore"):  # what is no number stops the sum, with its time
        weights = _weights(found, spikes, start)
    warn_of_units(rule, spikes)
    return spikes, weights


def _seconds(found: System, spikes: Merged) -> float:
    """About how long the evaluation takes; where a change reads w, its jumps are computed one by one."""
    reads_w = any(WEIGHT in jump.reads for jump in found.jumps[WEIGHT])
    per_slot = _SECONDS_PER_SLOT * (_SLOWER_WITH_W if reads_w else 1.0)
    return len(spikes.times) * per_slot + spikes.times.size * _SECONDS_PER_ELEMENT


def _weights(found: System, spikes: Merged, start: Floats) -> Floats:
    """The weight before the first and after every slot."""
    jumps = [_jumps(found, stage, turn, spikes) for stage, turn in found.turns]
    known = [jump for jump in jumps if isinstance(jump, np.ndarray)]
    bounds = found.rule.bounds
    if len(known) == len(jumps):
        weights, lowest, highest = _free_sum(known, start, spikes)
        if max(bounds.lower, -HUGE) <= lowest and highest <= min(bounds.upper, HUGE):  # false for NaN, too
            return weights
        if start.size == 1:
            return _clipped_one(found, [jump[:, 0] for jump in known], float(start[0]), spikes)
    return _clipped_sum(found, jumps, start, spikes)


def _free_sum(jumps: list[Floats], start: Floats, spikes: Merged) -> tuple[Floats, float, float]:
    """The weights before the first and after every slot when no bound clips, and the least and the largest weight on
    the way, those between two jumps of a slot too."""
    weights = np.zeros((1 + len(spikes.times), start.size))
    weights[0] = start
    for jump in jumps:
        weights[1:] += jump
    np.cumsum(weights, axis=0, out=weights)
    lowest, highest, between = weights.min(), weights.max(), weights[:-1]
    for jump in jumps[:-1]:
        between = between + jump
        lowest, highest = min(lowest, between.min(initial=np.inf)), max(highest, between.max(initial=-np.inf))
    return weights, lowest, highest


def _clipped_sum(found: System, jumps: list[Jumps], start: Floats, spikes: Merged) -> Floats:
    """Clipped after each jump; a jump that is not finite stops the run, before a bound hides it."""
    weights = np.empty((len(spikes.times) + 1, start.size))
    weights[0] = start
    for slot in range(len(spikes.times)):
        before, w = weights[slot], weights[slot + 1]
        w[:] = before
        for jump in jumps:
            change = jump[slot] if isinstance(jump, np.ndarray) else jump(slot, w, before)
            w += change
            if not (np.abs(w) < HUGE).all():
                raise _no_number(found.rule, w, spikes.times[slot])
            _clip(found.rule, w, change)
    return weights


def _clip(rule: Rule, w: Floats, change: Floats) -> None:
    """Clip the weights in place: at both bounds, or each at the bound that its change leads to."""
    lower, upper = rule.bounds.lower, rule.bounds.upper
    if rule.conventions.clipping == "both sides":
        np.maximum(w, lower, out=w)
        np.minimum(w, upper, out=w)
        return
    np.maximum(w, lower, out=w, where=change < 0)
    np.minimum(w, upper, out=w, where=change > 0)


def _clipped_one(found: System, jumps: list[Floats], w: float, spikes: Merged) -> Floats:
    """As `_clipped_sum` for one synapse whose jumps are known: in plain floats, far faster than arrays of one."""
    lower, upper, weights = found.rule.bounds.lower, found.rule.bounds.upper, [w]
    is_own_side = found.rule.conventions.clipping == "own side"
    for slot, changes in enumerate(zip(*(jump.tolist() for jump in jumps), strict=True)):
        for change in changes:
            w += change
            if not abs(w) < HUGE:
                raise _no_number(found.rule, np.array([w]), spikes.times[slot])
            if is_own_side:
                w = min(w, upper) if change > 0 else max(w, lower) if change < 0 else w
            else:
                w = min(max(w, lower), upper)
        weights.append(w)
    return np.array(weights)[:, None]


def _no_number(rule: Rule, weights: Floats, times: Floats) -> SimulationError:
    synapse = int(np.argmax(~(np.abs(weights) < HUGE)))
    return SimulationError(
        f"w of {rule.name}, synapse {synapse}, became {weights[synapse]} at {times[synapse]:g} s; "
        "check its parameters and bounds, and logarithms of traces or divisions by them, which are 0 before the first "
        "spike"
    )


def _jumps(found: System, stage: int, turn: Turn, spikes: Merged) -> Jumps:
    """The jump of each synapse in every slot, zero where its event does not come, (n_slots, n_synapses).

    For a change that reads w it depends on how w got there: then a function of slot and weights.
    """
    jump = turn.jump
    fires = spikes.fires(jump.event)
    read = {name: _as_read(found, name, stage, spikes) for name in jump.reads if name not in {*found.values, WEIGHT}}
    change, hard = _defined(jump.tree), _defined(jump.hard)
    if WEIGHT not in jump.reads:
        changes = np.where(fires, change({**found.values, **read}), 0.0)
        return {"whole": changes, "up": np.maximum(changes, 0.0), "down": np.minimum(changes, 0.0)}[turn.part]

    def changed(slot: int, w: Floats, before: Floats) -> Floats:
        here = {**found.values, **{name: values[slot] for name, values in read.items()}}
        acts = fires[slot]
        if turn.part != "whole":
            is_up = hard({**here, WEIGHT: before}) > 0
            acts = acts & (is_up if turn.part == "up" else ~is_up)
        return np.where(acts, change({**here, WEIGHT: w}), 0.0)

    return changed


def _defined(tree: ast.expr) -> Callable[[Mapping[str, Any]], Any]:
    """The value of a change; NaN where it divides by zero, or takes the logarithm of what is not above zero."""
    value, arguments = evaluator(tree), [evaluator(argument) for argument in above_zero(tree)]
    if not arguments:
        return value
    return lambda values: np.where(_all_above_zero(arguments, values), value(values), np.nan)


def _all_above_zero(arguments: list[Callable[[Mapping[str, Any]], Any]], values: Mapping[str, Any]) -> Any:
    return reduce(np.logical_and, (argument(values) > 0 for argument in arguments), True)


def _as_read(found: System, name: str, stage: int, spikes: Merged) -> Floats:
    """A trace as a change of this stage reads it in every slot, (n_slots, n_synapses); `after(trace)` as raised."""
    trace = before_mark(name)
    values = _before(found, trace, spikes)
    if trace != name or found.stage_of(found.traces[trace].event) < stage:
        return _raised(found, trace, values, spikes.fires(found.traces[trace].event))
    return values


def _before(found: System, trace: str, spikes: Merged) -> Floats:
    """The trace just before every slot."""
    fires = spikes.fires(found.traces[trace].event)
    decay = np.exp(np.diff(spikes.times, axis=0) / -found.decays[trace].tau)
    values = np.zeros(spikes.times.shape)
    if found.traces[trace].is_set:
        for value, fire, after, factor in zip(values[:-1], fires[:-1], values[1:], decay, strict=True):
            np.multiply(_raised(found, trace, value, fire), factor, out=after)
        return values
    added = found.amplitude(trace) * fires[:-1] * decay  # what the spike of a slot leaves at the next
    for value, after, factor, new in zip(values[:-1], values[1:], decay, added, strict=True):
        np.multiply(value, factor, out=after)
        after += new
    return values


def _raised(found: System, trace: str, value: Floats, fires: Any) -> Floats:
    """The trace after the events of these slots."""
    amplitude = found.amplitude(trace)
    return np.where(fires, amplitude, value) if found.traces[trace].is_set else value + amplitude * fires
