"""What follows from a checked tree without knowing the values of its names."""

import ast
from collections.abc import Mapping

import numpy as np

from plasticity.errors import ArgumentError, said
from plasticity.expressions.reading import names, require_tree


def sign(tree: ast.expr, signs: Mapping[str, int]) -> int | None:
    """The sign that a checked tree has for all values of its names: 1, -1, 0, or None when it can vary.

    signs : the sign of each name; one that is absent can vary. 1 stands for "never negative", -1 for
    "never positive".
    """
    require_tree(tree)
    if not isinstance(signs, Mapping):
        raise ArgumentError(f"the signs are {said(signs)}; a mapping from names to 1, 0 or -1 is allowed")
    if isinstance(tree, ast.Constant):
        return int(np.sign(float(tree.value)))  # type: ignore[arg-type]
    if isinstance(tree, ast.Name):
        return signs.get(tree.id)
    if isinstance(tree, ast.UnaryOp):
        inner = sign(tree.operand, signs)
        return inner if isinstance(tree.op, ast.UAdd) or inner is None else -inner
    if isinstance(tree, ast.BinOp):
        return _sign_of_operation(tree.op, sign(tree.left, signs), sign(tree.right, signs))
    assert isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name)
    return _sign_of_call(tree.func.id, [sign(argument, signs) for argument in tree.args])


def _sign_of_call(name: str, inner: list[int | None]) -> int | None:
    if name in ("minimum", "maximum"):
        flip = 1 if name == "minimum" else -1  # maximum(a, b) is -minimum(-a, -b)
        of_minimum = _sign_of_minimum(*(None if one is None else flip * one for one in inner))
        return None if of_minimum is None else flip * of_minimum
    if name == "step" and inner[0] in (0, -1):
        return 0
    return inner[0] if name == "tanh" else {"log": None}.get(name, 1)


def _sign_of_minimum(left: int | None, right: int | None) -> int | None:
    if -1 in (left, right):
        return -1
    if 0 in (left, right):
        return -1 if None in (left, right) else 0
    return left if left == right else None


def _sign_of_operation(operation: ast.operator, left: int | None, right: int | None) -> int | None:
    if isinstance(operation, ast.Mult | ast.Div):
        is_pole = isinstance(operation, ast.Div) and right == 0
        return None if left is None or right is None or is_pole else left * right
    if isinstance(operation, ast.Pow):
        return 1 if left == 1 else None
    if isinstance(operation, ast.Sub):
        right = None if right is None else -right
    if left == 0 or right == 0:
        return right if left == 0 else left
    return left if left == right else None


def terms(tree: ast.expr) -> list[ast.expr]:
    """The terms of a checked tree, multiplied out, which sum to it: `eta*(y - alpha)` has eta*y and -(eta*alpha)."""
    require_tree(tree)
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.USub):
        return [ast.UnaryOp(ast.USub(), term) for term in terms(tree.operand)]
    if not isinstance(tree, ast.BinOp):
        return [tree]
    if isinstance(tree.op, ast.Add):
        return [*terms(tree.left), *terms(tree.right)]
    if isinstance(tree.op, ast.Sub):
        return [*terms(tree.left), *(ast.UnaryOp(ast.USub(), term) for term in terms(tree.right))]
    if isinstance(tree.op, ast.Mult):
        return [ast.BinOp(left, tree.op, right) for left in terms(tree.left) for right in terms(tree.right)]
    if isinstance(tree.op, ast.Div):
        return [ast.BinOp(left, tree.op, tree.right) for left in terms(tree.left)]
    return [tree]


def above_zero(tree: ast.expr) -> list[ast.expr]:
    """The expressions that must be above zero for a checked tree to have a value: what it takes logarithms of, and the
    sizes of what it divides by. Else a function around it, such as tanh, would make a finite number of infinity."""
    require_tree(tree)
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "log":
            found.append(node.args[0])
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and names(node.right):
            found.append(_size(node.right))
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow) and _is_negative(node.right):
            found.append(_size(node.left))
    return found


def _size(node: ast.expr) -> ast.expr:
    return ast.Call(ast.Name("abs"), [node], [])


def _is_negative(node: ast.expr) -> bool:
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub)
