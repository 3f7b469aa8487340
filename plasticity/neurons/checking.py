"""What is looked at when a neuron is declared: names, roles, and expressions that fit together."""

import ast
import math
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from plasticity.dimensions import dimension
from plasticity.errors import NeuronError, said, unknown
from plasticity.expressions import names
from plasticity.faults import Check, is_broken, refuse
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
    unit_of,
)
from plasticity.parameters import is_name
from plasticity.quantities import dimension_of
from plasticity.sources import check_source

if TYPE_CHECKING:
    from plasticity.neurons.parts import Clamp, Receptor, Variable
    from plasticity.neurons.record import Neuron

_VOLTS, _NUMBER, _SECONDS = dimension_of("V"), dimension_of("1"), dimension_of("s")


def part_checks(neuron: "Neuron") -> Iterator[Check]:
    """A check for every part of a neuron; each raises NeuronError for what cannot be."""
    for what in ("summary", "purpose"):
        yield partial(text, getattr(neuron, what), f"the {what} of {neuron.name}", error=NeuronError)
    yield partial(check_source, neuron.source, neuron.name, NeuronError)
    yield from _name_checks(neuron)
    yield from _time_checks(neuron)
    yield from _expression_checks(neuron)
    yield from _spike_checks(neuron)
    for name, receptor in neuron.receptors.items():
        yield partial(_check_receptor, neuron, name, receptor)


def check_name(name: Any, what: str) -> None:
    """Raise NeuronError for a name that an expression cannot hold, or that is taken."""
    if not is_name(name) or name == CURRENT:
        raise NeuronError(
            f"the name {said(name)} is impossible or reserved for {what}; ASCII letters, digits and inner _ are allowed"
        )


def _name_checks(neuron: "Neuron") -> Iterator[Check]:
    if not neuron.variables:
        yield partial(refuse, NeuronError(f"{neuron.name} has no variable; one or more are needed"))
    every = [*(parameter.name for parameter in neuron.parameters), *(variable.name for variable in neuron.variables)]
    for name in dict.fromkeys(every):
        yield partial(check_name, name, "a parameter")
        if every.count(name) > 1:
            yield partial(refuse, NeuronError(f"{neuron.name}: the name '{name}' is used twice; give another"))
    yield partial(_check_voltage, neuron)


def _check_voltage(neuron: "Neuron") -> None:
    _variable(neuron, neuron.voltage, f"the voltage of {neuron.name}")
    variable = neuron.variable(neuron.voltage)
    if not is_broken(variable) and dimension_of(variable.unit) not in (_VOLTS, _NUMBER):
        raise NeuronError(
            f"the voltage of {neuron.name}, {neuron.voltage}, is in {variable.unit}; V, mV or 1 is allowed"
        )


def _time_checks(neuron: "Neuron") -> Iterator[Check]:
    for expression in neuron.time_constants:
        yield partial(_check_constant, neuron, expression, "a time constant")
    if neuron.membrane_time_constant:
        yield partial(_check_constant, neuron, neuron.membrane_time_constant, "the membrane time constant")
    if neuron.refractory:
        yield partial(_time, neuron, neuron.refractory, "the refractory time")
    for variable in neuron.variables:
        if variable.held:
            yield partial(_time, neuron, variable.held, f"the time for which {variable.name} is held")


def _expression_checks(neuron: "Neuron") -> Iterator[Check]:
    for variable in neuron.variables:
        name, unit = variable.name, unit_of(variable)
        per_second = f"{unit}/s" if unit else ""
        yield partial(checked, neuron, variable.flow, f"d{name}/dt", all_units(neuron), per_second)
        yield partial(checked, neuron, variable.start, f"start of {name}", parameter_units(neuron), unit)
        if not any(is_broken(part) for part in (variable, *neuron.parameters)):
            yield partial(_check_noise, neuron, variable)
    if bool(neuron.threshold) == bool(neuron.hazard):
        yield partial(refuse, NeuronError(f"{neuron.name} needs either a threshold or a hazard"))
    if neuron.hazard:
        yield partial(checked, neuron, neuron.hazard, "hazard", state_units(neuron), "Hz")
        if neuron.fires_on == "crossing":
            told = f"{neuron.name} has a hazard, which is not crossed; fires_on 'condition' is needed"
            yield partial(refuse, NeuronError(told))
    if neuron.threshold:
        yield partial(_check_threshold, neuron)


def _check_threshold(neuron: "Neuron") -> None:
    units = state_units(neuron)
    threshold = checked(neuron, neuron.threshold, "threshold", units)
    if all(units[name] for name in names(threshold)):
        dimension(
            threshold,
            {name: unit for name, unit in units.items() if unit},
            where=f"{neuron.name}: threshold",
            error=NeuronError,
        )


def _check_noise(neuron: "Neuron", variable: "Variable") -> None:
    units, what = parameter_units(neuron), f"noise of {variable.name}"
    noise = checked(neuron, variable.noise, what, units)
    found = dimension(noise, units, where=f"{neuron.name}: {what}", error=NeuronError)
    if found is not None and found**2 * _SECONDS != dimension_of(variable.unit) ** 2:
        raise NeuronError(f"{neuron.name}: {what} is in {found}; {variable.unit} per square root of a second is needed")


def _spike_checks(neuron: "Neuron") -> Iterator[Check]:
    """Of what a spike does to the neuron itself: resets and clamps."""
    units = state_units(neuron)
    for name, expression in neuron.reset.items():
        yield partial(_variable, neuron, name, f"what {neuron.name} resets")
        if name in units:
            yield partial(checked, neuron, expression, f"reset of {name}", units, units[name])
    for name, clamp in neuron.clamps.items():
        yield partial(_check_clamp, neuron, name, clamp)


def _check_clamp(neuron: "Neuron", name: str, clamp: "Clamp") -> None:
    units = state_units(neuron)
    _variable(neuron, name, f"what {neuron.name} clamps")
    checked(neuron, clamp.value, f"clamp of {name}", units, units[name])
    time = _time(neuron, clamp.time, f"the time of the clamp of {name}")
    if time > neuron.dead_time:
        raise NeuronError(
            f"{neuron.name} clamps {name} for {time:g} s, and its refractory time is {neuron.dead_time:g} s; at "
            "least as much is needed, for a clamped neuron cannot fire"
        )


def _check_receptor(neuron: "Neuron", name: str, receptor: "Receptor") -> None:
    what = f"the receptor {said(name)} of {neuron.name}"
    text(name, f"the name of a receptor of {neuron.name}", is_empty_allowed=False, error=NeuronError)
    _variable(neuron, receptor.variable, f"what spikes raise at {what}")
    _check_units(neuron, receptor, what)
    if receptor.while_refractory == "discarded" and not neuron.refractory:
        raise NeuronError(f"{what} discards spikes while refractory, but there is no refractory time; 'kept' fits")
    if receptor.while_refractory == "kept" and receptor.variable in neuron.clamps:
        raise NeuronError(f"{what} keeps spikes that the clamp of {receptor.variable} undoes; 'discarded' fits")


def _check_units(neuron: "Neuron", receptor: "Receptor", what: str) -> None:
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


def integration_checks(neuron: "Neuron") -> Iterator[Check]:
    """Whether it can be integrated as it says, of a neuron whose parts fit; each raises NeuronError."""
    noisy = [variable.name for variable in neuron.variables if variable.noise != "0"]
    if noisy and neuron.integration != "euler":
        told = (
            f"{neuron.name} has white noise, which no step is exact for; integration 'euler' is needed, "
            f"not '{neuron.integration}'"
        )
        yield partial(refuse, NeuronError(told))
    for name, flow in flows(neuron).items():
        yield partial(_check_integration, neuron, name, flow)


def _check_integration(neuron: "Neuron", name: str, flow: ast.expr) -> None:
    states = [variable.name for variable in neuron.variables]
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
