"""Whose likelihood a loss is, and what the curvature of a loss is worth as a statement of how sure one may be.

A loss is minus the logarithm of a likelihood if exp(-loss), summed over everything that the target can be, does not
depend on y. Only then does the curvature of the loss at an estimate tell how far estimates from other samples scatter.
"""

from dataclasses import dataclass

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import SIGMOID
from plasticity.artificial.examples import with_bias
from plasticity.artificial.losses import CROSS_ENTROPY, MSE
from plasticity.errors import ArgumentError
from plasticity.experiment import parameter

N_ITERATIONS, DAMPING, FINE = 200, 0.7, 4001  # whole steps by an expected curvature can overshoot to and fro
LOSSES = ("cross_entropy", "mse")


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    noise: float = parameter(1.0, meaning="standard deviation of the Gaussian noise", least=0.1, most=10)
    w0: float = parameter(0.0, meaning="the true bias of the sigmoid", least=-0.5, most=0.5)
    w1: float = parameter(1.5, meaning="the true weight of the sigmoid", least=0.2, most=2)
    n_examples: int = parameter(400, meaning="labelled examples of a sample", least=400, most=2000)
    n_samples: int = parameter(300, meaning="samples of them", least=50, most=500)
    seed: int = 0


@dataclass(frozen=True)
class Scatter:
    """What is known of the estimate of w1 in large samples: its standard deviation, and what the curvature claims."""

    scatter: float
    claimed: float


@dataclass(frozen=True)
class Study:
    """Sums of exp(-loss) over labels and over real targets at each y; w1 as found in each sample, and the theory.

    inputs : (n_examples, 2), the same in every sample, with x0 = 1
    """

    parameters: Parameters
    inputs: Floats
    outputs: Floats
    over_labels: dict[str, Floats]
    over_reals: Floats
    estimates: dict[str, Floats]
    theory: dict[str, Scatter]


def study(parameters: Parameters) -> Study:
    """Both losses on the same samples."""
    p = parameters
    outputs = np.linspace(0.0, 1.0, 101)
    x = with_bias(np.linspace(-2.0, 2.0, p.n_examples)[:, np.newaxis])
    true = np.array([p.w0, p.w1])
    labels = (np.random.default_rng(p.seed).random((p.n_samples, p.n_examples)) < SIGMOID(x @ true)) * 1.0
    found = {name: estimates(name, x, labels, true) for name in LOSSES}
    return Study(p, x, outputs, sums_over_labels(outputs, p.noise), _over_reals(outputs, p.noise), found, theory(p, x))


def sums_over_labels(outputs: Floats, noise: float = 1.0) -> dict[str, Floats]:
    """The sum of exp(-loss) over the labels 0 and 1 at each y; the squared error over the variance of its noise."""
    labels = [np.full_like(outputs, label) for label in (0.0, 1.0)]
    return {
        "cross_entropy": np.sum([np.exp(-CROSS_ENTROPY.terms(outputs, t)) for t in labels], axis=0),
        "mse": np.sum([np.exp(-MSE.terms(outputs, t) / noise**2) for t in labels], axis=0),
    }


def _over_reals(outputs: Floats, noise: float) -> Floats:
    """The integral of exp(-loss) of the squared error over real targets, by the trapezium rule."""
    targets = np.linspace(-12 * noise, 1 + 12 * noise, FINE)
    return np.trapezoid(np.exp(-MSE.terms(outputs[:, np.newaxis], targets) / noise**2), targets, axis=1)


def estimates(loss: str, x: Floats, labels: Floats, start: Floats) -> Floats:
    """w1 by scoring from the true weights: steps by the curvature that is expected, in all samples at once."""
    weights = np.tile(start, (len(labels), 1))
    for _ in range(N_ITERATIONS):
        wrong, bends = _terms(loss, x, labels, weights)
        step = np.linalg.solve(_outer(x, bends), (wrong @ x)[..., np.newaxis])[..., 0]
        weights = weights - DAMPING * step
        if np.abs(step).max() < 1e-9:
            return weights[:, 1]
    raise ArgumentError("the weights of a sample were not found; take more examples, or a smaller true weight")


def _terms(loss: str, x: Floats, labels: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """d loss / dz, and the expected d^2 loss / dz^2 of each example, (n_samples, n_examples)."""
    y = SIGMOID(weights @ x.T)
    slope = y * (1 - y)
    return ((y - labels) * slope, slope**2) if loss == "mse" else (y - labels, slope)


def theory(p: Parameters, x: Floats) -> dict[str, Scatter]:
    """A^-1 B A^-1, which holds whatever the loss is, and A^-1, which claims that the loss is the likelihood.

    A is the expected curvature of the summed loss and B the covariance of its slope, for a label of variance y (1 - y);
    the squared error is taken over the variance of its noise.
    """
    y = SIGMOID(x @ np.array([p.w0, p.w1]))
    slope, precision = y * (1 - y), p.noise**-2
    found = {}
    for loss, bends, noises in (
        ("cross_entropy", slope, slope),
        ("mse", precision * slope**2, precision**2 * slope**3),
    ):
        claimed = np.linalg.inv(_outer(x, bends))
        scatter = claimed @ _outer(x, noises) @ claimed
        found[loss] = Scatter(float(np.sqrt(scatter[1, 1])), float(np.sqrt(claimed[1, 1])))
    return found


def _outer(x: Floats, factors: Floats) -> Floats:
    """The sum over examples of factor x x^T."""
    return np.einsum("...p,pi,pj->...ij", factors, x, x)
