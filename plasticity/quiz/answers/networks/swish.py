"""Swish, z sigmoid(z): the printed formula beside the package's, and the lowest point that it has."""

import math

import numpy as np

from plasticity.quiz.record import Answer, Check, Solution
from plasticity.studies.swish import Parameters, Result, study

ROUNDING = 1e-12  # of numbers about 1
STEP = 1e-5


def answer(result: Result) -> Answer:
    """The formula holds; the function falls to a lowest point before it rises."""
    z, gate, y = result.at_z
    with np.errstate(divide="ignore", invalid="ignore"):
        off = np.where(result.swish == result.printed, 0.0, result.printed / result.swish - 1)
    found = {
        "largest_relative_difference": float(np.max(np.abs(off))),
        "z_at_minimum": result.lowest[0],
        "minimum": result.lowest[1],
        "slope_at_0": result.slope_at_0,
        "largest_distance_from_relu": float(np.max(np.abs(result.printed - result.relu))),
        "gate": gate,
        "swish": y,
    }
    found["is_swish"] = found["largest_relative_difference"] < ROUNDING
    w, half = _lambert(1 / math.e), (1 + math.tanh(z / 2)) / 2
    spacing = float(result.z[1] - result.z[0])  # the curve bends by less than 1/2 a unit squared
    checks = [
        Check("minimum", -w, "lambert", tolerance=ROUNDING),
        Check("z_at_minimum", -(1 + w), "lambert", tolerance=1e-7),
        Check("largest_distance_from_relu", w, "lambert", tolerance=spacing**2 + ROUNDING),
        Check("slope_at_0", (_swish(STEP) - _swish(-STEP)) / (2 * STEP), "difference", tolerance=1e-9),
        Check("gate", half, "tanh", tolerance=ROUNDING),
        Check("swish", z * half, "tanh", tolerance=ROUNDING * max(1.0, abs(z))),
    ]
    return Answer(found, checks, {"formula": found})


def _swish(z: float) -> float:
    """By the hyperbolic tangent."""
    return z * (1 + math.tanh(z / 2)) / 2


def _lambert(x: float) -> float:
    """The w with w exp(w) = x, by Newton's method."""
    w = 0.5
    for _ in range(20):
        w -= (w * math.exp(w) - x) / (math.exp(w) * (1 + w))
    return w


SOLUTIONS = {"swish": Solution(study, answer, Parameters())}
