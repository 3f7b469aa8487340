"""All roots of a function of one variable on an interval, by a scan and then by halving."""

import numpy as np
from numpy.typing import ArrayLike

from plasticity.arrays import Floats
from plasticity.artificial.activations import Elementwise
from plasticity.errors import ArgumentError
from plasticity.inputs import function as is_function
from plasticity.inputs import numbers

HALVINGS = 200  # leaves 1e-60 of a scan's interval, or two neighbouring numbers


def all_roots(function: Elementwise, slope: Elementwise, scan: ArrayLike) -> Floats:
    """The roots of a function, in increasing order.

    function, slope : elementwise on arrays; the slope may jump, and so may the function
    scan            : increasing points, from the lower to the upper end of the search

    Between its turning points a function is monotone and crosses 0 once at most. So the scan is first
    refined by the turning points, where the slope changes sign; this finds also two roots that are
    closer together than two points of the scan. What it can miss are two turning points between two
    points of the scan. A change of sign in a jump is no root and is left out.
    """
    is_function(function, "the function")
    is_function(slope, "the slope")
    scan = numbers(scan, "the scan", shape=(None,))
    if (np.diff(scan) <= 0).any():
        raise ArgumentError("the scan does not increase; sort its points and leave out equal ones")
    turning_points = _crossings(slope, scan)
    scan = np.unique(np.concatenate([scan, turning_points]))
    roots = np.concatenate([_crossings(function, scan), scan[function(scan) == 0]])
    roots = np.unique(roots)
    # Near a root the value is the rounding error of x times the slope; next to a jump it is not small.
    allowed = 1e-9 * (1 + np.abs(roots)) * (1 + np.abs(slope(roots)))
    return roots[np.abs(function(roots)) <= allowed]


def _crossings(function: Elementwise, scan: np.ndarray) -> np.ndarray:
    """One point in each interval of the scan over which the sign changes."""
    signs = np.sign(function(scan))
    changes = np.flatnonzero(signs[:-1] * signs[1:] < 0)
    low, high, sign = scan[changes], scan[changes + 1], signs[changes]
    for _ in range(HALVINGS):
        middle = low + (high - low) / 2
        is_before = np.sign(function(middle)) == sign
        low, high = np.where(is_before, middle, low), np.where(is_before, high, middle)
    return np.where(np.abs(function(low)) < np.abs(function(high)), low, high)
