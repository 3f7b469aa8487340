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


MANY, ONE, LEDGER = Many(), Many(n_synapses=1, n_spikes=50_000), Many(n_synapses=1, n_spikes=10_000, w0=0.5)


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

    def trains(self) -> list[Floats]:
        """A train (s) for each input, of those that `peers/brian2_song_abbott.py` replays."""
        rng, n = np.random.default_rng(0), self.n_inputs * round(self.seconds / self.dt)
        chosen = rng.choice(n, rng.binomial(n, self.rate * self.dt), replace=False, shuffle=False)
        step, neuron = np.divmod(np.sort(chosen), self.n_inputs)
        return [step[neuron == k] * self.dt for k in range(self.n_inputs)]


SONG_ABBOTT = SongAbbott()


class Small(NamedTuple):
    """Replayed trains onto a few `lif_excitatory` by `pair_stdp`; as in `peers/brian2_small_network.py`."""

    n_networks: int = 100
    n_inputs: int = 20
    n_neurons: int = 5
    rate: float = 50.0  # hertz
    dt: float = 1e-4  # seconds
    seconds: float = 1.0
    w0: float = 0.5

    def trains(self, seed: int) -> list[Floats]:
        """A train (s) for each input."""
        fires = np.random.default_rng(seed).random((round(self.seconds / self.dt), self.n_inputs)) < self.rate * self.dt
        return [np.flatnonzero(column) * self.dt for column in fires.T]


SMALL = Small()


class Large(NamedTuple):
    """Excitatory and inhibitory neurons, of which inhibition learns; as in `peers/brian2_network.py`."""

    n_excitatory: int = 8000
    n_inhibitory: int = 2000
    p_connected: float = 0.02
    dt: float = 1e-4  # seconds
    seconds: float = 1.0

    @property
    def sizes(self) -> dict[str, int]:
        """How many there are of each."""
        return {"E": self.n_excitatory, "I": self.n_inhibitory}

    def currents(self, name: str) -> Floats:
        """What is injected into each neuron of E or I, amperes: 1 to 1.5 rheobases."""
        return 160e-12 * np.random.default_rng([0, ord(name)]).uniform(1.0, 1.5, self.sizes[name])

    def pairs(self, name: str) -> NDArray[np.int64]:
        """The pairs (i, j) of EE, EI, IE or II, (n_synapses, 2)."""
        rng = np.random.default_rng([0, *name.encode()])
        n_source, n_target = (self.sizes[end] for end in name)
        rows = [np.flatnonzero(rng.random(n_target) < self.p_connected) for _ in range(n_source)]
        sources = np.repeat(np.arange(n_source), [len(row) for row in rows])
        return np.stack([sources, np.concatenate(rows)], axis=1)


LARGE, WEIGHTS = Large(), {"EE": 0.1, "EI": 0.1, "IE": 0.5, "II": 0.5}
