"""Bounds, and numbers beyond all bounds: what every evaluation does after a change."""

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import SimulationError
from plasticity.rules.conventions import HUGE
from plasticity.rules.record import Rule
from plasticity.rules.variables import Bounds


def clipped(rule: Rule, bounds: Bounds, values: Floats, change: Floats) -> Floats:
    """The values within the bounds: both, or that which the change leads to."""
    lower, upper = bounds.lower, bounds.upper
    if rule.conventions.clipping == "both sides":
        return np.minimum(np.maximum(values, lower), upper)
    return np.where(change > 0, np.minimum(values, upper), np.where(change < 0, np.maximum(values, lower), values))


def require_numbers(rule: Rule, name: str, values: Floats, times: Floats) -> None:
    """Raise SimulationError for a value of a variable that is not finite; before a bound hides it.

    values, times : of every synapse, (n_synapses,)
    """
    if (np.abs(values) < HUGE).all():  # false for NaN, too
        return
    synapse = int(np.argmax(~(np.abs(values) < HUGE)))
    raise no_number(rule, name, synapse, values[synapse], times[synapse])


def no_number(rule: Rule, name: str, synapse: int, value: float, time: float) -> SimulationError:
    """The error for a variable that stopped being finite, at `time` seconds."""
    return SimulationError(
        f"{name} of {rule.name}, synapse {synapse}, became {value} at {time:g} s; "
        "check its parameters and bounds, and what its changes take logarithms of or divide by"
    )
