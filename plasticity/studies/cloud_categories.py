"""Categorical cross entropy speaks to the right unit alone: what becomes of the others, by the units behind it?

The same examples, clouds of one category each, and the same start for softmax units, which share their sum, and for
independent sigmoids, which do not. Several draws are learned as one batch of arrays.
Source: lecture (the drawback of categorical cross entropy).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import SIGMOID, Activation
from plasticity.artificial.losses import (
    CATEGORICAL_CROSS_ENTROPY,
    MULTICLASS_CROSS_ENTROPY,
    SOFTMAX,
    Loss,
    value_and_gradient,
)
from plasticity.errors import ArgumentError

# Descent is steady below 4 over the largest mean square of the inputs in a direction, 2 + spread^2; less, for few draws
STEADY = 3.0
CENTRES = np.array([[2.0, 0.0], [-1.0, 1.7], [-1.0, -1.7]])
UNITS: dict[str, tuple[Loss, Activation]] = {
    "softmax": (CATEGORICAL_CROSS_ENTROPY, SOFTMAX),
    "sigmoids": (CATEGORICAL_CROSS_ENTROPY, SIGMOID),
    "sigmoids_multiclass": (MULTICLASS_CROSS_ENTROPY, SIGMOID),
}


@dataclass(frozen=True)
class Clouds:
    """How many draws, examples of a cloud and epochs, and how wide and fast."""

    n_draws: int
    n_each: int
    spread: float
    rate: float
    n_epochs: int
    seed: int

    def __post_init__(self) -> None:
        """Raises ArgumentError for steps that overshoot, after which rounding decides what is learned."""
        largest = STEADY / (2 + self.spread**2)
        if self.rate > largest:
            raise ArgumentError(
                f"rate is {self.rate:g} at a spread of {self.spread:g}; up to {largest:.2g} no step overshoots"
            )


@dataclass(frozen=True)
class Drawn:
    """Examples of every draw, a bias first, (n_draws, n, 3); one-hot targets, (n, 3); weights to start from."""

    inputs: Floats
    targets: Floats
    start: Floats


@dataclass(frozen=True)
class Learned:
    """After learning, by draw: the mean output of units that should be 0, of those that should be 1, the accuracy."""

    wrong: Floats
    right: Floats
    accuracy: Floats


def drawn(clouds: Clouds) -> Drawn:
    """Clouds around three centres, and small weights, anew for each draw."""
    rng, labels = np.random.default_rng(clouds.seed), np.repeat(np.arange(len(CENTRES)), clouds.n_each)
    points = CENTRES[labels] + clouds.spread * rng.normal(size=(clouds.n_draws, labels.size, 2))
    inputs = np.concatenate([np.ones((*points.shape[:2], 1)), points], axis=2)
    return Drawn(inputs, np.eye(len(CENTRES))[labels], 0.1 * rng.normal(size=(clouds.n_draws, len(CENTRES), 3)))


def learned(clouds: Clouds, name: str) -> Learned:
    """Gradient descent by the losses of the package, all draws side by side."""
    loss, unit = UNITS[name]
    data = drawn(clouds)
    many = np.tile(data.targets, (clouds.n_draws, 1))

    def gradient(z: Floats) -> Floats:
        flat = value_and_gradient(loss, unit, z.reshape(many.shape), many)[1]
        return flat.reshape(z.shape) * clouds.n_draws  # the loss is a mean over all draws

    return outcome(data, _descended(clouds, data, gradient), unit)


def learned_on_paper(clouds: Clouds, name: str) -> Learned:
    """The same by the gradients as one derives them: y - t, or for sigmoids that hear of the right one, -t (1 - y)."""
    data = drawn(clouds)

    def gradient(z: Floats) -> Floats:
        grown = np.exp(z)
        y = grown / grown.sum(axis=2, keepdims=True) if name == "softmax" else grown / (1 + grown)
        return (-data.targets * (1 - y) if name == "sigmoids" else y - data.targets) / data.targets.shape[0]

    return outcome(data, _descended(clouds, data, gradient), UNITS[name][1])


def _descended(clouds: Clouds, data: Drawn, gradient: Callable[[Floats], Floats]) -> Floats:
    weights = data.start
    turned = data.inputs.transpose(0, 2, 1)
    for _ in range(clouds.n_epochs):
        dz = gradient(data.inputs @ weights.transpose(0, 2, 1))
        weights = weights - clouds.rate * (turned @ dz).transpose(0, 2, 1)
    return weights


def outcome(data: Drawn, weights: Floats, unit: Activation) -> Learned:
    """What the units say of the examples they have learned."""
    y, is_right = unit(data.inputs @ weights.transpose(0, 2, 1)), data.targets == 1
    accuracy = np.mean(y.argmax(axis=2) == data.targets.argmax(axis=1), axis=1)
    return Learned(y[:, ~is_right].mean(axis=1), y[:, is_right].mean(axis=1), accuracy)
