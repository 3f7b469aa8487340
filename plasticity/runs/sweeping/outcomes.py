"""What comes of points: numbers, or the reason why there are none; computed by whatever process, kept as plain data."""

import math
import warnings
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np

from plasticity.errors import ArgumentError, PlasticityError, PlasticityWarning, said, told
from plasticity.runs.sweeping.axes import Axis, check_whole
from plasticity.runs.sweeping.plan import Point

Value = float | int | str | bool


class Outcome(NamedTuple):
    """What came of a point: {measurement: number in SI, truth value, or text}, or why nothing did."""

    values: Mapping[str, Value] | None
    reason: str = ""


class Found(NamedTuple):
    """What came of points that were computed together.

    outcomes : {number of the point: its outcome}
    units    : {measurement: the unit in which it is shown}
    warnings : texts, each once
    """

    outcomes: Mapping[int, Outcome]
    units: Mapping[str, str]
    warnings: tuple[str, ...] = ()


class Subject(Protocol):
    """What is swept: it says what of it can be, and computes points. It is sent to other processes.

    draws    : whether it draws random numbers, so that seeds matter
    most     : the points that are computed together, at most
    is_quick : whether a point takes less time than starting a process
    """

    @property
    def draws(self) -> bool: ...
    @property
    def most(self) -> int: ...
    @property
    def is_quick(self) -> bool: ...
    def axes(self, given: Mapping[str, Sequence[Any]]) -> tuple[Axis, ...]:
        """Its axes, each value checked. Raises UnknownName, ArgumentError, ParameterError."""

    def is_apart(self, name: str) -> bool:
        """Whether points that differ along this axis cannot be computed together."""

    def measured(self, points: Sequence[Point]) -> tuple[list[Outcome], Mapping[str, str]]:
        """What comes of points, one by one, and the unit of each measurement."""

    def facts(self) -> dict[str, Any]:
        """What it is, as plain data: all on which its numbers depend, but for the versions."""


def found_by(subject: Subject, points: Sequence[Point]) -> Found:
    """Compute points. Nothing that they do raises, but for what stops a process."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        outcomes, units = subject.measured(points)
    texts = [str(one.message) for one in caught if issubclass(one.category, PlasticityWarning)]
    numbers = [point.number for point in points]
    return Found(dict(zip(numbers, outcomes, strict=True)), dict(units), tuple(dict.fromkeys(texts)))


def failed(error: BaseException) -> Outcome:
    """The outcome of a point that raised."""
    if isinstance(error, KeyboardInterrupt):
        raise error
    if isinstance(error, SystemExit):
        return Outcome(None, f"it exits instead of computing (status {error.code})")
    return Outcome(None, str(error) if isinstance(error, PlasticityError) else told(error))


def checked_values(measured: Any) -> dict[str, Value]:
    """What a function of the user's measured. Raises ArgumentError for what is no {name: number, truth value, text}."""
    if not isinstance(measured, Mapping) or not measured:
        raise ArgumentError(f"what was measured is {said(measured)}; a dictionary {{name: number}} is allowed")
    return {_checked_name(name): _checked_value(name, value) for name, value in measured.items()}


def _checked_name(name: Any) -> str:
    if not isinstance(name, str) or not name.isidentifier() or name in ("point", "seed", "replicate", "failure"):
        raise ArgumentError(
            f"a measurement is called {said(name)}; a name of letters, digits and _ is allowed, which is no column of "
            "the table already (point, replicate, seed, failure)"
        )
    return name


def _checked_value(name: str, value: Any) -> Value:
    if isinstance(value, np.ndarray) and not value.ndim:
        value = value.item()
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, int | np.integer):
        check_whole(f"the measurement {name}", int(value))
        return int(value)
    if isinstance(value, float | np.floating):
        return float(value)
    if isinstance(value, str) and value.isprintable():
        return str(value)
    raise ArgumentError(f"the measurement {name} is {said(value)}; a number, a truth value or a text is allowed")


def as_plain(outcome: Outcome) -> dict[str, Any]:
    """An outcome as JSON has it; a number that is none as a list of its name."""
    if outcome.values is None:
        return {"failure": outcome.reason}
    return {
        name: [repr(value)] if isinstance(value, float) and not math.isfinite(value) else value
        for name, value in outcome.values.items()
    }


def from_plain(facts: Mapping[str, Any]) -> Outcome:
    """The same read back. Raises ValueError for what `as_plain` does not write."""
    if set(facts) == {"failure"}:
        return Outcome(None, str(facts["failure"]))
    found = dict[str, Value]()
    for name, value in facts.items():
        if isinstance(value, list):
            if value not in (["nan"], ["inf"], ["-inf"]):
                raise ValueError
            value = float(value[0])
        if not isinstance(value, float | int | str):
            raise ValueError
        found[name] = value
    return Outcome(found)
