"""One sigmoid under squared error and cross entropy, and the gradient on the way down deep networks of three units.

Source: lecture (vanishing gradients, no convexity, no likelihood); hochreiter1998 (depth); glorot2010 (start weights).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import RELU, SIGMOID, TANH
from plasticity.experiment import column, parameter
from plasticity.progress import tracked
from plasticity.studies import label_likelihoods, two_valleys
from plasticity.studies.deep_gradients import gradients_by_layer, infinitely_wide
from plasticity.studies.one_sigmoid import LOSSES, losses_along, slopes_along

UNITS = (SIGMOID, TANH, RELU)
FURTHEST_WEIGHT, N_WEIGHTS = 2.0, 801  # our choice: both valleys and the hill between


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    furthest: float = parameter(12.0, "1", "largest |z| of the single sigmoid", least=2, most=30)
    n_sums: int = parameter(481, meaning="values of z", least=11, most=100_001)
    noise: float = parameter(
        1.0, "1", "standard deviation of Gaussian noise, for the sum over labels", least=0.1, most=10
    )
    n_layers: int = parameter(20, meaning="layers of the deep networks", least=3, most=60)
    width: int = parameter(64, meaning="units in each layer", least=4, most=512)
    n_patterns: int = parameter(50, meaning="random inputs shown to each network", least=2, most=1000)
    n_networks: int = parameter(40, meaning="random networks of each kind", least=5, most=1000)
    seed: int = 0


@dataclass(frozen=True)
class Result:
    """One unit along its sum, along its weight and along its output; deep networks by layer."""

    sums: Floats = column("1", "sums", meaning="z, the summed input")
    losses: np.ndarray = column("", "losses", meaning="the loss; the target is 1")
    values: Floats = column("1", "losses", "sums", meaning="loss")
    gradients: Floats = column("1", "losses", "sums", meaning="d loss / dz")
    differences: Floats = column("1", "losses", "sums", meaning="d loss / dz by central differences")
    weights: Floats = column("1", "weights", meaning="weight of a sigmoid on five examples")
    landscapes: Floats = column("1", "losses", "weights", meaning="loss on the five examples")
    curvatures: Floats = column("1", "losses", "weights", meaning="its second derivative")
    minima: Floats = column("1", "minima", meaning="weights at the minima of the squared error")
    outputs: Floats = column("1", "outputs", meaning="y, what the unit says")
    label_sums: Floats = column("1", "losses", "outputs", meaning="exp(-loss), summed over the labels 0 and 1")
    units: np.ndarray = column("", "units", meaning="activation of all layers")
    layers: Floats = column("1", "layers", meaning="layers between here and the output")
    norms: Floats = column("1", "units", "networks", "layers", meaning="root mean square of d loss / dz over patterns")
    bounds: Floats = column("1", "units", "networks", "layers", meaning="by largest slope and stretch of each layer")
    predicted: Floats = column("1", "units", "layers", meaning="the same norm in infinitely wide networks")
    width: int = column("1", meaning="units in each layer")
    noise: float = column("1", meaning="standard deviation of the Gaussian noise")


def study(parameters: Parameters) -> Result:
    """One unit at every z, weight and output; many deep networks, one walk back through each."""
    p = parameters
    found = _one_unit(p) | _five_examples() | _deep(p)
    outputs = np.linspace(0.0, 1.0, 101)
    over_labels = label_likelihoods.sums_over_labels(outputs, p.noise)
    return Result(
        losses=np.array([loss.name for loss in LOSSES]),
        outputs=outputs,
        label_sums=np.stack([over_labels["mse"], over_labels["cross_entropy"]]),
        units=np.array([unit.name for unit in UNITS]),
        width=p.width,
        noise=p.noise,
        **found,
    )


def _one_unit(p: Parameters) -> dict[str, Any]:
    """A sigmoid whose target is 1, along its summed input."""
    z, step = np.linspace(-p.furthest, p.furthest, p.n_sums), 1e-4
    differences = [(losses_along(loss, z + step) - losses_along(loss, z - step)) / (2 * step) for loss in LOSSES]
    return {
        "sums": z,
        "values": np.stack([losses_along(loss, z) for loss in LOSSES]),
        "gradients": np.stack([slopes_along(loss, z) for loss in LOSSES]),
        "differences": np.stack(differences),
    }


def _five_examples() -> dict[str, Any]:
    """A sigmoid on five examples, along its weight."""
    weights = np.linspace(-FURTHEST_WEIGHT, FURTHEST_WEIGHT, N_WEIGHTS)
    examples = np.array(two_valleys.INPUTS), np.array(two_valleys.TARGETS)
    found = [two_valleys.landscape(loss, *examples, weights) for loss in LOSSES]
    return {
        "weights": weights,
        "landscapes": np.stack([one.values for one in found]),
        "curvatures": np.stack([one.curvature for one in found]),
        "minima": found[0].minima,
    }


def _deep(p: Parameters) -> dict[str, Any]:
    """Deep networks of each kind of unit, by layer."""
    rng = np.random.default_rng(p.seed)
    sizes = {"n_layers": p.n_layers, "width": p.width, "n_patterns": p.n_patterns}
    deep = [
        [gradients_by_layer(unit, **sizes, rng=rng) for _ in range(p.n_networks)]
        for unit in tracked(UNITS, "deep networks")
    ]
    return {
        "layers": np.arange(float(p.n_layers)),
        "norms": np.array([[norms for norms, _ in networks] for networks in deep]),
        "bounds": np.array([[bounds for _, bounds in networks] for networks in deep]),
        "predicted": np.stack([infinitely_wide(unit, p.n_layers) for unit in UNITS]),
    }
