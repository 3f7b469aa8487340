"""The records that declare a plasticity rule, once, as data. Readers turn them into numbers.

Conventions, the same in every reader, because numbers depend on them:

1. A change `dw` reads the traces as they were just before its own spike.
2. A coincident pair (pre and post in one instant) is ignored unless the record says `counted`. Ignored: both
   changes are read before any trace is raised. Counted: the presynaptic spike acts in full, trace included,
   an instant before the postsynaptic one. Where changes of both signs meet in one instant, facilitation is
   applied before depression: the record says which side facilitates (`first`).
3. Bounds clip on both sides after each jump.
4. delta_t = t_post - t_pre. Delays are zero unless the record says otherwise: a dendritic delay shifts the
   postsynaptic train at the synapse, an axonal one the presynaptic train.
5. The transmitted weight is the one before the spike's own update, unless the record says so.
6. A train with two spikes in one instant is refused.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from plasticity.errors import RuleError, UnsupportedRule, said
from plasticity.expressions import is_reserved, parse
from plasticity.inputs import fields, instance, number, text
from plasticity.parameters import Parameter
from plasticity.sources import check_source

Train = Literal["pre", "post"]
# A weight, or a change of one, of this size or more counts as infinite, in every engine: beyond it sums overflow.
HUGE = 1e300


@dataclass(frozen=True)
class Trace:
    """A memory of past spikes, decaying exponentially.

    train         : the spike train that drives it
    time_constant : the name of the parameter that is its time constant
    interaction   : a spike adds one (all-to-all), or sets the trace to one (nearest: only the last spike counts)
    """

    name: str
    train: Train
    time_constant: str
    interaction: Literal["all-to-all", "nearest"] = "all-to-all"

    def __post_init__(self) -> None:
        fields(self, RuleError)


@dataclass(frozen=True)
class Bounds:
    """Where the weight is clipped after each jump: `lower` and `upper`, infinite when there is no bound."""

    lower: float = -math.inf
    upper: float = math.inf

    def __post_init__(self) -> None:
        for name in ("lower", "upper"):
            value = getattr(self, name)
            if not (isinstance(value, float) and math.isinf(value)):
                object.__setattr__(self, name, number(value, f"the {name} bound", error=RuleError))
        if not self.lower < self.upper:
            raise RuleError(f"bounds from {self.lower} to {self.upper}: the lower must be less than the upper")

    def __str__(self) -> str:
        if self == UNBOUNDED:
            return "unbounded"
        return f"{self.lower:g} <= w" + (f" <= {self.upper:g}" if self.upper < math.inf else "")


UNBOUNDED = Bounds()
BIOLOGICAL = Bounds(0.0, 1.0)


@dataclass(frozen=True)
class Rule:
    """A rule that reads spikes.

    source         : a key of SOURCES, or a reference with its DOI
    dw_pre, dw_post: the change of w at a pre or post spike, an expression in traces, parameters and w
    weight_unit    : what w = 1 stands for: 'w_max', or 'w0', the weight before
    coincidence    : whether a coincident pair is 'ignored' or 'counted' (convention 2)
    first          : whose change is applied first at one instant: the side that facilitates
    raises RuleError when a name is unknown, twice, or reserved, or a number is impossible
    """

    name: str
    source: str
    parameters: tuple[Parameter, ...]
    traces: tuple[Trace, ...]
    dw_pre: str
    dw_post: str
    bounds: Bounds = BIOLOGICAL
    weight_unit: str = "w_max"
    summary: str = ""
    coincidence: Literal["ignored", "counted"] = "ignored"
    first: Train = "post"
    axonal_delay: float = 0.0
    dendritic_delay: float = 0.0

    def __post_init__(self) -> None:
        fields(self, RuleError, without=("axonal_delay", "dendritic_delay"))
        _check_header(self, [*self.parameters, *self.traces])
        for name in ("axonal_delay", "dendritic_delay"):
            delay = number(getattr(self, name), f"{self.name}.{name}", unit="s", least=0.0, error=RuleError)
            object.__setattr__(self, name, delay)
        for trace in self.traces:
            _check_time_constant(self, trace)
        for side in ("dw_pre", "dw_post"):
            parse(getattr(self, side), known=known_names(self), where=f"{self.name}.{side}", error=RuleError)

    @property
    def values(self) -> dict[str, float]:
        """The parameters as {name: SI value}."""
        return {parameter.name: parameter.value for parameter in self.parameters}

    @property
    def time_constants(self) -> tuple[float, ...]:
        """Those of its traces, in seconds."""
        return tuple(self.values[trace.time_constant] for trace in self.traces)

    @property
    def start_weight(self) -> float:
        """The weight that a question starts from when it says none: 1 in units of itself, else the middle, 0.5."""
        natural = 1.0 if self.weight_unit == "w0" else 0.5
        return min(max(natural, self.bounds.lower), self.bounds.upper)

    def traces_of(self, train: Train) -> tuple[Trace, ...]:
        """The traces that `train` drives."""
        return tuple(trace for trace in self.traces if trace.train == train)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class RateRule:
    """A rule that reads firing rates: `dw` is the change of w per second.

    dw           : an expression in rate_pre, rate_post (hertz), parameters and w
    spiking_form : the name of a spike rule whose mean drift under Poisson firing is this rule, if there is one
    """

    name: str
    source: str
    parameters: tuple[Parameter, ...]
    dw: str
    bounds: Bounds = BIOLOGICAL
    weight_unit: str = "w_max"
    summary: str = ""
    spiking_form: str = ""

    def __post_init__(self) -> None:
        fields(self, RuleError)
        _check_header(self, self.parameters)
        known = [*self.values, "rate_pre", "rate_post", "w"]
        parse(self.dw, known=known, where=f"{self.name}.dw", error=RuleError)

    @property
    def values(self) -> dict[str, float]:
        """The parameters as {name: SI value}."""
        return {parameter.name: parameter.value for parameter in self.parameters}

    def __str__(self) -> str:
        return self.name


AnyRule = Rule | RateRule


def spike_rule(rule: AnyRule, reader: str) -> Rule:
    """The rule, if it reads spikes, as `reader` needs it.

    raises UnsupportedRule for a rule that reads rates, naming what can read it; RuleError for no rule at all
    """
    if isinstance(rule, Rule):
        return rule
    if not isinstance(rule, RateRule):
        raise RuleError(f"{reader} needs a rule, and {said(rule)} is none; plasticity.rules.RULES holds them by name")
    form = f", or its spiking form RULES['{rule.spiking_form}'] here" if rule.spiking_form else ""
    raise UnsupportedRule(f"{rule} reads firing rates, {reader} reads spikes: use plasticity.rates.drift{form}")


def known_names(rule: Rule) -> list[str]:
    """The names that the changes of a rule may use."""
    instance(rule, Rule, "the rule", RuleError)
    return [*rule.values, *(trace.name for trace in rule.traces), "w"]


RESERVED = frozenset({"w", "rate_pre", "rate_post"})


def _check_header(rule: "Rule | RateRule", named: Iterable[Parameter | Trace]) -> None:
    name = text(rule.name, "the name of a rule", is_empty_allowed=False, error=RuleError)
    text(rule.summary, f"the summary of {name}", error=RuleError)
    text(rule.weight_unit, f"the weight unit of {name}", is_empty_allowed=False, error=RuleError)
    check_source(rule.source, f"rule {name}", RuleError)
    seen: set[str] = set()
    for item in named:
        if not item.name.isidentifier() or not item.name.isascii() or item.name.startswith("_"):
            raise RuleError(f"{name}: {said(item.name)} is no name; ASCII letters, digits and inner _ are allowed")
        if item.name in RESERVED or is_reserved(item.name) or item.name in seen:
            raise RuleError(f"{name}: the name '{item.name}' is reserved or used twice; choose another")
        seen.add(item.name)


def _check_time_constant(rule: Rule, trace: Trace) -> None:
    what = f"{rule.name}: the time constant '{trace.time_constant}' of trace {trace.name}"
    if trace.time_constant not in rule.values:
        raise RuleError(f"{what} is no parameter; known: {', '.join(rule.values) or 'none'}")
    if rule.values[trace.time_constant] <= 0:
        raise RuleError(f"{what} is {rule.values[trace.time_constant]} s; more than 0 is needed")
