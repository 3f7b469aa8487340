"""The conventions of the record read aloud, one synapse, one event at a time: what every engine must give.

No arrays, and no recursion where there is a sum: a plain trace is a sum over past spikes, or the last one alone. It
shares with the engines the record and the language of its expressions, and nothing that is derived from them. What
relaxes by itself does so in closed form, found by trying its flow at three values; all other flows are followed in
steps by the classical method of order 4, which is of first order where a threshold is crossed or a bound met.
"""

import ast
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plasticity.errors import RuleError
from plasticity.expressions import names, parse, terms
from plasticity.rules import Bounds, Rule, Variable
from plasticity.verification.facts import Facts, Values
from plasticity.verification.flowing import Flowing, Signals, late

INSTANT = 1e-9  # seconds


@dataclass(frozen=True)
class Instant:
    """A time (s) at which something reaches the synapse, and what: names of events."""

    time: float
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Moment:
    """The variables as an instant leaves them, the weight 'w' too."""

    instant: Instant
    values: Values


Trains = Mapping[str, Sequence[float]]


def weights_by_definition(
    rule: Rule,
    trains: Trains,
    w0: float,
    *,
    step: float = math.inf,
    signals: Signals | None = None,
) -> list[float]:
    """The weight after every event of one synapse, that of an instant as often as it has events; else as `course`."""
    return [
        moment.values["w"]
        for moment in course(rule, trains, w0, step=step, signals=signals)
        for _ in moment.instant.kinds
    ]


def course(
    rule: Rule,
    trains: Trains,
    w0: float,
    *,
    step: float = math.inf,
    signals: Signals | None = None,
) -> list[Moment]:
    """Every instant of one synapse, and what it leaves.

    trains  : {event: seconds}, without the delays of the rule
    step    : seconds, the longest step of flows that have no closed form
    signals : {signal: function of seconds}
    """
    reading = _Reading(rule, signals or {}, step)
    values, found = reading.start(w0), list[Moment]()
    time = 0.0 if rule.conventions.imagined == "pre at 0" else None
    for instant in instants(rule, trains):
        values = values if time is None else reading.flowing.flowed(values, time, instant.time)
        past = [moment.instant for moment in found]
        for acting in _in_turn(rule, instant.kinds):
            values = reading.jumped(values, past, instant, acting)
        time = instant.time
        found.append(Moment(instant, values))
    return found


def instants(rule: Rule, trains: Trains) -> list[Instant]:
    """All events as they reach the synapse, in the order of time, then of the rule's list. One belongs to the instant
    of the event before it when that began less than a nanosecond ago, and holds none of its kind yet."""
    every = sorted((t + rule.delay(event), rule.events.index(event), event) for event in trains for t in trains[event])
    found: list[Instant] = []
    for time, _, event in every:
        if found and time - found[-1].time < INSTANT and event not in found[-1].kinds:
            found[-1] = Instant(found[-1].time, (*found[-1].kinds, event))
        else:
            found.append(Instant(time, (event,)))
    return found


def _in_turn(rule: Rule, kinds: Sequence[str]) -> list[list[str]]:
    """The events of an instant, those together that act together."""
    first = rule.conventions.coincidence.removesuffix(" first")
    if first == "ignored" or first not in kinds:
        return [list(kinds)]
    return [[first], [kind for kind in kinds if kind != first]]


class _Reading:
    """A rule that is being read, with the signals that it hears."""

    def __init__(self, rule: Rule, signals: Signals, step: float) -> None:
        self.rule, self.facts = rule, Facts(rule)
        self.flowing = Flowing(self.facts, {**signals, **late(rule, signals)}, step)

    def start(self, w0: float) -> Values:
        """Before the first event."""
        rule = self.rule
        values = {"w": w0} | {v.name: self.facts.value(v.start, rule.values) for v in rule.state}
        if rule.conventions.imagined == "pre at 0":
            for variable in rule.state:
                text = variable.changes.get("pre", ("",))[-1]
                if variable.name in self.facts.relaxing and text.startswith("="):
                    values[variable.name] = self.facts.value(text[1:], rule.values)
        return values

    # -- one instant

    def jumped(self, before: Values, past: list[Instant], now: Instant, acting: Sequence[str]) -> Values:
        """The variables after events that act together: all read what was before, each its own as it becomes."""
        read = self._as_read(before, past, now, acting)
        after = {**before, **{name: read[name] for name in self._opened(acting)}}
        after["w"] = self._weight(read, before["w"], acting)
        for variable in self.rule.state:
            for event, texts in variable.changes.items():
                if event in acting and not (event == "post" and variable.name in self._opened(acting)):
                    for text in texts:
                        after[variable.name] = self._changed(variable, event, text, read, after[variable.name])
        return after

    def _as_read(self, before: Values, past: list[Instant], now: Instant, acting: Sequence[str]) -> Values:
        """What is read at an instant: as it was before, plain traces as sums over the spikes that may be seen."""
        read = dict(before)
        for name, event in self.facts.traces.items():
            is_first = self.rule.conventions.coincidence == f"{event} first" and event not in acting
            seen = [*past, now] if is_first and event in now.kinds else past
            read[name] = self._remembered(name, event, [i.time for i in seen if event in i.kinds], now.time)
        for name in self._opened(acting):
            (text,) = self._variable(name).changes["post"]
            read[name] = self.facts.value(text[1:], self.rule.values)
        return read | {name: signal(now.time) for name, signal in self.flowing.signals.items()}

    def _remembered(self, name: str, event: str, times: Sequence[float], now: float) -> float:
        (text,) = self._variable(name).changes[event]
        size, (_, tau) = self.facts.value(text.removeprefix("="), self.rule.values), self.facts.relaxing[name]
        is_imagined = self.rule.conventions.imagined == "pre at 0" and event == "pre" and text.startswith("=")
        every = [0.0, *times] if is_imagined else times
        shares = [size * math.exp(-(now - time) / tau) for time in every]
        return math.fsum(shares[-1:] if text.startswith("=") else shares)

    def _opened(self, acting: Sequence[str]) -> list[str]:
        """The gates that a postsynaptic spike of this instant moves before anything is read."""
        conventions = self.rule.conventions
        if conventions.gates == "as before" or conventions.coincidence != "ignored" or "post" not in acting:
            return []
        return [name for name in self.facts.gates if "post" in self._variable(name).changes]

    def _weight(self, read: Values, w: float, acting: Sequence[str]) -> float:
        """The weight after the changes of these events, in their order."""
        changes: list[tuple[str, str]] = [
            (e, text) for e in self.rule.events if e in acting for text in self._changes(e)
        ]
        is_up_first = self.rule.conventions.order == "potentiation first"
        before = {**read, "w": w}
        changes.sort(key=lambda change: (self._hard(change[0], change[1], before) > 0) != is_up_first)
        for event, text in changes:
            dw = self._hard(event, text, {**read, "w": w})
            w = self._clipped(self.rule.bounds, w + dw * self.facts.room(w, dw), dw)
        return w

    def _changes(self, event: str) -> list[str]:
        """The changes of w at an event, as they are made one after another."""
        texts = self.rule.weight.changes.get(event, ())
        changes = [f"({text[1:]}) - w" if text.startswith("=") else text for text in texts]
        if self.rule.conventions.terms == "together" or self.rule.bounds.is_soft:
            return changes
        trees = [
            parse(c, known=self.facts.known, where=c, error=RuleError, after=self._jumping(event)) for c in changes
        ]
        return [ast.unparse(term) for tree in trees for term in (terms(tree) if "w" not in names(tree) else [tree])]

    def _hard(self, event: str, text: str, read: Values) -> float:
        """A change of w before soft bounds; none where it divides by an empty trace, or takes its logarithm."""
        return self.facts.value(text, read | self._results(event, text, read), self._jumping(event))

    def _changed(self, variable: Variable, event: str, text: str, read: Values, own: float) -> float:
        """A variable of the state after one of its jumps, which reads all others as they were."""
        here = {**read, variable.name: own}
        value = self.facts.value(text.removeprefix("="), here | self._results(event, text, here), self._jumping(event))
        value = value if text.startswith("=") else own + value
        return self._clipped(variable.bounds, value, value - own)

    def _results(self, event: str, text: str, read: Values) -> Values:
        """{"after(x)": x as its own jumps at the event leave it}, of what a text reads so."""
        found = {}
        for other in self.rule.state:
            if f"after({other.name})" in text.replace(" ", ""):
                value = read[other.name]
                for inner in other.changes[event]:
                    value = self._changed(other, event, inner, read, value)
                found[f"after({other.name})"] = value
        return found

    def _clipped(self, bounds: Bounds, value: float, change: float) -> float:
        """At both bounds; or only at the one that the change leads to."""
        is_both = self.rule.conventions.clipping == "both sides"
        if is_both or change < 0:
            value = max(value, bounds.lower)
        return min(value, bounds.upper) if is_both or change > 0 else value

    def _jumping(self, event: str) -> tuple[str, ...]:
        return tuple(v.name for v in self.rule.state if event in v.changes)

    def _variable(self, name: str) -> Variable:
        return next(v for v in self.rule.variables if v.name == name)
