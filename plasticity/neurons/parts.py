"""What a neuron is made of: variables, receptors, clamps at a spike, and what is known of it in closed form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from plasticity.errors import NeuronError, said
from plasticity.faults import in_one
from plasticity.frozen import FrozenMap
from plasticity.inputs import fields, number
from plasticity.neurons.checking import check_name
from plasticity.quantities import check_unit

Arrival = Literal["kept", "discarded"]


@dataclass(frozen=True)
class Variable:
    """A state variable, in SI.

    flow  : its change per second, an expression in variables, parameters and `current` (amperes)
    unit  : the one in which it is shown
    start : its value at time 0, an expression in parameters
    noise : what multiplies white noise of unit intensity, per square root of a second, an expression in parameters;
            '0' for none
    held  : the parameter that is the time for which it stands still after a spike; empty when it never does
    """

    name: str
    flow: str
    unit: str = "1"
    start: str = "0"
    noise: str = "0"
    held: str = ""

    @in_one
    def __post_init__(self) -> None:
        fields(self, NeuronError)
        check_name(self.name, "a variable")
        check_unit(self.unit, f"the unit of variable {self.name}", NeuronError)


@dataclass(frozen=True)
class Receptor:
    """Where spikes arrive: each raises `variable` by its weight times the parameter `size`.

    sign             : +1 for spikes of neurons that excite, -1 for those of neurons that inhibit. A current, or the
                       voltage itself, moves in this direction; a conductance grows whatever the sign
    reversal         : of a conductance, the parameter that is its reversal potential; the current that it gives stands
                       in the equations of the neuron. Empty for what is no conductance
    while_refractory : 'kept', or 'discarded': deaf for exactly the refractory time. After a spike stamped t, spikes
                       that arrive from t to before t + refractory are lost, one at t + refractory counts
    """

    variable: str
    size: str
    sign: int = 1
    reversal: str = ""
    while_refractory: Arrival = "kept"

    @in_one
    def __post_init__(self) -> None:
        fields(self, NeuronError, without=("sign",))
        object.__setattr__(self, "sign", checked_sign(self.sign, "the sign of a receptor"))

    @property
    def direction(self) -> int:
        """+1 when a spike makes the variable larger, -1 when it makes it smaller."""
        return 1 if self.reversal else self.sign


@dataclass(frozen=True)
class Clamp:
    """What a spike makes of a variable: `value`, an expression, for the time that is the parameter `time`.

    When the time is over, the variable gets what the reset of the neuron gives it, if there is one.
    """

    value: str
    time: str

    @in_one
    def __post_init__(self) -> None:
        fields(self, NeuronError)


@dataclass(frozen=True)
class ClosedForm:
    """What is known of a neuron without simulating it. Each is a function of {parameter: value} first, or None.

    rate               : (values, current in A) -> Hz, the stationary rate under a constant current
    rate_in_steps      : (values, current in A, step in s) -> Hz, that of the neuron integrated as its record says
    rheobase           : (values) -> A, the smallest constant current that makes it fire
    synaptic_potential : (values, weight) -> V, the peak of what one excitatory spike does to the voltage
    firing_probability : (values, current in A, window in s) -> the probability of a spike in the window, settled
    under_white_noise  : the closed form of the same neuron under white noise, see `white_noise`
    of                 : the equations that it is true of; those of the neuron that is made with it. A neuron with other
                         equations may carry it along, and is refused when it is asked
    """

    rate: Callable[..., Any] | None = None
    rate_in_steps: Callable[..., Any] | None = None
    rheobase: Callable[..., Any] | None = None
    synaptic_potential: Callable[..., Any] | None = None
    firing_probability: Callable[..., Any] | None = None
    under_white_noise: "ClosedForm | None" = None
    of: Mapping[str, str] | None = None

    @in_one
    def __post_init__(self) -> None:
        for question in ("rate", "rate_in_steps", "rheobase", "synaptic_potential", "firing_probability"):
            answer = getattr(self, question)
            if not (answer is None or callable(answer)):
                raise NeuronError(f"the {question} of a closed form is {said(answer)}; a function or None is allowed")
        check_form(self.under_white_noise, "what is known under white noise")
        if not (self.of is None or isinstance(self.of, FrozenMap)):
            raise NeuronError(f"`of` of a closed form is {said(self.of)}; the neuron that is made with it fills it in")


def checked_sign(value: Any, what: str) -> int:
    """+1 or -1. Raises NeuronError for anything else."""
    sign = number(value, what, error=NeuronError)
    if sign not in (1, -1):
        raise NeuronError(f"{what} is {sign:g}; +1 for excitation and -1 for inhibition are allowed")
    return int(sign)


def check_form(form: Any, what: str) -> None:
    """Raise NeuronError for what is neither a closed form nor None."""
    if not (form is None or isinstance(form, ClosedForm)):
        raise NeuronError(f"{what} is {said(form)}; a ClosedForm or None is allowed")
