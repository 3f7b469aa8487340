"""Unit names and their SI factors. Inside the package numbers are SI floats; units exist only at borders."""

import math
import re
import warnings
from numbers import Real
from typing import Any

import numpy as np

from plasticity.errors import ArgumentError, UnitWarning, said, unknown

# unit: (the SI unit of the same dimension, what one of it is worth)
_UNITS = {
    "1": ("1", 1.0),
    "s": ("s", 1.0),
    "ms": ("s", 1e-3),
    "us": ("s", 1e-6),
    "Hz": ("Hz", 1.0),
    "V": ("V", 1.0),
    "mV": ("V", 1e-3),
    "A": ("A", 1.0),
    "nA": ("A", 1e-9),
    "pA": ("A", 1e-12),
    "ohm": ("ohm", 1.0),
    "Mohm": ("ohm", 1e6),
    "S": ("S", 1.0),
    "nS": ("S", 1e-9),
    "F": ("F", 1.0),
    "pF": ("F", 1e-12),
}
FACTORS = {unit: factor for unit, (_, factor) in _UNITS.items()}
# Possessive repetitions: text that is no number is refused in one pass, however long.
_NUMBER = re.compile(r"\s*([-+]?(?:\d++\.?\d*+|\.\d++)(?:[eE][-+]?\d{1,5})?)\s*+([A-Za-z]*+)\s*+", re.ASCII)
_DOUBTFUL = 500.0  # times what it was: half of what milliseconds read as seconds make
_DOUBTFUL_FROM_ONE = 100.0  # the same from 1 on, a likelier number of milliseconds: 5 in place of 20 ms


def to_si(value, unit: str):
    """`value` given in `unit`, as an SI float or array. Raises UnknownName for a unit outside FACTORS."""
    factor = _factor(unit)
    return _plain(value) * factor


def in_unit(value, unit: str):
    """An SI float or array, expressed in `unit`. Raises UnknownName for a unit outside FACTORS."""
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
    allowed = [name for name in _UNITS if si_unit(name) == si_unit(unit) and name != "1"]
    wanted = f"a number, with or without {' or '.join(allowed)}" if allowed else "a number without unit"
    given = found.group(2) or unit if found else ""
    if not found or not (given == unit or given in allowed) or not math.isfinite(float(found.group(1))):
        raise ArgumentError(f"{what} is {said(text)}; allowed: {wanted}")
    # A decimal shift in the text, not a product, so that '10 ms' is the float 0.01 that a program would write.
    return _shifted(found.group(1), _factor(given))


def si_unit(unit: str) -> str:
    """The SI unit of the same dimension, 's' for 'ms'. Raises UnknownName for a unit outside FACTORS."""
    _factor(unit)
    return _UNITS[unit][0]


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


def _shifted(number: str, factor: float) -> float:
    mantissa, _, exponent = number.lower().partition("e")
    return float(f"{mantissa}e{int(exponent or 0) + round(math.log10(factor))}")


def _factor(unit: str) -> float:
    if not isinstance(unit, str) or unit not in FACTORS:
        raise unknown("unit", unit, FACTORS)
    return FACTORS[unit]
