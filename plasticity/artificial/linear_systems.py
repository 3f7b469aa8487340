"""Linear systems solved in exact rational arithmetic: no rounding, so no doubt about 0.

`nonnegative_solution` is phase one of the simplex method. It answers the alternative of Farkas:
either A x = b has a solution x >= 0, or some y has y . A <= 0 in every column and y . b > 0, which
shows that there is none (with x >= 0 the number y . A x could never be above 0, but y . b is).
"""

from fractions import Fraction
from typing import Any

import numpy as np

from plasticity.artificial.exact import exact
from plasticity.errors import ArgumentError


def nonnegative_solution(A: Any, b: Any) -> tuple[list[Fraction], None] | tuple[None, list[Fraction]]:
    """Either x >= 0 with A x = b, or the reason why there is none.

    A, b    : (m, n) and (m,), integers or Fractions, every b >= 0
    returns : (x, None) or (None, y), lists of n or m Fractions; x has at most m entries above 0

    Each row gets an artificial unknown that makes up what the x still miss; the pivots reduce the sum of
    these until it is 0 or can fall no further. Among several choices Bland's rule takes the lowest
    number: R. G. Bland (1977), doi:10.1287/moor.2.2.103. Without it degenerate systems can run in circles.
    """
    A, b = _fractions(A), _fractions(b)
    if A.ndim != 2 or b.shape != (len(A),) or not A.size or (b < 0).any():
        raise ArgumentError(f"A has shape {A.shape} and b {b.shape}; (m, n) and (m,), every b >= 0, are allowed")
    m, n = np.shape(A)
    tableau, basis = _first_tableau(A, b), list(range(n, n + m))
    while tableau[m, -1] < 0:  # minus the sum of the artificial unknowns
        entering = next((j for j in range(n) if tableau[m, j] < 0), None)
        if entering is None:
            return None, [1 - cost for cost in tableau[m, n:-1]]
        _pivot(tableau, basis, entering)
    x = [Fraction(0)] * n
    for row, unknown in enumerate(basis):
        if unknown < n:
            x[unknown] = tableau[row, -1]
    return x, None


def rank(rows: Any) -> int:
    """The number of linearly independent rows of a matrix of integers or Fractions."""
    rows, found = _fractions(rows), 0
    if rows.ndim != 2:
        raise ArgumentError(f"rows have shape {rows.shape}; a matrix is allowed")
    for column in range(rows.shape[1]):
        pivots = [r for r in range(found, len(rows)) if rows[r, column]]
        if pivots:
            rows[[found, pivots[0]]] = rows[[pivots[0], found]]
            below = rows[found + 1 :, column] / rows[found, column]
            rows[found + 1 :] -= np.outer(below, rows[found])
            found += 1
    return found


def _fractions(array: Any) -> np.ndarray:
    if isinstance(array, np.ndarray) and array.dtype == object and all(type(x) is Fraction for x in array.flat):
        return array.copy()
    return np.asarray(exact(array), dtype=object)


def _first_tableau(A: np.ndarray, b: np.ndarray) -> np.ndarray:
    """[A | I | b], and below it the cost of each unknown: what one unit of it adds to the missing sum."""
    body = np.hstack([_fractions(A), _fractions(np.eye(len(A), dtype=int)), _fractions(b)[:, None]])
    costs = -body.sum(axis=0)
    costs[np.shape(A)[1] : -1] = Fraction(0)
    return np.vstack([body, costs])


def _pivot(tableau: np.ndarray, basis: list[int], entering: int) -> None:
    """Let one unknown grow until another reaches 0, which it replaces in the basis."""
    rows = [row for row in range(len(basis)) if tableau[row, entering] > 0]
    leaving = min(rows, key=lambda row: (tableau[row, -1] / tableau[row, entering], basis[row]))
    tableau[leaving] = tableau[leaving] / tableau[leaving, entering]
    factors = tableau[:, entering].copy()
    factors[leaving] = Fraction(0)
    tableau -= np.outer(factors, tableau[leaving])
    basis[leaving] = entering
