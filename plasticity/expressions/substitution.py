"""New trees from checked ones: names replaced by expressions."""

import ast
from collections.abc import Mapping

from plasticity.errors import ArgumentError, said
from plasticity.expressions.reading import require_tree


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
