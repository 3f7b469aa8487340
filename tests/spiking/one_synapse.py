"""One replayed spike on one neuron."""

from plasticity.neurons import NEURONS
from plasticity.spiking import Network, Population, Projection, Replay

LIF, INHIBITORY = NEURONS["lif_excitatory"], NEURONS["lif_inhibitory"]
PRE, POST = Replay("pre", [[0.01]]), Population("post", LIF)


def synapse(pairs=((0, 0),), weight=0.5, rule=None, source="pre", target="post", **others):
    return Network([PRE, POST], [Projection("synapse", source, target, pairs, weight, rule, **others)])
