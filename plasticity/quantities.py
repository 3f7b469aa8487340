"""Unit names and their SI factors. Inside the package numbers are SI floats; units exist only at borders."""

from plasticity.errors import unknown

FACTORS = {
    "1": 1.0,
    "s": 1.0,
    "ms": 1e-3,
    "Hz": 1.0,
    "V": 1.0,
    "mV": 1e-3,
    "A": 1.0,
    "nA": 1e-9,
    "pA": 1e-12,
    "ohm": 1.0,
    "Mohm": 1e6,
}


def to_si(value, unit: str):
    """`value` given in `unit`, as an SI float or array. Raises UnknownName for a unit outside FACTORS."""
    return value * _factor(unit)


def in_unit(value, unit: str):
    """An SI float or array, expressed in `unit`. Raises UnknownName for a unit outside FACTORS."""
    return value / _factor(unit)


def written(value: float, unit: str) -> str:
    """An SI float as text in `unit`, such as '20 ms'; a dimensionless one has no unit behind it."""
    number = f"{in_unit(value, unit):g}"
    return number if unit == "1" else f"{number} {unit}"


def _factor(unit: str) -> float:
    if unit not in FACTORS:
        raise unknown("unit", unit, FACTORS)
    return FACTORS[unit]
