"""What flows between events: in closed form where there is one, else step by step."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.events.dormand_prince import Bits, followed
from plasticity.events.jumping import Values
from plasticity.events.weighing import Moving
from plasticity.expressions import evaluator
from plasticity.quantities import FACTORS
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.limits import require_numbers
from plasticity.rules.signals import Signals
from plasticity.rules.switches import switched
from plasticity.rules.system import System


class Flow:
    """The flows of a rule."""

    def __init__(self, found: System, signals: Signals) -> None:
        self.found, self.signals = found, signals
        self.weight = Moving(found.integral, found.rule.bounds) if found.integral else None
        self.open = [
            name for name in found.flows if name not in found.relaxing and not (name == WEIGHT and self.weight)
        ]

    def advanced(self, values: Values, times: Floats, until: Floats) -> Values:
        """The variables at `until`, from those at `times`; seconds, (n_synapses,)."""
        age = np.where(np.isnan(times), 0.0, until - times)
        if not age.any():
            return values
        after = {**values, **relaxed(self.found, values, age)}
        if self.weight:
            after[WEIGHT] = self.weight.advanced(values[WEIGHT], distances(self.found, values), age)
        if self.open:
            after |= self._followed(values, times, until)
        for name in (WEIGHT, *self.open):
            require_numbers(self.found.rule, name, after[name], until)
        return after

    def _followed(self, values: Values, times: Floats, until: Floats) -> Values:
        """Those without a closed form, from sample to sample of the signals."""
        equations = _Equations(self, values, times)
        y, stops = np.stack([values[name] for name in self.open]), np.append(self.signals.stops, np.inf)
        while (times < until).any():
            stop = np.minimum(until, stops[np.searchsorted(stops[:-1], times, side="right")])
            y, times = followed(equations, y, times, stop), stop
        return dict(zip(self.open, y, strict=True))


def distances(found: System, values: Values) -> Values:
    """How far each variable that relaxes is from its rest; and the weight, for their shape."""
    return {WEIGHT: values[WEIGHT], **{name: values[name] - decay.rest for name, decay in found.relaxing.items()}}


def relaxed(found: System, values: Values, age: Floats) -> Values:
    """The variables that relax by themselves, `age` seconds later; the same number where that is none."""
    after = {}
    for name, decay in found.relaxing.items():
        if np.isfinite(decay.tau):
            away = (values[name] - decay.rest) * np.exp(age / -decay.tau)
            after[name] = np.where(age > 0, decay.rest + away, values[name])
    return after


class _Equations:
    """The flows without closed form, from a start on."""

    def __init__(self, flow: Flow, values: Values, start: Floats) -> None:
        found = flow.found
        self.signals, self.names, self.start = flow.signals, flow.open, start
        self.known = {**found.values, **values}
        moving = {*found.relaxing, *found.flows, *(signal.name for signal in found.rule.signals)}
        trees, self.switches = [], dict[str, Callable[[Mapping[str, Any]], Any]]()
        for name in flow.open:
            tree, switches = switched(found.flows[name], moving)
            trees.append(evaluator(tree))
            self.switches |= {key: evaluator(argument) for key, argument in switches.items()}
        self.trees = trees
        self.relaxing = [
            (name, decay.rest, values[name] - decay.rest, -decay.tau)
            for name, decay in found.relaxing.items()
            if np.isfinite(decay.tau)
        ]
        variables = {variable.name: variable for variable in found.rule.variables}
        bounds = [variables[name].bounds for name in flow.open]
        self.lower = np.array([bound.lower for bound in bounds])[:, None]
        self.upper = np.array([bound.upper for bound in bounds])[:, None]
        self.scales = np.array([FACTORS[variables[name].unit] for name in flow.open])[:, None]

    def slopes(self, t: Floats, y: Floats, switches: Bits) -> Floats:
        """No slope leads out of the bounds."""
        read = self._read(t, y)
        read |= {name: on * 1.0 for name, on in zip(self.switches, switches, strict=True)}
        found = np.empty((len(self.trees), t.size))
        for place, tree in enumerate(self.trees):
            found[place] = tree(read)
        return np.where(((y >= self.upper) & (found > 0)) | ((y <= self.lower) & (found < 0)), 0.0, found)

    def heights(self, t: Floats, y: Floats, switches: Bits | None) -> Floats:
        """What a switch hangs on may have switches in it, which come before it."""
        read, found = self._read(t, y), np.empty((len(self.switches), t.size))
        for place, (name, height) in enumerate(self.switches.items()):
            found[place] = height(read)
            read[name] = (found[place] > 0 if switches is None else switches[place]) * 1.0
        return found

    def clipped(self, y: Floats) -> Floats:
        """Within the bounds."""
        return np.minimum(np.maximum(y, self.lower), self.upper)

    def _read(self, t: Floats, y: Floats) -> Values:
        read = {**self.known, **self.signals.at(t), **dict(zip(self.names, y, strict=True))}
        for name, rest, distance, tau in self.relaxing:
            read[name] = rest + distance * np.exp((t - self.start) / tau)
        return read
