"""The exact engine: rule + spike times -> weights, with NumPy and without a time step."""

from plasticity.events.between import states
from plasticity.events.entries import Entries, Entry, Ledger
from plasticity.events.evaluate import final_state, final_weight, trajectory
from plasticity.events.pairs import ledger
from plasticity.events.state import State
from plasticity.events.transmitting import transmitted
from plasticity.events.windows import window

__all__ = [
    "Entries",
    "Entry",
    "Ledger",
    "State",
    "final_state",
    "final_weight",
    "ledger",
    "states",
    "trajectory",
    "transmitted",
    "window",
]
