"""Two records that settle whether one threshold unit can tell two classes apart, each its own proof.

Every labelled point is a constraint on the unknown weights w and bias b: z = w . x + b must be
above 0 where the label is 1, and not above 0 where it is 0. A Separation shows weights that meet all
constraints. A Contradiction shows multipliers under which the constraints add up to 0 > 0; such
multipliers exist whenever there is no separating unit (P. Gordan 1873, doi:10.1007/BF01442864).

Both are checked, in rational numbers, when they are made: a record that exists is right.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from numbers import Rational, Real
from typing import Any

from plasticity.errors import ArgumentError, said
from plasticity.inputs import instance, listed

Point = tuple[Fraction, ...]
Row = tuple[str, tuple[Any, ...], str]  # what stands before, the coefficients, the relation to 0


@dataclass(frozen=True)
class Separation:
    """A unit that gives every point its label.

    weights, bias : whole numbers, without a common divisor
    """

    points: tuple[Point, ...]
    labels: tuple[int, ...]
    weights: tuple[int, ...]
    bias: int

    def __post_init__(self) -> None:
        for point, label in zip(self.points, self.labels, strict=True):
            z = self.bias + sum(w * x for w, x in zip(self.weights, point, strict=True))
            if (z > 0) != (label == 1):
                raise ArgumentError(f"this unit does not separate: at {_written(point)}, label {label}, z is {z}")


@dataclass(frozen=True)
class Contradiction:
    """For the constraint of each point a multiplier, such that they add up to 0 > 0.

    multipliers : whole numbers >= 0, without a common divisor; 0 where the point is not needed
    """

    points: tuple[Point, ...]
    labels: tuple[int, ...]
    multipliers: tuple[int, ...]

    def __post_init__(self) -> None:
        if min(self.multipliers) < 0 or not any(self.multipliers):
            raise ArgumentError("this is no contradiction: multipliers must be 0 or more, and not all 0")
        rows = [_multiplied(self, i) for i in range(len(self.points))]
        total = tuple(map(sum, zip(*rows, strict=True)))
        if any(total):
            raise ArgumentError(f"this is no contradiction: the left sides add up to {_written(total)}, not to 0")


def constraint(point: Sequence[Any], label: int) -> tuple[Rational, ...]:
    """The coefficients of (w, b) on the left of "... > 0" for label 1, of "... >= 0" for label 0."""
    if not isinstance(label, Real) or label not in (0, 1):
        raise ArgumentError(f"the label is {said(label)}; 0 or 1 is allowed")
    point = [instance(x, Rational, "a coordinate of the point") for x in listed(point, "the point")]
    return tuple(x if label else -x for x in (*point, Fraction(1)))


def common_point(contradiction: Contradiction) -> Point:
    """The point that is a mixture of points labelled 1 and also a mixture of points labelled 0.

    returns : tuple of Fractions. A unit's z at a mixture lies between its z at the members, so at this
              point z would have to be above 0 and not above 0: the contradiction as a picture.
    """
    shares = _shares(instance(contradiction, Contradiction, "the contradiction"), 1)
    axes = zip(*contradiction.points, strict=True)
    return tuple(sum(share * axis[i] for i, share in shares.items()) for axis in axes)


def proof(contradiction: Contradiction) -> list[str]:
    """The contradiction as lines of text, to be followed with a pencil."""
    instance(contradiction, Contradiction, "the contradiction")
    names = (*(f"w{k}" for k in range(1, len(contradiction.points[0]) + 1)), "b")
    needed = [i for i, multiplier in enumerate(contradiction.multipliers) if multiplier]
    return [
        f"Suppose a unit with the weights {', '.join(names[:-1])} and the bias b gave every point its label. Then:",
        *_aligned([_statement(contradiction, i, n) for n, i in enumerate(needed, 1)], names),
        "Turn every ... <= 0 into -(...) >= 0, multiply, and add:",
        *_aligned([_summand(contradiction, i, n) for n, i in enumerate(needed, 1)], names),
        "On the left everything cancels. On the right stands > 0, because at least one line says so.",
        "0 > 0 is impossible: there is no such unit.",
        f"In the picture: {_written(common_point(contradiction))} lies among the points with label 1, "
        f"as {_mixture(contradiction, 1)}, and among those with label 0, as {_mixture(contradiction, 0)}.",
    ]


def _statement(contradiction: Contradiction, i: int, number: int) -> Row:
    point, label = contradiction.points[i], contradiction.labels[i]
    return (
        f"({number}) at {_written(point)}, label {label}:",
        (*point, Fraction(1)),
        "> 0" if label else "<= 0",
    )


def _summand(contradiction: Contradiction, i: int, number: int) -> Row:
    relation = "> 0" if contradiction.labels[i] else ">= 0"
    return f"{contradiction.multipliers[i]} times ({number}):", _multiplied(contradiction, i), relation


def _multiplied(contradiction: Contradiction, i: int) -> tuple[Any, ...]:
    coefficients = constraint(contradiction.points[i], contradiction.labels[i])
    return tuple(contradiction.multipliers[i] * c for c in coefficients)


def _shares(contradiction: Contradiction, label: int) -> dict[int, Fraction]:
    """Point number -> its share in the mixture of the points with this label; the shares add up to 1."""
    members = {i: m for i, m in enumerate(contradiction.multipliers) if m and contradiction.labels[i] == label}
    return {i: Fraction(m, sum(members.values())) for i, m in members.items()}


def _mixture(contradiction: Contradiction, label: int) -> str:
    shares = _shares(contradiction, label)
    return " + ".join(f"{share} {_written(contradiction.points[i])}" for i, share in shares.items())


def _aligned(rows: Sequence[Row], names: Sequence[str]) -> list[str]:
    """Lines such as "head: + w1 - 2 w2 + b > 0", each unknown in a column of its own."""
    terms = [list(map(_term, coefficients, names)) for _, coefficients, _ in rows]
    widths = [max(map(len, column)) for column in zip(*terms, strict=True)]
    longest = max(len(head) for head, _, _ in rows)
    return [
        f"  {head:{longest}} {' '.join(map(str.rjust, line, widths))} {relation}"
        for (head, _, relation), line in zip(rows, terms, strict=True)
    ]


def _term(coefficient: Any, name: str) -> str:
    if not coefficient:
        return ""
    size = "" if abs(coefficient) == 1 else f"{abs(coefficient)} "
    return f"{'+' if coefficient > 0 else '-'} {size}{name}"


def _written(numbers: Iterable[object]) -> str:
    return f"({', '.join(map(str, numbers))})"
