"""A rule as a person asks for it: variants, parameters set anew, another upper bound, conventions; all as one types it.

One place for every command that takes a rule, and for question files.
"""

import math
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from plasticity.errors import ArgumentError, UnitWarning, said, unknown
from plasticity.frozen import FrozenMap
from plasticity.inputs import number
from plasticity.parameters import Parameter, with_parameters
from plasticity.quantities import parsed, written
from plasticity.rules import variants
from plasticity.rules.conventions import read_conventions
from plasticity.rules.record import Rule, with_bounds

VARIANTS: Mapping[str, Callable[[Rule], Rule]] = FrozenMap(
    {
        "nearest": variants.nearest,
        "soft_bounds": variants.soft_bounds,
        "unbounded": variants.unbounded,
        "biological": variants.biological,
        "anti": variants.anti,
        "noiseless": variants.noiseless,
    }
)
SCALED = "scaled"  # the one that takes a number, 'scaled=2'


@dataclass(frozen=True)
class Adaptation:
    """What is asked of a rule beside its name.

    settings    : {parameter: text}, such as {"tau_plus": "15ms"}; without a unit in the one in which it is shown
    variants    : names of VARIANTS, or 'scaled=2', applied in this order
    w_max       : the upper bound of the weight, more than zero; the lower one is zero where the rule has none
    conventions : a preset and single ones, as `read_conventions` reads them
    raises UnknownName for a variant or convention that there is not; ArgumentError for what is named twice, or
    contradicts itself
    """

    settings: Mapping[str, str] = field(default_factory=dict)
    variants: tuple[str, ...] = ()
    w_max: float | None = None
    conventions: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "settings", FrozenMap(self.settings))
        names = [one.partition("=")[0].strip() for one in self.variants]
        for one, name in zip(self.variants, names, strict=True):
            if names.count(name) > 1:
                raise ArgumentError(f"the variant {said(name)} is named {names.count(name)} times; name it once")
            _variant(one)
        if self.w_max is not None:
            object.__setattr__(self, "w_max", number(self.w_max, "w_max", above=0.0))
            for name in (name for name in self.variants if name in ("unbounded", "biological")):
                raise ArgumentError(f"w_max bounds the weight, and the variant {name} takes the bound away; give one")
        if self.conventions is not None:
            read_conventions(self.conventions)

    def of(self, rule: Rule) -> Rule:
        """The rule, so adapted.

        raises as the variants do, for one that makes no sense; UnknownName for a parameter that the rule lacks;
        ArgumentError, ParameterError for a value that is none, or out of its range
        """
        if self.w_max is not None:
            lower = 0.0 if math.isinf(rule.bounds.lower) else rule.bounds.lower
            rule = with_bounds(rule, replace(rule.bounds, lower=lower, upper=self.w_max))
        for name in self.variants:
            rule = _variant(name)(rule)
        for name, text in self.settings.items():  # after the variants, which bring parameters of their own
            rule = with_parameter(rule, name, text)
        if self.conventions is None:
            return rule
        preset, words = read_conventions(self.conventions)
        return variants.with_conventions(rule, preset, **words)

    def told(self, asked: Rule) -> str:
        """What the name of the adapted rule does not say, in words; empty when that is nothing."""
        values = [written(asked.values[name], parameter_of(asked, name).unit) for name in self.settings]
        changes = [f"{name} = {value}" for name, value in zip(self.settings, values, strict=True)]
        changes += [f"w_max = {self.w_max:g}"] if self.w_max is not None else []
        conventions = f"under the conventions {self.conventions}" if self.conventions is not None else ""
        return ", ".join(filter(None, [f"with {', '.join(changes)}" if changes else "", conventions]))


def read_settings(items: tuple[str, ...]) -> dict[str, str]:
    """{parameter: text} of 'tau_plus=15ms' and the like. Raises ArgumentError for what sets nothing, or sets twice."""
    found: dict[str, str] = {}
    for item in items:
        name, equals, text = (part.strip() for part in item.partition("="))
        if not (equals and name and text):
            raise ArgumentError(f"{said(item)} sets nothing; write a parameter and its value, say tau_plus=15ms")
        if name in found:
            raise ArgumentError(f"{said(name)} is set twice; set it once")
        found[name] = text
    return found


def parameter_of(rule: Rule, name: str) -> Parameter:
    """The parameter of a rule. Raises UnknownName, which tells those that it has."""
    known = {parameter.name: parameter for parameter in rule.parameters}
    if name not in known:
        raise unknown(f"parameter of {rule.name}", name, known)
    return known[name]


def with_parameter(rule: Rule, name: str, text: str) -> Rule:
    """The rule with one parameter as typed: '15ms', or a number in the unit in which it is shown."""
    value = parsed(text, parameter_of(rule, name).unit, name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UnitWarning)  # its unit was read with it
        return with_parameters(rule, **{name: value})


def _variant(text: str) -> Callable[[Rule], Rule]:
    """The function from rule to rule of a name, or of 'scaled=2'."""
    name, equals, factor = (part.strip() for part in text.partition("="))
    if name == SCALED and equals:
        value = parsed(factor, "1", "the factor of scaled")
        return lambda rule: variants.scaled(rule, value)
    if name == SCALED:
        raise ArgumentError("the variant scaled needs its factor; write scaled=2")
    if name not in VARIANTS:
        raise unknown("variant of a rule", name, [*VARIANTS, SCALED])
    if equals:
        raise ArgumentError(f"the variant {name} takes no number, and {said(factor)} came; leave it out")
    return VARIANTS[name]
