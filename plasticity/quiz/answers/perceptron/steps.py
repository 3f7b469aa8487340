"""Single steps of the perceptron rule: which way they push, whether they put their example right, whom they harm."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity.artificial.examples import Examples, with_bias
from plasticity.artificial.perceptron import perceptron
from plasticity.experiment import parameter
from plasticity.quiz.record import Answer, Check, Solution


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    rate: float = parameter(0.5, "1", "learning rate", least=1e-4, most=1e3)
    n_sets: int = parameter(150, meaning="sets of random points with random labels", least=20, most=2000)
    n_points: int = parameter(10, meaning="points of a set", least=2, most=100)
    n_inputs: int = parameter(3, meaning="dimensions of a point", least=1, most=50)
    n_epochs: int = parameter(10, meaning="epochs, at most", least=1, most=100)
    seed: int = 0


@dataclass(frozen=True)
class Steps:
    """All steps that changed weights, in all sets; one row a step.

    inputs        : the whole set, (n_steps, n_points, 1 + n_inputs), and its targets, (n_steps, n_points)
    shown, error  : the example shown, and its t - y
    before, after : the weights around the step, (n_steps, 1 + n_inputs)
    solution      : w*, of length 1, that the run ended with; NaN in all entries where it had not converged
    """

    rate: float
    inputs: np.ndarray
    targets: np.ndarray
    shown: np.ndarray
    error: np.ndarray
    before: np.ndarray
    after: np.ndarray
    solution: np.ndarray

    def own(self, array: np.ndarray) -> np.ndarray:
        """Of an array with a column for each example of the set, the entry of the example shown."""
        return array[np.arange(len(self.shown)), self.shown]

    def sums(self, weights: np.ndarray) -> np.ndarray:
        """z of every example of the set, (n_steps, n_points)."""
        return np.einsum("spi,si->sp", self.inputs, weights)

    def right(self, weights: np.ndarray) -> np.ndarray:
        """Which examples of the set get the right answer, (n_steps, n_points)."""
        return (self.sums(weights) > 0) == (self.targets == 1)


def study(parameters: Parameters) -> Steps:
    """Learn sets of random points with random labels, from random weights."""
    rng = np.random.default_rng(parameters.seed)
    sets = [_steps_of_one_set(parameters, rng) for _ in range(parameters.n_sets)]
    return Steps(parameters.rate, *map(np.concatenate, zip(*sets, strict=True)))


def _steps_of_one_set(p: Parameters, rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    inputs, labels = with_bias(rng.normal(size=(p.n_points, p.n_inputs))), rng.integers(0, 2, p.n_points)
    run = perceptron(Examples(inputs, labels), rng.normal(size=1 + p.n_inputs), rate=p.rate, n_epochs=p.n_epochs)
    shown = np.concatenate(run.history.patterns)
    error = labels[shown] - np.concatenate(run.history.outputs)
    final = run.history.final / np.linalg.norm(run.history.final) if run.converged else np.full(1 + p.n_inputs, np.nan)
    whole = (np.broadcast_to(array, (len(shown), *array.shape)) for array in (inputs, labels))
    solution = np.broadcast_to(final, (len(shown), final.size))
    columns = (*whole, shown, error, run.history.before, run.history.after, solution)
    return tuple(column[error != 0] for column in columns)


def answer(steps: Steps) -> Answer:
    """Direction, own example, other examples; and what every step does to w . w* and to the length of w."""
    dz = steps.own(steps.sums(steps.after) - steps.sums(steps.before))
    right, right_after = steps.right(steps.before), steps.right(steps.after)
    lost = right & ~right_after
    advance, growth = _pull(steps)
    found: dict[str, Any] = {
        "n_steps": len(steps.error),
        "steps_with_z_moved_the_wrong_way": int(np.sum(dz * steps.error <= 0)),
        "weights_moved_the_wrong_way": int(np.sum(_moved(steps) < 0)),
        "own_example_put_right": float(steps.own(right_after).mean()),
        "another_example_harmed": float(lost.any(axis=1).mean()),
        "fewer_right_after_the_step": float((right_after.sum(axis=1) < right.sum(axis=1)).mean()),
        "mean_gain_of_right_answers": float((right_after.sum(axis=1) - right.sum(axis=1)).mean()),
        "n_steps_to_a_solution": len(advance),
        "least_advance_in_margins": float(advance.min()) if advance.size else None,
        "largest_growth_of_square": float(growth.max()),
    }
    found["outcome"] = "as said" if found["steps_with_z_moved_the_wrong_way"] == 0 else "astray"
    found["harm"] = "none" if found["another_example_harmed"] == 0 else "some"
    found["solved"] = "some" if advance.size else "none"
    return Answer(found, _checks(steps, found), {"as it stands": found}, given=("n_steps", "n_steps_to_a_solution"))


def _moved(steps: Steps) -> np.ndarray:
    """Of each weight whether it moved up where (t - y) x is above 0 and down where it is below: at least 0."""
    return (steps.after - steps.before) * steps.own(steps.inputs) * steps.error[:, None]


def _pull(steps: Steps) -> tuple[np.ndarray, np.ndarray]:
    """What each step adds to w . w*, in units of rate times margin; and to |w|^2, in units of rate^2 |x|^2.

    The first only of the runs that ended with a solution w*; the margin is the least distance of a point from it.
    """
    distances = np.abs(np.einsum("spi,si->sp", steps.inputs, steps.solution))
    ahead = np.einsum("si,si->s", steps.after - steps.before, steps.solution)
    advance = ahead / (steps.rate * distances.min(axis=1))
    square = np.sum(steps.after**2, axis=1) - np.sum(steps.before**2, axis=1)
    growth = square / (steps.rate**2 * np.sum(steps.own(steps.inputs) ** 2, axis=1))
    return advance[~np.isnan(advance)], growth


def _checks(steps: Steps, found: dict) -> list[Check]:
    """What a step does to any z, from the inner products of the examples; the two bounds of Novikoff's proof."""
    x, before = steps.own(steps.inputs), steps.sums(steps.before)
    own_move = steps.rate * steps.error * np.sum(x**2, axis=1)
    moved = before + steps.rate * steps.error[:, None] * np.einsum("spi,si->sp", steps.inputs, x)
    right, right_after = steps.right(steps.before), (moved > 0) == (steps.targets == 1)
    gain = right_after.sum(axis=1) - right.sum(axis=1)
    mended = np.abs(own_move) > np.abs(steps.own(before))
    checks = [
        Check("steps_with_z_moved_the_wrong_way", int(np.sum(own_move * steps.error <= 0)), "square"),
        Check("own_example_put_right", float(np.mean(mended)), "square"),
        Check("another_example_harmed", float((right & ~right_after).any(axis=1).mean()), "inner_product"),
        Check("fewer_right_after_the_step", float((gain < 0).mean()), "inner_product"),
        Check("mean_gain_of_right_answers", float(gain.mean()), "inner_product"),
        # 1e-9: rounding of sums of a few numbers about 1
        Check("largest_growth_of_square", 1.0, "growth", tolerance=1e-9, relation="at most"),
    ]
    if found["n_steps_to_a_solution"]:
        checks.append(Check("least_advance_in_margins", 1.0, "advance", tolerance=1e-9, relation="at least"))
    return checks


SOLUTIONS = {"perceptron-step-logic": Solution(study, answer, Parameters())}
