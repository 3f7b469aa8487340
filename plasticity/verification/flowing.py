"""What flows between events, by the definition: in closed form where a variable relaxes by itself, else in steps."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from plasticity.rules import Rule, Variable
from plasticity.verification.facts import Facts, Values

Signals = Mapping[str, Callable[[float], float]]


@dataclass(frozen=True)
class Flowing:
    """The flows of a rule; signals : {signal: function of seconds}, step : seconds, the longest."""

    facts: Facts
    signals: Signals
    step: float

    def flowed(self, values: Values, time: float, until: float) -> Values:
        """The variables at `until`."""
        n = max(1, math.ceil((until - time) / self.step - 1e-9)) if self.facts.open else 1
        for k in range(n):
            t = time + (until - time) * k / n
            values = self._stepped(values, t, (until - time) / n)
        return values

    def _stepped(self, values: Values, time: float, h: float) -> Values:
        """One step of the classical method, what relaxes in closed form within it."""
        here = lambda part: {**values, **self._relaxed(values, part * h), **self.heard(time + part * h)}  # noqa: E731
        start = {v.name: values[v.name] for v in self.facts.open}
        k1 = self._slopes(here(0.0), start)
        k2 = self._slopes(here(0.5), {name: x + h / 2 * k1[name] for name, x in start.items()})
        k3 = self._slopes(here(0.5), {name: x + h / 2 * k2[name] for name, x in start.items()})
        k4 = self._slopes(here(1.0), {name: x + h * k3[name] for name, x in start.items()})
        after = {**values, **self._relaxed(values, h)}
        for variable in self.facts.open:
            name = variable.name
            moved = start[name] + h / 6 * (k1[name] + 2 * k2[name] + 2 * k3[name] + k4[name])
            after[name] = min(max(moved, variable.bounds.lower), variable.bounds.upper)
        return after

    def _slopes(self, values: Values, moving: Values) -> Values:
        return {v.name: self._flow(v, {**values, **moving}) for v in self.facts.open}

    def _flow(self, variable: Variable, values: Values) -> float:
        """Of a weight with soft bounds, with what these leave of it."""
        slope = self.facts.value(variable.flow, values)
        return slope * self.facts.room(values["w"], slope) if variable.name == "w" else slope

    def heard(self, time: float) -> Values:
        return {name: signal(time) for name, signal in self.signals.items()}

    def _relaxed(self, values: Values, age: float) -> Values:
        return {
            name: rest + (values[name] - rest) * math.exp(-age / tau)
            for name, (rest, tau) in self.facts.relaxing.items()
        }


def late(rule: Rule, signals: Signals) -> Signals:
    """The signals that are the past of others."""

    def before(name: str, delay: float) -> Callable[[float], float]:
        return lambda time: signals[name](time - delay)

    late = [signal for signal in rule.signals if signal.delay]
    return {signal.name: before(rule.prompt(signal).name, rule.values[signal.delay]) for signal in late}
