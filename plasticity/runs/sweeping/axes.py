"""What is swept, as a person writes it: `tau_plus=10..50ms:9`, `rate=1..100Hz:5:log`, `rule=pair_stdp,bi_poo`."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity.errors import ArgumentError, said
from plasticity.inputs import count, listed, text
from plasticity.quantities import FACTORS, in_unit, si_unit

MOST_VALUES = 10_000_000  # of an axis, our choice: what is written a point after the other fills a disk long before
MOST_WHOLE = 2**63
_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?"
_RANGE = re.compile(
    rf"\s*({_NUMBER})\s*([A-Za-z/][\w/*]*)?\s*\.\.\s*({_NUMBER})\s*([A-Za-z/][\w/*]*)?\s*(:.*)?", re.ASCII
)
_FORM = "NAME=a..b:n, as 10..50ms:9, with :log behind it for equal ratios; or NAME=a,b,c"
_DIGITS = 12  # of a number within a range: 15, and no 15.000000000000002


@dataclass(frozen=True)
class Axis:
    """One thing that is swept.

    texts  : its values as `--set` takes them
    values : the same as numbers in SI, texts, or truth values
    unit   : in which numbers are shown; empty for texts
    """

    name: str
    texts: tuple[str, ...]
    values: tuple[Any, ...]
    unit: str = "1"

    def __post_init__(self) -> None:
        for value in self.values:
            check_whole(f"a value of {said(self.name)}", value)

    @property
    def header(self) -> str:
        """Its name, with the unit behind it where it has one."""
        return self.name if self.unit in ("", "1") else f"{self.name}_{self.unit}"

    @property
    def shown(self) -> np.ndarray:
        """Its values in the unit in which they are shown, (n_values,)."""
        if not self.is_numeric:
            return np.array([str(value) for value in self.values])
        found = np.array(self.values)
        if self.unit not in FACTORS or FACTORS[self.unit] == 1.0:
            return found
        return np.array([float(f"{in_unit(float(value), self.unit):.15g}") for value in found])

    @property
    def is_numeric(self) -> bool:
        """Whether its values are numbers."""
        return all(isinstance(value, int | float) and not isinstance(value, bool) for value in self.values)


def written_axes(over: Mapping[str, Any] | Iterable[str]) -> dict[str, tuple[Any, ...]]:
    """{what is swept: its values, as texts, or as numbers in SI where Python gave such}.

    over : 'key=values' each, or {key: values}, whose values are such a text, or numbers (SI) and texts
    raises ArgumentError for an axis that is written otherwise, is empty, too long, or given twice
    """
    if isinstance(over, Mapping):
        return {text(name, "what is swept"): _written(name, values) for name, values in over.items()}
    found = dict[str, tuple[Any, ...]]()
    for item in (text(one, "what is swept") for one in listed(over, "what is swept")):
        name, equals, values = item.partition("=")
        name = name.strip()
        if not equals or not name:
            raise ArgumentError(f"--over is {said(item)}; allowed: {_FORM}")
        if name in found:
            raise ArgumentError(f"--over gives {said(name)} twice; give all its values at once")
        found[name] = _read(name, values)
    return found


def check_whole(what: str, value: Any) -> None:
    """Raise ArgumentError for a whole number that an array of whole numbers does not hold."""
    if isinstance(value, int) and not -MOST_WHOLE <= value < MOST_WHOLE:
        raise ArgumentError(f"{what} is {said(value)}; whole numbers of 64 bits are allowed: write larger ones as 1e20")


def text_of(value: Any, unit: str) -> str:
    """A value as `--set` takes it. unit : in which bare numbers of that axis are read; numbers that come are SI."""
    if isinstance(value, str):
        return value
    return f"{value!r}{si_unit(unit) if unit != '1' and isinstance(value, float) else ''}"


def _written(name: str, values: Any) -> tuple[Any, ...]:
    """The values of an axis that Python gave."""
    if isinstance(values, str):
        return _read(name, values)
    if not isinstance(values, Iterable) or isinstance(values, bytes | Mapping):
        raise ArgumentError(
            f"the values of {said(name)} are {said(values)}; a list, or a text as 10..50ms:9, is allowed"
        )
    return _checked(name, tuple(_plain(name, value) for value in values), values)


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, str):
        return text(value, f"a value of {name}", is_empty_allowed=False)
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    if not isinstance(value, int | float | np.integer | np.floating):
        raise ArgumentError(
            f"a value of {said(name)} is {said(value)}; numbers in SI, texts and truth values are allowed"
        )
    return int(value) if isinstance(value, int | np.integer) else float(value)


def _read(name: str, values: str) -> tuple[str, ...]:
    """The texts of an axis that a person typed."""
    found = _RANGE.fullmatch(values)
    if found:
        return _checked(name, _range(name, values, *found.groups()), values)
    if ".." in values:
        raise ArgumentError(f"{said(name)} is swept over {said(values)}; allowed: {_FORM}")
    return _checked(name, tuple(item.strip() for item in values.split(",") if item.strip()), values)


def _range(name: str, whole: str, start: str, first: str | None, end: str, last: str | None, rest: str | None) -> Any:
    number, _, form = (rest or ":").removeprefix(":").partition(":")
    if not number.strip().isdecimal() or form.strip() not in ("", "log", "lin"):
        raise ArgumentError(f"{said(name)} is swept over {said(whole)}, of how many values? allowed: {_FORM}")
    if first and last and first != last:
        raise ArgumentError(f"{said(name)} is swept over {said(whole)}, in two units; write both ends in one")
    low, high, unit = float(start), float(end), last or first or ""
    n = count(float(number), f"the number of values of {name}", most=MOST_VALUES)
    if not math.isfinite(high - low):
        raise ArgumentError(f"{said(name)} is swept over {said(whole)}, ends beyond all numbers; give nearer ones")
    is_log = form.strip() == "log"
    if is_log and not low * high > 0:
        raise ArgumentError(f"{said(name)} is swept over {said(whole)}; equal ratios need two ends of one sign, not 0")
    values = np.geomspace(low, high, n) if is_log else np.linspace(low, high, n)
    return tuple(f"{value:.{_DIGITS}g}{unit}" for value in values.tolist())


def _checked(name: str, texts: tuple[Any, ...], came: Any) -> tuple[Any, ...]:
    if not texts:
        raise ArgumentError(f"{said(name)} is swept over {said(came)}, no value at all; allowed: {_FORM}")
    if len(texts) > MOST_VALUES:
        raise ArgumentError(f"{said(name)} has {len(texts)} values; at most {MOST_VALUES} are allowed")
    if len(set(texts)) < len(texts):
        twice = next(one for one in texts if texts.count(one) > 1)
        raise ArgumentError(f"{said(name)} has the value {said(twice)} twice; give each once")
    return texts
