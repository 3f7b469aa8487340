"""Spikes that are known before the run: replayed, drawn at random, or events of the world; on the grid of the run."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError, SpikeTrainError
from plasticity.grid import off_grid
from plasticity.networks.poisson import Drawn, PoissonInput, drawn
from plasticity.networks.populations import Replay, checked_name
from plasticity.trains import RESOLUTION, Taken, one, taken

Given = Replay | PoissonInput


@dataclass(frozen=True)
class EventTrain:
    """Events that all synapses hear whose rule names them, such as rewards.

    name  : that of the event in `rule.events`
    times : one train, seconds or with a unit, on the grid of the run, from time 0 on
    raises ArgumentError for an impossible name, SpikeTrainError for impossible times
    """

    name: str
    times: Any

    def __post_init__(self) -> None:
        name = checked_name(self.name)
        if name in ("pre", "post"):
            raise ArgumentError(f"an event is called '{name}', which are spikes of the network; give it another name")
        train = one(self.times, f"the times of {name}")
        if taken(self.times).instant == RESOLUTION:  # else what came tells how far its times can be trusted
            object.__setattr__(self, "times", train)


def spikes_of(source: Given | EventTrain, n_steps: int, dt: float) -> Drawn:
    """What fires in the first `n_steps` steps of `dt` seconds; of events, the neuron is 0.

    raises SpikeTrainError, ArgumentError for spikes that are impossible, before 0, or beside the grid, whenever they
    are; SimulationError for a step that is too coarse
    """
    if isinstance(source, PoissonInput):
        return drawn(source, n_steps, dt)
    what, times = ("event", source.times) if isinstance(source, EventTrain) else ("spike", source.trains)
    found = taken(times, f"a train of {source.name}")
    neuron, slot = np.nonzero(np.isfinite(found.times))
    step = _steps(found, found.times[neuron, slot], what, source.name, dt)
    is_within = step < n_steps
    order = np.lexsort((neuron[is_within], step[is_within]))
    return Drawn(neuron[is_within][order], step[is_within][order])


def trains(spikes: Drawn, size: int, dt: float) -> list[Floats]:
    """The times (s) of each of `size` neurons; from step numbers, so that they are the same floats as those of k dt."""
    # in one go, for there may be thousands of neurons; numbers of two bytes are sorted fastest
    order = np.argsort(spikes.neuron.astype(np.uint16) if size <= 2**16 else spikes.neuron, kind="stable")
    times, ends = spikes.step[order] * dt, np.cumsum(np.bincount(spikes.neuron, minlength=size)).tolist()
    return [times[begin:end] for begin, end in pairwise([0, *ends])]


def _steps(found: Taken, times: Floats, what: str, name: str, dt: float) -> NDArray[np.int64]:
    if times.size and times.min() < 0:
        raise SpikeTrainError(
            f"a train of {name} holds the time {times.min():g} s, and a network starts at 0; shift all trains "
            "together: plasticity.trains.from_start"
        )
    off = off_grid(times, dt, found.instant)
    if off.any():
        raise ArgumentError(
            f"the {what} of {name} at {times[off.argmax()]:.9g} s is not on the grid of {dt:g} s; "
            "move the train with plasticity.protocols.on_grid"
        )
    return np.round(times / dt).astype(np.int64)
