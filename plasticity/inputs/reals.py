"""Numbers of any real type as doubles in SI, and how what is no real number is refused."""

import math
from typing import Any, NamedTuple

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import said
from plasticity.inputs.carriers import Carried
from plasticity.quantities import si_unit

_WORDS = {
    "b": "truth values (.astype(float) makes numbers of them)",
    "c": "complex numbers",
    "M": "dates",
    **dict.fromkeys("UST", "text"),
}


class Plain(NamedTuple):
    """Doubles in SI.

    spacing : the distance between neighbouring numbers of the type in which they came, where it is widest; 0 when
              they came as doubles or whole numbers
    """

    values: Floats
    spacing: float


class Refusal(NamedTuple):
    """Makes the one line: what came, what is allowed."""

    what: str
    unit: str
    error: type[Exception]
    has_truths: bool = False

    def __call__(self, came: str) -> Exception:
        si = si_unit(self.unit)
        allowed = f"bare ({si}) or with a unit of the dimension of {si}" if si != "1" else "without unit"
        return self.error(f"{self.what} {came}; real numbers, {allowed}, are allowed")


def real(array: np.ndarray, values: Any, refuse: Refusal) -> np.ndarray:
    """The array, if its type is that of real numbers."""
    kind = array.dtype.kind
    if kind in "iuf":
        return array
    if kind == "b" and refuse.has_truths:
        return array.astype(np.float64)
    if kind == "V" and array.dtype.names is None:  # types of other libraries, such as bfloat16
        try:
            return array.astype(np.float32)
        except (TypeError, ValueError):
            pass
    raise refuse(f"holds {_WORDS.get(kind, f'values of type {array.dtype}')}: {said(values)}")


def converted(found: Carried, refuse: Refusal) -> Plain:
    """Doubles from magnitudes of any real type, times the factor of their unit."""
    magnitudes = found.magnitudes
    if magnitudes.dtype.kind not in "iuf":
        magnitudes = real(magnitudes, magnitudes, refuse)
    values = np.asarray(magnitudes, dtype=np.float64)
    spacing = _spacing(magnitudes) * found.factor
    if found.factor == 1.0:
        return Plain(values, spacing)
    inverse = round(1 / found.factor) if found.factor < 1 else 0
    # Dividing by a whole number rounds once, so that 35 ms are the float 0.035 that a program would write.
    exact = inverse and math.isclose(inverse * found.factor, 1.0, rel_tol=1e-14)
    return Plain(values / inverse if exact else values * found.factor, spacing)


def _spacing(magnitudes: np.ndarray) -> float:
    if magnitudes.dtype.kind != "f" or magnitudes.dtype.itemsize >= 8 or not magnitudes.size:
        return 0.0
    finite = np.abs(magnitudes[np.isfinite(magnitudes)])
    return float(np.spacing(finite.max())) if finite.size else 0.0
