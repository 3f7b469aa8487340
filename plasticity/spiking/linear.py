"""Exact steps of linear neurons as Brian2 code.

Brian2's own 'exact' method finds the same in symbols, which takes half a second for every group of neurons; the numbers
take a millisecond.
"""

from plasticity.neurons import Neuron
from plasticity.neurons.propagators import propagators
from plasticity.spiking.neuron_text import NeuronText


def update_code(neuron: Neuron, text: NeuronText, dt: float) -> tuple[str, dict[str, float]]:
    """One step of a printed neuron as Brian2 code, and the numbers that it multiplies with."""
    stepped, summed = propagators(neuron, dt)
    names = [variable.name for variable in neuron.variables]
    numbers: dict[str, float] = {}
    lines = [f"{name}_free = {flow}" for name, flow in text.constant.items()]
    for row, variable in enumerate(neuron.variables):
        terms = []
        for column, name in enumerate(names):
            for kind, matrix, factor in (("step", stepped, f"{name}_y"), ("sum", summed, f"{name}_free")):
                if matrix[row, column] != 0:
                    number = f"{kind}_{row}_{column}"
                    numbers[number] = float(matrix[row, column])
                    terms.append(f"{number}*{factor}")
        lines.append(f"{variable.name}_next = {' + '.join(terms) or '0.0'}")
    for name in names:
        target, flag = f"{name}_y", text.moves.get(name)
        moved = f"{target} + int({flag})*({name}_next - {target})"
        lines.append(f"{target} = {moved if flag else f'{name}_next'}")
    return "\n".join(lines), numbers
