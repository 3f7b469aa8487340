"""From rule and spike times to weights: each spike is an exact jump, what lies between them a closed form."""

import ast
from collections.abc import Callable, Mapping
from functools import lru_cache, reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plasticity.arrays import Floats
from plasticity.errors import RuleError, SimulationError
from plasticity.expressions import above_zero, evaluator, names, parse
from plasticity.memory import require_memory, require_time
from plasticity.rules import AnyRule, Rule, Trace
from plasticity.rules.arrivals import arrivals, warn_of_units
from plasticity.rules.record import HUGE, Train, known_names, spike_rule
from plasticity.trains import Merged, Trains, Trajectory, start_weights

# Measured, rough: a slot takes 3 microseconds, 23 when its jumps depend on w, and 0.2 more for each synapse
_SECONDS_PER_SLOT, _SLOWER_WITH_W, _SECONDS_PER_ELEMENT = 3e-6, 8.0, 2e-7

Jumps = Floats | Callable[[int, Floats], Floats]


def final_weight(rule: AnyRule, pre: Trains, post: Trains, w0: Any) -> float | Floats:
    """The weight after the last spike.

    pre, post : seconds; one train each, or many: (n_synapses, n_spikes), or a list of trains
    w0        : start weight, scalar or (n_synapses,)
    returns   : a float for one pair of trains, else shape (n_synapses,)
    raises UnsupportedRule for a rule that reads rates; SpikeTrainError, WeightError for impossible input;
    SimulationError when the weight stops being a finite number

    Exact up to rounding: no time step. Spikes within a nanosecond are one instant. Warns (UnitWarning) when no two
    spikes are near each other, as when milliseconds are read as seconds.
    """
    spikes, weights = _evaluated(rule, pre, post, w0)
    last = spikes.result(weights[-1])
    return float(last) if spikes.is_single else last


def trajectory(rule: AnyRule, pre: Trains, post: Trains, w0: Any) -> Trajectory:
    """The weight after every spike; arguments and errors as `final_weight`.

    returns : times (seconds) of all spikes and the weight after each
    """
    spikes, weights = _evaluated(rule, pre, post, w0)
    return spikes.trajectory(weights[1:])


def _evaluated(rule: AnyRule, pre: Trains, post: Trains, w0: Any) -> tuple[Merged, Floats]:
    """Both trains in order, and the weight before the first and after every slot, (n_slots + 1, n_synapses)."""
    rule = spike_rule(rule, "plasticity.events")
    spikes = arrivals(rule, pre, post)
    what = f"evaluating {float(spikes.n_spikes.sum()):.3g} spikes"
    require_memory(8.0 * spikes.times.size * (6 + 2 * len(rule.traces)), what)
    require_time(_seconds(rule, spikes), what)
    start = start_weights(w0, spikes.times.shape[1], rule.bounds.lower, rule.bounds.upper)
    with np.errstate(all="ignore"):  # what is no number stops the sum, with its time
        weights = _weights(rule, spikes, start)
    warn_of_units(rule, spikes)
    return spikes, weights


def _seconds(rule: Rule, spikes: Merged) -> float:
    """About how long the evaluation takes; where a change reads w, its jumps are computed one by one."""
    sides = (("dw_pre", rule.dw_pre), ("dw_post", rule.dw_post))
    reads_w = any("w" in _parsed(text, tuple(known_names(rule)), f"{rule.name}.{side}")[1] for side, text in sides)
    per_slot = _SECONDS_PER_SLOT * (_SLOWER_WITH_W if reads_w else 1.0)
    return len(spikes.times) * per_slot + spikes.times.size * _SECONDS_PER_ELEMENT


def _weights(rule: Rule, spikes: Merged, start: Floats) -> Floats:
    """The weight before the first and after every slot. At one instant the record says whose jump comes first."""
    is_pre_first = rule.first == "pre" or rule.coincidence == "counted"
    sides: tuple[Train, Train] = ("pre", "post") if is_pre_first else ("post", "pre")
    first, second = (_jumps(rule, side, spikes) for side in sides)
    if isinstance(first, np.ndarray) and isinstance(second, np.ndarray):
        weights, between = _free_sum(first, second, start)
        lowest = min(weights.min(), between.min(initial=np.inf))
        highest = max(weights.max(), between.max(initial=-np.inf))
        if max(rule.bounds.lower, -HUGE) <= lowest and highest <= min(rule.bounds.upper, HUGE):  # false for NaN, too
            return weights
        if start.size == 1:
            return _clipped_one(rule, first[:, 0], second[:, 0], float(start[0]), spikes)
    return _clipped_sum(rule, [first, second], start, spikes)


def _free_sum(first: Floats, second: Floats, start: Floats) -> tuple[Floats, Floats]:
    """The weights before the first and after every slot, and between the two jumps of each: what no bound clips."""
    weights = np.empty((1 + len(first), start.size))
    weights[0] = start
    np.add(first, second, out=weights[1:])
    np.cumsum(weights, axis=0, out=weights)
    return weights, weights[:-1] + first


def _clipped_sum(rule: Rule, jumps: list[Jumps], start: Floats, spikes: Merged) -> Floats:
    """Clipped after each jump; a jump that is not finite stops the run, before a bound hides it."""
    weights = np.empty((len(spikes.times) + 1, start.size))
    weights[0] = start
    for slot in range(len(spikes.times)):
        w = weights[slot + 1]
        w[:] = weights[slot]
        for jump in jumps:
            w += jump[slot] if isinstance(jump, np.ndarray) else jump(slot, w)
            if not (np.abs(w) < HUGE).all():
                raise _no_number(rule, w, spikes.times[slot])
            np.maximum(w, rule.bounds.lower, out=w)
            np.minimum(w, rule.bounds.upper, out=w)
    return weights


def _clipped_one(rule: Rule, first: Floats, second: Floats, w: float, spikes: Merged) -> Floats:
    """As `_clipped_sum` for one synapse whose jumps are known: in plain floats, far faster than arrays of one."""
    lower, upper, weights = rule.bounds.lower, rule.bounds.upper, [w]
    for slot, jumps in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
        for jump in jumps:
            w += jump
            if not abs(w) < HUGE:
                raise _no_number(rule, np.array([w]), spikes.times[slot])
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


def _jumps(rule: Rule, side: Train, spikes: Merged) -> Jumps:
    """The jump of each synapse in every slot, zero where the side does not fire, (n_slots, n_synapses).

    For a change that reads w it depends on how w got there: then a function from slot and weights to jumps.
    """
    text = rule.dw_pre if side == "pre" else rule.dw_post
    fires = spikes.pre if side == "pre" else spikes.post
    tree, used = _parsed(text, tuple(known_names(rule)), f"{rule.name}.dw_{side}")
    read = {trace.name: _as_read(rule, trace, side, spikes) for trace in rule.traces if trace.name in used}
    change = _defined(tree)
    if "w" not in used:
        return np.where(fires, change({**rule.values, **read}), 0.0)

    def jump(slot: int, w: Floats) -> Floats:
        here = {name: values[slot] for name, values in read.items()}
        return np.where(fires[slot], change({**rule.values, **here, "w": w}), 0.0)

    return jump


@lru_cache(maxsize=256)
def _parsed(text: str, known: tuple[str, ...], where: str) -> tuple[ast.expr, frozenset[str]]:
    """A change as a checked tree, and the names in it; kept, for reading it takes as long as a short run."""
    tree = parse(text, known=known, where=where, error=RuleError)
    return tree, frozenset(names(tree))


def _defined(tree: ast.expr) -> Callable[[Mapping[str, Any]], Any]:
    """The value of a change; NaN where it divides by zero, or takes the logarithm of what is not above zero."""
    value, arguments = evaluator(tree), [evaluator(argument) for argument in above_zero(tree)]
    if not arguments:
        return value
    return lambda values: np.where(_all_above_zero(arguments, values), value(values), np.nan)


def _all_above_zero(arguments: list[Callable[[Mapping[str, Any]], Any]], values: Mapping[str, Any]) -> Any:
    return reduce(np.logical_and, (argument(values) > 0 for argument in arguments), True)


def _as_read(rule: Rule, trace: Trace, side: Train, spikes: Merged) -> Floats:
    """The trace as the change of `side` reads it in every slot, shape (n_slots, n_synapses)."""
    before = _before(trace, spikes, rule.values[trace.time_constant])
    if rule.coincidence == "counted" and side == "post" and trace.train == "pre":
        return np.add(before, spikes.pre) if trace.interaction == "all-to-all" else _set_to_one(before, spikes.pre)
    return before


def _before(trace: Trace, spikes: Merged, time_constant: float) -> Floats:
    """The trace just before every slot."""
    fires = spikes.pre if trace.train == "pre" else spikes.post
    decay = np.exp(np.diff(spikes.times, axis=0) / -time_constant)
    values = np.zeros(spikes.times.shape)
    if trace.interaction == "nearest":
        for value, fire, after, factor in zip(values[:-1], fires[:-1], values[1:], decay, strict=True):
            np.multiply(_set_to_one(value, fire), factor, out=after)
        return values
    added = fires[:-1] * decay  # what the spike of a slot leaves at the next
    for value, after, factor, new in zip(values[:-1], values[1:], decay, added, strict=True):
        np.multiply(value, factor, out=after)
        after += new
    return values


def _set_to_one(value: Floats, fires: NDArray[np.bool_]) -> Floats:
    return np.where(fires, 1.0, value)
