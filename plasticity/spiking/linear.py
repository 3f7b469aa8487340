"""Exact steps of linear neurons: the matrix exponential of their equations, as numbers for Brian2.

For dx/dt = M x + b, with b constant during a step, x(t + dt) = P x + Q b, where P = exp(M dt) and Q is the
integral of exp(M s) from 0 to dt. Brian2's own 'exact' method finds the same in symbols, which takes half a
second for every group of neurons; the numbers take a millisecond.
"""

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import NeuronError
from plasticity.expressions import evaluator, parse
from plasticity.neurons import Neuron

_TERMS = 30  # of the Taylor series; a step is at most a tenth of a time constant, so the 30th is below 1e-50


def propagators(neuron: Neuron, dt: float) -> tuple[Floats, Floats]:
    """P and Q of a step of `dt` seconds, each (n_variables, n_variables).

    raises NeuronError when the equations are not linear, although the record says that they are
    """
    matrix = _matrix(neuron) * dt
    term = np.eye(len(matrix))
    stepped, summed = term.copy(), term.copy()
    for n in range(1, _TERMS):
        term = term @ matrix / n
        stepped += term
        summed += term / (n + 1)
    return stepped, summed * dt


def update_code(neuron: Neuron, constant: dict[str, str], dt: float) -> tuple[str, dict[str, float]]:
    """One step as Brian2 code, and the numbers that it multiplies with.

    constant : {variable: its derivative with all variables at zero, as Brian2 text}
    """
    stepped, summed = propagators(neuron, dt)
    names = [variable.name for variable in neuron.variables]
    numbers: dict[str, float] = {}
    lines = [f"{name}_free = {text}" for name, text in constant.items()]
    for row, variable in enumerate(neuron.variables):
        terms = []
        for column, name in enumerate(names):
            for kind, matrix, factor in (("step", stepped, f"{name}_x"), ("sum", summed, f"{name}_free")):
                if matrix[row, column] != 0:
                    number = f"{kind}_{variable.name}_from_{name}"
                    numbers[number] = float(matrix[row, column])
                    terms.append(f"{number}*{factor}")
        lines.append(f"{variable.name}_next = {' + '.join(terms) or '0.0'}")
    for variable in neuron.variables:
        target = f"{variable.name}_x"
        moved = f"{target} + int(not_refractory)*({variable.name}_next - {target})"
        lines.append(f"{target} = {moved if variable.is_held else f'{variable.name}_next'}")
    return "\n".join(lines), numbers


def _matrix(neuron: Neuron) -> Floats:
    """The matrix M of the equations, column by column from their values at unit vectors."""
    names = [variable.name for variable in neuron.variables]
    known = [*neuron.values, *names, "current"]
    trees = [parse(v.derivative, known=known, where=neuron.name, error=NeuronError) for v in neuron.variables]
    derivatives = [evaluator(tree) for tree in trees]

    def at(state: Floats) -> Floats:
        values = {**neuron.values, **dict(zip(names, state, strict=True)), "current": 0.0}
        return np.array([derivative(values) for derivative in derivatives], dtype=float)

    origin, units = at(np.zeros(len(names))), np.eye(len(names))
    matrix = np.stack([at(unit) - origin for unit in units], axis=1)
    probe = np.linspace(0.3, 0.7, len(names))
    if not np.allclose(at(probe), matrix @ probe + origin, rtol=1e-9, atol=0):
        raise NeuronError(f"{neuron.name} says integration 'exact', but its equations are not linear")
    return matrix
