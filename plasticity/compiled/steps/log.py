"""The spikes of a run, in the order in which they are fired."""

from collections.abc import Mapping

import numpy as np

from plasticity.arrays import Floats
from plasticity.compiled.loading import functions, is_available
from plasticity.compiled.steps.arrays import Arrays
from plasticity.networks.given import trains
from plasticity.networks.poisson import Drawn
from plasticity.networks.steps import Steps

_SPIKES_AT_ONCE = 1 << 16
_MANY = 100_000  # spikes: from here on it pays to load a kernel that separates them by neuron
_SEPARATE = """
def separate(neurons, steps, places, dt, times):
    for n in range(neurons.shape[0]):
        place = places[neurons[n]]
        times[place] = steps[n]*dt
        places[neurons[n]] = place + 1
"""


class Log:
    """The spikes of all parts, neurons counted through all of them, in the order of time.

    The kernel writes them behind one another; those that may be on their way stay in it, the others are taken out.
    """

    def __init__(self, arrays: Arrays, steps: Steps, longest: int, earlier: Drawn) -> None:
        self.values, self.longest = arrays.values, longest
        self.n_neurons = len(self.values["fired_at"])
        n_ring = 1 << longest.bit_length()
        capacity = max(_SPIKES_AT_ONCE, 4 * self.n_neurons) + 2 * len(earlier.step)
        self.values |= {"log": np.empty(capacity, np.int32), "log_step": np.empty(capacity, np.int64)}
        self.values |= {"mask": n_ring - 1, "starts": np.zeros((n_ring, len(arrays.parts) + 1), np.int64)}
        self.n = self.n_known = len(earlier.step)
        self.values["log"][: self.n], self.values["log_step"][: self.n] = earlier.neuron, earlier.step
        firsts = np.array([*(arrays.table[part.name]["FIRST"] for part in arrays.parts), self.n_neurons])
        for step in range(steps.first - longest, steps.first):
            begin, end = np.searchsorted(earlier.step, [step, step + 1])
            self.values["starts"][step % n_ring] = begin + np.searchsorted(earlier.neuron[begin:end], firsts)
        self.found = [earlier]

    def take(self, now: int, n: int) -> None:
        """Take out what has come since the last time, and make room. now : the next step; n : spikes in the log."""
        log, log_step, starts = (self.values[name] for name in ("log", "log_step", "starts"))
        self.found.append(Drawn(log[self.n_known : n].copy(), log_step[self.n_known : n].copy()))
        begin = max(0, int(starts[(now - self.longest) & (len(starts) - 1), 0])) if self.longest else n
        if n + self.n_neurons > len(log) // 2:
            if n - begin + self.n_neurons > len(log) // 2:
                log, log_step = (np.concatenate([values, np.empty_like(values)]) for values in (log, log_step))
                self.values |= {"log": log, "log_step": log_step}
            for values in (log, log_step):
                values[: n - begin] = values[begin:n].copy()
            starts -= begin
            n -= begin
        self.n = self.n_known = n

    def whole(self) -> Drawn:
        """All of them, those from before the run first."""
        return Drawn(*(np.concatenate(columns) for columns in zip(*self.found, strict=True)))


def together(arrays: Arrays, spikes: Mapping[str, Drawn]) -> Drawn:
    """The spikes of parts as those of one, in the order of time."""
    parts = [(found.neuron + arrays.table[name]["FIRST"], found.step) for name, found in spikes.items()]
    neuron, step = (
        np.concatenate([np.empty(0, np.int64), *columns]) for columns in zip(*[([], []), *parts], strict=True)
    )
    order = np.lexsort((neuron, step))
    return Drawn(neuron[order].astype(np.int64), step[order].astype(np.int64))


def separated(spikes: Drawn, n_neurons: int, dt: float) -> list[Floats]:
    """The times (s) of each neuron."""
    if len(spikes.step) < _MANY or not is_available():
        return trains(spikes, n_neurons, dt)
    ends = np.cumsum(np.bincount(spikes.neuron, minlength=n_neurons))
    begins, times = np.concatenate([[0], ends[:-1]]), np.empty(len(spikes.step))
    functions(_SEPARATE)["separate"](spikes.neuron, spikes.step, begins.copy(), dt, times)
    return [times[begin:end] for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)]
