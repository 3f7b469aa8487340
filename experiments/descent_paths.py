"""Which way down the loss bowl do gradient descent, mini-batches, momentum and LMS go, and where do they end?

Source: widrow1960 (LMS); polyak1964 (momentum); lecture (the paths on the contours).
Differs: the neuron is linear and has two weights, so that the bowl is exactly quadratic and can be drawn.
Time: quick 2 s, full 3 s (NumPy; all runs side by side).
"""

import numpy as np

from plasticity.arrays import Floats
from plasticity.claiming import at_most, same
from plasticity.experiment import Claim, Experiment
from plasticity.plots import Axes, Figure, curves, planes
from plasticity.studies.descent_paths import ONLINE, PLAIN, Parameters, Result, study


def draw(result: Result, figure: Figure) -> None:
    """The paths; how the loss falls with steps and with examples; how far from the minimum the steps hover."""
    above, below = figure.subfigures(2, 1, squeeze=False, height_ratios=(1.1, 1)).ravel()
    bowl, hovering = above.subplots(1, 2)
    by_step, by_example = below.subplots(1, 2, sharey=True)
    _draw_bowl(bowl, result)
    steps = np.tile(np.arange(1.0, result.excess.shape[1]), (len(result.kinds), 1))
    _draw_falling(by_step, steps, result, "how fast, by steps")
    _draw_falling(by_example, result.shown[:, 1:], result, "and by examples shown")
    by_example.set_xscale("log")
    by_example.set(xlabel="examples shown", ylabel="")
    for number, (size, squares, error) in enumerate(
        zip(result.batch_sizes, result.squares, result.squares_error, strict=True)
    ):
        curves.theory(
            hovering, result.hover_rates, np.sqrt(result.squares_exact[number]), "" if number else "covariance equation"
        )
        radius = np.sqrt(squares)
        text = f"{size:g} example{'s' if size > 1 else ''} a step"
        curves.points(hovering, result.hover_rates, radius, text, error=error / (2 * radius), number=ONLINE - number)
    curves.log_axis(hovering, result.hover_rates)
    radii = np.sqrt(result.squares)
    ticks = [tick for tick in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5) if radii.min() < tick < 1.5 * radii.max()]
    curves.log_axis(hovering, ticks, axis="y")
    curves.label(hovering, "learning rate", "distance (rms)", "how far from the minimum it stays")
    hovering.legend(loc="upper left", borderaxespad=0.0)


def _draw_falling(axes: Axes, x: Floats, result: Result, title: str) -> None:
    """The loss after each step."""
    for number, (kind, at, excess) in enumerate(zip(result.kinds, x, result.excess[:, 1:], strict=True)):
        curves.curve(axes, at, excess, kind, number=number)
    axes.set_yscale("log")
    axes.set_ylim(max(result.excess[PLAIN].min() / 30, 1e-30), None)
    curves.label(axes, "step", "loss above its least", title)


def _draw_bowl(axes: Axes, result: Result) -> None:
    points = result.paths.reshape(-1, 2)
    (left, low), (right, high) = points.min(axis=0) - 0.6, points.max(axis=0) + 0.6
    x, y = np.linspace(left, right, 120), np.linspace(low, high, 120)
    away = np.stack(np.meshgrid(x, y), axis=-1) - result.solution
    loss = 0.5 * np.einsum("yxi,ij,yxj->yx", away, result.hessian, away)
    planes.contours(axes, x, y, loss, loss.max() * np.linspace(0.1, 1.0, 9) ** 2)
    for number, (kind, steps) in enumerate(zip(result.kinds, result.paths, strict=True)):
        planes.path(axes, steps, kind, number=number)
    planes.mark(axes, result.solution, "minimum")
    curves.label(axes, "bias w0", "weight w1", "paths down the loss")
    axes.set_aspect("equal")
    curves.legend_beside(axes)


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    p = parameters
    return (
        f"A linear neuron on {p.n_examples} noisy examples. a: contours of the mean squared error and "
        f"{p.n_steps} steps at rate {p.rate:g} (momentum {p.momentum:g}, mini-batches of {p.batch_size}); gradient "
        f"descent crosses every contour at a right angle, LMS at {result.sgd_angles.mean():.0f} degrees on average. "
        f"b: the distance from the minimum at which steps hover, {p.n_runs} runs at each rate (bars: standard "
        f"errors), over the exact stationary variance. c, d: the loss along the paths, by steps and by examples "
        f"shown, of which a step of gradient descent takes {p.n_examples}; LMS and mini-batches come near with few, "
        "and then stop falling."
    )


def _final_factor(result: Result) -> float:
    """By what the last step of gradient descent multiplied the distance from the minimum."""
    distances = np.linalg.norm(result.paths[PLAIN] - result.solution, axis=1)
    return float(distances[-1] / distances[-2])


def _flattest(result: Result) -> float:
    """1 - rate lambda, lambda the smaller root of the characteristic polynomial; the rate from the first step."""
    (a, b), (_, d) = result.hessian
    smaller = (a + d) / 2 - np.sqrt((a - d) ** 2 / 4 + b * b)
    gradient = result.hessian @ (result.paths[PLAIN, 0] - result.solution)
    rate = -(result.paths[PLAIN, 1] - result.paths[PLAIN, 0])[0] / gradient[0]
    return float(1 - rate * smaller)


def _angle_error(result: Result) -> float:
    off = result.sgd_angles - result.sgd_expected_angles
    return float(5 * off.std(ddof=1) / np.sqrt(len(off)))


def _slowest_against_limit(result: Result) -> float:
    return float(result.squares[0, 0] / result.squares_slow[0, 0])


EXPERIMENT = Experiment(
    name="descent_paths",
    question="Which way down the loss bowl do gradient descent, mini-batches, momentum and LMS go, and where do "
    "they end?",
    source="widrow1960; polyak1964; lecture",
    run=study,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(hover_rates=(0.01, 0.02, 0.04, 0.08), n_hover=2000, n_runs=60),
    claims=(
        same(
            "Every step of gradient descent crosses the contour at a right angle (degrees, the furthest from 90)",
            lambda result: result.gd_angles,
            lambda result: np.full_like(result.gd_angles, 90.0),
            by="closed form: tangents of ellipses",
            tolerance=1e-5,
            reason="rounding, where the last steps are short",
        ),
        Claim(
            "Gradient descent ends up shrinking its distance by 1 - rate times the smallest curvature in every step",
            _final_factor,
            _flattest,
            "closed form",
            tolerance=1e-6,
            reason="rounding, and what is left of the steep direction",
        ),
        Claim(
            "LMS steps along the example it sees: its mean angle to the contour is that of all examples (degrees)",
            lambda result: float(result.sgd_angles.mean()),
            lambda result: float(result.sgd_expected_angles.mean()),
            "another route: mean over the examples",
            tolerance=_angle_error,
            reason="five standard errors",
        ),
        at_most(
            "At a constant rate LMS and mini-batches hover with the variance of the covariance equation (largest "
            "error in standard errors)",
            lambda result: np.abs(result.squares - result.squares_exact) / result.squares_error,
            5.0,
            by="another route: linear equation for the covariance",
            reason="five standard errors over independent runs",
        ),
        Claim(
            "At the slowest rate the mean squared distance of LMS is near its limit, rate times the sum of the "
            "gradient's variance over twice the curvature (ratio)",
            _slowest_against_limit,
            1.0,
            "closed form, limit of slow rates",
            tolerance=lambda result: (
                5 * result.squares_error[0, 0] / result.squares_slow[0, 0]
                + result.hover_rates[0] * np.trace(result.hessian) * 3
            ),
            reason="five standard errors, and the first order in rate: three times rate trace H for normal inputs",
        ),
    ),
    memory=lambda p: 8.0 * (p.n_runs * (p.batch_size + len(p.hover_rates) * (p.batch_size + 4)) + p.n_examples * 1000),
    size=(7.2, 4.05),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
