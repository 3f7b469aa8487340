"""Whether the units in a rule fit: a jump of w is a number, a flow is per second, volts meet volts."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from plasticity.dimensions import NUMBER, require_dimension, root
from plasticity.errors import RuleError, said
from plasticity.expressions import parse
from plasticity.quantities import Dimension, dimension_of
from plasticity.rules.parts import LOWER, UPPER

if TYPE_CHECKING:
    from plasticity.parameters import Parameter
    from plasticity.rules.record import Rule
    from plasticity.rules.variables import Signal, Variable

_SECOND = dimension_of("s")
_OF_KIND = {"voltage": "mV", "rate": "Hz"}


def check_units(rule: Rule) -> None:
    """Raise RuleError, which names the place and both units, where the units of a rule do not fit; all names are known.

    The weight is a number without unit, and so are the powers of its soft bounds and what is transmitted. A variable
    starts, jumps and scatters in its own unit; it flows in its unit per second, and its noise is in that per root of a
    second.
    """
    if dimension_of(rule.weight.unit) != NUMBER:
        raise RuleError(f"{rule.name}: the unit of w is {said(rule.weight.unit)}; a weight has none: '1' is allowed")
    for signal in rule.signals:
        usual = _OF_KIND.get(signal.kind)
        if usual and dimension_of(signal.unit) != dimension_of(usual):
            raise RuleError(
                f"{rule.name}: signal {signal.name} is a {signal.kind} in {said(signal.unit)}; a unit like "
                f"'{usual}' is needed"
            )
    named: tuple[Parameter | Variable | Signal, ...] = (*rule.parameters, *rule.variables, *rule.signals)
    units = {item.name: item.unit for item in named} | {LOWER: "1", UPPER: "1"}
    places = [place for variable in rule.variables for place in _places(variable)]
    powers = [(f"the power {name}", name, NUMBER) for name in (rule.bounds.soft_lower, rule.bounds.soft_upper) if name]
    placed = (*places, *powers, ("what is transmitted", rule.transmits, NUMBER))
    _require_dimensions(rule.name, tuple(units.items()), placed)


@lru_cache(maxsize=1024)  # a rule is made anew for every value of a parameter, with the same texts and units
def _require_dimensions(
    name: str, named: tuple[tuple[str, str], ...], places: tuple[tuple[str, str, Dimension], ...]
) -> None:
    """named : (name, unit) of each; places : as those of `_places`"""
    units = dict(named)
    for what, text, wanted in places:
        where = f"{name}: {what}"
        tree = parse(text, known=units, where=where, error=RuleError, after=units)
        require_dimension(tree, wanted, units, where=where, error=RuleError)


def _places(variable: Variable) -> list[tuple[str, str, Dimension]]:
    """Where a variable has expressions: the place, the text, and what it must be a number of."""
    own = dimension_of(variable.unit)
    jumps = [
        (f"the jump of {variable.name} at {event}", text.removeprefix("=").strip(), own)
        for event, texts in variable.changes.items()
        for text in texts
    ]
    noise = [(f"the noise of {variable.name}", variable.noise, own / root(_SECOND))] if variable.noise != "0" else []
    return [
        (f"the start of {variable.name}", variable.start or "0", own),
        (f"the flow of {variable.name}", variable.flow, own / _SECOND),
        *noise,
        *((f"the scatter of {variable.name} at {event}", text, own) for event, text in variable.scatter.items()),
        *jumps,
    ]
