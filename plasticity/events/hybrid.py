"""Rules of any kind, one slot after another: flow up to the instant, then its jumps; all synapses at once."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from plasticity.arrays import Floats
from plasticity.events.flowing import Flow
from plasticity.events.jumping import Instant, Jumps, Values
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.signals import Signals
from plasticity.rules.state import Start
from plasticity.rules.system import System
from plasticity.trains import Merged

# Is told the variables just before a slot, what comes in it, and the variables after it
Watch = Callable[[Values, Instant, Values], None]


@dataclass(frozen=True)
class Path:
    """The weight after every slot where it is kept, (n_slots, n_synapses); and when a run ends, (n_synapses,), with all
    variables there: after the last event, or at the last sample of a signal."""

    weights: Floats
    times: Floats
    values: Values


def path(
    found: System,
    spikes: Merged,
    start: Start,
    signals: Signals,
    *,
    keeps: bool = False,
    watch: Watch = lambda before, now, after: None,
) -> Path:
    """The course of a rule: from the state on, else from the first sample of its signals, else from the first event."""
    flow, jumps = Flow(found, signals), Jumps(found)
    values: Values = {name: np.array(value) for name, value in start.values.items()}
    times = begin(spikes, start, signals)
    weights = np.empty((len(spikes.times) if keeps else 0, len(times)))
    for slot, now in enumerate(spikes.times):
        fires = {event: spikes.fires(event)[slot] for event in found.rule.events}
        now = np.where(spikes.n_spikes > 0, now, times)
        before = flow.advanced(values, times, now)
        instant = Instant(now, fires, {**found.values, **signals.at(now)})
        values = jumps.after(before, instant)
        times = now
        weights[slot : slot + 1] = values[WEIGHT]
        watch(before, instant, values)
    if np.isfinite(signals.end):
        values, times = flow.advanced(values, times, end := np.maximum(times, signals.end)), end
    return Path(weights, times, values)


def begin(spikes: Merged, start: Start, signals: Signals) -> Floats:
    """Since when each synapse flows; NaN where nothing says so, and no event comes."""
    first = np.where(spikes.n_spikes > 0, spikes.times[0], np.nan) if len(spikes.times) else start.times
    first = np.full_like(first, signals.start) if np.isfinite(signals.start) else first
    return np.where(np.isnan(start.times), first, start.times)
