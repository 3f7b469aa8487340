"""What an activation function stands for, first: the rates of spiking neurons, and which activation fits them best."""

from typing import Any

import numpy as np

from plasticity.artificial.activations import ACTIVATIONS
from plasticity.artificial.fits import fitted
from plasticity.neurons import NEURONS, closed_form_rate, rheobase
from plasticity.quiz.record import Answer, Check, Solution
from plasticity.studies import activation_fits
from plasticity.studies.activation_fits import TRIED, Result
from plasticity.studies.noise_and_rate import Parameters

LECTURE = Parameters(n_currents=24, n_copies=20, measured=0.3, settling=0.05, dt=1e-4)
NEURON_NAMES = {"quiet": "lif_excitatory", "noisy": "escape_lif"}
AS_GOOD = 1.05  # of the least that any activation misses: such a one counts as best too, our choice
NEARLY_ALL = 0.95  # of the variance that an activation explains, our choice of what "expresses" asks
ROUNDING = 1e-6  # Hz, and shares of a variance


def study(parameters: Parameters, target: str) -> Result:
    """The rates of both neurons over every range, and the fits of every activation of the package."""
    return activation_fits.study(parameters, target, tuple(NEURON_NAMES.values()))


def answer(result: Result) -> Answer:
    """Which activation fits which neuron over which range."""
    missed, spread = result.missed, result.rates.std(axis=-1)
    least = missed.min(axis=-1)
    explained = 1 - (least / spread) ** 2
    rows = [_row(result, top) for top in range(result.tops.size)]
    readings = {
        f"{kind} / top={top:g}": {
            "share_of_variance_explained": float(explained[n, k]),
            "rate_at_weakest_current_hz": float(result.rates[n, k, 0]),
            "rate_at_strongest_current_hz": float(result.rates[n, k, -1]),
        }
        for n, kind in enumerate(NEURON_NAMES)
        for k, top in enumerate(result.tops)
    }
    found: dict[str, Any] = {
        "rows": rows,
        "least_explained": float(explained.min()),
        "most_explained": float(explained.max()),
        "highest_rate_hz": float(result.rates[0].max()),
        "strongest_current": float(result.currents.max()),
        "ceiling_hz": 1 / NEURONS["lif_excitatory"].values["t_ref"],
        "outcome": "a rate" if all(map(_is_expressed, readings.values())) else "in part",
        "activations": list(TRIED),
    }
    return Answer(
        found | _lists(result, explained), _checks(result, found), readings, given=("rows.top", "strongest_current")
    )


def _is_expressed(measured: dict[str, float]) -> bool:
    rises = measured["rate_at_strongest_current_hz"] > measured["rate_at_weakest_current_hz"]
    return rises and measured["share_of_variance_explained"] > NEARLY_ALL


def _row(result: Result, k: int) -> dict[str, Any]:
    """A range: for each neuron the activations that fit best, and what the best of them misses."""
    row: dict[str, Any] = {"top": float(result.tops[k])}
    for n, kind in enumerate(NEURON_NAMES):
        missed = result.missed[n, k]
        row[f"best_{kind}"] = [TRIED[i] for i in np.argsort(missed) if missed[i] <= AS_GOOD * missed.min()]
        row[f"missed_{kind}_hz"] = float(missed.min())
    return row


def _lists(result: Result, explained: np.ndarray) -> dict[str, Any]:
    """All that was fitted, by neuron and range."""
    lists: dict[str, Any] = {"currents_rheobases": result.currents.tolist()}
    for n, name in enumerate(NEURON_NAMES.values()):
        for k, top in enumerate(result.tops):
            ending, missed = f"{name}_to_{top:g}_rheobases", result.missed[n, k]
            lists[f"best_{ending}"] = TRIED[int(missed.argmin())]
            lists[f"rms_residuals_hz_{ending}"] = missed.tolist()
            lists[f"share_explained_{ending}"] = float(explained[n, k])
            lists[f"rms_standard_error_hz_{ending}"] = float(np.sqrt(np.mean(result.errors[n, k] ** 2)))
            lists[f"rate_hz_{ending}"] = result.rates[n, k].tolist()
    return lists


def _checks(result: Result, found: dict[str, Any]) -> list[Check]:
    """The best activations fitted to theory; chance adds its own to what a fit to measured rates misses."""
    noise = np.sqrt(np.mean(result.errors**2, axis=-1))
    theory = np.array([[_missed_by_theory(result, n, k) for k in range(result.tops.size)] for n in range(len(noise))])
    expected = np.hypot(theory, noise)
    # a mean over n places is as sure as a place over sqrt(n)
    chance = 6 * noise.max(axis=1) / np.sqrt(result.currents.shape[1]) + ROUNDING
    checks = [
        Check(f"rows.missed_{kind}_hz", expected[n].tolist(), "theory", tolerance=float(chance[n]))
        for n, kind in enumerate(NEURON_NAMES)
    ]
    spread = np.hypot(result.in_steps.std(axis=-1), noise)
    explained = 1 - (expected / spread) ** 2
    unsure = float(np.max(2 * (expected + chance[:, None]) * chance[:, None] / spread**2)) + ROUNDING
    far = 1e6 * result.currents.max() * rheobase(NEURONS["lif_excitatory"])
    return [
        *checks,
        Check("least_explained", float(explained.min()), "theory", tolerance=unsure),
        Check("most_explained", float(explained.max()), "theory", tolerance=unsure),
        Check("highest_rate_hz", float(result.in_steps[0].max()), "closed_form", tolerance=ROUNDING),
        Check("ceiling_hz", float(closed_form_rate(NEURONS["lif_excitatory"], far)), "ceiling", tolerance=0.1),
    ]


def _missed_by_theory(result: Result, n: int, k: int) -> float:
    """What the activation that fits the measured rates best misses of the rates that theory expects."""
    best = ACTIVATIONS[TRIED[int(result.missed[n, k].argmin())]]
    return fitted(best, result.currents[k], result.in_steps[n, k]).rms


SOLUTIONS = {"activation-as-rate": Solution(study, answer, LECTURE, simulates=True)}
