"""All variables of a synapse at any time, for looking at: what each change will read."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError
from plasticity.events import plain
from plasticity.events.running import Ready, Task, prepared
from plasticity.inputs import numbers
from plasticity.rules import Rule
from plasticity.rules.conventions import WEIGHT
from plasticity.trains import Trains, one

if TYPE_CHECKING:
    from plasticity.events.jumping import Values


def states(
    rule: Rule,
    pre: Trains,
    post: Trains,
    times: Any,
    *,
    w0: Any = None,
    events: Mapping[str, Trains] | None = None,
    signals: Mapping[str, Any] | None = None,
    state: Any = None,
) -> dict[str, Floats]:
    """Every variable of the rule, the weight 'w' too, at `times` (seconds); at the time of an event, as just before it.

    pre, post : one train each, seconds; delays of the rule are added
    w0        : start weight, by default that of the rule; all other arguments as those of `final_weight`
    returns   : {variable: values of the shape of `times`}; before the first event, as at the start
    raises UnsupportedRule for a rule that this engine does not read; SpikeTrainError for impossible trains

    >>> from plasticity import RULES, events
    >>> found = events.states(RULES["pair_stdp"], [0.010], [], [0.010, 0.030], w0=0.5)
    >>> found["r_pre"].round(4)
    array([0.    , 0.3679])
    """
    from plasticity.events.flowing import Flow  # loaded by what needs it: it takes a tenth of a question's time

    if state is None and w0 is None and isinstance(rule, Rule):
        w0 = rule.start_weight
    at = numbers(times, "times", unit="s")
    one(pre, "the presynaptic train"), one(post, "the postsynaptic train")
    ready = prepared(Task(rule, pre, post, w0, events, signals, state))
    if len(ready.start.times) > 1:
        raise ArgumentError(f"states() is of one synapse; a state or trains of {len(ready.start.times)} came, give one")
    with np.errstate(all="ignore"):  # what is no number stops the run, with its time
        since, left = _left(ready)
        last = np.searchsorted(since[1:], at.ravel(), side="left")
        before = {name: values[last] for name, values in left.items()}
        later = np.maximum(at.ravel(), since[last])
        found = Flow(ready.found, ready.signals).advanced(before, since[last], later)
    return {name: values.reshape(at.shape) for name, values in found.items()}


def _left(ready: Ready) -> "tuple[Floats, Values]":
    """The begin and all slots of one synapse, seconds, and every variable as each of them leaves it, (n_slots + 1,)."""
    from plasticity.events import hybrid

    spikes, start = ready.spikes, ready.start
    begin = hybrid.begin(spikes, start, ready.signals)
    times = np.concatenate([begin, spikes.times[:, 0]])
    if ready.is_plain:
        traces = plain.Traces(ready.found, spikes, start)
        found = {name: np.append(start.values[name], traces.after(name)[:, 0]) for name in ready.found.traces}
        return times, {**found, WEIGHT: plain.weights(ready.found, traces)[:, 0]}
    kept: list[Any] = [{name: np.array(value) for name, value in start.values.items()}]
    hybrid.path(ready.found, spikes, start, ready.signals, watch=lambda before, now, after: kept.append(after))
    return times, {name: np.concatenate([values[name] for values in kept]) for name in start.values}
