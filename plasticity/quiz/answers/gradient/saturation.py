"""A sigmoid that is sure and wrong: how large the gradients of both losses still are, and the way back.

Whether the mean squared error is written with a 1/2 or without is a convention: the gradient is twice as large or not,
as at twice the rate, and vanishes in both.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import SIGMOID
from plasticity.artificial.losses import CROSS_ENTROPY, MSE, value_and_gradient
from plasticity.experiment import parameter
from plasticity.quiz.record import Answer, Check, Solution
from plasticity.studies.complex_step import slope
from plasticity.studies.one_sigmoid import slopes_along, steps_until_right

N_EXAMPLES, N_WEIGHTS = 50, 4  # random examples on which the printed formula is tried
CONVENTIONS = {"half": 1.0, "whole": 2.0}  # the squared error with its 1/2, and without: its gradient over the former


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    z: float = parameter(
        -6.0, meaning="summed input at the start; the target is 1, so below 0 is wrong", least=-8, most=8
    )
    rate: float = parameter(1.0, meaning="learning rate on the way back", least=0.1, most=10)
    sums: tuple[float, ...] = parameter(
        (-10.0, -6.0, -2.0, 0.0, 2.0, 6.0, 10.0), meaning="summed inputs of the table", least=-30, most=30
    )
    seed: int = 0


@dataclass(frozen=True)
class Saturation:
    """d loss / dz with target 1 at z, one further on the wrong side, and at the sums of the table; steps until the
    unit is right, by this package and by the rule written out; the printed formula and the gradient on examples."""

    parameters: Parameters
    at_z: dict[str, Floats]
    in_table: dict[str, Floats]
    steps: dict[str, int]
    steps_written_out: dict[str, int]
    printed: Floats
    right: Floats


def study(parameters: Parameters) -> Saturation:
    """Gradients at z, the printed formula on random examples, and the way back by training."""
    p = parameters
    rng = np.random.default_rng(p.seed)
    x, w = rng.normal(size=(N_EXAMPLES, N_WEIGHTS)), rng.normal(size=N_WEIGHTS)
    t = rng.integers(0, 2, N_EXAMPLES) * 1.0
    losses = {"mse": MSE, "cross_entropy": CROSS_ENTROPY}
    pulls: dict[str, Callable[[float], float]] = {
        "mse": lambda y: y * (1 - y) * (1 - y),
        "cross_entropy": lambda y: 1 - y,
    }
    return Saturation(
        parameters=p,
        at_z={name: slopes_along(loss, np.array([p.z, p.z - 1])) for name, loss in losses.items()},
        in_table={name: slopes_along(loss, np.array(p.sums)) for name, loss in losses.items()},
        steps={name: steps_until_right(loss, p.z, p.rate) for name, loss in losses.items()},
        steps_written_out={name: _written_out(pull, p) for name, pull in pulls.items()},
        printed=printed_gradient(SIGMOID(x @ w), t, x),
        right=value_and_gradient(MSE, SIGMOID, x @ w, t)[1] @ x,
    )


def printed_gradient(y: Floats, t: Floats, x: Floats) -> Floats:
    """-(1/m) sum_p y (1 - y) (t - y) x_i."""
    return -np.mean((y * (1 - y) * (t - y))[:, np.newaxis] * x, axis=0)


def _written_out(pull: Callable[[float], float], p: Parameters) -> int:
    """Steps of z <- z + rate * pull(y) until z > 0."""
    z, n = p.z, 0
    while z <= 0:
        z, n = z + p.rate * pull(float(1 / (1 + np.exp(-z)))), n + 1
    return n


def answer(study: Saturation) -> Answer:
    """The ratio of the gradients is the slope of the sigmoid."""
    readings = {reading: _measured(study, factor) for reading, factor in CONVENTIONS.items()}
    found, p = readings["half"], study.parameters
    found = found | {
        "y": float(SIGMOID(np.array(p.z))),
        "rows": [
            {"z": z, "y": float(SIGMOID(np.array(z))), "mse": float(mse), "cross_entropy": float(entropy)}
            for z, mse, entropy in zip(p.sums, study.in_table["mse"], study.in_table["cross_entropy"], strict=True)
        ],
        "steps_with_mse": study.steps["mse"],
        "steps_with_cross_entropy": study.steps["cross_entropy"],
        "printed_formula_over_right_without_half": readings["whole"]["printed_formula_over_right"],
        "gradient_without_half_over_printed": 1 / readings["whole"]["printed_formula_over_right"],
        "outcome": _outcome(found, p.z),
    }
    return Answer(found, _checks(study), readings, given=("rows.z",))


def _checks(study: Saturation) -> list[Check]:
    """Outputs by tanh, gradients as slopes of formulas, steps written out."""
    p = study.parameters
    y, sums = float(1 / (1 + np.exp(-p.z))), np.array(p.sums)
    return [
        Check("y", float((1 + np.tanh(p.z / 2)) / 2), "tanh", tolerance=1e-12),
        Check("mse_gradient", float(slope(_squared, p.z)), "complex_step", tolerance=1e-12),
        Check("cross_entropy_gradient", float(slope(_entropy, p.z)), "complex_step", tolerance=1e-12),
        Check("mse_over_cross_entropy", y * (1 - y), "slope_of_sigmoid", tolerance=1e-12),
        Check("rows.y", ((1 + np.tanh(sums / 2)) / 2).tolist(), "tanh", tolerance=1e-12),
        Check("rows.mse", slope(_squared, sums).tolist(), "complex_step", tolerance=1e-12),
        Check("rows.cross_entropy", slope(_entropy, sums).tolist(), "complex_step", tolerance=1e-12),
        Check("steps_with_mse", study.steps_written_out["mse"], "written_out"),
        Check("steps_with_cross_entropy", study.steps_written_out["cross_entropy"], "written_out"),
        Check("mse_factor", _factor(_squared, p.z), "complex_step", tolerance=1e-9),
        Check("cross_entropy_factor", _factor(_entropy, p.z), "complex_step", tolerance=1e-9),
    ]


def _measured(study: Saturation, factor: float) -> dict:
    """For a squared error whose gradient is `factor` times that of the one with its half."""
    mse, entropy = factor * study.at_z["mse"], study.at_z["cross_entropy"]
    over_right = study.printed / (factor * study.right)
    return {
        "mse_gradient": float(mse[0]),
        "cross_entropy_gradient": float(entropy[0]),
        "mse_over_cross_entropy": float(mse[0] / entropy[0]),
        "mse_factor": float(mse[1] / mse[0]),
        "cross_entropy_factor": float(entropy[1] / entropy[0]),
        "printed_formula_is_a_multiple": bool(np.ptp(over_right) <= 1e-9),
        "printed_formula_over_right": float(over_right.mean()),
    }


def _outcome(found: dict, z: float) -> str:
    if z > 0:
        return "right"
    return "stalls" if found["mse_factor"] < 1 <= found["cross_entropy_factor"] else "unsure"


def _factor(loss: Callable[[Floats], Floats], z: float) -> float:
    """By what the slope changes when z is one further on the wrong side."""
    return float(slope(loss, z - 1) / slope(loss, z))


def _entropy(z: Floats) -> Floats:
    return np.log(1.0 + np.exp(-z))  # -ln sigmoid(z), the cross entropy when t = 1


def _squared(z: Floats) -> Floats:
    return 0.5 * (1.0 / (1.0 + np.exp(-z)) - 1.0) ** 2


SOLUTIONS = {"vanishing-gradient": Solution(study, answer, Parameters())}
