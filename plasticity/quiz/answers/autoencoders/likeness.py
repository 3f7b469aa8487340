"""Do like inputs get like codes? Autoencoders of digits, encoders that have learnt nothing, and one-hot inputs."""

import statistics
from collections.abc import Iterator
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.quiz.record import Answer, Check, Solution
from plasticity.studies import likeness, object_likeness
from plasticity.studies.digits import mean
from plasticity.studies.likeness import Parameters, Result
from plasticity.studies.object_likeness import ONE_HOT, Codes

SHOWN_SIZE = 16  # hidden units of the answer's main figures, or the number nearest to it
MEASURES = ("rank_correlation", "same_digit")  # fields of Likeness


def study(parameters: Parameters) -> tuple[Result, Codes]:
    """Encoders of digits; and of one-hot objects, whose likeness is not in their inputs."""
    objects = object_likeness.study(object_likeness.Parameters(seed=parameters.seed), (ONE_HOT,))[1]
    return likeness.study(parameters), objects[ONE_HOT]


def answer(result: tuple[Result, Codes]) -> Answer:
    """Both measures, trained against random, by the number of hidden units."""
    digits, one_hot = result
    rows = [_row(digits, size) for size in digits.trained]
    size = min(digits.trained, key=lambda n: abs(n - SHOWN_SIZE))
    shown = next(row for row in rows if row["size"] == size)
    found: dict[str, Any] = {
        "rows": rows,
        "shown_size": size,
        "rank_correlation_trained": shown["rank_after"],
        "rank_correlation_random": shown["rank_before"],
        "same_digit_trained_percent": shown["same_after"],
        "same_digit_random_percent": shown["same_before"],
        "same_digit_pixels_percent": mean(100 * digits.pictures).value,
        "largest_ratio": float(digits.trained[size].ratio.max()),
        "ratios": [one.ratio.tolist() for one in digits.trained.values()],
        "correlation_one_hot": one_hot.rank_correlation.value,
        "adds_to_both": [row["size"] for row in rows if row["adds"] == "both"],
        "pictures_outcome": _pictures_outcome(digits, size),
        "one_hot_outcome": "yes" if one_hot.is_alike else "no",
    }
    readings = {
        f"units={n} / {measure}": {
            "likeness": mean(getattr(digits.trained[n], measure)).value,
            "likeness_gain_less_two_standard_errors": _gain(digits, n, measure),
        }
        for n in digits.trained
        for measure in MEASURES
    }
    alike = one_hot.rank_correlation
    readings["one_hot"] = {"likeness": alike.value, "likeness_gain_less_two_standard_errors": alike.lower}
    given = ("shown_size", "rows.size", "adds_to_both")
    return Answer(found, list(_checks(digits, one_hot, size)), readings, given=given)


def _gain(digits: Result, size: int, measure: str) -> float:
    """What training adds, seed by seed, less two standard errors."""
    return mean(getattr(digits.trained[size], measure) - getattr(digits.random[size], measure)).lower


def _pictures_outcome(digits: Result, size: int) -> str:
    """Whether codes tell how like pictures are, by more than two standard errors: even untrained, only then, or not."""
    untrained, trained = (mean(kind[size].rank_correlation).lower > 0 for kind in (digits.random, digits.trained))
    return "no" if not trained else "untrained" if untrained else "trained"


def _row(digits: Result, size: int) -> dict[str, Any]:
    """Means over the seeds by both measures, before and after training; and which measures training raises."""
    raised = [measure for measure in MEASURES if _gain(digits, size, measure) > 0]
    adds = {0: "none", 1: raised[0] if raised else "", 2: "both"}[len(raised)]
    return {
        "size": size,
        "rank_before": mean(digits.random[size].rank_correlation).value,
        "rank_after": mean(digits.trained[size].rank_correlation).value,
        "same_before": mean(100 * digits.random[size].same_digit).value,
        "same_after": mean(100 * digits.trained[size].same_digit).value,
        "adds": adds,
    }


def _checks(digits: Result, one_hot: Codes, size: int) -> Iterator[Check]:
    ties, rounding = 1e-3, 1e-9  # equal distances change a rank correlation of thousands of pairs by less
    for when, kind in (("before", digits.random), ("after", digits.trained)):
        yield Check(f"rows.rank_{when}", [_mean(one.rank_again) for one in kind.values()], "ranked_in_turn", ties)
        same = [_mean(100 * one.same_again) for one in kind.values()]
        yield Check(f"rows.same_{when}", same, "by_differences", rounding)
        name = "random" if when == "before" else "trained"
        yield Check(f"rank_correlation_{name}", _mean(kind[size].rank_again), "ranked_in_turn", ties)
        yield Check(f"same_digit_{name}_percent", _mean(100 * kind[size].same_again), "by_differences", rounding)
    yield Check("same_digit_pixels_percent", _mean(100 * digits.pictures_again), "by_differences", rounding)
    bounds = [one.bound.tolist() for one in digits.trained.values()]
    yield Check("ratios", bounds, "steepest", relation="at most")
    yield Check("largest_ratio", float(np.max(digits.trained[size].bound)), "steepest", relation="at most")
    yield Check("correlation_one_hot", _mean(one_hot.correlation_again), "two_groups", rounding)


def _mean(runs: Floats) -> float:
    return statistics.fmean(runs.tolist())


SOLUTIONS = {"similar-inputs-similar-codes": Solution(study, answer, Parameters())}
