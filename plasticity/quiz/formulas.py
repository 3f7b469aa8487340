"""Printed formulas are claims too: what compares one with the right one, and writes it amid Hebrew."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from plasticity.arrays import Floats

LEFT_TO_RIGHT_MARK = "\u200e"


def largest_difference(printed: ArrayLike, right: ArrayLike) -> float:
    """How far two formulas are apart on the inputs where they are furthest apart."""
    return float(np.max(np.abs(np.subtract(printed, right))))


def are_same(printed: ArrayLike, right: ArrayLike) -> bool:
    """Whether two formulas agree on every input, but for rounding (1e-9 of the largest value)."""
    return largest_difference(printed, right) <= 1e-9 * max(1.0, float(np.max(np.abs(right))))


def slope(function: Callable, at: ArrayLike) -> Floats:
    """Derivative of an elementwise function by a complex step, exact to rounding: no two values are subtracted.

    function : made of arithmetic, exp and log, whose values for complex numbers NumPy knows
    Source: Squire & Trapp 1998, eq. 1.3
    """
    step = 1e-30
    return np.imag(function(np.asarray(at) + 1j * step)) / step


def listed(numbers: ArrayLike, digits: int = 6) -> str:
    """Numbers as one writes them in a sentence: '115, 31, 0'."""
    return ", ".join(f"{number:.{digits}g}" for number in np.ravel(numbers))


def ltr(text: object) -> str:
    """A number or formula for a line of Hebrew: its minus stays in front, its terms stay in order."""
    return f"{LEFT_TO_RIGHT_MARK}{text}{LEFT_TO_RIGHT_MARK}"
