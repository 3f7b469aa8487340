"""What is computed, as plain numbers: read by our records and by what a user would write by hand instead."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Window(NamedTuple):
    """Pairings of a window, with pair STDP."""

    lags: Floats = np.linspace(-50e-3, 50e-3, 101)  # seconds
    n_pairs: int = 60
    rate: float = 1.0  # hertz
    w0: float = 0.5


class Pair(NamedTuple):
    """The numbers of pair STDP between 0 and 1 (`song2000`)."""

    a_plus: float = 0.005
    a_minus: float = 0.00525
    tau_plus: float = 20e-3
    tau_minus: float = 20e-3


WINDOW, PAIR = Window(), Pair()


def poisson(rate: float, n_spikes: int, seed: int) -> Floats:
    """A train of so many spikes (s), at least a microsecond apart."""
    intervals = np.random.default_rng(seed).exponential(1 / rate, n_spikes)
    return np.cumsum(np.maximum(intervals, 1e-6))
