"""Neurons printed as Brian2 text, with the endings of plasticity.spiking.text; everything dimensionless, in SI."""

from dataclasses import dataclass

from plasticity.errors import NeuronError
from plasticity.expressions import parse, written
from plasticity.neurons import Neuron


@dataclass(frozen=True)
class NeuronText:
    """A neuron: model equations, the derivative of each variable where all are zero, threshold and reset."""

    model: str
    constant: dict[str, str]
    threshold: str
    reset: str


def neuron_text(neuron: Neuron, *, current: str) -> NeuronText:
    """The neuron as Brian2 text.

    current : an expression for the injected current in amperes
    """
    states = [variable.name for variable in neuron.variables]

    def printed(expression: str, state: str = "{}_x") -> str:
        known = [*neuron.values, *states, "current"]
        tree = parse(expression, known=known, where=neuron.name, error=NeuronError)
        names = {name: f"{name}_p" for name in neuron.values} | {name: state.format(name) for name in states}
        return written(tree, lambda name: names.get(name, current))

    lines = [f"{name}_p : 1 (shared, constant)" for name in neuron.values]
    for variable in neuron.variables:
        noise = "" if variable.noise == "0" else f" + ({printed(variable.noise)})*xi*second**-0.5"
        change = f"({printed(variable.derivative)})/second{noise}"
        held = ""
        if variable.is_held and variable.name == neuron.input_variable:
            change = f"int(not_refractory)*({change})"  # what arrives is looked at by `transmitted`, not by Brian2
        elif variable.is_held:
            held = " (unless refractory)"
        lines.append(f"d{variable.name}_x/dt = {change} : 1{held}")
    threshold = f"{printed(neuron.threshold)} > rounding" if neuron.threshold else ""
    if neuron.hazard:
        threshold = f"rand() < 1 - exp(-({printed(neuron.hazard)})*dt/second)"
    reset = "\n".join(f"{name}_x = {printed(expression)}" for name, expression in neuron.reset)
    constant = {variable.name: printed(variable.derivative, state="0.0") for variable in neuron.variables}
    return NeuronText("\n".join(lines), constant, threshold, reset)


def transmitted(neuron: Neuron) -> str:
    """What an arriving spike does to the neuron: an input variable that is held is deaf while it is refractory.

    Brian2 counts the arrivals of one step longer as refractory than it holds the variable, which would lose an input
    that arrives just when the refractory time is over.
    """
    held = [variable.name for variable in neuron.variables if variable.is_held]
    hears = "int(timestep(t - lastspike_post, dt) >= refractory_steps)*" if neuron.input_variable in held else ""
    return f"{neuron.input_variable}_x_post += {hears}source_sign*w*{neuron.unit_current}_p_post"
