"""A neuron in words and equations: what `plasticity show` prints."""

from plasticity.neurons.closed_forms import known_in_closed_form
from plasticity.neurons.parts import Receptor
from plasticity.neurons.record import Neuron
from plasticity.rules.conventions import WEIGHT

_NO_WEIGHT = f"{WEIGHT} is a variable of the neuron here; the weight of a synapse is called weight"


def equations(neuron: Neuron) -> tuple[str, ...]:
    """The neuron's equations, one a line: what flows, and what happens at a spike."""
    flows = [f"d{variable.name}/dt = {variable.flow}" for variable in neuron.variables]
    noise = [f"with white noise times {v.noise} on {v.name}" for v in neuron.variables if v.noise != "0"]
    return (*flows, *noise, *_at_a_spike(neuron))


def roles(neuron: Neuron) -> tuple[str, ...]:
    """What a simulator, and who reads the equations, must know of a neuron besides them."""
    return (
        f"the membrane potential is {neuron.voltage}",
        *([_NO_WEIGHT] if any(variable.name == WEIGHT for variable in neuron.variables) else []),
        f"its synapses are {neuron.effect}",
        f"integration: {neuron.integration}",
        f"known in closed form: {', '.join(known_in_closed_form(neuron)) or 'nothing'}",
    )


def receptors(neuron: Neuron) -> tuple[str, ...]:
    """What a spike does at each receptor."""
    return tuple(_receptor(name, receptor) for name, receptor in neuron.receptors.items())


def _at_a_spike(neuron: Neuron) -> list[str]:
    """When a neuron fires, and what that does to it."""
    above = "when" if neuron.fires_on == "condition" else "on the upward crossing:"
    fires = f"fires {above} {neuron.threshold} > 0" if neuron.threshold else f"fires at the rate {neuron.hazard}"
    lines = [fires, *([f"then it cannot fire for {neuron.refractory}"] if neuron.refractory else [])]
    for variable in neuron.variables:
        name = variable.name
        clamp = neuron.clamps.get(name)
        parts = [f"{name} = {clamp.value} for {clamp.time}"] if clamp else []
        parts += [f"{name} = {neuron.reset[name]}"] if name in neuron.reset else []
        parts += [f"{name} is held for {variable.held}"] if variable.held else []
        lines += [f"at a spike: {', then '.join(parts)}"] if parts else []
    return lines


def _receptor(name: str, receptor: Receptor) -> str:
    moves = "raises" if receptor.direction > 0 else "lowers"
    reversal = f", with the reversal potential {receptor.reversal}" if receptor.reversal else ""
    lost = ", and is lost while refractory" if receptor.while_refractory == "discarded" else ""
    return f"{name}: a spike {moves} {receptor.variable} by its weight times {receptor.size}{reversal}{lost}"


__all__ = ["equations", "receptors", "roles"]
