"""Two neurons that drive each other: three orders of firing, under the rules of the lecture.

Synapse A leads from A to B, synapse B from B to A: what is pre at one is post at the other.
"""

from dataclasses import dataclass

import numpy as np

from plasticity import events, rates, spiking
from plasticity.neurons import NEURONS
from plasticity.quiz.formulas import ltr
from plasticity.quiz.old.record import Answer, Check, Solution
from plasticity.rules import RULES, Rule
from plasticity.spiking import Network, Population, Projection

ORDERS = ("B_then_A", "B_alone", "A_alone")
FIRST, LAG, PULSE = 50e-3, 10e-3, 2e-3  # seconds: first pulse, between the neurons, length of a pulse
CURRENT = 2e-9  # amperes: makes a neuron at rest fire once within the pulse
DURATION, DT, W_START = 90e-3, 1e-4, 0.5
FIRING = 20.0  # hertz, of a neuron that fires, for rules that read rates; the other is silent
SPIKE_RULE = "pair_stdp"
ON_RATES = ("hebbian", "anti_hebbian", "covariance")
ON_SPIKES = ("spiking_hebbian", "spiking_anti_hebbian", "pair_stdp", "anti_stdp", "bi_poo", "triplet_stdp")


@dataclass(frozen=True)
class MutualStudy:
    """Changes of the weights of synapses A and B, by rule and order of firing."""

    changes: dict[str, dict[str, tuple[float, float]]]
    exact: dict[str, dict[str, tuple[float, float]]]
    n_spikes: list[int]


def study(rng: np.random.Generator, target: str) -> MutualStudy:
    """Three copies of the pair of neurons in one network, made to fire by pulses of current."""
    steps = np.arange(round(DURATION / DT)) * DT
    current = np.zeros((steps.size, 6))  # A and B of each copy
    for copy, onsets in enumerate([(FIRST + LAG, FIRST), (None, FIRST), (FIRST, None)]):
        for neuron, onset in enumerate(onsets):
            if onset is not None:
                current[(steps >= onset) & (steps < onset + PULSE), 2 * copy + neuron] = CURRENT
    pairs = [(2 * copy + i, 2 * copy + j) for copy in range(3) for i, j in ((0, 1), (1, 0))]
    neurons = Population("neurons", NEURONS["lif_excitatory"], 6, current)
    projection = Projection("synapses", "neurons", "neurons", pairs, W_START, RULES[SPIKE_RULE])
    recording = spiking.simulate(Network([neurons], [projection]), DURATION, dt=DT, target=target)
    trains = recording.spikes["neurons"]
    pre, post = [trains[i] for i, _ in pairs], [trains[j] for _, j in pairs]
    changes, exact = {SPIKE_RULE: _by_order(recording.weights["synapses"])}, {}
    for name in (*ON_RATES, *ON_SPIKES):
        rule = RULES[name]
        if name in ON_RATES:
            changes[name] = {order: _drifts(rule, order) for order in ORDERS}
            continue
        exact[name] = _by_order(np.asarray(events.final_weight(rule, pre, post, W_START)))
        if name != SPIKE_RULE:
            changes[name] = _by_order(np.asarray(spiking.final_weight(rule, pre, post, W_START, target=target)))
    return MutualStudy(changes, exact, [len(train) for train in trains])


def _by_order(weights: np.ndarray) -> dict[str, tuple[float, float]]:
    changes = (weights - W_START).reshape(3, 2)
    return {order: (float(a), float(b)) for order, (a, b) in zip(ORDERS, changes, strict=True)}


def _drifts(rule: Rule, order: str) -> tuple[float, float]:
    """Change per second of both synapses; a rule on rates sees no order."""
    a, b = (0.0 if order == "B_alone" else FIRING), (0.0 if order == "A_alone" else FIRING)
    return float(rates.drift(rule, a, b, W_START)), float(rates.drift(rule, b, a, W_START))


METHOD = (
    "Brian2: two leaky integrate-and-fire neurons with plastic synapses both ways, made to fire once by pulses of "
    f"current, {LAG * 1e3:g} ms apart when both fire; the rules of the lecture on the spikes they fired. Rules on "
    f"rates: a neuron that fires does so at {FIRING:g} Hz, the change is per second"
)


def answer(study: MutualStudy) -> Answer:
    """Which reading and which rules give the printed answer."""
    measurements, readings = {}, {}
    for rule, by_order in study.changes.items():
        ending = "" if rule == SPIKE_RULE else f"_under_{rule}"
        for order, (dw_a, dw_b) in by_order.items():
            per_second = "" if rule in ON_SPIKES else "_per_s"
            measurements[f"dw_A_when_{order}{ending}{per_second}"] = dw_a
            measurements[f"dw_B_when_{order}{ending}{per_second}"] = dw_b
            if not (per_second and order == "B_then_A"):  # rates have no order: it would be another question
                readings[f"{order.replace('_', ' ')}, {rule}"] = {"dw_A": dw_a, "dw_B": dw_b}
    then = study.changes[SPIKE_RULE]["B_then_A"]
    spiking_rules = [by_order for rule, by_order in study.changes.items() if rule in ON_SPIKES]
    alone = max(abs(dw) for by_order in spiking_rules for order in ORDERS[1:] for dw in by_order[order])
    b_up = [rule for rule, by_order in study.changes.items() if by_order["A_alone"][1] > 0]
    printed = [reading for reading, dw in readings.items() if dw["dw_A"] < 0 < dw["dw_B"]]
    covariance = study.changes["covariance"]["B_alone"]
    gap, printed_for = f"{LAG * 1e3:g} ms", "; ".join(printed) or "no reading"
    sentence = (
        f"It depends on what 'A does not fire' means. If B fires and A follows {gap} later, pair STDP changes "
        f"synapse A by {then[0]:+.5f} and synapse B by {then[1]:+.5f}. If B or A fires alone, the largest change of "
        f"any rule on spikes is {alone:g}; the covariance rule then changes A by {covariance[0]:+.3f} and B by "
        f"{covariance[1]:+.3f} a second. The printed answer comes out for: {printed_for}. Synapse B strengthens when "
        f"A alone fires under: {', '.join(b_up) or 'no rule of the catalogue'}."
    )
    checks = [
        Check(f"dw of synapse {synapse}, {order.replace('_', ' ')}, {rule}", found, confirmed, "the exact engine")
        for rule, by_order in study.exact.items()
        for order in ORDERS
        for synapse, found, confirmed in zip("AB", study.changes[rule][order], by_order[order], strict=True)
    ]
    then_a, then_b = (ltr(f"{dw:+.5f}") for dw in then)
    covariance_a, covariance_b = (ltr(f"{dw:+.3f}") for dw in covariance)
    sentence_he = (
        f"זה תלוי במובן של 'A אינו יורה'. אם B יורה ו-A אחריו כעבור {gap}, כלל STDP של זוגות משנה את סינפסה A "
        f"ב-{then_a} ואת סינפסה B ב-{then_b}. אם B או A יורה לבדו, השינוי הגדול ביותר בכל "
        f"הכללים של דחפים הוא {alone:g}; כלל השונות המשותפת משנה אז את A ב-{covariance_a} ואת B ב-{covariance_b} "
        f"בשנייה. התשובה שבשקף מתקבלת עבור: {_printed_he(printed)}. סינפסה B מתחזקת כש-A לבדו יורה לפי: "
        f"{', '.join(b_up) or 'אף כלל בקטלוג'}."
    )
    return Answer(sentence, measurements, METHOD, checks, readings, sentence_he)


def _printed_he(readings: list[str]) -> str:
    """The readings that give the printed answer; names of rules stay as they are."""
    orders = {"B then A": "B ואז A", "B alone": "B לבדו", "A alone": "A לבדו"}
    named = (reading.split(", ") for reading in readings)
    return "; ".join(f"{orders[order]}, {rule}" for order, rule in named) or "אף קריאה"


SOLUTIONS = {"mutual-pair": Solution(study, answer, simulates=True)}
