"""What a rule is recognised by: the coefficients of its changes at a few weights, and how each of its traces hears."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import UnsupportedRule
from plasticity.rules import Rule
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.polynomials import NoPolynomial, added, polynomial
from plasticity.rules.system import System

UNBOUNDED_W_MAX = 2.0**20  # in place of none: of a power of two a part is exact
_AT = np.array([0.2, 0.45, 0.7, 0.95])  # weights at which coefficients are looked at, parts of the way to the bound
ALIKE = 1e-12  # of two numbers that are the same but for their rounding
Coefficients = dict[str, dict[tuple[str, ...], Floats]]  # {event: {traces multiplied: at each weight}}


@dataclass(frozen=True)
class Form:
    """The coefficients of a rule at the weights `w`, and of each side how its trace hears: 'all', 'last', 'reset'."""

    found: System
    w: Floats
    coefficients: Coefficients
    kinds: Mapping[str, str]

    def of(self, event: str, *traces: str) -> Floats:
        """A coefficient at every weight; 0 where there is none."""
        found = self.coefficients[event].get(tuple(sorted(traces)), np.zeros(self.w.size))
        return np.broadcast_to(found, self.w.shape)

    def ms(self, trace: str) -> float:
        """The time constant of a trace, milliseconds."""
        return self.found.decays[trace].tau * 1e3

    @property
    def w_max(self) -> float:
        upper = self.found.rule.bounds.upper
        return float(upper) if np.isfinite(upper) else UNBOUNDED_W_MAX

    def has_only(self, event: str, *monomials: tuple[str, ...]) -> bool:
        """Whether no other products of traces change w at the event."""
        allowed = {tuple(sorted(one)) for one in monomials}
        return all(powers in allowed or not np.any(value) for powers, value in self.coefficients[event].items())


def form_of(found: System) -> Form:
    """What a rule looks like. Raises UnsupportedRule where a change is no polynomial in traces."""
    upper = found.rule.bounds.upper
    w = _AT * (upper if np.isfinite(upper) else 2.0 * found.start_weight)
    read = {name for jump in found.jumps[WEIGHT] for name in jump.reads}
    names = [variable.name for variable in found.rule.state if variable.name in read]  # others do nothing to w
    values: dict[str, Any] = {**found.values, WEIGHT: w}
    coefficients: Coefficients = {"pre": {}, "post": {}}
    try:
        for jump in found.jumps[WEIGHT]:
            terms = polynomial(jump.tree, values, names)
            coefficients[jump.event] = added(coefficients[jump.event], terms) if coefficients[jump.event] else terms
    except NoPolynomial:
        raise refusal(found.rule, "a change of w is no polynomial in traces, as all of NEST's are") from None
    return Form(found, w, coefficients, {name: _kind(found, name) for name in names})


def _kind(found: System, name: str) -> str:
    """'pre all', 'post last', ...: whose spikes a variable remembers and how, each as 1; 'gate'; else nothing."""
    jumps = {jump.event: jump for jump in found.jumps[name]}
    if name in found.traces and found.amplitude(name) == 1:
        trace = found.traces[name]
        return f"{trace.event} {'last' if trace.is_set else 'all'}"
    if (
        len(found.jumps[name]) != 2
        or set(jumps) != {"pre", "post"}
        or any(j.reads - set(found.values) for j in jumps.values())
    ):
        return ""
    values = {event: polynomial(jump.tree, found.values, []).get((), None) for event, jump in jumps.items()}
    set_to = {event: values[event] for event, jump in jumps.items() if jump.is_set}
    if name in found.decays:
        for own, other in (("pre", "post"), ("post", "pre")):
            if set_to.get(other) == 0 and values[own] == 1:
                return f"{own} {'reset last' if own in set_to else 'reset all'}"
        return ""
    return "gate" if set_to == {"pre": 0, "post": 1} and name not in found.flows else ""


def only(form: Form, *kinds: str) -> list[str] | None:
    """The variables of these kinds, in their order, if the rule has them and no others."""
    names = [next((name for name, own in form.kinds.items() if own == kind), "") for kind in kinds]
    return names if all(names) and len(form.kinds) == len(names) else None


def refusal(rule: Rule, reason: str) -> UnsupportedRule:
    """The error that says why NEST cannot express a rule."""
    return UnsupportedRule(f"{rule}: {reason}")
