"""How Brian2's clock meets the events of known trains: from instant to instant, or in steps on whose grid they lie."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import SimulationError, SpikeTrainError
from plasticity.grid import MOST_STEPS, off_grid
from plasticity.networks.checks import check_step
from plasticity.rules.conventions import HUGE
from plasticity.rules.signals import Signals
from plasticity.rules.system import System
from plasticity.trains import Merged

_TICK = 1e-3  # the nominal step of the counting clock, in Brian2's seconds; any number will do


@dataclass(frozen=True)
class Plan:
    """Steps of a run: `step` of every slot (n_slots, n_synapses), and how Brian2 tells the time.

    shift  : seconds that are added to all times, so that none is before Brian2's zero
    begins : seconds, when every synapse begins to flow, where the conventions of the rule say so
    """

    spikes: Merged
    signals: Signals
    step: Any
    n_steps: int
    dt: float
    shift: float
    is_counting: bool
    begins: float | None = None

    @property
    def first(self) -> Floats:
        """When a synapse begins to flow, by Brian2's clock (s): as the conventions of the rule say, or at the first
        sample of a signal, or its first event."""
        if self.begins is not None:
            return np.full(self.spikes.times.shape[1], self.begins + self.shift)
        if np.isfinite(self.signals.start):
            return np.full(self.spikes.times.shape[1], self.signals.start + self.shift)
        return self.spikes.times[0] + self.shift if self.is_counting else self.step[0] * self.dt

    @property
    def end(self) -> float:
        """When the flow ends by Brian2's clock (s): with the last sample; else never, and the last event tells."""
        return self.signals.end + self.shift if np.isfinite(self.signals.end) else HUGE

    def tables(self) -> dict[str, Floats]:
        """The signals in every step, (n_steps, n_synapses)."""
        times = np.arange(self.n_steps) * self.dt - self.shift
        if np.isfinite(self.signals.start):
            times = np.clip(times, self.signals.start, self.signals.end)
        rows = [self.signals.at(np.full(self.spikes.times.shape[1], time)) for time in times.tolist()]
        return {name: np.stack([row[name] for row in rows]) for name in self.signals.courses}


def planned(found: System, spikes: Merged, signals: Signals, dt: float | None) -> Plan:
    """The steps of a run; `dt` (s), or None to step from event to event.

    raises SimulationError for a step that is too coarse or too fine; SpikeTrainError for spikes beside its grid
    """
    n_slots = len(spikes.times)
    before_zero = max(0.0, -float(spikes.times.min(initial=0.0)), -float(np.nan_to_num(signals.start)))
    if dt is None:
        step = np.broadcast_to(np.arange(n_slots)[:, None], spikes.times.shape)
        return Plan(spikes, signals, step, n_slots, _TICK, before_zero, is_counting=True)
    check_step(dt, {f"{name} of {found.rule}": decay.tau for name, decay in found.decays.items()})
    last = np.abs(spikes.times).max(initial=0.0)
    if not last / dt < MOST_STEPS:
        raise SimulationError(f"a step of {dt:g} s is too fine for spikes at {last:g} s; leave dt out (exact)")
    step = np.round(spikes.times / dt).astype(np.int64)
    off = off_grid(spikes.times, dt, spikes.instant)
    if off.any():
        time = spikes.times.flat[int(off.argmax())]
        raise SpikeTrainError(
            f"the spike at {time:.9g} s is not on the grid of {dt:g} s; "
            "leave dt out (exact), or move the train with plasticity.protocols.on_grid"
        )
    n_before = math.ceil(before_zero / dt - 0.5)
    step = step + n_before
    n_steps = max(int(step.max(initial=-1)) + 1, round(np.nan_to_num(signals.end) / dt) + n_before)
    return Plan(spikes, signals, step, n_steps, dt, n_before * dt, is_counting=False)
