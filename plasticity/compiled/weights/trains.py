"""From rule and spike times to weights, by a compiled loop: each event is an exact jump, in constant time."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from plasticity.arrays import Floats
from plasticity.compiled.instants import RuleText
from plasticity.compiled.loading import functions
from plasticity.compiled.weights.source import events_of, pairs_source, slots_source
from plasticity.memory import require_memory, require_time
from plasticity.noting import note
from plasticity.rules import Rule, readable
from plasticity.rules.arrivals import apart, arrivals, warn_if_far_apart, warn_of_units
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.limits import no_number
from plasticity.rules.state import Start, State, first_start, require_later, taken_start
from plasticity.rules.system import System
from plasticity.trains import Taken, Trains, Trajectory

_NOTHING = np.empty((2, 0, 0))
_SECONDS_PER_SPIKE = 5e-8  # measured, rough: of a rule with two traces; a power or a third trace adds half of it
_SECONDS_PER_FLOW = 1e-6  # measured, rough: a weight that flows from event to event, 0.4 to 2 us by its exponentials


class _Task(NamedTuple):
    rule: Rule
    pre: Trains
    post: Trains
    w0: Any
    events: Mapping[str, Trains] | None
    state: Any
    is_kept: bool


class _Run(NamedTuple):
    """What came of it: the start weights, the state at the end; of all events the times and the weights after them,
    (n_synapses, n_events), where they were kept."""

    start: Floats
    state: State
    is_single: bool
    times: Floats
    weights: Floats


def final_weight(
    rule: Rule,
    pre: Trains,
    post: Trains,
    w0: Any,
    *,
    events: Mapping[str, Trains] | None = None,
    state: Any = None,
) -> float | Floats:
    """The weight after the last event; arguments, errors and warnings as `plasticity.events.final_weight`.

    returns : a float for one train of each, else shape (n_synapses,)
    raises UnsupportedRule for a rule that this engine does not read, as for a flow without closed form

    Without the compiler (the extra `fast`) the same loop runs as plain Python, hundreds of times slower.

    >>> from plasticity import RULES, compiled
    >>> round(compiled.final_weight(RULES["pair_stdp"], [0.010, 0.030], [0.015, 0.035], w0=0.5), 6)
    0.506741
    """
    run = _evaluated(_Task(rule, pre, post, w0, events, state, is_kept=False))
    last = run.state.values[WEIGHT]
    return float(last[0]) if run.is_single else last


def trajectory(
    rule: Rule,
    pre: Trains,
    post: Trains,
    w0: Any,
    *,
    events: Mapping[str, Trains] | None = None,
    state: Any = None,
) -> Trajectory:
    """The weight after every event; arguments and errors as `final_weight`.

    returns : times (seconds) of all events, the weight after each, and the state after the last
    """
    run = _evaluated(_Task(rule, pre, post, w0, events, state, is_kept=True))
    if run.is_single:
        return Trajectory(run.times[0], run.weights[0], state=run.state, start=float(run.start[0]))
    return Trajectory(run.times, run.weights, state=run.state, start=run.start)


def final_state(
    rule: Rule,
    pre: Trains,
    post: Trains,
    w0: Any,
    *,
    events: Mapping[str, Trains] | None = None,
    state: Any = None,
) -> State:
    """Every variable after the last event, for a next piece to go on from; arguments and errors as `final_weight`."""
    return _evaluated(_Task(rule, pre, post, w0, events, state, is_kept=False)).state


def _evaluated(task: _Task) -> _Run:
    note("compiled")
    text = text_of(readable(task.rule, "compiled"))
    return _of_slots(task, text) if len(events_of(text)) > 2 else _of_pairs(task, text)


@lru_cache(maxsize=256)
def text_of(found: System) -> RuleText:
    return RuleText(found)


@lru_cache(maxsize=256)
def _source(text: RuleText) -> str:
    return slots_source(text) if len(events_of(text)) > 2 else pairs_source(text)


def _of_pairs(task: _Task, text: RuleText) -> _Run:
    rule = task.rule
    found = apart(rule, task.pre, task.post)
    start, times, state = _begun(task, text, found.first, found.instant)
    n_events = found.pre.lengths + found.post.lengths
    n_kept = int(found.pre.lengths.max() + found.post.lengths.max()) if task.is_kept else 0
    require_possible(text, len(times), float(np.broadcast_to(n_events, len(times)).mean()), n_kept)
    kept = np.full((2, len(times), n_kept), np.nan)
    given = (*_flat(found.pre), *_flat(found.post), found.delays, found.instant)
    follow(rule, text, functions(_source(text))["run"], given, (times, state), kept)
    return _Run(start.values[WEIGHT], _state(text, times, state), found.is_single, *kept)


def _flat(side: Taken) -> tuple[Floats, NDArray[np.int64]]:
    """The trains of a side behind one another, and where each begins and ends, (n_trains + 1,)."""
    return side.flat, np.concatenate([[0], np.cumsum(side.lengths)])


def follow(
    rule: Rule, text: RuleText, run: Any, given: tuple[Any, ...], moved: tuple[Floats, Floats], kept: Floats = _NOTHING
) -> None:
    """Run a kernel of two trains; it moves times and state on, and fills times and weights that are kept."""
    with np.errstate(all="ignore"):  # what is no number stops the run, with its time
        nearest, *failure = run(*given, *_numbers(text), *moved, kept.size > 0, *kept)
    _stop_at(rule, text, failure)
    warn_if_far_apart(rule, nearest)


def _of_slots(task: _Task, text: RuleText) -> _Run:
    """With events other than spikes, which are put in order first."""
    rule = task.rule
    spikes = arrivals(rule, task.pre, task.post, others=task.events)
    start, times, state = _begun(task, text, spikes.first, spikes.instant)
    bits = sum(spikes.fires(event).astype(np.int64) << place for place, event in enumerate(events_of(text)))
    n_kept = len(spikes.times) if task.is_kept else 0
    require_possible(text, len(times), len(spikes.times), n_kept)
    weights = np.empty((n_kept, len(times)))
    run = functions(_source(text))["run"]
    with np.errstate(all="ignore"):
        failure = run(spikes.times, bits, *_numbers(text), times, state, task.is_kept, weights)
    _stop_at(rule, text, failure)
    warn_of_units(rule, spikes)
    ended = _state(text, times, state)
    if not task.is_kept:
        return _Run(start.values[WEIGHT], ended, spikes.is_single, weights, weights)
    path = spikes._replace(is_single=False).trajectory(weights, start.values[WEIGHT])
    return _Run(start.values[WEIGHT], ended, spikes.is_single, path.times, path.weights)


def _numbers(text: RuleText) -> tuple[Floats, Floats]:
    """Those of the rule, and of its weight between events."""
    return text.array, text.flow.array if text.flow else np.empty(0)


def _begun(task: _Task, text: RuleText, first: Floats, instant: float) -> tuple[Start, Floats, Floats]:
    """What the run begins with; and the times and the state, (n_variables, n_synapses), that the kernel moves on."""
    if task.state is None:
        start = first_start(text.found, task.w0, len(first))
    else:
        start = taken_start(text.found, task.state, task.w0, len(first))
        require_later(start, first, instant)
    return start, np.array(start.times), np.array([start.values[name] for name in text.variables])


def _state(text: RuleText, times: Floats, state: Floats) -> State:
    return State(times, dict(zip(text.variables, state, strict=True)))


def require_possible(text: RuleText, n_synapses: int, n_slots: float, n_kept: int) -> None:
    """Raise MemoryLimitError or TimeLimitError for what does not fit into the memory that is free, or into a day."""
    what = f"evaluating {float(n_synapses) * n_slots:.3g} spikes"
    require_memory(8.0 * n_synapses * (n_slots + 2 * n_kept), what)
    require_time(n_synapses * n_slots * (_SECONDS_PER_FLOW if text.flow else _SECONDS_PER_SPIKE), what)


def _stop_at(rule: Rule, text: RuleText, failure: Any) -> None:
    place, synapse, time, value = failure
    if place >= 0:
        raise no_number(rule, text.variables[place], synapse, value, time)
