"""Rules of any kind, one slot after another: flow up to the instant, then its jumps; all synapses at once."""

from dataclasses import dataclass

import numpy as np

from plasticity.arrays import Floats
from plasticity.events.flowing import Flow
from plasticity.events.jumping import Instant, Jumps, Values
from plasticity.events.state import State
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.system import System
from plasticity.trains import Merged


@dataclass(frozen=True)
class Path:
    """The weight before the first and after every slot, (n_slots + 1, n_synapses), and all variables after the last."""

    weights: Floats
    values: Values


def path(found: System, spikes: Merged, start: State) -> Path:
    """The course of a rule. Before the first event of a synapse nothing flows, unless a state says since when."""
    flow, jumps = Flow(found), Jumps(found)
    values: Values = {name: np.array(value) for name, value in start.values.items()}
    times = spikes.times[0] if len(spikes.times) else start.times
    times = np.where(np.isnan(start.times), times, start.times)
    weights = np.empty((len(spikes.times) + 1, len(times)))
    weights[0] = values[WEIGHT]
    for slot, now in enumerate(spikes.times):
        fires = {event: spikes.fires(event)[slot] for event in found.rule.events}
        values = flow.advanced(values, times, now)
        values = jumps.after(values, Instant(now, fires, found.values))
        weights[slot + 1], times = values[WEIGHT], now
    return Path(weights, values)
