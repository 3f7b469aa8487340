"""The bridge to the artificial side: what a rule does on average, as a function of firing rates."""

from plasticity.rates.averages import drift
from plasticity.rates.fixed import FixedPoint, fixed_points

__all__ = ["FixedPoint", "drift", "fixed_points"]
