"""The record that declares a neuron, once, as data: equations, threshold and reset as text, rate where known.

All numbers are SI floats. Whether a neuron excites or inhibits is the sign of what its synapses deliver, kept
by the presynaptic neuron (Dale), never by a weight. Its bias is a constant current stated relative to the
rheobase, the smallest constant current that makes it fire: the current is (1 + bias) times the rheobase, so
a neuron with bias b > 0 fires by itself and falls silent when inhibition exceeds b rheobases; bias -1 is no
current at all.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from plasticity.arrays import Floats
from plasticity.errors import NeuronError, said, unknown
from plasticity.expressions import is_reserved, parse
from plasticity.quantities import FACTORS, written
from plasticity.sources import check_source

ClosedForm = Callable[[Mapping[str, float], Floats], Floats]


@dataclass(frozen=True)
class Constant:
    """A named number of a neuron: `value` in SI, `unit` the one it is shown in."""

    name: str
    value: float
    unit: str
    meaning: str
    source: str = "our choice"

    def __post_init__(self) -> None:
        if not isinstance(self.value, int | float) or not math.isfinite(self.value):
            raise NeuronError(f"constant {self.name} is {self.value!r}; a finite number is needed")
        if self.unit not in FACTORS:
            raise NeuronError(f"constant {self.name} has the unit {said(self.unit)}; allowed: {', '.join(FACTORS)}")
        check_source(self.source, f"constant {self.name}", NeuronError)

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


@dataclass(frozen=True)
class Neuron:
    """A point neuron.

    threshold      : an expression; the neuron fires when it is above zero. Empty when it has a hazard
    hazard         : an expression in hertz; the neuron fires with this rate (escape noise). Empty otherwise
    reset          : {variable: expression} at a spike
    refractory     : the constant that is the time in which it cannot fire again
    time_constants : the constants that a time step must resolve
    input_variable : the variable that arriving spikes raise, by weight times the constant `unit_current`
    integration    : 'exact' for linear equations, 'euler' for white noise
    rate           : function (constants, current) -> hertz, the closed form where one is known
    raises NeuronError for unknown names or impossible numbers
    """

    name: str
    source: str
    effect: Literal["excitatory", "inhibitory"]
    constants: tuple[Constant, ...]
    variables: tuple[Variable, ...]
    threshold: str
    hazard: str
    reset: tuple[tuple[str, str], ...]
    refractory: str
    time_constants: tuple[str, ...]
    input_variable: str
    unit_current: str
    integration: Literal["exact", "euler"]
    rate: ClosedForm | None
    summary: str = ""

    def __post_init__(self) -> None:
        _check_names(self)
        constants, states = list(self.values), [variable.name for variable in self.variables]
        for variable in self.variables:
            self._parse(variable.derivative, [*constants, *states, "current"], f"d{variable.name}/dt")
            self._parse(variable.noise, [*constants, *states], f"noise of {variable.name}")
            self._parse(variable.start, constants, f"start of {variable.name}")
        if bool(self.threshold) == bool(self.hazard):
            raise NeuronError(f"{self.name} needs either a threshold or a hazard")
        self._parse(self.threshold or self.hazard, [*constants, *states], "threshold or hazard")
        for name, expression in self.reset:
            if name not in states:
                raise NeuronError(f"{self.name} resets '{name}', which is no variable; known: {', '.join(states)}")
            self._parse(expression, [*constants, *states], f"reset of {name}")
        if self.input_variable not in states:
            raise NeuronError(
                f"{self.name}: spikes raise '{self.input_variable}', which is no variable; known: {', '.join(states)}"
            )
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


def with_constants(neuron: Neuron, **values: float) -> Neuron:
    """The same neuron with other constants, in SI. Raises UnknownName for a constant it does not have."""
    for name in values:
        if name not in neuron.values:
            raise unknown(f"constant of {neuron.name}", name, neuron.values)
    constants = tuple(
        replace(c, value=values[c.name], source="our choice") if c.name in values else c for c in neuron.constants
    )
    return replace(neuron, constants=constants)


def closed_form_rate(neuron: Neuron, current: ArrayLike = 0.0) -> Floats:
    """The stationary firing rate under a constant current, beside the bias.

    current : amperes, any shape
    returns : hertz, the same shape
    raises NeuronError when no closed form is known for this neuron
    """
    if neuron.rate is None:
        raise NeuronError(
            f"no closed form of the rate of {neuron.name} is known; simulate it: plasticity.spiking.rates"
        )
    return neuron.rate(neuron.values, finite_amperes(current))


def finite_amperes(current: ArrayLike) -> Floats:
    """A current as an array; raises NeuronError when it holds NaN or infinity."""
    amperes = np.asarray(current, dtype=float)
    if not np.isfinite(amperes).all():
        raise NeuronError("the current holds NaN or infinity; finite amperes are needed")
    return amperes


def _check_names(neuron: Neuron) -> None:
    check_source(neuron.source, neuron.name, NeuronError)
    names = [*neuron.values, *(variable.name for variable in neuron.variables)]
    for name in names:
        is_possible = name.isidentifier() and name.isascii() and not name.startswith("_")
        if not is_possible or is_reserved(name) or names.count(name) > 1:
            raise NeuronError(f"{neuron.name}: the name '{name}' is impossible, reserved or used twice")
    for name in (neuron.refractory, neuron.unit_current, *neuron.time_constants):
        if name not in neuron.values:
            raise unknown(f"constant of {neuron.name}", name, neuron.values)
