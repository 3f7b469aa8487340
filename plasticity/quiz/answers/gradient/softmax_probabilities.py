"""Softmax outputs as probabilities: right when one category holds at a time, and not when several do.

Both kinds of units learn both kinds of data, whose probabilities are known; see `studies.calibration`.
"""

from dataclasses import dataclass
from math import sqrt
from typing import Any

from plasticity.experiment import parameter
from plasticity.quiz.record import Answer, Check, Solution
from plasticity.studies.calibration import LABELS, UNITS, Calibrated, Data, calibrated


@dataclass(frozen=True)
class Parameters:
    """The data that are made."""

    n_categories: int = parameter(4, meaning="categories, and outputs", least=2, most=20)
    bias: float = parameter(-0.5, "1", "of every category where several may hold; larger for more", least=-3, most=3)
    n_examples: int = parameter(2400, meaning="examples, of which a quarter is held back", least=400, most=20_000)
    n_bins: int = parameter(10, meaning="bins of the outputs", least=2, most=50)
    n_epochs: int = parameter(100, meaning="steps on all examples", least=10, most=1000)
    seed: int = 0


@dataclass(frozen=True)
class Both:
    """What came of both units on both data, by (labels, units)."""

    found: dict[tuple[str, str], Calibrated]


def study(parameters: Parameters) -> Both:
    """Every pair of data and units."""
    p = parameters
    data = Data(p.n_categories, p.n_examples, p.bias, p.n_bins, p.n_epochs, p.seed)
    return Both({(labels, units): calibrated(data, labels, units) for labels in LABELS for units in UNITS})


def answer(both: Both) -> Answer:
    """Both properties of a probability: of outputs near q a fraction q comes true, and they add up to the labels."""
    rows = [_row(labels, units, one) for (labels, units), one in both.found.items()]
    by_labels = {row["labels"]: row for row in rows if row["units"] == "softmax"}
    readings = {labels: {name: row[name] for name in _CLAIMED} for labels, row in by_labels.items()}
    found = {
        "rows": rows,
        "outcome": "told apart" if [row["are_probabilities"] for row in rows] in _TOLD_APART else "not told apart",
        "labels_of_several": by_labels["several"]["n_labels"],
        "error_of_one": by_labels["one"]["calibration_error"],
        "error_of_several": by_labels["several"]["calibration_error"],
        **readings["one"],
        "sum_of_sigmoids_spread": float(both.found["one", "sigmoids"].outputs.sum(axis=1).std()),
    }
    return Answer(found, _checks(both, found), readings)


# Softmax and sigmoids on one label, then on several; sigmoids on one label may pass, each of them on its own
_TOLD_APART = ([True, True, False, True], [True, False, False, True])
_CLAIMED = ("calibration_error", "chance_error", "sum_off_labels")


def _row(labels: str, units: str, one: Calibrated) -> dict[str, Any]:
    error, chance = one.error(one.frequency), one.by_chance()
    total, n_labels = (float(part.sum(axis=1).mean()) for part in (one.outputs, one.labels))
    return {
        "labels": labels,
        "units": units,
        "sum": total,
        "n_labels": n_labels,
        "calibration_error": error,
        "chance_error": chance,
        "sum_off_labels": abs(total - n_labels),
        "distance": float(abs(one.outputs - one.true).mean()),
        "are_probabilities": bool(error < chance),
    }


def _checks(both: Both, found: dict[str, Any]) -> list[Check]:
    parts = list(both.found.values())
    errors = {key: one.error(one.expected) for key, one in both.found.items()}
    chance = max(one.by_chance() for one in parts)
    # A sum of labels varies at most as k/2 from example to example
    standard = 5 * parts[0].labels.shape[1] / 2 / sqrt(len(parts[0].labels))
    sums = [1.0 if units == "softmax" else float(one.true.sum(axis=1).mean()) for (_, units), one in both.found.items()]
    n_labels = [float(one.true.sum(axis=1).mean()) for one in parts]
    return [
        Check("rows.sum", sums, "score", standard),
        Check("rows.n_labels", n_labels, "true", standard),
        Check("rows.calibration_error", list(errors.values()), "expected", chance),
        Check("labels_of_several", n_labels[-1], "true", standard),
        Check("error_of_one", errors["one", "softmax"], "expected", chance),
        Check("error_of_several", errors["several", "softmax"], "expected", chance),
    ]


SOLUTIONS = {"softmax-as-probabilities": Solution(study, answer, Parameters())}
