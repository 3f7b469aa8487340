"""The loss of several units that decide independently: does the sum, with its minus, cover both terms?

Such a loss is the negative log of the probability of the targets, and can be checked against that probability.
Line 362 prints it for one example, with a bracket; line 367 for the training set, without.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.losses import MULTICLASS_CROSS_ENTROPY
from plasticity.errors import ArgumentError
from plasticity.experiment import parameter
from plasticity.quiz.formulas import are_same, largest_difference
from plasticity.quiz.record import Answer, Check, Solution

ROUNDING = 1e-9
LEAST = 1e-6  # an output nearer to 0 or 1 costs beyond all that is shown


@dataclass(frozen=True)
class Parameters:
    """One example, and random ones beside it."""

    y: tuple[float, ...] = parameter((0.8, 0.99), "1", "outputs, one a unit", least=LEAST, most=1 - LEAST)
    t: tuple[float, ...] = parameter((1.0, 0.0), "1", "targets", least=0, most=1)
    n_random: int = parameter(200, meaning="random examples of as many units", least=2, most=10_000)
    seed: int = 0


def mcc(y: Floats, t: Floats) -> Floats:
    """Line 362, for each example: -sum_i (t_i log y_i + (1 - t_i) log(1 - y_i))."""
    return -np.sum(t * np.log(y) + (1 - t) * np.log(1 - y), axis=-1)


def over_both(y: Floats, t: Floats) -> float:
    """Line 367, the sums taken over all that follows."""
    return float(-np.sum(t * np.log(y) + (1 - t) * np.log(1 - y)) / len(y))


def over_the_first(y: Floats, t: Floats) -> float:
    """Line 367, the minus and the sums ending at the plus; the second term taken for each p and i in turn."""
    return float(-np.sum(t * np.log(y)) / len(y) + np.sum((1 - t) * np.log(1 - y)) / len(y))


READINGS = {"over both terms": over_both, "up to the plus": over_the_first}


@dataclass(frozen=True)
class Sets:
    """The example, and a set of random ones: outputs and targets, a row each."""

    y: Floats
    t: Floats
    many_y: Floats
    many_t: Floats


def study(parameters: Parameters) -> Sets:
    """Random outputs of units that decide independently, and random targets."""
    p = parameters
    if len(p.y) != len(p.t):
        raise ArgumentError(f"y has the length {len(p.y)}, t {len(p.t)}; equal lengths are allowed")
    rng, shape = np.random.default_rng(p.seed), (p.n_random, len(p.y))
    return Sets(np.array([p.y]), np.array([p.t]), rng.uniform(0.05, 0.95, shape), rng.integers(0, 2, shape) * 1.0)


def surprise(y: Floats, t: Floats) -> Floats:
    """-ln of the probability that independent units give their targets."""
    return -np.log(np.prod(y**t * (1 - y) ** (1 - t), axis=-1))


def answer(sets: Sets) -> Answer:
    """With the bracket a likelihood; without it a loss that rewards being wrong."""
    costs = mcc(sets.many_y, sets.many_t)
    one = {"mcc_is_negative_log_likelihood": are_same(costs, surprise(sets.many_y, sets.many_t))}
    readings = {name: one | _measured(sets, formula, float(costs.mean())) for name, formula in READINGS.items()}
    cost, unbracketed = float(mcc(sets.y, sets.t)[0]), over_the_first(sets.y, sets.t)
    found = {
        **readings["over both terms"],
        **{f"{name}_without_bracket": value for name, value in readings["up to the plus"].items()},
        "cost": cost,
        "cost_without_bracket": unbracketed,
        "mean_cost": MULTICLASS_CROSS_ENTROPY.value(sets.many_y, sets.many_t),
        "probability": float(np.exp(-cost)),
        "without_is": "negative" if unbracketed < 0 else "other",
    }
    of_targets = float(np.prod(sets.y**sets.t * (1 - sets.y) ** (1 - sets.t)))
    right = -float(np.sum(sets.t * np.log(sets.y)))
    checks = [
        Check("cost", MULTICLASS_CROSS_ENTROPY.value(sets.y, sets.t), "package", ROUNDING),
        Check("probability", of_targets, "product", ROUNDING),
        Check("cost_without_bracket", 2 * right - float(surprise(sets.y, sets.t)[0]), "twice", ROUNDING),
        Check("mean_cost", float(surprise(sets.many_y, sets.many_t).mean()), "surprise", ROUNDING),
    ]
    return Answer(found, checks, readings)


def _measured(sets: Sets, formula: Any, mean: float) -> dict[str, Any]:
    """How the formula for the set compares with the mean of that for one example."""
    value = formula(sets.many_y, sets.many_t)
    return {
        "mcce": value,
        "mcce_is_mean_of_mcc": are_same(value, mean),
        "largest_difference": largest_difference(value, mean),
    }


SOLUTIONS = {"multiclass-cross-entropy": Solution(study, answer, Parameters())}
