"""Rules whose state are plain traces, between whose spikes nothing moves the weight: all slots at once.

For what a change reads of the weight, and for bounds, the slots come one after another; those of a single synapse in
plain floats, which are far faster than arrays of one.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.events.defined import defined
from plasticity.events.feedback import Feedback, feedback
from plasticity.events.single import clipped_one, course
from plasticity.rules.conventions import HUGE, WEIGHT
from plasticity.rules.limits import clipped, require_numbers
from plasticity.rules.parts import Turn, before_mark
from plasticity.rules.state import Start
from plasticity.rules.system import System
from plasticity.trains import Merged

Jumps = Floats | Feedback  # of all slots; or, where the change reads w, of a slot, from w


@dataclass(frozen=True)
class Traces:
    """The traces of a rule in every slot.

    start : what the run begins with
    """

    found: System
    spikes: Merged
    start: Start

    def before(self, trace: str) -> Floats:
        """The trace just before every slot, (n_slots, n_synapses)."""
        return self._courses[trace]

    def after(self, trace: str, slots: slice = slice(None)) -> Floats:
        """The trace just after every slot, or after some."""
        fires, amplitude = self.spikes.fires(self.found.traces[trace].event)[slots], self.found.amplitude(trace)
        value = self.before(trace)[slots]
        return np.where(fires, amplitude, value) if self.found.traces[trace].is_set else value + amplitude * fires

    @cached_property
    def _courses(self) -> dict[str, Floats]:
        traces = self.found.traces
        shape = (len(self.spikes.times), len(traces), self.start.times.size)
        values, decay = np.empty(shape), np.empty((max(shape[0] - 1, 0), *shape[1:]))
        kept = np.ones(decay.shape) if any(trace.is_set for trace in traces.values()) else None
        gaps, known = np.diff(self.spikes.times, axis=0), dict[float, Floats]()
        for place, (name, trace) in enumerate(traces.items()):
            fires, tau = self.spikes.fires(trace.event)[:-1], self.found.decays[name].tau
            np.multiply(fires, self.found.amplitude(name), out=values[1:, place])
            decay[:, place] = known[tau] = known[tau] if tau in known else np.exp(gaps / -tau)
            if trace.is_set and kept is not None:
                kept[:, place] = ~fires
            values[:1, place] = self._first(name)
        (course if shape[2] == 1 else _raise_and_decay)(values, decay, kept)
        return {name: values[:, place] for place, name in enumerate(traces)}

    def _first(self, trace: str) -> Any:
        """The trace just before the first slot."""
        value = self.start.values[trace]
        if not value.any() or not len(self.spikes.times):
            return 0.0
        age = np.where(np.isnan(self.start.times), 0.0, self.spikes.times[0] - self.start.times)
        return value * np.exp(age / -self.found.decays[trace].tau)


def weights(found: System, traces: Traces) -> Floats:
    """The weight before the first and after every slot, (n_slots + 1, n_synapses)."""
    spikes, start = traces.spikes, traces.start.values[WEIGHT]
    jumps = [_jumps(stage, turn, traces) for stage, turn in found.turns]
    known = [jump for jump in jumps if isinstance(jump, np.ndarray)]
    bounds = found.rule.bounds
    if len(known) == len(jumps):
        weights, lowest, highest = _free_sum(known, start, spikes)
        if max(bounds.lower, -HUGE) <= lowest and highest <= min(bounds.upper, HUGE):  # false for NaN, too
            return weights
    if start.size == 1 and (one := clipped_one(found, jumps, float(start[0]), spikes)) is not None:
        return one
    return _clipped_sum(found, jumps, start, spikes)


def _raise_and_decay(values: Floats, decay: Floats, kept: Floats | None) -> None:
    """The traces just before every slot, (n_slots, n_traces, n_synapses), written to where there stands what the slot
    before raised: raised, then decayed, as by a run that goes on from the state in between.

    kept : 0 where a spike sets the trace, else 1
    """
    rows, factors = (array.reshape(len(array), values.shape[1] * values.shape[2]) for array in (values, decay))
    value = rows[:1].ravel()
    if kept is None:
        for factor, new in zip(factors, rows[1:], strict=True):
            value = np.multiply(np.add(value, new, new), factor, new)
        return
    for keep, factor, new in zip(kept.reshape(factors.shape), factors, rows[1:], strict=True):
        value = np.multiply(np.add(value * keep, new, new), factor, new)


def _free_sum(jumps: list[Floats], start: Floats, spikes: Merged) -> tuple[Floats, float, float]:
    """The weights before the first and after every slot when no bound clips, and the least and the largest weight on
    the way, those between two jumps of a slot too.

    Added one jump at a time, as where a bound clips: pieces of a run, clipped or not, give what the whole gives.
    """
    n_jumps = max(len(jumps), 1)
    path = np.empty((1 + len(spikes.times) * n_jumps, start.size))
    path[0] = start
    if not jumps:
        path[1:] = 0.0
    for number, jump in enumerate(jumps):
        path[1 + number :: n_jumps] = jump
    np.cumsum(path, axis=0, out=path)
    return path[::n_jumps], path.min(), path.max()


def _clipped_sum(found: System, jumps: list[Jumps], start: Floats, spikes: Merged) -> Floats:
    """Clipped after each jump; a jump that is not finite stops the run, though a bound may hide it."""
    rule, bounds = found.rule, found.rule.bounds
    stages, is_simple = [stage for stage, _ in found.turns], rule.conventions.clipping == "both sides"
    weights = np.empty((len(spikes.times) + 1, start.size))
    unclipped = np.empty((len(spikes.times) * len(jumps), start.size))
    weights[0], rows = start, iter(unclipped)
    for slot in range(len(spikes.times)):
        before, w, at = weights[slot], weights[slot + 1], 0
        w[:] = before
        for stage, jump in zip(stages, jumps, strict=True):
            if stage != at:  # whose changes go by the sign that they have now
                before, at = w.copy(), stage
            change, free = jump[slot] if isinstance(jump, np.ndarray) else jump(slot, w, before), next(rows)
            np.add(w, change, free)
            if is_simple:
                np.minimum(np.maximum(free, bounds.lower, out=w), bounds.upper, out=w)
            else:
                w[:] = clipped(rule, bounds, free, change)
    if unclipped.size and not max(unclipped.max(), -unclipped.min()) < HUGE:  # false for NaN, too
        first = int(np.argmin((np.abs(unclipped) < HUGE).all(axis=1)))
        require_numbers(rule, WEIGHT, unclipped[first], spikes.times[first // len(jumps)])
    return weights


def _jumps(stage: int, turn: Turn, traces: Traces) -> Jumps:
    """The jump of each synapse in every slot, zero where its event does not come, (n_slots, n_synapses).

    For a change that reads w it depends on how w got there.
    """
    found, jump = traces.found, turn.jump
    fires = traces.spikes.fires(jump.event)
    read = {name: _as_read(name, stage, traces) for name in jump.reads if name not in {*found.values, WEIGHT}}
    if WEIGHT in jump.reads:
        return feedback(found, turn, fires, read)
    changes = np.where(fires, defined(jump.tree)({**found.values, **read}), 0.0)
    if turn.part == "whole":
        return changes
    return np.maximum(changes, 0.0) if turn.part == "up" else np.minimum(changes, 0.0)


def _as_read(name: str, stage: int, traces: Traces) -> Floats:
    """A trace as a change of this stage reads it in every slot, (n_slots, n_synapses); `after(trace)` as raised."""
    found, trace = traces.found, before_mark(name)
    if trace != name or found.stage_of(found.traces[trace].event) < stage:
        return traces.after(trace)
    return traces.before(trace)
