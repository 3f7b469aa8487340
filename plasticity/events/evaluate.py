"""From rule and event times to weights: each event is an exact jump, what lies between them a closed form."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import SpikeTrainError
from plasticity.events import plain
from plasticity.inputs import number
from plasticity.memory import require_memory, require_time
from plasticity.noting import note
from plasticity.rules import Rule, readable
from plasticity.rules.arrivals import arrivals, warn_of_units
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.signals import Signals, require_within, taken_signals
from plasticity.rules.state import Start, State, first_start, require_later, taken_start
from plasticity.rules.system import System
from plasticity.trains import Merged, Trains, Trajectory

# Measured, rough: a slot takes 3 microseconds, 23 when its jumps depend on w, 100 when the state is other than plain
# traces, and 0.2 more for each synapse
_SECONDS_PER_SLOT, _SLOWER_WITH_W, _SLOWER_WITH_STATE, _SECONDS_PER_ELEMENT = 3e-6, 8.0, 35.0, 2e-7
_PLAIN = frozenset({"spikes", "no polynomial"})  # the needs of rules whose state are plain traces


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
    """What came of it.

    weights : before the first and after every slot of `spikes`, (n_slots + 1, n_synapses)
    state   : at its end, made when it is asked for
    """

    spikes: Merged
    weights: Floats
    state: Callable[[], State]


def final_weight(
    rule: Rule,
    pre: Trains,
    post: Trains,
    w0: Any,
    *,
    events: Mapping[str, Trains] | None = None,
    signals: Mapping[str, Any] | None = None,
    state: Any = None,
    until: Any = None,
) -> float | Floats:
    """The weight after the last event; where a signal is sampled, at its last sample.

    pre, post : seconds; one train each, or many: (n_synapses, n_spikes), or a list of trains
    w0        : start weight, scalar or (n_synapses,); None with a state
    events    : the trains of other events that the rule hears, {"reward": seconds}, in the same forms
    signals   : what the rule reads from outside, {"v": (seconds, values)}, joined by straight lines, or a function of
                seconds; values are SI, of shape (n_samples,) or (n_synapses, n_samples)
    state     : the `State` to go on from, by default every variable at its start; all events come after it
    until     : seconds at which the weight is read, no event later; by default at the last event, after which what
                flows, such as calcium, still moves it
    returns   : a float for one train of each, else shape (n_synapses,)
    raises UnsupportedRule for a rule that this engine does not read; SpikeTrainError, WeightError for impossible input;
    UnknownName for an event that the rule does not hear; SimulationError when a number stops being finite

    Exact up to rounding where flows have a closed form: no time step. Where they have none, an adaptive method follows
    them, with a relative error of 1e-10 in each of its steps. What flows does so from the first event on, or from the
    first sample of a signal, or from the state; a weight that flows stays within its bounds on the way, too. Events
    within a nanosecond are one instant. Warns (UnitWarning) when no two spikes are near each other, as when
    milliseconds are read as seconds.

    >>> from plasticity import RULES, final_weight
    >>> round(final_weight(RULES["pair_stdp"], [0.010, 0.030], [0.015, 0.035], w0=0.5), 6)
    0.506741
    """
    run = evaluated(Task(rule, pre, post, w0, events, signals, state))
    if until is not None:
        weights = _later(rule, run, signals, until).values[WEIGHT]
    else:
        weights = run.weights[-1] if not rule.signals else run.state().values[WEIGHT]
    last = run.spikes.result(weights)
    return float(last) if run.spikes.is_single else last


def trajectory(
    rule: Rule,
    pre: Trains,
    post: Trains,
    w0: Any,
    *,
    events: Mapping[str, Trains] | None = None,
    signals: Mapping[str, Any] | None = None,
    state: Any = None,
) -> Trajectory:
    """The weight after every event; arguments and errors as `final_weight`.

    returns : times (seconds) of all events, the weight after each, and the state after the last

    >>> from plasticity import RULES, trajectory
    >>> path = trajectory(RULES["pair_stdp"], [0.010, 0.030], [0.015, 0.035], w0=0.5)
    >>> path.times.tolist()
    [0.01, 0.015, 0.03, 0.035]
    >>> path.weights.round(6).tolist()
    [0.5, 0.503894, 0.501414, 0.506741]
    """
    run = evaluated(Task(rule, pre, post, w0, events, signals, state))
    return replace(run.spikes.trajectory(run.weights[1:], run.weights[0]), state=run.state())


def final_state(
    rule: Rule,
    pre: Trains,
    post: Trains,
    w0: Any,
    *,
    events: Mapping[str, Trains] | None = None,
    signals: Mapping[str, Any] | None = None,
    state: Any = None,
    until: Any = None,
) -> State:
    """Every variable after the last event, for a next piece to go on from; arguments and errors as `final_weight`."""
    run = evaluated(Task(rule, pre, post, w0, events, signals, state))
    return run.state() if until is None else _later(rule, run, signals, until)


def _later(rule: Rule, run: Run, signals: Mapping[str, Any] | None, until: Any) -> State:
    """What the state at the end of a run is at `until` seconds; a synapse that had no event stays as it is."""
    from plasticity.events.flowing import Flow  # loaded by what needs it: it takes a tenth of a question's time

    end, at = run.state(), number(until, "until", unit="s", error=SpikeTrainError)
    if (last := np.nanmax(end.times, initial=-np.inf)) > at:
        raise SpikeTrainError(
            f"until is {at:g} s, and the run ends at {last:.12g} s, delays included; give that or more"
        )
    found, n = readable(rule, "events"), len(end.times)
    given = taken_signals(rule, signals, n)
    if given.end < at:
        raise SpikeTrainError(f"until is {at:g} s, and the samples of the signals end at {given.end:g} s; give less")
    with np.errstate(all="ignore"):  # what is no number stops the run, with its time
        values = Flow(found, given).advanced(dict(end.values), end.times, np.full(n, at))
    return State(np.where(np.isnan(end.times), end.times, at), values)


def prepared(task: Task) -> Ready:
    """What a task is evaluated from, checked."""
    rule, found = task.rule, readable(task.rule, "events")
    spikes = arrivals(rule, task.pre, task.post, others=task.events)
    is_plain = found.needs <= _PLAIN and not spikes.others
    what = f"evaluating {float(spikes.n_spikes.sum()):.3g} spikes"
    require_memory(8.0 * spikes.times.size * (6 + 2 * len(rule.state)), what)
    require_time(seconds_of(found, *spikes.times.shape), what)
    signals = taken_signals(rule, task.signals, spikes.times.shape[1])
    require_within(signals, spikes)
    start, spikes = _start(found, task, spikes)
    return Ready(found, spikes, signals, start, is_plain)


def evaluated(task: Task) -> Run:
    """The run that answers a task."""
    note("events")
    ready = prepared(task)
    with np.errstate(all="ignore"):  # what is no number stops the sum, with its time
        run = _plain(ready.found, ready.spikes, ready.start) if ready.is_plain else _hybrid(ready)
    warn_of_units(task.rule, ready.spikes)
    return run


def _start(found: System, task: Task, spikes: Merged) -> tuple[Start, Merged]:
    """What the run begins with; the spikes as they are, synapses without one at the time of their state."""
    n_synapses = spikes.times.shape[1]
    if task.state is None:
        start = first_start(found, task.w0, n_synapses)
        if found.begins is None:
            return start, spikes
    else:
        start = taken_start(found, task.state, task.w0, n_synapses)
        require_later(start, spikes.first, spikes.instant)
    here = np.where(np.isnan(start.times), 0.0, start.times)
    return start, spikes._replace(times=np.where(spikes.n_spikes > 0, spikes.times, here))


def _plain(found: System, spikes: Merged, start: Start) -> Run:
    traces = plain.Traces(found, spikes, start)
    weights = plain.weights(found, traces)

    def state() -> State:
        if not len(spikes.times):
            return State(start.times, start.values)
        with np.errstate(all="ignore"):
            values = {name: traces.after(name)[-1] for name in found.traces}
        return State(np.where(spikes.n_spikes > 0, spikes.times[-1], start.times), {WEIGHT: weights[-1], **values})

    return Run(spikes, weights, state)


def _hybrid(ready: Ready) -> Run:
    from plasticity.events import hybrid  # loaded by what needs it: it takes a tenth of a question's time

    path = hybrid.path(ready.found, ready.spikes, ready.start, ready.signals)
    return Run(ready.spikes, path.weights, lambda: State(path.times, path.values))


def seconds_of(found: System, n_slots: int, n_synapses: int) -> float:
    """About how long the evaluation takes; where a change reads w, its jumps are computed one by one."""
    reads_w = any(WEIGHT in jump.reads for jump in found.jumps[WEIGHT])
    is_plain = found.needs <= _PLAIN
    per_slot = _SECONDS_PER_SLOT * (_SLOWER_WITH_W if reads_w else 1.0) * (1.0 if is_plain else _SLOWER_WITH_STATE)
    return n_slots * (per_slot + n_synapses * _SECONDS_PER_ELEMENT)
