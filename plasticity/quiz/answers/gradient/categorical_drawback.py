"""Categorical cross entropy speaks only to the right unit: what then becomes of the others?

One example in numbers, and clouds of examples learned by several draws; see `studies.cloud_categories`.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.losses import CATEGORICAL_CROSS_ENTROPY, MULTICLASS_CROSS_ENTROPY, value_and_gradient
from plasticity.errors import ArgumentError
from plasticity.experiment import parameter
from plasticity.quiz.record import Answer, Check, Solution
from plasticity.studies.cloud_categories import UNITS, Clouds, Learned, learned, learned_on_paper
from plasticity.studies.complex_step import slope

ROUNDING = 1e-9
LOPSIDED, EVEN = np.array([[0.5, 0.48, 0.02]]), np.array([[0.5, 0.25, 0.25]])  # two ways to spread what is wrong


@dataclass(frozen=True)
class Parameters:
    """One example, and clouds of three categories."""

    z: tuple[float, ...] = parameter((0.0, 2.0, 1.0), "1", "sums of the units on one example", least=-30, most=30)
    right: int = parameter(1, meaning="which of them is the right one, from 1", least=1, most=100)
    n_draws: int = parameter(8, meaning="draws of the clouds and of the first weights", least=3, most=30)
    n_each: int = parameter(30, meaning="examples of each category", least=5, most=200)
    spread: float = parameter(1.0, "1", "deviation of a cloud; centres are about 3 apart", least=0.1, most=5)
    rate: float = parameter(0.5, "1", "learning rate", least=0.01, most=1)
    n_epochs: int = parameter(300, meaning="steps on all examples", least=1, most=2000)
    seed: int = 0


@dataclass(frozen=True)
class Outcome:
    """By kind of unit: dC/dz on the one example, what was learned, and the same by gradients on paper."""

    parameters: Parameters
    gradients: dict[str, Floats]
    learned: dict[str, Learned]
    on_paper: dict[str, Learned]


def study(parameters: Parameters) -> Outcome:
    """The same examples and start for each kind of unit."""
    p = parameters
    if p.right > len(p.z) or len(p.z) < 2:
        raise ArgumentError(f"right is {p.right} of {len(p.z)} units; two units or more are allowed, and one of them")
    z, t = np.array([p.z]), np.eye(len(p.z))[[p.right - 1]]
    gradients = {name: value_and_gradient(*unit, z, t)[1][0] + 0.0 for name, unit in UNITS.items()}  # -0 becomes 0
    clouds = Clouds(p.n_draws, p.n_each, p.spread, p.rate, p.n_epochs, p.seed)
    return Outcome(
        p,
        gradients,
        {name: learned(clouds, name) for name in UNITS},
        {name: learned_on_paper(clouds, name) for name in UNITS},
    )


def answer(found_by: Outcome) -> Answer:
    """Nothing pushes the wrong units down but the sum that softmax units share."""
    p = found_by.parameters
    found: dict[str, Any] = {"target": np.eye(len(p.z))[p.right - 1].tolist()}
    found |= {f"gradient_{name}": one.tolist() for name, one in found_by.gradients.items()}
    found["rows"] = [{"units": name, **_spread(one)} for name, one in found_by.learned.items()]
    for name, one in found_by.learned.items():
        found[f"mean_output_that_should_be_0_{name}"] = float(one.wrong.mean())
    for name, loss in (("categorical", CATEGORICAL_CROSS_ENTROPY), ("multiclass", MULTICLASS_CROSS_ENTROPY)):
        found[f"cost_lopsided_{name}"], found[f"cost_even_{name}"] = (
            loss.value(y, np.array([[1.0, 0.0, 0.0]])) for y in (LOPSIDED, EVEN)
        )
    return Answer(found, _checks(found_by), {"no printed answer": found})


def _spread(one: Learned) -> dict[str, float]:
    """Means over the draws, and how far draws lie from it."""
    return {
        "wrong": float(one.wrong.mean()),
        "spread": float(one.wrong.std(ddof=1)),
        "right": float(one.right.mean()),
        "accuracy": float(one.accuracy.mean()),
    }


def _checks(found_by: Outcome) -> list[Check]:
    """The gradients by a complex step of the costs; the learning by gradients on paper."""
    p, on_paper = found_by.parameters, found_by.on_paper
    z, right, each = np.array(p.z), p.right - 1, np.eye(len(p.z))
    signs = np.where(each[right] == 1, 1.0, -1.0)
    costs = {
        "softmax": lambda z: np.log(np.sum(np.exp(z - z[right]))),
        "sigmoids": lambda z: np.log(1 + np.exp(-z[right])),
        "sigmoids_multiclass": lambda z: np.sum(np.log(1 + np.exp(-signs * z))),
    }
    checks = [
        Check(
            f"gradient_{name}",
            [float(slope(lambda s, c=cost, e=e: c(z + s * e), 0.0)) for e in each],
            "complex_step",
            ROUNDING,
        )
        for name, cost in costs.items()
    ]
    for column in ("wrong", "spread", "right", "accuracy"):
        checks.append(Check(f"rows.{column}", [_spread(one)[column] for one in on_paper.values()], "on_paper", 1e-9))
    for name, one in on_paper.items():
        checks.append(Check(f"mean_output_that_should_be_0_{name}", float(one.wrong.mean()), "on_paper", 1e-9))
    costs_by_hand = {"lopsided": (LOPSIDED, 0.5), "even": (EVEN, 0.5)}
    for name, (y, of_right) in costs_by_hand.items():
        checks.append(Check(f"cost_{name}_categorical", -float(np.log(of_right)), "logarithm", ROUNDING))
        product = of_right * np.prod(1 - y[0, 1:])
        checks.append(Check(f"cost_{name}_multiclass", -float(np.log(product)), "logarithm", ROUNDING))
    return checks


SOLUTIONS = {"cce-drawback": Solution(study, answer, Parameters())}
