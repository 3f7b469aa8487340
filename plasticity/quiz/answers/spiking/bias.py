"""The neuron with a positive bias and inhibitory synapses: four questions, one simulation."""

from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.quiz.record import Answer, Check, Solution
from plasticity.studies.bias_and_inhibition import Parameters, Result, study

# A bias of 0.25 rheobases lets it fire at about 49 Hz, as pallidal neurons do (dodson2015: 48.3)
LECTURE = Parameters(n_levels=14, n_copies=6, measured=1.0)
DRIVES = ("constant", "regular", "poisson")
CONSTANT, REGULAR, POISSON = range(3)


def no_input(result: Result) -> Answer:
    """With no input: fires by itself, regularly."""
    found: dict[str, Any] = {"rate_hz": float(result.rates[CONSTANT, 0]), "cv_isi": float(result.cv[CONSTANT, 0])}
    found["outcome"] = "fires" if found["rate_hz"] > 0 else "silent"
    checks = [_in_steps(result, "rate_hz", 0), Check("cv_isi", 0.0, "equal_intervals", tolerance=1e-9)]
    return Answer(found, checks, {"no input": found})


def above(result: Result) -> Answer:
    """The mean inhibition above the bias: every level above 1, under every drive, is a reading."""
    levels = np.flatnonzero(result.levels > 1)
    readings = {
        f"{drive} / level={result.levels[k]:.3g}": {"rate_hz": float(result.rates[n, k])}
        for n, drive in enumerate(DRIVES)
        for k in levels
    }
    rates = {drive: result.rates[n, levels] for n, drive in enumerate(DRIVES)}
    found = {
        "rows": [_row(result, int(k)) for k in levels],
        "lowest_level": float(result.levels[levels[0]]),
        "rate_constant_hz": float(rates["constant"].max()),
        "rate_regular_hz": float(rates["regular"][0]),
        "rate_irregular_hz": float(rates["poisson"][0]),
        "fires_under": [drive for drive in DRIVES if rates[drive].any()],
        "outcome": "always silent" if not any(rate.any() for rate in rates.values()) else "may fire",
    }
    checks = [Check("rows.constant", result.in_steps[levels], "in_steps", tolerance=1e-8)]
    return Answer(found, checks, readings, given=("lowest_level", "rows.level"))


def _row(result: Result, k: int) -> dict[str, float]:
    """A level, and the rates there."""
    return {"level": float(result.levels[k])} | {name: float(result.rates[n, k]) for n, name in enumerate(DRIVES)}


def _in_steps(result: Result, name: str, level: int) -> Check:
    return Check(name, float(result.in_steps[level]), "in_steps", tolerance=1e-8)


def levels_below(result: Result) -> Floats:
    """The levels of an inhibition that is there and smaller than the bias."""
    return result.levels[(result.levels > 0) & (result.levels < 1)]


SOLUTIONS = {
    "bias-no-input": Solution(study, no_input, LECTURE, simulates=True),
    "inhibition-above-bias": Solution(study, above, LECTURE, simulates=True),
}
