"""The dimension of an expression: whether volts meet volts, and what its value is a number of.

A number in the text is dimensionless, except 0, which fits everything. Like units are added, subtracted and
compared; exp, log and tanh take a number without unit; `step` makes one of anything.
"""

import ast
from collections.abc import Mapping
from typing import NamedTuple

from plasticity.errors import said
from plasticity.expressions import MARK, evaluator, names, require_tree
from plasticity.inputs import instance, text
from plasticity.quantities import Dimension, check_unit, dimension_of

NUMBER = Dimension()
_WORDS = {ast.Add: "plus", ast.Sub: "minus"}
_KEEP = frozenset({"abs", "rectify"})
_OF_NUMBERS = frozenset({"exp", "log", "tanh"})
_MOST_SHOWN = 60  # characters of the part of an expression that is at fault


def dimension(tree: ast.expr, units: Mapping[str, str], *, where: str, error: type[Exception]) -> Dimension | None:
    """What the value of a checked tree is a number of; None for 0, which fits everything.

    units : the unit of each name, of plasticity.quantities; `after(u)` has that of u
    where : what is being defined, for the message, say 'pair_stdp.w'
    raises `error` where units do not fit, or a name has none; the message says the place, and both units.
    """
    require_tree(tree)
    text(where, "the place of an expression")
    for name, unit in instance(units, Mapping, "the units of names", error).items():
        check_unit(unit, f"{where}: the unit of {said(name)}", error)
    return _Reader({name: dimension_of(unit) for name, unit in units.items()}, where, error).read(tree)


def require_dimension(
    tree: ast.expr, wanted: str | Dimension, units: Mapping[str, str], *, where: str, error: type[Exception]
) -> None:
    """Raise `error` unless a checked tree has the dimension wanted, that of a unit or one itself, or is 0."""
    if not isinstance(wanted, Dimension):
        check_unit(wanted, f"{where}: the unit that is needed", error)
        wanted = dimension_of(wanted)
    found = dimension(tree, units, where=where, error=error)
    if found not in (None, wanted):
        came = _said(found) if found == NUMBER else f"in {_said(found)}"
        raise error(f"{where}: {_shown(tree)} is {came}; {_said(wanted)} is needed")


def root(dimension: Dimension) -> Dimension:
    """That of the square root. Raises ArgumentError for what is no dimension."""
    instance(dimension, Dimension, "the dimension")
    from fractions import Fraction  # slow to load, and seldom needed

    return dimension ** Fraction(1, 2)


class _Reader(NamedTuple):
    """The dimensions of names, and how to refuse what does not fit."""

    units: Mapping[str, Dimension]
    where: str
    error: type[Exception]

    def read(self, tree: ast.expr) -> Dimension | None:
        if isinstance(tree, ast.Constant):
            return None if tree.value == 0 else NUMBER
        if isinstance(tree, ast.Name):
            return self._of_name(tree.id)
        if isinstance(tree, ast.UnaryOp):
            return self.read(tree.operand)
        if isinstance(tree, ast.BinOp):
            return self._of_operation(tree)
        assert isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name)
        return self._of_call(tree, tree.func.id)

    def _of_name(self, name: str) -> Dimension:
        of = name if name in self.units else name.removeprefix(f"{MARK}(").removesuffix(")")
        if of not in self.units:
            raise self.error(f"{self.where} uses '{name}', whose unit is not told")
        return self.units[of]

    def _of_operation(self, tree: ast.BinOp) -> Dimension | None:
        left, right = self.read(tree.left), self.read(tree.right)
        if isinstance(tree.op, ast.Add | ast.Sub):
            return self._alike(tree, left, right, _WORDS[type(tree.op)])
        if isinstance(tree.op, ast.Pow):
            return self._power(tree, left or NUMBER, right or NUMBER)
        one, other = left or NUMBER, right or NUMBER
        return one * other if isinstance(tree.op, ast.Mult) else one / other

    def _of_call(self, tree: ast.Call, name: str) -> Dimension | None:
        inner = [self.read(argument) for argument in tree.args]
        if name in ("minimum", "maximum"):
            return self._alike(tree, inner[0], inner[1], "next to")
        if name in _OF_NUMBERS and inner[0] not in (None, NUMBER):
            raise self._refusal(tree, f"{name} of {_said(inner[0])}; it takes a number without unit")
        if name in _KEEP:
            return inner[0]
        return root(inner[0] or NUMBER) if name == "sqrt" else NUMBER

    def _alike(self, tree: ast.expr, left: Dimension | None, right: Dimension | None, word: str) -> Dimension | None:
        if None not in (left, right) and left != right:
            raise self._refusal(tree, f"{_said(left)} {word} {_said(right)}; like units are needed")
        return right if left is None else left

    def _power(self, tree: ast.BinOp, base: Dimension, exponent: Dimension) -> Dimension:
        if exponent != NUMBER:
            raise self._refusal(tree, f"to the power of {_said(exponent)}; an exponent has no unit")
        if base == NUMBER:
            return NUMBER
        if names(tree.right):
            raise self._refusal(tree, f"{_said(base)} to a power that varies; a number is needed there, such as 2")
        from fractions import Fraction  # slow to load, and seldom needed

        return base ** Fraction(float(evaluator(tree.right)({}))).limit_denominator(1000)

    def _refusal(self, tree: ast.expr, reason: str) -> Exception:
        return self.error(f"{self.where}: {_shown(tree)}: {reason}")


def _shown(tree: ast.expr) -> str:
    shown = ast.unparse(tree)
    return shown if len(shown) <= _MOST_SHOWN else f"{shown[: _MOST_SHOWN - 3]}..."


def _said(dimension: Dimension | None) -> str:
    return "a number without unit" if dimension == NUMBER else str(dimension)
