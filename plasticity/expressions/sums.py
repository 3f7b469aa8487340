"""Sums of products: the form in which closed forms are derived, and written so that they read as on paper.

A product is a number times powers of atoms. An atom is a name, or the text of a part that is taken as a whole, such as
`exp(-lag/tau)` or `1 - w`.
"""

import ast
from collections.abc import Callable, Mapping
from functools import lru_cache, reduce

from plasticity.expressions.functions import FUNCTIONS

Product = tuple[tuple[str, int], ...]  # (atom, power), in the order of `_place`
Sum = dict[Product, float]  # {product: its factor, not 0}; empty is 0
ONE: Sum = {(): 1.0}
_MOST_MULTIPLIED_OUT = 4  # the largest power of a sum that is multiplied out


class NoSum(ValueError):
    """An expression that this algebra does not follow."""


def name_sum(name: str) -> Sum:
    """A name by itself."""
    return {((name, 1),): 1.0}


def plus(*sums: Sum) -> Sum:
    """The sum of sums."""
    total: Sum = {}
    for one in sums:
        for product, factor in one.items():
            total[product] = total.get(product, 0.0) + factor
    return {product: factor for product, factor in total.items() if factor}


def times(*sums: Sum) -> Sum:
    """The product of sums, multiplied out."""
    return reduce(_times, sums, ONE)


def over(top: Sum, bottom: Sum) -> Sum:
    """A quotient; a bottom of several products is one atom, unless it cancels out."""
    if len(bottom) > 1:
        first = dict([next(iter(bottom.items()))])
        for product, factor in top.items():
            ratio = over({product: factor}, first)
            if times(ratio, bottom) == top:
                return ratio
    return times(top, power(bottom, -1))


def minus(of: Sum) -> Sum:
    """The negative."""
    return {product: -factor for product, factor in of.items()}


def power(base: Sum, exponent: int) -> Sum:
    """A whole power. Raises NoSum for 1/0."""
    if not base and exponent < 0:
        raise NoSum
    if len(base) == 1:
        ((product, factor),) = base.items()
        return {_joined(tuple((atom, n * exponent) for atom, n in product)): factor**exponent}
    if 0 <= exponent <= _MOST_MULTIPLIED_OUT:
        return times(*[base] * exponent)
    return {((text_of(base), exponent),): 1.0}


def sum_of(tree: ast.expr, given: Mapping[str, Sum], is_positive: Callable[[Sum], bool] = lambda of: False) -> Sum:
    """A checked tree as a sum.

    given       : what names stand for; others stand for themselves
    is_positive : whether a part is never negative, so that `rectify` leaves it as it is
    raises NoSum for what has no value, such as 1/0
    """

    def inner(part: ast.expr) -> Sum:
        return sum_of(part, given, is_positive)

    match tree:
        case ast.Constant(value=value):
            return {(): float(value)} if value else {}  # type: ignore[arg-type]
        case ast.Name(id=name):
            return given.get(name, name_sum(name))
        case ast.UnaryOp(op=op, operand=operand):
            return minus(inner(operand)) if isinstance(op, ast.USub) else inner(operand)
        case ast.BinOp(left=left, op=op, right=right):
            return _combined(op, inner(left), inner(right))
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return _called(name, [inner(argument) for argument in arguments], is_positive)
    raise NoSum


def by_power(of: Sum, name: str) -> dict[int, Sum]:
    """{power of a name: what it is multiplied with}. Raises NoSum where the name is inside an atom."""
    found: dict[int, Sum] = {}
    for product, factor in of.items():
        n = dict(product).get(name, 0)
        rest = tuple((atom, k) for atom, k in product if atom != name)
        if any(name in words(atom) for atom, _ in rest):
            raise NoSum
        found.setdefault(n, {})[rest] = factor
    return found


def solved(of: Sum, name: str) -> Sum | None:
    """Where a sum is zero, other than at 0, when it is linear in the name but for a power of it; else None."""
    try:
        powers = by_power(of, name)
    except NoSum:
        return None
    least = min(powers, default=0)
    if set(powers) != {least, least + 1}:
        return None
    common = _common(of)
    top, bottom = (_without(powers[least + k], tuple(c for c in common if c[0] != name)) for k in (0, 1))
    return over(minus(top), bottom)


def words(text: str) -> set[str]:
    """The names in the text of a sum."""
    return {node.id for node in ast.walk(_tree(text)) if isinstance(node, ast.Name)}


def text_of(of: Sum) -> str:
    """A sum as text, of which `parse` makes the same numbers; what all its products share stands in front."""
    if not of:
        return "0"
    common = _common(of) if len(of) > 1 else ()
    rest = _without(of, common)
    sign = -1.0 if all(factor < 0 for factor in rest.values()) and common else 1.0
    ordered = sorted(rest.items(), key=lambda item: (sign * item[1] < 0, [(_place(a), -n) for a, n in item[0]]))
    terms = [_product(product, sign * factor) for product, factor in ordered]
    added = terms[0] + "".join(f" - {term[1:]}" if term.startswith("-") else f" + {term}" for term in terms[1:])
    return _product(_joined((*common, (added, 1))), sign) if common else added


def _times(left: Sum, right: Sum) -> Sum:
    return plus(*({_joined(a + b): x * y} for a, x in left.items() for b, y in right.items()))


def _joined(factors: Product) -> Product:
    found: dict[str, int] = {}
    for atom, n in factors:
        found[atom] = found.get(atom, 0) + n
    return tuple(sorted(((atom, n) for atom, n in found.items() if n), key=lambda item: _place(item[0])))


def _place(atom: str) -> tuple[int, str]:
    """Where an atom stands in a product: names first, then what is raised or in brackets, then functions."""
    return (0 if atom.isidentifier() else 2 if isinstance(_tree(atom), ast.Call) else 1, atom)


@lru_cache(maxsize=4096)
def _tree(atom: str) -> ast.expr:
    return ast.parse(atom, mode="eval").body


def _combined(operation: ast.operator, left: Sum, right: Sum) -> Sum:
    match operation:
        case ast.Add():
            return plus(left, right)
        case ast.Sub():
            return plus(left, minus(right))
        case ast.Mult():
            return times(left, right)
        case ast.Div():
            return over(left, right)
    exponent = _constant(right)
    if exponent is not None and exponent == int(exponent):
        return power(left, int(exponent))
    if _constant(left) == 1.0:
        return ONE
    return {((f"{_bracketed(left)}**{_bracketed(right)}", 1),): 1.0}


def _called(name: str, arguments: list[Sum], is_positive: Callable[[Sum], bool]) -> Sum:
    constants = [_constant(argument) for argument in arguments]
    if all(constant is not None for constant in constants):
        value = float(FUNCTIONS[name](*constants))
        return {(): value} if value else {}
    if name == "rectify" and is_positive(arguments[0]):
        return arguments[0]
    return {((f"{name}({', '.join(text_of(argument) for argument in arguments)})", 1),): 1.0}


def _constant(of: Sum) -> float | None:
    return of.get((), 0.0) if set(of) <= {()} else None


def _common(of: Sum) -> Product:
    """The factors that all products share."""
    products = [dict(product) for product in of]
    found = []
    for atom in products[0]:
        powers = [product.get(atom, 0) for product in products]
        shared = min(powers) if min(powers) > 0 else max(powers) if max(powers) < 0 else 0
        found += [(atom, shared)] if shared else []
    return tuple(found)


def _without(of: Sum, common: Product) -> Sum:
    inverse = tuple((atom, -n) for atom, n in common)
    return {_joined(product + inverse): factor for product, factor in of.items()}


def _product(product: Product, factor: float) -> str:
    above = [_raised(atom, n) for atom, n in product if n > 0]
    below = [_raised(atom, -n) for atom, n in product if n < 0]
    inverse = 1 / abs(factor)
    if 1 < inverse == int(inverse):  # x/2, not 0.5*x
        below, factor = [f"{inverse:.0f}", *below], factor * inverse
    number = f"{abs(factor):.15g}" if float(f"{abs(factor):.15g}") == abs(factor) else repr(abs(factor))
    above = above if number == "1" and above else [number, *above]
    divided = f"/({'*'.join(below)})" if len(below) > 1 else f"/{below[0]}" if below else ""
    return f"{'-' if factor < 0 else ''}{'*'.join(above)}{divided}"


def _raised(atom: str, n: int) -> str:
    tree = _tree(atom)
    is_power = isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Pow)
    base = atom if isinstance(tree, ast.Name | ast.Call) or (is_power and n == 1) else f"({atom})"
    return base if n == 1 else f"{base}**{n}"


def _bracketed(of: Sum) -> str:
    text = text_of(of)
    return text if text.isidentifier() or text.replace(".", "", 1).isdigit() else f"({text})"
