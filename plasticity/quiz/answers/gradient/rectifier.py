"""A single ReLU under cross entropy: the printed gradient, the printed update, and outputs the loss cannot have.

Cross entropy takes y for a probability. A ReLU has no reason to stay below 1, and below z = 0 it says exactly 0.
"""

from dataclasses import dataclass
from math import erf, sqrt
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import RELU, SIGMOID
from plasticity.artificial.losses import CROSS_ENTROPY, MSE, value_and_gradient
from plasticity.errors import ArgumentError
from plasticity.experiment import parameter
from plasticity.quiz.formulas import are_same, largest_difference
from plasticity.quiz.record import Answer, Check, Solution
from plasticity.studies.complex_step import slope

ROUNDING = 1e-9
N_WEIGHTS = 3


@dataclass(frozen=True)
class Parameters:
    """Two outputs to look at, and random examples."""

    inside: float = parameter(0.5, "1", "an output that is a probability", least=0.01, most=0.99)
    above: float = parameter(1.5, "1", "an output that is none", least=1.01, most=10)
    t: float = parameter(1.0, "1", "target of both", least=0, most=1)
    rate: float = parameter(0.1, "1", "learning rate", least=1e-3, most=10)
    n_random: int = parameter(2000, meaning="random examples; z is normal with deviation 1", least=200, most=100_000)
    seed: int = 0


@dataclass(frozen=True)
class Rectified:
    """All random examples; on those with 0 < y < 1 dC/dw for each and the mean update, right and as printed."""

    parameters: Parameters
    y: Floats
    gradient: Floats
    gradient_printed: Floats
    update: Floats
    update_printed: Floats
    ratio: Floats
    by_losses: Floats
    ratio_by_outputs: Floats
    matches_squared_sigmoid: bool


def study(parameters: Parameters) -> Rectified:
    """Random weights of length 1 and normal inputs, so that z is normal too."""
    p = parameters
    rng = np.random.default_rng(p.seed)
    x, w = rng.normal(size=(p.n_random, N_WEIGHTS)), rng.normal(size=N_WEIGHTS)
    z, t = x @ (w / np.linalg.norm(w)), rng.integers(0, 2, p.n_random).astype(float)
    y = RELU(z)
    is_defined = (y > 0) & (y < 1)
    inside, labels, ys = x[is_defined], t[is_defined], y[is_defined]
    slopes = slope(lambda z: -labels * np.log(z) - (1 - labels) * np.log(1 - z), ys)
    right = slopes[:, np.newaxis] * inside
    return Rectified(
        parameters=p,
        y=y,
        gradient=right,
        gradient_printed=printed_gradient(ys, labels)[:, np.newaxis] * inside,
        update=-p.rate * right.mean(axis=0),
        update_printed=p.rate * printed_update(ys, labels, inside),
        ratio=-printed_change(ys, labels) / slopes,
        by_losses=-p.rate * value_and_gradient(CROSS_ENTROPY, RELU, z[is_defined], labels)[1] @ inside,
        ratio_by_outputs=(ys * (1 - ys)) ** 2,
        matches_squared_sigmoid=are_same(
            printed_update(SIGMOID(z), t, x), -value_and_gradient(MSE, SIGMOID, z, t)[1] @ x
        ),
    )


def printed_gradient(y: Any, t: Any) -> Any:
    """dC/dz for z > 0 as line 381 has it, dC/dw without its x."""
    return (y - t) / (y * (1 - y))


def printed_change(y: Any, t: Any) -> Any:
    """What line 385 adds to a weight for x = 1 and a rate of 1."""
    return (t - y) * y * (1 - y)


def printed_update(y: Floats, t: Floats, x: Floats) -> Floats:
    """1/m sum_p (t_p - y_p) y_p (1 - y_p) x_p: the printed rule at rate 1."""
    return np.mean(printed_change(y, t)[:, np.newaxis] * x, axis=0)


def answer(found_on: Rectified) -> Answer:
    """The gradient holds where the loss exists; the update multiplies where the gradient divides."""
    s, p = found_on, found_on.parameters
    found = {
        "gradient_formula_holds": are_same(s.gradient_printed, s.gradient),
        "update_follows_from_gradient": are_same(s.update_printed, s.update),
        "update_largest_difference": largest_difference(s.update_printed, s.update),
        "update_right": s.update.tolist(),
        "update_printed": s.update_printed.tolist(),
        "update_printed_over_right": float(s.ratio.max()),
        "matches_squared_error_of_sigmoid": s.matches_squared_sigmoid,
        "right_change": -float(printed_gradient(p.inside, p.t)),
        "printed_change": float(printed_change(p.inside, p.t)),
        "share_y_0": float(np.mean(s.y == 0)),
        "share_y_above_1": float(np.mean(s.y > 1)),
        "share_defined": float(np.mean((s.y > 0) & (s.y < 1))),
        "loss_defined_above_1": _is_defined(p.above),
        "printed_change_of_z_above_1": float(printed_change(p.above, p.t)),
    }
    return Answer(found, _checks(s, found), {"examples with 0 < y < 1": found})


def _is_defined(y: float) -> bool:
    try:
        return bool(np.isfinite(CROSS_ENTROPY.value(y, 1.0)))
    except ArgumentError:
        return False


def _checks(s: Rectified, found: dict[str, Any]) -> list[Check]:
    p, n = s.parameters, len(s.y)
    inside, above = erf(1 / sqrt(2)) / 2, (1 - erf(1 / sqrt(2))) / 2
    shares = {"share_defined": inside, "share_y_above_1": above, "share_y_0": 0.5}
    by_step = -float(slope(lambda z: -p.t * np.log(z) - (1 - p.t) * np.log(1 - z), p.inside))
    above_1 = p.above**3 - (1 + p.t) * p.above**2 + p.t * p.above
    return [
        Check("update_right", s.by_losses.tolist(), "losses", ROUNDING),
        Check("update_printed_over_right", float(s.ratio_by_outputs.max()), "square", ROUNDING),
        Check("right_change", by_step, "complex_step", ROUNDING * (1 + abs(by_step))),
        Check("printed_change", by_step * (p.inside * (1 - p.inside)) ** 2, "square", ROUNDING),
        Check("printed_change_of_z_above_1", above_1, "expanded", ROUNDING * p.above**3),
        *(Check(name, q, "normal", 5 * sqrt(q * (1 - q) / n)) for name, q in shares.items()),
    ]


SOLUTIONS = {"relu-rule": Solution(study, answer, Parameters())}
