"""What carries a unit: recognised by the name of its class, so that no library is imported to ask."""

import datetime
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from plasticity.errors import said
from plasticity.quantities import dimension_of, is_unit, si_unit, to_si


class Carried(NamedTuple):
    """Numbers as they came, and what one of them is worth in SI."""

    magnitudes: np.ndarray
    factor: float


class Mismatch(ValueError):
    """A unit of another dimension, or one that cannot be converted; the text says which."""


# Exponents of length, mass, time, current, temperature, substance, luminosity, as Brian2 counts them
_IN_BRIAN2 = {
    "second": (0, 0, 1, 0, 0, 0, 0),
    "volt": (2, 1, -3, -1, 0, 0, 0),
    "ampere": (0, 0, 0, 1, 0, 0, 0),
    "millimolar": (-3, 0, 0, 0, 0, 1, 0),
}
_SECONDS = {
    "W": 604800.0,
    "D": 86400.0,
    "h": 3600.0,
    "m": 60.0,
    "s": 1.0,
    "ms": 1e-3,
    "us": 1e-6,
    "ns": 1e-9,
    "ps": 1e-12,
    "fs": 1e-15,
    "as": 1e-18,
}
# Units in which others label their data, and we never show ours
_ONLY_READ = {
    "ns": ("s", 1e-9),
    "ps": ("s", 1e-12),
    "uV": ("V", 1e-6),
    "uA": ("A", 1e-6),
    "mA": ("A", 1e-3),
    "kohm": ("ohm", 1e3),
    "kHz": ("Hz", 1e3),
    "M": ("mM", 1e3),
    "uM": ("mM", 1e-3),
    "nM": ("mM", 1e-6),
}
# Units of time as words, without the s of the plural, in which labels say them beside their symbols
_WORDS = {"second": "s", "sec": "s", "millisecond": "ms", "msec": "ms", "microsecond": "us", "usec": "us"}


def carried(value: Any, unit: str) -> Carried | None:
    """The numbers of an object that carries a unit; None for one that carries none.

    unit : one of plasticity.quantities, of the dimension that is wanted
    raises Mismatch for a unit of another dimension
    """
    wanted = si_unit(unit)
    if isinstance(value, datetime.timedelta) and not hasattr(value, "to_timedelta64"):
        return _timedelta(np.timedelta64(value), wanted)
    for kind in type(value).__mro__:
        reader = _READERS.get((kind.__module__.partition(".")[0], kind.__name__))
        if reader is not None:
            return reader(value, wanted)
    if getattr(getattr(value, "dtype", None), "kind", "") == "m":
        return _timedelta(np.asarray(value), wanted)
    return _labelled(value, wanted)


def _brian2(value: Any, wanted: str) -> Carried:
    names = ("length", "mass", "time", "current", "temperature", "substance", "luminosity")
    found = [float(value.dim.get_dimension(name)) for name in names]
    exponents = dimension_of(wanted)._asdict()
    if not np.allclose(found, sum(float(exponents[base]) * np.array(row) for base, row in _IN_BRIAN2.items())):
        raise Mismatch(f"in {value.dim}")
    return Carried(np.array(value, dtype=float, subok=False), 1.0)


def _quantities(value: Any, wanted: str) -> Carried:
    """Of the package `quantities`, and so of Neo."""
    name = _elsewhere(wanted)
    try:
        factor = float(value.units.rescale(name).magnitude)
    except ValueError:
        raise Mismatch(f"in {value.dimensionality}") from None
    return Carried(np.asarray(value.magnitude), factor)


def _pint(value: Any, wanted: str) -> Carried:
    name = _elsewhere(wanted)
    try:
        factor = float((1.0 * value.units).to(name).magnitude)
    except Exception:  # pint's own errors, which are not imported here
        raise Mismatch(f"in {value.units}") from None
    return Carried(np.asarray(value.magnitude), factor)


def _astropy(value: Any, wanted: str) -> Carried:
    """Of astropy and of unyt, which speak alike."""
    unit = getattr(value, "unit", None) or value.units
    name = "" if wanted == "1" and type(value).__module__.startswith("astropy") else _elsewhere(wanted)
    try:
        factor = float((1.0 * unit).to_value(name))
    except Exception:  # their own errors, which are not imported here
        raise Mismatch(f"in {str(unit) or 'no unit'}") from None
    return Carried(np.asarray(value.value), factor)


def _elsewhere(unit: str) -> str:
    """An SI unit as other libraries read it; not all of them know the molar."""
    return "dimensionless" if unit == "1" else unit.replace("mM", "(mol/m**3)")


def _astropy_time(value: Any, wanted: str) -> Carried:
    """A difference of times, whose numbers are in days or in whatever its format says."""
    if wanted != "s":
        raise Mismatch("a time")
    return Carried(np.asarray(value.to_value("s")), 1.0)


def _pandas_time(value: Any, wanted: str) -> Carried:
    return _timedelta(np.asarray(value.to_timedelta64()), wanted)


def _timedelta(value: Any, wanted: str) -> Carried:
    """Whole numbers of a unit of time, as NumPy, pandas and Python's datetime have them."""
    array = np.asarray(value)
    name, step = np.datetime_data(array.dtype)
    if wanted != "s" or name not in _SECONDS:
        raise Mismatch("a time" if name in _SECONDS else f"in {name}, which has no fixed length")
    counts = array.astype(np.int64)
    magnitudes = np.where(np.isnat(array), np.nan, counts) if np.isnat(array).any() else counts
    return Carried(np.asarray(magnitudes) * step, _SECONDS[name])


def _labelled(value: Any, wanted: str) -> Carried | None:
    """An array that says its unit as text, as xarray does; what says a unit otherwise is refused."""
    attributes = getattr(value, "attrs", None)
    labels = [attributes.get(key) for key in ("units", "unit")] if isinstance(attributes, Mapping) else []
    label = next((label for label in labels if label), None)
    if label is None and hasattr(value, "to_numpy"):  # a column of pandas or polars
        return _named(value, wanted)
    unit = label or getattr(value, "units", getattr(value, "unit", None))
    if unit is None or callable(unit):
        return None
    name = str(unit) or "1"
    factor = _worth(name, wanted)
    if factor is None:
        raise Mismatch(f"in {said(name)}")
    return Carried(np.asarray(getattr(value, "values", value)), factor)


def _named(value: Any, wanted: str) -> Carried | None:
    """A column called `time_ms` or `time (ms)` is in milliseconds; a name that ends in no unit of the dimension says
    nothing."""
    unit = re.split(r"[_\s(\[]+", str(getattr(value, "name", "")).rstrip(" )]"))[-1]
    unit = unit if is_unit(unit) else unit.rpartition("/")[2]  # 'slope (mV/ms)' is no time, 'time/ms' is one
    factor = None if unit == "1" else _worth(unit, wanted)
    if factor in (None, 1.0):
        return None
    array = value.to_numpy()
    return Carried(array, factor) if array.dtype.kind in "iuf" else None


def _worth(unit: str, wanted: str) -> float | None:
    """What one of a unit that is told by text is worth in SI; None for one of another dimension, or unknown."""
    import unicodedata  # slow to load, and seldom needed

    unit = unicodedata.normalize("NFKC", unit).replace("\N{GREEK SMALL LETTER MU}", "u")
    unit = _WORDS.get(unit.lower().removesuffix("s"), unit)
    if unit in _ONLY_READ:
        si, factor = _ONLY_READ[unit]
        return factor if si == wanted else None
    return float(to_si(1.0, unit)) if is_unit(unit) and si_unit(unit) == wanted else None


_READERS: dict[tuple[str, str], Callable[[Any, str], Carried]] = {
    ("brian2", "Quantity"): _brian2,
    ("quantities", "Quantity"): _quantities,
    ("pint", "PlainQuantity"): _pint,
    ("pint", "Quantity"): _pint,
    ("astropy", "Quantity"): _astropy,
    ("astropy", "TimeDelta"): _astropy_time,
    ("unyt", "unyt_array"): _astropy,
    ("pandas", "Timedelta"): _pandas_time,
}
