"""The same records as compiled loops, by Numba (the extra `fast`): long trains and large networks in little time."""

from plasticity.compiled.loading import is_available
from plasticity.compiled.trains import final_state, final_weight, trajectory, window

__all__ = ["final_state", "final_weight", "is_available", "trajectory", "window"]
