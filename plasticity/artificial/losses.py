"""Losses as records: what a wrong output costs, and how that cost changes with the output.

y is what the units say and t what they should have said, of shape (n_patterns, n_units);
(n_patterns,) means one unit, a number means one unit on one pattern. Every loss is summed over the
units and averaged over the patterns.

mean squared error          (y - t)^2 / 2: WITH the half, so that the lecture's gradient, the
                            mean of (y - t) x, is its derivative. Without the half it would double.
cross entropy               one unit that gives a probability
multi-class cross entropy   the same, summed over units that decide independently
categorical cross entropy   only the term of the right category; targets are a distribution

Each loss has a *matching* unit, through which its gradient with respect to z is simply y - t
(linear, sigmoid, sigmoid, softmax): nothing is divided by y (1 - y), so nothing vanishes or
overflows. What remains is the rounding of y - t, about 1e-16 in absolute terms: a sigmoid beyond
z = 37 rounds to 1 and its error to 0. Through any other unit the slope of the loss and the slope of
the unit are multiplied, which holds until y itself rounds to 0 or 1; then the loss is infinite.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from plasticity.arrays import Floats
from plasticity.artificial.activations import (
    LINEAR,
    SIGMOID,
    Activation,
    doubles,
    interval,
    softmax,
    softmax_jacobian,
)
from plasticity.artificial.loss_terms import (
    both_slopes,
    both_terms,
    both_terms_of_z,
    difference,
    half_square,
    right_slope,
    right_term,
    right_term_of_z,
)
from plasticity.errors import ArgumentError
from plasticity.inputs import count, function, instance, numbers, text

# The one activation whose `derivative` is a matrix per pattern: each output depends on every z.
SOFTMAX = Activation("softmax", "exp(z_i) / sum_j exp(z_j)", softmax, softmax_jacobian, (0.0, 1.0))

Pair = Callable[[np.ndarray, np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Loss:
    """One loss, as functions of single numbers, applied elementwise.

    terms      : (y, t) -> cost; the loss is the sum over units, averaged over patterns
    slopes     : (y, t) -> d cost / dy
    matching   : the unit through which d loss / dz is y - t
    terms_of_z : (z, t) -> cost after the matching unit, finite for every finite z
    domain     : (lowest, highest) y and t for which the loss is defined, both included
    n_axes     : the fewest axes y must have; 2 where the sum over units is the point
    """

    name: str
    formula: str
    terms: Pair
    slopes: Pair
    matching: Activation
    terms_of_z: Pair
    domain: tuple[float, float]
    n_axes: int = 0

    def __post_init__(self) -> None:
        text(self.name, "the name of a loss", is_empty_allowed=False)
        text(self.formula, f"the formula of {self.name}")
        for name in ("terms", "slopes", "terms_of_z"):
            function(getattr(self, name), f"{name} of {self.name}")
        instance(self.matching, Activation, f"the matching unit of {self.name}")
        object.__setattr__(self, "domain", interval(self.domain, f"the domain of {self.name}"))
        object.__setattr__(self, "n_axes", count(self.n_axes, f"n_axes of {self.name}", least=0, most=2))

    def value(self, y: ArrayLike, t: ArrayLike) -> float:
        """The loss, a number: summed over units, averaged over patterns.

        Infinite where y rules out for certain what is true (y = 0, t = 1). raises ArgumentError for
        shapes that differ, NaN, or y and t outside the domain
        """
        y, t = _checked(self, y, t)
        return float(_mean(self.terms(y, t)))

    def gradient(self, y: ArrayLike, t: ArrayLike) -> np.ndarray:
        """d value / dy, of the shape of y: the slope of each term over the number of patterns.

        A term that is absent (0 ln y) has slope 0, also at y = 0. raises ArgumentError as `value` does
        """
        y, t = _checked(self, y, t)
        return self.slopes(y, t) / _n_patterns(y)

    def __str__(self) -> str:
        return self.name


def _n_patterns(array: np.ndarray) -> int:
    return array.shape[0] if array.ndim else 1


def _mean(terms: np.ndarray) -> Any:
    return terms.sum() / _n_patterns(terms)


_ANY, _UNIT = (-np.inf, np.inf), (0.0, 1.0)

MSE = Loss("mean squared error", "(y - t)^2 / 2", half_square, difference, LINEAR, half_square, _ANY)
CROSS_ENTROPY = Loss(
    "cross entropy",
    "-t ln y - (1 - t) ln(1 - y)",
    both_terms,
    both_slopes,
    SIGMOID,
    both_terms_of_z,
    _UNIT,
)
MULTICLASS_CROSS_ENTROPY = Loss(
    "multi-class cross entropy",
    "-sum_i (t_i ln y_i + (1 - t_i) ln(1 - y_i))",
    both_terms,
    both_slopes,
    SIGMOID,
    both_terms_of_z,
    _UNIT,
    n_axes=2,
)
CATEGORICAL_CROSS_ENTROPY = Loss(
    "categorical cross entropy",
    "-sum_i t_i ln y_i",
    right_term,
    right_slope,
    SOFTMAX,
    right_term_of_z,
    _UNIT,
    n_axes=2,
)

LOSSES: Mapping[str, Loss] = MappingProxyType(
    {loss.name: loss for loss in (MSE, CROSS_ENTROPY, MULTICLASS_CROSS_ENTROPY, CATEGORICAL_CROSS_ENTROPY)}
)


def pull_back(activation: Activation, z: ArrayLike, gradient: ArrayLike) -> np.ndarray:
    """d loss / dz from d loss / dy: times the slope, or for softmax times the Jacobian.

    z, gradient : (n_patterns, n_units), or any shape for an elementwise activation
    """
    instance(activation, Activation, "the activation")
    z, gradient = doubles(z), doubles(gradient)
    slope = activation.derivative(z)
    if np.shape(gradient) != np.shape(z):
        raise ArgumentError(f"sums have shape {z.shape}, the gradient {gradient.shape}; the same shape is needed")
    if slope.ndim == z.ndim:
        return gradient * slope
    return np.matmul(slope, gradient[..., np.newaxis])[..., 0]  # the softmax's Jacobian is symmetric


def value_and_gradient(loss: Loss, activation: Activation, z: ArrayLike, t: ArrayLike) -> tuple[float, np.ndarray]:
    """The loss of a layer with summed inputs z, a number, and d loss / dz, of the shape of z.

    z, t : (n_patterns, n_units) or (n_patterns,); t as `check_targets` wants it

    If the unit matches the loss the value is finite for every finite z and the gradient is
    (y - t) / n_patterns. raises ArgumentError for shapes that differ, or where the loss is not
    defined for the unit's output
    """
    instance(loss, Loss, "the loss")
    instance(activation, Activation, "the activation")
    z, t = doubles(z), doubles(t)
    if np.shape(z) != np.shape(t):  # they might broadcast, and be wrong without a word
        raise ArgumentError(f"sums have shape {np.shape(z)}, targets {np.shape(t)}; {loss} needs the same shape")
    y = activation(z)
    if activation == loss.matching:
        with np.errstate(over="ignore"):  # a loss beyond all numbers is infinite
            return float(_mean(loss.terms_of_z(z, t))), (y - t) / _n_patterns(z)
    _check_within(y, loss.domain, f"output {{}} of a {activation} unit lies outside the domain of {loss}")
    slopes = loss.slopes(y, t) / _n_patterns(z)
    with np.errstate(invalid="ignore"):  # infinite slope times 0: the value says so too, by being infinite
        return float(_mean(loss.terms(y, t))), pull_back(activation, z, slopes)


def check_targets(loss: Loss, activation: Activation, t: ArrayLike) -> None:
    """Raise ArgumentError for targets of the wrong shape, or that the loss or the unit cannot have.

    t : (n_patterns, n_units) or (n_patterns,)

    A bound of the unit's range counts as allowed although a sigmoid only approaches it.
    """
    instance(loss, Loss, "the loss")
    instance(activation, Activation, "the activation")
    t = numbers(t, "targets", is_matrix=True)
    _check_domain(loss, t, "target")
    _check_within(t, activation.range, f"label {{}} lies outside the range of a {activation} unit")


def _checked(loss: Loss, y: ArrayLike, t: ArrayLike) -> tuple[Floats, Floats]:
    y, t = (numbers(a, f"{what} for {loss}", is_matrix=True) for a, what in ((y, "outputs"), (t, "targets")))
    if y.shape != t.shape:
        raise ArgumentError(f"outputs have shape {y.shape}, targets {t.shape}; {loss} needs the same shape")
    _check_domain(loss, t, "target")
    _check_within(y, loss.domain, f"output {{}} lies outside the domain of {loss}")
    return y, t


def _check_domain(loss: Loss, array: np.ndarray, what: str) -> None:
    if array.ndim < loss.n_axes or array.ndim > 2 or array.size == 0:
        wanted = "(n_patterns, n_units)" + ("" if loss.n_axes else " or (n_patterns,)")
        raise ArgumentError(f"{loss}: {what}s have shape {array.shape}; it needs {wanted}, at least one pattern")
    _check_within(array, loss.domain, f"{what} {{}} lies outside the domain of {loss}")
    if loss == CATEGORICAL_CROSS_ENTROPY:
        _check_distributions(array)


def _check_within(array: np.ndarray, interval: tuple[float, float], message: str) -> None:
    low, high = interval
    wrong = ~((array >= low) & (array <= high))
    if wrong.any():
        place = tuple(map(int, np.argwhere(wrong)[0]))
        raise ArgumentError(f"{message.format(array[place])}, {low:g} to {high:g}; first at index {place}")


def _check_distributions(t: np.ndarray) -> None:
    sums = t.sum(axis=-1)
    wrong = ~np.isclose(sums, 1.0, rtol=0.0, atol=1e-9)  # room for targets typed with nine digits
    if wrong.any():
        row = int(np.argmax(wrong))
        raise ArgumentError(f"targets of pattern {row} sum to {sums[row]:g}; categories need a sum of 1 (one-hot)")
