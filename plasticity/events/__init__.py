"""The exact engine: rule + spike times -> weights, with NumPy and without a time step."""

from typing import TYPE_CHECKING

from plasticity.events.entries import Entries, Entry, Ledger
from plasticity.events.evaluate import final_state, final_weight, trajectory
from plasticity.events.pairs import ledger
from plasticity.later import later
from plasticity.rules.state import State

if TYPE_CHECKING:
    from plasticity.events.between import states
    from plasticity.events.transmitting import transmitted
    from plasticity.events.windows import window
else:  # a question about two trains needs none of them
    __getattr__ = later(
        __name__,
        {
            "plasticity.events.between": ("states",),
            "plasticity.events.transmitting": ("transmitted",),
            "plasticity.events.windows": ("window",),
        },
    )

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


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
