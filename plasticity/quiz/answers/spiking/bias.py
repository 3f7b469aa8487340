"""The neuron with a positive bias and inhibitory synapses: four questions, one simulation."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError
from plasticity.quiz.record import Answer, Check, Solution
from plasticity.studies.bias_and_inhibition import Parameters, Result, study

LEVELS = (0.0, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1.01, 1.05, 1.1, 1.25, 1.5, 2.0)  # most where something happens
# A bias of 0.25 rheobases lets it fire at about 49 Hz, as pallidal neurons do (dodson2015: 48.3)
LECTURE = Parameters(levels=LEVELS, n_copies=6, n_noisy=60, measured=0.8, settling=0.2)
DRIVES = ("constant", "regular", "irregular")
STANDARD_ERRORS = 5  # within which a random number counts as the one that is expected
INTERVALS = 1e-8  # Hz: rounding of times
FEWEST = 3  # spikes; of more, the rate is that of the intervals


def no_input(result: Result) -> Answer:
    """With no input: it fires by itself, with noise at the same rate in both halves, without like a clock."""
    rate, (early, late) = float(result.rates[0, 0]), result.noisy_halves
    found: dict[str, Any] = {
        "rate_hz": rate,
        "cv_isi": float(result.cv[0, 0]),
        "noisy_rate_hz": float((early + late) / 2),
        "noisy_early_hz": float(early),
        "noisy_late_hz": float(late),
        "noisy_cv_isi": result.noisy_cv,
        "standard_error_hz": float(np.sqrt(np.mean(result.noisy_errors**2))),
    }
    found["outcome"] = "fires" if rate > 0 else "silent"
    readings = {
        # without noise every interval is the same, to the step; with it, both halves differ by chance alone
        "quiet": {"rate_hz": rate, "change_hz": rate * found["cv_isi"], "chance_hz": INTERVALS},
        "noisy": {
            "rate_hz": found["noisy_rate_hz"],
            "change_hz": abs(float(late - early)),
            "chance_hz": STANDARD_ERRORS * float(np.hypot(*result.noisy_errors)),
        },
    }
    few = 0.5 / (result.noisy_expected * result.measured)  # what the longest intervals, which do not fit, would add
    checks = [
        Check("rate_hz", float(result.in_steps[0]), "in_steps", tolerance=INTERVALS),
        Check("noisy_cv_isi", result.noisy_cv_expected, "renewal", STANDARD_ERRORS * result.noisy_cv_error + few),
    ]
    # the counts of a renewal process vary as its intervals do; a spread over n neurons is itself known to 1/sqrt(2n)
    error = result.noisy_cv_expected * np.sqrt(2 * result.noisy_expected / result.measured / result.n_noisy)
    checks.append(
        Check(
            "standard_error_hz", float(error), "counted", float(error * STANDARD_ERRORS / np.sqrt(2 * result.n_noisy))
        )
    )
    checks += [
        Check(name, result.noisy_expected, "renewal", float(STANDARD_ERRORS * error))
        for name in ("noisy_rate_hz", "noisy_early_hz", "noisy_late_hz")
    ]
    return Answer(found, checks, readings)


def growing(result: Result) -> Answer:
    """Under growing inhibition: slower and slower, then silent."""
    every = np.arange(result.levels.size)
    readings = {drive: {"rate_hz": result.rates[n].tolist()} for n, drive in enumerate(DRIVES)}
    outcome = "falls" if np.all(np.diff(result.rates) <= 0) else "uneven"
    found = _found(result, every) | {
        "inhibition_over_bias": result.levels.tolist(),
        "rate_hz": result.rates[1].tolist(),
        "rate_without_input_hz": float(result.rates[0, 0]),
        "rate_constant_current_hz": result.rates[0].tolist(),
        "rate_irregular_synapses_hz": result.rates[2].tolist(),
        "outcome": "still fires" if result.rates[:, -1].any() else outcome,
        **{f"silent_from_{drive}": _silent_from(result, n) for n, drive in enumerate(DRIVES)},
    }
    found |= {f"is_silenced_{drive}": found[f"silent_from_{drive}"] is not None for drive in DRIVES}
    free = Check("rate_without_input_hz", float(result.in_steps[0]), "in_steps", tolerance=INTERVALS)
    silences = [
        Check(f"silent_from_{drive}", _first_silent(result.superposed[n], result.levels), "superposed")
        for n, drive in enumerate(DRIVES)
        if found[f"is_silenced_{drive}"]
    ]
    given = ("rows.level", "inhibition_over_bias")
    return Answer(found, [free, *_checks(result, every), *silences], readings, given=given)


def below(result: Result) -> Answer:
    """The mean inhibition below the bias: every level between none and the bias, under every drive, is a reading."""
    levels = _some(result, (result.levels > 0) & (result.levels < 1), "between 0 and 1")
    free = float(result.rates[0, 0])
    rates = result.rates[:, levels]
    found = _found(result, levels) | {
        "rate_without_input_hz": free,
        "fastest_hz": float(rates.max()),
        "slowest_hz": float(rates.min()),
        "outcome": "slower" if rates.min() > 0 and rates.max() < free else "may fall silent",
    }
    checks = [
        Check("rate_without_input_hz", float(result.in_steps[0]), "in_steps", tolerance=INTERVALS),
        *_checks(result, levels),
        Check("fastest_hz", float(result.superposed[:, levels].max()), "superposed", tolerance=INTERVALS),
        Check("slowest_hz", float(result.superposed[:, levels].min()), "superposed", tolerance=INTERVALS),
    ]
    readings = _readings(result, levels, {"rate_without_input_hz": free})
    return Answer(found, checks, readings, given=("rows.level",))


def above(result: Result) -> Answer:
    """The mean inhibition above the bias: every level above 1, under every drive, is a reading."""
    levels = _some(result, result.levels > 1, "above 1")
    rates = result.rates[:, levels]
    fires = [drive for drive, found in zip(DRIVES, rates, strict=True) if found.any()]
    first = {f"rate_{drive}_hz": float(rates[n, 0]) for n, drive in enumerate(DRIVES)}
    found = _found(result, levels) | {
        "lowest_level": float(result.levels[levels[0]]),
        **first,
        "fires_under": fires,
        "outcome": "may fire" if fires else "silent",
    }
    second = zip(first, result.superposed[:, levels[0]], strict=True)
    checks = [Check(name, float(rate), "superposed", tolerance=INTERVALS) for name, rate in second]
    given = ("lowest_level", "rows.level")
    return Answer(found, [*checks, *_checks(result, levels)], _readings(result, levels), given=given)


def _found(result: Result, levels: NDArray[np.intp]) -> dict[str, Any]:
    """The rates at these levels, a row each, and the edge."""
    rows = [
        {"level": float(result.levels[k])} | {drive: float(result.rates[n, k]) for n, drive in enumerate(DRIVES)}
        for k in levels
    ]
    return {"rows": rows, "edge": result.edge}


def _readings(
    result: Result, levels: NDArray[np.intp], more: dict[str, float] | None = None
) -> dict[str, dict[str, float]]:
    return {
        f"{drive} / level={result.levels[k]:.3g}": {"rate_hz": float(result.rates[n, k])} | (more or {})
        for n, drive in enumerate(DRIVES)
        for k in levels
    }


def _checks(result: Result, levels: NDArray[np.intp]) -> list[Check]:
    """Rates of every drive; the edge of the closed form between where the simulated neuron fires and where not."""
    fires = result.rates[0] > 0
    bounds = [
        ("at least", result.levels[fires].max(initial=0.0)),
        ("at most", result.levels[~fires].min(initial=np.inf)),
    ]
    is_counted = (result.in_steps * result.measured > FEWEST) | (result.in_steps == 0)
    steady = np.where(is_counted, result.in_steps, result.superposed[0])
    rates = [Check("rows.constant", steady[levels].tolist(), "in_steps", tolerance=INTERVALS)]
    rates += [
        Check(f"rows.{drive}", result.superposed[n, levels].tolist(), "superposed", tolerance=INTERVALS)
        for n, drive in enumerate(DRIVES)
        if n
    ]
    edge = [Check("edge", float(bound), "simulated", relation=relation) for relation, bound in bounds]
    return [*rates, *(one for one in edge if np.isfinite(one.confirmed))]


def _silent_from(result: Result, drive: int) -> float | None:
    """The lowest level from which on no spike falls; None when it fires at the highest."""
    return _first_silent(result.rates[drive], result.levels)


def _first_silent(rates: Floats, levels: Floats) -> float | None:
    last = int(np.flatnonzero(rates)[-1]) if np.any(rates) else -1
    return float(levels[last + 1]) if last + 1 < len(levels) else None


def _some(result: Result, is_asked: NDArray[np.bool_], where: str) -> NDArray[np.intp]:
    """The places of the levels that are asked about. Raises ArgumentError when there are none."""
    if not is_asked.any():
        raise ArgumentError(f"levels are {', '.join(f'{level:g}' for level in result.levels)}; give one {where}")
    return np.flatnonzero(is_asked)


SOLUTIONS = {
    "bias-no-input": Solution(study, no_input, LECTURE, simulates=True),
    "bias-growing-inhibition": Solution(study, growing, LECTURE, simulates=True),
    "inhibition-below-bias": Solution(study, below, LECTURE, simulates=True),
    "inhibition-above-bias": Solution(study, above, LECTURE, simulates=True),
}
