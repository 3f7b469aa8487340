"""Exact steps of linear neurons: the matrix exponential of their equations, as numbers.

For dx/dt = M x + b, with b constant during a step, x(t + dt) = P x + Q b, where P = exp(M dt) and Q is the
integral of exp(M s) from 0 to dt.
"""

import math

import numpy as np

from plasticity.arrays import Floats
from plasticity.expressions import evaluator
from plasticity.neurons.equations import flows
from plasticity.neurons.record import Neuron

_TERMS = 30  # of the Taylor series; a step is at most a tenth of a time constant, so the 30th is below 1e-50


def propagators(neuron: Neuron, dt: float) -> tuple[Floats, Floats]:
    """P and Q of a step of `dt` seconds, each (n_variables, n_variables).

    The record has checked that the equations are linear.
    """
    matrix = _matrix(neuron) * dt
    # halved until the series converges: of a step that no time constant of the record limits, too
    n_halved = max(0, math.ceil(math.log2(max(np.abs(np.linalg.eigvals(matrix)).max(), 0.5))))
    matrix /= 2**n_halved
    term = np.eye(len(matrix))
    stepped, summed = term.copy(), term.copy()
    for n in range(1, _TERMS):
        term = term @ matrix / n
        stepped += term
        summed += term / (n + 1)
    for _ in range(n_halved):
        stepped, summed = stepped @ stepped, (summed + stepped @ summed) / 2
    return stepped, summed * dt


def _matrix(neuron: Neuron) -> Floats:
    """The matrix M of the equations, column by column from their values at unit vectors."""
    names = [variable.name for variable in neuron.variables]
    equations = [evaluator(flow) for flow in flows(neuron).values()]

    def at(state: Floats) -> Floats:
        values = {**neuron.values, **dict(zip(names, state, strict=True)), "current": 0.0}
        return np.array([flow(values) for flow in equations], dtype=float)

    origin = at(np.zeros(len(names)))
    return np.stack([at(unit) - origin for unit in np.eye(len(names))], axis=1)
