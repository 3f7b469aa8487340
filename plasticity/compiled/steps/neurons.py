"""Neurons printed as lines of the kernel of a network: what one of them does in one step, and at its own spike.

Locals: `_y` a variable of the neuron, `_n` one of its numbers, `_next` what a variable becomes; `since` the steps since
its last spike. Numbers are arguments: neurons that differ in nothing else share their lines.
"""

import ast
from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from plasticity.arrays import Floats
from plasticity.compiled.expressions import printed
from plasticity.expressions import evaluator, names
from plasticity.neurons import Neuron, Variable
from plasticity.neurons.equations import CURRENT, flows, start, tree
from plasticity.neurons.propagators import propagators

# Whether the threshold expression is above zero, and was a step ago: kept by a neuron that fires on crossing it
ABOVE = ("is_above", "was_above")


class NeuronLines(NamedTuple):
    """The lines of a neuron.

    variables : what is kept of it, in this order
    step      : from the start of a step to the threshold, which is not looked at
    fires     : the condition to fire, of a neuron that is not refractory
    reset     : what a spike does, after synapses have acted
    """

    variables: tuple[str, ...]
    numbers: tuple[str, ...]
    step: tuple[str, ...]
    fires: str
    reset: tuple[str, ...]


def kept_variables(neuron: Neuron) -> list[str]:
    """The names of what is kept of a neuron: its variables, and whether it is and was above what it has to cross."""
    return [*(variable.name for variable in neuron.variables), *(ABOVE if neuron.fires_on == "crossing" else [])]


def starts_of(neuron: Neuron) -> Floats:
    """What is kept of a neuron, at time 0."""
    state = start(neuron)
    above = evaluator(tree(neuron, neuron.threshold or "0"))(neuron.values | state)
    return np.array([*state.values(), *([float(above > 0)] * 2 if neuron.fires_on == "crossing" else [])])


def neuron_lines(neuron: Neuron, dt: float) -> NeuronLines:
    """The lines of a neuron. dt : seconds; only numbers depend on it, which are not in the lines."""
    say = _printer(neuron, {})
    above = f"{say(neuron.threshold)} > margin" if neuron.threshold else ""
    fires = above if neuron.threshold else f"uniform(randoms, p) < 1.0 - np.exp(-({say(neuron.hazard)})*dt)"
    step = [f"{name}_moves = since > {name}_held_n" for name in neuron.held]
    step += ["was_above_y = is_above_y"] if neuron.fires_on == "crossing" else []
    step += _MOVED[neuron.integration](neuron)
    step += [f"{v.name}_y = {v.name}_next" for v in neuron.variables if v.name not in neuron.held]
    for name in neuron.held:
        step += [f"if {name}_moves:", f"    {name}_y = {name}_next"]
    if neuron.fires_on == "crossing":
        step += [_set_above(above)]
        fires = "is_above_y > was_above_y"
    for name in _clamps(neuron):
        if name in neuron.reset:
            step += [f"if since == {name}_clamp_n:", f"    {name}_y = {say(neuron.reset[name])}"]
    at_a_spike = {**neuron.reset, **{name: neuron.clamps[name].value for name in _clamps(neuron)}}
    reset = [f"{name}_next = {say(expression)}" for name, expression in at_a_spike.items()]
    reset += [f"{name}_y = {name}_next" for name in at_a_spike]
    reset += [_set_above(above)] if neuron.fires_on == "crossing" else []
    return NeuronLines(tuple(kept_variables(neuron)), tuple(numbers_of(neuron, dt)), tuple(step), fires, tuple(reset))


def numbers_of(neuron: Neuron, dt: float) -> dict[str, float]:
    """The numbers of a neuron, by their printed names, in the order in which the kernel gets them."""
    found = {f"{name}_n": value for name, value in neuron.values.items()}
    found |= {f"{name}_held_n": float(round(time / dt)) for name, time in neuron.held.items()}
    found |= {f"{name}_clamp_n": float(round(neuron.values[neuron.clamps[name].time] / dt)) for name in _clamps(neuron)}
    return found | (_exact_numbers(neuron, dt) if neuron.integration == "exact" else {})


def _exact_numbers(neuron: Neuron, dt: float) -> dict[str, float]:
    """Of x(t + dt) = P x + D + C current, for what can be other than 0."""
    stepped, summed = propagators(neuron, dt)
    states = dict.fromkeys((variable.name for variable in neuron.variables), 0.0)
    drives = [
        np.array(
            [float(evaluator(flow)({**neuron.values, **states, CURRENT: current})) for flow in flows(neuron).values()]
        )
        for current in (0.0, 1.0)
    ]
    constant, slope = summed @ drives[0], summed @ (drives[1] - drives[0])
    found = dict[str, float]()
    for row, reached in enumerate(_reached(neuron)):
        found |= {f"step_{row}_{column}_n": float(stepped[row, column]) for column in reached}
        found |= {f"drive_{row}_n": float(constant[row]), f"gain_{row}_n": float(slope[row])}
    return found


def _reached(neuron: Neuron) -> list[list[int]]:
    """The variables on which each depends in the course of a step, by place, itself among them."""
    order = list(flows(neuron))
    links = {name: {name, *(names(flow) & set(order))} for name, flow in flows(neuron).items()}
    for _ in order:
        links = {name: set[str]().union(*(links[other] for other in found)) for name, found in links.items()}
    return [sorted(order.index(other) for other in links[name]) for name in order]


def _exact(neuron: Neuron) -> list[str]:
    order, lines = list(flows(neuron)), []
    for row, reached in enumerate(_reached(neuron)):
        terms = [f"step_{row}_{column}_n*{order[column]}_y" for column in reached]
        is_driven = any(CURRENT in names(flows(neuron)[order[column]]) for column in reached)
        terms += [f"drive_{row}_n", *([f"gain_{row}_n*current"] if is_driven else [])]
        lines.append(f"{order[row]}_next = {' + '.join(terms)}")
    return lines


def _rk4(neuron: Neuron) -> list[str]:
    lines, moving = [], list(flows(neuron))
    for stage, reach in enumerate(("", "0.5*dt*", "0.5*dt*", "dt*"), start=1):
        called = {name: f"{name}_y" if stage == 1 else f"{name}_{stage}_at" for name in moving}
        if stage > 1:
            lines += [f"{called[name]} = {name}_y + {reach}{name}_{stage - 1}_k" for name in moving]
        say = _printer(neuron, called)
        lines += [f"{v.name}_{stage}_k = {_if_moving(neuron, v, say(v.flow))}" for v in neuron.variables]
    return [*lines, *(f"{n}_next = {n}_y + dt/6.0*({n}_1_k + 2.0*{n}_2_k + 2.0*{n}_3_k + {n}_4_k)" for n in moving)]


def _euler(neuron: Neuron) -> list[str]:
    say, lines = _printer(neuron, {}), []
    for variable in neuron.variables:
        noise = "" if variable.noise == "0" else f" + {say(variable.noise)}*np.sqrt(dt)*normal(randoms, p)"
        lines.append(f"{variable.name}_next = {variable.name}_y + dt*{say(variable.flow)}{noise}")
    return lines


def _exponential_euler(neuron: Neuron) -> list[str]:
    """dx/dt = a x + b with all else as it is at the start of the step."""
    lines = []
    for variable in neuron.variables:
        name, flow = variable.name, tree(neuron, variable.flow)
        slope, rest = _slope(flow, name), printed(flow, _namer(neuron, {name: "0.0"}))
        if slope is None:
            lines.append(f"{name}_next = {name}_y + dt*{rest}")
        else:
            a = f"{name}_a"
            lines += [
                f"{a} = {printed(slope, _namer(neuron, {}))}",
                f"{name}_next = {name}_y*np.exp({a}*dt) + {rest}/{a}*(np.exp({a}*dt) - 1.0)",
            ]
    return lines


_MOVED: Mapping[str, Callable[[Neuron], list[str]]] = {
    "exact": _exact,
    "rk4": _rk4,
    "euler": _euler,
    "exponential euler": _exponential_euler,
}


def _slope(flow: ast.expr, name: str) -> ast.expr | None:
    """The factor of a variable in a checked tree that is linear in it; None where it is not in it."""
    if name not in names(flow):
        return None
    if isinstance(flow, ast.Name):
        return ast.Constant(1.0)
    if isinstance(flow, ast.UnaryOp):
        inner = _slope(flow.operand, name)
        return inner and ast.UnaryOp(flow.op, inner)
    assert isinstance(flow, ast.BinOp)
    left, right = _slope(flow.left, name), _slope(flow.right, name)
    if isinstance(flow.op, ast.Mult):
        return ast.BinOp(left, flow.op, flow.right) if left else ast.BinOp(flow.left, flow.op, right or flow.right)
    if isinstance(flow.op, ast.Div):
        return left and ast.BinOp(left, flow.op, flow.right)
    if left and right:
        return ast.BinOp(left, flow.op, right)
    return left or (ast.UnaryOp(ast.USub(), right) if isinstance(flow.op, ast.Sub) and right else right)


def _if_moving(neuron: Neuron, variable: Variable, flow: str) -> str:
    return f"({flow} if {variable.name}_moves else 0.0)" if variable.name in neuron.held else flow


def _clamps(neuron: Neuron) -> list[str]:
    """The variables that are clamped for a time; other clamps are over before they begin."""
    return [name for name, clamp in neuron.clamps.items() if neuron.values[clamp.time] > 0]


def _set_above(above: str) -> str:
    return f"is_above_y = 1.0 if {above} else 0.0"


def _printer(neuron: Neuron, called: Mapping[str, str]) -> Callable[[str], str]:
    return lambda expression: printed(tree(neuron, expression), _namer(neuron, called))


def _namer(neuron: Neuron, called: Mapping[str, str]) -> Callable[[str], str]:
    """What the kernel calls a name of the neuron."""

    def rename(name: str) -> str:
        if name in called:
            return called[name]
        return name if name == CURRENT else f"{name}_n" if name in neuron.values else f"{name}_y"

    return rename
