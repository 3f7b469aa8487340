"""Which way down the loss bowl do gradient descent, mini-batches, momentum and LMS go, and where do they end?

Source: widrow1960 (LMS); polyak1964 (momentum); lecture (the paths on the contours).
Differs: the neuron is linear and has two weights, so that the bowl is exactly quadratic and can be drawn.
Time: quick 2 s, full 3 s (NumPy; all runs side by side).
"""

from dataclasses import dataclass

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import LINEAR
from plasticity.artificial.descent import Descent
from plasticity.artificial.examples import Examples, with_bias
from plasticity.artificial.learning import gradient_descent
from plasticity.experiment import Claim, Experiment, column, parameter
from plasticity.plots import Axes, Figure, curves, planes

KINDS = ("gradient descent", "momentum", "mini-batch", "LMS (on-line)")
PLAIN, ONLINE = 0, 3  # places in KINDS


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    n_examples: int = parameter(100, meaning="examples of t = 1 + 2 x + noise", least=10, most=10_000)
    noise: float = parameter(0.5, "1", "standard deviation of the targets around the line", least=1e-3, most=10)
    rate: float = parameter(0.05, "1", "learning rate of the paths", least=1e-3, most=0.1)
    momentum: float = parameter(0.7, "1", "fraction of the last step", source="polyak1964", least=0, most=0.95)
    batch_size: int = parameter(10, meaning="examples of a mini-batch", least=2, most=1000)
    n_steps: int = parameter(200, meaning="steps of each path", least=50, most=1000)
    hover_rates: tuple[float, ...] = parameter(
        (0.005, 0.01, 0.02, 0.04, 0.08), "1", "rates at which the hovering is measured", least=1e-3, most=0.08
    )
    n_hover: int = parameter(6000, meaning="steps of the hovering; its second half counts", least=1000, most=100_000)
    n_runs: int = parameter(100, meaning="runs side by side at each rate", least=10, most=10_000)
    seed: int = 0


@dataclass(frozen=True)
class Result:
    """Paths on the bowl and what the hovering measures."""

    kinds: np.ndarray = column("", "kinds", meaning="how it descends")
    paths: Floats = column("1", "kinds", "steps", "weights", meaning="(w0, w1), start first")
    excess: Floats = column("1", "kinds", "steps", meaning="loss above that of the minimum")
    hessian: Floats = column("1", "weights", "columns", meaning="second derivatives of the loss")
    solution: Floats = column("1", "weights", meaning="the minimum, by least squares")
    gd_angles: Floats = column("degrees", "moves", meaning="between contour and step, gradient descent")
    sgd_angles: Floats = column("degrees", "moves", meaning="between contour and step, LMS")
    sgd_expected_angles: Floats = column("degrees", "moves", meaning="mean over all examples at the same point")
    hover_rates: Floats = column("1", "hover_rates", meaning="learning rate")
    batch_sizes: Floats = column("1", "batch_sizes", meaning="examples in a step")
    squares: Floats = column("1", "batch_sizes", "hover_rates", meaning="mean squared distance from the minimum")
    squares_error: Floats = column("1", "batch_sizes", "hover_rates", meaning="its standard error over runs")
    squares_exact: Floats = column("1", "batch_sizes", "hover_rates", meaning="from the covariance equation")
    squares_slow: Floats = column("1", "batch_sizes", "hover_rates", meaning="limit of slow rates")


def run(parameters: Parameters) -> Result:
    """Walk down in four ways, then hover around the minimum at several rates."""
    p = parameters
    rng = np.random.default_rng(p.seed)
    data = _examples(p, rng)
    inputs, targets = np.asarray(data.inputs), np.asarray(data.targets)
    hessian = inputs.T @ inputs / p.n_examples
    solution = np.linalg.lstsq(inputs, targets, rcond=None)[0]
    paths = np.stack([_path(data, p, kind, rng) for kind in KINDS])
    away = paths - solution
    batch_sizes, rates = np.array([1, p.batch_size]), np.array(p.hover_rates)
    squares, error = zip(*(_hovering(data, solution, int(size), p, rng) for size in batch_sizes), strict=True)
    values, vectors = np.linalg.eigh(hessian)
    wrong = (targets - inputs @ solution)[:, np.newaxis]
    per_rate = np.sum(np.mean((wrong * (inputs @ vectors)) ** 2, axis=0) / (2 * values))
    tangents = _tangents(hessian, away[ONLINE, :-1])
    return Result(
        kinds=np.array(KINDS),
        paths=paths,
        excess=0.5 * np.einsum("ksi,ij,ksj->ks", away, hessian, away),
        hessian=hessian,
        solution=solution,
        gd_angles=_angles(_tangents(hessian, away[PLAIN, :-1]), np.diff(paths[PLAIN], axis=0)),
        sgd_angles=_angles(tangents, np.diff(paths[ONLINE], axis=0)),
        sgd_expected_angles=_angles(tangents[:, np.newaxis], inputs).mean(axis=1),
        hover_rates=rates,
        batch_sizes=batch_sizes.astype(float),
        squares=np.stack(squares),
        squares_error=np.stack(error),
        squares_exact=np.array([[_settled(data, solution, r, int(b)) for r in rates] for b in batch_sizes]),
        squares_slow=np.array([rates * per_rate / b for b in batch_sizes]),
    )


def _examples(p: Parameters, rng: np.random.Generator) -> Examples:
    x = rng.normal(scale=2.0, size=p.n_examples)
    return Examples(with_bias(x[:, np.newaxis]), 1 + 2 * x + p.noise * rng.normal(size=p.n_examples))


def _path(data: Examples, p: Parameters, kind: str, rng: np.random.Generator) -> Floats:
    """The weights before and after each step, (n_steps + 1, 2)."""
    size = {"mini-batch": min(p.batch_size, p.n_examples), "LMS (on-line)": 1}.get(kind, p.n_examples)
    n_epochs = -(-p.n_steps * size // p.n_examples)
    momentum = p.momentum if kind == "momentum" else 0.0
    descent = Descent(rate=p.rate, momentum=momentum, batch_size=size, n_epochs=n_epochs)
    history = gradient_descent(data, [-3.0, 4.5], activation=LINEAR, descent=descent, rng=rng)
    return history.weights[: p.n_steps + 1]


def _hovering(
    data: Examples, solution: Floats, size: int, p: Parameters, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Mean squared distance from the minimum and its standard error at each rate; examples drawn with replacement."""
    inputs, targets = np.asarray(data.inputs), np.asarray(data.targets)
    rates = np.array(p.hover_rates)[:, np.newaxis, np.newaxis]
    weights = np.tile(solution, (len(p.hover_rates), p.n_runs, 1))
    total = np.zeros(weights.shape[:2])
    for step in range(p.n_hover):
        drawn = rng.integers(0, p.n_examples, (p.n_runs, size))
        x = inputs[drawn]
        wrong = targets[drawn] - np.einsum("kri,rbi->krb", weights, x)
        weights = weights + rates * np.einsum("krb,rbi->kri", wrong, x) / size
        if step >= p.n_hover // 2:
            total += np.sum((weights - solution) ** 2, axis=-1)
    squares = total / (p.n_hover - p.n_hover // 2)
    return squares.mean(axis=1), squares.std(axis=1, ddof=1) / np.sqrt(p.n_runs)


def _settled(data: Examples, solution: Floats, rate: float, size: int) -> float:
    """The mean squared distance in the long run: trace of S = mean of (1 - rate A) S (1 - rate A) + rate^2 N.

    A is the mean of x x^T over a batch drawn with replacement, N the covariance of its error at the minimum.
    """
    inputs = np.asarray(data.inputs)
    outer = np.einsum("pi,pj->pij", inputs, inputs)
    mean, one = outer.mean(axis=0), np.eye(2)
    fourth = np.mean([np.kron(x, x) for x in outer], axis=0) / size + (1 - 1 / size) * np.kron(mean, mean)
    carried = np.eye(4) - rate * (np.kron(mean, one) + np.kron(one, mean)) + rate**2 * fourth
    wrong = np.asarray(data.targets) - inputs @ solution
    added = rate**2 / size * np.mean(wrong[:, np.newaxis, np.newaxis] ** 2 * outer, axis=0)
    return float(np.trace(np.linalg.solve(np.eye(4) - carried, added.ravel()).reshape(2, 2)))


def _tangents(hessian: Floats, away: Floats) -> Floats:
    """Along the contour at points `away` from the minimum; an ellipse is a circle stretched by 1/sqrt(lambda)."""
    values, vectors = np.linalg.eigh(hessian)
    round_ = away @ vectors * np.sqrt(values)
    return np.stack([-round_[:, 1], round_[:, 0]], axis=1) / np.sqrt(values) @ vectors.T


def _angles(a: Floats, b: Floats) -> Floats:
    """Degrees, 0 to 90, between lines."""
    cosines = np.sum(a * b, axis=-1) / (np.linalg.norm(a, axis=-1) * np.linalg.norm(b, axis=-1))
    return np.degrees(np.arccos(np.minimum(np.abs(cosines), 1.0)))


def draw(result: Result, figure: Figure) -> None:
    """The paths; how the loss falls; how far from the minimum the steps hover."""
    bowl, falling, hovering = figure.subplots(1, 3, width_ratios=(1.25, 1, 1))
    _draw_bowl(bowl, result)
    for number, (kind, excess) in enumerate(zip(result.kinds, result.excess, strict=True)):
        curves.curve(falling, np.arange(len(excess)), excess, kind, number=number)
    falling.set_yscale("log")
    falling.set_ylim(max(result.excess[PLAIN].min() / 30, 1e-30), None)
    curves.label(falling, "step", "loss above the minimum", "how fast")
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
    hovering.set_yscale("log")
    curves.label(hovering, "learning rate", "root mean square distance", "where it hovers")
    hovering.legend(loc="upper left")


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
    curves.label(axes, "bias w0", "weight w1", "paths on the contours of the loss")
    axes.set_aspect("equal")
    axes.legend(loc="upper right", frameon=True, framealpha=1.0, edgecolor="none")


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    p = parameters
    return (
        f"A linear neuron on {p.n_examples} noisy examples. Left: contours of the mean squared error and {p.n_steps} "
        f"steps at rate {p.rate:g} (momentum {p.momentum:g}, mini-batches of {p.batch_size}); plain gradient descent "
        f"crosses every contour at a right angle, LMS at {result.sgd_angles.mean():.0f} degrees on average. Middle: "
        f"the loss along the paths; LMS and mini-batches stop falling. Right: the distance from the minimum at which "
        f"they hover, {p.n_runs} runs at each rate (bars: standard errors), over the exact stationary variance."
    )


def _furthest_from_right_angle(result: Result) -> float:
    return float(result.gd_angles[np.argmax(np.abs(result.gd_angles - 90))])


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


def _off_in_standard_errors(result: Result) -> float:
    return float(np.max(np.abs(result.squares - result.squares_exact) / result.squares_error))


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
    run=run,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(hover_rates=(0.01, 0.02, 0.04, 0.08), n_hover=2000, n_runs=60),
    claims=(
        Claim(
            "Every step of gradient descent crosses the contour at a right angle (degrees, the furthest from 90)",
            _furthest_from_right_angle,
            90.0,
            "closed form: tangents of ellipses",
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
        Claim(
            "At a constant rate LMS and mini-batches hover with the variance of the covariance equation (largest "
            "error in standard errors)",
            _off_in_standard_errors,
            5.0,
            "another route: linear equation for the covariance",
            reason="five standard errors over independent runs",
            relation="at most",
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
    size=(12.0, 4.2),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
