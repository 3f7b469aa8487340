"""The same records as compiled loops, by Numba (the extra `fast`): long trains and large networks in little time."""

from plasticity.compiled.loading import is_available
from plasticity.compiled.trains import final_weight, trajectory

__all__ = ["final_weight", "is_available", "trajectory"]
