"""Two neurons that drive each other: which kind of network it is, and what a further input does to it."""

import math
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.units import Network, cycle, is_feed_forward
from plasticity.quiz.record import Answer, Check, Solution
from plasticity.studies.two_neuron_loop import CUT, KINDS, NEURONS, Driven, Parameters, Result, study

LAST = 10  # steps at the end: more than a turn of the pair that goes round
ROUNDING = 1e-9  # of a rate: a loop whose states repeat amplifies none


def answer(result: Result) -> Answer:
    """A cycle in the graph makes it recurrent; each neuron takes further input; what a loop does with it."""
    facts = {kind: _facts(driven) for kind, driven in result.pairs.items()}
    loops = {kind: found for kind, found in facts.items() if kind != CUT}
    way = list(cycle(result.pairs["both excite"].network))
    is_loop = not any(found["is_feed_forward"] for found in loops.values())
    found: dict[str, Any] = {
        "rows": [{"kind": kind, **row} for kind, row in facts.items()],
        "cycle": way,
        "cycle_steps": max(len(way) - 1, 0),
        "least_change": min(found[f"change_by_input_to_{neuron}"] for found in loops.values() for neuron in NEURONS),
        "n_after": result.parameters.n_after,
        "outcome": "recurrent" if is_loop else "feed-forward",
    }
    found |= {
        f"{fact}_{kind.replace(',', '').replace(' ', '_')}": value
        for kind, row in facts.items()
        for fact, value in row.items()
    }
    return Answer(found, _checks(result, found), loops, given=("n_after",))


def _facts(driven: Driven) -> dict[str, Any]:
    facts: dict[str, Any] = {"is_feed_forward": is_feed_forward(driven.network)}
    for neuron in NEURONS:
        facts[f"change_by_input_to_{neuron}"] = float(driven.changes[neuron].max())
        facts[f"change_left_of_input_to_{neuron}"] = float(driven.changes[neuron][-LAST:].max())
    return facts | {"steps_between_repeats": _period(driven.free)}


def _period(states: Floats) -> int:
    """After how many steps the last state has been there before; 1 is a settled state, 0 none in LAST steps."""
    return next((k for k in range(1, LAST + 1) if np.abs(states[-1] - states[-1 - k]).max() < 1e-9), 0)


def _checks(result: Result, found: dict[str, Any]) -> list[Check]:
    """The changes by hand; the way round by the closed walks of the graph."""
    by_hand = {neuron: [_by_hand(result.parameters, kind, neuron) for kind in KINDS] for neuron in NEURONS}
    checks = []
    for neuron, courses in by_hand.items():
        largest, left = (
            [measure(course) for course in courses] for measure in (max, lambda course: max(course[-LAST:]))
        )
        checks.append(Check(f"rows.change_by_input_to_{neuron}", largest, "by_hand", tolerance=ROUNDING))
        checks.append(Check(f"rows.change_left_of_input_to_{neuron}", left, "by_hand", tolerance=ROUNDING))
    least = min(max(course) for courses in by_hand.values() for course in courses[: list(KINDS).index(CUT)])
    closed = [_closed_walk(driven.network) for driven in result.pairs.values()]
    checks.append(Check("least_change", least, "by_hand", tolerance=ROUNDING))
    checks.append(Check("cycle_steps", closed[0], "walks"))
    checks.append(Check("rows.is_feed_forward", [steps == 0 for steps in closed], "walks"))
    return checks


def _by_hand(p: Parameters, kind: str, pulsed: str) -> list[float]:
    """The largest change of either rate after each step, from two lines of arithmetic."""
    forward, back, start = KINDS[kind]
    courses = []
    for size in (0.0, p.strength):
        first, second = start
        course = [start]
        for step in range(p.n_before + p.n_pulse + p.n_after):
            given = size if p.n_before <= step < p.n_before + p.n_pulse else 0.0
            one = back * p.strength * (second - 0.5) + (given if pulsed == "first" else 0.0)
            two = forward * p.strength * (first - 0.5) + (given if pulsed == "second" else 0.0)
            first, second = 1 / (1 + math.exp(-one)), 1 / (1 + math.exp(-two))
            course.append((first, second))
        courses.append(course)
    return [max(abs(a - c), abs(b - d)) for (a, b), (c, d) in zip(*courses, strict=True)]


def _closed_walk(network: Network) -> int:
    """The fewest steps that lead from a unit back to itself, by powers of the matrix of connections; 0 for none."""
    connected = np.array([[int(source.name in unit.weights) for source in network.units] for unit in network.units])
    walks = (np.trace(np.linalg.matrix_power(connected, k)) for k in range(1, len(connected) + 1))
    return next((k for k, n in enumerate(walks, start=1) if n), 0)


SOLUTIONS = {"two-neuron-loop": Solution(study, answer, Parameters())}
