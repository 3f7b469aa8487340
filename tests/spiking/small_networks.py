"""Small networks that tests run here and in processes of their own."""

import numpy as np

from plasticity.neurons import NEURONS, with_parameters
from plasticity.protocols import on_grid, poisson
from plasticity.rules import RULES
from plasticity.spiking import Network, Population, Projection, Recording, Replay, simulate

DT = 1e-4


def trains(n: int, rate: float, duration: float, seed: int, dt: float = DT) -> list[np.ndarray]:
    """`n` Poisson trains of `rate` hertz, on the grid of a run in steps of `dt`."""
    rng = np.random.default_rng(seed)
    return [on_grid(poisson(rate, duration, rng), dt) for _ in range(n)]


def noisy(seed: int, neuron: str) -> bytes:
    """All that a run leaves behind of two neurons that fire at random, driven by plastic synapses."""
    post = Population("post", NEURONS[neuron], 2, 1.5e-10)
    pairs = [(i, j) for i in range(3) for j in range(2)]
    plastic = Projection("plastic", "pre", "post", pairs, 0.5, RULES["pair_stdp"])
    network = Network([Replay("pre", trains(3, 40.0, 0.2, seed=0)), post], [plastic])
    return as_bytes(simulate(network, 0.2, record=["post", "plastic"], seed=seed))


def as_bytes(recording: Recording) -> bytes:
    """Spikes, weights and voltages, bit by bit."""
    arrays = [times for population in recording.spikes.values() for times in population]
    arrays += [*recording.weights.values(), *recording.voltages.values()]
    arrays += [trajectory.weights for trajectory in recording.trajectories.values()]
    return b"|".join(array.tobytes() for array in arrays)


def driven(seed: int = 0, weight: float = 0.5, bias: float = -1.0, delay: float = 1e-3) -> Network:
    """A neuron between plastic excitation, with a delay, and inhibition, from trains that are replayed."""
    neuron = with_parameters(NEURONS["lif_excitatory"], bias=bias)
    return Network(
        [
            Replay("exc", trains(4, 50.0, 0.5, seed=1 + seed)),
            Replay("inh", trains(2, 30.0, 0.5, seed=2 + seed), sign=-1),
            Population("post", neuron, 1, 1.5e-10),
        ],
        [
            Projection("plastic", "exc", "post", [(i, 0) for i in range(4)], weight, RULES["pair_stdp"], delay=delay),
            Projection("fixed", "inh", "post", [(0, 0), (1, 0)], 0.6),
        ],
    )
