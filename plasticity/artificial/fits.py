"""Which activation a measured curve is: each one stretched along both axes and shifted, by least squares."""

from dataclasses import dataclass

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import Activation
from plasticity.errors import ArgumentError
from plasticity.inputs import instance, numbers
from plasticity.memory import require_memory

_FIRST = 97  # thresholds tried first: of a steep edge fewer lead the search to a gentler one beside the best


@dataclass(frozen=True)
class Fit:
    """y = height f(gain (x - threshold)), in the units of x and y.

    residuals : what was measured minus the fit, (n_points,)
    """

    activation: Activation
    height: float
    gain: float
    threshold: float
    residuals: Floats

    @property
    def rms(self) -> float:
        """Root mean square of the residuals."""
        return float(np.sqrt(np.mean(self.residuals**2)))


def fitted(activation: Activation, x: Floats, y: Floats) -> Fit:
    """The least-squares fit: the height in closed form, gain and threshold by a search that zooms in on the best.

    x, y : (n_points,); x increasing, the last one above 0; the search looks for thresholds of at most its size
    raises ArgumentError for other shapes, and for what is no finite number
    """
    instance(activation, Activation, "the activation")
    x, y = numbers(x, "x", shape=(None,)), numbers(y, "y", shape=(None,))
    if x.shape != y.shape or not x.size or (np.diff(x) <= 0).any() or not x[-1] > 0:
        raise ArgumentError(
            f"x and y have shapes {x.shape} and {y.shape}; allowed: one y for each x, increasing to above 0"
        )
    require_memory(4 * 8.0 * 25 * _FIRST * x.size, f"a fit to {x.size} points")
    gains, thresholds = np.geomspace(0.05, 50, 25), np.linspace(-x[-1], x[-1], _FIRST)
    for _ in range(14):
        shape = activation(gains[:, None, None] * (x - thresholds[None, :, None]))
        size = np.sum(shape**2, axis=-1)
        heights = np.divide(shape @ y, size, out=np.zeros_like(size), where=size > 0)
        squares = np.sum((y - heights[..., None] * shape) ** 2, axis=-1)
        i, j = np.unravel_index(int(squares.argmin()), squares.shape)
        best = Fit(activation, heights[i, j], gains[i], thresholds[j], y - heights[i, j] * shape[i, j])
        width, factor = thresholds[1] - thresholds[0], gains[1] / gains[0]
        gains = gains[i] * np.geomspace(factor**-6, factor**6, 25)  # a part of the range, still beyond its neighbours
        thresholds = thresholds[j] + width * np.linspace(-6, 6, 25)
    return best
