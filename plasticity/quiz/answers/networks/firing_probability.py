"""What an activation function stands for, second: the probability that a noisy neuron fires within a window."""

from typing import Any

import numpy as np

from plasticity.artificial.activations import SIGMOID
from plasticity.quiz.record import Answer, Check, Solution
from plasticity.studies.firing_probability import Parameters, Result, fitted_unit, half_tolerance, study

LECTURE = Parameters(strongest=1.6, n_currents=17, n_neurons=500)
STANDARD_ERRORS = 5  # within which a random number counts as the one that is expected
NEARLY_ALL = 0.95  # of the variance that a sigmoid explains, our choice of what "expresses" asks


def answer(result: Result) -> Answer:
    """A probability that rises nearly like a sigmoid, and where it is none."""
    rows = [_row(result, k) for k in range(result.windows.size)]
    readings = {
        f"window={row['window_ms']:g}": {
            "probability_at_weakest_current": float(fraction[0]),
            "probability_at_strongest_current": float(fraction[-1]),
            "share_of_variance_explained": row["explained"],
        }
        for row, fraction in zip(rows, result.fractions, strict=True)
    }
    last = int(np.argmax(result.windows))
    found: dict[str, Any] = {
        "rows": rows,
        "currents_rheobases": result.currents.tolist(),
        "longest_window_ms": float(result.windows[last] * 1e3),
        "probability_at_weakest_current": float(result.fractions[last, 0]),
        "probability_at_strongest_current": float(result.fractions[last, -1]),
        "largest_miss": max(row["miss"] for row in rows),
        "least_explained": min(row["explained"] for row in rows),
        "outcome": "a probability" if all(_is_expressed(measured) for measured in readings.values()) else "in part",
    }
    for row, fraction, errors, theory in zip(rows, result.fractions, result.errors, result.theory, strict=True):
        found |= {
            f"share_that_fired_{row['window_ms']:g}_ms": fraction.tolist(),
            f"standard_error_{row['window_ms']:g}_ms": errors.tolist(),
            f"theory_{row['window_ms']:g}_ms": theory.tolist(),
        }
    given = ("rows.window_ms", "longest_window_ms", "rows.strongest")
    return Answer(found, _checks(result, found), readings, given=given)


def _is_expressed(measured: dict[str, float]) -> bool:
    rises = measured["probability_at_strongest_current"] > measured["probability_at_weakest_current"]
    return rises and measured["share_of_variance_explained"] > NEARLY_ALL


def _row(result: Result, k: int) -> dict[str, Any]:
    fraction, half = result.fractions[k], float(result.half[k])
    return {
        "window_ms": float(result.windows[k] * 1e3),
        "half": None if np.isnan(half) else half,
        "is_reached": not np.isnan(half),
        "strongest": float(result.currents[-1]),
        "miss": float(np.abs(result.sigmoid_line[k] - result.theory_line[k]).max()),
        "explained": _explained(fraction, result.sigmoid[k]),
    }


def _explained(fraction: np.ndarray, sigmoid: np.ndarray) -> float:
    """The share of the variance of the fractions that the fitted sigmoid explains."""
    spread = float(np.var(fraction))
    return float(1 - np.var(fraction - sigmoid) / spread) if spread else 0.0


def _checks(result: Result, found: dict[str, Any]) -> list[Check]:
    """The closed form of the probability, and of its half; a sigmoid that is fitted to it and not to what fired."""
    last = int(np.argmax(result.windows))
    units = [fitted_unit(result.currents, theory) for theory in result.theory]
    misses = [
        float(np.abs(SIGMOID(bias + weight * result.line) - theory).max())
        for (bias, weight), theory in zip(units, result.theory_line, strict=True)
    ]
    explained = [
        _explained(theory, SIGMOID(bias + weight * result.currents))
        for (bias, weight), theory in zip(units, result.theory, strict=True)
    ]
    # a fit is as sure as all neurons together that are neither certain to fire nor certain not to
    n_telling = result.n_neurons * 4 * np.sum(result.theory * (1 - result.theory), axis=1).min()
    chance = float(STANDARD_ERRORS * 0.5 / np.sqrt(n_telling))
    noise = STANDARD_ERRORS * float(np.max(np.mean(result.errors**2, axis=1) / np.var(result.theory, axis=1)))
    checks = [
        Check(
            f"probability_at_{end}_current",
            float(result.theory[last, place]),
            "theory",
            tolerance=float(STANDARD_ERRORS * result.errors[last, place] + STANDARD_ERRORS / result.n_neurons),
        )
        for end, place in (("weakest", 0), ("strongest", -1))
    ]
    checks += [
        Check("rows.miss", misses, "smooth", tolerance=chance),
        Check("largest_miss", max(misses), "smooth", tolerance=chance),
        Check("rows.explained", explained, "smooth", tolerance=noise),
        Check("least_explained", min(explained), "smooth", tolerance=noise),
    ]
    if all(row["is_reached"] for row in found["rows"]):
        halves = result.half_expected.tolist()
        checks.append(Check("rows.half", halves, "half", tolerance=half_tolerance(result)))
    return checks


SOLUTIONS = {"activation-as-probability": Solution(study, answer, LECTURE, simulates=True)}
