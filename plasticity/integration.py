"""Differential equations solved to a stated tolerance: Dormand and Prince's method of order 5, with steps that adapt.

Many equations go together, as arrays; the step is the one that the fastest of them needs. Within a step a value is
either free or kept at its bound; a step in which one would meet its bound, or leave it, ends there.
Source: Dormand & Prince (1980), doi:10.1016/0771-050X(80)90013-3.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.crossings import Sides, Turn, controls, first_turn
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

    def inside(self, values: Floats) -> Floats:
        """The values within their bounds."""
        return np.clip(values, self.lower, self.upper)

    def start(self, time: float, values: Floats) -> "Point":
        """Where a course begins."""
        slope = self.flow(time, values)
        return Point(time, values, slope, self.leaving(values, slope))

    def leaving(self, values: Floats, slope: Floats) -> Sides:
        """At which bound a value is that its flow would lead beyond."""
        is_above, is_below = (values >= self.upper) & (slope > 0), (values <= self.lower) & (slope < 0)
        return is_above.astype(np.int8) - is_below.astype(np.int8)


@dataclass(frozen=True, eq=False)
class Point:
    """A place on the way: time (s), values, and their flow, were none kept; sides : at which bounds some are kept."""

    time: float
    values: Floats
    slope: Floats
    sides: Sides


@dataclass(frozen=True, eq=False)
class Step:
    """Where a step leads, how far it may be off, and its slopes, times its length; of what is kept as if it were not.

    after : the values after it, those that are kept where they were
    moved : how far it leads
    """

    after: Floats
    moved: Floats
    error: Floats
    slopes: tuple[Floats, ...]


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


def one_step(motion: Motion, here: Point, length: float) -> Step:
    """One step of order 5, in which what is kept at a bound stays there."""
    slopes, after = [length * here.slope], here.values
    is_free = here.sides == 0
    for node, stage in zip(NODES[1:], STAGES[1:], strict=True):
        moved = _mixed(stage, slopes)
        after = here.values + np.where(is_free, moved, 0.0)
        slopes.append(length * motion.flow(here.time + node * length, motion.inside(after)))
    return Step(after, moved, _mixed(ERROR, slopes), tuple(slopes))


def _mixed(parts: tuple[float, ...], slopes: list[Floats]) -> Floats:
    return sum((part * slope for part, slope in zip(parts, slopes, strict=True) if part), np.zeros(slopes[0].shape))


def _interval(
    motion: Motion, values: Floats, times: tuple[float, float], step: float, tolerance: float
) -> tuple[Floats, float]:
    """The values at the end, and the step to go on with; a step of 0 is found here."""
    end, here = times[1], motion.start(times[0], values)
    step = step or _first_step(motion, values, here.slope, end - here.time)
    for _ in range(MOST_STEPS):
        is_last = end - here.time <= 1.001 * step  # no crumb is left for one step more
        taken = end - here.time if is_last else step
        tried = one_step(motion, here, taken)
        largest = np.maximum(np.abs(here.values), np.abs(here.values + tried.moved))
        allowed = tolerance * np.maximum(largest, motion.scale)
        excess = float(np.max(np.abs(tried.error) / allowed, initial=0.0))
        fitting = taken * min(max(0.9 * max(excess, 1e-9) ** -0.2, 0.2), 5.0) if np.isfinite(excess) else 0.2 * taken
        if excess <= 1.0:
            path = controls(here.values, tried.moved, tried.slopes)
            turn = first_turn(path, here.sides, (motion.lower, motion.upper), allowed)
            here = _moved(motion, here, (tried, taken), turn)
            if is_last and turn is None:
                return here.values, max(step, fitting)
        step = fitting
        if here.time + step == here.time:
            break
    what = f"{motion.what} grows without limit, or changes too fast to be followed"
    raise SimulationError(f"{what}, at {here.time:.6g} s")


def _moved(motion: Motion, here: Point, tried: tuple[Step, float], turn: Turn | None) -> Point:
    """After a step of a length; or after as much of it as there is before values turn, which are then at their bounds
    or free."""
    step, length = tried
    if turn is not None:
        length *= turn.part
        if here.time + length == here.time:
            return replace(here, sides=turn.sides)
        step = one_step(motion, here, length)
    values, slope = motion.inside(step.after), step.slopes[-1] / length
    if turn is None:
        return Point(here.time + length, values, slope, np.where(here.sides, here.sides, motion.leaving(values, slope)))
    values = np.where(turn.turned & (turn.sides > 0), motion.upper, values)
    values = np.where(turn.turned & (turn.sides < 0), motion.lower, values)
    sides = np.where((here.sides != 0) | turn.turned, turn.sides, motion.leaving(values, slope))
    return Point(here.time + length, values, slope, sides)


def _first_step(motion: Motion, values: Floats, slope: Floats, most: float) -> float:
    """Short against the time in which anything changes by itself or its scale; the first error corrects it."""
    fastest = float(np.max(np.abs(slope) / np.maximum(np.abs(values), motion.scale), initial=0.0))
    return min(0.01 / fastest, most) if fastest > 0 else most
