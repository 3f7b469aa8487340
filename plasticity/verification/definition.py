"""The conventions of the record read aloud, one synapse, one event at a time: what every engine must give.

No arrays, and no recursion where there is a sum: a plain trace is a sum over past spikes, or the last one alone. It
shares with the engines the record and the language of its expressions, and nothing that is derived from them. What
relaxes by itself does so in closed form, found by trying its flow at three values; all other flows are followed in
steps by the classical method of order 4, which is of first order where a threshold is crossed or a bound met.
"""

import ast
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from plasticity.errors import RuleError
from plasticity.expressions import evaluator, names, parse, terms
from plasticity.rules import Bounds, Rule, Variable

Values = dict[str, float]
Signals = Mapping[str, Callable[[float], float]]
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
        values = values if time is None else reading.flowed(values, time, instant.time)
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


def _late(rule: Rule, signals: Signals) -> Signals:
    """The signals that are the past of others."""

    def before(name: str, delay: float) -> Callable[[float], float]:
        return lambda time: signals[name](time - delay)

    late = [signal for signal in rule.signals if signal.delay]
    return {signal.name: before(rule.prompt(signal).name, rule.values[signal.delay]) for signal in late}


class _Reading:
    """A rule that is being read, with the signals that it hears."""

    def __init__(self, rule: Rule, signals: Signals, step: float) -> None:
        self.rule, self.signals, self.step = rule, {**signals, **_late(rule, signals)}, step
        self.known = (*rule.values, *(v.name for v in rule.variables), *(signal.name for signal in rule.signals))
        self.relaxing = {v.name: rest_and_tau for v in rule.state if (rest_and_tau := self._relaxes(v))}
        self.open = [v for v in rule.variables if v.name not in self.relaxing and not self._is_still(v)]
        self.traces = {v.name: event for v in rule.state if (event := self._remembers(v))}
        self.gates = [v.name for v in rule.state if self._is_still(v) and self._is_set_only(v)]

    def start(self, w0: float) -> Values:
        """Before the first event."""
        rule = self.rule
        values = {"w": w0} | {v.name: self.value(v.start, rule.values) for v in rule.state}
        if rule.conventions.imagined == "pre at 0":
            for variable in rule.state:
                text = variable.changes.get("pre", ("",))[-1]
                if variable.name in self.relaxing and text.startswith("="):
                    values[variable.name] = self.value(text[1:], rule.values)
        return values

    def value(self, text: str, values: Mapping[str, float], after: Sequence[str] = ()) -> float:
        """An expression, evaluated."""
        return float(_evaluator(text.strip(), self.known, tuple(after))({**self.rule.values, **values}))

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
        for name, event in self.traces.items():
            is_first = self.rule.conventions.coincidence == f"{event} first" and event not in acting
            seen = [*past, now] if is_first and event in now.kinds else past
            read[name] = self._remembered(name, event, [i.time for i in seen if event in i.kinds], now.time)
        for name in self._opened(acting):
            (text,) = self._variable(name).changes["post"]
            read[name] = self.value(text[1:], self.rule.values)
        return read | {name: signal(now.time) for name, signal in self.signals.items()}

    def _remembered(self, name: str, event: str, times: Sequence[float], now: float) -> float:
        (text,) = self._variable(name).changes[event]
        size, (_, tau) = self.value(text.removeprefix("="), self.rule.values), self.relaxing[name]
        is_imagined = self.rule.conventions.imagined == "pre at 0" and event == "pre" and text.startswith("=")
        every = [0.0, *times] if is_imagined else times
        shares = [size * math.exp(-(now - time) / tau) for time in every]
        return math.fsum(shares[-1:] if text.startswith("=") else shares)

    def _opened(self, acting: Sequence[str]) -> list[str]:
        """The gates that a postsynaptic spike of this instant moves before anything is read."""
        conventions = self.rule.conventions
        if conventions.gates == "as before" or conventions.coincidence != "ignored" or "post" not in acting:
            return []
        return [name for name in self.gates if "post" in self._variable(name).changes]

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
            w = self._clipped(self.rule.bounds, w + dw * self._room(w, dw), dw)
        return w

    def _changes(self, event: str) -> list[str]:
        """The changes of w at an event, as they are made one after another."""
        texts = self.rule.weight.changes.get(event, ())
        changes = [f"({text[1:]}) - w" if text.startswith("=") else text for text in texts]
        if self.rule.conventions.terms == "together" or self.rule.bounds.is_soft:
            return changes
        trees = [parse(c, known=self.known, where=c, error=RuleError, after=self._jumping(event)) for c in changes]
        return [ast.unparse(term) for tree in trees for term in (terms(tree) if "w" not in names(tree) else [tree])]

    def _hard(self, event: str, text: str, read: Values) -> float:
        """A change of w before soft bounds; none where it divides by an empty trace, or takes its logarithm."""
        return self.value(text, read | self._results(event, text, read), self._jumping(event))

    def _room(self, w: float, dw: float) -> float:
        """What soft bounds leave of a change: a power of the way to the bound that it leads to."""
        bounds = self.rule.bounds
        power = bounds.soft_upper if dw > 0 else bounds.soft_lower
        if not power:
            return 1.0
        way = (w - bounds.lower) / (bounds.upper - bounds.lower)
        return float((1 - way if dw > 0 else way) ** self.rule.values[power])

    def _changed(self, variable: Variable, event: str, text: str, read: Values, own: float) -> float:
        """A variable of the state after one of its jumps, which reads all others as they were."""
        here = {**read, variable.name: own}
        value = self.value(text.removeprefix("="), here | self._results(event, text, here), self._jumping(event))
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

    # -- between instants

    def flowed(self, values: Values, time: float, until: float) -> Values:
        """The variables at `until`."""
        n = max(1, math.ceil((until - time) / self.step - 1e-9)) if self.open else 1
        for k in range(n):
            t = time + (until - time) * k / n
            values = self._stepped(values, t, (until - time) / n)
        return values

    def _stepped(self, values: Values, time: float, h: float) -> Values:
        """One step of the classical method, what relaxes in closed form within it."""
        here = lambda part: {**values, **self._relaxed(values, part * h), **self._heard(time + part * h)}  # noqa: E731
        start = {v.name: values[v.name] for v in self.open}
        k1 = self._slopes(here(0.0), start)
        k2 = self._slopes(here(0.5), {name: x + h / 2 * k1[name] for name, x in start.items()})
        k3 = self._slopes(here(0.5), {name: x + h / 2 * k2[name] for name, x in start.items()})
        k4 = self._slopes(here(1.0), {name: x + h * k3[name] for name, x in start.items()})
        after = {**values, **self._relaxed(values, h)}
        for variable in self.open:
            name = variable.name
            moved = start[name] + h / 6 * (k1[name] + 2 * k2[name] + 2 * k3[name] + k4[name])
            after[name] = min(max(moved, variable.bounds.lower), variable.bounds.upper)
        return after

    def _slopes(self, values: Values, moving: Values) -> Values:
        return {v.name: self._flow(v, {**values, **moving}) for v in self.open}

    def _flow(self, variable: Variable, values: Values) -> float:
        """Of a weight with soft bounds, with what these leave of it."""
        slope = self.value(variable.flow, values)
        return slope * self._room(values["w"], slope) if variable.name == "w" else slope

    def _heard(self, time: float) -> Values:
        return {name: signal(time) for name, signal in self.signals.items()}

    def _relaxed(self, values: Values, age: float) -> Values:
        return {
            name: rest + (values[name] - rest) * math.exp(-age / tau) for name, (rest, tau) in self.relaxing.items()
        }

    def _relaxes(self, variable: Variable) -> tuple[float, float] | None:
        """Rest and time constant (s) of a flow that is a straight line in its variable, and reads nothing else."""
        read = names(parse(variable.flow, known=self.known, where=variable.flow, error=RuleError))
        if (
            variable.name not in read
            or read - {variable.name, *self.rule.values}
            or str(variable.bounds) != "unbounded"
        ):
            return None
        at = [self.value(variable.flow, {variable.name: x}) for x in (0.0, 1.0, 3.0)]
        slope = at[1] - at[0]
        is_line = math.isclose(at[2], at[0] + 3 * slope, rel_tol=1e-9) and slope < 0
        return (-at[0] / slope, -1 / slope) if is_line else None

    def _remembers(self, variable: Variable) -> str:
        """The event whose spikes alone a variable remembers, from nothing and towards nothing; empty for none."""
        rest, _ = self.relaxing.get(variable.name, (1.0, 0.0))
        changes = list(variable.changes.items())
        is_one = rest == 0 and len(changes) == 1 and len(changes[0][1]) == 1 and changes[0][0] in ("pre", "post")
        if not is_one or self.value(variable.start, self.rule.values) != 0:
            return ""
        ((event, (text,)),) = changes
        return event if self._is_number(text) else ""

    def _is_number(self, text: str) -> bool:
        tree = parse(text.removeprefix("="), known=self.known, where=text, error=RuleError)
        return names(tree) <= set(self.rule.values)

    def _is_still(self, variable: Variable) -> bool:
        return variable.flow.strip() == "0"

    def _is_set_only(self, variable: Variable) -> bool:
        texts = [text for texts in variable.changes.values() for text in texts]
        return bool(texts) and all(text.startswith("=") and self._is_number(text) for text in texts)


@cache
def _evaluator(text: str, known: tuple[str, ...], after: tuple[str, ...]) -> Callable[[Mapping[str, float]], float]:
    return evaluator(parse(text, known=known, where=text, error=RuleError, after=after))
