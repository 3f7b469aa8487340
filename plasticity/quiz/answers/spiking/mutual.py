"""Two neurons that drive each other: four ways to read "fires" and "does not fire", under every rule.

Four numbers say it all: what a pair does where post fires first, where pre does, and what either does alone. When B
fires first, post is first at synapse A, and pre at synapse B.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.quiz.record import Answer, Check, Solution
from plasticity.rules import RULES
from plasticity.studies.mutual_pair import ORDERS, Parameters, Result, study

LECTURE = Parameters(n_pairs=1)
READ = ORDERS[:4]
CASES = {"post_first": (0, 0), "pre_first": (0, 1), "post_alone": (2, 0), "pre_alone": (2, 1)}  # order, synapse
NOTHING = 1e-2  # of the largest change by a rule: less counts as none, as where rules are asked for both sides
ROUNDING = 1e-12  # of weights of about 1
IN_STEPS = 0.1  # of the largest change: steps are of first order where a threshold is crossed
IN_TIME = 1e-3  # likewise: over a millisecond a drift hardly moves
TRIPLET, MINIMAL = "triplet_stdp", "triplet_all_to_all:visual_cortex_minimal"  # the same row, which names its pair term
Changes = Mapping[str, Floats]  # {rule: by order and synapse}


def answer(result: Result) -> Answer:
    """Both parts of the question under the rule that is chosen, and under all others."""
    asked = _asked(result, result.changes)
    on_rates = dict(zip(map(str, result.rules), result.on_rates.tolist(), strict=True))
    chosen = str(result.chosen[0])
    reasons = dict(zip(map(str, result.rules), map(str, result.reasons), strict=True))
    found = {
        **_measured(asked, chosen, on_rates),
        **_outcomes(asked, chosen),
        "chosen": chosen,
        "unit": "rates" if on_rates[chosen] else "spikes",
        "bound": _bound(chosen, float(result.weights[0, 0, 0])),
        "not_asked": [{"rule": rule, "reason": reason} for rule, reason in reasons.items() if reason],
    }
    readings = {
        f"{order} / {rule}": {"dw_A": float(dw[k, 0]), "dw_B": float(dw[k, 1])}
        for rule, dw in asked.items()
        for k, order in enumerate(READ)
    }
    checks = [*_of_the_chosen(result, found), *_of_every_rule(result, found)]
    return Answer(found, checks, readings, given=("n_asked",), records=tuple(asked))


def _asked(result: Result, changes: Floats) -> dict[str, Floats]:
    """The changes of every rule that has them, by order and synapse; 0 where they are none beside the others."""
    found = {}
    for rule, dw in zip(map(str, result.rules), changes[:, : len(READ)], strict=True):
        if np.isfinite(dw).all():
            found[rule] = _counted(dw)
    return found


def _counted(dw: Floats) -> Floats:
    """Changes, 0 where they are none beside the largest of them."""
    return np.where(np.abs(dw) <= NOTHING * np.abs(dw).max(), 0.0, dw)


def _measured(asked: Changes, chosen: str, on_rates: Mapping[str, bool]) -> dict[str, Any]:
    """Every change by its own name; by row of the question for the chosen rule, and by rule for all."""
    found: dict[str, Any] = {}
    for rule, dw in asked.items():
        ending = "" if rule == chosen else f"_under_{rule}" + ("_per_s" if on_rates[rule] else "")
        for k, order in enumerate(READ):
            for synapse, number in zip("AB", dw[k].tolist(), strict=True):
                found[f"dw_{synapse}_when_{order.replace(' ', '_')}{ending}"] = number
    found["rows"] = [
        {"order": order, "A": _sign(a), "dw_A": a, "B": _sign(b), "dw_B": b}
        for order, (a, b) in zip(READ, asked[chosen].tolist(), strict=True)
    ]
    found["every_rule"] = [
        {"rule": rule, "reads": "rates" if on_rates[rule] else "spikes", **_by_order(dw)} for rule, dw in asked.items()
    ]
    return found


def _by_order(dw: Floats) -> dict[str, str]:
    """The signs at both synapses for every order, say {'B_then_A_at_A': 'weakens'}."""
    return {
        f"{order.replace(' ', '_')}_at_{synapse}": _sign(number)
        for order, row in zip(READ, dw.tolist(), strict=True)
        for synapse, number in zip("AB", row, strict=True)
    }


def _outcomes(asked: Changes, chosen: str) -> dict[str, Any]:
    """What is said in words: the signs under the chosen rule, and the rules that say this or that."""
    signs = {case: _sign(float(asked[chosen][at])) for case, at in CASES.items()}
    first = {signs["post_first"], signs["pre_first"]}
    right = {order: [rule for rule, dw in asked.items() if dw[k, 0] < 0 < dw[k, 1]] for k, order in enumerate(READ)}
    alone = {
        f"{case}_{sign}": [rule for rule, dw in asked.items() if _sign(float(dw[CASES[case]])) == sign]
        for case in ("post_alone", "pre_alone")
        for sign in ("weakens", "strengthens")
    }
    triplet = float(asked[TRIPLET][CASES["pre_first"]])
    return {
        **signs,
        "outcome": "order" if len(first) == 2 else "nothing" if first == {"stays"} else "same",
        "alone": "nothing" if {signs["post_alone"], signs["pre_alone"]} == {"stays"} else "something",
        "comes_out": [order for order, rules in right.items() if chosen in rules],
        "n_right": len(right["B then A"]),
        "n_asked": len(asked),
        "right_alone": right["B alone"],
        **alone,
        "A2_plus": RULES[MINIMAL].values["A2_plus"],
        "triplet_pre_first": triplet,
        "triplet": _sign(triplet),
    }


def _bound(chosen: str, w0: float) -> str:
    """Whether the weights start at a bound of the rule, beyond which they cannot change."""
    bounds = RULES[chosen].bounds
    return "upper" if w0 >= bounds.upper else "lower" if w0 <= bounds.lower else "none"


def _sign(dw: float) -> str:
    return "weakens" if dw < 0 else "strengthens" if dw > 0 else "stays"


def _of_the_chosen(result: Result, found: Mapping[str, Any]) -> Iterator[Check]:
    """The changes under the chosen rule: from the neurons that fired, where it fits into a network, and from its
    definition or a run in time."""
    n, at = len(READ), list(result.rules).index(result.chosen[0])
    changes, confirmed = result.changes[at, :n], _counted(result.confirmed[at, :n])
    if result.in_network[0] == result.chosen[0]:
        by_neurons = _counted(result.final[:n] - result.weights[:n, :, 0])
        timing = float(np.abs(result.exact - result.asked).max())  # by which the neurons miss the lag asked for
        yield from _both("neurons", by_neurons, ROUNDING + timing)
    if np.isfinite(confirmed).all():
        largest = float(np.abs(changes).max())
        by, part = ("in_time", IN_TIME) if found["unit"] == "rates" else ("definition", 0.0)
        by, part = ("in_steps", IN_STEPS) if result.in_steps[at] else (by, part)
        yield from _both(by, confirmed, ROUNDING + part * largest)


def _both(by: str, changes: Floats, tolerance: float) -> Iterator[Check]:
    for synapse, column in zip("AB", changes.T, strict=True):
        yield Check(f"rows.dw_{synapse}", column.tolist(), by, tolerance)


def _of_every_rule(result: Result, found: Mapping[str, Any]) -> Iterator[Check]:
    """How many rules give the printed answer, counted from the second routes of those that have one."""
    confirmed = _asked(result, result.confirmed)
    n_right = sum(bool(dw[0, 0] < 0 < dw[0, 1]) for dw in confirmed.values())
    n_open = found["n_asked"] - len(confirmed)
    values = {"n": len(confirmed), "n_open": n_open}
    yield Check("n_right", n_right, "counted", relation="at least", values=values)
    yield Check("n_right", n_right + n_open, "counted", relation="at most", values=values)


SOLUTIONS = {"mutual-pair": Solution(study, answer, LECTURE, simulates=True)}
