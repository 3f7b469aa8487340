"""Gates of ion channels: variables between 0 and 1 that open and close at rates which the voltage sets."""

from collections.abc import Callable
from dataclasses import dataclass

from plasticity.neurons.parts import Variable
from plasticity.parameters import Parameter

_SMALL = "1e-7"  # below it x/(1 - exp(-x)) is 1 + x/2 to all digits; at 0 it would be 0/0


def linoid(x: str) -> str:
    """x/(1 - exp(-x)), written as x/2 + |x|/2 / tanh(|x|/2), which is the same and has a value at 0."""
    half = f"maximum(abs({x})/2, {_SMALL})"
    return f"(({x})/2 + {half}/tanh({half}))"


def exponential(x: str) -> str:
    """exp(x)."""
    return f"exp({x})"


def sigmoid(x: str) -> str:
    """1/(1 + exp(-x))."""
    return f"1/(1 + exp(-({x})))"


@dataclass(frozen=True)
class Rate:
    """A rate k f((v - V)/D).

    form   : f, one of the functions above
    height : k, 1/s
    middle : V, volts
    scale  : D, volts; negative for a rate that falls with the voltage
    """

    form: Callable[[str], str]
    height: float
    middle: float
    scale: float

    def text(self, name: str, voltage: str) -> str:
        """The rate at a voltage, an expression, of the gate NAME."""
        return f"k_{name}*{self.form(f'({voltage} - V_{name})/D_{name}')}"

    def parameters(self, name: str, source: str) -> tuple[Parameter, ...]:
        """k_NAME, V_NAME and D_NAME."""
        return (
            Parameter(f"k_{name}", self.height, "1/s", f"height of the rate {name}", source, least=0.0),
            Parameter(f"V_{name}", self.middle, "mV", f"voltage at the middle of the rate {name}", source),
            Parameter(f"D_{name}", self.scale, "mV", f"voltage over which the rate {name} changes", source),
        )


@dataclass(frozen=True)
class Gate:
    """A gate: its variable, and the parameters of its rates alpha, with which it opens, and beta."""

    variable: Variable
    parameters: tuple[Parameter, ...]


def gate(name: str, alpha: Rate, beta: Rate, *, at: tuple[str, str], source: str) -> Gate:
    """A gate with dx/dt = alpha (1 - x) - beta x.

    at : the voltage that it follows, and the one at which it has settled at first; expressions of the neuron
    """
    rates = {f"alpha_{name}": alpha, f"beta_{name}": beta}
    (opens, closes), (a, b) = ([rate.text(key, voltage) for key, rate in rates.items()] for voltage in at)
    variable = Variable(name, f"({opens})*(1 - {name}) - ({closes})*{name}", start=f"({a})/(({a}) + ({b}))")
    return Gate(variable, tuple(one for key, rate in rates.items() for one in rate.parameters(key, source)))
