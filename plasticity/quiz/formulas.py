"""Printed formulas are claims too: what compares one with the right one."""

import numpy as np
from numpy.typing import ArrayLike


def largest_difference(printed: ArrayLike, right: ArrayLike) -> float:
    """How far two formulas are apart on the inputs where they are furthest apart."""
    return float(np.max(np.abs(np.subtract(printed, right))))


def are_same(printed: ArrayLike, right: ArrayLike) -> bool:
    """Whether two formulas agree on every input, but for rounding (1e-9 of the largest value)."""
    return largest_difference(printed, right) <= 1e-9 * max(1.0, float(np.max(np.abs(right))))
