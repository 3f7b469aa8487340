"""The perceptron rule where one unit can separate the data, and where none can: does it stop, where do weights go?"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from plasticity.artificial.certificates import Separation
from plasticity.artificial.exact import exact
from plasticity.artificial.examples import Examples, teacher, with_bias
from plasticity.artificial.perceptron import PerceptronRun, novikoff_bound, perceptron
from plasticity.artificial.separability import separate
from plasticity.errors import ArgumentError
from plasticity.experiment import parameter
from plasticity.quiz.record import Answer, Check, Solution
from plasticity.studies.separability import labellings_of_lines

SQUARE = tuple(product((0, 1), repeat=2))
FEWEST, MOST, GRID = 4, 12, 5  # points in a random set; whole coordinates from -5 to 5
MOST_EPOCHS = 5000  # far beyond what sets of this size need to stop or to repeat themselves


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    labels: tuple[int, ...] = parameter((0, 1, 1, 0), meaning="of 00, 01, 10, 11; XOR", least=0, most=1)
    rate: float = parameter(1.0, "1", "learning rate on these four", least=0.01, most=100)
    n_sets: int = parameter(80, meaning="random sets", least=20, most=500)
    seed: int = 0


@dataclass(frozen=True)
class Trained:
    """A run from zero weights, and Novikoff's bound on its mistakes: infinite where no unit separates the set."""

    run: PerceptronRun
    bound: float
    rate: float = 1.0

    @property
    def inputs(self) -> np.ndarray:
        """The inputs, x0 = 1 first."""
        return self.run.history.examples.inputs.astype(float)

    @property
    def weights(self) -> np.ndarray:
        """Before each step and after the last."""
        return self.run.history.weights.astype(float)

    @property
    def longest_step(self) -> float:
        """Rate times the longest input."""
        return self.rate * float(np.linalg.norm(self.inputs, axis=1).max())


@dataclass(frozen=True)
class Runs:
    """The square with its labels, trained in fractions, and random sets, trained in whole numbers: nothing rounds."""

    labels: tuple[int, ...]
    rate: float
    square: Trained
    sets: list[Trained]


def study(parameters: Parameters) -> Runs:
    """Train on the square and on random labelled points of the plane, each set decided exactly.

    raises ArgumentError for another number of labels than four
    """
    p, rng = parameters, np.random.default_rng(parameters.seed)
    if len(p.labels) != len(SQUARE):
        raise ArgumentError(f"labels has {len(p.labels)} values; allowed: 4, of 00, 01, 10, 11")
    square = _trained(exact(SQUARE), np.array(p.labels), exact(p.rate))
    return Runs(p.labels, p.rate, square, [_trained(*_random_set(rng)) for _ in range(p.n_sets)])


def _random_set(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Points labelled by a coin; in about half of the sets by the side of a random line, so that a unit exists."""
    points = rng.integers(-GRID, GRID + 1, (int(rng.integers(FEWEST, MOST + 1)), 2))
    if rng.random() < 0.5:
        return points, rng.integers(0, 2, len(points))
    return points, (with_bias(points) @ rng.normal(size=3) > 0).astype(int)


def _trained(points: np.ndarray, labels: np.ndarray, rate: Any = 1) -> Trained:
    examples, decided = Examples(with_bias(points), labels), separate(points, labels)
    start = np.zeros(3) if points.dtype != object else exact([0, 0, 0])
    run = perceptron(examples, start, rate=rate, n_epochs=MOST_EPOCHS)
    if not isinstance(decided, Separation):
        return Trained(run, math.inf, float(rate))
    # From weights 0 the rate only sets the scale, so the bound of rate 1 holds for all
    inputs = Examples(examples.inputs.astype(float), labels)
    return Trained(
        run, float(novikoff_bound(inputs, np.array([decided.bias, *decided.weights], dtype=float))), float(rate)
    )


def answer(runs: Runs) -> Answer:
    """Stops or not; and what the weights of a run that never stops do."""
    every = [runs.square, *runs.sets]
    separable = [one for one in every if one.bound < math.inf]
    endless = [one for one in every if one.bound == math.inf]
    circles = [one.run.cycle for one in endless if one.run.cycle]
    stopping = {
        "n_separable": len(separable),
        "separable_that_stopped": sum(one.run.converged for one in separable),
        "n_inseparable": len(endless),
        "inseparable_that_stopped": sum(one.run.converged for one in endless),
    }
    cycle, square = runs.square.run.cycle, runs.square.run
    found: dict[str, Any] = stopping | {
        "most_mistakes_before_stopping": max(one.run.n_mistakes for one in separable),
        "largest_share_of_novikoff_bound": max(one.run.n_mistakes / one.bound for one in separable),
        "inseparable_that_repeat_exactly": len(circles),
        "longest_period_epochs": max((period for _, period in circles), default=0),
        "largest_weights_over_longest_input": max(
            (one.run.largest_norm / one.longest_step for one in endless), default=0.0
        ),
        "xor_period_epochs": cycle[1] if cycle else 0,
        "xor_largest_length": square.largest_norm,
        "xor_weights": square.history.weights.astype(float).tolist(),
        "square": "stops" if square.converged else "circles" if cycle else "neither",
    }
    is_as_proved = stopping["separable_that_stopped"] == len(separable) and not stopping["inseparable_that_stopped"]
    found["outcome"] = ("circles" if len(circles) == len(endless) else "open") if is_as_proved else "unexpected"
    readings = {
        "unbounded": {**stopping, "weights_diverge": len(circles) < len(endless)},
        "no limit": {**stopping, "weights_diverge": any(not one.run.converged for one in endless)},
    }
    return Answer(found, _checks(runs, found), readings, given=("n_separable", "n_inseparable"))


def _checks(runs: Runs, found: dict) -> list[Check]:
    """A swept line decides who must stop; the square on paper; lengths as the squares of the weights."""
    every = [runs.square, *runs.sets]
    n_swept = sum(map(_is_separable_by_sweep, every))
    course, starts = on_paper(runs.labels)
    period = len(starts) - starts.index(course[-1]) if course[-1] in starts else 0
    inseparable = [one for one in every if not _is_separable_by_sweep(one)]
    lengths = [_length_by_squares(one) for one in inseparable]
    moves = [int(np.diff(one.weights, axis=0).any(axis=1).sum()) for one in every if one.run.converged]
    return [
        Check("separable_that_stopped", n_swept, "sweep"),
        Check("inseparable_that_repeat_exactly", len(every) - n_swept, "sweep"),
        Check("most_mistakes_before_stopping", max(moves), "stopped"),
        Check("largest_share_of_novikoff_bound", 1.0, "novikoff", relation="at most"),
        Check("xor_period_epochs", 0 if runs.square.run.converged else period, "on_paper"),
        # 1e-9: rounding of a square root
        Check("xor_largest_length", runs.rate * max(math.hypot(*w) for w in course), "on_paper", tolerance=1e-9),
        Check("largest_weights_over_longest_input", max(lengths, default=0.0), "squares", tolerance=1e-9),
    ]


def _is_separable_by_sweep(one: Trained) -> bool:
    lines = labellings_of_lines(one.inputs[:, 1:])
    return bool((lines == teacher(one.run.history.examples).astype(int)).all(axis=1).any())


def _length_by_squares(one: Trained) -> float:
    """The longest weights over the longest step, from the steps: |w|^2 changes by 2 rate (t - y) z + rate^2 |x|^2."""
    x, weights = one.inputs[np.concatenate(one.run.history.patterns)], one.weights
    z, length = np.einsum("si,si->s", weights[:-1], x), np.einsum("si,si->s", x, x)
    error = np.einsum("si,si->s", np.diff(weights, axis=0), x) / length  # rate (t - y)
    square = np.cumsum(2 * error * z + error**2 * length)
    return math.sqrt(max(float(square.max()), 0.0)) / one.longest_step


def on_paper(labels: Sequence[int]) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
    """The rule on the square in whole numbers until an epoch ends where one began: all weights, those at epochs."""
    course, starts = [(0, 0, 0)], list[tuple[int, ...]]()
    while course[-1] not in starts:
        starts.append(course[-1])
        for (a, b), t in zip(SQUARE, labels, strict=True):
            w0, w1, w2 = course[-1]
            error = t - (w0 + w1 * a + w2 * b > 0)
            course.append((w0 + error, w1 + error * a, w2 + error * b))
    return list(course), starts


SOLUTIONS = {"perceptron-convergence": Solution(study, answer, Parameters())}
