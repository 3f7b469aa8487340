"""What one output costs, and the slope of that: the terms of every loss, elementwise, without a division by zero."""

import numpy as np

from plasticity.artificial.activations import SOFTPLUS


def _times_log(factor: np.ndarray, log: np.ndarray) -> np.ndarray:
    return np.where(factor == 0, 0.0, factor * np.where(factor == 0, 0.0, log))


def _ratio(numerator: np.ndarray, denominator: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore"):
        return np.where(numerator == 0, 0.0, numerator / np.where(numerator == 0, 1.0, denominator))


def half_square(y: np.ndarray, t: np.ndarray) -> np.ndarray:
    """(y - t)^2 / 2."""
    return 0.5 * (y - t) ** 2


def difference(y: np.ndarray, t: np.ndarray) -> np.ndarray:
    """Its slope, y - t."""
    return y - t


def both_terms(y: np.ndarray, t: np.ndarray) -> np.ndarray:
    """-t ln y - (1 - t) ln(1 - y)."""
    with np.errstate(divide="ignore"):
        return -_times_log(t, np.log(y)) - _times_log(1.0 - t, np.log1p(-y))


def both_slopes(y: np.ndarray, t: np.ndarray) -> np.ndarray:
    """The slope of both terms."""
    return _ratio(1.0 - t, 1.0 - y) - _ratio(t, y)


def both_terms_of_z(z: np.ndarray, t: np.ndarray) -> np.ndarray:
    """Both terms after a sigmoid, finite for every finite z."""
    # -ln sigmoid(z) = softplus(-z), -ln(1 - sigmoid(z)) = softplus(z)
    return t * SOFTPLUS.function(-z) + (1.0 - t) * SOFTPLUS.function(z)


def right_term(y: np.ndarray, t: np.ndarray) -> np.ndarray:
    """-t ln y."""
    with np.errstate(divide="ignore"):
        return -_times_log(t, np.log(y))


def right_slope(y: np.ndarray, t: np.ndarray) -> np.ndarray:
    """The slope of the right term."""
    return -_ratio(t, y)


def right_term_of_z(z: np.ndarray, t: np.ndarray) -> np.ndarray:
    """The right term after a softmax, finite for every finite z."""
    # ln sum_j exp(z_j), with the largest z taken out: log1p keeps the digits when one z is far ahead.
    below = z - z.max(axis=-1, keepdims=True)
    others = np.exp(below)
    np.put_along_axis(others, z.argmax(axis=-1)[..., np.newaxis], 0.0, axis=-1)
    return t * (np.log1p(others.sum(axis=-1, keepdims=True)) - below)
