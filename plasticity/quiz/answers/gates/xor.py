"""What no threshold unit can do: XOR, by its constraints with the slide's own proof, and as a picture."""

import math
from itertools import combinations
from typing import Any

import numpy as np

from plasticity.artificial.certificates import Separation, constraint
from plasticity.artificial.linear_systems import nonnegative_solution
from plasticity.artificial.separability import separating_unit
from plasticity.quiz.answers.gates.by_hand import written
from plasticity.quiz.record import Answer, Check, Solution
from plasticity.studies.separability import Parameters, Settled, labellings_of_lines, null_vector, study

Inequality = tuple[tuple[int, ...], bool]  # coefficients of w1, w2, b on the left of "> 0" (True) or ">= 0"
CHAIN: dict[str, Inequality] = {  # the proof as the slide prints it; its last two lines are to contradict each other
    "w1 + w2 <= -b": ((-1, -1, -1), False),
    "w1 > -b": ((1, 0, 1), True),
    "w2 > -b": ((0, 1, 1), True),
    "b <= 0": ((0, 0, -1), False),
    "w1 + w2 <= -2b": ((-1, -1, -2), False),
    "w1 + w2 > -2b": ((1, 1, 2), True),
}
ROUNDING = 1e-9  # of least squares of numbers up to 100


def derivation(step: Inequality, settled: Settled) -> list[int]:
    """Which constraints, counted from 1, add up to the step; [] when no one or two of them do.

    Two at most, because all together contradict each other, and from a contradiction anything follows. Adding
    gives a strict step only if one of them is strict.
    """
    wanted, is_strict = step
    for some in _ones_and_twos(settled):
        columns = [constraint(settled.points[i], settled.labels[i]) for i in some]
        # The right sides must not be negative: turn the rows where they are.
        rows = [[int(math.copysign(1, c)) * column[k] for column in columns] for k, c in enumerate(wanted)]
        multipliers, _ = nonnegative_solution(rows, [abs(c) for c in wanted])
        if multipliers and (not is_strict or _has_strict(some, multipliers, settled)):
            return [i + 1 for i, m in zip(some, multipliers, strict=True) if m]
    return []


def _ones_and_twos(settled: Settled) -> list[tuple[int, ...]]:
    places = range(len(settled.points))
    return [*combinations(places, 1), *combinations(places, 2)]


def _has_strict(some: tuple[int, ...], multipliers: Any, settled: Settled) -> bool:
    return any(settled.labels[i] and m for i, m in zip(some, multipliers, strict=True))


def follows(step: Inequality, settled: Settled) -> bool:
    """The same in floats: the multipliers of one or two constraints by least squares, none negative."""
    wanted, is_strict = step
    for some in _ones_and_twos(settled):
        columns = np.array([constraint(settled.points[i], settled.labels[i]) for i in some], dtype=float).T
        times = np.linalg.lstsq(columns, np.array(wanted, dtype=float), rcond=None)[0]
        times[np.abs(times) < ROUNDING] = 0.0
        is_met = np.allclose(columns @ times, wanted, rtol=0, atol=ROUNDING) and (times >= 0).all()
        if is_met and (not is_strict or _has_strict(some, times, settled)):
            return True
    return False


def by_constraints(settled: Settled) -> Answer:
    """The certificate, and whether the printed proof holds."""
    derived = {text: derivation(step, settled) for text, step in CHAIN.items()}
    (last, is_last_strict), (before, is_before_strict) = list(CHAIN.values())[-1], list(CHAIN.values())[-2]
    found: dict[str, Any] = {
        **_common(settled),
        "multipliers": list(settled.multipliers),
        "constraints_needed": sum(map(bool, settled.multipliers)),
        "separable_without_point": list(settled.without_one),
        "n_needed_points": sum(settled.without_one) if not settled.is_separable else 0,
        "steps": [{"step": text, "from": used} for text, used in derived.items()],
        "printed_steps": len(CHAIN),
        "printed_steps_that_follow": sum(map(bool, derived.values())),
        "last_steps_contradict": not any(map(sum, zip(last, before, strict=True)))
        and (is_last_strict or is_before_strict),
    }
    if set(settled.multipliers) == {1}:
        found["outcome"] = "added"
    rows = zip(settled.points, settled.labels, settled.multipliers, strict=True)
    found["rows"] = [
        {"point": _point(point), "label": label, "constraint": _constraint(point, label), "multiplier": m}
        for point, label, m in rows
    ]
    given = ("rows.label", "printed_steps", "n_points")
    return Answer(found, [*_checks(settled), *_proof_checks(settled)], {"constraints": found}, given=given)


def _common(settled: Settled) -> dict[str, Any]:
    """What both questions say of the points."""
    unit = separating_unit(settled.decided) if isinstance(settled.decided, Separation) else None
    return {
        "n_points": len(settled.points),
        "is_separable": settled.is_separable,
        "outcome": "separable" if settled.is_separable else "inseparable",
        "unit": written(unit) if unit else "",
        "labellings": 2 ** len(settled.points),
        "labellings_of_a_unit": len(settled.labellings),
        "most_rows_right": settled.most_right(settled.labellings),
    }


def _point(point: Any) -> str:
    return f"({', '.join(f'{float(x):g}' for x in point)})"


def _constraint(point: Any, label: int) -> str:
    """Such as 'w1 + b > 0'."""
    terms = [(float(x), name) for x, name in zip((*point, 1), ("w1", "w2", "b"), strict=True) if x]
    text = " ".join(f"{'-' if x < 0 else '+'} {'' if abs(x) == 1 else f'{abs(x):g} '}{name}" for x, name in terms)
    return f"{text.removeprefix('+ ')} {'>' if label else '<='} 0"


def _checks(settled: Settled) -> list[Check]:
    """A line swept across the points in every direction."""
    is_swept = bool((settled.swept == settled.labels).all(axis=1).any())
    return [
        Check("is_separable", is_swept, "sweep"),
        Check("labellings_of_a_unit", len(settled.swept), "sweep"),
        Check("most_rows_right", settled.most_right(settled.swept), "sweep"),
    ]


def _proof_checks(settled: Settled) -> list[Check]:
    """The multipliers in floats; each point without which a line separates; the printed lines by listing."""
    checks = [
        Check("printed_steps_that_follow", sum(follows(step, settled) for step in CHAIN.values()), "listed"),
        Check("n_needed_points", sum(map(bool, _needed_by_sweep(settled))), "sweep"),
    ]
    if settled.is_separable:
        return checks
    needed = np.flatnonzero(settled.multipliers)
    columns = np.array([constraint(settled.points[i], settled.labels[i]) for i in needed], dtype=float).T
    multipliers = np.zeros(len(settled.points))
    multipliers[needed] = null_vector(columns) * sum(settled.multipliers)
    return [
        *checks,
        Check("rows.multiplier", multipliers.tolist(), "null_vector", tolerance=ROUNDING),
        Check("constraints_needed", int(np.sum(multipliers > ROUNDING)), "null_vector"),
    ]


def _needed_by_sweep(settled: Settled) -> list[bool]:
    """For each point whether a line can separate the others, where it cannot separate all."""
    if settled.is_separable:
        return []
    points, labels = np.array(settled.points, dtype=float), np.array(settled.labels)
    others = [np.arange(len(labels)) != i for i in range(len(labels))]
    return [bool((labellings_of_lines(points[some]) == labels[some]).all(axis=1).any()) for some in others]


def as_a_picture(settled: Settled) -> Answer:
    """The point that lies among both classes, and what lines can do instead."""
    shares = _shares(settled)
    rows = zip(settled.points, settled.labels, shares, strict=True)
    found: dict[str, Any] = {
        **_common(settled),
        "meeting": [float(x) for x in settled.meeting],
        "meeting_point": _point(settled.meeting),
        "rows": [{"point": _point(point), "label": label, "share": share} for point, label, share in rows],
    }
    checks = _checks(settled)
    if not settled.is_separable:
        zeros = [i for i, label in enumerate(settled.labels) if not label]
        among_zeros = np.array(settled.points, dtype=float)[zeros].T @ np.array(shares)[zeros]
        checks += [
            Check("meeting", among_zeros.tolist(), "other_class", tolerance=1e-12),
            Check("rows.share", _shares_in_floats(settled), "null_vector", tolerance=ROUNDING),
        ]
    return Answer(found, checks, {"a line": found}, given=("rows.label", "labellings", "n_points"))


def _shares(settled: Settled) -> list[float]:
    """How much of its class each point has in the common point."""
    whole = [sum(m for m, label in zip(settled.multipliers, settled.labels, strict=True) if label == k) for k in (0, 1)]
    return [m / whole[label] if m else 0.0 for m, label in zip(settled.multipliers, settled.labels, strict=True)]


def _shares_in_floats(settled: Settled) -> list[float]:
    """The same from the common point alone: of the points of a class that matter, the mixture that gives it."""
    found = np.zeros(len(settled.points))
    for label in (0, 1):
        members = [i for i, m in enumerate(settled.multipliers) if m and settled.labels[i] == label]
        rows = np.vstack([np.array([settled.points[i] for i in members], dtype=float).T, np.ones(len(members))])
        found[members] = np.linalg.lstsq(rows, np.array([*map(float, settled.meeting), 1.0]), rcond=None)[0]
    return found.tolist()


SOLUTIONS = {
    "xor-inseparable": Solution(study, by_constraints, Parameters()),
    "xor-geometric": Solution(study, as_a_picture, Parameters()),
}
