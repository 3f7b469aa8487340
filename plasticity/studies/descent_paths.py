"""The paths of gradient descent, momentum, mini-batches and LMS in one bowl, and how far from its minimum they hover.

Source: widrow1960 (LMS); polyak1964 (momentum); lecture (the paths on the contours).
"""

from dataclasses import dataclass

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import LINEAR
from plasticity.artificial.descent import Descent
from plasticity.artificial.examples import Examples
from plasticity.artificial.learning import gradient_descent
from plasticity.experiment import column, parameter
from plasticity.studies.bowl import Bowl, angles_between_lines, noisy_line, settled_covariance, tangents

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
    shown: Floats = column("1", "kinds", "steps", meaning="examples shown before that")
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


def study(parameters: Parameters) -> Result:
    """Walk down in four ways, then hover around the minimum at several rates."""
    p = parameters
    rng = np.random.default_rng(p.seed)
    data = noisy_line(p.n_examples, p.noise, rng)
    paths = np.stack([_path(data, p, kind, rng) for kind in KINDS])
    batch_sizes, rates = np.array([1, p.batch_size]), np.array(p.hover_rates)
    squares, error = zip(*(_hovering(data, int(size), p, rng) for size in batch_sizes), strict=True)
    values, vectors = np.linalg.eigh(data.hessian)
    per_rate = np.sum(np.mean((data.errors[:, np.newaxis] * (data.inputs @ vectors)) ** 2, axis=0) / (2 * values))
    along = tangents(data, paths[ONLINE, :-1])
    return Result(
        kinds=np.array(KINDS),
        paths=paths,
        shown=np.array([np.arange(p.n_steps + 1.0) * _size(p, kind) for kind in KINDS]),
        excess=data.excess(paths),
        hessian=data.hessian,
        solution=data.solution,
        gd_angles=angles_between_lines(tangents(data, paths[PLAIN, :-1]), np.diff(paths[PLAIN], axis=0)),
        sgd_angles=angles_between_lines(along, np.diff(paths[ONLINE], axis=0)),
        sgd_expected_angles=angles_between_lines(along[:, np.newaxis], data.inputs).mean(axis=1),
        hover_rates=rates,
        batch_sizes=batch_sizes.astype(float),
        squares=np.stack(squares),
        squares_error=np.stack(error),
        squares_exact=np.array([[np.trace(settled_covariance(data, r, int(b))) for r in rates] for b in batch_sizes]),
        squares_slow=np.array([rates * per_rate / b for b in batch_sizes]),
    )


def _size(p: Parameters, kind: str) -> int:
    """Examples of a step."""
    return {"mini-batch": min(p.batch_size, p.n_examples), "LMS (on-line)": 1}.get(kind, p.n_examples)


def _path(data: Bowl, p: Parameters, kind: str, rng: np.random.Generator) -> Floats:
    """The weights before and after each step, (n_steps + 1, 2)."""
    size = _size(p, kind)
    n_epochs = -(-p.n_steps * size // p.n_examples)
    momentum = p.momentum if kind == "momentum" else 0.0
    descent = Descent(rate=p.rate, momentum=momentum, batch_size=size, n_epochs=n_epochs)
    examples = Examples(data.inputs, data.targets)
    history = gradient_descent(examples, [-3.0, 4.5], activation=LINEAR, descent=descent, rng=rng)
    return history.weights[: p.n_steps + 1]


def _hovering(data: Bowl, size: int, p: Parameters, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Mean squared distance from the minimum and its standard error at each rate; examples drawn with replacement."""
    rates = np.array(p.hover_rates)[:, np.newaxis, np.newaxis]
    weights = np.tile(data.solution, (len(p.hover_rates), p.n_runs, 1))
    total = np.zeros(weights.shape[:2])
    for step in range(p.n_hover):
        drawn = rng.integers(0, p.n_examples, (p.n_runs, size))
        x = data.inputs[drawn]
        wrong = data.targets[drawn] - np.einsum("kri,rbi->krb", weights, x)
        weights = weights + rates * np.einsum("krb,rbi->kri", wrong, x) / size
        if step >= p.n_hover // 2:
            total += np.sum((weights - data.solution) ** 2, axis=-1)
    squares = total / (p.n_hover - p.n_hover // 2)
    return squares.mean(axis=1), squares.std(axis=1, ddof=1) / np.sqrt(p.n_runs)
