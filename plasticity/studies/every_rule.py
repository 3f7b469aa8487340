"""What becomes of a weight under any rule, whatever it reads, by a given firing; and the same by a second route.

Rules on spikes hear spikes, rules on rates the rates of the same firing. What a rule reads beside them is made, the
same for all: a reward half a second after each firing, levels at 1, a voltage of the spikes (`made_signals`).
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from plasticity import engines, rates
from plasticity.arrays import Floats
from plasticity.errors import PlasticityError, UnsupportedRule
from plasticity.rules import Rule
from plasticity.rules.conventions import SPIKES, WEIGHT
from plasticity.rules.system import system
from plasticity.studies.made_signals import made_for_all
from plasticity.studies.stimulated import NotAsked, Trains, levels, other_events, quiet
from plasticity.verification.definition import weights_by_definition
from plasticity.verification.facts import Facts

REWARDED = 0.5  # seconds from a firing to the other events that a rule hears, as in `questions`
AFTER = 0.5  # seconds from the last event to when a weight that flows is read; our choice: most of it has flowed
STEP = 1e-4  # seconds, of what has no closed form in the definition; our choice, as fine as a network's
SHORT = 1e-3  # seconds of a run in time, in which a drift hardly changes
SETTLING, SETTLED = 60.0, 1e-6  # seconds; and the part of a slow variable that may move in the second half of them
_END = "end"  # an event that no variable hears, at which the definition stops
Pair = tuple[float, float]


def is_on_rates(rule: Rule) -> bool:
    """Whether it reads firing rates, and no spikes."""
    return "rate" in system(rule).needs and "spikes" not in system(rule).needs


def is_followed_in_steps(rule: Rule) -> bool:
    """Whether it reads spikes and has flows without a closed form in its definition: the second route takes steps."""
    return not is_on_rates(rule) and bool(Facts(quiet(rule)).open)


def spike_changes(rule: Rule, trains: Sequence[Trains], w0: float) -> Floats:
    """The change of w at each synapse, (n_synapses,), by the exact engine; a rule with noise without it.

    trains : {"pre": seconds, "post": seconds} of each
    raises NotAsked, with the reason, for a rule that is not moved by spikes, or from no such weight
    """
    rule = _moved(quiet(rule))
    try:
        pre, post = ([one[side] for one in trains] for side in SPIKES)
        others = {event: [_firings(one) + REWARDED for one in trains] for event in other_events(rule)}
        until = _end(rule, trains) if WEIGHT in system(rule).flows else None
        signals = _signals(rule, trains)
        found = engines.final_weight(rule, pre, post, w0, events=others or None, signals=signals or None, until=until)
    except PlasticityError as error:
        raise NotAsked(str(error)) from None
    return np.asarray(found, dtype=float) - w0


def spike_changes_by_definition(rule: Rule, trains: Sequence[Trains], w0: float) -> Floats:
    """The same by the conventions read aloud, one event at a time: sums over past spikes, and no recursion."""
    rule = _moved(quiet(rule))
    is_flowing = WEIGHT in system(rule).flows
    form = replace(rule, events=(*rule.events, _END)) if is_flowing else rule
    signals = _signals(rule, trains)
    changes = []
    for k, one in enumerate(trains):
        given = {event: (_firings(one) + REWARDED).tolist() for event in other_events(rule)}
        given |= {side: np.asarray(one[side], dtype=float).tolist() for side in SPIKES}
        given |= {_END: [_end(rule, trains)]} if is_flowing else {}
        heard = {name: _function(signal, k) for name, signal in signals.items()}
        step = STEP if is_followed_in_steps(rule) else np.inf
        weights = weights_by_definition(form, given, w0, step=step, signals=heard)
        changes.append(weights[-1] - w0 if weights else 0.0)
    return np.array(changes)


def rate_changes(rule: Rule, pairs: Sequence[Pair], w0: float) -> Floats:
    """The change of w a second at each pair of rates (pre, post) in hertz, slow variables at rest for them.

    None where it leads out of the bounds. A rule whose state comes to no rest is followed for its first second.
    raises NotAsked as `spike_changes` does
    """
    pre, post = np.array(pairs, dtype=float).T
    try:
        found = rates.drift(_moved(rule), pre, post, w0)
        lowest = 0.0 if w0 <= rule.bounds.lower else -np.inf
        return np.clip(found, lowest, 0.0 if w0 >= rule.bounds.upper else np.inf)
    except UnsupportedRule:
        return rates.trajectory(rule, pre, post, np.full(pre.shape, w0), duration=1.0).weights[-1] - w0
    except PlasticityError as error:
        raise NotAsked(str(error)) from None


def rate_changes_in_time(rule: Rule, pairs: Sequence[Pair], w0: float) -> Floats:
    """The same from two runs in time: one in which slow variables come to rest, then one of a millisecond from w0; NaN
    where they do not."""
    pre, post = np.array(pairs, dtype=float).T
    start = np.full(pre.shape, w0)
    state: dict[str, Any] = {WEIGHT: start}
    if rule.state:
        course = rates.trajectory(rule, pre, post, start, times=[0.0, SETTLING / 2, SETTLING])
        if not all(
            np.ptp(values[1:], axis=0).max() <= SETTLED * np.abs(values).max() for values in course.states.values()
        ):
            return np.full(pre.shape, np.nan)
        state = course.state | state
    after = rates.trajectory(rule, pre, post, state=state, times=[0.0, SHORT]).weights[-1]
    return (after - start) / SHORT


def _moved(rule: Rule) -> Rule:
    """The rule, if anything moves its weight."""
    if not system(rule).jumps[WEIGHT] and WEIGHT not in system(rule).flows:
        raise NotAsked("its weight never changes")
    return rule


def _firings(trains: Trains) -> Floats:
    """When the two neurons fire: the first spike of each pairing, or that of the one that fires alone."""
    fired = [np.asarray(trains[side], dtype=float) for side in SPIKES]
    fired = [train for train in fired if train.size]
    return min(fired, key=lambda train: float(train[0])) if fired else np.empty(0)


def _end(rule: Rule, trains: Sequence[Trains]) -> float:
    """When the weight is read, at all synapses together."""
    last = max((float(train[-1]) for one in trains for side in SPIKES if len(train := one[side])), default=0.0)
    return last + (REWARDED if other_events(rule) else 0.0) + AFTER


def _signals(rule: Rule, trains: Sequence[Trains]) -> dict[str, Any]:
    """What the rule reads beside events: levels as functions, a voltage in samples at the times of all synapses."""
    if all(signal.kind == "level" for signal in rule.signals):
        return levels(rule)
    pre, post = ([np.asarray(one[side], dtype=float) for one in trains] for side in SPIKES)
    return made_for_all(rule, pre, post, _end(rule, trains))


def _function(signal: Any, synapse: int) -> Any:
    """A signal as a function of seconds."""
    if callable(signal):
        return lambda time: float(signal(time))
    times, values = signal
    return lambda time: float(np.interp(time, times, values[synapse]))
