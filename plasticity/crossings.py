"""Where a value meets its bound within a step, or leaves it: read off the polynomial that the step is.

A polynomial of degree 4 on [0, 1] lies within the hull of its Bernstein coefficients, here its controls. So nothing
beyond a bound is missed between the ends, and most steps are seen to be free of it at once.
Source: Farin, Curves and Surfaces for CAGD (2002), chapter 4: the convex hull property, and subdivision.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plasticity.arrays import Floats

# The weights of the slopes in the part of order 4 of the dense output: Hairer, Norsett & Wanner (1993), section II.6
DENSE = (
    -12715105075 / 11282082432,
    0.0,
    87487479700 / 32700410799,
    -10690763975 / 1880347072,
    701980252875 / 199316789632,
    -1453857185 / 822651844,
    69997945 / 29380423,
)
# From the controls on an interval to those on its first half; the second is the same backwards
HALF = np.array([[16, 0, 0, 0, 0], [8, 8, 0, 0, 0], [4, 8, 4, 0, 0], [2, 6, 6, 2, 0], [1, 4, 6, 4, 1]]) / 16
# From controls of degree 3 to those of degree 4
RAISED = np.array([[4, 0, 0, 0], [1, 3, 0, 0], [0, 2, 2, 0], [0, 0, 3, 1], [0, 0, 0, 4]]) / 4
NARROWEST = 2.0**-42  # of the step: what a place is found to

Sides = NDArray[np.int8]  # 1 where a value is kept at its upper bound, -1 at its lower, 0 where it is free


@dataclass(frozen=True, eq=False)
class Turn:
    """At which part of a step values meet or leave a bound, and which: the sides from there on; `turned`: of which."""

    part: float
    sides: Sides
    turned: NDArray[np.bool_]


def controls(start: Floats, moved: Floats, slopes: Sequence[Floats]) -> Floats:
    """Of a step of Dormand and Prince, shape (5, *that of the values).

    moved  : how far it leads
    slopes : its seven, times its length
    """
    bend = sum((part * slope for part, slope in zip(DENSE, slopes, strict=True) if part), np.zeros(start.shape))
    middle = start + moved / 2 + (slopes[0] - slopes[-1] + bend) / 6
    end = start + moved
    return np.stack([start, start + slopes[0] / 4, middle, end - slopes[-1] / 4, end])


def first_turn(path: Floats, sides: Sides, bounds: tuple[Any, Any], allowed: Floats) -> Turn | None:
    """Where first a free value is beyond a bound by what is allowed, or the flow of one that is kept points inwards by
    what is allowed for the step; None where there is no such place.

    path   : the controls of the values, were none of them kept
    bounds : lower and upper, of shapes that broadcast with the values
    """
    lower, upper = bounds
    is_free = sides == 0
    is_above = is_free & (path.max(axis=0) > upper + allowed)
    is_below = is_free & (path.min(axis=0) < lower - allowed)
    is_back = ~is_free & (4 * (np.diff(path, axis=0) * sides).min(axis=0) < -allowed)
    if not (is_above.any() or is_below.any() or is_back.any()):
        return None
    inwards = np.tensordot(RAISED, -4 * np.diff(path, axis=0) * sides, 1)
    sought = ((is_above, path - upper, 1), (is_below, lower - path, -1), (is_back, inwards, 0))
    beyond = np.concatenate([(excess - allowed)[:, chosen] for chosen, excess, _ in sought], axis=1)
    part, which = first_above(beyond)
    if not which.any():
        return None
    places = np.concatenate([np.flatnonzero(chosen) for chosen, _, _ in sought])
    new = np.concatenate([np.full(chosen.sum(), side) for chosen, _, side in sought])
    after, turned = sides.copy(), np.zeros(sides.shape, dtype=bool)
    after.flat[places[which]], turned.flat[places[which]] = new[which], True
    return Turn(part, after, turned)


def first_above(polynomials: Floats) -> tuple[float, NDArray[np.bool_]]:
    """The first part of the way at which any of some polynomials is above zero, and which are; none when none is.

    polynomials : their controls, shape (5, n)
    """
    waiting = [(0.0, 1.0, polynomials)]
    while waiting:
        begin, width, here = waiting.pop()
        if (here[0] > 0).any():
            return begin, here[0] > 0
        if not (is_near := here.max(axis=0) > 0).any():
            continue
        if width <= NARROWEST:
            return begin + width, is_near
        waiting += [(begin + width / 2, width / 2, HALF[::-1, ::-1] @ here), (begin, width / 2, HALF @ here)]
    return 1.0, np.zeros(polynomials.shape[1], dtype=bool)
