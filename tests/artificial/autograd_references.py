"""Every unit and loss once more, written for the automatic differentiation library `autograd`."""

import autograd.numpy as anp
from autograd.scipy.special import erf

UNITS = {
    "linear": lambda z: z,
    "relu": lambda z: anp.maximum(z, 0.0),
    "leaky_relu": lambda z: anp.where(z > 0, z, 0.01 * z),
    "softplus": lambda z: anp.log(1 + anp.exp(z)),
    "sigmoid": lambda z: 1 / (1 + anp.exp(-z)),
    "tanh": anp.tanh,
    "swish": lambda z: z / (1 + anp.exp(-z)),
    "gelu": lambda z: z * (1 + erf(z / anp.sqrt(2))) / 2,
    "softmax": lambda z: anp.exp(z) / anp.sum(anp.exp(z), axis=-1, keepdims=True),
}


def _both_terms(y, t):
    return -anp.sum(t * anp.log(y) + (1 - t) * anp.log(1 - y)) / len(y)


LOSSES = {
    "mean squared error": lambda y, t: anp.sum((y - t) ** 2) / 2 / len(y),
    "cross entropy": _both_terms,
    "multi-class cross entropy": _both_terms,
    "categorical cross entropy": lambda y, t: -anp.sum(t * anp.log(y)) / len(y),
}


def layer(weights, inputs, unit):
    """Outputs of a layer whose first weight is the bias."""
    return UNITS[unit](anp.dot(inputs, weights[:, 1:].T) + weights[:, 0])


def loss_of(weights, inputs, targets, *, units, loss):
    """The loss of a feed-forward network: one weight matrix and one unit name per layer."""
    for matrix, unit in zip(weights, units, strict=True):
        inputs = layer(matrix, inputs, unit)
    return LOSSES[loss](inputs, targets)
