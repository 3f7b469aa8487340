"""When are outputs probabilities? Softmax units and independent sigmoids on examples with one label, and with several.

The data are made from probabilities that are known: one category for each example, drawn from a softmax, or every
category on its own, drawn from sigmoids. Outputs are probabilities when, of all outputs near 0.7, 70 % come true.
Source: lecture (softmax outputs as probabilities).
"""

from dataclasses import dataclass

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import SIGMOID, Activation, softmax
from plasticity.artificial.descent import Descent
from plasticity.artificial.examples import Examples, with_bias
from plasticity.artificial.learning import gradient_descent
from plasticity.artificial.losses import CATEGORICAL_CROSS_ENTROPY, MULTICLASS_CROSS_ENTROPY, SOFTMAX, Loss

N_INPUTS, STEEPNESS = 2, 1.5
LABELS = ("one", "several")
UNITS: dict[str, tuple[Loss, Activation]] = {
    "softmax": (CATEGORICAL_CROSS_ENTROPY, SOFTMAX),
    "sigmoids": (MULTICLASS_CROSS_ENTROPY, SIGMOID),
}


@dataclass(frozen=True)
class Data:
    """How many categories and examples, of which a quarter is held back; bias of the categories that may be several."""

    n_categories: int
    n_examples: int
    bias: float
    n_bins: int
    n_epochs: int
    seed: int


@dataclass(frozen=True)
class Calibrated:
    """On examples held back: labels and outputs by example; by bin of outputs, all units together.

    true      : the probabilities that the labels were drawn from, of the shape of the outputs
    predicted : mean output, (n_bins,); NaN where there is none
    frequency : how many of them came true
    expected  : the mean of the true probabilities there
    share     : of all outputs
    """

    labels: Floats
    outputs: Floats
    true: Floats
    predicted: Floats
    frequency: Floats
    expected: Floats
    share: Floats

    def error(self, other: Floats) -> float:
        """Mean distance of the outputs, bin by bin, from what comes true, `frequency` or `expected`."""
        return float(np.nansum(self.share * np.abs(self.predicted - other)))

    def by_chance(self) -> float:
        """The error that outputs which are the probabilities stay below: its mean by chance and five deviations."""
        n = self.share * self.labels.size
        with np.errstate(divide="ignore", invalid="ignore"):
            deviations = self.share * np.sqrt(self.predicted * (1 - self.predicted) / n)
        mean, variance = np.sqrt(2 / np.pi), 1 - 2 / np.pi  # of the size of a normal number
        return float(mean * np.nansum(deviations) + 5 * np.sqrt(variance * np.nansum(deviations**2)))


def calibrated(data: Data, labels: str, units: str) -> Calibrated:
    """One layer, learned from three quarters of the examples, tried on the rest."""
    inputs, true, drawn = _drawn(data, labels)
    held_back = data.n_examples // 4
    weights = _learned(data, inputs[held_back:], drawn[held_back:], units)
    outputs = UNITS[units][1](inputs[:held_back] @ weights.T)
    return _binned(data, drawn[:held_back], outputs, true[:held_back])


def _drawn(data: Data, labels: str) -> tuple[Floats, Floats, Floats]:
    """Inputs with a bias, true probabilities, labels 0 or 1."""
    rng = np.random.default_rng(data.seed)
    inputs = with_bias(rng.normal(size=(data.n_examples, N_INPUTS)))
    z = inputs[:, 1:] @ (STEEPNESS * rng.normal(size=(N_INPUTS, data.n_categories)))
    if labels == "one":
        true = softmax(z)
        return inputs, true, _one_each(true, rng)
    true = SIGMOID(z + data.bias)
    return inputs, true, (rng.uniform(size=true.shape) < true).astype(float)


def _one_each(true: Floats, rng: np.random.Generator) -> Floats:
    """One-hot labels, one category for each row of probabilities."""
    chosen = np.sum(np.cumsum(true, axis=1)[:, :-1] < rng.uniform(size=(len(true), 1)), axis=1)
    return np.eye(true.shape[1])[chosen]


def _learned(data: Data, inputs: Floats, labels: Floats, units: str) -> Floats:
    """For softmax, several labels share 1 equally, and examples without any are left out: it cannot say none."""
    loss, unit = UNITS[units]
    if units == "softmax":
        is_any = labels.any(axis=1)
        inputs, labels = inputs[is_any], labels[is_any] / labels[is_any].sum(axis=1, keepdims=True)
    start = np.zeros((data.n_categories, inputs.shape[1]))
    descent = Descent(loss, rate=1.0, momentum=0.8, n_epochs=data.n_epochs)
    return gradient_descent(Examples(inputs, labels), start, activation=unit, descent=descent).final


def _binned(data: Data, labels: Floats, outputs: Floats, true: Floats) -> Calibrated:
    number = np.minimum((outputs.ravel() * data.n_bins).astype(int), data.n_bins - 1)
    counts = np.bincount(number, minlength=data.n_bins)

    def mean(values: Floats) -> Floats:
        sums = np.bincount(number, weights=values.ravel(), minlength=data.n_bins)
        return np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)

    share = counts / outputs.size
    return Calibrated(labels, outputs, true, mean(outputs), mean(labels), mean(true), share)
