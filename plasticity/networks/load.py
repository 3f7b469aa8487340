"""How much there will be to do in a run: spikes, and the synapses that they reach; for estimates of its cost."""

from typing import NamedTuple

import numpy as np

from plasticity.networks.given import EventTrain
from plasticity.networks.network import AnyPopulation, Network
from plasticity.networks.poisson import PoissonInput
from plasticity.networks.populations import Replay
from plasticity.trains import taken

TYPICAL_RATE = 10.0  # hertz: what a neuron fires at is not known before; our choice, that of a busy network


class Load(NamedTuple):
    """What happens in a run.

    spikes     : of all populations and events
    deliveries : synapses that presynaptic spikes reach
    learnings  : synapses that learn, which spikes of either side reach
    """

    spikes: float
    deliveries: float
    learnings: float


def load(network: Network, seconds: float) -> Load:
    """What is to be expected in so many seconds: exact for spikes that are given, 10 Hz for neurons that decide."""
    spikes = {part.name: _spikes(part, seconds) for part in (*network.populations, *network.events)}
    sizes = network.sizes
    deliveries = learnings = 0.0
    for projection in network.projections:
        from_source = projection.size * spikes[projection.source] / sizes[projection.source]
        deliveries += from_source
        if projection.rule is not None:
            learnings += from_source + projection.size * spikes[projection.target] / sizes[projection.target]
    return Load(sum(spikes.values()), deliveries, learnings)


def _spikes(part: AnyPopulation | EventTrain, seconds: float) -> float:
    if isinstance(part, PoissonInput):
        return float(np.broadcast_to(part.rate, part.size).sum()) * seconds
    if isinstance(part, Replay | EventTrain):
        times = part.trains if isinstance(part, Replay) else part.times
        return float((taken(times, f"a train of {part.name}").flat < seconds).sum())
    return part.size * TYPICAL_RATE * seconds
