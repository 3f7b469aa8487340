"""Whether the events of a rule fit: what jumps, scatters and is delayed at them, and which of its variables may."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from plasticity.errors import RuleError, said
from plasticity.faults import Check, is_broken, refuse
from plasticity.parameters import is_name
from plasticity.quantities import si_unit
from plasticity.rules.instants import check_circle
from plasticity.rules.system import System

if TYPE_CHECKING:
    from plasticity.rules.record import Rule
    from plasticity.rules.variables import Variable


def event_checks(rule: Rule) -> Iterator[Check]:
    """A check for every event of a rule, and everything that happens at one; each raises RuleError."""
    yield from (partial(refuse, RuleError(text)) for text in _texts(rule))
    for signal in rule.signals:
        yield partial(rule.prompt, signal)
    for what, name in _delays(rule).items():
        yield partial(_check_delay, rule, what, name)
    # Circles are found in a rule whose other parts are broken too, so by a system of its own, which is not kept.
    yield from (partial(check_circle, System(rule), event) for event in rule.events)


def _texts(rule: Rule) -> Iterator[str]:
    """What is wrong with the events themselves."""
    for event in dict.fromkeys(rule.events):
        if not is_name(event) or rule.events.count(event) > 1:
            yield f"{rule.name}: the event {said(event)} is no name, or stands there twice; give another"
    for variable in rule.state:
        if variable.bounds.is_soft:
            yield f"{rule.name}: the bounds of {variable.name} are soft; only those of the weight may be"
        if variable.scatter:
            yield f"{rule.name}: {variable.name} scatters; only the weight may, give it the random jumps"
    if rule.weight.scatter and rule.bounds.is_soft:
        yield f"{rule.name}: its random jumps know no soft bounds; write the weight dependence into both"
    known = ", ".join(rule.events) or "none"
    for variable in rule.variables:
        for event in _unheard(rule, variable):
            yield f"{rule.name}: {variable.name} jumps at {said(event)}, which is no event; known: {known}"
    for event in rule.delays:
        if event not in rule.events:
            yield f"{rule.name} delays {said(event)}, which is no event; known: {known}"


def _unheard(rule: Rule, variable: Variable) -> list[str]:
    return [event for event in (*variable.jumps, *variable.scatter) if event not in rule.events]


def _delays(rule: Rule) -> dict[str, str]:
    """{what is late: the parameter that says by how much}."""
    late = {f"signal {signal.name}": signal.delay for signal in rule.signals if signal.delay}
    return {**rule.delays, **late}


def _check_delay(rule: Rule, what: str, name: str) -> None:
    delay = next((parameter for parameter in rule.parameters if parameter.name == name), None)
    if is_broken(delay):
        return
    if delay is None or si_unit(delay.unit) != "s":
        times = [p.name for p in rule.parameters if not is_broken(p) and si_unit(p.unit) == "s"]
        raise RuleError(
            f"{rule.name}: the delay {said(name)} is no parameter with a unit of time; those: "
            f"{', '.join(times) or 'none'}"
        )
    if delay.value < 0:
        raise RuleError(f"{rule.name}: the delay {delay} of {what} is negative; 0 s or more is allowed")
