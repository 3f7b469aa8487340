"""What is looked at before and after a run: the step, the memory, and numbers that are none."""

import warnings
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError, SimulationError, UnitWarning, outside
from plasticity.grid import whole_steps
from plasticity.inputs import number
from plasticity.networks import Network, Projection, Replay
from plasticity.networks.projections import plasticity_delays
from plasticity.rules.arrivals import arrivals, unit_doubt
from plasticity.trains import Taken, taken

_LOOKED_AT_ONCE = 100  # synapses
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


def warn_of_units(network: Network) -> None:
    """Warn (UnitWarning) when the trains at both ends of a projection that learns look like milliseconds."""
    for projection in network.projections:
        named = [network.by_name[name] for name in (projection.source, projection.target)]
        ends = [end for end in named if isinstance(end, Replay)]
        if projection.rule is not None and not projection.is_frozen and len(ends) == len(named):
            text = _doubt(projection, [taken(end.trains) for end in ends], np.asarray(projection.pairs))
            if text:
                warnings.warn(f"{projection.name}: {text}", UnitWarning, stacklevel=outside())


def _doubt(projection: Projection, ends: list[Taken], pairs: NDArray[np.integer[Any]]) -> str:
    """What to ask when no synapse sees two spikes near each other; as a rule one of the first does."""
    rule = projection.rule
    assert rule is not None
    text = ""
    for first in range(0, len(pairs), _LOOKED_AT_ONCE):
        chosen = pairs[first : first + _LOOKED_AT_ONCE].T
        trains = [end.of(index) for end, index in zip(ends, chosen, strict=True)]
        text = unit_doubt(rule, arrivals(rule, *trains, delays=plasticity_delays(projection)))
        if not text:
            return ""
    return text


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
        f"{name}[{index}] {became} at {when:g} s; check the parameters, the bounds and the step, and what its "
        "changes take logarithms of or divide by"
    )
