"""The records that declare a plasticity rule, once, as data. Engines turn them into numbers.

A rule is a small hybrid system: numbers that flow between events and jump at events. Expressions are text in the names
of parameters, variables and signals; what is derived from them stands in `plasticity.rules.system`.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from plasticity.errors import RuleError, said
from plasticity.frozen import FrozenMap
from plasticity.inputs import fields, instance, number, text
from plasticity.parameters import Parameter, ParameterSet, check_sets, is_name, values_of
from plasticity.quantities import check_unit, si_unit
from plasticity.rules.conventions import HUGE, SPIKES, WEIGHT, Conventions
from plasticity.rules.parts import LOWER, UPPER
from plasticity.rules.system import system
from plasticity.sources import check_source

Event = str
Side = Literal["pre", "post"]


@dataclass(frozen=True)
class Bounds:
    """Where a variable is clipped after each change: `lower` and `upper`, infinite when there is no bound.

    soft_lower, soft_upper : of the weight, names of parameters; a change towards this bound is multiplied by that power
                             of the part of the way that is left. Empty for a hard bound
    """

    lower: float = -math.inf
    upper: float = math.inf
    soft_lower: str = ""
    soft_upper: str = ""

    def __post_init__(self) -> None:
        for name in ("lower", "upper"):
            value = getattr(self, name)
            if not (isinstance(value, float) and math.isinf(value)):
                object.__setattr__(self, name, number(value, f"the {name} bound", error=RuleError))
        if not self.lower < self.upper:
            raise RuleError(f"bounds from {self.lower} to {self.upper}: the lower must be less than the upper")
        for name in ("soft_lower", "soft_upper"):
            text(getattr(self, name), name, error=RuleError)
        if self.is_soft and not (math.isfinite(self.lower) and math.isfinite(self.upper)):
            raise RuleError(f"soft bounds from {self.lower} to {self.upper}: both ends must be finite")

    @property
    def is_soft(self) -> bool:
        """Whether a change gets smaller towards one of them."""
        return bool(self.soft_lower or self.soft_upper)

    def __str__(self) -> str:
        if self == UNBOUNDED:
            return "unbounded"
        lower = f"{self.lower:g} <= w" if self.lower > -math.inf else "w"
        return lower + (f" <= {self.upper:g}" if self.upper < math.inf else "")


UNBOUNDED = Bounds()
BIOLOGICAL = Bounds(0.0, 1.0)


@dataclass(frozen=True)
class Variable:
    """A number of a synapse that flows between events and jumps at them: the weight `w`, a trace, a concentration.

    jumps  : {event: what it adds}, say {"post": "A_plus*r_pre"}; a text that begins with "=" says what it becomes,
             "= 1". A tuple of texts is done one after another, the bounds after each; of the weight in the order of the
             conventions, what raises it first. `after(x)` in a jump is x as its own jump of the same event leaves it
    flow   : its change per second
    start  : its value before the first event; of the weight, empty means the usual start
    noise  : what multiplies white noise of unit intensity, per square root of a second
    scatter: of the weight, {event: the standard deviation of a normal random number that it adds}, a change of its own
             after all others of the instant
    bounds : where it is clipped
    unit   : the one in which it is shown
    """

    name: str
    jumps: Mapping[Event, str | tuple[str, ...]] = field(default_factory=dict)
    flow: str = "0"
    start: str = "0"
    noise: str = "0"
    scatter: Mapping[Event, str] = field(default_factory=dict)
    bounds: Bounds = UNBOUNDED
    unit: str = "1"

    def __post_init__(self) -> None:
        fields(self, RuleError)
        if not is_name(self.name):
            raise RuleError(
                f"the name {said(self.name)} is impossible or reserved for a variable; ASCII letters, digits and inner "
                "_ are allowed"
            )
        check_unit(self.unit, f"the unit of {self.name}", RuleError)
        if not all(isinstance(event, str) for event in self.jumps):
            raise RuleError(f"the jumps of {self.name} are at {said(list(self.jumps))}; names of events are allowed")
        jumps = {event: _texts(change, f"the jump of {self.name} at {event}") for event, change in self.jumps.items()}
        object.__setattr__(self, "jumps", FrozenMap(jumps))
        for event, deviation in self.scatter.items():
            text(deviation, f"the scatter of {self.name} at {said(event)}", error=RuleError)
        object.__setattr__(self, "scatter", FrozenMap(self.scatter))

    @property
    def changes(self) -> dict[Event, tuple[str, ...]]:
        """The jumps, each event with a tuple of texts."""
        return {event: (texts,) if isinstance(texts, str) else texts for event, texts in self.jumps.items()}

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Signal:
    """What a rule reads but does not compute: the voltage of a neuron, a firing rate, a level that the world sets.

    is_residual : of the presynaptic rate, only what the neurons before this one in its layer do not account for
    delay       : the parameter by which it is late: it is the same as the signal of this kind and side that is not,
                  so much earlier, and is not given by itself. Empty for what is read at once
    """

    name: str
    of: Literal["pre", "post", "world"]
    kind: Literal["voltage", "rate", "level"]
    unit: str = "1"
    is_residual: bool = False
    delay: str = ""

    def __post_init__(self) -> None:
        fields(self, RuleError)
        if self.is_residual and (self.of, self.kind) != ("pre", "rate"):
            raise RuleError(f"signal {said(self.name)} is a residual; only a presynaptic rate can be one")
        check_unit(self.unit, f"the unit of signal {self.name}", RuleError)
        if not is_name(self.name):
            raise RuleError(f"the name {said(self.name)} is impossible or reserved for a signal; give another word")


RATES = (Signal("rate_pre", "pre", "rate", "Hz"), Signal("rate_post", "post", "rate", "Hz"))


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


def weight(
    jumps: Mapping[Event, str | tuple[str, ...]],
    *,
    flow: str = "0",
    noise: str = "0",
    scatter: Mapping[Event, str] | None = None,
    bounds: Bounds = BIOLOGICAL,
) -> Variable:
    """The weight of a rule: what changes it, between bounds. Arguments as those of `Variable`."""
    return Variable(WEIGHT, jumps, flow=flow, start="", noise=noise, scatter=scatter or {}, bounds=bounds)


def trace(name: str, event: Event, time_constant: str) -> Variable:
    """A memory of past events, which decays exponentially: each adds one (all-to-all).

    time_constant : the name of a parameter
    """
    _check_words(name, event, time_constant)
    return Variable(name, {event: "1"}, flow=f"-{name}/{time_constant}")


def nearest_trace(name: str, event: Event, time_constant: str, *, reset_by: Event = "") -> Variable:
    """A memory of the last event alone: each sets it to one.

    reset_by : an event that sets it to zero; then only events that follow each other immediately pair, as in the
               reduced symmetric scheme (`morrison2008`, Fig. 7). When both come in one instant, it is one afterwards
    """
    _check_words(name, event, time_constant, reset_by)
    if reset_by == event:
        raise RuleError(f"the trace {name} is set and reset by '{event}'; another event resets it")
    resets = {reset_by: "= 0"} if reset_by else {}
    return Variable(name, {**resets, event: "= 1"}, flow=f"-{name}/{time_constant}")


def low_pass(name: str, signal: str, time_constant: str, *, start: str = "0", unit: str = "1") -> Variable:
    """A signal, smoothed with a time constant.

    signal : the name of a signal or variable; start : its value at first
    """
    _check_words(name, signal, time_constant)
    return Variable(name, flow=f"({signal} - {name})/{time_constant}", start=start, unit=unit)


def _check_words(*words: Any) -> None:
    for word in words:
        text(word, "a name in a variable", error=RuleError)


def _texts(change: Any, what: str) -> tuple[str, ...]:
    texts = (change,) if isinstance(change, str) else change
    if not isinstance(texts, tuple | list) or not texts or not all(isinstance(item, str) for item in texts):
        raise RuleError(f"{what} is {said(change)}; an expression, or a tuple of some, is allowed")
    return tuple(f"= {item.strip()[1:].strip()}" if item.strip().startswith("=") else item.strip() for item in texts)


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


__all__ = [
    "BIOLOGICAL",
    "HUGE",
    "RATES",
    "SPIKES",
    "UNBOUNDED",
    "WEIGHT",
    "Bounds",
    "Event",
    "Rule",
    "Side",
    "Signal",
    "Variable",
    "low_pass",
    "nearest_trace",
    "trace",
    "weight",
    "with_bounds",
]
