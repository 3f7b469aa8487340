"""What a rule is made of: variables with their bounds, signals that it reads, and short ways to write usual ones."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from plasticity.errors import RuleError, said
from plasticity.faults import in_one
from plasticity.frozen import FrozenMap
from plasticity.inputs import fields, number, text
from plasticity.parameters import is_name
from plasticity.quantities import check_unit
from plasticity.rules.conventions import WEIGHT

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

    @in_one
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

    @in_one
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

    @in_one
    def __post_init__(self) -> None:
        fields(self, RuleError)
        if self.is_residual and (self.of, self.kind) != ("pre", "rate"):
            raise RuleError(f"signal {said(self.name)} is a residual; only a presynaptic rate can be one")
        check_unit(self.unit, f"the unit of signal {self.name}", RuleError)
        if not is_name(self.name):
            raise RuleError(f"the name {said(self.name)} is impossible or reserved for a signal; give another word")


RATES = (Signal("rate_pre", "pre", "rate", "Hz"), Signal("rate_post", "post", "rate", "Hz"))


def weight(
    jumps: Mapping[Event, str | tuple[str, ...]],
    *,
    flow: str = "0",
    noise: str = "0",
    scatter: Mapping[Event, str] | None = None,
    bounds: Bounds = BIOLOGICAL,
) -> Variable:
    """The weight of a rule: what changes it, between bounds. Arguments as those of `Variable`.

    >>> from plasticity.rules import weight
    >>> dict(weight({"pre": "-A_minus*r_post", "post": "A_plus*r_pre"}).jumps)
    {'pre': ('-A_minus*r_post',), 'post': ('A_plus*r_pre',)}
    """
    return Variable(WEIGHT, jumps, flow=flow, start="", noise=noise, scatter=scatter or {}, bounds=bounds)


def trace(name: str, event: Event, time_constant: str) -> Variable:
    """A memory of past events, which decays exponentially: each adds one (all-to-all).

    time_constant : the name of a parameter

    >>> from plasticity.rules import trace
    >>> made = trace("r_pre", "pre", "tau_plus")
    >>> made.flow, dict(made.jumps)
    ('-r_pre/tau_plus', {'pre': ('1',)})
    """
    _check_words(name, event, time_constant)
    return Variable(name, {event: "1"}, flow=f"-{name}/{time_constant}")


def nearest_trace(name: str, event: Event, time_constant: str, *, reset_by: Event = "") -> Variable:
    """A memory of the last event alone: each sets it to one.

    reset_by : an event that sets it to zero; then only events that follow each other immediately pair, as in the
               reduced symmetric scheme (`morrison2008`, Fig. 7). When both come in one instant, it is one afterwards

    >>> from plasticity.rules import nearest_trace
    >>> dict(nearest_trace("r_pre", "pre", "tau_plus").jumps)
    {'pre': ('= 1',)}
    """
    _check_words(name, event, time_constant, reset_by)
    if reset_by == event:
        raise RuleError(f"the trace {name} is set and reset by '{event}'; another event resets it")
    resets = {reset_by: "= 0"} if reset_by else {}
    return Variable(name, {**resets, event: "= 1"}, flow=f"-{name}/{time_constant}")


def low_pass(name: str, signal: str, time_constant: str, *, start: str = "0", unit: str = "1") -> Variable:
    """A signal, smoothed with a time constant.

    signal : the name of a signal or variable; start : its value at first

    >>> from plasticity.rules import low_pass
    >>> low_pass("u_bar", "u", "tau", start="E_L", unit="mV").flow
    '(u - u_bar)/tau'
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
