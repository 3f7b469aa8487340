"""The same spikes at a biological and at an artificial synapse: the bound alone tells them apart."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from plasticity.neurons import synaptic_potential
from plasticity.neurons.library.lif import LIF_EXCITATORY
from plasticity.quiz.record import Answer, Check, Solution
from plasticity.studies.clamped_and_free import Parameters, Result, Side, study

LECTURE = Parameters()
ROUNDING = 1e-12  # of weights of about 1
SAMPLED = 1e-3  # of a potential: its peak is met to within a step of 0.1 ms


def biological(result: Result) -> Answer:
    """Clamped at zero."""
    found = _measured(result, result.biological)
    found["soft_end"] = None if np.isnan(result.soft_end) else result.soft_end
    found["outcome"] = "to zero" if found["w_end"] == 0 < result.w0 else _outcome(found)
    return Answer(found, list(_checks(result, result.biological)), {"hard bound": found})


def artificial(result: Result) -> Answer:
    """The same spikes, no bound."""
    found = _measured(result, result.artificial)
    found["outcome"] = "crosses" if found["w_end"] < 0 <= result.w0 else _outcome(found)
    return Answer(found, list(_checks(result, result.artificial)), {"unbounded": found})


def _measured(result: Result, side: Side) -> dict[str, Any]:
    start, zero, end = (side.potentials * 1e3).tolist()
    w_end = float(side.weights[-1])
    return {
        "w_start": result.w0,
        "dw_one": float(side.weights[0] - result.w0),
        "w_end": w_end,
        "w_min": float(min(result.w0, side.weights.min())),
        "pairings_to_zero": side.n_to_zero,
        "reaches_zero": side.n_to_zero is not None,
        "w_at_zero": None if side.n_to_zero is None else float(side.weights[side.n_to_zero - 1]),
        "psp_start_mv": start,
        "psp_zero_mv": None if side.n_to_zero is None else zero,
        "psp_end_mv": end,
    }


def _outcome(found: dict[str, Any]) -> str:
    """For a weight that does not do what the slide says."""
    change = found["w_end"] - found["w_start"]
    return "falls" if change < 0 else "rises" if change > 0 else "stays"


def _checks(result: Result, side: Side) -> Iterator[Check]:
    """Brian2 for the weights, closed forms for the step, the count and the potentials."""
    simulated = side.simulated
    yield Check("w_end", float(simulated[-1]), "brian2", ROUNDING)
    yield Check("w_min", float(min(result.w0, simulated.min())), "brian2", ROUNDING)
    yield Check("dw_one", float(simulated[0] - result.w0), "brian2", ROUNDING)
    if side.n_to_zero is not None:
        yield Check("pairings_to_zero", int((simulated <= 0).argmax()) + 1, "brian2")
        if np.isfinite(result.step):
            yield Check("pairings_to_zero", float(np.ceil(result.w0 / result.step)), "counted")
    for when, weight in (("start", result.w0), ("end", side.weights[-1])):
        peak = 1e3 * float(synaptic_potential(LIF_EXCITATORY, weight))
        yield Check(f"psp_{when}_mv", peak, "closed_form", tolerance=SAMPLED * abs(peak) + ROUNDING)


SOLUTIONS = {
    "post-before-pre-biological": Solution(study, biological, LECTURE, simulates=True),
    "weight-decreased-artificial": Solution(study, artificial, LECTURE, simulates=True),
}
