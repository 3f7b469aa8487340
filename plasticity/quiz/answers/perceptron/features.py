"""On what the success of learning depends: the same labels, before and after a feature."""

from typing import Any

import numpy as np

from plasticity.quiz.record import Answer, Check, Measurements, Solution
from plasticity.studies.good_features import NONE, POINTS, Features, Learning, Parameters, study
from plasticity.studies.separability import labellings_of_small_units

LARGEST = 3  # whole weight of the units that are listed


def answer(found: Features) -> Answer:
    """Whether the labels can be learnt without the feature and with it; and how many labellings can."""
    before, after = found.learning[NONE], found.learning[found.feature]
    weights = after.run.history.final
    z = np.insert(after.inputs, 0, 1, axis=1) @ weights
    measured: dict[str, Any] = {
        "is_separable_before": before.is_separable,
        "is_separable_after": after.is_separable,
        "before": _end(before),
        "after": _end(after),
        "mistakes_before": before.run.n_mistakes,
        "mistakes_after": after.run.n_mistakes,
        "period_before": before.run.cycle[1] if before.run.cycle else 0,
        "period_after": after.run.cycle[1] if after.run.cycle else 0,
        "weights": weights.tolist(),
        "separable_before": sum(before.separable),
        "separable_after": sum(after.separable),
        "n_labellings": len(before.separable),
        "rows": [
            {"point": f"({a}, {b})", "value": float(x[-1]), "label": label, "z": float(sum_)}
            for (a, b), x, label, sum_ in zip(POINTS.tolist(), after.inputs, found.labels, z, strict=True)
        ],
        "features": [
            {"name": name, "separable": sum(one.separable), "stopped": sum(one.stopped), "asked": _end(one)}
            for name, one in found.learning.items()
        ],
    }
    measured["outcome"] = "not needed" if before.is_separable else "helps" if after.is_separable else "does not help"
    readings: dict[str, Measurements] = {
        f"feature={name}": {"wrongly_judged": sum(a != b for a, b in zip(one.separable, one.stopped, strict=True))}
        for name, one in found.learning.items()
    }
    return Answer(measured, _checks(found, before, after), readings, given=("rows.label", "rows.value", "n_labellings"))


def _end(learning: Learning) -> str:
    return "stops" if learning.run.converged else "circles" if learning.run.cycle else "goes on"


def _checks(found: Features, before: Learning, after: Learning) -> list[Check]:
    """All units with small whole weights, listed; and the rule on paper."""
    listed = {name: _listed(one.inputs) for name, one in found.learning.items()}
    papers = {name: _on_paper(one, found.labels) for name, one in (("before", before), ("after", after))}
    weights = papers["after"][0]
    sums = [weights[0] + sum(w * x for w, x in zip(weights[1:], row, strict=True)) for row in after.inputs.tolist()]
    return [
        Check("is_separable_before", found.labels in listed[NONE], "listing"),
        Check("is_separable_after", found.labels in listed[found.feature], "listing"),
        Check("separable_before", len(listed[NONE]), "listing"),
        Check("separable_after", len(listed[found.feature]), "listing"),
        Check("features.separable", [len(some) for some in listed.values()], "listing"),
        Check("features.stopped", [len(some) for some in listed.values()], "listing"),
        Check("mistakes_before", papers["before"][1], "on_paper"),
        Check("mistakes_after", papers["after"][1], "on_paper"),
        Check("period_before", papers["before"][2], "on_paper"),
        Check("period_after", papers["after"][2], "on_paper"),
        Check("weights", weights, "on_paper"),
        Check("rows.z", sums, "on_paper"),
    ]


def _listed(inputs: np.ndarray) -> set[tuple[int, ...]]:
    return set(map(tuple, labellings_of_small_units(inputs, LARGEST).tolist()))


def _on_paper(learning: Learning, labels: tuple[int, ...]) -> tuple[list[float], int, int]:
    """The rule in whole numbers: weights at the end, mistakes, and the epochs after which the weights came back."""
    weights, starts, n_mistakes = [0] * (1 + learning.inputs.shape[1]), list[list[int]](), 0
    while weights not in starts:
        starts.append(list(weights))
        before = n_mistakes
        for point, label in zip(learning.inputs.tolist(), labels, strict=True):
            x = [1, *point]
            error = label - int(sum(w * x_j for w, x_j in zip(weights, x, strict=True)) > 0)
            weights = [w + error * x_j for w, x_j in zip(weights, x, strict=True)]
            n_mistakes += abs(error)
        if n_mistakes == before:
            return [float(w) for w in weights], n_mistakes, 0
    return [float(w) for w in weights], n_mistakes, len(starts) - starts.index(weights)


SOLUTIONS = {"good-features": Solution(study, answer, Parameters())}
