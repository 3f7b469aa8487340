"""Networks as data, what a run of one leaves behind, and statistics of its spikes. No simulator is here."""

from plasticity.networks.firing import SpikeStatistics, statistics
from plasticity.networks.network import Network, Population, Projection, Replay
from plasticity.networks.recording import Recording

__all__ = [
    "Network",
    "Population",
    "Projection",
    "Recording",
    "Replay",
    "SpikeStatistics",
    "statistics",
]
