"""Handwritten digits to learn from and others to be asked about, and what several runs say together.

Source: alpaydin1998 (8 x 8 pixels, 1797 digits).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from plasticity import published
from plasticity.arrays import Floats
from plasticity.artificial.examples import Examples, teacher
from plasticity.artificial.layers import LayeredNetwork, output
from plasticity.errors import ArgumentError

N_PIXELS, N_CLASSES = 64, 10
ROWS = 64  # patterns in one matrix product
WHITE_TO_BLACK = 16  # a pixel of the table counts to here


@dataclass(frozen=True)
class Digits:
    """Digits to learn from, and others never shown in training; pixels from 0 to 1, targets one-hot."""

    shown: Examples
    unseen: Examples


@dataclass(frozen=True)
class Mean:
    """The mean of several runs and its standard error."""

    value: float
    error: float

    @property
    def lower(self) -> float:
        """Two standard errors below the mean."""
        return self.value - 2 * self.error


def draw_digits(n_shown: int, n_unseen: int, *, rng: np.random.Generator) -> Digits:
    """Digits drawn at random, none twice. Raises ArgumentError for more than there are."""
    values = _table()
    if n_shown + n_unseen > len(values):
        raise ArgumentError(f"n_shown + n_unseen is {n_shown + n_unseen}; there are {len(values)} digits")
    order = rng.permutation(len(values))
    return Digits(*(_examples(values[rows]) for rows in (order[:n_shown], order[n_shown : n_shown + n_unseen])))


def mean(runs: ArrayLike) -> Mean:
    """Of two or more independent runs."""
    runs = np.asarray(runs)
    return Mean(float(np.mean(runs)), float(np.std(runs, ddof=1) / np.sqrt(len(runs))))


def in_parts(function: Callable[[Floats], np.ndarray], inputs: Floats) -> np.ndarray:
    """A function of patterns, of a few rows at a time: NumPy's products of larger matrices start threads that mostly
    wait for one another, and take more of the processor than they save."""
    return np.concatenate([function(inputs[k : k + ROWS]) for k in range(0, len(inputs), ROWS)])


def error_rate(network: LayeredNetwork, examples: Examples) -> float:
    """The fraction of digits whose largest output is not that of their category."""
    named = in_parts(lambda inputs: output(network, inputs).argmax(axis=1), examples.inputs)
    return float(np.mean(named != teacher(examples).argmax(axis=1)))


def recounted(network: LayeredNetwork, examples: Examples) -> float:
    """The same by another route: multiplied out anew, and the digit that comes out compared with the label as a
    number."""
    labels = teacher(examples) @ np.arange(N_CLASSES)
    named = in_parts(lambda y: np.argsort(multiplied_out(network, y), axis=1, kind="stable")[:, -1], examples.inputs)
    return float(np.count_nonzero(named != labels) / len(labels))


def multiplied_out(network: LayeredNetwork, y: Floats) -> Floats:
    """What a network says, each bias as the weight of an input 1: another route to `layers.output`."""
    for layer in network.layers:
        y = layer.activation(np.column_stack([np.ones(len(y)), y]) @ layer.weights.T)
    return y


def left(pictures: Floats, restored: Floats) -> float:
    """Squared error of what is restored, in percent of the variance of the pixels: 0 is perfect, 100 what the mean
    picture for all would leave."""
    return float(100 * np.mean((pictures - restored) ** 2) / pictures.var(axis=0).mean())


@cache
def _table() -> Floats:
    """All digits: 64 pixels and the label, a row each; read once, as many runs draw from it."""
    return published.load("digits").values


def _examples(rows: np.ndarray) -> Examples:
    return Examples(rows[:, :N_PIXELS] / WHITE_TO_BLACK, np.eye(N_CLASSES)[rows[:, N_PIXELS].astype(int)])
