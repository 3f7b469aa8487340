"""Whether the names in a rule are known, and its units fit: a jump of w is a number, a flow is per second, volts meet
volts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from plasticity.dimensions import NUMBER, require_dimension, root
from plasticity.errors import RuleError, said
from plasticity.expressions import names, parse
from plasticity.faults import Check, is_broken, refuse
from plasticity.quantities import Dimension, dimension_of
from plasticity.rules.parts import LOWER, UPPER, before_mark

if TYPE_CHECKING:
    from plasticity.parameters import Parameter
    from plasticity.rules.record import Rule
    from plasticity.rules.variables import Signal, Variable

_SECOND = dimension_of("s")
_OF_KIND = {"voltage": "mV", "rate": "Hz"}
Units = tuple[tuple[str, str], ...]  # (name, unit)


class Place(NamedTuple):
    """An expression of a rule.

    what   : where it stands, for messages
    wanted : what it must be a number of; None for anything
    after  : the variables of which `after(x)` may occur
    is_start : whether it may read parameters only
    """

    what: str
    text: str
    wanted: Dimension | None
    after: tuple[str, ...] = ()
    is_start: bool = False


def unit_checks(rule: Rule) -> Iterator[Check]:
    """A check for every expression of a rule, and every signal: each raises RuleError, which says the place, for a name
    that is unknown or syntax that is not allowed, and for units that do not fit, with both.

    The weight is a number without unit, and so are the powers of its soft bounds and what is transmitted. A variable
    starts, jumps and scatters in its own unit; it flows in its unit per second, and its noise is in that per root of a
    second.
    """
    yield partial(_check_weight, rule)
    for signal in rule.signals:
        if not is_broken(signal):
            yield partial(_check_signal, rule, signal)
    named: tuple[Parameter | Variable | Signal, ...] = (*rule.parameters, *rule.variables, *rule.signals)
    soft = ((LOWER, "1"), (UPPER, "1")) if rule.bounds.is_soft else ()
    units = (*((item.name, "" if is_broken(item) else item.unit) for item in named), *soft)
    constant = tuple(parameter.name for parameter in rule.parameters)
    for text in _faults(rule.name, units, constant, tuple(_places(rule))):
        yield partial(refuse, RuleError(text))


@lru_cache(maxsize=1024)  # a rule is made anew for every value of a parameter, with the same texts and units
def _faults(name: str, units: Units, constant: tuple[str, ...], places: tuple[Place, ...]) -> tuple[str, ...]:
    """What is wrong with the expressions of a rule.

    units : a unit is empty where it is not known, and then nothing that reads it is looked at
    """
    known = {name: unit for name, unit in units if unit}
    found = []
    for place in places:
        where = f"{name}: {place.what}"
        allowed = constant if place.is_start else tuple(name for name, _ in units)
        try:
            tree = parse(place.text, known=allowed, where=where, error=RuleError, after=place.after)
            if place.wanted is not None and all(before_mark(read) in known for read in names(tree)):
                require_dimension(tree, place.wanted, known, where=where, error=RuleError)
        except RuleError as error:
            found.append(str(error))
    return tuple(found)


def _check_weight(rule: Rule) -> None:
    if not is_broken(rule.weight) and dimension_of(rule.weight.unit) != NUMBER:
        raise RuleError(f"{rule.name}: the unit of w is {said(rule.weight.unit)}; a weight has none: '1' is allowed")


def _check_signal(rule: Rule, signal: Signal) -> None:
    usual = _OF_KIND.get(signal.kind)
    if usual and dimension_of(signal.unit) != dimension_of(usual):
        raise RuleError(
            f"{rule.name}: signal {signal.name} is a {signal.kind} in {said(signal.unit)}; a unit like '{usual}' is "
            "needed"
        )


def _places(rule: Rule) -> Iterator[Place]:
    """Every expression of a rule."""
    for variable in rule.variables:
        yield from _places_of(rule, variable)
    for name in (rule.bounds.soft_lower, rule.bounds.soft_upper):
        if name in rule.values:  # the others are refused with all that may stand there
            yield Place(f"the power {name}", name, NUMBER, is_start=True)
    yield Place("what is transmitted", rule.transmits, NUMBER, _jumping(rule, "pre"))


def _places_of(rule: Rule, variable: Variable) -> Iterator[Place]:
    """Where a variable has expressions."""
    name = variable.name
    own = None if is_broken(variable) else dimension_of(variable.unit)
    if variable.start:
        yield Place(f"the start of {name}", variable.start, own, is_start=True)
    yield Place(f"the flow of {name}", variable.flow, own and own / _SECOND)
    if variable.noise != "0":
        yield Place(f"the noise of {name}", variable.noise, own and own / root(_SECOND))
    for event, text in variable.scatter.items():
        yield Place(f"the scatter of {name} at {event}", text, own)
    for event, texts in variable.changes.items():
        for text in texts:
            change = text.removeprefix("=").strip()
            yield Place(f"the jump of {name} at {event}", change, own, _jumping(rule, event))


def _jumping(rule: Rule, event: str) -> tuple[str, ...]:
    return tuple(variable.name for variable in rule.state if event in variable.jumps)
