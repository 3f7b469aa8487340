"""How large the gradient still is after each layer on the way down a deep network, at its random start weights.

Source: hochreiter1998 (a sigmoid layer leaves a quarter at most); schoenholz2017, eqs. 3 and 9 (infinitely wide ones).
"""

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import RELU, Activation
from plasticity.artificial.layers import Layer, LayeredNetwork, forward
from plasticity.artificial.losses import pull_back


def gradients_by_layer(
    unit: Activation, *, n_layers: int, width: int, n_patterns: int, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """The gradient's root mean square by layer, from the output down, and the bound on each, (n_layers,) both."""
    scale = np.sqrt(_gain(unit) / width)
    weights = [np.insert(scale * rng.normal(size=(width, width)), 0, 0.0, axis=1) for _ in range(n_layers)]
    network = LayeredNetwork(tuple(Layer(matrix, unit) for matrix in weights))
    sums = [z for z, _ in forward(network, rng.normal(size=(n_patterns, width)))][::-1]
    gradient = pull_back(unit, sums[0], rng.normal(size=(n_patterns, width)))  # any loss: d loss / dy at random
    norms, stretches = [_size(gradient)], []
    for z, above in zip(sums[1:], weights[:0:-1], strict=True):
        gradient = pull_back(unit, z, gradient @ above[:, 1:])
        norms.append(_size(gradient))
        stretches.append(_steepest(unit) * np.linalg.norm(above[:, 1:], ord=2))
    return np.array(norms), norms[0] * np.cumprod([1.0, *stretches])


def infinitely_wide(unit: Activation, n_layers: int) -> Floats:
    """The same norms where sums are normal and independent of the gradient (schoenholz2017, eqs. 3 and 9).

    The variance q of the sums goes from layer to layer as q <- gain E[y(z)^2], the mean square of the gradient, back
    down, as gain E[y'(z)^2] of each layer.
    """
    nodes, weights = np.polynomial.hermite_e.hermegauss(100)  # an even number: no node on the kink of ReLU
    weights = weights / weights.sum()
    variance, slopes = _gain(unit), []
    for _ in range(n_layers):
        z = np.sqrt(variance) * nodes
        slopes.append(weights @ unit.derivative(z) ** 2)
        variance = _gain(unit) * (weights @ unit(z) ** 2)
    top, *below = slopes[::-1]
    return np.sqrt(top * np.cumprod([1.0, *(_gain(unit) * np.array(below))]))


def _gain(unit: Activation) -> float:
    """Width times the variance of the start weights: 1, and 2 for ReLU, half of whose units are silent."""
    return 2.0 if unit is RELU else 1.0


def _steepest(unit: Activation) -> float:
    """The largest slope there is: 1/4 for the sigmoid, 1 for the others."""
    return float(unit.derivative(np.array([0.0, 1.0])).max())


def _size(gradient: Floats) -> float:
    return float(np.sqrt(np.mean(gradient**2)))
