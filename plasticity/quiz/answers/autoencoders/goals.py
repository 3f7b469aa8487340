"""What autoencoders are for, and what keeps them from copying: a short code, features, few labels, on digits."""

import statistics
from collections.abc import Iterator
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.quiz.record import Answer, Check, Solution
from plasticity.studies.autoencoder_goals import RANDOM_PIXELS, SEEN, Goals, Parameters, Result, study
from plasticity.studies.digits import mean

COPIED = 1.0  # percent left of pictures that have nothing in common with digits; our choice: as good as nothing


def answer(result: Result) -> Answer:
    """What is left of digits and of random pixels through each layer; what codes tell; errors from few labels."""
    wide, narrow = max(result.goals), sorted(set(result.goals) - {max(result.goals)})
    rows = [_row(size, result.goals[size]) for size in sorted(result.goals)]
    widest, next_size = rows[-1], narrow[-1]
    gain = mean(result.pixel_errors - result.goals[wide].errors)
    found: dict[str, Any] = {
        "rows": rows,
        "widest": wide,
        "next_size": next_size,
        "noise_linear_wide_percent": widest["noise_linear"],
        "noise_linear_narrow_percent": rows[-2]["noise_linear"],
        "noise_trained_wide_percent": widest["noise_trained"],
        "digits_linear_narrow_percent": rows[-2]["digits_linear"],
        "told_wide_percent": widest["told"],
        "told_pixels_percent": mean(result.pixels_told).value,
        "error_wide_percent": widest["error"],
        "error_pixels_percent": mean(result.pixel_errors).value,
        "gain_percent": gain.value,
        "gain_se_percent": gain.error,
    }
    found["outcome"] = "copies" if found["noise_linear_wide_percent"] < COPIED else "loses"
    could = "could" if found["outcome"] == "copies" else "loses"
    found["trained_outcome"] = "copies" if found["noise_trained_wide_percent"] < COPIED else could
    found["label_outcome"] = "gain" if gain.lower > 0 else "loss" if gain.value + 2 * gain.error < 0 else "nothing"
    found["told_outcome"] = "more" if found["told_wide_percent"] > found["told_pixels_percent"] else "less"
    readings = {
        f"units={row['size']} / {kind} / {pictures}": {
            "left_bottleneck_percent": row[f"{pictures}_{kind}"],
            "left_wide_percent": widest[f"{pictures}_{kind}"],
        }
        for row in rows[:-1]
        for kind in ("linear", "trained")
        for pictures in (SEEN, RANDOM_PIXELS)
    }
    held = [measured["left_bottleneck_percent"] > measured["left_wide_percent"] for measured in readings.values()]
    found |= {"n_held": sum(held), "n_readings": len(held), "held": "all" if all(held) else "some"}
    return Answer(found, list(_checks(result, wide, next_size)), readings, given=("widest", "next_size", "rows.size"))


def _row(size: int, goals: Goals) -> dict[str, float]:
    """Means over the seeds for one number of hidden units, percent."""
    return {
        "size": size,
        "digits_linear": mean(goals.linear[SEEN]).value,
        "digits_trained": mean(goals.trained[SEEN]).value,
        "noise_linear": mean(goals.linear[RANDOM_PIXELS]).value,
        "noise_trained": mean(goals.trained[RANDOM_PIXELS]).value,
        "told": mean(goals.told).value,
        "error": mean(goals.errors).value,
    }


def _checks(result: Result, wide: int, next_size: int) -> Iterator[Check]:
    rounding = 1e-6  # percent; units that hardly vary have a variance of few digits
    sizes = sorted(result.again)
    routes = {"linear": "other_components", "trained": "multiplied_out"}
    for kind, route in routes.items():
        for pictures in (SEEN, RANDOM_PIXELS):
            column = [_mean(getattr(result.again[size], kind)[pictures]) for size in sizes]
            yield Check(f"rows.{pictures}_{kind}", column, route, rounding)
    yield Check("rows.told", [_mean(result.again[size].told) for size in sizes], "within", rounding)
    yield Check("rows.error", [_mean(result.again[size].errors) for size in sizes], "recounted", rounding)
    widest, narrow = result.again[wide], result.again[next_size]
    yield Check("noise_linear_wide_percent", _mean(widest.linear[RANDOM_PIXELS]), "other_components", rounding)
    yield Check("noise_linear_narrow_percent", _mean(narrow.linear[RANDOM_PIXELS]), "other_components", rounding)
    yield Check("digits_linear_narrow_percent", _mean(narrow.linear[SEEN]), "other_components", rounding)
    yield Check("noise_trained_wide_percent", _mean(widest.trained[RANDOM_PIXELS]), "multiplied_out", rounding)
    yield Check("told_wide_percent", _mean(widest.told), "within", rounding)
    yield Check("told_pixels_percent", _mean(result.pixels_told_again), "within", rounding)
    yield Check("error_wide_percent", _mean(widest.errors), "recounted", rounding)
    yield Check("error_pixels_percent", _mean(result.pixel_errors_again), "recounted", rounding)
    gains = np.subtract(result.pixel_errors_again, widest.errors).tolist()
    yield Check("gain_percent", statistics.fmean(gains), "recounted", rounding)
    yield Check("gain_se_percent", statistics.stdev(gains) / len(gains) ** 0.5, "recounted", rounding)


def _mean(runs: Floats) -> float:
    return statistics.fmean(np.asarray(runs).tolist())


SOLUTIONS = {"autoencoder-goals": Solution(study, answer, Parameters())}
