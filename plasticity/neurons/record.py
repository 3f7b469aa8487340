"""The record that declares a neuron, once, as data: equations, threshold and reset as text, rate where known.

All numbers are SI floats. Whether a neuron excites or inhibits is the sign of what its synapses deliver, kept
by the presynaptic neuron (Dale), never by a weight. Its bias is a constant current stated relative to the
rheobase, the current above which it fires: the current is (1 + bias) times the rheobase. So bias -1 is no current at
all; bias 0 is a current of one rheobase, which leads just to the threshold, and the neuron is silent; with bias 0.25
it fires by itself, until inhibition reaches 0.25 rheobases.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import NeuronError, said, unknown
from plasticity.expressions import is_reserved, parse
from plasticity.inputs import choice, instance, number, numbers, text
from plasticity.quantities import FACTORS, warn_of_unit, written
from plasticity.sources import OUR_CHOICE, check_source

ClosedForm = Callable[[Mapping[str, float], Floats], Floats]
Effect = Literal["excitatory", "inhibitory"]
Integration = Literal["exact", "euler"]


@dataclass(frozen=True)
class Constant:
    """A named number of a neuron: `value` in SI, or with a unit of its own; `unit` is the one it is shown in."""

    name: str
    value: float
    unit: str
    meaning: str
    source: str = OUR_CHOICE

    def __post_init__(self) -> None:
        _check_name(self.name, "a constant")
        choice(self.unit, FACTORS, f"the unit of constant {self.name}", NeuronError)
        check_source(self.source, f"constant {self.name}", NeuronError)
        text(self.meaning, f"the meaning of constant {self.name}", error=NeuronError)
        value = number(self.value, f"constant {self.name}", unit=self.unit, error=NeuronError)
        object.__setattr__(self, "value", value)

    def __str__(self) -> str:
        return f"{self.name} = {written(self.value, self.unit)}"


@dataclass(frozen=True)
class Variable:
    """A state variable, in SI.

    derivative : its change per second, an expression in variables, constants and `current` (amperes)
    start      : its value at time 0, an expression in constants
    noise      : what multiplies white noise of unit intensity, per square root of a second; '0' for none
    is_held    : whether it stands still while the neuron is refractory
    """

    name: str
    derivative: str
    start: str
    noise: str = "0"
    is_held: bool = False

    def __post_init__(self) -> None:
        _check_name(self.name, "a variable")
        for field in ("derivative", "start", "noise"):
            instance(getattr(self, field), str, f"the {field} of variable {self.name}", NeuronError)
        instance(self.is_held, bool, f"is_held of variable {self.name}", NeuronError)


@dataclass(frozen=True)
class Neuron:
    """A point neuron.

    threshold      : an expression; the neuron fires when it is above zero. Empty when it has a hazard
    hazard         : an expression in hertz; the neuron fires with this rate (escape noise). Empty otherwise
    reset          : {variable: expression} at a spike
    refractory     : the constant that is the time in which it cannot fire again
    time_constants : the constants that a time step must resolve
    input_variable : the variable that arriving spikes raise, by weight times the constant `unit_current`. One that
                     is held while the neuron is refractory is deaf for exactly the refractory time: after a spike
                     stamped t, spikes that arrive from t to before t + refractory are lost, one at t + refractory
                     counts. Other variables take every spike
    integration    : 'exact' for linear equations, 'euler' for white noise
    rate           : function (constants, current) -> hertz, the closed form where one is known
    raises NeuronError for unknown names or impossible numbers
    """

    name: str
    source: str
    effect: Effect
    constants: tuple[Constant, ...]
    variables: tuple[Variable, ...]
    threshold: str
    hazard: str
    reset: tuple[tuple[str, str], ...]
    refractory: str
    time_constants: tuple[str, ...]
    input_variable: str
    unit_current: str
    integration: Integration
    rate: ClosedForm | None
    summary: str = ""

    def __post_init__(self) -> None:
        _check_kinds(self)
        _check_names(self)
        constants, states = list(self.values), [variable.name for variable in self.variables]
        for variable in self.variables:
            self._parse(variable.derivative, [*constants, *states, "current"], f"d{variable.name}/dt")
            self._parse(variable.noise, [*constants, *states], f"noise of {variable.name}")
            self._parse(variable.start, constants, f"start of {variable.name}")
        if bool(self.threshold) == bool(self.hazard):
            raise NeuronError(f"{self.name} needs either a threshold or a hazard")
        self._parse(self.threshold or self.hazard, [*constants, *states], "threshold or hazard")
        if self.integration == "exact" and any(variable.noise != "0" for variable in self.variables):
            raise NeuronError(f"{self.name} has white noise, which no step is exact for; integration 'euler' is needed")
        for name, expression in self.reset:
            if name not in states:
                raise NeuronError(f"{self.name} resets {said(name)}, which is no variable; known: {', '.join(states)}")
            self._parse(expression, [*constants, *states], f"reset of {name}")
        if self.input_variable not in states:
            raised = said(self.input_variable)
            raise NeuronError(f"{self.name}: spikes raise {raised}, which is no variable; known: {', '.join(states)}")
        for name in self.time_constants:
            if not self.values[name] > 0:
                raise NeuronError(f"{self.name}.{name} is {self.values[name]} s; more than 0 is needed")
        if self.values[self.refractory] < 0:
            raise NeuronError(f"{self.name}.{self.refractory} is negative; 0 or more is needed")

    def _parse(self, text: str, known: list[str], what: str) -> None:
        parse(text, known=known, where=f"{self.name}: {what}", error=NeuronError)

    @property
    def values(self) -> dict[str, float]:
        """The constants as {name: SI value}."""
        return {constant.name: constant.value for constant in self.constants}

    @property
    def sign(self) -> int:
        """+1 when its synapses deliver excitation, -1 for inhibition."""
        return 1 if self.effect == "excitatory" else -1

    def __str__(self) -> str:
        return self.name


def with_constants(neuron: Neuron, **values: Any) -> Neuron:
    """The same neuron with other constants, in SI or with a unit.

    raises UnknownName for a constant it does not have, NeuronError for a value that is no finite number. Warns
    (UnitWarning) when a bare number looks as if it were in the unit in which the constant is shown.
    """
    instance(neuron, Neuron, "the neuron", NeuronError)
    for name in values:
        if name not in neuron.values:
            raise unknown(f"constant of {neuron.name}", name, neuron.values)
    constants = tuple(
        replace(c, value=values[c.name], source=OUR_CHOICE) if c.name in values else c for c in neuron.constants
    )
    changed = replace(neuron, constants=constants)  # first, for what is impossible is refused, not doubted
    for before, after in zip(neuron.constants, constants, strict=True):
        if before.name in values:
            warn_of_unit(before.name, before.value, after.value, unit=before.unit, given=values[before.name])
    return changed


def closed_form_rate(neuron: Neuron, current: Any = 0.0) -> Floats:
    """The stationary firing rate under a constant current, beside the bias.

    current : amperes or with a unit, any shape
    returns : hertz, the same shape
    raises NeuronError when no closed form is known for this neuron, or it is not finite for these constants
    """
    instance(neuron, Neuron, "the neuron", NeuronError)
    if neuron.rate is None:
        raise NeuronError(
            f"no closed form of the rate of {neuron.name} is known; simulate it: plasticity.spiking.rates"
        )
    amperes = finite_amperes(current)
    with np.errstate(all="ignore"):  # what overflows is looked at afterwards
        try:
            rate = neuron.rate(neuron.values, amperes)
        except KeyError as missing:
            raise NeuronError(
                f"the closed form of {neuron.name} needs the constant {missing}, which it lacks"
            ) from None
    return finite(rate, f"the rate of {neuron.name}")


def finite_amperes(current: Any) -> Floats:
    """A current as an array; raises NeuronError for what is no current, NaN or infinity."""
    return numbers(current, "the current", unit="A", error=NeuronError)


def finite(values: Any, what: str) -> Any:
    """The numbers as they are; raises NeuronError when the constants have driven one of them beyond all numbers."""
    if not np.isfinite(values).all():
        raise NeuronError(f"{what} is not finite for these constants; check them: plasticity show, or neuron.values")
    return values


def needed(neuron: Neuron, *constants: str) -> dict[str, float]:
    """The constants of a neuron; raises NeuronError when it lacks one of those that are named."""
    values = instance(neuron, Neuron, "the neuron", NeuronError).values
    missing = [name for name in constants if name not in values]
    if missing:
        raise NeuronError(f"{neuron.name} has no constant {', '.join(missing)}; this formula reads it")
    return values


def _check_kinds(neuron: Neuron) -> None:
    """That every field holds what it should, before anything is done with it."""
    text(neuron.name, "the name of a neuron", is_empty_allowed=False, error=NeuronError)
    text(neuron.summary, f"the summary of {neuron.name}", error=NeuronError)
    choice(neuron.effect, get_args(Effect), f"the effect of {neuron.name}", NeuronError)
    choice(neuron.integration, get_args(Integration), f"the integration of {neuron.name}", NeuronError)
    for field in ("threshold", "hazard", "refractory", "input_variable", "unit_current"):
        instance(getattr(neuron, field), str, f"the {field} of {neuron.name}", NeuronError)
    kinds = {"constants": Constant, "variables": Variable, "reset": tuple, "time_constants": str}
    for field, kind in kinds.items():
        items = instance(getattr(neuron, field), tuple, f"{field} of {neuron.name}", NeuronError)
        for item in items:
            instance(item, kind, f"an item of {field} of {neuron.name}", NeuronError)
    for item in neuron.reset:
        if len(item) != 2 or not all(isinstance(part, str) for part in item):
            raise NeuronError(f"{neuron.name} resets {said(item)}; a pair of a variable and an expression is allowed")
    if not (neuron.rate is None or callable(neuron.rate)):
        raise NeuronError(f"the rate of {neuron.name} is {said(neuron.rate)}; a function or None is allowed")


def _check_names(neuron: Neuron) -> None:
    check_source(neuron.source, neuron.name, NeuronError)
    names = [*(constant.name for constant in neuron.constants), *(variable.name for variable in neuron.variables)]
    for name in names:
        if names.count(name) > 1:
            raise NeuronError(f"{neuron.name}: the name '{name}' is used twice; give another")
    for name in (neuron.refractory, neuron.unit_current, *neuron.time_constants):
        if name not in neuron.values:
            raise unknown(f"constant of {neuron.name}", name, neuron.values)


def _check_name(name: Any, what: str) -> None:
    is_possible = isinstance(name, str) and name.isidentifier() and name.isascii() and not name.startswith("_")
    if not is_possible or is_reserved(name) or name == "current":
        raise NeuronError(f"the name {said(name)} is impossible or reserved for {what}; give another word of letters")
