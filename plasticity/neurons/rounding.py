"""How far from its threshold a neuron may be by rounding alone, so that at rheobase it is silent and does not flicker.

At rheobase the voltage tends to the threshold and never crosses it. Computed, it ends a few roundings of its terms
above or below. What counts is the size of the terms: a bias of 1000 rheobases against as much inhibition cancels to
zero, give or take the rounding of a thousand.
"""

import ast
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from plasticity.arrays import Floats
from plasticity.expressions import evaluator, names
from plasticity.neurons.equations import flows, tree
from plasticity.neurons.record import Neuron

# Roundings of a double that a sum of the equations' terms may hold, with those of the numbers that came. Our choice:
# a person's current is the result of a few operations; a billionth above rheobase is still a thousand times more.
ROUNDINGS = 64 * np.finfo(float).eps
# A step of dt rounds the voltage, and what it tends to is wrong by as much times tau/dt, a few times over.
_ROUNDINGS_OF_A_STEP = 32 * np.finfo(float).eps


def threshold_rounding(neuron: Neuron, current: Floats, dt: float, *, is_constant: bool = True) -> Floats:
    """By how much the threshold expression must exceed 0 to be more than rounding, of the shape of `current` (A).

    From the equations alone: the neuron is at rest under its current, and if that leaves the threshold expression
    below zero, or above it by no more than rounding, the simulated one must not cross it by rounding either. 0 for a
    neuron that is driven above, for one with noise, and where the equation of a variable is not linear.
    is_constant : whether `current` does not change; else it is the largest, and every crossing has to be more than
                  rounding
    """
    if not neuron.threshold or any(variable.noise != "0" for variable in neuron.variables):
        return np.zeros_like(current)
    states = [variable.name for variable in neuron.variables]
    threshold, equations = tree(neuron, neuron.threshold), flows(neuron)
    values: dict[str, Any] = {**neuron.values, **dict.fromkeys(states, 0.0), "current": current}
    settled, sizes, decay = dict(values), dict(values), np.inf
    with np.errstate(all="ignore"):
        for variable in neuron.variables:
            if variable.name in names(threshold):
                found = _settled(variable.name, equations[variable.name], values)
                settled[variable.name], sizes[variable.name] = found.value, found.size
                decay = min(decay, abs(found.slope) * dt)
        size = _size(threshold, sizes)
        is_driven = evaluator(threshold)(settled) > ROUNDINGS * size
        rounding = np.where(is_driven & is_constant, 0.0, (ROUNDINGS + _ROUNDINGS_OF_A_STEP / decay) * size)
    return np.where(np.isfinite(rounding), rounding, 0.0) + np.zeros_like(current)


class _Settled(NamedTuple):
    """What a variable tends to, the size of the terms of that, and its rate; NaN when its equation is not linear."""

    value: Any
    size: Any
    slope: float


def _settled(name: str, flow: ast.expr, values: Mapping[str, Any]) -> _Settled:
    at = evaluator(flow)
    origin, half, one = (at({**values, name: value}) for value in (0.0, 0.5, 1.0))
    slope = np.float64(at({**values, "current": 0.0, name: 1.0}) - at({**values, "current": 0.0}))
    is_linear = np.all(np.isclose(half - origin, one - half, rtol=1e-6)) and slope != 0
    scale = slope if is_linear else np.float64(np.nan)
    return _Settled(-origin / scale, _size(flow, values) / np.abs(scale), float(scale))


def _size(tree: ast.expr, values: Mapping[str, Any]) -> Any:
    """The value of a checked tree if every sum in it were one of sizes."""
    if isinstance(tree, ast.UnaryOp):
        return _size(tree.operand, values)
    if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Add | ast.Sub):
        return _size(tree.left, values) + _size(tree.right, values)
    if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Mult):
        return _size(tree.left, values) * _size(tree.right, values)
    if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Div):
        return _size(tree.left, values) / np.abs(evaluator(tree.right)(values))
    return np.abs(evaluator(tree)(values))
