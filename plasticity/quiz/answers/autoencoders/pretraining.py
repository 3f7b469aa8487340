"""Does a stack of autoencoders help a deep network? With and without it, equally long, on handwritten digits."""

import statistics
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.quiz.record import Answer, Check, Solution
from plasticity.studies import stacked_autoencoder
from plasticity.studies.digits import Mean, mean
from plasticity.studies.stacked_autoencoder import FINE, RANDOM, UNITS, Parameters, Result

PARAMETERS = Parameters(depths=(2, 4), n_unseen=997, n_seeds=4)
KINDS = {"stacked": FINE, "unpretrained": RANDOM}


def study(parameters: Parameters) -> tuple[Parameters, Mapping[str, Result]]:
    """By units: every depth of the units that were asked for, and the deepest network of the others."""
    p, others = parameters, [units for units in UNITS if units != parameters.units]
    found = {p.units: stacked_autoencoder.study(p)}
    for units in others:
        found[units] = stacked_autoencoder.study(replace(p, units=units, depths=(max(p.depths),)))
    return p, found


def answer(study: tuple[Parameters, Mapping[str, Result]]) -> Answer:
    """Errors with and without pretraining; it helps where the gain exceeds two standard errors."""
    p, results = study
    main, deepest = results[p.units], int(np.argmax(p.depths))
    cases = [(units, result, k) for units, result in results.items() for k in range(len(result.depths))]
    rows = [_row(units, result, k) for units, result, k in cases]
    gain = _gain(main.errors, deepest)
    found: dict[str, Any] = {
        **{f"test_error_{kind}_percent": mean(100 * main.errors[k, deepest]).value for kind, k in KINDS.items()},
        **{f"test_error_{kind}_se_percent": mean(100 * main.errors[k, deepest]).error for kind, k in KINDS.items()},
        **{f"training_error_{kind}_percent": mean(100 * main.learnt[k, deepest]).value for kind, k in KINDS.items()},
        "test_error_linear_percent": mean(100 * main.linear).value,
        "test_error_linear_se_percent": mean(100 * main.linear).error,
        "linear_more_percent": mean(100 * (main.linear - main.errors[FINE, deepest])).value,
        "gain_percent": gain.value,
        "gain_se_percent": gain.error,
        "gain_less_two_standard_errors_percent": gain.lower,
        "deepest": max(p.depths),
        "n_helped": sum(row["outcome"] == "gain" for row in rows),
        "n_tried": len(rows),
        "rows": rows,
    }
    found["outcome"] = {0: "none", len(rows): "all"}.get(found["n_helped"], "some")
    found["main_outcome"] = rows[deepest]["outcome"]
    found["mechanism"] = _mechanism(found)
    found["linear_outcome"] = _compared(main.linear, main.errors[FINE, deepest])
    readings = {
        f"depth={row['depth']} / {row['units']}": {"gain_less_two_standard_errors_percent": row["gain"] - 2 * row["se"]}
        for row in rows
    }
    given = ("deepest", "n_tried", "rows.depth")
    return Answer(found, list(_checks(main, deepest, cases)), readings, given=given)


def _row(units: str, result: Result, k: int) -> dict[str, Any]:
    """One network: its depth and units, errors in percent, and what pretraining gains."""
    gain = _gain(result.errors, k)
    errors = {kind: mean(100 * result.errors[place, k]).value for kind, place in KINDS.items()}
    outcome = "gain" if gain.lower > 0 else "loss" if gain.value + 2 * gain.error < 0 else "nothing"
    return {"depth": int(result.depths[k]), "units": units, **errors, "gain": gain.value, "se": gain.error} | {
        "outcome": outcome
    }


def _gain(errors: Floats, depth: int) -> Mean:
    """Percent: the error of the unpretrained less that of the stacked network, seed by seed."""
    return mean(100 * (errors[RANDOM, depth] - errors[FINE, depth]))


def _mechanism(found: Mapping[str, Any]) -> str:
    """Of a clear gain: 'slow' when at least half of it is there on the digits learnt from, as learning was held up."""
    if found["main_outcome"] != "gain":
        return "none"
    held_up = found["training_error_unpretrained_percent"] - found["training_error_stacked_percent"]
    return "slow" if held_up >= found["gain_percent"] / 2 else "general"


def _compared(linear: Floats, deep: Floats) -> str:
    """How softmax regression fares beside the deep network, seed by seed: more than two standard errors off, or not."""
    more = mean(100 * (linear - deep))
    return "as good" if abs(more.value) <= 2 * more.error else "worse" if more.value > 0 else "better"


def _checks(main: Result, deepest: int, cases: list[tuple[str, Result, int]]) -> Iterator[Check]:
    """Every error counted anew, and means and standard errors of these by another library's formula."""
    rounding = 1e-9  # percent; sums in another order
    for kind, place in KINDS.items():
        anew, learnt = _percent(main.recounted[place, deepest]), _percent(main.relearnt[place, deepest])
        yield Check(f"test_error_{kind}_percent", statistics.fmean(anew), "recounted", rounding)
        yield Check(f"test_error_{kind}_se_percent", _error(anew), "recounted", rounding)
        yield Check(f"training_error_{kind}_percent", statistics.fmean(learnt), "recounted", rounding)
        column = [statistics.fmean(_percent(result.recounted[place, k])) for _, result, k in cases]
        yield Check(f"rows.{kind}", column, "recounted", rounding)
    plain = _percent(main.linear_recounted)
    yield Check("test_error_linear_percent", statistics.fmean(plain), "recounted", rounding)
    yield Check("test_error_linear_se_percent", _error(plain), "recounted", rounding)
    more = statistics.fmean(plain) - statistics.fmean(_percent(main.recounted[FINE, deepest]))
    yield Check("linear_more_percent", more, "recounted", rounding)
    gains = [_percent(result.recounted[RANDOM, k] - result.recounted[FINE, k]) for _, result, k in cases]
    yield Check("rows.gain", list(map(statistics.fmean, gains)), "recounted", rounding)
    yield Check("rows.se", list(map(_error, gains)), "recounted", rounding)
    yield Check("gain_percent", statistics.fmean(gains[deepest]), "recounted", rounding)
    yield Check("gain_se_percent", _error(gains[deepest]), "recounted", rounding)
    yield Check("n_helped", sum(statistics.fmean(one) > 2 * _error(one) for one in gains), "recounted")


def _percent(errors: Floats) -> list[float]:
    return (100 * errors).tolist()


def _error(runs: list[float]) -> float:
    return statistics.stdev(runs) / len(runs) ** 0.5


SOLUTIONS = {"stacked-autoencoder": Solution(study, answer, PARAMETERS)}
