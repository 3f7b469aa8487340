"""What is looked at when a neuron is declared: names, roles, and expressions that fit together."""

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from plasticity.dimensions import dimension
from plasticity.errors import NeuronError, said, unknown
from plasticity.expressions import names
from plasticity.inputs import text
from plasticity.neurons.equations import (
    CURRENT,
    all_units,
    checked,
    constant,
    degree,
    flows,
    parameter_units,
    state_units,
)
from plasticity.parameters import is_name
from plasticity.quantities import dimension_of
from plasticity.sources import check_source

if TYPE_CHECKING:
    from plasticity.neurons.parts import Variable
    from plasticity.neurons.record import Neuron

_VOLTS, _NUMBER, _SECONDS = dimension_of("V"), dimension_of("1"), dimension_of("s")


def check_neuron(neuron: "Neuron") -> None:
    """Raise NeuronError for the first thing of a neuron that cannot be."""
    for what in ("summary", "purpose"):
        text(getattr(neuron, what), f"the {what} of {neuron.name}", error=NeuronError)
    check_source(neuron.source, neuron.name, NeuronError)
    _check_names(neuron)
    _check_expressions(neuron)
    _check_spikes(neuron)
    _check_receptors(neuron)
    _check_integration(neuron)


def check_name(name: Any, what: str) -> None:
    """Raise NeuronError for a name that an expression cannot hold, or that is taken."""
    if not is_name(name) or name == CURRENT:
        raise NeuronError(
            f"the name {said(name)} is impossible or reserved for {what}; ASCII letters, digits and inner _ are allowed"
        )


def _check_names(neuron: "Neuron") -> None:
    if not neuron.variables:
        raise NeuronError(f"{neuron.name} has no variable; one or more are needed")
    every = [*(parameter.name for parameter in neuron.parameters), *(variable.name for variable in neuron.variables)]
    for name in every:
        check_name(name, "a parameter")
        if every.count(name) > 1:
            raise NeuronError(f"{neuron.name}: the name '{name}' is used twice; give another")
    _variable(neuron, neuron.voltage, f"the voltage of {neuron.name}")
    unit = neuron.variable(neuron.voltage).unit
    if dimension_of(unit) not in (_VOLTS, _NUMBER):
        raise NeuronError(f"the voltage of {neuron.name}, {neuron.voltage}, is in {unit}; V, mV or 1 is allowed")
    for expression in neuron.time_constants:
        _check_constant(neuron, expression, "a time constant")
    if neuron.membrane_time_constant:
        _check_constant(neuron, neuron.membrane_time_constant, "the membrane time constant")
    if neuron.refractory:
        _time(neuron, neuron.refractory, "the refractory time")
    for variable in neuron.variables:
        if variable.held:
            _time(neuron, variable.held, f"the time for which {variable.name} is held")


def _check_expressions(neuron: "Neuron") -> None:
    for variable in neuron.variables:
        name, unit = variable.name, variable.unit
        checked(neuron, variable.flow, f"d{name}/dt", all_units(neuron), f"{unit}/s")
        checked(neuron, variable.start, f"start of {name}", parameter_units(neuron), unit)
        _check_noise(neuron, variable)
    if bool(neuron.threshold) == bool(neuron.hazard):
        raise NeuronError(f"{neuron.name} needs either a threshold or a hazard")
    if neuron.hazard:
        checked(neuron, neuron.hazard, "hazard", state_units(neuron), "Hz")
        if neuron.fires_on == "crossing":
            raise NeuronError(f"{neuron.name} has a hazard, which is not crossed; fires_on 'condition' is needed")
    else:
        threshold = checked(neuron, neuron.threshold, "threshold", state_units(neuron))
        dimension(threshold, state_units(neuron), where=f"{neuron.name}: threshold", error=NeuronError)


def _check_noise(neuron: "Neuron", variable: "Variable") -> None:
    units, what = parameter_units(neuron), f"noise of {variable.name}"
    noise = checked(neuron, variable.noise, what, units)
    found = dimension(noise, units, where=f"{neuron.name}: {what}", error=NeuronError)
    if found is not None and found**2 * _SECONDS != dimension_of(variable.unit) ** 2:
        raise NeuronError(f"{neuron.name}: {what} is in {found}; {variable.unit} per square root of a second is needed")


def _check_spikes(neuron: "Neuron") -> None:
    """What a spike does to the neuron itself: resets and clamps."""
    units = state_units(neuron)
    for name, expression in neuron.reset.items():
        _variable(neuron, name, f"what {neuron.name} resets")
        checked(neuron, expression, f"reset of {name}", units, units[name])
    for name, clamp in neuron.clamps.items():
        _variable(neuron, name, f"what {neuron.name} clamps")
        checked(neuron, clamp.value, f"clamp of {name}", units, units[name])
        time = _time(neuron, clamp.time, f"the time of the clamp of {name}")
        if time > neuron.dead_time:
            raise NeuronError(
                f"{neuron.name} clamps {name} for {time:g} s, and its refractory time is {neuron.dead_time:g} s; at "
                "least as much is needed, for a clamped neuron cannot fire"
            )


def _check_receptors(neuron: "Neuron") -> None:
    for name, receptor in neuron.receptors.items():
        what = f"the receptor {said(name)} of {neuron.name}"
        text(name, f"the name of a receptor of {neuron.name}", is_empty_allowed=False, error=NeuronError)
        _variable(neuron, receptor.variable, f"what spikes raise at {what}")
        _check_units(neuron, receptor, what)
        if receptor.while_refractory == "discarded" and not neuron.refractory:
            raise NeuronError(f"{what} discards spikes while refractory, but there is no refractory time; 'kept' fits")
        if receptor.while_refractory == "kept" and receptor.variable in neuron.clamps:
            raise NeuronError(f"{what} keeps spikes that the clamp of {receptor.variable} undoes; 'discarded' fits")


def _check_units(neuron: "Neuron", receptor: Any, what: str) -> None:
    """That a spike adds amperes to amperes, and that a reversal potential is one and is used."""
    units = parameter_units(neuron)
    if receptor.size not in units:
        raise unknown(f"parameter of {neuron.name}", receptor.size, units)
    unit = neuron.variable(receptor.variable).unit
    if dimension_of(unit) != dimension_of(units[receptor.size]):
        raise NeuronError(
            f"{what} raises {receptor.variable}, in {unit}, by {receptor.size}, in {units[receptor.size]}; "
            "units of one dimension are needed"
        )
    if receptor.reversal:
        if receptor.reversal not in units:
            raise unknown(f"parameter of {neuron.name}", receptor.reversal, units)
        voltage = neuron.variable(neuron.voltage).unit
        if dimension_of(units[receptor.reversal]) != dimension_of(voltage):
            raise NeuronError(
                f"{what} has the reversal potential {receptor.reversal}, in {units[receptor.reversal]}; "
                f"one in the unit of {neuron.voltage}, {voltage}, is needed"
            )
        if not any(receptor.reversal in names(flow) for flow in flows(neuron).values()):
            raise NeuronError(f"{what} has the reversal potential {receptor.reversal}, which no equation reads; use it")


def _check_integration(neuron: "Neuron") -> None:
    states = [variable.name for variable in neuron.variables]
    noisy = [variable.name for variable in neuron.variables if variable.noise != "0"]
    if noisy and neuron.integration != "euler":
        raise NeuronError(
            f"{neuron.name} has white noise, which no step is exact for; integration 'euler' is needed, "
            f"not '{neuron.integration}'"
        )
    for name, flow in flows(neuron).items():
        if neuron.integration == "exact" and degree(flow, [*states, CURRENT]) > 1:
            raise NeuronError(
                f"{neuron.name} says integration 'exact', but d{name}/dt is not linear; 'rk4', 'euler' and "
                "'exponential euler' are allowed"
            )
        if neuron.integration == "exponential euler" and degree(flow, [name]) > 1:
            raise NeuronError(
                f"{neuron.name} says integration 'exponential euler', but d{name}/dt is not linear in {name}; 'rk4' "
                "and 'euler' are allowed"
            )


def _variable(neuron: "Neuron", name: Any, what: str) -> None:
    states = [variable.name for variable in neuron.variables]
    if name not in states:
        raise NeuronError(f"{what} is {said(name)}, which is no variable; known: {', '.join(states)}")


def _check_constant(neuron: "Neuron", expression: str, what: str) -> None:
    """That a time constant is a parameter, or an expression in parameters, which is a time above 0."""
    if expression.isidentifier():
        _time(neuron, expression, what, is_above_zero=True)
        return
    checked(neuron, expression, f"{what} {expression}", parameter_units(neuron), "s")
    with np.errstate(all="ignore"):
        value = constant(neuron, expression)
    if not 0 < value < math.inf:
        raise NeuronError(f"{what} of {neuron.name} is {expression} = {value:g} s; a time above 0 is needed")


def _time(neuron: "Neuron", name: str, what: str, *, is_above_zero: bool = False) -> float:
    """The value (s) of a parameter that is a time. Raises UnknownName, NeuronError for another unit, or below 0."""
    for parameter in neuron.parameters:
        if parameter.name == name:
            value = parameter.value
            if dimension_of(parameter.unit) != _SECONDS:
                raise NeuronError(f"{what} of {neuron.name} is {name}, in {parameter.unit}; a time is needed")
            if value < 0 or (is_above_zero and value == 0):
                least = "more than 0" if is_above_zero else "0 or more"
                raise NeuronError(f"{neuron.name}.{name} is {value} s; {least} is needed")
            return value
    raise unknown(f"parameter of {neuron.name}", name, neuron.values)
