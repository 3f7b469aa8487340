"""Changes that read the weight: what of them does not read it, is worked out for all slots at once."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from plasticity.arrays import Floats
from plasticity.events.defined import defined
from plasticity.expressions import evaluator, names
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.parts import Turn
from plasticity.rules.system import System

_NEUTRAL: dict[type, float] = {ast.Sub: 0.0, ast.Div: 1.0, ast.Pow: 1.0}  # on the right: leaves all bits as they are


@dataclass(frozen=True)
class Feedback:
    """A change in its turn, as a function of slot and weight.

    fires : whether its event comes, (n_slots, n_synapses)
    tree  : the change, an expression of w and of `parts`, {name: (n_slots, n_synapses)}
    hard  : the same without soft bounds, with what it reads; only its sign counts
    """

    turn: Turn
    fires: NDArray[np.bool_]
    tree: ast.expr
    parts: Mapping[str, Floats]
    hard: tuple[ast.expr, Mapping[str, Floats]]

    def __call__(self, slot: int, w: Floats, before: Floats) -> Floats:
        """The jump of each synapse in a slot; before : w as it was before the instant."""
        acts = self.fires[slot]
        if self.turn.part != "whole":
            is_up = _value(*self.hard, slot, before) > 0
            acts = acts & (is_up if self.turn.part == "up" else ~is_up)
        return np.where(acts, _value(self.tree, self.parts, slot, w), 0.0)


def feedback(found: System, turn: Turn, fires: NDArray[np.bool_], read: Mapping[str, Floats]) -> Feedback:
    """A change that reads w, from all else that it reads, {name: (n_slots, n_synapses)}."""
    (tree, parts), (hard, others) = (_evaluated(found, one, read) for one in (turn.jump.tree, turn.jump.hard))
    return Feedback(turn, fires, tree, parts, (hard, others))


def _value(tree: ast.expr, parts: Mapping[str, Floats], slot: int, w: Floats) -> Floats:
    return defined(tree)({WEIGHT: w, **{name: values[slot] for name, values in parts.items()}})


def _evaluated(found: System, tree: ast.expr, read: Mapping[str, Floats]) -> tuple[ast.expr, dict[str, Floats]]:
    rest, parts = _apart(found, tree)
    values = {**found.values, **read}
    return rest, {name: defined(part)(values) for name, part in parts.items()}


@lru_cache(maxsize=1024)
def _apart(found: System, tree: ast.expr) -> tuple[ast.expr, Mapping[str, ast.expr]]:
    """A tree as one of w, numbers, and names of the parts that do not read w; and these parts."""
    parts: dict[str, ast.expr] = {}

    def rest(tree: ast.expr) -> ast.expr:
        read = names(tree)
        if read <= found.values.keys():
            return ast.Constant(float(evaluator(tree)(found.values)))
        if WEIGHT not in read:
            name = f"part_{len(parts)}"
            parts[name] = tree
            return ast.Name(name)
        match tree:
            case ast.UnaryOp(op=op, operand=operand):
                return ast.UnaryOp(op, rest(operand))
            case ast.BinOp(left=left, op=op, right=right):
                other = rest(right)
                is_neutral = isinstance(other, ast.Constant) and other.value == _NEUTRAL.get(type(op))
                return rest(left) if is_neutral else ast.BinOp(rest(left), op, other)
            case ast.Call(func=function, args=arguments):
                return ast.Call(function, [rest(argument) for argument in arguments], [])
        return tree

    with np.errstate(all="ignore"):  # what is no number stops the run
        return rest(tree), parts
