"""What happens between events, printed: variables that relax, and a weight that flows in closed form."""

import ast
import math
from collections.abc import Iterator, Mapping
from typing import Any

from plasticity.expressions import names
from plasticity.javascript.expressions import local, printed, written_number
from plasticity.javascript.shares import traced_values
from plasticity.javascript.traced import Traced, tree_of
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.integrals import Integral, Sum, integral
from plasticity.rules.parts import Decay
from plasticity.rules.polynomials import polynomial
from plasticity.rules.system import System

_APART = 1e-3  # by which numbers that happen to be equal are told apart while a closed form is found


class FlowText:
    """The lines of a rule between its events."""

    def __init__(self, found: System) -> None:
        self.found = found
        self.moving = {name: decay for name, decay in found.relaxing.items() if math.isfinite(decay.tau)}
        self.decays = {name: _relaxation(found, name, traced_values(found)) for name in self.moving}
        self.places = {variable.name: place for place, variable in enumerate(found.rule.variables)}

    def constants(self) -> Iterator[tuple[str, str]]:
        """(name, text) of the numbers that the lines read: rates, -1/tau, and rests."""
        for name, decay in self.decays.items():
            rate = printed(tree_of(-1.0 / decay.tau))
            yield f"{local(name)}$rate", f'$kit.inside("the rate", {rate}, -Number.MAX_VALUE, -Number.MIN_VALUE)'
            if decay.rest:
                yield f"{local(name)}$rest", self._rest(name, printed(tree_of(decay.rest)))
        if (flow := self._integral()) is not None:
            yield "$flow", self._flow(flow)

    def _rest(self, name: str, text: str) -> str:
        """Where a variable relaxes to, within its bounds: what comes to a bound on its way has no closed form."""
        bounds = self.found.rule.variables[self.places[name]].bounds
        ends = [written_number(bounds.lower), written_number(bounds.upper)]
        is_free = math.isinf(bounds.lower) and math.isinf(bounds.upper)
        return text if is_free else f'$kit.inside("the rest of {name}", {text}, {", ".join(ends)})'

    def advanced(self) -> list[str]:
        """The lines that let `$age` seconds pass."""
        lines = []
        if self._integral() is not None:
            away = ", ".join(self._distance(name) for name in self._away())
            lines.append(f"$s[0] = $flow($s[0], [{away}], $age);")
        for name, decay in self.decays.items():
            x, rest, factor = f"$s[{self.places[name]}]", f"{local(name)}$rest", f"Math.exp($age*{local(name)}$rate)"
            lines.append(f"{x} = {rest} + ({x} - {rest})*{factor};" if decay.rest else f"{x} *= {factor};")
        return lines

    def _integral(self) -> Integral | None:
        """The closed form of the flow of w, in numbers that know their names."""
        if self.found.integral is None:
            return None
        if not hasattr(self, "_kept"):
            values = _apart(self.found)
            still = {name: decay for name, decay in self.found.relaxing.items() if name not in self.moving}
            decays = still | {name: _relaxation(self.found, name, values) for name in self.moving}
            bounds = (self.found.rule.bounds.lower, self.found.rule.bounds.upper)
            self._kept = integral(self.found.flows[WEIGHT], values, decays, bounds)
        return self._kept

    def _away(self) -> list[str]:
        """The variables whose distances from their rests move w."""
        flow = self._integral()
        assert flow
        sums = [flow.drive, flow.slope, *flow.thresholds.values()]
        return sorted({name for terms in sums for term in terms for name in term.distances})

    def _distance(self, name: str) -> str:
        x = f"$s[{self.places[name]}]"
        return f"{x} - {local(name)}$rest" if name in self.decays and self.decays[name].rest else x

    def _flow(self, flow: Integral) -> str:
        switches = list(flow.thresholds)
        thresholds = ", ".join(self._sum(terms, switches) for terms in flow.thresholds.values())
        aim = printed(tree_of(flow.aim or 0.0))
        sums = f"drive: {self._sum(flow.drive, switches)}, slope: {self._sum(flow.slope, switches)}"
        return f"plasticity.flowing($kit, {{ thresholds: [{thresholds}], {sums}, aim: {aim} }})"

    def _sum(self, terms: Sum, switches: list[str]) -> str:
        away = self._away()
        found = []
        for term in terms:
            places = [[away.index(name) for name in term.distances], [switches.index(name) for name in term.switches]]
            found.append(f"[{printed(tree_of(term.factor))}, {printed(tree_of(term.rate))}, {places[0]}, {places[1]}]")
        return f"[{', '.join(found)}]"


def _relaxation(found: System, name: str, values: Mapping[str, Any]) -> Decay:
    terms = polynomial(found.flows_of_state[name], values, [name])
    rate = -terms[(name,)]
    return Decay(terms.get((), 0.0) / rate if () in terms else 0.0, 1.0 / rate)


def _apart(found: System) -> dict[str, Any]:
    """The numbers of a rule, moved so that none equals another by chance, and none is zero: a closed form that merges
    or leaves out terms would hold for them alone. Powers stay, for they say which terms there are."""
    powers = {
        name
        for tree in found.flows.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow)
        for name in names(node.right)
    }
    moved = dict(traced_values(found))
    for place, parameter in enumerate(found.rule.parameters, start=1):
        if parameter.name not in powers:
            value = parameter.value * (1 + _APART * math.sqrt(place)) or _APART * math.sqrt(place)
            moved[parameter.name] = Traced(value, ast.Name(parameter.name))
    return moved
