"""Networks as data, what a run of one leaves behind, and statistics of its spikes. No simulator is here."""

from plasticity.networks.connectivity import all_to_all, fixed_indegree, fixed_probability, one_to_one
from plasticity.networks.firing import SpikeStatistics, statistics
from plasticity.networks.given import EventTrain
from plasticity.networks.joining import Joined, joined, split
from plasticity.networks.network import Network, frozen
from plasticity.networks.poisson import Correlated, PoissonInput
from plasticity.networks.populations import Population, Replay
from plasticity.networks.projections import Projection
from plasticity.networks.recording import Recording
from plasticity.networks.state import State
from plasticity.networks.together import correlations, population_rate, spike_counts

__all__ = [
    "Correlated",
    "EventTrain",
    "Joined",
    "Network",
    "PoissonInput",
    "Population",
    "Projection",
    "Recording",
    "Replay",
    "SpikeStatistics",
    "State",
    "all_to_all",
    "correlations",
    "fixed_indegree",
    "fixed_probability",
    "frozen",
    "joined",
    "one_to_one",
    "population_rate",
    "spike_counts",
    "split",
    "statistics",
]
