"""The loss of one sigmoid with one weight, along that weight: with the squared error it can have several valleys."""

from dataclasses import dataclass

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import SIGMOID
from plasticity.artificial.losses import MSE, Loss, value_and_gradient

# The large input fits best with w just below 0, the three others well above it; the smallest keeps w finite
INPUTS, TARGETS = (1.0, 2.0, 3.0, 4.0, 20.0), (0.0, 1.0, 1.0, 1.0, 0.0)
FLAT = 1e-14  # a slope this small beside the largest input is rounding of y near 1


@dataclass(frozen=True)
class Landscape:
    """A loss at each weight, its second derivative, and where its minima and the hills between are.

    heights : the loss at the minima
    """

    weights: Floats
    values: Floats
    curvature: Floats
    minima: Floats
    heights: Floats
    hills: Floats


def landscape(loss: Loss, inputs: Floats, targets: Floats, weights: Floats) -> Landscape:
    """The loss of y = sigmoid(w x) on the examples, (n,) each, at growing weights.

    A minimum is where the slope turns from falling to rising, a hill the other way, both refined by bisection; two of
    them between neighbouring weights are missed. Where saturation leaves of the slope no more than rounding, nothing
    turns.
    """
    slopes = _slopes(loss, inputs, targets, weights)
    is_sloping = np.abs(slopes) > FLAT * np.abs(inputs).max()
    sloping, falls = weights[is_sloping], slopes[is_sloping] < 0
    minima, hills = (
        _bisected(loss, inputs, targets, (sloping[:-1][turns], sloping[1:][turns]))
        for turns in (falls[:-1] & ~falls[1:], ~falls[:-1] & falls[1:])
    )
    return Landscape(
        weights,
        _values(loss, inputs, targets, weights),
        _curvature(loss, inputs, targets, weights),
        minima,
        _values(loss, inputs, targets, minima),
        hills,
    )


def _values(loss: Loss, inputs: Floats, targets: Floats, weights: Floats) -> Floats:
    """Every weight is a unit of its own."""
    sums, wanted = _units(inputs, targets, weights)
    terms = loss.terms_of_z(sums, wanted) if loss.matching is SIGMOID else loss.terms(SIGMOID(sums), wanted)
    return terms.mean(axis=0)


def _slopes(loss: Loss, inputs: Floats, targets: Floats, weights: Floats) -> Floats:
    return inputs @ value_and_gradient(loss, SIGMOID, *_units(inputs, targets, weights))[1]


def _units(inputs: Floats, targets: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Summed inputs and targets, (n_examples, n_weights)."""
    sums = inputs[:, np.newaxis] * weights
    return sums, np.broadcast_to(targets[:, np.newaxis], sums.shape)


def _curvature(loss: Loss, inputs: Floats, targets: Floats, weights: Floats) -> Floats:
    """The second derivative: the mean of x^2 s, s = y (1 - y); for the squared error of x^2 s (s + (y-t)(1-2y))."""
    sums, wanted = _units(inputs, targets, weights)
    y = SIGMOID(sums)
    slope = y * (1 - y)
    bend = slope * (slope + (y - wanted) * (1 - 2 * y)) if loss is MSE else slope
    return np.square(inputs) @ bend / len(inputs)


def _bisected(loss: Loss, inputs: Floats, targets: Floats, ends: tuple[Floats, Floats]) -> Floats:
    """Where the slope changes its sign between the ends."""
    left, right = ends
    if not left.size:
        return left
    is_falling = _slopes(loss, inputs, targets, left) < 0
    for _ in range(60):
        middle = 0.5 * (left + right)
        goes_on = (_slopes(loss, inputs, targets, middle) < 0) == is_falling
        left, right = np.where(goes_on, middle, left), np.where(goes_on, right, middle)
    return 0.5 * (left + right)
