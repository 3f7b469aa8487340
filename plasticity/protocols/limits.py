"""What holds for every train that is made: rates and times within reach, spikes apart, and room for them."""

from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.inputs import number
from plasticity.memory import require_memory

START = 0.1  # seconds before the first spike; our choice, any time will do
SLOWEST, FASTEST = 1e-6, 1e9  # hertz: a spike in 12 days, a spike in an instant
_BYTES_PER_SPIKE = 40.0  # its time, and what is needed to draw and to sort it


def rate_of(rate: Any) -> float:
    return number(rate, "rate", unit="Hz", least=SLOWEST, most=FASTEST)


def time_of(start: Any, name: str) -> float:
    return number(start, name, unit="s", least=0.0)


def require_spikes(n: float) -> None:
    """Refuse trains that would not fit into memory, before they are made."""
    require_memory(_BYTES_PER_SPIKE * n, f"{n:.3g} spikes")


def apart(times: Floats) -> Floats:
    """The times in order, without those less than two nanoseconds behind another; they may be negative."""
    ordered = np.sort(times)
    return ordered[np.diff(ordered, prepend=-np.inf) > 2e-9]
