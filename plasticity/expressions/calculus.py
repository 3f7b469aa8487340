"""New trees from checked ones: names replaced by expressions, and the derivative with respect to a name."""

import ast
from collections.abc import Mapping

from plasticity.errors import ArgumentError, said
from plasticity.expressions.reading import names, require_tree

ZERO, ONE, TWO = ast.Constant(0.0), ast.Constant(1.0), ast.Constant(2.0)


class _Replaced(ast.NodeTransformer):
    def __init__(self, trees: Mapping[str, ast.expr]) -> None:
        self._trees = trees

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self._trees.get(node.id, node)

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        return ast.BinOp(self.visit(node.left), node.op, self.visit(node.right))

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        return ast.UnaryOp(node.op, self.visit(node.operand))

    def visit_Call(self, node: ast.Call) -> ast.expr:  # not the name of the function
        return ast.Call(node.func, [self.visit(argument) for argument in node.args], [])


def substituted(tree: ast.expr, trees: Mapping[str, ast.expr]) -> ast.expr:
    """A checked tree in which each name of `trees` stands for its tree, all at once; what is given stays as it is."""
    require_tree(tree)
    if not isinstance(trees, Mapping):
        raise ArgumentError(f"what stands for names is {said(trees)}; a mapping from names to trees is allowed")
    for part in trees.values():
        require_tree(part)
    return _Replaced(trees).visit(tree)


def derivative(tree: ast.expr, name: str) -> ast.expr:
    """The derivative of a checked tree with respect to `name`, all other names held.

    At a corner of `abs`, `rectify`, `step`, `minimum` or `maximum` it is that of one side. It holds no `name` where the
    tree is linear in it.
    """
    require_tree(tree)
    if not isinstance(name, str):
        raise ArgumentError(f"the name is {said(name)}; a name of the expression is allowed")
    if name not in names(tree):
        return ZERO
    if isinstance(tree, ast.Name):
        return ONE
    if isinstance(tree, ast.UnaryOp):
        inner = derivative(tree.operand, name)
        return inner if isinstance(tree.op, ast.UAdd) else _minus(ZERO, inner)
    if isinstance(tree, ast.BinOp):
        return _of_operation(tree, derivative(tree.left, name), derivative(tree.right, name))
    assert isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name)
    inner_of = [derivative(argument, name) for argument in tree.args]
    if len(inner_of) == 2:
        return _of_choice(tree, *inner_of)
    return _times(_slope(tree, tree.func.id, tree.args[0]), inner_of[0])


def _of_operation(tree: ast.BinOp, left: ast.expr, right: ast.expr) -> ast.expr:
    if isinstance(tree.op, ast.Add):
        return _plus(left, right)
    if isinstance(tree.op, ast.Sub):
        return _minus(left, right)
    if isinstance(tree.op, ast.Mult):
        return _plus(_times(left, tree.right), _times(tree.left, right))
    if isinstance(tree.op, ast.Div):
        return _over(_minus(left, _times(tree, right)), tree.right)
    base, exponent = tree.left, tree.right
    by_base = _times(_times(exponent, ast.BinOp(base, ast.Pow(), _minus(exponent, ONE))), left)
    return by_base if right is ZERO else _plus(by_base, _times(_times(tree, _call("log", base)), right))


def _of_choice(tree: ast.Call, first: ast.expr, second: ast.expr) -> ast.expr:
    """Of the smaller or the larger of two: that of the first where they are equal."""
    assert isinstance(tree.func, ast.Name)
    one, other = tree.args if tree.func.id == "minimum" else reversed(tree.args)
    is_second = _call("step", _minus(one, other))
    return _plus(_times(_minus(ONE, is_second), first), _times(is_second, second))


def _slope(tree: ast.Call, name: str, argument: ast.expr) -> ast.expr:
    """The derivative of a function with respect to its argument."""
    if name == "exp":
        return tree
    if name == "log":
        return _over(ONE, argument)
    if name == "sqrt":
        return _over(ONE, _times(TWO, tree))
    if name == "tanh":
        return _minus(ONE, _times(tree, tree))
    if name == "abs":
        return _minus(_call("step", argument), _call("step", _minus(ZERO, argument)))
    return _call("step", argument) if name == "rectify" else ZERO


def _plus(left: ast.expr, right: ast.expr) -> ast.expr:
    if left is ZERO or right is ZERO:
        return right if left is ZERO else left
    return ast.BinOp(left, ast.Add(), right)


def _minus(left: ast.expr, right: ast.expr) -> ast.expr:
    if right is ZERO:
        return left
    return ast.UnaryOp(ast.USub(), right) if left is ZERO else ast.BinOp(left, ast.Sub(), right)


def _times(left: ast.expr, right: ast.expr) -> ast.expr:
    if left is ZERO or right is ZERO:
        return ZERO
    if left is ONE or right is ONE:
        return right if left is ONE else left
    return ast.BinOp(left, ast.Mult(), right)


def _over(left: ast.expr, right: ast.expr) -> ast.expr:
    return ZERO if left is ZERO else ast.BinOp(left, ast.Div(), right)


def _call(name: str, argument: ast.expr) -> ast.expr:
    return ast.Call(ast.Name(name), [argument], [])
