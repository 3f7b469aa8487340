"""The choice of an engine: what a person asks, put to the one that answers it soonest."""

from typing import TYPE_CHECKING

from plasticity.engines.choosing import Choice
from plasticity.later import later

if TYPE_CHECKING:
    from plasticity.engines.running import simulate
    from plasticity.engines.weights import final_state, final_weight, trajectory, window
else:  # a question about two trains needs no networks, nor a network the exact engine
    __getattr__ = later(
        __name__,
        {
            "plasticity.engines.running": ("simulate",),
            "plasticity.engines.weights": ("final_state", "final_weight", "simulate", "trajectory", "window"),
        },
    )

__all__ = ["Choice", "final_state", "final_weight", "simulate", "trajectory", "window"]


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
