"""What does squared error do to a sigmoid that cross entropy does not, and where do gradients vanish in deep networks?

Source: lecture (vanishing gradients, no convexity, no likelihood); hochreiter1998 (depth); glorot2010 (start weights).
Differs: the deep networks are measured at their random start weights, on random inputs, not during training.
Time: quick 2 s, full 3 s (NumPy).
"""

import numpy as np

from plasticity.arrays import Floats
from plasticity.claiming import at_least, at_most, pick, same
from plasticity.experiment import Claim, Experiment
from plasticity.plots import Axes, Figure, curves
from plasticity.plots.style import DASHES, FAINT, MARKERS, PALETTE, THEORY
from plasticity.studies.vanishing_gradient import Parameters, Result, study


def draw(result: Result, figure: Figure) -> None:
    """Loss and gradient of one sigmoid, its valleys, its likelihoods; the gradient in deep networks."""
    grid = figure.add_gridspec(2, 3)
    loss, gradient, valleys, labels = (figure.add_subplot(grid[k]) for k in ((0, 0), (0, 1), (0, 2), (1, 0)))
    for number, name in enumerate(result.losses):
        curves.curve(loss, result.sums, result.values[number], name, number=number)
        curves.curve(gradient, result.sums, np.abs(result.gradients[number]), name, number=number)
        curves.curve(valleys, result.weights, result.landscapes[number], name, number=number)
        curves.curve(labels, result.outputs, result.label_sums[number], name, number=number)
    for axes, said, title in ((loss, "loss", "one sigmoid, target 1"), (gradient, "|d loss/dz|", "its gradient")):
        axes.axvline(0.0, color=FAINT, linewidth=0.8, zorder=0)
        curves.label(axes, "summed input z", said, title)
    gradient.set_yscale("log")
    valleys.set_yscale("log")
    curves.label(valleys, "weight w", "loss, five examples", "two valleys, or one")
    labels.set_ylim(0.0, 1.1 * result.label_sums.max())
    curves.label(labels, "output y", "sum of exp(-loss)", "likelihoods sum to one")
    curves.legend_above(labels)
    _draw_deep(figure.add_subplot(grid[1, 1:]), result)


def _draw_deep(axes: Axes, result: Result) -> None:
    """The units have colours of their own, other than the losses; relu's points lie on the line of tanh."""
    for k, (number, unit) in enumerate(zip((2, 4, 3), result.units, strict=True)):
        logs = np.log(result.norms[k])
        centre, spread = logs.mean(axis=0), logs.std(axis=0, ddof=1)
        curves.theory(axes, result.layers, result.predicted[k], "" if k else "infinitely wide")
        low, high = np.exp(centre - spread), np.exp(centre + spread)
        axes.fill_between(result.layers, low, high, color=PALETTE[number], alpha=0.2, linewidth=0)
        axes.plot(result.layers, np.exp(centre), color=PALETTE[number], linestyle=DASHES[number], label=str(unit),
                  marker=MARKERS[number], markevery=(k, 3))  # fmt: skip
    quarter = result.predicted[0, 0] * 0.25**result.layers
    axes.plot(result.layers, quarter, color=THEORY, linestyle=":", label="1/4 a layer", zorder=0)
    axes.set_yscale("log")
    axes.locator_params(axis="x", integer=True)
    curves.label(axes, "layers below the output", "|d loss/dz|", "deep networks at their start")
    curves.legend_beside(axes)


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    p = parameters
    return (
        f"a, b: a sigmoid whose target is 1. At z = {-p.furthest:g}, where it is most wrong, the "
        f"squared error has the gradient {abs(result.gradients[0, 0]):.1g}, the cross entropy "
        f"{abs(result.gradients[1, 0]):.3g}. c: both losses on five examples along one weight; the squared error "
        f"has {len(result.minima)} minima. d: exp(-loss) summed over the labels (noise {p.noise:g}); only "
        f"where it is the same for every y is the loss the likelihood of labels. e: root mean square "
        f"gradient in {p.n_layers} layers of {p.width} units, geometric mean and spread of {p.n_networks} random "
        f"networks (weight variance 1/{p.width}, for relu 2/{p.width}) over the theory of infinitely wide ones; a "
        "sigmoid layer loses at least a factor 4."
    )


def _factors(result: Result) -> Floats:
    """By what a layer multiplies the gradient, geometric mean from top to bottom, (units, networks)."""
    return (result.norms[:, :, -1] / result.norms[:, :, 0]) ** (1 / (len(result.layers) - 1))


def _log_factors(result: Result) -> Floats:
    return np.log(_factors(result)).mean(axis=1)


def _predicted_log_factors(result: Result) -> Floats:
    return np.log(result.predicted[:, -1] / result.predicted[:, 0]) / (len(result.layers) - 1)


def _log_factor_error(result: Result) -> float:
    logs = np.log(_factors(result))
    return float(5 * (logs.std(axis=1, ddof=1) / np.sqrt(logs.shape[1])).max() + 2 / result.width)


def _second_differences(result: Result) -> Floats:
    return np.diff(result.landscapes, 2, axis=1) / np.diff(result.weights)[0] ** 2


CLAIMS: tuple[Claim, ...] = (
    same(
        "Both gradients of the sigmoid are the slopes of their losses",
        lambda result: result.gradients,
        lambda result: result.differences,
        by="another route: central differences",
        tolerance=1e-8,
        reason="third derivative (below 1) times step^2 / 6, and rounding over step",
    ),
    Claim(
        "Under squared error no gradient is larger than 4/27: it is largest at y = 1/3, and vanishes on both sides",
        lambda result: float(np.abs(pick(result, "gradients", losses="mean squared error")).max()),
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
    same(
        "Both losses of the five examples bend as their values do (largest difference of the second derivatives)",
        lambda result: result.curvatures[:, 1:-1],
        _second_differences,
        by="another route: second differences of the loss",
        tolerance=0.2,
        reason="fourth derivative (20^4 / 8 at most for x = 20) times step^2 / 12, where the curvature reaches 10",
    ),
    at_least(
        "Cross entropy of the five examples bends upwards at every weight (least second difference of its values)",
        lambda result: _second_differences(result)[1],
        0.0,
        by="closed form: the mean of x^2 y (1 - y)",
        tolerance=1e-9,
        reason="rounding over the spacing squared",
    ),
    at_most(
        "Their squared error bends downwards somewhere: it is not convex (least second difference of its values)",
        lambda result: float(_second_differences(result)[0].min()),
        0.0,
        by="lecture: MSE through a sigmoid is not convex",
    ),
    Claim(
        "The squared error has as many minima along the weight as its values have valleys",
        lambda result: len(result.minima),
        lambda result: int((np.diff(np.sign(np.diff(result.landscapes[0]))) > 0).sum()),
        "another route: counted among the values",
    ),
    same(
        "Over both labels exp(-cross entropy) sums to 1 at every y, exp(-squared error) to two bells, and so not",
        lambda result: result.label_sums,
        lambda result: np.stack([_two_bells(result), np.ones_like(result.outputs)]),
        by="closed form",
        tolerance=1e-12,
        reason="rounding",
    ),
    at_most(
        "In no network does a gradient exceed the bound of largest slope times stretch, layer by layer (largest "
        "fraction of the bound)",
        lambda result: (result.norms / result.bounds)[:, :, 1:],
        1.0,
        by="closed form: chain rule and spectral norms",
        tolerance=1e-12,
        reason="rounding",
    ),
    at_most(
        "A sigmoid layer whose weights keep lengths leaves at most a quarter of the gradient (factor per layer)",
        lambda result: float(np.exp(_log_factors(result)[0])),
        0.25,
        by="hochreiter1998: largest slope of the sigmoid",
        tolerance=lambda result: 2 / result.width,
        reason="weights of finite width keep lengths only on average",
    ),
    same(
        "Each kind of unit shrinks the gradient as infinitely wide networks do (largest error of a log factor)",
        _log_factors,
        _predicted_log_factors,
        by="schoenholz2017, eqs. 3 and 9",
        tolerance=_log_factor_error,
        reason="five standard errors over networks, and finite width of order 1/width",
    ),
)


def _two_bells(result: Result) -> Floats:
    y, width = result.outputs, 2 * result.noise**2
    return np.exp(-(y**2) / width) + np.exp(-((1 - y) ** 2) / width)


EXPERIMENT = Experiment(
    name="vanishing_gradient",
    question="What does squared error do to a sigmoid that cross entropy does not, and where do gradients vanish in "
    "deep networks?",
    source="lecture; hochreiter1998; glorot2010; schoenholz2017, eqs. 3 and 9",
    run=study,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(n_sums=121, n_layers=12, n_networks=15),
    claims=CLAIMS,
    memory=lambda p: 8.0 * p.n_layers * (2 * p.width**2 + 4 * p.n_patterns * p.width + 6 * p.n_networks) + 5e6,
    size=(7.2, 4.05),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
