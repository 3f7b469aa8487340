"""The same spikes at a biological and at an artificial synapse: post keeps firing before pre."""

from dataclasses import dataclass

import numpy as np

from plasticity import events, protocols, spiking
from plasticity.arrays import Floats
from plasticity.neurons import NEURONS, synaptic_potential
from plasticity.quiz.formulas import ltr
from plasticity.quiz.old.record import Answer, Check, Solution
from plasticity.rules import unbounded
from plasticity.rules.library.pair_stdp import PAIR_STDP
from plasticity.spiking import Network, Population, Projection, Replay

LAG, N_PAIRINGS, RATE = -10e-3, 400, 1.0  # seconds, t_post - t_pre; pairings; hertz
W_START = 0.5
RULE = PAIR_STDP


@dataclass(frozen=True)
class Side:
    """One of the two synapses: weight after each pairing, potentials (V) at start, zero crossing and end."""

    weights: Floats
    exact: Floats
    pairings_to_zero: int
    potentials: Floats


@dataclass(frozen=True)
class TwinStudy:
    """The clamped and the unbounded synapse."""

    biological: Side
    artificial: Side


def study(rng: np.random.Generator, target: str) -> TwinStudy:
    """Run both synapses on the same trains in Brian2, then one spike through each weight of interest."""
    pre, post = protocols.pairing(LAG, n_pairs=N_PAIRINGS, rate=RATE)
    runs = []
    for rule in (RULE, unbounded(RULE)):
        simulated = spiking.trajectory(rule, pre, post, W_START, target=target).weights
        exact = events.trajectory(rule, pre, post, W_START).weights
        # Two spikes a pairing; the weight after the second is the weight after the pairing.
        runs.append((simulated[1::2], exact[1::2]))
    firsts = [int(np.argmax(weights <= 0)) for weights, _ in runs]
    probes = np.concatenate(
        [[W_START, weights[first], weights[-1]] for first, (weights, _) in zip(firsts, runs, strict=True)]
    )
    potentials = potential_of(probes, target).reshape(2, 3)
    sides = [Side(*run, first + 1, volts) for run, first, volts in zip(runs, firsts, potentials, strict=True)]
    return TwinStudy(*sides)


def potential_of(weights: Floats, target: str = "auto") -> Floats:
    """Peak potential (V, with its sign) that one presynaptic spike causes through each weight, in Brian2."""
    n = len(weights)
    neuron = NEURONS["lif_excitatory"]
    network = Network(
        [Replay("pre", [[10e-3]]), Population("post", neuron, n + 1)],
        [Projection("synapses", "pre", "post", [(0, j) for j in range(n)], weights)],
    )
    recording = spiking.simulate(network, 60e-3, record=["post"], target=target)
    volts = recording.voltages["post"]
    deflection = volts[:, :n] - volts[:, n:]  # the last neuron has no synapse
    return deflection[np.abs(deflection).argmax(axis=0), np.arange(n)]


METHOD = (
    f"Brian2: {N_PAIRINGS} pairings at {RATE:g} Hz, post {abs(LAG) * 1e3:g} ms before pre, pair STDP, from "
    f"w = {W_START}; the same trains for the clamped and the unbounded synapse; one presynaptic spike onto a leaky "
    "integrate-and-fire neuron for each potential"
)


def _measurements(side: Side) -> dict[str, float | int]:
    start, zero, end = (side.potentials * 1e3).tolist()
    return {
        "w_start": W_START,
        "w_end": float(side.weights[-1]),
        "w_min": float(min(W_START, side.weights.min())),
        "pairings_to_zero": side.pairings_to_zero,
        "n_pairings": N_PAIRINGS,
        "w_at_zero": float(side.weights[side.pairings_to_zero - 1]),
        "psp_start_mv": start,
        "psp_zero_mv": zero,
        "psp_end_mv": end,
    }


def _checks(side: Side) -> list[Check]:
    """The exact engine, and closed forms: w falls by A_minus exp(-|lag|/tau_minus) a pairing."""
    step = RULE.values["A_minus"] * np.exp(-abs(LAG) / RULE.values["tau_minus"])
    peak = synaptic_potential(NEURONS["lif_excitatory"], W_START)
    worst = int(np.abs(side.weights - side.exact).argmax())
    return [
        Check("weight, where it differs most", side.weights[worst], side.exact[worst], "the exact engine"),
        Check("pairings to zero", side.pairings_to_zero, float(np.ceil(W_START / step)), "w_start / step, rounded up"),
        Check("first potential (mV)", side.potentials[0] * 1e3, peak * 1e3, "closed form; step 0.1 ms"),
    ]


def biological(study: TwinStudy) -> Answer:
    """Clamped at zero."""
    found = _measurements(study.biological)
    sentence = (
        f"The weight falls from {W_START} to {found['w_at_zero']:g} in {found['pairings_to_zero']} pairings and ends "
        f"at {found['w_end']:g} after {N_PAIRINGS}; the smallest weight ever held is {found['w_min']:g}. "
        f"One presynaptic spike causes {found['psp_start_mv']:.3f} mV at the start, {found['psp_zero_mv']:g} mV "
        f"at zero and {found['psp_end_mv']:g} mV at the end: no current, and never inhibition."
    )
    sentence_he = (
        f"המשקל יורד מ-{W_START} ל-{found['w_at_zero']:g} בתוך {found['pairings_to_zero']} זיווגים, ואחרי {N_PAIRINGS} "
        f"הוא {found['w_end']:g}; המשקל הקטן ביותר שהיה אי פעם הוא {found['w_min']:g}. דחף אחד לפני הסינפסה גורם "
        f"למתח של {found['psp_start_mv']:.3f} mV בהתחלה, {found['psp_zero_mv']:g} mV כשהמשקל אפס ו-"
        f"{found['psp_end_mv']:g} mV בסוף: אין זרם, ולעולם לא עיכוב."
    )
    return Answer(sentence, found, METHOD, _checks(study.biological), {"hard bound": found}, sentence_he)


def artificial(study: TwinStudy) -> Answer:
    """The same spikes, no bound."""
    found = _measurements(study.artificial)
    sentence = (
        f"From the same spikes the unbounded weight falls from {W_START}, crosses 0 at pairing "
        f"{found['pairings_to_zero']}, and stands at {found['w_end']:.3f} after {N_PAIRINGS} (lowest: "
        f"{found['w_min']:.3f}). One presynaptic spike causes {found['psp_start_mv']:.3f} mV at the start, "
        f"{found['psp_zero_mv']:.3f} mV after the crossing and {found['psp_end_mv']:.3f} mV at the end: the sign "
        "turns, which no excitatory neuron can do."
    )
    end, lowest = ltr(f"{found['w_end']:.3f}"), ltr(f"{found['w_min']:.3f}")
    start_mv, zero_mv, end_mv = (ltr(f"{found[f'psp_{when}_mv']:.3f}") for when in ("start", "zero", "end"))
    sentence_he = (
        f"מאותם דחפים יורד המשקל הבלתי חסום מ-{W_START}, חוצה את 0 בזיווג ה-{found['pairings_to_zero']}, ואחרי "
        f"{N_PAIRINGS} זיווגים הוא {end} (הנמוך ביותר: {lowest}). דחף אחד לפני הסינפסה גורם למתח של {start_mv} mV "
        f"בהתחלה, {zero_mv} mV אחרי החצייה ו-{end_mv} mV בסוף: הסימן מתהפך, דבר שאף נוירון מעורר אינו יכול לעשות."
    )
    return Answer(sentence, found, METHOD, _checks(study.artificial), {"unbounded": found}, sentence_he)


SOLUTIONS = {
    "post-before-pre-biological": Solution(study, biological, simulates=True),
    "weight-decreased-artificial": Solution(study, artificial, simulates=True),
}
