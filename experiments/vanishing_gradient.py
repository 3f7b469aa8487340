"""Where does the gradient vanish: in a saturated sigmoid under squared error, and on the way down a deep network?

Source: lecture (sigmoid with squared error and cross entropy); hochreiter1998 (depth); glorot2010 (start weights).
Differs: the deep networks are measured at their random start weights, on random inputs, not during training.
Time: quick 2 s, full 3 s (NumPy).
"""

from dataclasses import dataclass

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import RELU, SIGMOID, TANH, Activation
from plasticity.artificial.layers import Layer, LayeredNetwork, forward
from plasticity.artificial.losses import CROSS_ENTROPY, MSE, Loss, pull_back, value_and_gradient
from plasticity.experiment import Claim, Experiment, column, parameter
from plasticity.plots import Axes, Figure, curves
from plasticity.plots.style import FAINT, MEASURED, PALETTE
from plasticity.progress import tracked

UNITS = (SIGMOID, TANH, RELU)
LOSSES = (MSE, CROSS_ENTROPY)


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    furthest: float = parameter(12.0, "1", "largest |z| of the single sigmoid", least=2, most=30)
    n_sums: int = parameter(481, meaning="values of z", least=11, most=100_001)
    n_layers: int = parameter(20, meaning="layers of the deep networks", least=3, most=60)
    width: int = parameter(64, meaning="units in each layer", least=4, most=512)
    n_patterns: int = parameter(50, meaning="random inputs shown to each network", least=2, most=1000)
    n_networks: int = parameter(40, meaning="random networks of each kind", least=5, most=1000)
    seed: int = 0


@dataclass(frozen=True)
class Result:
    """Gradients of one unit against its sum, and of deep networks by layer."""

    sums: Floats = column("1", "sums", meaning="z, the summed input")
    losses: np.ndarray = column("", "losses", meaning="the loss; the target is 1")
    values: Floats = column("1", "losses", "sums", meaning="loss")
    gradients: Floats = column("1", "losses", "sums", meaning="d loss / dz")
    differences: Floats = column("1", "losses", "sums", meaning="d loss / dz by central differences")
    units: np.ndarray = column("", "units", meaning="activation of all layers")
    layers: Floats = column("1", "layers", meaning="layers between here and the output")
    norms: Floats = column("1", "units", "networks", "layers", meaning="root mean square of d loss / dz over patterns")
    bounds: Floats = column("1", "units", "networks", "layers", meaning="by largest slope and stretch of each layer")
    predicted: Floats = column("1", "units", "layers", meaning="the same norm in infinitely wide networks")
    width: int = column("1", meaning="units in each layer")


def run(parameters: Parameters) -> Result:
    """One unit at every z; many deep networks, one walk back through each."""
    p = parameters
    rng = np.random.default_rng(p.seed)
    z = np.linspace(-p.furthest, p.furthest, p.n_sums)
    found = [_one_unit(loss, z) for loss in LOSSES]
    deep = [[_deep(unit, p, rng) for _ in range(p.n_networks)] for unit in tracked(UNITS, "deep networks")]
    return Result(
        sums=z,
        losses=np.array([loss.name for loss in LOSSES]),
        values=np.stack([values for values, _, _ in found]),
        gradients=np.stack([gradients for _, gradients, _ in found]),
        differences=np.stack([differences for _, _, differences in found]),
        units=np.array([unit.name for unit in UNITS]),
        layers=np.arange(float(p.n_layers)),
        norms=np.array([[norms for norms, _ in networks] for networks in deep]),
        bounds=np.array([[bounds for _, bounds in networks] for networks in deep]),
        predicted=np.stack([_infinitely_wide(unit, p.n_layers) for unit in UNITS]),
        width=p.width,
    )


def _one_unit(loss: Loss, z: Floats) -> tuple[Floats, Floats, Floats]:
    """Loss of a sigmoid with target 1, its gradient for z, and the same by central differences."""

    def value(z: float) -> float:
        return value_and_gradient(loss, SIGMOID, np.array([z]), np.ones(1))[0]

    gradients = np.array([value_and_gradient(loss, SIGMOID, np.array([one]), np.ones(1))[1][0] for one in z])
    step = 1e-4
    differences = np.array([(value(one + step) - value(one - step)) / (2 * step) for one in z])
    return np.array([value(one) for one in z]), gradients, differences


def _deep(unit: Activation, p: Parameters, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """The gradient's root mean square by layer, from the output down, and the bound on each."""
    scale = np.sqrt(_gain(unit) / p.width)
    weights = [np.insert(scale * rng.normal(size=(p.width, p.width)), 0, 0.0, axis=1) for _ in range(p.n_layers)]
    network = LayeredNetwork(tuple(Layer(matrix, unit) for matrix in weights))
    sums = [z for z, _ in forward(network, rng.normal(size=(p.n_patterns, p.width)))][::-1]
    gradient = pull_back(unit, sums[0], rng.normal(size=(p.n_patterns, p.width)))  # any loss: d loss / dy at random
    norms, stretches = [_size(gradient)], []
    for z, above in zip(sums[1:], weights[:0:-1], strict=True):
        gradient = pull_back(unit, z, gradient @ above[:, 1:])
        norms.append(_size(gradient))
        stretches.append(_steepest(unit) * np.linalg.norm(above[:, 1:], ord=2))
    return np.array(norms), norms[0] * np.cumprod([1.0, *stretches])


def _gain(unit: Activation) -> float:
    """Width times the variance of the start weights: 1, and 2 for ReLU, half of whose units are silent."""
    return 2.0 if unit is RELU else 1.0


def _steepest(unit: Activation) -> float:
    """The largest slope there is: 1/4 for the sigmoid, 1 for the others."""
    return float(unit.derivative(np.array([0.0, 1.0])).max())


def _size(gradient: Floats) -> float:
    return float(np.sqrt(np.mean(gradient**2)))


def _infinitely_wide(unit: Activation, n_layers: int) -> Floats:
    """The same norms where sums are normal and independent of the gradient (schoenholz2017, eqs. 3 and 9).

    The variance q of the sums goes from layer to layer as q <- gain E[y(z)^2], the mean square of the gradient, back
    down, as gain E[y'(z)^2] of each layer.
    """
    nodes, weights = np.polynomial.hermite_e.hermegauss(100)  # an even number: no node on the kink of ReLU
    weights = weights / weights.sum()
    variance, slopes = _gain(unit), []
    for _ in range(n_layers):
        z = np.sqrt(variance) * nodes
        slopes.append(weights @ unit.derivative(z) ** 2)
        variance = _gain(unit) * (weights @ unit(z) ** 2)
    top, *below = slopes[::-1]
    return np.sqrt(top * np.cumprod([1.0, *(_gain(unit) * np.array(below))]))


def draw(result: Result, figure: Figure) -> None:
    """Loss and gradient of one sigmoid; the gradient in deep networks."""
    loss, gradient, deep = figure.subplots(1, 3, width_ratios=(1, 1, 1.25))
    for number, name in enumerate(result.losses):
        curves.curve(loss, result.sums, result.values[number], name, number=number)
        curves.curve(gradient, result.sums, np.abs(result.gradients[number]), name, number=number)
    for axes, said, title in ((loss, "loss", "one sigmoid, target 1"), (gradient, "|d loss / dz|", "its gradient")):
        axes.axvline(0.0, color=FAINT, linewidth=0.8, zorder=0)
        curves.label(axes, "summed input z", said, title)
    loss.legend()
    gradient.set_yscale("log")
    _draw_deep(deep, result)


def _draw_deep(axes: Axes, result: Result) -> None:
    for number, unit in enumerate(result.units):
        logs = np.log(result.norms[number])
        centre, spread = logs.mean(axis=0), logs.std(axis=0, ddof=1)
        curves.theory(axes, result.layers, result.predicted[number], "" if number else "infinitely wide")
        axes.fill_between(
            result.layers,
            np.exp(centre - spread),
            np.exp(centre + spread),
            color=PALETTE[number],
            alpha=0.2,
            linewidth=0,
        )
        curves.curve(axes, result.layers, np.exp(centre), str(unit), number=number)
    quarter = result.predicted[0, 0] * 0.25**result.layers
    axes.plot(result.layers, quarter, color=MEASURED, linewidth=0.9, label="1/4 a layer")
    axes.set_yscale("log")
    axes.locator_params(axis="x", integer=True)
    curves.label(axes, "layers below the output", "size of d loss / dz", "deep networks at their start")
    axes.legend(loc="lower left")


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    p = parameters
    return (
        f"Left and middle: a sigmoid whose target is 1. At z = {-p.furthest:g}, where it is most wrong, the squared "
        f"error has the gradient {abs(result.gradients[0, 0]):.1g}, the cross entropy "
        f"{abs(result.gradients[1, 0]):.3g}. Right: root mean square gradient in {p.n_layers} layers of {p.width} "
        f"units, geometric mean and spread of {p.n_networks} random networks (weight variance 1/{p.width}, for relu "
        f"2/{p.width}) over the theory of infinitely wide ones; a sigmoid layer loses at least a factor 4."
    )


def _difference(result: Result) -> float:
    return float(np.abs(result.gradients - result.differences).max())


def _factors(result: Result) -> Floats:
    """By what a layer multiplies the gradient, geometric mean from top to bottom, (units, networks)."""
    return (result.norms[:, :, -1] / result.norms[:, :, 0]) ** (1 / (len(result.layers) - 1))


def _worst_log_factor(result: Result) -> float:
    """Largest difference of a log factor from that of infinitely wide networks."""
    expected = np.log(result.predicted[:, -1] / result.predicted[:, 0]) / (len(result.layers) - 1)
    return float(np.abs(np.log(_factors(result)).mean(axis=1) - expected).max())


def _log_factor_error(result: Result) -> float:
    logs = np.log(_factors(result))
    return float(5 * (logs.std(axis=1, ddof=1) / np.sqrt(logs.shape[1])).max() + 2 / result.width)


EXPERIMENT = Experiment(
    name="vanishing_gradient",
    question="Where does the gradient vanish: in a saturated sigmoid under squared error, and on the way down a deep "
    "network?",
    source="lecture; hochreiter1998; glorot2010; schoenholz2017, eqs. 3 and 9",
    run=run,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(n_sums=121, n_layers=12, n_networks=15),
    claims=(
        Claim(
            "Both gradients of the sigmoid are the slopes of their losses (largest difference)",
            _difference,
            0.0,
            "another route: central differences",
            tolerance=1e-8,
            reason="third derivative (below 1) times step^2 / 6, and rounding over step",
        ),
        Claim(
            "Under squared error no gradient is larger than 4/27: it is largest at y = 1/3, and vanishes on both sides",
            lambda result: float(np.abs(result.gradients[0]).max()),
            4 / 27,
            "closed form: maximum of y (1 - y)^2",
            tolerance=lambda result: float(np.diff(result.sums)[0] ** 2 / 8 * 0.1 + 1e-12),
            reason="distance to the nearest z of the grid; curvature at the maximum below 0.1",
        ),
        Claim(
            "Where the unit is most wrong, squared error has lost the factor y (1 - y) that cross entropy keeps",
            lambda result: float(np.log(result.gradients[0, 0] / result.gradients[1, 0])),
            lambda result: float(-abs(result.sums[0]) - 2 * np.log1p(np.exp(-abs(result.sums[0])))),
            "closed form: ln y (1 - y) = -|z| - 2 ln(1 + exp(-|z|))",
            tolerance=1e-9,
            reason="rounding",
        ),
        Claim(
            "In no network does a gradient exceed the bound of largest slope times stretch, layer by layer (largest "
            "fraction of the bound)",
            lambda result: float((result.norms / result.bounds)[:, :, 1:].max()),
            1.0,
            "closed form: chain rule and spectral norms",
            tolerance=1e-12,
            reason="rounding",
            relation="at most",
        ),
        Claim(
            "A sigmoid layer whose weights keep lengths leaves at most a quarter of the gradient (factor per layer)",
            lambda result: float(np.exp(np.log(_factors(result)[0]).mean())),
            0.25,
            "hochreiter1998: largest slope of the sigmoid",
            tolerance=lambda result: 2 / result.width,
            reason="weights of finite width keep lengths only on average",
            relation="at most",
        ),
        Claim(
            "Each kind of unit shrinks the gradient as infinitely wide networks do (largest error of a log factor)",
            _worst_log_factor,
            0.0,
            "schoenholz2017, eqs. 3 and 9",
            tolerance=_log_factor_error,
            reason="five standard errors over networks, and finite width of order 1/width",
        ),
    ),
    memory=lambda p: 8.0 * p.n_layers * (2 * p.width**2 + 4 * p.n_patterns * p.width + 6 * p.n_networks) + 5e6,
    size=(12.0, 4.2),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
