"""Two neurons that drive each other: which kind of network it is, and what a further input does to it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import SIGMOID
from plasticity.artificial.units import Network, Unit, cycle, is_feed_forward, run
from plasticity.quiz.old.record import Answer, Check, Solution

STRENGTH = 6.0  # of the synapses; with a bias of half of it, two settled states exist where the signs allow it
BEFORE, PULSE, AFTER = 40, 10, 60  # steps
KINDS: Mapping[str, tuple[int, int, tuple[float, float]]] = {  # sign of first -> second, of second -> first; start
    "both excite": (1, 1, (0.0, 0.0)),
    "both inhibit": (-1, -1, (0.0, 1.0)),
    "one excites, one inhibits": (1, -1, (0.0, 0.0)),
    "the way back cut": (1, 0, (0.0, 0.0)),
}
CUT = "the way back cut"
KINDS_HE = dict(zip(KINDS, ("שניהם מעוררים", "שניהם מעכבים", "אחד מעורר ואחד מעכב", "החיבור חזרה נותק"), strict=True))
NEURONS = ("first", "second")


@dataclass(frozen=True)
class Driven:
    """One pair of neurons, and how far each pulse of input takes it from its course without.

    free    : the states without input, (n_steps + 1, 2)
    changes : {neuron that gets the pulse: largest change of either neuron after each step, (n_steps + 1,)}
    """

    network: Network
    start: tuple[float, float]
    free: Floats
    changes: dict[str, Floats]


def study(rng: np.random.Generator, target: str) -> dict[str, Driven]:
    """Run every kind of pair without input, with a pulse to the first, and with one to the second neuron."""
    return {name: _driven(*kind) for name, kind in KINDS.items()}


def pair(forward: int, back: int) -> Network:
    """Two sigmoid neurons, each with an input of its own; the bias makes half a partner's rate neutral."""
    read = {"input 1": 1, "second": back * STRENGTH} if back else {"input 1": 1}
    first = Unit("first", read, -back * STRENGTH / 2, SIGMOID)
    second = Unit("second", {"input 2": 1, "first": forward * STRENGTH}, -forward * STRENGTH / 2, SIGMOID)
    return Network(("input 1", "input 2"), (first, second))


def _driven(forward: int, back: int, start: tuple[float, float]) -> Driven:
    network, silence = pair(forward, back), np.zeros((BEFORE + PULSE + AFTER, 2))
    free, changes = run(network, silence, start), {}
    for column, neuron in enumerate(NEURONS):
        pulse = silence.copy()
        pulse[BEFORE : BEFORE + PULSE, column] = STRENGTH
        changes[neuron] = np.abs(run(network, pulse, start) - free).max(axis=1)
    return Driven(network, start, free, changes)


METHOD = (
    f"Two sigmoid neurons with synapses of strength {STRENGTH:g} both ways, run in steps: {BEFORE} alone, {PULSE} with "
    f"an input of {STRENGTH:g} to one of them, {AFTER} alone again; the same without the pulse. Readings: the signs of "
    "the synapses"
)


def answer(driven: Mapping[str, Driven]) -> Answer:
    """A cycle in the graph makes it recurrent; each neuron takes further input; what a loop does with it."""
    found: dict = {}
    readings = {}
    for name, case in driven.items():
        facts = {
            "is_feed_forward": is_feed_forward(case.network),
            "change_by_input_to_first": float(case.changes["first"].max()),
            "change_by_input_to_second": float(case.changes["second"].max()),
            "change_left_of_input_to_first": float(case.changes["first"][-1]),
            "change_left_of_input_to_second": float(case.changes["second"][-1]),
            "steps_between_repeats": _period(case.free),
        }
        found |= {f"{fact}_{name.replace(',', '').replace(' ', '_')}": value for fact, value in facts.items()}
        if name != CUT:
            readings[name] = facts
    found["cycle"] = list(cycle(driven["both excite"].network))
    return Answer(_sentence(driven), found, METHOD, _checks(driven), readings, _sentence_he(driven))


def _period(states: Floats) -> int:
    """After how many steps the last state has been there before; 1 is a settled state, 0 none in ten steps."""
    return next((k for k in range(1, 11) if np.abs(states[-1] - states[-1 - k]).max() < 1e-9), 0)


def _courses(driven: Mapping[str, Driven], words: Mapping[str, str], template: str) -> str:
    """For each kind of pair: largest change by a pulse to either neuron, and what is left of it at the end."""
    parts = []
    for name, word in words.items():
        case = driven[name]
        largest = [f"{case.changes[neuron].max():.2f}" for neuron in NEURONS]
        left = [f"{case.changes[neuron][-1]:.2f}" for neuron in NEURONS]
        parts.append(template.format(word, *largest, *left, _period(case.free)))
    return "; ".join(parts)


def _kinds(driven: Mapping[str, Driven], words: tuple[str, str]) -> str:
    """'recurrent', unless a pair with both synapses should not be."""
    kinds = {words[is_feed_forward(case.network)] for name, case in driven.items() if name != CUT}
    return ", ".join(sorted(kinds))


def _sentence(driven: Mapping[str, Driven]) -> str:
    template = "{0} (period {5}): {1} and {2}, left {3} and {4}"
    return (
        f"It is {_kinds(driven, ('recurrent', 'feed-forward'))}: its graph has the cycle "
        f"{' -> '.join(cycle(driven['both excite'].network))}. Both neurons take further input; a pulse to the first "
        f"and one to the second change the rates (from 0 to 1) by at most, and {AFTER} steps later still by: "
        f"{_courses(driven, {name: name for name in KINDS}, template)}. Where something is left, the pair remembers "
        "the pulse, because what each neuron does now depends on what it did itself two steps ago; cut, the pulse "
        "passes."
    )


def _sentence_he(driven: Mapping[str, Driven]) -> str:
    template = "{0} (מחזור {5}): {1} ו-{2}, נותרו {3} ו-{4}"
    return (
        f"זו רשת {_kinds(driven, ('RNN', 'feed-forward'))}: בגרף שלה יש המעגל "
        f"{' -> '.join(cycle(driven['both excite'].network))}. שני הנוירונים יכולים לקבל קלט נוסף; פולס לראשון ופולס "
        f"לשני משנים את הקצבים (שבין 0 ל-1) לכל היותר, ועדיין כעבור {AFTER} צעדים, כך: "
        f"{_courses(driven, KINDS_HE, template)}. היכן שנותר שינוי, הזוג זוכר את הפולס, כי מה שכל נוירון עושה עכשיו "
        "תלוי במה שעשה הוא עצמו לפני שני צעדים; בלי החיבור חזרה הפולס חולף."
    )


def _checks(driven: Mapping[str, Driven]) -> list[Check]:
    """The fixed point from its own equation; the states by hand; the closed walks of the graph."""
    low = _fixed_point()
    state, by_hand = [0.0, 0.0], lambda partner: 1 / (1 + math.exp(STRENGTH / 2 - STRENGTH * partner))
    for _ in range(BEFORE):
        state = [by_hand(state[1]), by_hand(state[0])]
    free = driven["both excite"].free
    walks = [int(np.trace(np.linalg.matrix_power(_connections(case.network), 2))) for case in driven.values()]
    recurrent = sum(not is_feed_forward(case.network) for case in driven.values())
    return [
        Check("settled rate, both excite", float(free[-1, 0]), low, "r = sigmoid(6 r - 3), by bisection below 1/2"),
        Check(f"rate after {BEFORE} steps, both excite", float(free[BEFORE, 0]), state[0], "by hand, in plain Python"),
        Check("recurrent pairs", recurrent, sum(walk > 0 for walk in walks), "those with closed walks of two steps"),
    ]


def _fixed_point() -> float:
    low, high = 0.0, 0.4
    for _ in range(60):
        rate = (low + high) / 2
        grows = 1 / (1 + math.exp(STRENGTH / 2 - STRENGTH * rate)) > rate
        low, high = (rate, high) if grows else (low, rate)
    return low


def _connections(network: Network) -> np.ndarray:
    return np.array([[int(source.name in unit.weights) for source in network.units] for unit in network.units])


SOLUTIONS = {"two-neuron-loop": Solution(study, answer)}
