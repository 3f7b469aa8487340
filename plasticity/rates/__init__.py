"""The bridge to the artificial side: what a rule does on average, as a function of firing rates."""

from plasticity.rates.averages import drift

__all__ = ["drift"]
