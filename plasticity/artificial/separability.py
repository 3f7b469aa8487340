"""Can one threshold unit tell two classes of points apart? Decided exactly, with the proof.

All arithmetic is rational, so points that lie on one line, or on one another, are no trouble. A float
is read as the decimal it prints as: 0.1 is 1/10.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, combinations_with_replacement, product
from itertools import count as numbers_from
from math import gcd, lcm
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from plasticity.artificial.certificates import Contradiction, Point, Separation, constraint
from plasticity.artificial.exact import exact
from plasticity.artificial.linear_systems import nonnegative_solution, rank
from plasticity.artificial.units import Unit, names
from plasticity.errors import ArgumentError
from plasticity.inputs import count, instance, numbers

MOST_INPUTS = 3  # for the search only: it tries combinations of grid points, and 4 inputs take 10 s


def separate(points: Any, labels: ArrayLike) -> Separation | Contradiction:
    """A unit that separates the labelled points, or the contradiction that rules it out.

    points  : (n_points, n_inputs), numbers; equal points may occur
    labels  : (n_points,), all from {0, 1} or all from {-1, 1}, or truth values; the records hold 0 for -1
    returns : Separation or Contradiction, exact in either case. A Contradiction needs at most
              n_inputs + 2 of the points.
    raises ArgumentError when the shapes do not fit, a number is not finite, or labels are others

    Multipliers of sum 1 under which all constraints cancel are looked for. When there are none, the
    reason for that (the alternative of Farkas) consists of the weights and bias of a separating unit.
    """
    points, labels = _read(points, labels)
    columns = [constraint(point, label) for point, label in zip(points, labels, strict=True)]
    A = [*map(list, zip(*columns, strict=True)), [1] * len(points)]
    multipliers, obstacle = nonnegative_solution(A, [0] * (len(A) - 1) + [1])
    if multipliers is not None:
        return Contradiction(points, labels, _whole(multipliers))
    assert obstacle is not None, "there is always one of the two"
    *weights, bias = _whole([-y for y in obstacle[:-1]])
    return Separation(points, labels, tuple(weights), bias)


def is_separable(points: Any, labels: ArrayLike) -> bool:
    """True when one threshold unit can give every point its label."""
    return isinstance(separate(points, labels), Separation)


def separating_unit(separation: Separation, inputs: Sequence[str] | None = None, name: str = "y") -> Unit:
    """The Unit of a Separation; its inputs are x1, x2, ... unless they are named."""
    n = len(instance(separation, Separation, "the separation").weights)
    inputs = tuple(f"x{k}" for k in range(1, n + 1)) if inputs is None else names(inputs, "inputs")
    if len(inputs) != n:
        raise ArgumentError(f"{len(inputs)} names of inputs for {n} weights")
    return Unit(name, dict(zip(inputs, separation.weights, strict=True)), separation.bias)


def smallest_inseparable(n_inputs: int, independence: int) -> Contradiction:
    """The smallest point set that some labelling makes inseparable, found by search.

    n_inputs     : the dimension d of the points; a unit has d + 1 weights, one of them the bias
    independence : every so many of the vectors (x, 1) are linearly independent; 1 to d + 1
    returns      : a Contradiction; its `points` are the set

    "Linearly independent vectors" can mean, for d = 2:
    1      no vector is 0: any points, even one point twice
    2      no two are parallel: different points
    3      no three lie in a plane: no three points on one line, "general position"
    (all)  the whole set is independent. Such sets, of up to d + 1 points, are always separable:
           the equations z = label - 1/2 have a solution. A larger set is never independent.

    The search is a proof although it tries few sets. Up to `independence` points, the vectors (x, 1)
    are independent, and an invertible linear map takes them, units included, to the corners of the
    standard simplex: one set stands for all. Larger sets come from the grid {0, 1, 2}^d.
    """
    n_inputs = count(n_inputs, "n_inputs of the search", most=MOST_INPUTS)
    independence = count(independence, f"independence, with {n_inputs} inputs,", most=n_inputs + 1)
    return next(
        certificate
        for n_points in numbers_from(1)
        for points in _candidates(n_points, n_inputs, independence)
        for labels in product((0, 1), repeat=n_points)
        if isinstance(certificate := separate(points, labels), Contradiction)
    )


def _candidates(n_points: int, n_inputs: int, independence: int) -> Iterator[Sequence[tuple[int, ...]]]:
    if n_points <= independence:
        yield [(0,) * n_inputs, *map(tuple, np.eye(n_inputs, dtype=int).tolist())][:n_points]
        return
    for points in combinations_with_replacement(product(range(3), repeat=n_inputs), n_points):
        vectors = [(*point, 1) for point in points]
        if all(rank(some) == independence for some in combinations(vectors, independence)):
            yield points


def _read(points: Any, labels: ArrayLike) -> tuple[tuple[Point, ...], tuple[int, ...]]:
    points = exact(points)
    if np.ndim(points) != 2 or 0 in np.shape(points):
        raise ArgumentError(f"points: the shape is {np.shape(points)}; it must be (n_points, n_inputs), neither 0")
    given = numbers(labels, "labels", shape=(len(points),), has_truths=True).tolist()
    if not set(given) <= {0, 1} and not set(given) <= {-1, 1}:
        raise ArgumentError(f"labels: {sorted(set(given))}; they must be two classes, {{0, 1}} or {{-1, 1}}")
    return tuple(map(tuple, points)), tuple(int(label > 0) for label in given)


def _whole(numbers: Sequence[Fraction]) -> tuple[int, ...]:
    """Rational numbers times the positive factor that makes them whole, without a common divisor."""
    scale = lcm(*(number.denominator for number in numbers))
    whole = [int(number * scale) for number in numbers]
    return tuple(number // gcd(*whole) for number in whole)
