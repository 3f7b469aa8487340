"""What a network costs as compiled loops, in seconds and bytes, estimated before anything is made."""

from collections.abc import Sequence

from plasticity.networks import Network, Population
from plasticity.networks.load import load

# Measured on two cores of 2 to 3 GHz, rough: right to a factor of a few. Loading the compiler and what it has kept,
# a step of a neuron by its kind of integration, and what is done at a spike
LOADING_SECONDS = 0.5
SECONDS_PER_STEP = {"exact": 10e-9, "euler": 30e-9, "exponential euler": 300e-9, "rk4": 400e-9}
SECONDS_PER_SPIKE = 100e-9
SECONDS_PER_DELIVERY = 10e-9
SECONDS_PER_LEARNING = 30e-9
SECONDS_PER_CROSSING = 300e-9  # of the next spike of a neuron without steps, looked for at every arrival
UNCOMPILED = 300.0  # times as long as plain Python, without the loading: measured, 160 to 430
BYTES_PER_NEURON = 300.0
BYTES_PER_SYNAPSE = 60.0  # and what is needed to sort them
BYTES_PER_SPIKE = 32.0


def estimate(network: Network, seconds: float, dt: float | None, record: Sequence[str] = ()) -> tuple[float, float]:
    """About how long a run takes once it is compiled, and how many bytes.

    dt : the step; None for a run without
    """
    found = load(network, seconds)
    cost = LOADING_SECONDS + found.spikes * SECONDS_PER_SPIKE
    cost += found.deliveries * SECONDS_PER_DELIVERY + found.learnings * SECONDS_PER_LEARNING
    n_steps = 0.0 if dt is None else seconds / dt
    for part in network.populations:
        if isinstance(part, Population):
            cost += part.size * n_steps * SECONDS_PER_STEP[part.neuron.integration]
    if dt is None:
        cost += found.deliveries * SECONDS_PER_CROSSING
    sizes = {part.name: part.size for part in network.parts}
    n_bytes = BYTES_PER_NEURON * sum(population.size for population in network.populations)
    n_bytes += BYTES_PER_SYNAPSE * sum(projection.size for projection in network.projections)
    n_bytes += BYTES_PER_SPIKE * found.spikes + 8.0 * n_steps * (1 + sum(sizes.get(name, 0) for name in record))
    return cost, n_bytes
