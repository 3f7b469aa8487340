"""Can a compact code be learnt in which like objects have like codes? From one-hot inputs, and from features."""

import statistics
from collections.abc import Iterator, Mapping
from typing import Any

from plasticity.arrays import Floats
from plasticity.quiz.record import Answer, Check, Solution
from plasticity.studies.digits import mean
from plasticity.studies.object_likeness import FEATURES, ONE_HOT, TASKS, TOLD, Codes, Parameters, study


def answer(result: tuple[Parameters, Mapping[str, Codes]]) -> Answer:
    """How often the nearest code is of the same kind, and whether distances of codes tell those of features."""
    p, codes = result
    rows: list[dict[str, Any]] = [{"task": task, **_measured(codes[task])} for task in TASKS]
    found: dict[str, Any] = {
        "rows": rows,
        "chance_percent": 100 * p.chance,
        "n_objects": p.n_objects,
        **{f"same_kind_{row['task']}_percent": row["after"] for row in rows},
        "correlation_one_hot": rows[0]["correlation"],
        "correlation_se_one_hot": codes[ONE_HOT].rank_correlation.error,
        "one_hot_outcome": "yes" if codes[ONE_HOT].is_alike else "no",
        "features_outcome": "yes" if codes[FEATURES].is_alike else "no",
        "told_outcome": "yes" if codes[TOLD].is_alike else "no",
    }
    found["outcome"] = f"{found['one_hot_outcome']} {found['features_outcome']}"
    readings = {
        str(row["task"]): {"correlation": row["correlation"], "same_kind_percent": row["after"]} for row in rows
    }
    return Answer(found, list(_checks(p, codes)), readings, given=("n_objects",))


def _measured(codes: Codes) -> dict[str, float]:
    return {
        "before": mean(100 * codes.same_before).value,
        "after": mean(100 * codes.same_after).value,
        "correlation": codes.rank_correlation.value,
    }


def _checks(p: Parameters, codes: Mapping[str, Codes]) -> Iterator[Check]:
    rounding = 1e-9
    for name, column in (("before", "same_before_again"), ("after", "same_after_again")):
        again = [_mean(100 * getattr(codes[task], column)) for task in TASKS]
        yield Check(f"rows.{name}", again, "one_by_one", rounding)
    for task in TASKS:
        same = _mean(100 * codes[task].same_after_again)
        yield Check(f"same_kind_{task}_percent", same, "one_by_one", rounding)
    correlations = [codes[task].correlation_again.tolist() for task in TASKS]
    yield Check("rows.correlation", list(map(statistics.fmean, correlations)), "two_groups", rounding)
    yield Check("correlation_one_hot", statistics.fmean(correlations[0]), "two_groups", rounding)
    error = statistics.stdev(correlations[0]) / p.n_networks**0.5
    yield Check("correlation_se_one_hot", error, "two_groups", rounding)
    yield Check("correlation_one_hot", 0.0, "symmetry", tolerance=5 * error)
    kinds = p.kinds.tolist()
    others = [kinds[i] == kinds[j] for i in range(p.n_objects) for j in range(p.n_objects) if i != j]
    yield Check("chance_percent", 100 * sum(others) / len(others), "pairs", rounding)


def _mean(runs: Floats) -> float:
    return statistics.fmean(runs.tolist())


SOLUTIONS = {"one-hot-no-likeness": Solution(study, answer, Parameters())}
