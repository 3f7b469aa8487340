"""An expression as a polynomial in the state of a rule: what engines need that take it apart, term by term."""

import ast
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np

from plasticity.expressions import evaluator, names

# {trace names, sorted, with repetition: coefficient, a number or an array}
Polynomial = dict[tuple[str, ...], Any]
MAX_DEGREE = 8  # our choice; published rules need at most 3


class NoPolynomial(ValueError):
    """An expression that is no polynomial of degree MAX_DEGREE or less; who asked says what that means."""


def polynomial(tree: ast.expr, values: Mapping[str, Any], traces: Collection[str]) -> Polynomial:
    """A checked tree as a polynomial in `traces`, whatever has no trace in it evaluated with `values`.

    raises NoPolynomial when it is none
    """
    if not names(tree) & set(traces):
        return {(): evaluator(tree)(values)}
    if isinstance(tree, ast.Name):
        return {(tree.id,): np.float64(1.0)}
    if isinstance(tree, ast.UnaryOp):
        factor = np.float64(-1.0 if isinstance(tree.op, ast.USub) else 1.0)
        return multiplied({(): factor}, polynomial(tree.operand, values, traces))
    if isinstance(tree, ast.BinOp):
        left = polynomial(tree.left, values, traces)
        right = polynomial(tree.right, values, traces)
        combined = _combined(tree.op, left, right)
        if combined is not None and all(len(powers) <= MAX_DEGREE for powers in combined):
            return combined
    raise NoPolynomial


def _combined(operation: ast.operator, left: Polynomial, right: Polynomial) -> Polynomial | None:
    if isinstance(operation, ast.Add):
        return added(left, right)
    if isinstance(operation, ast.Sub):
        return added(left, {powers: -coefficient for powers, coefficient in right.items()})
    if isinstance(operation, ast.Mult):
        return multiplied(left, right)
    if set(right) != {()}:
        return None
    if isinstance(operation, ast.Div):
        return {powers: coefficient / right[()] for powers, coefficient in left.items()}
    exponent = float(np.max(right[()]))
    if np.size(right[()]) > 1 or not 0 <= exponent <= MAX_DEGREE or exponent != int(exponent):
        return None
    power: Polynomial = {(): np.float64(1.0)}
    for _ in range(int(exponent)):
        power = multiplied(power, left)
    return power


def added(left: Polynomial, right: Polynomial) -> Polynomial:
    """The sum of two polynomials; its terms in the same order in every process, for whoever adds them up."""
    return {powers: left.get(powers, 0.0) + right.get(powers, 0.0) for powers in {**left, **right}}


def multiplied(left: Polynomial, right: Polynomial) -> Polynomial:
    """The product of two polynomials."""
    result: Polynomial = {}
    for a, x in left.items():
        for b, y in right.items():
            powers = tuple(sorted(a + b))
            result[powers] = result.get(powers, 0.0) + x * y
    return result
