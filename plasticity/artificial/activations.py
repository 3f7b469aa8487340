"""Activation functions as records: the function, its derivative and its range.

An activation stands for a neuron's firing rate, or its probability of firing, as a function of
the summed dendritic current z (the weighted inputs plus the bias).

All functions work elementwise on arrays of any shape and in double precision. They neither
overflow nor warn for any z, infinities included, and keep their relative accuracy in the tails
(sigmoid(-700) is 1e-304, not 0). NaN stays NaN.

At a kink or jump (z = 0) a derivative does not exist, and the record states a choice:
step and sign have derivative 0 everywhere; relu and leaky_relu take the slope of their left side.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError, said
from plasticity.inputs import count, function, plain, text
from plasticity.memory import require_memory

LEAK = 0.01  # slope of leaky_relu below 0: Maas, Hannun and Ng (2013), ICML workshop on deep learning for audio

MOST_AXES = 64  # of an array: NumPy has no more

Elementwise = Callable[[Any], np.ndarray]


@dataclass(frozen=True)
class Activation:
    """One activation function.

    function   : z -> y, elementwise, any shape
    derivative : z -> dy/dz, elementwise, a function of z (not of y)
    range      : (infimum, supremum) of y; a bound may be approached without being reached

    Both functions are given double precision, whatever kind of real numbers the caller has.
    raises ArgumentError for fields of another kind, and when called with what is no array of real numbers
    """

    name: str
    formula: str
    function: Elementwise
    derivative: Elementwise
    range: tuple[float, float]

    def __post_init__(self) -> None:
        text(self.name, "the name of an activation", is_empty_allowed=False)
        text(self.formula, f"the formula of {self.name}")
        for name in ("function", "derivative"):
            given = function(getattr(self, name), f"the {name} of {self.name}")
            object.__setattr__(self, name, given if isinstance(given, _InDoubles) else _InDoubles(given))
        object.__setattr__(self, "range", interval(self.range, f"the range of {self.name}"))

    def __call__(self, z: ArrayLike) -> np.ndarray:
        """The activation y of the summed input z, in double precision and of the same shape."""
        return self.function(z)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class _InDoubles:
    """A function that sees doubles only: in whole numbers of 8 bits -128 has no negative, and exp loses its digits."""

    function: Elementwise

    def __call__(self, z: ArrayLike) -> np.ndarray:
        return self.function(doubles(z))


def doubles(z: Any) -> Floats:
    """Summed inputs as doubles, NaN and infinity included. Raises ArgumentError for what are no real numbers."""
    if type(z) is np.ndarray and z.dtype == np.float64:
        return z
    return plain(z, "the summed input z", is_matrix=True).values


def interval(limits: Any, what: str) -> tuple[float, float]:
    """(lowest, highest), both of them real numbers or infinite. Raises ArgumentError."""
    found = plain(limits, what).values
    if found.shape != (2,) or not found[0] < found[1]:
        raise ArgumentError(f"{what} is {said(limits)}; (lowest, highest) is allowed")
    return tuple(found.tolist())


def _heaviside(z: np.ndarray) -> np.ndarray:
    return np.heaviside(z, 0.0)


def _zero(z: np.ndarray) -> np.ndarray:
    return 0.0 * _heaviside(z)  # NaN stays NaN


def _identity(z: np.ndarray) -> np.ndarray:
    return np.multiply(z, 1.0)  # a copy: whoever changes the output must not change the input


def _one(z: np.ndarray) -> np.ndarray:
    return 1.0 + _zero(z)


def _relu(z: np.ndarray) -> np.ndarray:
    return np.maximum(z, 0.0)


def _leaky_relu(z: np.ndarray) -> np.ndarray:
    return np.maximum(z, np.multiply(z, LEAK))


def _leaky_relu_slope(z: np.ndarray) -> np.ndarray:
    return LEAK + (1.0 - LEAK) * _heaviside(z)


def _softplus(z: np.ndarray) -> np.ndarray:
    return np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z)))


def _sigmoid(z: np.ndarray) -> np.ndarray:
    decay = np.exp(-np.abs(z))  # never above 1, on either side
    return np.where(np.less(z, 0.0), decay, 1.0) / (1.0 + decay)


def _sigmoid_slope(z: np.ndarray) -> np.ndarray:
    decay = np.exp(-np.abs(z))
    return decay / (1.0 + decay) ** 2  # y (1 - y) would lose its digits where y is near 1


def _tanh_slope(z: np.ndarray) -> np.ndarray:
    return 4.0 * _sigmoid_slope(2.0 * np.clip(z, -800.0, 800.0))  # beyond 800 it is 0; 2 z cannot overflow


def _swish(z: np.ndarray) -> np.ndarray:
    # Below -800 the sigmoid is 0 in double precision; the bound turns -inf * 0 into 0.
    return np.maximum(z, -800.0) * _sigmoid(z)


def _swish_slope(z: np.ndarray) -> np.ndarray:
    bounded = np.clip(z, -800.0, 800.0)
    return _sigmoid(bounded) + bounded * _sigmoid_slope(bounded)


_erfc = np.vectorize(math.erfc, otypes=[float])  # NumPy has no error function; this one is exact


def _normal_cdf(z: np.ndarray) -> np.ndarray:
    return 0.5 * _erfc(-z / math.sqrt(2.0))  # erfc, not 1 + erf, keeps the digits of the left tail


def _gelu(z: np.ndarray) -> np.ndarray:
    return np.maximum(z, -40.0) * _normal_cdf(z)  # below -40 the normal distribution is 0 in double precision


def _gelu_slope(z: np.ndarray) -> np.ndarray:
    bounded = np.clip(z, -40.0, 40.0)
    density = np.exp(-0.5 * bounded**2) / math.sqrt(2.0 * math.pi)
    return _normal_cdf(bounded) + bounded * density


_INFINITY = math.inf
_SWISH_MINIMUM = -0.2784645427610738  # -W(1/e), Lambert's W; at z = -1.278
_GELU_MINIMUM = -0.1699712074799037  # at z = -0.7518, the root of the derivative; no closed form

STEP = Activation("step", "1 if z > 0 else 0", _heaviside, _zero, (0.0, 1.0))
SIGN = Activation("sign", "1 if z > 0, -1 if z < 0, 0 at 0", np.sign, _zero, (-1.0, 1.0))
LINEAR = Activation("linear", "z", _identity, _one, (-_INFINITY, _INFINITY))
RELU = Activation("relu", "max(z, 0)", _relu, _heaviside, (0.0, _INFINITY))
LEAKY_RELU = Activation(
    "leaky_relu", f"z if z > 0 else {LEAK} z", _leaky_relu, _leaky_relu_slope, (-_INFINITY, _INFINITY)
)
SOFTPLUS = Activation("softplus", "ln(1 + exp(z))", _softplus, _sigmoid, (0.0, _INFINITY))
SIGMOID = Activation("sigmoid", "1 / (1 + exp(-z))", _sigmoid, _sigmoid_slope, (0.0, 1.0))
TANH = Activation("tanh", "(exp(z) - exp(-z)) / (exp(z) + exp(-z))", np.tanh, _tanh_slope, (-1.0, 1.0))
SWISH = Activation("swish", "z / (1 + exp(-z))", _swish, _swish_slope, (_SWISH_MINIMUM, _INFINITY))
GELU = Activation("gelu", "z (1 + erf(z / sqrt(2))) / 2", _gelu, _gelu_slope, (_GELU_MINIMUM, _INFINITY))

_ALL = (STEP, SIGN, LINEAR, RELU, LEAKY_RELU, SOFTPLUS, SIGMOID, TANH, SWISH, GELU)
ACTIVATIONS: Mapping[str, Activation] = MappingProxyType({activation.name: activation for activation in _ALL})


def softmax(z: ArrayLike, axis: int = -1) -> Floats:
    """Activations exp(z_i) / sum_j exp(z_j): positive, and their sum along `axis` is 1.

    z       : any shape with at least one entry along `axis`
    returns : the same shape

    Unlike the activations above, each output depends on all z of its group. -inf gives 0.
    A group with NaN, with +inf, or with -inf throughout has no softmax and becomes NaN.
    raises ArgumentError when z has no such axis, or no entry along it
    """
    z = doubles(z)
    axis = count(axis, "the axis", least=-MOST_AXES)
    if axis not in range(-z.ndim, z.ndim) or z.shape[axis] == 0:
        raise ArgumentError(f"softmax got shape {z.shape}; it needs at least one entry along axis {axis}")
    largest = np.max(z, axis=axis, keepdims=True)
    # Subtracting the largest changes nothing in the ratio and keeps every exponent at or below 0.
    with np.errstate(over="ignore"):  # a difference beyond 1e308 is -inf, and its exponential rightly 0
        grown = np.exp(z - np.where(np.isinf(largest), np.nan, largest))
    return grown / np.sum(grown, axis=axis, keepdims=True)


def softmax_jacobian(z: ArrayLike) -> Floats:
    """All derivatives dy_i/dz_j = y_i ((i == j) - y_j) of softmax along the last axis.

    z       : (..., k)
    returns : (..., k, k), row i for y_i, column j for z_j; symmetric, each row sums to 0

    Only the diagonal, y_i (1 - y_i), looks like the sigmoid's derivative. The rest is negative:
    as one z grows, the other outputs shrink.
    """
    y = softmax(z)
    require_memory(16.0 * y.size * y.shape[-1], f"a Jacobian of shape {(*y.shape, y.shape[-1])}")
    return y[..., :, None] * (np.eye(y.shape[-1]) - y[..., None, :])
