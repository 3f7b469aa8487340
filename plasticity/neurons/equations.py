"""The expressions of a neuron as checked trees, and what follows from them. Nothing else reads its text."""

import ast
from collections.abc import Collection
from functools import lru_cache
from typing import TYPE_CHECKING

from plasticity.dimensions import require_dimension
from plasticity.errors import NeuronError
from plasticity.expressions import evaluator, names, parse, substituted
from plasticity.faults import is_broken

if TYPE_CHECKING:
    from plasticity.neurons.parts import Variable
    from plasticity.neurons.record import Neuron
    from plasticity.parameters import Parameter

CURRENT = "current"
_NONLINEAR = 2


def parameter_units(neuron: "Neuron") -> dict[str, str]:
    """The unit of every parameter, by name; empty where it has a fault that is told already."""
    return {parameter.name: unit_of(parameter) for parameter in neuron.parameters}


def state_units(neuron: "Neuron") -> dict[str, str]:
    """The unit of every parameter and variable."""
    return parameter_units(neuron) | {variable.name: unit_of(variable) for variable in neuron.variables}


def unit_of(part: "Parameter | Variable") -> str:
    """The unit of a parameter or variable; empty where it has a fault that is told already."""
    return "" if is_broken(part) else part.unit


def all_units(neuron: "Neuron") -> dict[str, str]:
    """The unit of every name that an equation may hold: parameters, variables, and the injected current."""
    return state_units(neuron) | {CURRENT: "A"}


@lru_cache(maxsize=1000)
def _read(expression: str, where: str, units: tuple[tuple[str, str], ...], unit: str) -> ast.expr:
    tree = parse(expression, known=dict(units), where=where, error=NeuronError)
    known = {name: of for name, of in units if of}
    if unit and names(tree) <= set(known):
        require_dimension(tree, unit, known, where=where, error=NeuronError)
    return tree


def checked(neuron: "Neuron", expression: str, what: str, units: dict[str, str], unit: str = "") -> ast.expr:
    """An expression as a tree. Raises NeuronError for what is none.

    what  : what is being defined, for the message
    units : of the names that may occur
    unit  : what its value must be in; empty for anything
    """
    return _read(expression, f"{neuron.name}: {what}", tuple(units.items()), unit)


def tree(neuron: "Neuron", expression: str) -> ast.expr:
    """Any expression of a neuron that has been checked, as a tree."""
    return checked(neuron, expression, "an expression", all_units(neuron))


def flows(neuron: "Neuron") -> dict[str, ast.expr]:
    """The change per second of every variable, as trees."""
    return {variable.name: tree(neuron, variable.flow) for variable in neuron.variables}


def start(neuron: "Neuron") -> dict[str, float]:
    """The variables at time 0."""
    return {variable.name: constant(neuron, variable.start) for variable in neuron.variables}


def dynamics(neuron: "Neuron") -> dict[str, str]:
    """All that decides how a neuron behaves, beside the values of its parameters: {part: text}.

    Noise that is zero for these values is none, so that a neuron with it is not taken for one without.
    """
    noises = {variable.name: variable.noise for variable in neuron.variables if constant(neuron, variable.noise) != 0}
    parts = {
        "equations": {variable.name: variable.flow for variable in neuron.variables},
        "noise": noises,
        "threshold": (neuron.threshold, neuron.fires_on, neuron.hazard),
        "reset": (dict(neuron.reset), neuron.clamps, [variable.held for variable in neuron.variables]),
        "refractory time": neuron.refractory,
        "receptors": neuron.receptors,
        "integration": neuron.integration,
    }
    return {part: repr(said) for part, said in parts.items()}


def degree(tree: ast.expr, states: Collection[str]) -> int:
    """Of a checked tree in the names `states`: 0 without them, 1 when linear, 2 for everything else."""
    if isinstance(tree, ast.Name):
        return int(tree.id in states)
    if isinstance(tree, ast.UnaryOp):
        return degree(tree.operand, states)
    if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Add | ast.Sub):
        return max(degree(tree.left, states), degree(tree.right, states))
    if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Mult):
        return min(degree(tree.left, states) + degree(tree.right, states), _NONLINEAR)
    if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Div) and degree(tree.right, states) == 0:
        return degree(tree.left, states)
    return _NONLINEAR if names(tree) & set(states) else 0


def constant(neuron: "Neuron", expression: str) -> float:
    """The value of a checked expression in parameters."""
    return float(evaluator(tree(neuron, expression))(neuron.values))


def with_input(neuron: "Neuron", name: str, given: str) -> str:
    """The flow of a variable with a further current, an expression, beside the one that is injected."""
    everything = ast.BinOp(ast.Name(CURRENT), ast.Add(), ast.parse(given, mode="eval").body)
    return ast.unparse(substituted(tree(neuron, neuron.variable(name).flow), {CURRENT: everything}))
