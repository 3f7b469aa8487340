"""Differential equations solved to a stated tolerance: Dormand and Prince's method of order 5, with steps that adapt.

Many equations go together, as arrays; the step is the one that the fastest of them needs.
Source: Dormand & Prince (1980), doi:10.1016/0771-050X(80)90013-3.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import SimulationError

TOLERANCE = 1e-10  # what a step may err by, relative; our choice, so that a run of hundreds of steps keeps nine digits
MOST_STEPS = 1_000_000

NODES = (0.0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1.0, 1.0)
STAGES = (
    (),
    (1 / 5,),
    (3 / 40, 9 / 40),
    (44 / 45, -56 / 15, 32 / 9),
    (19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729),
    (9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656),
    (35 / 384, 0.0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84),
)
# Order 5 less the embedded order 4: what the step is judged by
ERROR = (71 / 57600, 0.0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40)


@dataclass(frozen=True, eq=False)
class Motion:
    """What moves, and how.

    flow         : from a time (s) and the values there to their change per second, of the same shape
    scale        : the size of the values below which an error counts as absolute; shapes that broadcast with them
    lower, upper : where a value stays as long as its flow points outwards
    what         : what is solved, for the message, say 'the weight of bcm'
    """

    flow: Callable[[float, Floats], Floats]
    scale: Any = 1.0
    lower: Any = -np.inf
    upper: Any = np.inf
    what: str = "the solution"

    def held(self, time: float, values: Floats) -> Floats:
        """The flow inside the bounds, and 0 for a value at one of them that would leave."""
        inside = np.clip(values, self.lower, self.upper)
        flow = self.flow(time, inside)
        is_leaving = ((values >= self.upper) & (flow > 0)) | ((values <= self.lower) & (flow < 0))
        return np.where(is_leaving, 0.0, flow)


def solution(motion: Motion, start: Floats, times: Floats, *, tolerance: float = TOLERANCE) -> Floats:
    """The values at each time, shape (n_times, *start.shape); `start` holds at the first. Times (s) rise.

    tolerance : the error allowed to a step, relative to a value, or to its scale where the value is smaller
    Every time is met by the end of a step, so that a flow may change its course there.
    raises SimulationError when the values grow without limit, or change too fast to be followed
    """
    found, step = [np.clip(np.asarray(start, dtype=float), motion.lower, motion.upper)], 0.0
    with np.errstate(all="ignore"):  # what is no number is refused as a step
        for begin, end in zip(times[:-1].tolist(), times[1:].tolist(), strict=True):
            values, step = _interval(motion, found[-1], (begin, end), step, tolerance)
            found.append(values)
    return np.array(found)


def one_step(motion: Motion, time: float, values: Floats, step: float, slope: Floats) -> tuple[Floats, Floats, Floats]:
    """One step of order 5: the values after it, how far they may be off, and the flow there.

    slope : the flow before it
    """
    slopes, reached = [slope], values
    for node, stage in zip(NODES[1:], STAGES[1:], strict=True):
        reached = values + step * _mixed(stage, slopes)
        slopes.append(motion.held(time + node * step, reached))
    return reached, step * _mixed(ERROR, slopes), slopes[-1]


def _mixed(parts: tuple[float, ...], slopes: list[Floats]) -> Floats:
    return sum((part * slope for part, slope in zip(parts, slopes, strict=True) if part), np.zeros(slopes[0].shape))


def _interval(
    motion: Motion, values: Floats, times: tuple[float, float], step: float, tolerance: float
) -> tuple[Floats, float]:
    """The values at the end, and the step to go on with; a step of 0 is found here."""
    time, end = times
    slope = motion.held(time, values)
    step = step or _first_step(motion, values, slope, end - time)
    for _ in range(MOST_STEPS):
        is_last = end - time <= 1.001 * step  # no crumb is left for one step more
        taken = end - time if is_last else step
        new, error, next_slope = one_step(motion, time, values, taken, slope)
        allowed = tolerance * np.maximum(np.maximum(np.abs(values), np.abs(new)), motion.scale)
        excess = float(np.max(np.abs(error) / allowed, initial=0.0))
        fitting = taken * min(max(0.9 * max(excess, 1e-9) ** -0.2, 0.2), 5.0) if np.isfinite(excess) else 0.2 * taken
        if excess <= 1.0:
            time, slope, values = time + taken, next_slope, np.clip(new, motion.lower, motion.upper)
            if is_last:
                return values, max(step, fitting)
        step = fitting
        if time + step == time:
            break
    raise SimulationError(f"{motion.what} grows without limit, or changes too fast to be followed, at {time:.6g} s")


def _first_step(motion: Motion, values: Floats, slope: Floats, most: float) -> float:
    """Short against the time in which anything changes by itself or its scale; the first error corrects it."""
    fastest = float(np.max(np.abs(slope) / np.maximum(np.abs(values), motion.scale), initial=0.0))
    return min(0.01 / fastest, most) if fastest > 0 else most
