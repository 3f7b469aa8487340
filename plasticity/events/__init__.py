"""The exact reader: rule + spike times -> weights, with NumPy and without a time step."""

from plasticity.events.evaluate import final_weight, trajectory
from plasticity.events.windows import window

__all__ = ["final_weight", "trajectory", "window"]
