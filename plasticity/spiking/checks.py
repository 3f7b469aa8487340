"""What is looked at before and after a run: the step, the memory, and numbers that are none."""

from collections.abc import Mapping

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError, SimulationError
from plasticity.grid import whole_steps
from plasticity.inputs import number

STEPS_PER_TIME_CONSTANT = 10  # coarser runs were wrong by 30 % without a warning


def check_step(dt: float, time_constants: Mapping[str, float]) -> None:
    """Raise SimulationError when `dt` (s) is coarser than a tenth of the smallest time constant (s)."""
    number(dt, "the step", unit="s", above=0.0)
    if not time_constants:
        return
    name = min(time_constants, key=lambda key: time_constants[key])
    finest = time_constants[name] / STEPS_PER_TIME_CONSTANT
    if dt > finest * (1 + 1e-9):
        raise SimulationError(
            f"a step of {dt * 1e3:g} ms is too coarse for {name} = {time_constants[name] * 1e3:g} ms; "
            f"{finest * 1e3:g} ms or less is allowed"
        )


def check_on_grid(dt: float, times: Mapping[str, float]) -> None:
    """Raise SimulationError when a time (s) is no multiple of `dt` (s): Brian2 would round it silently."""
    for name, time in times.items():
        whole_steps(time, dt, name, error=SimulationError)


def checked_steps(duration: float, dt: float) -> int:
    """The steps of `dt` (s) that `duration` (s) lasts; ArgumentError unless they are one or more, and whole."""
    n_steps = whole_steps(duration, dt, "the duration") if duration > dt / 2 else 0
    if n_steps < 1:
        raise ArgumentError(f"the duration is {duration:g} s; a step, {dt:g} s, or more is allowed")
    return n_steps


def check_finite(name: str, values: Floats, times: Floats) -> None:
    """Raise SimulationError at the first NaN or infinity, with variable, index and the time it was seen.

    values : shape (n_times, n_elements)
    times  : seconds, shape (n_times,), or (n_times, n_elements)
    """
    wrong = np.argwhere(~np.isfinite(values))
    if wrong.size:
        row, column = wrong[0]
        when = times[row] if times.ndim == 1 else times[row, column]
        raise SimulationError(
            f"{name}[{column}] is {values[row, column]} at {when:g} s; check the parameters and the step"
        )


def blown_up(name: str, index: int, value: float, when: float) -> SimulationError:
    """The error for a variable that stopped being a finite number."""
    became = f"became {value}" if not np.isfinite(value) else "would have become infinite, or no number,"
    return SimulationError(
        f"{name}[{index}] {became} at {when:g} s; check the parameters, the bounds and the step, and logarithms of "
        "traces, which are 0 before the first spike"
    )
