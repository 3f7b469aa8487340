"""What a checked tree says: its names, its value, and itself as text for a code generator."""

import ast
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from plasticity.expressions.functions import BINARY, FUNCTIONS, OF_TWO, WRITTEN
from plasticity.inputs import function, instance


def names(tree: ast.expr) -> frozenset[str]:
    """The free names of a checked tree, "after(u)" among them; function names do not count."""
    require_tree(tree)
    return _names(tree)


@lru_cache(maxsize=4096)  # trees are kept from one rule to the next, and looked at again and again
def _names(tree: ast.expr) -> frozenset[str]:
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    return frozenset(node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and id(node) not in called)


def evaluator(tree: ast.expr) -> Callable[[Mapping[str, Any]], Any]:
    """A function from {name: number or array} to the value of a checked tree, by NumPy's broadcasting.

    What is marked is found under its mark: {"after(u)": ...}.
    """
    require_tree(tree)
    if isinstance(tree, ast.Constant):
        number = np.float64(tree.value)  # type: ignore[arg-type]
        return lambda values: number
    if isinstance(tree, ast.Name):
        name = tree.id
        return lambda values: values[name]
    if isinstance(tree, ast.UnaryOp):
        operand = evaluator(tree.operand)
        return operand if isinstance(tree.op, ast.UAdd) else lambda values: -operand(values)
    if isinstance(tree, ast.BinOp):
        apply, left, right = BINARY[type(tree.op)][1], evaluator(tree.left), evaluator(tree.right)
        return lambda values: apply(left(values), right(values))
    assert isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name)
    function, argument = FUNCTIONS[tree.func.id], evaluator(tree.args[0])
    if tree.func.id in OF_TWO:
        other = evaluator(tree.args[1])
        return lambda values: function(argument(values), other(values))
    return lambda values: function(argument(values))


def written(tree: ast.expr, rename: Callable[[str], str] = str) -> str:
    """A checked tree as text again, every operation in parentheses, every name passed through `rename`.

    What code generators lack is written in what they have, `rectify(x)` as `clip(x, 0, inf)`, numbers as floats.
    """
    require_tree(tree)
    function(rename, "the function that renames")
    if isinstance(tree, ast.Constant):
        return repr(float(tree.value))  # type: ignore[arg-type]
    if isinstance(tree, ast.Name):
        return rename(tree.id)
    if isinstance(tree, ast.UnaryOp):
        operand = written(tree.operand, rename)
        return operand if isinstance(tree.op, ast.UAdd) else f"(-{operand})"
    if isinstance(tree, ast.BinOp):
        symbol = BINARY[type(tree.op)][0]
        return f"({written(tree.left, rename)} {symbol} {written(tree.right, rename)})"
    assert isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name)
    arguments = [written(argument, rename) for argument in tree.args]
    return WRITTEN.get(tree.func.id, f"{tree.func.id}({{}})").format(*arguments)


def require_tree(tree: Any) -> None:
    instance(tree, ast.expr, "the tree of an expression")
