"""From rule and event times to weights: each event is an exact jump, what lies between them a closed form."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import SpikeTrainError
from plasticity.events.running import Run, Task, evaluated
from plasticity.inputs import number
from plasticity.rules import Rule, readable
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.signals import taken_signals
from plasticity.rules.state import State
from plasticity.trains import Trains, Trajectory


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
    end = run.end if until is None else _later(rule, run, signals, until)
    weights = end.values[WEIGHT]
    return float(weights[0]) if run.is_single else weights


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
    run = evaluated(Task(rule, pre, post, w0, events, signals, state), keeps=True)
    start = run.start.values[WEIGHT]
    if run.is_single:
        return Trajectory(run.times[0], run.weights[0], run.state(), float(start[0]))
    return Trajectory(run.times, run.weights, run.state(), start)


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
    """Every variable after the last event, for a next piece to go on from; arguments and errors as `final_weight`.

    >>> from plasticity import RULES, events
    >>> rule = RULES["pair_stdp"]
    >>> half = events.final_state(rule, [0.010], [0.015], w0=0.5)
    >>> whole = events.final_weight(rule, [0.010, 0.030], [0.015, 0.035], w0=0.5)
    >>> bool(events.final_weight(rule, [0.030], [0.035], w0=None, state=half) == whole)
    True
    """
    run = evaluated(Task(rule, pre, post, w0, events, signals, state))
    return run.state() if until is None else _later(rule, run, signals, until)


def _later(rule: Rule, run: Run, signals: Mapping[str, Any] | None, until: Any) -> State:
    """What the state at the end of a run is at `until` seconds; a synapse that had no event stays as it is."""
    from plasticity.events.flowing import Flow  # loaded by what needs it: it takes a tenth of a question's time

    end, at = run.end, number(until, "until", unit="s", error=SpikeTrainError)
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
