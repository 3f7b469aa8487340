"""The Brian2 engine: rules and neurons that really fire. Brian2 is imported at the first run, not before."""

from plasticity.networks import (
    Network,
    PoissonInput,
    Population,
    Projection,
    Recording,
    Replay,
    SpikeStatistics,
    statistics,
)
from plasticity.spiking.simulation import rates, simulate, voltages
from plasticity.spiking.synapse import final_weight, trajectory

__all__ = [
    "Network",
    "PoissonInput",
    "Population",
    "Projection",
    "Recording",
    "Replay",
    "SpikeStatistics",
    "final_weight",
    "rates",
    "simulate",
    "statistics",
    "trajectory",
    "voltages",
]
