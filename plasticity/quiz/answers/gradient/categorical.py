"""Categorical cross entropy: which outputs count, and in which sense it is cross entropy for two categories."""

from dataclasses import dataclass
from math import log
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import SIGMOID
from plasticity.artificial.losses import (
    CATEGORICAL_CROSS_ENTROPY,
    CROSS_ENTROPY,
    MULTICLASS_CROSS_ENTROPY,
    SOFTMAX,
    value_and_gradient,
)
from plasticity.errors import ArgumentError
from plasticity.experiment import parameter
from plasticity.quiz.formulas import are_same, largest_difference
from plasticity.quiz.record import Answer, Check, Solution

ROUNDING = 1e-9
LEAST = 1e-6  # an output nearer to 0 or 1 costs beyond all that is shown


@dataclass(frozen=True)
class Parameters:
    """Outputs for several categories, one output for two, and random ones beside them."""

    y: tuple[float, ...] = parameter((0.7, 0.2, 0.1), "1", "outputs, one a category", least=LEAST, most=1 - LEAST)
    right: int = parameter(1, meaning="which category is the right one, from 1", least=1, most=100)
    y_of_two: float = parameter(0.7, "1", "output of one unit for two categories", least=LEAST, most=1 - LEAST)
    t_of_two: float = parameter(1.0, "1", "its target", least=0, most=1)
    n_random: int = parameter(200, meaning="random examples", least=5, most=10_000)
    seed: int = 0


@dataclass(frozen=True)
class Outputs:
    """Random outputs, with those of wrong categories changed; one-hot targets; one output for two, its targets."""

    parameters: Parameters
    outputs: Floats
    changed: Floats
    one_hot: Floats
    y: Floats
    t: Floats
    z: Floats


def study(parameters: Parameters) -> Outputs:
    """As many random outputs as the example has."""
    p, n = parameters, len(parameters.y)
    if p.right > n or n < 2:
        raise ArgumentError(f"right is {p.right} of {n} outputs; two outputs or more are allowed, and one of them")
    rng = np.random.default_rng(p.seed)
    one_hot = np.eye(n)[rng.integers(0, n, p.n_random)]
    some, other = rng.uniform(0.05, 0.95, (2, p.n_random, n))
    y, t = rng.uniform(0.05, 0.95, p.n_random), rng.integers(0, 2, p.n_random).astype(float)
    return Outputs(p, some, np.where(one_hot == 1, some, other), one_hot, y, t, rng.normal(size=(p.n_random, 2)))


def _cost(y: Floats, t: Floats) -> Floats:
    """-sum_i t_i log y_i for each example."""
    return -np.sum(t * np.log(y), axis=-1)


def _pairs(y: Any) -> Floats:
    return np.stack([y, 1 - np.asarray(y)], axis=-1)


def answer(tried: Outputs) -> Answer:
    """The same number in the binary case; the steps differ all the same."""
    s, p = tried, tried.parameters
    target = np.eye(len(p.y))[p.right - 1]
    wrong = np.flatnonzero(target == 0)
    turned = np.array(p.y)
    turned[wrong] = (1 - turned[wrong]) / 2  # any other outputs of the wrong categories would do
    pairs, labels = _pairs(s.y), _pairs(s.t)
    single = -s.t * np.log(s.y) - (1 - s.t) * np.log(1 - s.y)
    categorical = CATEGORICAL_CROSS_ENTROPY.value(pairs, labels)
    found: dict[str, Any] = {
        "effect_of_other_outputs": largest_difference(_cost(s.outputs, s.one_hot), _cost(s.changed, s.one_hot)),
        "binary_same": are_same(_cost(pairs, labels), single),
        "binary_largest_difference": largest_difference(_cost(pairs, labels), single),
        "categorical_mean_of_pairs": categorical,
        "cross_entropy_mean": CROSS_ENTROPY.value(s.y, s.t),
        "step_of_two_softmax_units_over_one_sigmoid": _step_ratio(s.z, labels),
        "multiclass_over_categorical_of_pairs": MULTICLASS_CROSS_ENTROPY.value(pairs, labels) / categorical,
        "cost": float(_cost(np.array(p.y), target)),
        "turned": turned.tolist(),
        "cost_turned": float(_cost(turned, target)),
        "cost_of_one": CROSS_ENTROPY.value(p.y_of_two, p.t_of_two),
        "cost_of_pair": float(_cost(_pairs(p.y_of_two), _pairs(p.t_of_two))),
    }
    return Answer(found, _checks(p, found), {"one y against the pair": found}, given=("turned",))


def _step_ratio(z: Floats, labels: Floats) -> float:
    """How much further a step moves the difference of two softmax units than the z of the one sigmoid they equal."""
    pair = value_and_gradient(CATEGORICAL_CROSS_ENTROPY, SOFTMAX, z, labels)[1]
    single = value_and_gradient(CROSS_ENTROPY, SIGMOID, z[:, 0] - z[:, 1], labels[:, 0])[1]
    return float(np.mean((pair[:, 0] - pair[:, 1]) / single))


def _checks(p: Parameters, found: dict[str, Any]) -> list[Check]:
    of_right, y, t = -log(p.y[p.right - 1]), p.y_of_two, p.t_of_two
    weighted = -log(y**t * (1 - y) ** (1 - t))
    return [
        Check("cost", of_right, "logarithm", ROUNDING),
        Check("cost_turned", of_right, "logarithm", ROUNDING),
        Check("cost_of_one", weighted, "product", ROUNDING),
        Check("cost_of_pair", weighted, "product", ROUNDING),
        Check("categorical_mean_of_pairs", found["cross_entropy_mean"], "of_one", ROUNDING),
        Check("step_of_two_softmax_units_over_one_sigmoid", 2.0, "both_move", 1e-6),
        Check("multiclass_over_categorical_of_pairs", 2.0, "twice", ROUNDING),
    ]


SOLUTIONS = {"categorical-cross-entropy": Solution(study, answer, Parameters())}
