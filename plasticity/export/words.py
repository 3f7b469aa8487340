"""Expressions as the text of another language: every name renamed, and functions that it lacks in what it has."""

import ast
import copy
from collections.abc import Callable, Mapping

from plasticity.expressions import evaluator, names

Call = Callable[..., ast.expr]  # from the arguments of a call to what stands for it


def printed(tree: ast.expr, rename: Callable[[str], str], calls: Mapping[str, Call]) -> str:
    """A checked tree as text, with as few parentheses as its operations need.

    rename : what a name is called there
    calls  : {function of the little language: what stands for a call of it}; others keep their names
    """
    return ast.unparse(_Rewriter(rename, calls).visit(copy.deepcopy(tree)))


def read(text: str) -> ast.expr:
    """Text of ours as a tree."""
    return ast.parse(text, mode="eval").body


def called(name: str, *arguments: ast.expr) -> ast.expr:
    """A call."""
    return ast.Call(ast.Name(name), list(arguments), [])


def folded(tree: ast.expr, values: Mapping[str, float]) -> ast.expr:
    """A tree whose switches that only numbers of these names move are numbers: where equations cannot switch."""
    return _Switched(values).visit(copy.deepcopy(tree))


class _Switched(ast.NodeTransformer):
    def __init__(self, values: Mapping[str, float]) -> None:
        self.values = values

    def visit_Call(self, node: ast.Call) -> ast.expr:
        if not names(node) <= self.values.keys() or ast.unparse(node.func) != "step":
            return self.generic_visit(node)  # type: ignore[return-value]
        return ast.Constant(int(evaluator(node)(self.values)))


class _Rewriter(ast.NodeTransformer):
    def __init__(self, rename: Callable[[str], str], calls: Mapping[str, Call]) -> None:
        self.rename, self.calls = rename, calls

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return ast.Name(self.rename(node.id))

    def visit_Call(self, node: ast.Call) -> ast.expr:
        assert isinstance(node.func, ast.Name)
        arguments = [self.visit(argument) for argument in node.args]
        return self.calls.get(node.func.id, lambda *given: called(node.func.id, *given))(*arguments)  # type: ignore[attr-defined]
