"""One synapse in plain floats, which are far faster than arrays of one, and give the same numbers."""

import ast
from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.events.feedback import Feedback
from plasticity.expressions import FUNCTIONS, above_zero
from plasticity.rules.conventions import HUGE, WEIGHT
from plasticity.rules.limits import require_numbers
from plasticity.rules.system import System
from plasticity.trains import Merged

Value = Callable[[Mapping[str, float]], float]


def course(values: Floats, decay: Floats, kept: Floats | None) -> None:
    """The traces just before every slot, (n_slots, n_traces, 1), as `plain` follows those of many."""
    for place in range(values.shape[1]):
        value, found = float(values[0, place, 0]) if len(values) else 0.0, []
        steps = [column[:, place, 0].tolist() for column in (values[1:], decay)]
        if kept is None:
            for new, factor in zip(*steps, strict=True):
                value = (value + new) * factor
                found.append(value)
        else:
            for keep, new, factor in zip(kept[:, place, 0].tolist(), *steps, strict=True):
                value = (value * keep + new) * factor
                found.append(value)
        values[1:, place, 0] = found


def clipped_one(found: System, jumps: Sequence[Floats | Feedback], w: float, spikes: Merged) -> Floats | None:
    """The weight before the first and after every slot, (n_slots + 1, 1), clipped after each jump; None where a change
    is of a kind that arrays alone follow, or divides by zero."""
    changes = [_changes(jump) for jump in jumps]
    if any(change is None for change in changes):
        return None
    acts = [np.flatnonzero(jump.fires[:, 0] if isinstance(jump, Feedback) else jump[:, 0]) for jump in jumps]
    slots, numbers = np.concatenate(acts), np.repeat(np.arange(len(jumps)), [len(act) for act in acts])
    order = np.lexsort((numbers, slots))
    try:
        path = _path(found, changes, (slots[order], numbers[order]), w, spikes)
    except ZeroDivisionError:
        return None
    n_before = np.searchsorted(slots[order], np.arange(len(spikes.times) + 1))
    return np.array(path)[n_before][:, None]


def _path(found: System, changes: Sequence[Any], acts: tuple[Any, Any], w: float, spikes: Merged) -> list[float]:
    """The weight at first and after every act, one of the changes in a slot: acts in order, as (slots, numbers)."""
    lower, upper, is_own_side = found.rule.bounds.lower, found.rule.bounds.upper, _is_own_side(found)
    lowest, highest, path = max(lower, -HUGE), min(upper, HUGE), [w]
    for slot, number in zip(*(column.tolist() for column in acts), strict=True):
        jump = changes[number]
        change = jump[slot] if type(jump) is list else jump(slot, w)
        w += change
        if not lowest <= w <= highest:  # NaN, too
            if not abs(w) < HUGE:
                require_numbers(found.rule, WEIGHT, np.array([w]), spikes.times[slot])
            if is_own_side:
                w = min(w, upper) if change > 0 else max(w, lower) if change < 0 else w
            else:
                w = min(max(w, lower), upper)
        path.append(w)
    return path


def _is_own_side(found: System) -> bool:
    return found.rule.conventions.clipping == "own side"


def _changes(jump: Floats | Feedback) -> Any:
    """The change of every slot, a list; or a function of slot and weight; None where floats do not follow it."""
    if not isinstance(jump, Feedback):
        return jump[:, 0].tolist()
    if jump.turn.part != "whole" or above_zero(jump.tree):
        return None
    value, columns = _on_floats(jump.tree), [(name, part[:, 0].tolist()) for name, part in jump.parts.items()]
    here: dict[str, float] = {}

    def change(slot: int, w: float) -> float:
        here[WEIGHT] = w
        for name, column in columns:
            here[name] = column[slot]
        return value(here)

    return change


def _on_floats(tree: ast.expr) -> Value:
    """As `expressions.evaluator`: what Python computes with the same bits is Python's, all else is NumPy's."""
    match tree:
        case ast.Constant(value=number):
            constant = float(number)  # type: ignore[arg-type]
            return lambda values: constant
        case ast.Name(id=name):
            return itemgetter(name)
        case ast.UnaryOp(op=op, operand=operand):
            inner = _on_floats(operand)
            return (lambda values: -inner(values)) if isinstance(op, ast.USub) else inner
        case ast.BinOp(left=left, op=op, right=right):
            return _operation(op, _on_floats(left), _on_floats(right))
    assert isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name)
    arguments, function = [_on_floats(argument) for argument in tree.args], FUNCTIONS[tree.func.id]
    if tree.func.id == "rectify":
        (first,) = arguments
        return lambda values: 0.0 if (x := first(values)) <= 0 else x  # NaN stays
    return lambda values: float(function(*(argument(values) for argument in arguments)))


def _operation(op: ast.operator, left: Value, right: Value) -> Value:
    match op:
        case ast.Add():
            return lambda values: left(values) + right(values)
        case ast.Sub():
            return lambda values: left(values) - right(values)
        case ast.Mult():
            return lambda values: left(values) * right(values)
        case ast.Div():
            return lambda values: left(values) / right(values)
    return lambda values: float(np.power(left(values), right(values)))
