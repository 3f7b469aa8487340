"""One sigmoid: its losses and their slopes along the summed input z, and how long the way back from a mistake is.

Through a sigmoid the slope of the squared error carries the factor y (1 - y), which is nearly 0 where y is near 0 or 1.
In that of cross entropy the factor cancels against dC/dy, and y - t is left.
"""

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import SIGMOID
from plasticity.artificial.descent import Descent, Weights, descend
from plasticity.artificial.losses import CROSS_ENTROPY, MSE, Loss, value_and_gradient
from plasticity.errors import ArgumentError

LOSSES = (MSE, CROSS_ENTROPY)
MOST_STEPS = 100_000  # our choice: a few seconds


def losses_along(loss: Loss, sums: Floats, target: float = 1.0) -> Floats:
    """The loss at each z, (n,)."""
    targets = np.full_like(sums, target)
    return loss.terms_of_z(sums, targets) if loss.matching is SIGMOID else loss.terms(SIGMOID(sums), targets)


def slopes_along(loss: Loss, sums: Floats, target: float = 1.0) -> Floats:
    """d loss / dz at each z, (n,)."""
    return value_and_gradient(loss, SIGMOID, sums, np.full_like(sums, target))[1] * len(sums)


def steps_until_right(loss: Loss, z: float, rate: float) -> int:
    """Steps of descent on one example, x = 1 with target 1, from the weight z until the unit is right, z > 0."""

    def objective(weights: Weights, shown: np.ndarray) -> tuple[float, Weights]:
        value, slope = value_and_gradient(loss, SIGMOID, weights[0], np.ones(1))
        return value, (slope,)

    if z > 0:
        return 0
    descent = Descent(loss, rate, n_epochs=MOST_STEPS)
    for n, step in enumerate(descend((np.array([z]),), objective, 1, descent=descent), start=1):
        if step.weights[0][0] > 0:
            return n
    raise ArgumentError(f"from z = {z:g} at rate {rate:g} the unit is not right after {MOST_STEPS} steps; raise either")
