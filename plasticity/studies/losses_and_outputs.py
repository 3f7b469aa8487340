"""Losses and the units behind them: gradients for z, what softmax units share, what becomes of wrong ones, calibration.

Source: lecture (cross entropy, ReLU, tanh, softmax, categorical cross entropy).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import RELU, SIGMOID, TANH, Activation, softmax
from plasticity.artificial.losses import CROSS_ENTROPY, MSE, Loss, value_and_gradient
from plasticity.experiment import column, parameter
from plasticity.studies import calibration, cloud_categories
from plasticity.studies.calibration import Calibrated, Data
from plasticity.studies.cloud_categories import Clouds
from plasticity.studies.complex_step import slope

OTHERS = (2.0, 1.0)  # the z of the other softmax units
SERIES = tuple(f"{units}, {labels}" for labels in ("one label", "several labels") for units in calibration.UNITS)


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    n_z: int = parameter(241, meaning="sums z at which gradients are taken", least=21, most=5001)
    highest: float = parameter(6.0, "1", "largest z, and the smallest with a minus", least=1, most=12)
    n_draws: int = parameter(12, meaning="draws of the clouds of examples", least=3, most=30)
    n_each: int = parameter(30, meaning="examples of each cloud", least=5, most=200)
    spread: float = parameter(1.0, "1", "deviation of a cloud; centres are about 3 apart", least=0.1, most=5)
    rate: float = parameter(0.5, "1", "learning rate for the clouds", least=0.01, most=1)
    n_epochs: int = parameter(300, meaning="steps on all examples of the clouds", least=10, most=2000)
    n_examples: int = parameter(8000, meaning="examples with one label, and with several", least=400, most=20_000)
    n_categories: int = parameter(4, meaning="categories of these", least=2, most=20)
    bias: float = parameter(-0.5, "1", "of each category where several may hold; larger for more", least=-3, most=3)
    n_bins: int = parameter(10, meaning="bins of their outputs", least=2, most=50)
    seed: int = 0


@dataclass(frozen=True)
class Result:
    """Gradients, shared outputs, outputs after learning, and what came true of outputs."""

    z: Floats = column("1", "z", meaning="summed input of a unit that should say yes")
    pairs: np.ndarray = column("", "pairs", meaning="a loss and the unit behind it")
    gradients: Floats = column("1", "pairs", "z", meaning="d loss / dz; NaN where there is no loss")
    complex_step: Floats = column("1", "pairs", "z", meaning="the same by a complex step")
    outputs: Floats = column("1", "units", "z", meaning="of three softmax units as the z of the first rises")
    kinds: np.ndarray = column("", "kinds", meaning="units and loss that learn clouds of three categories")
    wrong: Floats = column("1", "kinds", "draws", meaning="mean output of units that should say 0")
    wrong_on_paper: Floats = column("1", "kinds", "draws", meaning="the same by gradients as one derives them")
    series: np.ndarray = column("", "series", meaning="units, and labels of an example")
    predicted: Floats = column("1", "series", "bins", meaning="mean output; NaN where there is none")
    frequency: Floats = column("1", "series", "bins", meaning="how many of them came true")
    deviation: Floats = column("1", "series", "bins", meaning="standard error of that if the outputs are right")
    errors: Floats = column("1", "series", meaning="mean distance of outputs from what came true")
    chance: Floats = column("1", "series", meaning="what it stays below if the outputs are the probabilities")
    n_labels: Floats = column("1", "series", meaning="mean number of categories that hold")
    n_categories: float = column("1", meaning="categories")


def study(parameters: Parameters) -> Result:
    """All four parts."""
    p = parameters
    z = np.linspace(-p.highest, p.highest, p.n_z)
    clouds = Clouds(p.n_draws, p.n_each, p.spread, p.rate, p.n_epochs, p.seed)
    data = Data(p.n_categories, p.n_examples, p.bias, p.n_bins, n_epochs=100, seed=p.seed)
    tried = [
        calibration.calibrated(data, labels, units) for labels in calibration.LABELS for units in calibration.UNITS
    ]
    return Result(
        z=z,
        pairs=np.array(list(PAIRS)),
        gradients=np.stack([_within(limits, gradient, z) for limits, gradient, _ in PAIRS.values()]),
        complex_step=np.stack([_within(limits, partial(slope, cost), z) for limits, _, cost in PAIRS.values()]),
        outputs=softmax(np.stack([z, *(np.full_like(z, one) for one in OTHERS)]), axis=0),
        kinds=np.array(list(cloud_categories.UNITS)),
        wrong=np.stack([cloud_categories.learned(clouds, name).wrong for name in cloud_categories.UNITS]),
        wrong_on_paper=np.stack(
            [cloud_categories.learned_on_paper(clouds, name).wrong for name in cloud_categories.UNITS]
        ),
        series=np.array(SERIES),
        predicted=np.stack([one.predicted for one in tried]),
        frequency=np.stack([one.frequency for one in tried]),
        deviation=np.stack([_deviation(one) for one in tried]),
        errors=np.array([one.error(one.frequency) for one in tried]),
        chance=np.array([one.by_chance() for one in tried]),
        n_labels=np.array([one.labels.sum(axis=1).mean() for one in tried]),
        n_categories=float(p.n_categories),
    )


def _gradient(loss: Loss, unit: Activation) -> Callable[[Floats], Floats]:
    """d loss / dz of each z for a target of 1, by the package."""
    return lambda z: value_and_gradient(loss, unit, z, np.ones_like(z))[1] * z.size  # the loss is a mean


def _of_half(z: Floats) -> Floats:
    """Of cross entropy for p = (1 + tanh z)/2, which is a sigmoid of 2z."""
    return 2 * _gradient(CROSS_ENTROPY, SIGMOID)(2 * z)


def _sigmoid(z: Any) -> Any:
    return 1 / (1 + np.exp(-z))


ANY, ABOVE_0, INSIDE = (-np.inf, np.inf), (0.0, np.inf), (0.0, 1.0)
# name: where the loss exists, its gradient by the package, and its formula, for a target of 1
PAIRS: dict[str, tuple[tuple[float, float], Callable[[Floats], Floats], Callable[[Any], Any]]] = {
    "cross entropy, sigmoid": (ANY, _gradient(CROSS_ENTROPY, SIGMOID), lambda z: -np.log(_sigmoid(z))),
    "squared error, sigmoid": (ANY, _gradient(MSE, SIGMOID), lambda z: 0.5 * (_sigmoid(z) - 1) ** 2),
    "cross entropy of (1+y)/2, tanh": (ANY, _of_half, lambda z: -np.log((1 + np.tanh(z)) / 2)),
    "squared error, tanh": (ANY, _gradient(MSE, TANH), lambda z: 0.5 * (np.tanh(z) - 1) ** 2),
    "cross entropy, tanh": (ABOVE_0, _gradient(CROSS_ENTROPY, TANH), lambda z: -np.log(np.tanh(z))),
    "cross entropy, ReLU": (INSIDE, _gradient(CROSS_ENTROPY, RELU), lambda z: -np.log(z)),
}


def _within(limits: tuple[float, float], gradient: Callable[[Floats], Floats], z: Floats) -> Floats:
    """NaN beyond the limits, and at them."""
    found, is_inside = np.full_like(z, np.nan), (z > limits[0]) & (z < limits[1])
    found[is_inside] = gradient(z[is_inside])
    return found


def _deviation(one: Calibrated) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.sqrt(one.predicted * (1 - one.predicted) / (one.share * one.labels.size))
