"""A rule as it is asked by experiments on one synapse: what it is given beside spikes, and what changes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from plasticity import engines, events
from plasticity.arrays import Floats
from plasticity.expressions import evaluator, names
from plasticity.protocols import spike_trains
from plasticity.published import Table, protocol_of
from plasticity.published.measured import AS_DONE
from plasticity.rules import Rule, is_readable
from plasticity.rules.conventions import SPIKES, WEIGHT
from plasticity.rules.parts import before_mark
from plasticity.rules.system import system
from plasticity.rules.variants import noiseless

Trains = Mapping[str, Floats]


class NotAsked(ValueError):
    """Why a rule cannot be asked something."""


def quiet(rule: Rule) -> Rule:
    """The rule without its noise, under its own name: what it does on average, where its changes are linear."""
    is_noisy = {"noise", "random jumps"} & system(rule).needs
    return replace(noiseless(rule), name=rule.name) if is_noisy else rule


def other_events(rule: Rule) -> tuple[str, ...]:
    """What a rule hears beside spikes, such as a reward."""
    return tuple(event for event in rule.events if event not in SPIKES)


def levels(rule: Rule, value: float = 1.0) -> dict[str, Any]:
    """The levels that the world sets, all at one value all the time, as signals for the exact engine."""
    given = [signal.name for signal in rule.signals if signal.kind == "level" and not signal.delay]
    return {name: lambda times: np.full(np.shape(times), value) for name in given}


def on_spikes(rule: Rule) -> Rule:
    """The rule as one that spikes alone move. Raises NotAsked for one that they do not."""
    found = system(rule)
    if "spikes" not in found.needs:
        other = f"; ask its spiking form, {rule.spiking_form}" if rule.spiking_form else ""
        raise NotAsked(f"it reads firing rates, no spikes{other}")
    if not found.jumps[WEIGHT] and WEIGHT not in found.flows:
        raise NotAsked("its weight never changes")
    if voltages := [signal.name for signal in rule.signals if signal.kind != "level"]:
        raise NotAsked(f"it reads {', '.join(voltages)}, which spike times do not tell")
    if not is_readable(rule, "events"):
        raise NotAsked("the exact engine does not read it")
    return rule


def changes(rule: Rule, trains: Sequence[Trains], *, level: float = 1.0) -> Floats:
    """The change of w by each set of trains {event: seconds}, from the usual start of the rule; levels are constant."""
    start = rule.start_weight
    pre, post = ([one[side] for one in trains] for side in SPIKES)
    others = {event: [one[event] for one in trains] for event in other_events(rule) if event in trains[0]}
    signals = levels(rule, level) or None
    found = engines.final_weight(rule, pre, post, start, events=others or None, signals=signals)
    return np.asarray(found, dtype=float) - start


def relative_changes(rule: Rule, trains: Sequence[Trains]) -> Floats:
    """The same, relative to the start. Raises NotAsked for a rule that starts at 0."""
    if not rule.start_weight:
        raise NotAsked("it starts from w = 0, of which there is no relative change")
    return changes(rule, trains) / rule.start_weight


def measured_trains(table: Table, reading: str = AS_DONE) -> list[Trains]:
    """The spike trains of every row of a published table."""
    n_rows = len(next(iter(table.columns.values())))
    return [spike_trains(protocol_of(table, row, reading=reading)) for row in range(n_rows)]


def released(rule: Rule, pre: Floats) -> Floats:
    """What each of these presynaptic spikes delivers, relative to w; the post neuron is silent."""
    found = system(rule)
    at = events.states(rule, pre, [], pre, signals=levels(rule) or None)
    values = {**found.values, **at}
    sent = evaluator(found.transmits)({**values, **_marked(rule, names(found.transmits), values)})
    return np.broadcast_to(sent, pre.shape) / at[WEIGHT]


def _marked(rule: Rule, read: frozenset[str], values: Mapping[str, Any]) -> dict[str, Any]:
    """What is read as the jump at a presynaptic spike leaves it."""
    found, marked = system(rule), {}
    for mark in [name for name in read if before_mark(name) != name]:
        name = before_mark(mark)
        value = values[name]
        for jump in found.jumps[name]:
            if jump.event == "pre":
                known = {**values, **_marked(rule, jump.reads, values), name: value}
                change = evaluator(jump.tree)(known)
                value = change if jump.is_set else value + change
        marked[mark] = value
    return marked
