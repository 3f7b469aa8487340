"""The bridge to the artificial side: what a rule does on average, as a function of firing rates, and to one pair."""

from plasticity.rates.averages import drift
from plasticity.rates.drive import Patterns, WeightedSum
from plasticity.rates.fixed import FixedPoint, fixed_points
from plasticity.rates.pairs import pair_window
from plasticity.rates.running import Course, trajectory
from plasticity.rates.transitions import Transitions, fractions_above, strength_change, transition_probabilities

__all__ = [
    "Course",
    "FixedPoint",
    "Patterns",
    "Transitions",
    "WeightedSum",
    "drift",
    "fixed_points",
    "fractions_above",
    "pair_window",
    "strength_change",
    "trajectory",
    "transition_probabilities",
]
