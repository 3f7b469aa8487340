"""The record that declares a plasticity rule, once, as data. Engines turn it into numbers.

A rule is a small hybrid system: numbers that flow between events and jump at events. Expressions are text in the names
of parameters, variables and signals; what is derived from them stands in `plasticity.rules.system`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain

from plasticity.displayed import Displayed, brief
from plasticity.errors import RuleError
from plasticity.faults import Check, is_broken, refuse, require
from plasticity.frozen import FrozenMap
from plasticity.inputs import fields, instance, text
from plasticity.parameters import Parameter, ParameterSet, check_sets, values_of
from plasticity.rules.conventions import SPIKES, WEIGHT, Conventions
from plasticity.rules.heard import event_checks
from plasticity.rules.parts import LOWER, UPPER
from plasticity.rules.system import system
from plasticity.rules.units import unit_checks
from plasticity.rules.variables import Bounds, Event, Signal, Variable
from plasticity.sources import check_source


@dataclass(frozen=True)
class Rule(Displayed):
    """A plasticity rule.

    source       : a key of SOURCES, or a reference with its DOI
    weight       : the variable called w
    state        : all other variables
    signals      : what it reads from outside
    events       : what it hears: pre and post spikes, and events by names of its own, such as 'reward'
    delays       : {event: the parameter that is its delay}
    transmits    : what a presynaptic spike delivers, in units of the weight
    weight_unit  : what w = 1 stands for: 'w_max', or 'w0', the weight before
    summary      : what it does, in a line
    purpose      : what it is for: the question that one asks with it
    sets         : what publications give to its parameters, beside the values that it has
    spiking_form : of a rule on rates, the name of a rule on spikes whose mean drift it is; empty when there is none
    raises RuleError when a name is unknown, twice, or reserved, or a number is impossible; inside `faults.gathering`
    everything that is wrong is put aside instead
    """

    name: str
    source: str
    parameters: tuple[Parameter, ...]
    weight: Variable
    state: tuple[Variable, ...] = ()
    signals: tuple[Signal, ...] = ()
    events: tuple[Event, ...] = SPIKES
    delays: Mapping[Event, str] = field(default_factory=dict)
    transmits: str = WEIGHT
    weight_unit: str = "w_max"
    summary: str = ""
    purpose: str = ""
    sets: tuple[ParameterSet, ...] = ()
    spiking_form: str = ""
    conventions: Conventions = Conventions()

    def __post_init__(self) -> None:
        require(self, _stages(self))

    def __hash__(self) -> int:
        """Of what tells most rules apart: a rule is asked for it whenever something derived from it is looked up."""
        return hash((self.name, self.conventions, *(parameter.value for parameter in self.parameters)))

    @property
    def values(self) -> dict[str, float]:
        """The parameters as {name: SI value}."""
        return values_of(self)

    @property
    def bounds(self) -> Bounds:
        """Those of the weight."""
        return self.weight.bounds

    @property
    def variables(self) -> tuple[Variable, ...]:
        """The weight, and the state behind it."""
        return (self.weight, *self.state)

    @property
    def start_weight(self) -> float:
        """The weight that a question starts from when it says none: as the weight says, else 1 in units of itself, or
        the middle, 0.5."""
        return system(self).start_weight

    def delay(self, event: Event) -> float:
        """By how much (s) an event reaches the synapse later."""
        return self.values[self.delays[event]] if event in self.delays else 0.0

    def prompt(self, signal: Signal) -> Signal:
        """The signal of which a late one is the past; of one that is read at once, itself. Raises RuleError."""
        if not signal.delay:
            return signal
        for other in self.signals:
            if (other.of, other.kind, other.unit, other.delay) == (signal.of, signal.kind, signal.unit, ""):
                return other
        raise RuleError(
            f"{self.name}: signal {signal.name} is late, and no signal of its kind and side is read at once"
        )

    def __repr__(self) -> str:
        return brief("rule", self.name, self.summary)

    def __str__(self) -> str:
        return self.name


def with_bounds(rule: Rule, bounds: Bounds) -> Rule:
    """The same rule with other bounds of the weight; a start that lies beyond them is moved to the bound.

    raises RuleError for what is no rule, and no bounds

    >>> from plasticity.rules import RULES, Bounds, with_bounds
    >>> str(with_bounds(RULES["pair_stdp"], Bounds(0.0, 2.0)).bounds)
    '0 <= w <= 2'
    """
    instance(rule, Rule, "the rule", RuleError)
    instance(bounds, Bounds, "the bounds", RuleError)
    start, lies_within = rule.weight.start, bounds.lower <= rule.start_weight <= bounds.upper
    if start and not lies_within:
        start = repr(min(max(rule.start_weight, bounds.lower), bounds.upper))
    return replace(rule, weight=replace(rule.weight, bounds=bounds, start=start))


def _stages(rule: Rule) -> Iterator[Iterable[Check]]:
    """What is looked at when a rule is made, see `plasticity.faults.require`."""
    yield [partial(_take, rule)]
    sets = [partial(check_sets, rule, rule.sets)]
    yield chain(_header_checks(rule), _name_checks(rule), sets, event_checks(rule), unit_checks(rule))
    if not any(is_broken(part) for part in (*rule.parameters, *rule.variables, *rule.signals, rule.bounds)):
        yield system(rule).checks()


def _take(rule: Rule) -> None:
    """Refuse a field of another kind than its annotation."""
    fields(rule, RuleError)
    object.__setattr__(rule, "delays", FrozenMap(rule.delays))


def _header_checks(rule: Rule) -> Iterator[Check]:
    name = f"rule {rule.name}"
    yield partial(text, rule.name, "the name of a rule", is_empty_allowed=False, error=RuleError)
    yield partial(text, rule.summary, f"the summary of {rule.name}", error=RuleError)
    yield partial(text, rule.weight_unit, f"the weight unit of {rule.name}", is_empty_allowed=False, error=RuleError)
    yield partial(check_source, rule.source, name, RuleError)
    if rule.weight.name != WEIGHT:
        told = f"{rule.name}: the weight is called '{rule.weight.name}'; its name must be '{WEIGHT}'"
        yield partial(refuse, RuleError(told))


def _name_checks(rule: Rule) -> Iterator[Check]:
    seen: set[str] = set()
    named: tuple[Parameter | Variable | Signal, ...] = (*rule.parameters, *rule.variables, *rule.signals)
    for item in named:
        is_taken = item.name in (LOWER, UPPER) or (item.name == WEIGHT and item is not rule.weight)
        if item.name in seen or is_taken:
            told = f"{rule.name}: the name '{item.name}' is reserved or used twice; choose another"
            yield partial(refuse, RuleError(told))
        seen.add(item.name)
