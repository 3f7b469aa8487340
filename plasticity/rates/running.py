"""A rule run over time on firing rates: the weight and all that flows with it, to a stated tolerance."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError, WeightError, unknown
from plasticity.expressions import evaluator
from plasticity.frozen import FrozenMap
from plasticity.inputs import instance, number, numbers, plain
from plasticity.integration import Motion, solution
from plasticity.memory import require_memory
from plasticity.quantities import to_si
from plasticity.rates.averages import mean_change
from plasticity.rates.drive import Patterns, Rates, WeightedSum, course, residual
from plasticity.rules import Rule, Variable, readable
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.system import System
from plasticity.trains import check_weights

N_TIMES = 101  # of a run that says its duration only

# From a time and the weights to the rates that the synapses hear: pre, post
Heard = Callable[[float, Floats], tuple[Floats, Floats]]


@dataclass(frozen=True, eq=False)
class Course:
    """A run over time.

    times   : seconds, shape (n_times,)
    weights : at each of them, shape (n_times, *the shape of w0)
    states  : {variable: its values in SI, of the same shape}
    """

    times: Floats
    weights: Floats
    states: Mapping[str, Floats]

    @property
    def state(self) -> dict[str, Floats]:
        """{variable: its values at the last time}, the weight 'w' among them, for a run that goes on from there."""
        return {WEIGHT: self.weights[-1], **{name: values[-1] for name, values in self.states.items()}}


def trajectory(
    rule: Rule,
    rate_pre: Any,
    rate_post: Any,
    w0: Any = None,
    *,
    duration: Any = None,
    times: Any = None,
    state: Mapping[str, Any] | None = None,
) -> Course:
    """The weight over time under firing rates, and every other variable of a rule on rates.

    rate_pre, rate_post : hertz or with a unit. Constants that broadcast with the weights; arrays with one axis more, in
                          front, of values at `times`, with straight lines between; functions of the time in seconds.
                          `rate_pre` may be `Patterns`; `rate_post` may be `WeightedSum`: made by the weights themselves
    w0                  : start weights of any shape; by default the usual start of the rule. For a `WeightedSum` the
                          last axis is that of the inputs of one neuron, and for a rule that reads a residual the one
                          before it that of the neurons of a layer, in their order
    duration, times     : seconds; from 0 to a duration at 101 times, or the times themselves, of which the first is the
                          start
    state               : {variable: value} at the start where it is not as the rule says, in SI or with a unit, such as
                          the `state` of an earlier run, which holds 'w' in place of `w0`
    returns             : a `Course`
    raises UnsupportedRule for a rule that this engine does not read; RuleError for rates that are none; WeightError for
    weights that are none, or outside the bounds; ArgumentError for other arguments that cannot be; SimulationError when
    the weights grow without limit

    A rule on spikes moves by its mean drift, its traces always in their stationary state for the rates of the moment.
    A weight stays at its bound while its flow points outwards, however short that is. The error is about 1e-9 of a
    weight, or of 1; about 1e-6 where there is a corner within a step: in a function of the time, at none of `times`, or
    in the flow, as that of soft bounds when a change turns its sign.

    >>> from plasticity import RULES
    >>> from plasticity.rates import trajectory
    >>> run = trajectory(RULES["oja"], 20.0, 20.0, 0.1, duration=10.0)
    >>> run.weights[-1].round(3).ravel()
    array([0.596])
    """
    found = readable(rule, "rates")
    at = _times(duration, times)
    start = _start(found, w0, {} if state is None else instance(state, Mapping, "the state"))
    shape = start.shape[1:]
    require_memory(8.0 * len(at) * start.size * 2, f"{len(at)} times of weights of shape {shape}")
    heard = _heard(rate_pre, rate_post, at, shape)
    values = solution(_motion(found, heard, len(shape)), start, at)
    moving = [variable.name for variable in _moving(found)]
    return Course(at, values[:, 0], FrozenMap({name: values[:, k] for k, name in enumerate(moving) if k}))


def _times(duration: Any, times: Any) -> Floats:
    if (duration is None) == (times is None):
        raise ArgumentError("a run needs its duration or its times; give one of them")
    if times is None:
        return np.linspace(0.0, number(duration, "the duration", unit="s", above=0.0), N_TIMES)
    found = numbers(times, "the times", unit="s", shape=(None,))
    if not len(found) or (np.diff(found) <= 0).any():
        raise ArgumentError("the times must be one or more, each later than the one before")
    return found


def _moving(found: System) -> tuple[Variable, ...]:
    """The weight, and what flows with it; the state of a rule on spikes is in its means."""
    return found.rule.variables if "spikes" not in found.needs else (found.rule.weight,)


def _start(found: System, w0: Any, state: Mapping[str, Any]) -> Floats:
    """Every moving variable at the start, shape (n_variables, *the shape of the weights)."""
    variables = {variable.name: variable for variable in _moving(found)}
    for name in state:
        if name not in variables:
            raise unknown(f"variable of {found.rule} that is run on rates", name, variables)
    if w0 is not None and WEIGHT in state:
        raise WeightError("w0 and a state with 'w' came; give one of them")
    given = state.get(WEIGHT, w0)
    weights = np.array(plain(found.start_weight if given is None else given, "w0", error=WeightError).values)
    bounds = found.rule.bounds
    check_weights(weights, bounds.lower, bounds.upper)
    starts = [np.clip(weights, bounds.lower, bounds.upper)]
    for name, variable in variables.items():
        if name == WEIGHT:
            continue
        value = numbers(state.get(name, found.starts[name]), f"{name} at the start", unit=variable.unit)
        lower, upper = variable.bounds.lower, variable.bounds.upper
        if not ((lower <= value) & (value <= upper)).all():
            raise ArgumentError(f"{name} at the start is outside its bounds, [{lower:g}, {upper:g}]")
        try:
            starts.append(np.broadcast_to(value, weights.shape))
        except ValueError:
            raise ArgumentError(
                f"{name} at the start has shape {value.shape}, and the weights {weights.shape}; give one value, or one "
                "for each weight"
            ) from None
    return np.array(starts)


def _heard(rate_pre: Any, rate_post: Any, times: Floats, shape: tuple[int, ...]) -> Heard:
    if isinstance(rate_post, WeightedSum) and not shape:
        raise WeightError(f"w0 has shape {shape}; a weighted sum needs axes of inputs")
    pre: Rates
    if isinstance(rate_pre, Patterns):
        patterns = rate_pre.beside(np.empty(shape))

        def pre(time: float) -> Floats:
            return patterns
    else:
        pre = course(rate_pre, "presynaptic", times, shape)
    if isinstance(rate_post, WeightedSum):
        return lambda time, w: (heard := pre(time), rate_post(heard, w))
    post = course(rate_post, "postsynaptic", times, shape)
    return lambda time, w: (pre(time), post(time))


def _motion(found: System, heard: Heard, n_axes: int) -> Motion:
    """What moves, with the axis of variables in front. Where the rates have one more axis, of patterns, it is the mean
    over them that moves."""
    variables = _moving(found)
    flow = _mean_flow(found) if "spikes" in found.needs else _written_flow(found)

    def changes(time: float, values: Floats) -> Floats:
        pre, post = heard(time, values[0])
        return np.array([_over_patterns(change, values[0].shape) for change in flow(values, pre, post)])

    def column(numbers_: list[float]) -> Floats:
        return np.array(numbers_).reshape(-1, *[1] * n_axes)

    return Motion(
        changes,
        scale=column([to_si(1.0, variable.unit) for variable in variables]),
        lower=column([variable.bounds.lower for variable in variables]),
        upper=column([variable.bounds.upper for variable in variables]),
        what=f"{found.rule} on rates",
    )


def _over_patterns(change: Floats, shape: tuple[int, ...]) -> Floats:
    change = np.asarray(change, dtype=float)
    return change.mean(axis=0) if change.ndim > len(shape) else np.broadcast_to(change, shape)


def _mean_flow(found: System) -> Callable[[Floats, Floats, Floats], list[Floats]]:
    return lambda values, pre, post: [mean_change(found, {"pre": pre, "post": post}, values[0])]


def _written_flow(found: System) -> Callable[[Floats, Floats, Floats], list[Floats]]:
    flows = {name: evaluator(tree) for name, tree in found.flows.items()}
    names = [variable.name for variable in found.rule.variables]
    read = {signal.name: "left" if signal.is_residual else signal.of for signal in found.rule.signals}

    def flow(values: Floats, pre: Floats, post: Floats) -> list[Floats]:
        rates = {"pre": pre, "post": post}
        if "left" in read.values():
            rates["left"] = residual(pre, post, values[0])
        known = {**found.values, **dict(zip(names, values, strict=True))}
        known |= {name: rates[source] for name, source in read.items()}
        return [flows[name](known) if name in flows else np.zeros(()) for name in names]

    return flow


__all__ = ["Course", "trajectory"]
