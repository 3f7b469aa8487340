"""Unit names and their SI factors. Inside the package numbers are SI floats; units exist only at borders."""

from __future__ import annotations

import math
import re
import warnings
from functools import cache
from numbers import Real
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from plasticity.errors import ArgumentError, UnitWarning, said, unknown

if TYPE_CHECKING:
    from fractions import Fraction


class Dimension(NamedTuple):
    """What a number is a number of: the exponents of second, volt, ampere and millimole per litre.

    Whole numbers, and fractions where a root was taken.
    """

    second: Fraction | int = 0
    volt: Fraction | int = 0
    ampere: Fraction | int = 0
    millimolar: Fraction | int = 0

    def __mul__(self, other: Dimension) -> Dimension:  # type: ignore[override]
        return Dimension(*(a + b for a, b in zip(self, other, strict=True)))

    def __truediv__(self, other: Dimension) -> Dimension:
        return self * other**-1

    def __pow__(self, exponent: Fraction | int) -> Dimension:
        return Dimension(*(exponent * a for a in self))

    def __str__(self) -> str:
        """In SI units as the field writes them: 'V/s', 'ohm', '1/s'; '1' for a number without unit."""
        if self in _NAMED:
            return _NAMED[self]
        changing = _NAMED.get(self * _S, "/")  # what changes in time: 'ohm/s'
        if "/" not in changing:
            return f"{changing}/s"
        powers = [(unit, a) for unit, a in zip(("A", "V", "s", "mM"), self._in_order(), strict=True) if a]
        above = "*".join(_power(unit, a) for unit, a in powers if a > 0)
        return "/".join([above or "1", *(_power(unit, -a) for unit, a in powers if a < 0)])

    def _in_order(self) -> tuple[Fraction | int, ...]:
        return self.ampere, self.volt, self.second, self.millimolar


def _power(unit: str, exponent: Fraction | int) -> str:
    shown = str(exponent) if exponent.denominator == 1 else f"({exponent})"
    return unit if exponent == 1 else f"{unit}**{shown}"


_NO = Dimension()
_S, _V, _A = Dimension(second=1), Dimension(volt=1), Dimension(ampere=1)
# unit: (how many powers of ten it is of the SI unit, its dimension). A millimole per litre is a mole per cubic metre.
_UNITS = {
    "1": (0, _NO),
    "s": (0, _S),
    "ms": (-3, _S),
    "us": (-6, _S),
    "Hz": (0, _S**-1),
    "V": (0, _V),
    "mV": (-3, _V),
    "A": (0, _A),
    "nA": (-9, _A),
    "pA": (-12, _A),
    "ohm": (0, _V / _A),
    "Mohm": (6, _V / _A),
    "S": (0, _A / _V),
    "uS": (-6, _A / _V),
    "nS": (-9, _A / _V),
    "F": (0, _A * _S / _V),
    "nF": (-9, _A * _S / _V),
    "pF": (-12, _A * _S / _V),
    "mM": (0, Dimension(millimolar=1)),
    "1/s": (0, _S**-1),
    "V/s": (0, _V / _S),
    "mV/ms": (0, _V / _S),
}
# The name of each dimension that has one; '1/s' and not 'Hz', for not everything that is per second is a frequency.
_NAMED = {dimension: unit for unit, (power, dimension) in _UNITS.items() if power == 0 and unit != "mV/ms"}
FACTORS = {unit: float(f"1e{power}") for unit, (power, _) in _UNITS.items()}
_MOST = 40  # characters of a unit
_PART = re.compile(r"([*/])([A-Za-z]+|1)(?:\*\*([1-9]))?", re.ASCII)
# Possessive repetitions: text that is no number is refused in one pass, however long.
_NUMBER = re.compile(
    r"\s*([-+]?(?:\d++\.?\d*+|\.\d++)(?:[eE][-+]?\d{1,5})?)\s*+(/?[A-Za-z][\w*/]*+|1/[\w*/]++|)\s*+", re.ASCII
)
_DOUBTFUL = 500.0  # times what it was: half of what milliseconds read as seconds make
_DOUBTFUL_FROM_ONE = 100.0  # the same from 1 on, a likelier number of milliseconds: 5 in place of 20 ms


def to_si(value, unit: str):
    """`value` given in `unit`, as an SI float or array. Raises UnknownName for a unit that is none."""
    factor = _factor(unit)
    return _plain(value) * factor


def in_unit(value, unit: str):
    """An SI float or array, expressed in `unit`. Raises UnknownName for a unit that is none."""
    factor = _factor(unit)
    return _plain(value) / factor


def written(value: float, unit: str) -> str:
    """An SI float as text in `unit`, such as '20 ms'; a dimensionless one has no unit behind it."""
    _factor(unit)
    if np.ndim(_plain(value)):
        raise ArgumentError(f"{said(value)} is no single number; one is written with its unit")
    number = f"{in_unit(value, unit):g}"
    return number if unit == "1" else f"{number} {unit}"


def parsed(text: str, unit: str, what: str) -> float:
    """A number typed by a person, in SI: '20 ms', '20ms', or '20', which is read in `unit`.

    unit : the unit in which the number is shown; another unit of its dimension is allowed
    what : whose number it is, for the message
    raises ArgumentError for text that is no finite number, or has a unit of another dimension
    """
    found = _NUMBER.fullmatch(text) if isinstance(text, str) else None
    dimension = dimension_of(unit)
    alike = [name for name, (_, other) in _UNITS.items() if other == dimension and name != "1"]
    allowed = list(dict.fromkeys([*alike, *([] if unit == "1" else [unit])]))
    wanted = f"a number, with or without {' or '.join(allowed)}" if allowed else "a number without unit"
    typed = _whole(found.group(2)) if found else ""
    is_fitting = not typed or (bool(allowed) and is_unit(typed) and dimension_of(typed) == dimension)
    if not found or not is_fitting or not math.isfinite(float(found.group(1))):
        raise ArgumentError(f"{what} is {said(text)}; allowed: {wanted}")
    # A decimal shift in the text, not a product, so that '10 ms' is the float 0.01 that a program would write.
    return _shifted(found.group(1), _read(typed or unit)[0])


def check_unit(unit: Any, what: str, error: type[Exception]) -> None:
    """Raise `error` unless `unit` is one of FACTORS, or a product or quotient of such."""
    if not is_unit(unit):
        raise error(f"{what} is {said(unit)}; allowed: {', '.join(FACTORS)}, and products such as nS/mV or 1/mV**2")


def is_unit(unit: Any) -> bool:
    """Whether it is one of FACTORS, or a product or quotient of such, with whole powers: 'nS/mV', '1/mV**2'."""
    try:
        _read(unit)
    except (KeyError, TypeError):
        return False
    return True


def dimension_of(unit: str) -> Dimension:
    """What a unit is a unit of. Raises UnknownName for one that is none."""
    _factor(unit)
    return _read(unit)[1]


def si_unit(unit: str) -> str:
    """The SI unit of the same dimension, 's' for 'ms', 'Hz' for what is per second. Raises UnknownName for none."""
    _factor(unit)
    return _si_unit(unit)


@cache
def _si_unit(unit: str) -> str:
    """Kept: every number that comes in asks."""
    dimension = dimension_of(unit)
    return "Hz" if dimension == _S**-1 else str(dimension)


def warn_of_unit(name: str, before: float, after: float, *, unit: str, given: Any) -> None:
    """Warn (UnitWarning) of a bare number that makes a parameter so large that its shown unit may have been meant.

    before, after : SI
    given         : what the person gave: what carries a unit is not doubted
    """
    doubt = unit_doubt(name, before, after, unit)
    if doubt and isinstance(given, Real):
        warnings.warn(doubt, UnitWarning, stacklevel=3)


def unit_doubt(name: str, before: float, after: float, unit: str) -> str:
    """What to ask when a parameter shown in a scaled unit, such as ms, becomes as large as if it were given in it; else
    empty. before, after : SI."""
    before, after = float(_plain(before)), float(_plain(after))
    limit = _DOUBTFUL_FROM_ONE if abs(after) >= 1.0 else _DOUBTFUL
    if _factor(unit) == 1.0 or not before or not abs(after) >= limit * abs(before):
        return ""
    times = f"{after / before:.4g} times what it was ({written(before, unit)})"
    meant = f"{after:g} {unit}"
    return f"{name} = {written(after, si_unit(unit))}, {times}: parameters are in SI; did you mean {meant}?"


def _plain(value: Any) -> Any:
    """A number or an array of numbers. Raises ArgumentError for anything else."""
    if hasattr(value, "units") or hasattr(value, "dim"):
        raise ArgumentError(f"{said(value)} has a unit already; a bare number is allowed")
    kind = getattr(getattr(value, "dtype", None), "kind", "i" if type(value) in (int, float) else "")
    if not kind or kind not in "iuf" or not isinstance(value, int | float | np.ndarray | np.generic):
        raise ArgumentError(f"{said(value)} is no number; a number or an array of numbers is allowed")
    try:
        return float(value) if isinstance(value, int) else value
    except OverflowError:
        raise ArgumentError("a number beyond 1e308 came; smaller ones are allowed") from None


def _shifted(number: str, power: int) -> float:
    mantissa, _, exponent = number.lower().partition("e")
    return float(f"{mantissa}e{int(exponent or 0) + power}")


def _whole(unit: str) -> str:
    """'3/s' is three per second."""
    return f"1{unit}" if unit.startswith("/") else unit


@cache
def _read(unit: str) -> tuple[int, Dimension]:
    """The powers of ten, and the dimension, of a unit. Raises KeyError for what is none."""
    if unit in _UNITS:
        return _UNITS[unit]
    parts = list(_PART.finditer(f"*{unit[:_MOST]}"))
    if "".join(part.group() for part in parts) != f"*{unit}":
        raise KeyError(unit)
    total, dimension = 0, _NO
    for part in parts:
        power, of_one = _UNITS[part.group(2)]
        exponent = int(part.group(3) or 1) * (1 if part.group(1) == "*" else -1)
        total, dimension = total + exponent * power, dimension * of_one**exponent
    return total, dimension


def _factor(unit: str) -> float:
    """What one of a unit is worth in SI."""
    if not isinstance(unit, str) or not is_unit(unit):
        raise unknown("unit", unit, FACTORS)
    if unit in FACTORS:
        return FACTORS[unit]
    return float(f"1e{_read(unit)[0]}")
