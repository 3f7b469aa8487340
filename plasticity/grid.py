"""The grid of a step: what lies on it, and the nearest values that do. Nothing beside it is rounded in silence."""

import math

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError
from plasticity.trains import RESOLUTION

MOST_STEPS = 2**53  # beyond it not every number of steps is a double


def off_grid(times: Floats | float, dt: float, within: float = RESOLUTION) -> Floats:
    """How far (s) each of `times` (s) lies from the nearest multiple of `dt` (s); 0 where rounding explains it.

    within : seconds that count as rounding, but never more than a tenth of a step
    """
    away = np.abs(np.round(np.asarray(times) / dt) * dt - times)
    rounding = 4 * np.spacing(np.abs(times))  # k dt is as wrong as dt is, k times over
    return np.where(away <= np.maximum(min(within, dt / 10), rounding), 0.0, away)


def whole_steps(time: float, dt: float, what: str, *, error: type[Exception] = ArgumentError) -> int:
    """How many steps of `dt` seconds `time` (s, 0 or more) lasts.

    what : the noun that the message begins with, say 't_ref'
    raises `error` when they are not whole, with the nearest times and a step that fit
    """
    steps = time / dt
    if not steps < MOST_STEPS:
        raise error(f"{what} of {_ms(time)} is {steps:.3g} steps of {_ms(dt)}; fewer than {MOST_STEPS:.1g} are allowed")
    if off_grid(time, dt):
        below, above = math.floor(steps) * dt, math.ceil(steps) * dt
        raise error(
            f"{what} = {_ms(time)} is no multiple of the step of {_ms(dt)}; "
            f"the nearest are {_ms(below)} and {_ms(above)}, or take a step of {_ms(time / math.ceil(steps))}"
        )
    return round(steps)


def _ms(seconds: float) -> str:
    return f"{seconds * 1e3:.12g} ms"
