"""Claims of an experiment written shortly, and results addressed by the names of their coordinates."""

import dataclasses
from collections.abc import Callable
from numbers import Real
from typing import Any

import numpy as np

from plasticity.errors import ArgumentError, listed, said, unknown
from plasticity.experiment import Claim, fields_of
from plasticity.inputs import function, is_scalar, text

Measure = Callable[[Any], Any]
ROUNDING = 1e-9  # of a coordinate, against the largest


def pick(result: Any, field: str, **at: Any) -> Any:
    """A field of a result at named coordinates: `pick(result, "final", rules="pair_stdp", orders="A then B")`.

    The dimensions that are not named stay, in their order. A coordinate is a field called like its only dimension.
    raises UnknownName for a field, a dimension or a coordinate that the result does not have
    """
    known = fields_of(result)
    if text(field, "the field") not in known:
        raise unknown("field of the result", field, known)
    dims, array = list(known[field].get("dims", ())), np.asarray(getattr(result, field))
    for dim, value in at.items():
        if dim not in dims:
            raise unknown(f"dimension of {field}", dim, dims)
        array = np.take(array, _place(result, dim, value), axis=dims.index(dim))
        dims.remove(dim)
    return array[()]


def _place(result: Any, dim: str, value: Any) -> int:
    """Where a coordinate stands along its dimension."""
    if dim not in {item.name for item in dataclasses.fields(result)}:
        raise unknown("coordinate of the result", dim, [item.name for item in dataclasses.fields(result)])
    coordinates = np.asarray(getattr(result, dim))
    if not is_scalar(value):
        raise ArgumentError(f"{dim} is {said(value)}; one coordinate is allowed")
    is_there = (
        coordinates == value if _is_named(value) or coordinates.dtype.kind in "UOb" else _near(coordinates, value)
    )
    if not np.any(is_there):
        raise unknown(dim, value, coordinates.tolist())
    return int(np.flatnonzero(is_there)[0])


def _is_named(value: Any) -> bool:
    """Whether a coordinate is no number, and is found as it is or not at all."""
    return not isinstance(value, Real) or isinstance(value, bool)


def _near(coordinates: Any, value: Any) -> Any:
    """Which of them are the number, but for rounding."""
    largest = np.max(np.abs(coordinates), initial=0.0)
    return np.abs(coordinates - float(value)) <= ROUNDING * largest


def _compared(sentence: str, *values: Any) -> list[Any]:
    """Numbers of one shape, or one number and many. Raises ArgumentError, which names the claim, for anything else."""
    try:
        arrays = [np.asarray(value, dtype=float) for value in values]
    except (TypeError, ValueError):
        raise ArgumentError(f"the claim '{sentence}' compares {said(values)}; numbers are allowed") from None
    shapes = {array.shape for array in arrays if array.ndim}
    if len(shapes) > 1:
        raise ArgumentError(f"the claim '{sentence}' compares shapes {listed(map(str, shapes))}; one is allowed")
    return arrays


def _extreme(of: Callable[[Any], Any], array: Any) -> float:
    """The largest or smallest number; of none NaN, which bears no claim out."""
    return float(of(array)) if array.size else np.nan


def same(sentence: str, found: Measure, other: Measure, *, by: str, tolerance: Any = 0.0, reason: str = "") -> Claim:
    """The claim that two functions of the result, numbers or arrays, agree: their largest difference is 0.

    NaN, and no numbers at all, agree with nothing; infinity agrees with itself.

    by        : where the other is from, 'closed form', 'another engine', or a key of plasticity.sources
    tolerance : how far both may be apart, with its reason
    """

    found, other = function(found, "what was found"), function(other, "the other route")

    def largest(result: Any) -> float:
        one, two = _compared(sentence, found(result), other(result))
        with np.errstate(invalid="ignore"):  # infinity less infinity, which are the same
            return _extreme(np.max, np.where(one == two, 0.0, np.abs(one - two)))

    return Claim(sentence, largest, 0.0, by, tolerance=tolerance, reason=reason)


def at_least(sentence: str, found: Measure, least: Any, *, by: str, tolerance: Any = 0.0, reason: str = "") -> Claim:
    """The claim that all that `found` gives is at least `least`, a number or a function of the result.

    It does not hold of NaN, nor of no numbers at all.
    """

    found = function(found, "what was found")

    def smallest(result: Any) -> float:
        return _extreme(np.min, *_compared(sentence, found(result)))

    return Claim(sentence, smallest, least, by, tolerance=tolerance, reason=reason, relation="at least")


def at_most(sentence: str, found: Measure, most: Any, *, by: str, tolerance: Any = 0.0, reason: str = "") -> Claim:
    """The claim that all that `found` gives is at most `most`, a number or a function of the result."""

    found = function(found, "what was found")

    def largest(result: Any) -> float:
        return _extreme(np.max, *_compared(sentence, found(result)))

    return Claim(sentence, largest, most, by, tolerance=tolerance, reason=reason, relation="at most")
