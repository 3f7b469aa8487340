"""Exact steps of linear neurons as Brian2 code.

Brian2's own 'exact' method finds the same in symbols, which takes half a second for every group of neurons; the numbers
take a millisecond.
"""

from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.expressions import evaluator
from plasticity.neurons import Neuron
from plasticity.neurons.equations import flows
from plasticity.neurons.propagators import propagators
from plasticity.spiking.neuron_text import NeuronText


def update_code(neuron: Neuron, text: NeuronText, dt: float, current: Floats | None) -> tuple[str, dict[str, Any]]:
    """One step of a printed neuron as Brian2 code, and the numbers in it, of all neurons or one each.

    current : amperes, a number or one a neuron, from which follows what each step adds; None when it changes
    """
    stepped, summed = propagators(neuron, dt)
    names = [variable.name for variable in neuron.variables]
    numbers: dict[str, Any] = {}
    lines = [] if current is not None else [f"{name}_free = {flow}" for name, flow in text.constant.items()]
    driven = {} if current is None else _driven(neuron, summed, current)
    for row, variable in enumerate(neuron.variables):
        terms = []
        for column, name in enumerate(names):
            for kind, matrix, factor in (("step", stepped, f"{name}_y"), ("sum", summed, f"{name}_free")):
                if matrix[row, column] != 0 and (kind == "step" or current is None):
                    number = f"{kind}_{row}_{column}"
                    numbers[number] = float(matrix[row, column])
                    terms.append(f"{number}*{factor}")
        if variable.name in driven:
            numbers[f"driven_{row}"] = driven[variable.name]
            terms.append(f"driven_{row}")
        lines.append(f"{variable.name}_next = {' + '.join(terms) or '0.0'}")
    for name in names:
        target, flag = f"{name}_y", text.moves.get(name)
        moved = f"{target} + int({flag})*({name}_next - {target})"
        lines.append(f"{target} = {moved if flag else f'{name}_next'}")
    return "\n".join(lines), numbers


def _driven(neuron: Neuron, summed: Floats, current: Floats) -> dict[str, Floats]:
    """{variable: what every step adds to it, beside what it and the others were}, where that is not 0."""
    at_zero = {**neuron.values, **{variable.name: 0.0 for variable in neuron.variables}, "current": current}
    free = [np.asarray(evaluator(flow)(at_zero)) for flow in flows(neuron).values()]
    added = [sum(factor * flow for factor, flow in zip(row, free, strict=True)) for row in summed]
    named = zip((variable.name for variable in neuron.variables), added, strict=True)
    return {name: np.asarray(one) for name, one in named if np.any(one)}
