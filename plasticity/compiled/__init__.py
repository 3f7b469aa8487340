"""The same records as compiled loops, by Numba (the extra `fast`): long trains and large networks in little time."""

from typing import TYPE_CHECKING

from plasticity.later import later

if TYPE_CHECKING:
    from plasticity.compiled.exact.running import simulate_exactly
    from plasticity.compiled.loading import is_available
    from plasticity.compiled.steps.running import simulate
    from plasticity.compiled.weights.trains import final_state, final_weight, trajectory
    from plasticity.compiled.weights.windows import window
else:  # whoever asks which engine to take, and takes another one, needs none of it
    __getattr__ = later(
        __name__,
        {
            "plasticity.compiled.exact.running": ("simulate_exactly",),
            "plasticity.compiled.loading": ("is_available",),
            "plasticity.compiled.steps.running": ("simulate",),
            "plasticity.compiled.weights.trains": ("final_state", "final_weight", "trajectory"),
            "plasticity.compiled.weights.windows": ("window",),
        },
    )

__all__ = ["final_state", "final_weight", "is_available", "simulate", "simulate_exactly", "trajectory", "window"]


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
