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


class Many(NamedTuple):
    """Poisson trains at both ends of many synapses, and the weight that all begin with."""

    n_synapses: int = 1000
    n_spikes: int = 1000  # of each train
    rate: float = 10.0  # hertz
    w0: float = 1.0  # the upper bound, so that weights are clipped

    def trains(self, side: int) -> list[Floats]:
        """The trains (s) of one side, 0 or 1."""
        return [poisson(self.rate, self.n_spikes, seed=2 * k + side) for k in range(self.n_synapses)]


MANY, ONE = Many(), Many(n_synapses=1, n_spikes=50_000)


class SongAbbott(NamedTuple):
    """Poisson inputs onto one `lif_excitatory` by `pair_stdp`; as in `peers/brian2_song_abbott.py`."""

    n_inputs: int = 1000
    rate: float = 15.0  # hertz
    j_syn: float = 5e-12  # amperes
    dt: float = 1e-4  # seconds
    seconds: float = 100.0

    @property
    def weights(self) -> Floats:
        """Those at the start."""
        return np.random.default_rng(0).random(self.n_inputs)


SONG_ABBOTT = SongAbbott()
