"""What a person says about a spike file, and the units in which files hold times."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError, InputError, said
from plasticity.inputs import number
from plasticity.quantities import parsed

SHIFTS = {"s": 0, "ms": -3, "us": -6, "ns": -9}  # powers of ten
SAMPLES = "samples"
COARSEST = 1e-3  # seconds between neighbouring single-precision times; our choice: a tenth of a short time constant
_WORDS = {
    "s": ("s", "sec", "secs", "second", "seconds"),
    "ms": ("ms", "msec", "msecs", "millisecond", "milliseconds"),
    "us": ("us", "μs", "usec", "μsec", "microsecond", "microseconds"),
    "ns": ("ns", "nsec", "nanosecond", "nanoseconds"),
    SAMPLES: ("sample", "samples", "step", "steps", "frame", "frames", "tick", "ticks"),
}
UNITS = {word: unit for unit, words in _WORDS.items() for word in words}
ASKED_UNIT = "--unit s, ms, us, or samples with --sampling-rate (in Python unit='ms')"


@dataclass(frozen=True)
class Told:
    """What the person says about a file; None where they say nothing.

    unit          : of the times: s, ms, us, ns or samples
    columns       : which column holds the ids, which the times: names, or numbers from 1 on
    sampling_rate : Hz, of times in samples
    is_lines      : whether every line is one train
    """

    unit: str | None = None
    columns: tuple[str, ...] | None = None
    sampling_rate: float | None = None
    is_lines: bool = False

    def clock(self, unit: str | None, where: str) -> "Clock":
        """How times of a file become seconds; `unit` is what the file itself says, None when it says nothing.

        raises InputError when nobody says it, when both say different things, and for samples without a rate
        """
        if unit and self.unit and unit != self.unit:
            raise InputError(f"{where}: the times are in {unit}, --unit says {self.unit}; leave --unit out")
        unit = self.unit or unit
        if unit is None and self.sampling_rate is not None:
            unit = SAMPLES
        if unit is None:
            raise InputError(f"{where}: the unit of the times is not told; give {ASKED_UNIT}")
        if unit == SAMPLES and self.sampling_rate is None:
            raise InputError(f"{where}: the times are in samples; give --sampling-rate, say 30000Hz")
        if unit != SAMPLES and self.sampling_rate is not None:
            raise InputError(f"{where}: the times are in {unit}, --sampling-rate is for samples; leave it out")
        return Clock(unit, self.sampling_rate)

    def refuse(self, where: str, *names: str) -> None:
        """Raise InputError when something is said that this format has no use for."""
        options = {"unit": "--unit", "columns": "--columns", "sampling_rate": "--sampling-rate", "is_lines": "--lines"}
        given = [options[name] for name in names if getattr(self, name)]
        if given:
            raise InputError(f"{where} has no use for {' and '.join(given)}; leave it out")


def told(unit: Any, columns: Any, sampling_rate: Any, *, is_lines: bool = False) -> Told:
    """What a person says, checked. Raises ArgumentError."""
    if unit is not None and (not isinstance(unit, str) or plain(unit) not in UNITS):
        raise ArgumentError(f"the unit is {said(unit)}; allowed: {', '.join([*SHIFTS, SAMPLES])}")
    return Told(
        None if unit is None else UNITS[plain(unit)],
        None if columns is None else _columns(columns),
        None if sampling_rate is None else _rate(sampling_rate),
        is_lines,
    )


def plain(text: str) -> str:
    """Lower case, and one micro sign for both."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def _columns(columns: Any) -> tuple[str, ...]:
    items = columns.split(",") if isinstance(columns, str) else columns
    if isinstance(items, Sequence) and 1 <= len(items) <= 2 and all(isinstance(item, str | int) for item in items):
        found = tuple(str(item).strip() for item in items if not isinstance(item, bool))
        if len(found) == len(items) == len(set(found)) and all(found):
            return found
    raise ArgumentError(f"the columns are {said(columns)}; allowed: ID,TIME, names or numbers from 1 on, say 1,2")


def _rate(rate: Any) -> float:
    """Hz. A text may carry a unit, Hz or kHz."""
    what = "the sampling rate"
    if isinstance(rate, str):
        kilo = re.fullmatch(r"(.*?)\s*khz\s*", rate, re.IGNORECASE)
        hertz = parsed(f"{kilo.group(1)}Hz" if kilo else rate, "Hz", what) * (1000 if kilo else 1)
    else:
        hertz = number(rate, what, unit="Hz")
    if not hertz > 0:
        raise ArgumentError(f"{what} is {said(rate)}; above 0 Hz is allowed, a number or a text such as '30 kHz'")
    return hertz


@dataclass(frozen=True)
class Clock:
    """How times of a file become seconds: a decimal shift, or a division by the sampling rate."""

    unit: str
    sampling_rate: float | None = None

    def seconds(self, numbers: Any, where: str) -> Floats:
        """Seconds of numbers. One rounding at most: 35 ms is the float 0.035.

        raises InputError for numbers of so few bits that they tell no times
        """
        array = np.asarray(numbers)
        seconds = self._of(array.astype(float))
        if array.dtype.kind == "f" and array.dtype.itemsize < 8:
            largest = np.abs(array, where=np.isfinite(array), out=np.zeros_like(array)).max(initial=0)
            spacing = float(self._of(np.float64(np.spacing(largest))))
            if spacing > COARSEST:
                raise InputError(
                    f"{where}: times in {array.dtype} are up to {spacing:.2g} s apart; save them in double precision"
                )
        return seconds

    def _of(self, values: Any) -> Any:
        if self.unit == SAMPLES:
            return values / self.sampling_rate
        return values / 10.0 ** -SHIFTS[self.unit]
