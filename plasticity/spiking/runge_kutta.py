"""Steps of Runge and Kutta's method of fourth order, written out as Brian2 code.

Brian2's own 'rk4' takes the equations apart in symbols, which lasts half a second for every group of neurons, and
reads a current that changes within the step, where ours holds it: row k of a table is that of the whole step.
"""

from plasticity.neurons import Neuron
from plasticity.spiking.neuron_text import NeuronText, printer

_REACHES = ("", "0.5*", "0.5*", "")  # how far into the step a stage looks, along the slopes of the stage before


def rk4_code(neuron: Neuron, text: NeuronText, *, current: str, dt: float) -> tuple[str, dict[str, float]]:
    """One step of a printed neuron as Brian2 code, and the numbers that it multiplies with."""
    names = [variable.name for variable in neuron.variables]
    lines = []
    for stage, reach in enumerate(_REACHES, start=1):
        state = "{}_y" if stage == 1 else "{}_at"
        if stage > 1:
            lines += [f"{name}_at = {name}_y + {reach}rk_step*k{stage - 1}_{name}" for name in names]
        printed = printer(neuron, current, state=state)
        for variable in neuron.variables:
            flag, flow = text.moves.get(variable.name), printed(variable.flow)
            lines.append(f"k{stage}_{variable.name} = {f'int({flag})*({flow})' if flag else flow}")
    lines += [f"{name}_y = {name}_y + rk_step/6*(k1_{name} + 2*k2_{name} + 2*k3_{name} + k4_{name})" for name in names]
    return "\n".join(lines), {"rk_step": dt}
