"""What no threshold unit can do: XOR, with the slide's own proof followed line by line."""

import math
from itertools import combinations

import numpy as np

from plasticity.artificial.boolean_functions import count_separable
from plasticity.artificial.certificates import Contradiction, common_point, constraint, proof
from plasticity.artificial.linear_systems import nonnegative_solution
from plasticity.artificial.separability import is_separable, separate
from plasticity.quiz.old.record import Answer, Check, Solution

POINTS, XOR = ((0, 0), (0, 1), (1, 0), (1, 1)), (0, 1, 1, 0)
Inequality = tuple[tuple[int, ...], bool]  # coefficients of w1, w2, b on the left of "> 0" (True) or ">= 0"
CHAIN: dict[str, Inequality] = {  # the proof as the slide prints it; its last two lines are to contradict each other
    "w1 + w2 <= -b": ((-1, -1, -1), False),
    "w1 > -b": ((1, 0, 1), True),
    "w2 > -b": ((0, 1, 1), True),
    "b <= 0": ((0, 0, -1), False),
    "w1 + w2 <= -2b": ((-1, -1, -2), False),
    "w1 + w2 > -2b": ((1, 1, 2), True),
}
N_UNITS = 20_000  # random units tried on XOR


def study(rng: np.random.Generator, target: str) -> np.ndarray:
    """How many of the four rows each of many random units gets right."""
    z = rng.normal(size=(N_UNITS, 2)) @ np.array(POINTS).T + rng.normal(size=(N_UNITS, 1))
    return ((z > 0) == np.array(XOR, dtype=bool)).sum(axis=1)


def derivation(step: Inequality) -> list[int]:
    """Which constraints of XOR, counted from 1, add up to the step; [] when no one or two of them do.

    Two at most, because the four together contradict each other, and from a contradiction anything follows. Adding
    gives a strict step only if one of them is strict.
    """
    wanted, is_strict = step
    for some in (*combinations(range(4), 1), *combinations(range(4), 2)):
        columns = [constraint(POINTS[i], XOR[i]) for i in some]
        # The right sides must not be negative: turn the rows where they are.
        rows = [[int(math.copysign(1, c)) * column[k] for column in columns] for k, c in enumerate(wanted)]
        multipliers, _ = nonnegative_solution(rows, [abs(c) for c in wanted])
        if multipliers and (not is_strict or any(XOR[i] for i, m in zip(some, multipliers, strict=True) if m)):
            return [i + 1 for i, m in zip(some, multipliers, strict=True) if m]
    return []


METHOD = (
    "Exact rational arithmetic: multipliers under which the four constraints add up to 0 > 0. Every line of the "
    f"slide's proof is looked for among the sums of one or two constraints. {N_UNITS} random units are tried on XOR"
)


def answer(rows_right: np.ndarray) -> Answer:
    """The certificate, and whether the printed proof holds."""
    decided = separate(POINTS, XOR)
    multipliers = list(decided.multipliers) if isinstance(decided, Contradiction) else []
    derived = {text: derivation(step) for text, step in CHAIN.items()}
    last, before = list(CHAIN.values())[-1], list(CHAIN.values())[-2]
    clash = not any(map(sum, zip(last[0], before[0], strict=True))) and (last[1] or before[1])
    without_one = [is_separable(np.delete(POINTS, i, axis=0), np.delete(XOR, i)) for i in range(4)]
    found = {
        "is_separable": not multipliers,
        "multipliers": multipliers,
        "proof": proof(decided) if isinstance(decided, Contradiction) else [],
        "constraints_needed": sum(map(bool, multipliers)),
        "separable_without_point": without_one,
        "printed_steps": list(CHAIN),
        "constraints_behind_the_steps": list(derived.values()),
        "printed_steps_that_follow": sum(map(bool, derived.values())),
        "last_steps_contradict": clash,
        "most_rows_right": int(rows_right.max()),
        "share_of_units_with_most_rows_right": float(np.mean(rows_right == rows_right.max())),
    }
    sentences = _sentences(found, derived)
    checks = [
        Check(
            "constraints met at once, at most", int(rows_right.max()), 3, f"{N_UNITS} random units; theory: all but one"
        ),
        Check("separable functions of two inputs", count_separable(2), 14, "known: all 16 but XOR and XNOR"),
    ]
    if isinstance(decided, Contradiction):
        middle = [float(x) for x in common_point(decided)]
        checks.append(
            Check("where the two diagonals cross", middle[0], 0.5, "the middle of the square, among both classes")
        )
    return Answer(sentences[0], found, METHOD, checks, {"four constraints": found}, sentences[1])


def _sentences(found: dict, derived: dict[str, list[int]]) -> tuple[str, str]:
    steps = "; ".join(
        f"{text} from {' and '.join(f'({n})' for n in used) or 'nothing'}" for text, used in derived.items()
    )
    steps_he = "; ".join(f"{text} [{', '.join(map(str, used)) or 'לא נובע'}]" for text, used in derived.items())
    times = ", ".join(map(str, found["multipliers"])) or "none"
    needed = sum(found["separable_without_point"])
    clash = ("contradict", "סותרות") if found["last_steps_contradict"] else ("do not contradict", "אינן סותרות")
    english = (
        f"The constraints (1) at 00 to (4) at 11, multiplied by {times} and added, leave 0 > 0: on the left everything "
        f"cancels. Of the printed lines {found['printed_steps_that_follow']} of {len(derived)} follow: {steps}; the "
        f"last two {clash[0]} each other. Without one of the points a unit exists in {needed} of 4 cases. Of {N_UNITS} "
        f"random units the best gets {found['most_rows_right']} of 4 rows right."
    )
    hebrew = (
        f"כופלים את האילוצים, מ-1 (בנקודה 00) עד 4 (בנקודה 11), במספרים {times} ומחברים: באגף שמאל הכול מצטמצם ונשאר "
        f"0 > 0. מן השורות שבשקף נובעות {found['printed_steps_that_follow']} מתוך {len(derived)} (בסוגריים האילוצים "
        f"שמהם הן נובעות): {steps_he}; שתי האחרונות {clash[1]} זו את זו. בלי אחת הנקודות יש יחידה מפרידה "
        f"ב-{needed} מתוך 4 מקרים. מבין {N_UNITS} יחידות אקראיות הטובה ביותר צודקת ב-{found['most_rows_right']} מתוך 4 "
        "שורות."
    )
    return english, hebrew


SOLUTIONS = {"xor-inseparable": Solution(study, answer)}
