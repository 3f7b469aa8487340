"""Where the mean drift of one weight vanishes, and whether the weight comes back when it is pushed away."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.polynomial import Chebyshev

from plasticity.arrays import Floats
from plasticity.errors import RuleError, SimulationError
from plasticity.inputs import number
from plasticity.rates.averages import mean_parts
from plasticity.rules import Bounds, Rule, readable
from plasticity.rules.polynomials import MAX_DEGREE

Stability = Literal["stable", "unstable", "half-stable"]
_ROUNDING = 1e-13  # of the largest part of a drift, or of the way between the bounds: less is nothing
_RANGE = 1e-2  # a zero of high order is flat for about so long
_VALLEY = 1e-4  # of the largest drift: what touches zero comes nearer than this on the grid
_NEAR = 1e-3  # of that way: roots that rounding may have torn apart, a double root by its square root


@dataclass(frozen=True)
class FixedPoint:
    """A weight that stays where it is on average.

    stability : 'stable' when the drift leads back to it, 'unstable' when it leads away, 'half-stable' when it leads
                back from one side and away from the other
    at_bound  : whether it is a bound of the weight; then only one side counts
    """

    weight: float
    stability: Stability
    at_bound: bool


def fixed_points(rule: Rule, rate_pre: Any, rate_post: Any) -> tuple[FixedPoint, ...]:
    """The fixed points of the mean drift of one weight within its bounds, from the lowest weight to the highest.

    rate_pre, rate_post : hertz or with a unit, one number each, of independent Poisson trains
    raises UnsupportedRule as `rates.drift` does; RuleError for a rate that is none; SimulationError when the drift is
    zero over a range of weights, or no number

    A bound is one when the drift leads out there. Where the drift is a polynomial in w, all its roots are found, else
    those that a grid of some thousand weights, fine near the bounds, tells apart. Other variables are taken at rest.

    >>> from plasticity import RULES
    >>> from plasticity.rates import fixed_points
    >>> [(point.weight, point.stability) for point in fixed_points(RULES["pair_stdp"], 20.0, 20.0)]
    [(0.0, 'stable')]
    """
    found = readable(rule, "rates")
    rates = {
        side: np.array(number(rate, f"the {side}synaptic rate", unit="Hz", least=0.0, error=RuleError))
        for side, rate in (("pre", rate_pre), ("post", rate_post))
    }
    grid, window = _grid(rule.bounds), np.linspace(*_window(rule.bounds), 101)
    usual = float(np.nanmax(_size(mean_parts(found, rates, window)), initial=0.0))

    def drift(w: Any) -> Floats:
        """Zero where it is only rounding: next to what it is the sum of, and to its usual size."""
        weights = np.asarray(w, dtype=float)
        parts = mean_parts(found, rates, weights)
        mean = sum(parts, 0.0 * weights)
        if np.isnan(mean).any():
            raise SimulationError(f"the drift of {rule} is no number at some weights; check its parameters")
        is_rounding = np.isfinite(mean) & (np.abs(mean) <= _ROUNDING * (_size(parts) + usual))
        return np.where(is_rounding, 0.0, mean)

    if not drift(grid).any():
        raise SimulationError(
            f"the drift of {rule} is zero at every weight for rates of {rates['pre']:g} and {rates['post']:g} Hz: all "
            "are fixed points"
        )
    roots = _polynomial_roots(drift, rule.bounds, grid)
    points = _points(drift, _bracketed_roots(drift, grid) if roots is None else roots, rule)
    return _judged(drift, points, rule.bounds)


def _size(parts: list[Floats]) -> Floats:
    return sum(map(np.abs, parts), np.zeros(()))


def _grid(bounds: Bounds) -> Floats:
    """Weights from bound to bound, evenly and, near the bounds, evenly in their logarithm; far out where there is
    none."""
    near = np.concatenate([np.logspace(-15, -3, 241), np.linspace(0.0, 1.0, 2001)])
    if np.isfinite([bounds.lower, bounds.upper]).all():
        way = np.unique(np.concatenate([near, 1 - near]))
        return np.unique(np.clip(bounds.lower + way * (bounds.upper - bounds.lower), bounds.lower, bounds.upper))
    far = np.unique(np.concatenate([near, np.logspace(0, 9, 2001)]))
    start = bounds.lower if np.isfinite(bounds.lower) else bounds.upper if np.isfinite(bounds.upper) else 0.0
    up = [] if np.isfinite(bounds.upper) else [start + far]
    down = [] if np.isfinite(bounds.lower) else [start - far]
    return np.unique(np.concatenate([[start], *up, *down]))


def _window(bounds: Bounds) -> tuple[float, float]:
    """Where a polynomial is recognised: between the bounds, or a piece of 2 where one is missing."""
    if np.isfinite(bounds.lower):
        return bounds.lower, bounds.upper if np.isfinite(bounds.upper) else bounds.lower + 2.0
    return (bounds.upper - 2.0, bounds.upper) if np.isfinite(bounds.upper) else (-1.0, 1.0)


def _polynomial_roots(drift: Callable[[Any], Floats], bounds: Bounds, grid: Floats) -> list[float] | None:
    """All roots within the bounds; None when the drift is no polynomial."""
    lower, upper = _window(bounds)
    middle, half = (lower + upper) / 2, (upper - lower) / 2
    nodes = middle + half * np.cos(np.pi * (np.arange(4 * MAX_DEGREE) + 0.5) / (4 * MAX_DEGREE))
    values = drift(nodes)
    if not np.isfinite(values).all():
        return None
    fit = Chebyshev.fit(nodes, values, MAX_DEGREE, domain=[lower, upper])
    fit = fit.trim(_ROUNDING * max(np.abs(fit.coef).max(), 1e-300))
    tried = grid[np.abs(grid - middle) <= 10 * half]
    size = Chebyshev(np.abs(fit.coef))(np.maximum(1.0, np.abs(tried - middle) / half))
    if not (np.abs(fit(tried) - drift(tried)) <= 100 * _ROUNDING * size).all():
        return None
    roots = fit.roots() if fit.degree() else np.array([])
    # Rounding tears a double root apart into two that are not quite real.
    near = [root.real for root in roots if not root.imag or (abs(root.imag) <= _NEAR * half and not drift(root.real))]
    return [float(root) for root in near if bounds.lower <= root <= bounds.upper]


def _bracketed_roots(drift: Callable[[Any], Floats], grid: Floats) -> list[float]:
    """Roots between neighbours of opposite sign, on the grid, and where the drift only touches zero."""
    values = drift(grid)
    signs = np.sign(values)
    changes = np.flatnonzero(signs[:-1] * signs[1:] < 0)
    found = [_bisected(drift, grid[k], grid[k + 1], signs[k]) for k in changes]
    size = np.abs(values)
    is_valley = (size[1:-1] < size[:-2]) & (size[1:-1] <= size[2:]) & (size[1:-1] < _VALLEY * size.max())
    valleys = 1 + np.flatnonzero(is_valley & (signs[:-2] == signs[2:]) & (signs[1:-1] != 0))
    touching = [_lowest(lambda w: np.abs(drift(w)), grid[k - 1], grid[k + 1]) for k in valleys]
    return [*found, *(w for w in touching if not drift(w)), *grid[signs == 0].tolist()]


def _bisected(drift: Callable[[Any], Floats], low: float, high: float, sign: float) -> float:
    """Where a function changes the sign that it has at `low`, to the last bit."""
    while low < (middle := low + (high - low) / 2) < high:
        low, high = (middle, high) if np.sign(drift(middle)) == sign else (low, middle)
    return float(high)


def _lowest(size: Callable[[Any], Floats], low: float, high: float) -> float:
    """The lowest point of a function with one valley, as far as its values tell."""
    golden = (np.sqrt(5.0) - 1) / 2
    for _ in range(80):
        left, right = high - golden * (high - low), low + golden * (high - low)
        low, high = (low, right) if size(left) <= size(right) else (left, high)
    return float((low + high) / 2)


def _points(drift: Callable[[Any], Floats], roots: list[float], rule: Rule) -> list[float]:
    """The bounds and the roots in order; roots with nothing but rounding between them are one."""
    ends = [end for end in (rule.bounds.lower, rule.bounds.upper) if np.isfinite(end)]
    groups: list[list[float]] = []
    for point in sorted({*roots, *ends}):
        is_one = groups and not np.any(drift(np.linspace(groups[-1][-1], point, 5)[1:-1])) and not drift(point)
        if is_one:
            groups[-1].append(point)
        else:
            groups.append([point])
    for group in groups:
        if group[-1] - group[0] > _RANGE * max(1.0, abs(group[0])):
            raise SimulationError(
                f"the drift of {rule} is zero at all weights from {group[0]:g} to {group[-1]:g}: all are fixed points"
            )
    return [next((end for end in ends if end in group), sum(group) / len(group)) for group in groups]


def _judged(drift: Callable[[Any], Floats], points: list[float], bounds: Bounds) -> tuple[FixedPoint, ...]:
    """The fixed points among roots and bounds, by the signs of the drift on either side of each."""
    if not points:
        return ()
    between = [(a + b) / 2 for a, b in zip(points[:-1], points[1:], strict=True)]
    below, above = points[0] - 1 - abs(points[0]), points[-1] + 1 + abs(points[-1])
    signs = [
        float(np.sign(drift(weight))) for weight in (below, *between, above) if bounds.lower < weight < bounds.upper
    ]
    signs = [*([0.0] if points[0] == bounds.lower else []), *signs, *([0.0] if points[-1] == bounds.upper else [])]
    found = []
    for point, left, right in zip(points, signs[:-1], signs[1:], strict=True):
        at_bound = point in (bounds.lower, bounds.upper)
        if not at_bound or min(left, -right) >= 0 or not drift(point):  # else the drift leads away from the bound
            found.append(FixedPoint(point, _stability(left, right), at_bound))
    return tuple(found)


def _stability(left: float, right: float) -> Stability:
    """By the signs of the drift below and above, 0 where there is nothing."""
    back, away = max(left, -right) > 0, min(left, -right) < 0
    return "half-stable" if back and away else "stable" if back else "unstable"
