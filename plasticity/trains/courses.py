"""The weight of a synapse over time, as engines hand it out."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.displayed import Displayed, brief
from plasticity.errors import ArgumentError
from plasticity.frames import frame, in_ms
from plasticity.inputs import numbers


@dataclass(frozen=True)
class Trajectory(Displayed):
    """The weight of a synapse over time.

    times   : seconds, of all spikes in order, shape (n_spikes,), or (n_synapses, n_spikes) padded with NaN
    weights : the weight after each of them, same shape; coincident spikes share the weight after both
    state   : what a next piece of the run can go on from, where the engine hands it out
    start   : the weight before the first of them, a number or (n_synapses,); None where it was not kept
    """

    times: Floats
    weights: Floats
    state: Any = None
    start: Any = None

    def __repr__(self) -> str:
        n_synapses = 1 if self.times.ndim < 2 else len(self.times)
        return brief("trajectory of", f"{n_synapses} synapse{'s' * (n_synapses != 1)}", f"{self.times.shape[-1]} times")

    def at(self, times: Any) -> Floats:
        """The weight after the last spike at or before each of the times; before the first spike, the start weight.

        times   : seconds or with a unit, a number or of any shape; the same for all synapses
        returns : their shape; of many synapses (n_synapses, *their shape)
        raises ArgumentError for what are no times, and for one before the first spike where no start was kept

        >>> from plasticity import RULES, trajectory
        >>> path = trajectory(RULES["pair_stdp"], [0.010, 0.030], [0.015, 0.035], w0=0.5)
        >>> path.at([0.0, 0.015, 0.020]).round(6).tolist()
        [0.5, 0.503894, 0.503894]
        """
        asked = numbers(times, "a time", unit="s")
        spikes, weights = np.atleast_2d(self.times), np.atleast_2d(self.weights)
        starts = np.broadcast_to(np.nan if self.start is None else self.start, len(spikes))
        rows = [
            np.append(start, row)[np.searchsorted(train[np.isfinite(train)], asked, side="right")]
            for train, row, start in zip(spikes, weights, starts, strict=True)
        ]
        found = np.stack(rows) if rows else np.empty((0, *asked.shape))
        if self.start is None and np.isnan(found).any():
            raise ArgumentError("the weight before the first spike was not kept; give times from that spike on")
        return found if self.times.ndim > 1 else found[0]

    def to_frame(self) -> Any:
        """A `pandas.DataFrame`, a row a spike: `time_ms` and `weight`, and `synapse`, from 0 on, where there are many.

        raises MissingPackage where pandas is not installed
        """
        is_spike = np.isfinite(self.times)
        synapse = {"synapse": np.nonzero(is_spike)[0]} if self.times.ndim > 1 else {}
        return frame(synapse | {"time_ms": in_ms(self.times[is_spike]), "weight": self.weights[is_spike]})
