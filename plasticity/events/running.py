"""The course of an evaluation: in groups of synapses, and of plain traces a portion of the slots at a time."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import SimulationError, SpikeTrainError
from plasticity.events import plain
from plasticity.events.groups import Members, groups, is_plain, require_possible
from plasticity.noting import note
from plasticity.rules import Rule, readable
from plasticity.rules.arrivals import arrivals, warn_if_far_apart
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.signals import Signals, require_within, taken_signals
from plasticity.rules.state import Start, State, first_start, require_later, taken_start
from plasticity.rules.system import System
from plasticity.trains import Merged, Trains, taken
from plasticity.trains.merging import longest
from plasticity.trains.spacing import nearest

_PORTION, _PORTION_OF_ONE = 2**17, 2**14  # slots of all synapses: few enough for a cache, and for lists of floats


class Task(NamedTuple):
    """What is asked: the arguments of `final_weight`."""

    rule: Rule
    pre: Trains
    post: Trains
    w0: Any
    events: Mapping[str, Trains] | None = None
    signals: Mapping[str, Any] | None = None
    state: Any = None


class Ready(NamedTuple):
    """A task, checked: what it is evaluated from. `is_plain`: whether it is of plain traces alone."""

    found: System
    spikes: Merged
    signals: Signals
    start: Start
    is_plain: bool


class Run(NamedTuple):
    """What came of it: what it began and ended with; whether the trains came as one of each; and where they are kept,
    the times of all events and the weights after them, both (n_synapses, n_slots), padded with NaN."""

    start: Start
    end: Start
    is_single: bool
    times: Floats
    weights: Floats

    def state(self) -> State:
        """The end, for a next piece to go on from."""
        return State(self.end.times, self.end.values)


def prepared(task: Task, *, keeps: bool = True) -> Ready:
    """What a task is evaluated from, checked; keeps : whether what happens in every slot is kept."""
    found = readable(task.rule, "events")
    spikes = arrivals(task.rule, task.pre, task.post, others=task.events)
    n_slots, n_synapses = spikes.times.shape
    ready = _ready(task, spikes)
    require_possible(found, [(n_synapses, n_slots)], int(spikes.n_spikes.sum()), keeps=keeps)
    return ready


def evaluated(task: Task, *, keeps: bool = False) -> Run:
    """The run that answers a task; keeps : whether the weights after all events are asked for."""
    note("events")
    _keep_memory()
    found = readable(task.rule, "events")
    pre, post = taken(task.pre, "the presynaptic train"), taken(task.post, "the postsynaptic train")
    task = task._replace(pre=pre, post=post)
    is_whole = task.events or task.rule.signals or len({1, len(pre.rows), len(post.rows)}) > 2
    together = [] if is_whole else groups(found, pre, post)
    if len(together) > 1:
        run, near = _in_groups(found, task, together, keeps=keeps)
    else:
        ready = prepared(task, keeps=keeps)
        run, near = _followed(ready, keeps=keeps), _nearest(ready)
    warn_if_far_apart(task.rule, near)
    return run


@lru_cache
def _keep_memory() -> None:
    """Free a large array once: from then on the C library keeps what is freed for the next question, and does not hand
    it back to the system to take it again, page by page; a fifth of the time of a window."""
    np.empty(2**20)


def _ready(task: Task, spikes: Merged, start: Start | None = None) -> Ready:
    """start : what the run begins with, where it has been looked at"""
    found, n_synapses = readable(task.rule, "events"), spikes.times.shape[1]
    signals = taken_signals(task.rule, task.signals, n_synapses)
    if task.rule.signals:
        require_within(signals, spikes)
    start = start or _start(found, task, n_synapses)
    if task.state is not None:
        require_later(start, spikes.first, spikes.instant)
    if task.state is not None or found.begins is not None:  # synapses without an event stay at the time of their state
        here = np.where(np.isnan(start.times), 0.0, start.times)
        spikes = spikes._replace(times=np.where(spikes.n_spikes > 0, spikes.times, here))
    return Ready(found, spikes, signals, start, is_plain(found) and not spikes.others)


def _start(found: System, task: Task, n_synapses: int) -> Start:
    if task.state is None:
        return first_start(found, task.w0, n_synapses)
    return taken_start(found, task.state, task.w0, n_synapses)


def _nearest(ready: Ready) -> float:
    return nearest(ready.spikes, max(ready.found.time_constants, default=np.inf))


def _in_groups(found: System, task: Task, together: list[Members], *, keeps: bool) -> tuple[Run, float]:
    """The run of all synapses, and the shortest time (s) between two events, as far as it matters."""
    n_slots = np.broadcast_to(task.pre.lengths + task.post.lengths, sum(map(len, together)))
    shapes = [(len(members), int(n_slots[members].max())) for members in together]
    require_possible(found, shapes, int(n_slots.sum()), keeps=keeps)
    start, near = _start(found, task, n_slots.size), np.inf
    end = Start(start.times.copy(), {name: value.copy() for name, value in start.values.items()})
    shape = (n_slots.size, longest(task.pre) + longest(task.post) if keeps else 0)
    run = Run(start, end, False, np.full(shape, np.nan), np.full(shape, np.nan))
    for members in together:
        part = task._replace(pre=task.pre.of(members), post=task.post.of(members))
        begin = Start(start.times[members], {name: value[members] for name, value in start.values.items()})
        try:
            ready = _ready(part, arrivals(task.rule, part.pre, part.post), begin)
            _keep(run, members, _followed(ready, keeps=keeps))
        except (SimulationError, SpikeTrainError) as error:
            raise type(error)(_renumbered(str(error), members)) from None
        near = min(near, _nearest(ready))
    return run, near


def _keep(run: Run, members: Members, part: Run) -> None:
    run.end.times[members] = part.end.times
    for name, value in part.end.values.items():
        run.end.values[name][members] = value
    n_kept = part.times.shape[1]
    run.times[members, :n_kept], run.weights[members, :n_kept] = part.times, part.weights


def _renumbered(text: str, members: Members) -> str:
    """A message in which a synapse has its number among all."""
    return re.sub(r"\bsynapse (\d+)", lambda found: f"synapse {members[int(found[1])]}", text, count=1)


def _followed(ready: Ready, *, keeps: bool) -> Run:
    """The run of synapses that are evaluated together."""
    spikes, start = ready.spikes, ready.start
    with np.errstate(all="ignore"):  # what is no number stops the sum, with its time
        end, weights = _plain(ready, keeps=keeps) if ready.is_plain else _hybrid(ready, keeps=keeps)
    if not keeps:
        return Run(start, end, spikes.is_single, weights.T, weights.T)
    is_event = np.arange(len(spikes.times))[:, None] < spikes.n_spikes
    times, after = (np.where(is_event, values, np.nan).T for values in (spikes.times, weights))
    return Run(start, end, spikes.is_single, times, after)


def _plain(ready: Ready, *, keeps: bool) -> tuple[Start, Floats]:
    """The end, and the weights after every slot where they are kept, (n_slots, n_synapses).

    A portion goes on from what the one before it left, as a piece of a run does: to the last bit the same.
    """
    found, spikes, now = ready.found, ready.spikes, ready.start
    n_slots, n_synapses = spikes.times.shape
    kept = np.empty((n_slots if keeps else 0, n_synapses))
    at_once = _PORTION_OF_ONE if n_synapses == 1 else max(1, _PORTION // max(n_synapses, 1))
    for first in range(0, n_slots, at_once):
        slots = slice(first, first + at_once)
        traces = plain.Traces(found, spikes.portion(slots), now)
        weights = plain.weights(found, traces)
        if keeps:
            kept[slots] = weights[1:]
        left = {name: traces.after(name, slice(-1, None))[0] for name in found.traces}
        now = Start(traces.spikes.times[-1], {WEIGHT: weights[-1].copy(), **left})
    return Start(np.where(spikes.n_spikes > 0, now.times, ready.start.times), now.values), kept


def _hybrid(ready: Ready, *, keeps: bool) -> tuple[Start, Floats]:
    from plasticity.events import hybrid  # loaded by what needs it: it takes a tenth of a question's time

    path = hybrid.path(ready.found, ready.spikes, ready.start, ready.signals, keeps=keeps)
    return Start(path.times, path.values), path.weights
