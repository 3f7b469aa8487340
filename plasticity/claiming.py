"""Claims of an experiment written shortly, and results addressed by the names of their coordinates."""

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np

from plasticity.errors import unknown
from plasticity.experiment import Claim, fields_of

Measure = Callable[[Any], Any]


def pick(result: Any, field: str, **at: Any) -> Any:
    """A field of a result at named coordinates: `pick(result, "final", rules="pair_stdp", orders="A then B")`.

    The dimensions that are not named stay, in their order. A coordinate is a field called like its only dimension.
    raises UnknownName for a field, a dimension or a coordinate that the result does not have
    """
    known = fields_of(result)
    if field not in known:
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
    is_there = coordinates == value if coordinates.dtype.kind in "UOb" else np.isclose(coordinates, value, rtol=1e-9)
    if not is_there.any():
        raise unknown(dim, value, coordinates.tolist())
    return int(np.flatnonzero(is_there)[0])


def same(sentence: str, found: Measure, other: Measure, *, by: str, tolerance: Any = 0.0, reason: str = "") -> Claim:
    """The claim that two functions of the result, numbers or arrays, agree: their largest difference is 0.

    by        : where the other is from, 'closed form', 'another engine', or a key of plasticity.sources
    tolerance : how far both may be apart, with its reason
    """

    def largest(result: Any) -> float:
        return float(np.max(np.abs(np.subtract(found(result), other(result), dtype=float)), initial=0.0))

    return Claim(sentence, largest, 0.0, by, tolerance=tolerance, reason=reason)


def at_least(sentence: str, found: Measure, least: Any, *, by: str, tolerance: Any = 0.0, reason: str = "") -> Claim:
    """The claim that all that `found` gives is at least `least`, a number or a function of the result."""

    def smallest(result: Any) -> float:
        return float(np.min(found(result)))

    return Claim(sentence, smallest, least, by, tolerance=tolerance, reason=reason, relation="at least")


def at_most(sentence: str, found: Measure, most: Any, *, by: str, tolerance: Any = 0.0, reason: str = "") -> Claim:
    """The claim that all that `found` gives is at most `most`, a number or a function of the result."""

    def largest(result: Any) -> float:
        return float(np.max(found(result)))

    return Claim(sentence, largest, most, by, tolerance=tolerance, reason=reason, relation="at most")
