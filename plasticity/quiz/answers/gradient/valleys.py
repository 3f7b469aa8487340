"""Gradient descent with many weights: the bowl of a linear neuron, its valley, and a loss that is not convex.

The bowl has one minimum where the inputs are independent. With fewer examples than weights it is a valley: every point
of its floor is a minimum, and where descent ends depends on the start. The loss that is not convex is a sum over the
weights of (w^2 - 1)^2 / 4 + tilt w, two wells for each weight.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import LINEAR
from plasticity.artificial.descent import Descent, descend
from plasticity.artificial.examples import Examples
from plasticity.artificial.learning import gradient_descent, largest_stable_rate
from plasticity.experiment import parameter
from plasticity.quiz.record import Answer, Check, Solution

ENOUGH, TOO_FEW = "enough", "too few"
STEPS = Descent(rate=0.2, n_epochs=400)
FLAT = 1e-9  # a second derivative this small is rounding


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    n_weights: int = parameter(20, meaning="weights of the linear neuron", least=1, most=100)
    n_enough: int = parameter(100, meaning="examples, when there are enough", least=1, most=2000)
    n_too_few: int = parameter(10, meaning="examples, when there are too few", least=1, most=2000)
    n_wells: int = parameter(50, meaning="weights of the loss that is not convex", least=1, most=500)
    tilt: float = parameter(0.1, meaning="slope that makes one of its wells the deeper", least=0.01, most=0.3)
    n_starts: int = parameter(8, meaning="random starts", least=2, most=100)
    seed: int = 0


@dataclass(frozen=True)
class Bowl:
    """The least second derivative; how far ends lie apart at most, and by the closed form; the largest end loss."""

    least_curvature: float
    least_singular: float
    spread: float
    spread_in_closed_form: float
    loss: float


@dataclass(frozen=True)
class Wells:
    """Descent of the loss that is not convex: starts, ends, slope left and least second derivative at the ends."""

    start: Floats
    end: Floats
    slope_left: float
    least_curvature: float
    ever_rose: bool


@dataclass(frozen=True)
class Study:
    """Both bowls, and the wells."""

    parameters: Parameters
    bowls: dict[str, Bowl]
    wells: Wells


def study(parameters: Parameters) -> Study:
    """All starts together: a layer of units is one unit from several starts."""
    p = parameters
    rng = np.random.default_rng(p.seed)
    bowls = {reading: _bowl(p, n, rng) for reading, n in ((ENOUGH, p.n_enough), (TOO_FEW, p.n_too_few))}
    return Study(p, bowls, _wells(p, rng))


def _bowl(p: Parameters, n: int, rng: np.random.Generator) -> Bowl:
    inputs, targets = rng.normal(size=(n, p.n_weights)), rng.normal(size=n)
    starts = rng.normal(size=(p.n_starts, p.n_weights))
    examples = Examples(inputs, np.repeat(targets[:, np.newaxis], p.n_starts, axis=1))
    descent = Descent(rate=0.9 * largest_stable_rate(inputs), n_epochs=STEPS.n_epochs)
    ends = gradient_descent(examples, starts, activation=LINEAR, descent=descent).final
    values, axes = np.linalg.eigh(inputs.T @ inputs / n)
    apart = (starts - starts[0]) @ axes * (1 - descent.rate * values) ** descent.n_epochs
    singular = np.linalg.svd(inputs, compute_uv=False)
    return Bowl(
        least_curvature=float(values[0]),
        least_singular=float(singular[-1] ** 2 / n) if n >= p.n_weights else 0.0,
        spread=float(np.linalg.norm(ends - ends[0], axis=1).max()),
        spread_in_closed_form=float(np.linalg.norm(apart, axis=1).max()),
        loss=float(0.5 * np.mean((inputs @ ends.T - targets[:, np.newaxis]) ** 2, axis=0).max()),
    )


def _wells(p: Parameters, rng: np.random.Generator) -> Wells:
    start = rng.uniform(-1.5, 1.5, (p.n_starts, p.n_wells))

    def objective(weights: tuple[Floats], patterns: Floats) -> tuple[float, tuple[Floats]]:
        return float(height(weights[0], p.tilt).sum()), (slope(weights[0], p.tilt),)

    steps = list(descend((start,), objective, 1, descent=STEPS))
    (end,) = steps[-1].weights
    return Wells(
        start=start,
        end=end,
        slope_left=float(np.abs(slope(end, p.tilt)).max()),
        least_curvature=float((3 * end**2 - 1).min()),
        ever_rose=bool(np.any(np.diff([step.loss for step in steps]) > 1e-9)),
    )


def height(w: Floats, tilt: float) -> Floats:
    """Two wells; the deeper is the left one."""
    return (w**2 - 1) ** 2 / 4 + tilt * w


def slope(w: Floats, tilt: float) -> Floats:
    """Its derivative."""
    return w**3 - w + tilt


def answer(study: Study) -> Answer:
    """A bowl, or a valley; and descent works without either, at a price."""
    p, wells = study.parameters, study.wells
    lowest = p.n_wells * _scanned_minimum(p.tilt)
    losses = height(wells.end, p.tilt).sum(axis=1)
    works = wells.slope_left < 1e-6 and wells.least_curvature > 0 and not wells.ever_rose
    deepest, hilltop, _ = landmarks(p.tilt)
    rough: dict[str, Any] = {
        "nonconvex_ends_in_a_minimum": works,
        "nonconvex_loss_start": float(height(wells.start, p.tilt).sum(axis=1).mean()),
        "nonconvex_loss_end": float(losses.mean()),
        "nonconvex_loss_lowest": float(p.n_wells * height(np.array(deepest), p.tilt)),
        "nonconvex_starts_that_reach_the_lowest": int(np.sum(losses < lowest + 1e-6)),
        "nonconvex_weights_that_cross_the_hill": int(np.sum((wells.start > hilltop) != (wells.end > hilltop))),
    }
    readings = {reading: _measured(bowl) | rough for reading, bowl in study.bowls.items()}
    valley = {f"{name}_with_too_few_examples": value for name, value in _measured(study.bowls[TOO_FEW]).items()}
    found = readings[ENOUGH] | valley
    found["outcome"] = _outcome(found)
    return Answer(found, _checks(study, lowest), readings)


def _measured(bowl: Bowl) -> dict[str, Any]:
    return {
        "one_minimum": bowl.least_curvature > FLAT,
        "distance_between_ends": bowl.spread,
        "least_second_derivative": max(bowl.least_curvature, 0.0),
        "largest_loss_at_ends": bowl.loss,
    }


def _outcome(found: dict[str, Any]) -> str:
    if not found["nonconvex_ends_in_a_minimum"]:
        return "on its way"
    with_both = found["one_minimum"], found["one_minimum_with_too_few_examples"]
    return {(True, True): "bowls", (False, False): "valleys"}.get(with_both, "bowl or valley")


def landmarks(tilt: float) -> tuple[float, float, float]:
    """The deep minimum, the hilltop between, and the shallow minimum."""
    deepest, hilltop, shallow = sorted(np.roots([1.0, 0.0, -1.0, tilt]).real.tolist())
    return deepest, hilltop, shallow


def _checks(study: Study, lowest: float) -> list[Check]:
    p, wells, checks = study.parameters, study.wells, []
    for bowl, ending in ((study.bowls[ENOUGH], ""), (study.bowls[TOO_FEW], "_with_too_few_examples")):
        spread = bowl.spread_in_closed_form
        checks += [
            Check(f"least_second_derivative{ending}", bowl.least_singular, "singular_value", tolerance=1e-9),
            Check(f"distance_between_ends{ending}", spread, "closed_form", tolerance=1e-8),
        ]
    deepest, hilltop, shallow = landmarks(p.tilt)
    own_well = height(np.where(wells.start < hilltop, deepest, shallow), p.tilt).sum(axis=1)
    reached = int(np.sum(np.all(wells.start < hilltop, axis=1)))
    return [
        *checks,
        Check("nonconvex_loss_lowest", lowest, "scan", tolerance=1e-9 * p.n_wells),
        Check("nonconvex_loss_end", float(own_well.mean()), "own_well", tolerance=1e-9 * p.n_wells),
        Check("nonconvex_starts_that_reach_the_lowest", reached, "own_well"),
    ]


def _scanned_minimum(tilt: float) -> float:
    return float(height(np.linspace(-1.3, 1.3, 260_001), tilt).min())


SOLUTIONS = {"gd-general": Solution(study, answer, Parameters())}
