"""The record that declares a plasticity rule, once, as data. Engines turn it into numbers.

A rule is a small hybrid system: numbers that flow between events and jump at events. Expressions are text in the names
of parameters, variables and signals; what is derived from them stands in `plasticity.rules.system`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from plasticity.errors import RuleError, said
from plasticity.frozen import FrozenMap
from plasticity.inputs import fields, instance, text
from plasticity.parameters import Parameter, ParameterSet, check_sets, is_name, values_of
from plasticity.quantities import si_unit
from plasticity.rules.conventions import SPIKES, WEIGHT, Conventions
from plasticity.rules.parts import LOWER, UPPER
from plasticity.rules.system import system
from plasticity.rules.variables import Bounds, Event, Signal, Variable
from plasticity.sources import check_source


@dataclass(frozen=True)
class Rule:
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
    raises RuleError when a name is unknown, twice, or reserved, or a number is impossible
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
        fields(self, RuleError)
        object.__setattr__(self, "delays", FrozenMap(self.delays))
        _check_header(self)
        _check_names(self)
        check_sets(self, self.sets)
        _check_events(self)
        system(self).check()

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

    def __str__(self) -> str:
        return self.name


def with_bounds(rule: Rule, bounds: Bounds) -> Rule:
    """The same rule with other bounds of the weight; a start that lies beyond them is moved to the bound.

    raises RuleError for what is no rule, and no bounds
    """
    instance(rule, Rule, "the rule", RuleError)
    instance(bounds, Bounds, "the bounds", RuleError)
    start, lies_within = rule.weight.start, bounds.lower <= rule.start_weight <= bounds.upper
    if start and not lies_within:
        start = repr(min(max(rule.start_weight, bounds.lower), bounds.upper))
    return replace(rule, weight=replace(rule.weight, bounds=bounds, start=start))


def _check_header(rule: Rule) -> None:
    name = text(rule.name, "the name of a rule", is_empty_allowed=False, error=RuleError)
    text(rule.summary, f"the summary of {name}", error=RuleError)
    text(rule.weight_unit, f"the weight unit of {name}", is_empty_allowed=False, error=RuleError)
    check_source(rule.source, f"rule {name}", RuleError)
    if rule.weight.name != WEIGHT:
        raise RuleError(f"{name}: the weight is called '{rule.weight.name}'; its name must be '{WEIGHT}'")


def _check_names(rule: Rule) -> None:
    seen: set[str] = set()
    named: tuple[Parameter | Variable | Signal, ...] = (*rule.parameters, *rule.variables, *rule.signals)
    for item in named:
        is_taken = item.name in (LOWER, UPPER) or (item.name == WEIGHT and item is not rule.weight)
        if item.name in seen or is_taken:
            raise RuleError(f"{rule.name}: the name '{item.name}' is reserved or used twice; choose another")
        seen.add(item.name)


def _check_events(rule: Rule) -> None:
    for event in rule.events:
        if not is_name(event) or rule.events.count(event) > 1:
            raise RuleError(f"{rule.name}: the event {said(event)} is no name, or stands there twice; give another")
    known = ", ".join(rule.events) or "none"
    for variable in rule.state:
        if variable.bounds.is_soft:
            raise RuleError(f"{rule.name}: the bounds of {variable.name} are soft; only those of the weight may be")
        if variable.scatter:
            raise RuleError(f"{rule.name}: {variable.name} scatters; only the weight may, give it the random jumps")
    if rule.weight.scatter and rule.bounds.is_soft:
        raise RuleError(f"{rule.name}: its random jumps know no soft bounds; write the weight dependence into both")
    for variable in rule.variables:
        for event in (*variable.jumps, *variable.scatter):
            if event not in rule.events:
                what = f"{rule.name}: {variable.name} jumps at {said(event)}"
                raise RuleError(f"{what}, which is no event; known: {known}")
    for event in rule.delays:
        if event not in rule.events:
            raise RuleError(f"{rule.name} delays {said(event)}, which is no event; known: {known}")
    late = {f"signal {signal.name}": signal.delay for signal in rule.signals if rule.prompt(signal) is not signal}
    for what, name in {**rule.delays, **late}.items():
        delay = next((parameter for parameter in rule.parameters if parameter.name == name), None)
        if delay is None or si_unit(delay.unit) != "s":
            times = [parameter.name for parameter in rule.parameters if si_unit(parameter.unit) == "s"]
            raise RuleError(
                f"{rule.name}: the delay {said(name)} is no parameter with a unit of time; those: "
                f"{', '.join(times) or 'none'}"
            )
        if delay.value < 0:
            raise RuleError(f"{rule.name}: the delay {delay} of {what} is negative; 0 s or more is allowed")
