"""Is the squared error the likelihood of labels? And what is lost where it is used for them all the same."""

from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import SIGMOID
from plasticity.artificial.losses import CROSS_ENTROPY, MSE, Loss
from plasticity.quiz.record import Answer, Check, Solution
from plasticity.studies.label_likelihoods import LOSSES, Parameters, Study, study, sums_over_labels

NOISES = (0.1, 1.0, 10.0)  # times the noise that is set: is it a likelihood of labels for any?
DISTANCE = 1e-3  # of weights between which curvatures are measured: an error of its square, 1e-6
SAME = 1e-9  # sums this near to one another are the same but for rounding


def answer(study: Study) -> Answer:
    """One loss sums to the same over the labels at every y, the other does not."""
    p, theory = study.parameters, study.theory
    readings = {f"noise={factor * p.noise:g}": _likelihoods(study.outputs, factor * p.noise) for factor in NOISES}
    found: dict[str, Any] = readings[f"noise={p.noise:g}"] | {
        f"{name}_sum_at_{place}": float(study.over_labels[name][k])
        for name in LOSSES
        for place, k in (("0", 0), ("half", len(study.outputs) // 2))
    }
    found |= {
        "mse_integral": float(study.over_reals[0]),
        "mse_is_a_likelihood_of_reals": bool(np.ptp(study.over_reals) <= SAME),
        "weight_by_cross_entropy": float(study.estimates["cross_entropy"].mean()),
        "weight_by_mse": float(study.estimates["mse"].mean()),
        "examples_needed": (theory["mse"].scatter / theory["cross_entropy"].scatter) ** 2,
        "scatter_cross_entropy": theory["cross_entropy"].scatter,
        "claimed_cross_entropy": theory["cross_entropy"].claimed,
        "scatter_mse": theory["mse"].scatter,
        "claimed_mse": theory["mse"].claimed,
        "claim": "wide" if theory["mse"].claimed > theory["mse"].scatter else "narrow",
    }
    found["outcome"] = "labels" if found["mse_is_a_likelihood_of_labels"] else "no labels"
    return Answer(found, _checks(study), readings)


def _likelihoods(outputs: Floats, noise: float) -> dict[str, bool]:
    """Whether the sums over both labels are the same at every y."""
    sums = sums_over_labels(outputs, noise)
    return {f"{name}_is_a_likelihood_of_labels": bool(np.ptp(sums[name]) <= SAME) for name in LOSSES}


def _checks(study: Study) -> list[Check]:
    p = study.parameters
    at_0, at_half = 1 + np.exp(-0.5 / p.noise**2), 2 * np.exp(-0.125 / p.noise**2)
    entropy, square = (study.estimates[name] for name in ("cross_entropy", "mse"))
    ratio = float(square.var(ddof=1) / entropy.var(ddof=1))
    apart = 1 - np.corrcoef(entropy, square)[0, 1] ** 2  # both are found in the same samples
    error = 2 * ratio * np.sqrt(apart / (p.n_samples - 1))
    closed = dict.fromkeys(("cross_entropy_sum_at_0", "cross_entropy_sum_at_half"), 1.0)
    closed |= {"mse_sum_at_0": float(at_0), "mse_sum_at_half": float(at_half)}
    return [
        *(Check(name, value, "by_hand", tolerance=1e-12) for name, value in closed.items()),
        Check("mse_integral", float(p.noise * np.sqrt(2 * np.pi)), "gauss", tolerance=1e-9 * p.noise),
        *(
            Check(f"weight_by_{name}", p.w1, "true_weight", tolerance=5 * _error(found) + 40 / p.n_examples)
            for name, found in study.estimates.items()
        ),
        Check("examples_needed", ratio, "samples", tolerance=5 * error + 80 / p.n_examples),
        *(
            Check(f"scatter_{name}", float(found.std(ddof=1)), "samples", tolerance=_of_scatter(found, p.n_examples))
            for name, found in study.estimates.items()
        ),
        *(Check(f"claimed_{name}", value, "differences", tolerance=1e-5) for name, value in _claimed(study).items()),
    ]


def _claimed(study: Study) -> dict[str, float]:
    """What the curvature of both summed losses claims, from their values around the true weights alone."""
    p, true = study.parameters, np.array([study.parameters.w0, study.parameters.w1])
    likely = SIGMOID(study.inputs @ true)

    def curvature(loss: Loss, i: int, j: int) -> float:
        """By differences; a label counts as its probability, in which both losses are linear but for a constant."""
        steps = DISTANCE * np.eye(2)
        ends = [(1, 1), (1, -1), (-1, 1), (-1, -1)]
        values = [
            loss.terms(SIGMOID(study.inputs @ (true + a * steps[i] + b * steps[j])), likely).sum() for a, b in ends
        ]
        return float(np.dot([a * b for a, b in ends], values) / (4 * DISTANCE**2))

    found = {}
    for name, loss, variance in (("cross_entropy", CROSS_ENTROPY, 1.0), ("mse", MSE, p.noise**2)):
        matrix = np.array([[curvature(loss, i, j) for j in (0, 1)] for i in (0, 1)])
        found[name] = float(np.sqrt(variance * np.linalg.inv(matrix)[1, 1]))
    return found


def _error(found: Floats) -> float:
    return float(found.std(ddof=1) / np.sqrt(found.size))


def _of_scatter(found: Floats, n_examples: int) -> float:
    """Five standard errors of a standard deviation, and what is of the order of 1/n."""
    return float(found.std(ddof=1) * (5 / np.sqrt(2 * (found.size - 1)) + 80 / n_examples))


SOLUTIONS = {"mse-justification": Solution(study, answer, Parameters())}
