"""What the slides print, restated so that a computed number can be compared with it."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import numpy as np

from plasticity.errors import ArgumentError, said, unknown
from plasticity.inputs import choice, fields, instance, listed, number

Measurements = Mapping[str, Any]
_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
}
RELATIONS = (*_COMPARISONS, "rounds to", "falls to", "is")


@dataclass(frozen=True)
class Claim:
    """A printed statement about one measurement.

    relation : '<', '<=', '>', '>=', '=' (numbers);
               'rounds to' (the printed figure as text, its last digit gives the precision; lists, item by item);
               'falls to' (a list that never rises and ends there);
               'is' (equality of any data: truth values, text, nested lists)
    value    : a number, printed text, other data, or for numbers the name of another measurement
    """

    measurement: str
    relation: str
    value: Any

    def __post_init__(self) -> None:
        fields(self)
        choice(self.relation, RELATIONS, "the relation of a claim")
        if self.relation in (*_COMPARISONS, "falls to") and not isinstance(self.value, str):
            number(self.value, f"what {self.measurement} is compared with")

    def holds(self, measurements: Measurements) -> bool:
        """Whether the measurements bear the statement out. Raises UnknownName for a measurement that is not there."""
        instance(measurements, Mapping, "the measurements")
        for known in self.names():
            if known not in measurements:
                raise unknown("measurement", known, measurements)
        measured, value, name = measurements[self.measurement], self.value, self.measurement
        if self.relation == "is":
            return _is(measured, value, name)
        if self.relation == "rounds to":
            figures, numbers = (value, listed(measured, name)) if isinstance(value, list) else ([value], [measured])
            return len(figures) == len(numbers) and all(map(rounds_to, numbers, figures))
        other = _real(measurements[value] if isinstance(value, str) else value, name)
        if self.relation == "falls to":
            course = [_real(one, name) for one in listed(measured, name)]
            return bool(course) and bool(np.all(np.diff(course) <= 0)) and course[-1] == other
        return bool(_COMPARISONS[self.relation](_real(measured, name), other))

    def names(self) -> list[str]:
        """The measurements that it speaks of."""
        is_compared = isinstance(self.value, str) and self.relation in (*_COMPARISONS, "falls to")
        return [self.measurement, self.value] if is_compared else [self.measurement]

    def figures(self, measurements: Measurements) -> tuple[str, str]:
        """The printed and the computed figure, as text."""
        relation = "" if self.relation in ("rounds to", "is", "=") else f"{self.relation} "
        return f"{relation}{_shown(self.value)}", _shown(measurements[self.measurement])


def rounds_to(number: float, printed: str) -> bool:
    """Whether `number` rounds to the printed figure at its printed precision (half a unit of the last digit)."""
    try:
        figure, value = Decimal(printed), float(number)
    except (InvalidOperation, TypeError, ValueError, OverflowError):
        raise ArgumentError(f"{said(number)} and {said(printed)}: a number and a printed figure are allowed") from None
    if not figure.is_finite() or abs(figure.adjusted()) > 300:
        raise ArgumentError(f"the printed figure is {said(printed)}; one within the range of doubles is allowed")
    exponent = figure.as_tuple().exponent
    unit = 10.0 ** (exponent if isinstance(exponent, int) else 0)
    slack = 1e-9 * unit  # a computed half may come out a rounding error beside the half
    return bool(abs(value - float(figure)) <= unit / 2 + slack)


def _is(measured: Any, value: Any, name: str) -> bool:
    try:
        return bool(measured == value)
    except ValueError:  # arrays, which compare number by number
        raise ArgumentError(f"{name} is {said(measured)}; plain data, such as lists, are allowed") from None


def _real(value: Any, name: str) -> float:
    """A measurement as a number; infinite, or none, where it is. Raises ArgumentError for what cannot be compared."""
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        raise ArgumentError(f"the claim about {name} compares {said(value)}; a number is allowed") from None


def _shown(value: Any) -> str:
    """A figure for reading: numbers with six digits, lists item by item."""
    if isinstance(value, list | tuple):
        return f"[{', '.join(_shown(item) for item in value)}]"
    return f"{value:.6g}" if isinstance(value, float) else str(value)
