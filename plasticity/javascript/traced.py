"""Numbers that know how they came about: arithmetic on them is arithmetic on trees, which can be printed.

What takes an expression apart with numbers, as polynomials and closed forms do, so gives the text of each coefficient.
"""

import ast
from typing import Any

import numpy as np

_BINARY: dict[Any, type[ast.operator]] = {
    np.add: ast.Add,
    np.subtract: ast.Sub,
    np.multiply: ast.Mult,
    np.divide: ast.Div,
    np.power: ast.Pow,
}
_CALLS = {
    np.exp: "exp",
    np.log: "log",
    np.sqrt: "sqrt",
    np.abs: "abs",
    np.tanh: "tanh",
    np.maximum: "maximum",
    np.minimum: "minimum",
}


class Traced(float):
    """A number, and the tree of the expression that gives it."""

    tree: ast.expr

    def __new__(cls, value: float, tree: ast.expr) -> "Traced":
        found = super().__new__(cls, value)
        found.tree = tree
        return found

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        value = getattr(ufunc, method)(*[float(one) if isinstance(one, Traced) else one for one in inputs], **options)
        if method != "__call__" or np.ndim(value):
            return value
        tree = _tree(ufunc, [tree_of(one) for one in inputs])
        return value if tree is None else Traced(float(value), tree)

    def __add__(self, other: Any) -> Any:
        return np.add(self, other)

    def __radd__(self, other: Any) -> Any:
        return np.add(other, self)

    def __sub__(self, other: Any) -> Any:
        return np.subtract(self, other)

    def __rsub__(self, other: Any) -> Any:
        return np.subtract(other, self)

    def __mul__(self, other: Any) -> Any:
        return np.multiply(self, other)

    def __rmul__(self, other: Any) -> Any:
        return np.multiply(other, self)

    def __truediv__(self, other: Any) -> Any:
        return np.divide(self, other)

    def __rtruediv__(self, other: Any) -> Any:
        return np.divide(other, self)

    def __neg__(self) -> Any:
        return np.negative(self)


def tree_of(number: Any) -> ast.expr:
    """The tree of a number; of one that knows none, itself."""
    return number.tree if isinstance(number, Traced) else ast.Constant(float(number))


def _tree(ufunc: Any, parts: list[ast.expr]) -> ast.expr | None:
    """The tree of an operation; None for one that is no part of the language."""
    if ufunc in _BINARY:
        return _shortened(ast.BinOp(parts[0], _BINARY[ufunc](), parts[1]))
    if ufunc is np.negative:
        return _minus(parts[0])
    if ufunc is np.heaviside:
        return ast.Call(ast.Name("step"), parts[:1], [])
    return ast.Call(ast.Name(_CALLS[ufunc]), parts, []) if ufunc in _CALLS else None


def _shortened(tree: ast.BinOp) -> ast.expr:
    """Without what changes no bit: 1*x, x/1, 0 + x, -1*x as -x, 1/(1/x) as x."""
    left, right = tree.left, tree.right
    match tree.op:
        case ast.Add() if _is(left, 0.0):
            return right
        case ast.Add() | ast.Sub() if _is(right, 0.0):
            return left
        case ast.Mult() if _is(left, 1.0) or _is(left, -1.0):
            return right if _is(left, 1.0) else _minus(right)
        case ast.Mult() | ast.Div() if _is(right, 1.0):
            return left
        case ast.Div() if isinstance(right, ast.BinOp) and isinstance(right.op, ast.Div) and _is(right.left, 1.0):
            return right.right if _is(left, 1.0) else tree
    return tree


def _is(tree: ast.expr, value: float) -> bool:
    return isinstance(tree, ast.Constant) and tree.value == value


def _minus(tree: ast.expr) -> ast.expr:
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.USub):
        return tree.operand
    if isinstance(tree, ast.Constant):
        return ast.Constant(-float(tree.value))  # type: ignore[arg-type]
    if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Mult | ast.Div):
        return ast.BinOp(_minus(tree.left), tree.op, tree.right)
    return ast.UnaryOp(ast.USub(), tree)
