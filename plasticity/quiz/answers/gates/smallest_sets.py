"""How many points it takes before some labelling is beyond a threshold unit, in each reading of the question."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations, combinations_with_replacement, product
from typing import Any

import numpy as np

from plasticity.artificial.certificates import Contradiction
from plasticity.artificial.linear_systems import rank
from plasticity.artificial.separability import is_separable, smallest_inseparable
from plasticity.experiment import parameter
from plasticity.quiz.answers.gates.by_hand import bits
from plasticity.quiz.record import Answer, Check, Solution
from plasticity.studies.separability import labellings_of_lines

GRID = range(3)  # coordinates of the points among which the line is swept
KINDS = ("general", "different", "repeated")


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    n_inputs: int = parameter(2, meaning="dimensions of the input; a unit has one weight more", least=1, most=3)


@dataclass(frozen=True)
class SmallestSets:
    """The smallest sets that some labelling makes inseparable, by what is asked of their points.

    found                 : {kind: one such set}; 'general': every n_inputs + 1 of the vectors (x, 1) are independent;
                            'different': every two; 'repeated': every one, so that a point may come twice
    largest_rank          : the most linearly independent vectors among n_inputs + 2 points of a grid
    separable_labellings  : of n_inputs + 1 independent vectors
    one_more              : of n_inputs + 2 points in general position
    """

    n_inputs: int
    found: dict[str, Contradiction]
    largest_rank: int
    separable_labellings: int
    one_more: int


def study(parameters: Parameters) -> SmallestSets:
    """Search the sets in order of size."""
    n = parameters.n_inputs
    found = {kind: smallest_inseparable(n, k) for kind, k in zip(KINDS, (n + 1, min(2, n + 1), 1), strict=True)}
    general, corners = found["general"].points, [(0,) * n, *np.eye(n, dtype=int).tolist()]
    largest = max(rank([(*point, 1) for point in some]) for some in _some_sets(n))
    counts = [
        sum(is_separable(points, labels) for labels in product((0, 1), repeat=len(points)))
        for points in (corners, general)
    ]
    return SmallestSets(n, found, largest, *counts)


def _some_sets(n: int) -> list[tuple[Any, ...]]:
    """Sets of n + 2 points: of the corners and the centre of a cube, or of a line of five."""
    points = [*product((0, 2), repeat=n), (1,) * n] if n > 1 else [(x,) for x in range(5)]
    return list(combinations(points, n + 2))


def answer(sets: SmallestSets) -> Answer:
    """How many points it takes, in each reading."""
    n, sizes = sets.n_inputs, {kind: len(one.points) for kind, one in sets.found.items()}
    found: dict[str, Any] = {
        "n_weights": n + 1,
        "minimum_general_position": sizes["general"],
        "minimum_any": sizes["different"],
        "minimum_with_a_point_twice": sizes["repeated"],
        "minimum_all_independent": "none",
        "largest_number_of_independent_vectors": sets.largest_rank,
        "separable_labellings_of_independent": sets.separable_labellings,
        "labellings_of_independent": 2 ** (n + 1),
        "separable_labellings_in_general_position": sets.one_more,
        "labellings_in_general_position": 2 ** sizes["general"],
        "rows": [
            {"kind": kind, "size": sizes[kind], "points": _points(one), "labels": bits(one.labels)}
            for kind, one in sets.found.items()
        ],
    }
    is_never = sets.separable_labellings == 2 ** (n + 1) and sets.largest_rank == n + 1
    found["outcome"] = "as computed" if is_never else "unknown"
    readings = {kind: {"minimum": float(size)} for kind, size in sizes.items()}
    readings["together"] = {"minimum": math.inf if is_never else math.nan}
    given = ("n_weights", "labellings_of_independent", "labellings_in_general_position")
    return Answer(found, _checks(sets, found), readings, given=given)


def _points(one: Contradiction) -> str:
    return ", ".join(f"({', '.join(str(x) for x in point)})" for point in one.points)


def _cover(n_points: int, n_weights: int) -> int:
    """How many labellings of points in general position a unit can give: T. M. Cover (1965)."""
    return 2 * sum(math.comb(n_points - 1, k) for k in range(n_weights))


def _checks(sets: SmallestSets, found: dict) -> list[Check]:
    """Cover's count and Radon's theorem; in the plane also a line swept across all small sets of a grid."""
    n = sets.n_inputs
    checks = [
        Check("separable_labellings_of_independent", _cover(n + 1, n + 1), "cover"),
        Check("separable_labellings_in_general_position", _cover(len(sets.found["general"].points), n + 1), "cover"),
        Check("minimum_general_position", n + 2, "radon"),
        Check("largest_number_of_independent_vectors", found["n_weights"], "entries"),
    ]
    if n != 2:
        return [*checks, Check("rows.size", [n + 2, 3, 2], "theorems")]
    sizes = [_swept(kind) for kind in (_is_general, _is_different, lambda points: True)]
    names = ("minimum_general_position", "minimum_any", "minimum_with_a_point_twice")
    swept = [Check(name, size, "sweep") for name, size in zip(names, sizes, strict=True)]
    return [*checks, *swept, Check("rows.size", sizes, "sweep")]


def _swept(is_allowed: Callable[[Any], bool]) -> int:
    """The size of the smallest set of the grid, of those allowed, to which lines cannot give every labelling."""
    points = list(product(GRID, repeat=2))
    return next(
        n
        for n in range(1, len(points))
        for some in combinations_with_replacement(points, n)
        if is_allowed(some) and len(labellings_of_lines(some)) < 2**n
    )


def _is_different(points: Any) -> bool:
    return len(set(points)) == len(points)


def _is_general(points: Any) -> bool:
    """Whether no three points lie on a line: no triangle has the area 0."""
    areas = [(b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) for a, b, c in combinations(points, 3)]
    return _is_different(points) and 0 not in areas


SOLUTIONS = {"points-inseparable": Solution(study, answer, Parameters())}
