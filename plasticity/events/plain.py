"""Rules whose state are plain traces, between whose spikes nothing moves the weight: all slots at once.

For what a change reads of the weight, and for bounds, the slots come one after another.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.events.defined import defined
from plasticity.rules.conventions import HUGE, WEIGHT
from plasticity.rules.limits import clipped, require_numbers
from plasticity.rules.parts import Turn, before_mark
from plasticity.rules.state import Start
from plasticity.rules.system import System
from plasticity.trains import Merged

# Of all slots; or, where the change reads w, of a slot, from w as it is and as it was before the slot
Jumps = Floats | Callable[[int, Floats, Floats], Floats]


@dataclass(frozen=True)
class Traces:
    """The traces of a rule in every slot, each worked out once.

    start : what the run begins with
    """

    found: System
    spikes: Merged
    start: Start
    known: dict[str, Floats] = field(default_factory=dict)

    def before(self, trace: str) -> Floats:
        """The trace just before every slot, (n_slots, n_synapses)."""
        if trace not in self.known:
            self.known[trace] = _before(self.found, trace, self.spikes, self.start)
        return self.known[trace]

    def after(self, trace: str) -> Floats:
        """The trace just after every slot."""
        return _raised(self.found, trace, self.before(trace), self.spikes.fires(self.found.traces[trace].event))


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
        if start.size == 1:
            return _clipped_one(found, [jump[:, 0] for jump in known], float(start[0]), spikes)
    return _clipped_sum(found, jumps, start, spikes)


def _free_sum(jumps: list[Floats], start: Floats, spikes: Merged) -> tuple[Floats, float, float]:
    """The weights before the first and after every slot when no bound clips, and the least and the largest weight on
    the way, those between two jumps of a slot too.

    Added one jump at a time, as where a bound clips: pieces of a run, clipped or not, give what the whole gives.
    """
    n_jumps = max(len(jumps), 1)
    path = np.zeros((1 + len(spikes.times) * n_jumps, start.size))
    path[0] = start
    for number, jump in enumerate(jumps):
        path[1 + number :: n_jumps] = jump
    np.cumsum(path, axis=0, out=path)
    return path[::n_jumps], path.min(), path.max()


def _clipped_sum(found: System, jumps: list[Jumps], start: Floats, spikes: Merged) -> Floats:
    """Clipped after each jump; a jump that is not finite stops the run, before a bound hides it."""
    weights = np.empty((len(spikes.times) + 1, start.size))
    weights[0] = start
    stages = [stage for stage, _ in found.turns]
    for slot in range(len(spikes.times)):
        before, w, at = weights[slot], weights[slot + 1], 0
        w[:] = before
        for stage, jump in zip(stages, jumps, strict=True):
            if stage != at:  # whose changes go by the sign that they have now
                before, at = w.copy(), stage
            change = jump[slot] if isinstance(jump, np.ndarray) else jump(slot, w, before)
            w += change
            require_numbers(found.rule, WEIGHT, w, spikes.times[slot])
            w[:] = clipped(found.rule, found.rule.bounds, w, change)
    return weights


def _clipped_one(found: System, jumps: list[Floats], w: float, spikes: Merged) -> Floats:
    """As `_clipped_sum` for one synapse whose jumps are known: in plain floats, far faster than arrays of one."""
    lower, upper, weights = found.rule.bounds.lower, found.rule.bounds.upper, [w]
    is_own_side = found.rule.conventions.clipping == "own side"
    for slot, changes in enumerate(zip(*(jump.tolist() for jump in jumps), strict=True)):
        for change in changes:
            w += change
            if not abs(w) < HUGE:
                require_numbers(found.rule, WEIGHT, np.array([w]), spikes.times[slot])
            if is_own_side:
                w = min(w, upper) if change > 0 else max(w, lower) if change < 0 else w
            else:
                w = min(max(w, lower), upper)
        weights.append(w)
    return np.array(weights)[:, None]


def _jumps(stage: int, turn: Turn, traces: Traces) -> Jumps:
    """The jump of each synapse in every slot, zero where its event does not come, (n_slots, n_synapses).

    For a change that reads w it depends on how w got there: then a function of slot and weights.
    """
    found, jump = traces.found, turn.jump
    fires = traces.spikes.fires(jump.event)
    read = {name: _as_read(name, stage, traces) for name in jump.reads if name not in {*found.values, WEIGHT}}
    change, hard = defined(jump.tree), defined(jump.hard)
    if WEIGHT not in jump.reads:
        changes = np.where(fires, change({**found.values, **read}), 0.0)
        if turn.part == "whole":
            return changes
        return np.maximum(changes, 0.0) if turn.part == "up" else np.minimum(changes, 0.0)

    def changed(slot: int, w: Floats, before: Floats) -> Floats:
        here = {**found.values, **{name: values[slot] for name, values in read.items()}}
        acts = fires[slot]
        if turn.part != "whole":
            is_up = hard({**here, WEIGHT: before}) > 0
            acts = acts & (is_up if turn.part == "up" else ~is_up)
        return np.where(acts, change({**here, WEIGHT: w}), 0.0)

    return changed


def _as_read(name: str, stage: int, traces: Traces) -> Floats:
    """A trace as a change of this stage reads it in every slot, (n_slots, n_synapses); `after(trace)` as raised."""
    found, trace = traces.found, before_mark(name)
    if trace != name or found.stage_of(found.traces[trace].event) < stage:
        return traces.after(trace)
    return traces.before(trace)


def _before(found: System, trace: str, spikes: Merged, start: Start) -> Floats:
    """The trace just before every slot."""
    fires = spikes.fires(found.traces[trace].event)
    decay = np.exp(np.diff(spikes.times, axis=0) / -found.decays[trace].tau)
    values = np.zeros(spikes.times.shape)
    if start.values[trace].any():
        age = np.where(np.isnan(start.times), 0.0, spikes.times[:1] - start.times)
        values[:1] = start.values[trace] * np.exp(age / -found.decays[trace].tau)
    if found.traces[trace].is_set:
        for value, fire, after, factor in zip(values[:-1], fires[:-1], values[1:], decay, strict=True):
            np.multiply(_raised(found, trace, value, fire), factor, out=after)
        return values
    added = found.amplitude(trace) * fires[:-1]
    for value, new, after, factor in zip(values[:-1], added, values[1:], decay, strict=True):
        # raised, then decayed, as by a run that goes on from the state in between
        np.add(value, new, out=after)
        after *= factor
    return values


def _raised(found: System, trace: str, value: Floats, fires: Any) -> Floats:
    """The trace after the events of these slots."""
    amplitude = found.amplitude(trace)
    return np.where(fires, amplitude, value) if found.traces[trace].is_set else value + amplitude * fires
