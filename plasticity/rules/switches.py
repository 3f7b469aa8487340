"""Where an expression bends: `step(x)`, `rectify(x)` and their like are smooth on either side of x = 0.

An engine that follows a flow keeps each switch as it is, until what it hangs on changes its sign.
"""

import ast
from collections.abc import Callable, Collection, Mapping
from copy import deepcopy

from plasticity.expressions import names

MARK = "step of "  # the name of a switch, which no variable can have: this, and what it hangs on


def switched(
    tree: ast.expr, moving: Collection[str], is_positive: Callable[[ast.expr], bool] = lambda argument: False
) -> tuple[ast.expr, Mapping[str, ast.expr]]:
    """A checked tree in which every bend is a factor of its own, and the switches.

    moving      : the names whose change can turn a switch
    is_positive : whether an expression never turns negative, so that it needs no switch
    returns     : the tree, in the names of switches too; {switch: what it hangs on}, which is 1 above 0, else 0
    """
    rewriter = _Rewriter(frozenset(moving), is_positive)
    return rewriter.visit(deepcopy(tree)), rewriter.found  # a copy, for visiting changes it


class _Rewriter(ast.NodeTransformer):
    def __init__(self, moving: frozenset[str], is_positive: Callable[[ast.expr], bool]) -> None:
        self.moving, self.is_positive, self.found = moving, is_positive, dict[str, ast.expr]()

    def visit_Call(self, node: ast.Call) -> ast.expr:
        call = ast.Call(node.func, [self.visit(argument) for argument in node.args], [])
        assert isinstance(node.func, ast.Name)
        if not names(call) & {*self.moving, *self.found}:
            return call
        first = call.args[0]
        match node.func.id:
            case "step":
                return self._switch(first)
            case "rectify":
                return first if self.is_positive(first) else _times(first, self._switch(first))
            case "abs":
                both = ast.BinOp(_times(ast.Constant(2.0), self._switch(first)), ast.Sub(), ast.Constant(1.0))
                return first if self.is_positive(first) else _times(first, both)
            case "minimum":
                return self._smaller(first, call.args[1])
            case "maximum":
                return ast.UnaryOp(ast.USub(), self._smaller(_minus(first), _minus(call.args[1])))
        return call

    def _smaller(self, left: ast.expr, right: ast.expr) -> ast.expr:
        """minimum(left, right) = left - rectify(left - right)."""
        above = ast.BinOp(left, ast.Sub(), right)
        return ast.BinOp(left, ast.Sub(), _times(above, self._switch(above)))

    def _switch(self, argument: ast.expr) -> ast.expr:
        name = f"{MARK}{ast.unparse(argument)}"
        self.found[name] = argument
        return ast.Name(name)


def _times(left: ast.expr, right: ast.expr) -> ast.expr:
    return ast.BinOp(left, ast.Mult(), right)


def _minus(tree: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.USub(), tree)
