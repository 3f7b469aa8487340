"""Flows without a closed form: the method of Dormand and Prince of orders 5 and 4, with a step for each synapse.

Steps end at thresholds: within a step every switch stays as it was, and a step in which one would turn is shortened
until it turns at its end. One that turns and turns back within a step is seen at four places on the way, and may be
passed over between them. Where the polynomial of a step leaves the bounds, the step ends.
Source: Dormand & Prince, J. Comput. Appl. Math. 6:19 (1980), table 2.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from plasticity.arrays import Floats
from plasticity.crossings import controls, first_above
from plasticity.errors import SimulationError
from plasticity.integration import ERROR, NODES, STAGES

RELATIVE, ABSOLUTE = 1e-10, 1e-12  # the error of a step that is allowed; the second in the unit of a variable
_MOST_STEPS = 200_000  # between two events; our choice: a minute
_SHORTEST = 1e-6  # of the way: in shorter steps a switch that turns and turns back is passed over
_MOST_PROBES = 120  # of where a switch turns; halving alone needs 50

Bits = NDArray[np.bool_]  # (n_switches, n_synapses)


class Equations(Protocol):
    """What is followed: variables (n_variables, n_synapses) at times (n_synapses,), while switches are as they are."""

    scales: Floats  # the unit of each variable, (n_variables, 1)
    lower: Floats  # its bounds, of that shape
    upper: Floats

    def slopes(self, t: Floats, y: Floats, switches: Bits) -> Floats:
        """Their changes per second."""

    def heights(self, t: Floats, y: Floats, switches: Bits | None) -> Floats:
        """What each switch hangs on, (n_switches, n_synapses): it is on above zero. None: all as they are there."""

    def clipped(self, y: Floats) -> Floats:
        """The variables within their bounds."""


@dataclass(frozen=True)
class Step:
    """Where a step leads to, the estimate of its error, and the variables on the way, each with its part of it; its
    slopes, times its length."""

    after: Floats
    error: Floats
    points: tuple[tuple[float, Floats], ...]
    slopes: tuple[Floats, ...]


def step(equations: Equations, switches: Bits, t: Floats, y: Floats, h: Floats) -> Step:
    """One step of `h` seconds, (n_synapses,), in which no switch turns."""
    k, points = [equations.slopes(t, y, switches)], list[Floats]()
    for c, row in zip(NODES[1:], STAGES[1:], strict=True):
        points.append(y + h * sum(a * slope for a, slope in zip(row, k, strict=True)))
        k.append(equations.slopes(t + c * h, points[-1], switches))
    error = h * np.sum([e * slope for e, slope in zip(ERROR, k, strict=True)], axis=0)
    return Step(points[-1], error, tuple(zip(NODES[1:], points, strict=True)), tuple(h * slope for slope in k))


@np.errstate(all="ignore")  # what is no number makes a step shorter
def followed(equations: Equations, y: Floats, start: Floats, until: Floats) -> Floats:
    """The variables at `until`, from those at `start`; seconds, (n_synapses,).

    raises SimulationError where the steps become too many, or too short to move on
    """
    t: Floats = start.copy()
    h: Floats = until - start
    switches = equations.heights(t, y, None) > 0
    for _ in range(_MOST_STEPS):
        if not (t < until).any():
            return y
        h = np.minimum(h, until - t)
        tried = step(equations, switches, t, y, h)
        after, ratio = tried.after, _error(equations, tried, y)
        turned = _turned(equations, t + h, after, switches)
        part = _first_turn(equations, tried, (t, h), switches)
        part = np.where(turned.any(axis=0), 1.0, part)
        part = np.where(ratio <= 1, np.minimum(part, _first_beyond(equations, tried, y)), part)
        is_missed = (part < 1) & (h > _SHORTEST * (until - start))
        moved = (ratio <= 1) & ~is_missed & (t < until)
        if (crossing := moved & turned.any(axis=0)).any():
            h, after = _shortened(equations, (t, y, h), switches, crossing)
            turned = _turned(equations, t + h, after, switches)
        _require_progress(t, h, moved, until)
        t = np.where(moved, np.where(h >= until - t, until, t + h), t)
        y = np.where(moved, equations.clipped(after), y)
        switches = np.where(moved, switches ^ turned, switches)
        h = h * np.where(is_missed, part, np.clip(0.9 * np.maximum(ratio, 1e-10) ** -0.2, 0.2, 5.0))
        h = np.where(crossing, until - t, h)
    raise SimulationError(f"a flow needs more than {_MOST_STEPS} steps up to {float(until.max()):g} s; is it too fast?")


def _error(equations: Equations, tried: Step, y: Floats) -> Floats:
    """The largest error of a variable over what is allowed, (n_synapses,); infinite for what is no number."""
    ratio = np.max(np.abs(tried.error) / _allowed(equations, tried, y), axis=0)
    return np.where(np.isfinite(ratio), ratio, np.inf)


def _allowed(equations: Equations, tried: Step, y: Floats) -> Floats:
    return ABSOLUTE * equations.scales + RELATIVE * np.maximum(np.abs(y), np.abs(tried.after))


def _first_beyond(equations: Equations, tried: Step, y: Floats) -> Floats:
    """At which part of the step a variable is first beyond its bounds by what is allowed, (n_synapses,); 1 where none
    is so by a few times that, as at the end of a step that was cut there."""
    found = np.ones(y.shape[1])
    if not (np.isfinite(equations.lower) | np.isfinite(equations.upper)).any():
        return found
    path, allowed = controls(y, tried.after - y, tried.slopes), _allowed(equations, tried, y)
    excess = np.concatenate([path - equations.upper - allowed, equations.lower - path - allowed], axis=1)
    is_beyond = (excess.max(axis=0) > 3 * np.tile(allowed, (2, 1))).any(axis=0)
    for synapse in np.flatnonzero(is_beyond):
        found[synapse], _ = first_above(excess[:, :, synapse])
    return found


def _first_turn(equations: Equations, tried: Step, times: tuple[Floats, Floats], switches: Bits) -> Floats:
    """At which part of the step a switch is first seen turned, (n_synapses,); 1 where it is not on the way.

    If it has turned back at the end, the step is tried again so far.
    """
    found = np.ones(times[0].shape)
    for c, y in reversed(tried.points[:-2]) if len(switches) else ():
        found = np.where(_turned(equations, times[0] + c * times[1], y, switches).any(axis=0), c, found)
    return found


def _turned(equations: Equations, t: Floats, y: Floats, switches: Bits) -> Bits:
    return (equations.heights(t, y, switches) > 0) != switches


def _shortened(
    equations: Equations, tried: tuple[Floats, Floats, Floats], switches: Bits, crossing: NDArray[np.bool_]
) -> tuple[Floats, Floats]:
    """The steps of the synapses in which a switch turns, cut just after the first turn, and where they lead to.

    tried : times, variables, and lengths of the steps
    The ends of a bracket come together as in the method of Illinois, to neighbouring numbers.
    """
    t, y, h = tried
    low, high, after = np.zeros_like(h), h, step(equations, switches, t, y, h).after
    at_low, at_high = equations.heights(t, y, switches), equations.heights(t + h, after, switches)
    column = np.arange(h.size)
    for number in range(_MOST_PROBES):
        if not (is_wide := crossing & (high - low > 2 * np.spacing(np.abs(t) + h))).any():
            break
        first = np.argmax((at_high > 0) != switches, axis=0)  # one of those that have turned at the end
        left, right = at_low[first, column], at_high[first, column]
        probe = high - right * (high - low) / (right - left)
        is_inside = (probe > low) & (probe < high) & (number % 4 != 3)
        probe = np.where(is_wide, np.where(is_inside, probe, (low + high) / 2), high)
        here = step(equations, switches, t, y, probe).after
        heights = equations.heights(t + probe, here, switches)
        has_turned = ((heights > 0) != switches).any(axis=0) | ~is_wide
        # the end that stays counts for half, so that both come nearer
        at_low = np.where(has_turned, at_low / 2, heights)
        at_high = np.where(has_turned, heights, at_high / 2)
        after = np.where(has_turned, here, after)
        low, high = np.where(has_turned, low, probe), np.where(has_turned, probe, high)
    return high, after


def _require_progress(t: Floats, h: Floats, moved: NDArray[np.bool_], until: Floats) -> None:
    stuck = ~moved & (t < until) & (h <= 4 * np.spacing(np.abs(t) + np.abs(until)))
    if stuck.any():
        synapse = int(np.argmax(stuck))
        raise SimulationError(
            f"synapse {synapse} has a flow that cannot be followed beyond {t[synapse]:g} s: what it divides by, or "
            "takes roots or logarithms of, comes to zero there; check parameters and bounds"
        )
