"""How many points it takes before some labelling is beyond a threshold unit, in each reading of the question."""

import math
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

from plasticity.artificial.certificates import Contradiction
from plasticity.artificial.linear_systems import rank
from plasticity.artificial.separability import is_separable, smallest_inseparable
from plasticity.quiz.old.answers.gates.by_hand import bits
from plasticity.quiz.old.record import Answer, Check, Solution

SQUARE = ((0, 0), (0, 1), (1, 0), (1, 1))


@dataclass(frozen=True)
class SmallestSets:
    """The smallest sets that some labelling makes inseparable, by what is asked of their points; one set of each size.

    general, different, repeated : no three points on a line; no point twice; nothing
    largest_rank                 : the most linearly independent vectors (x1, x2, 1) among 4 points of the grid
    separable_labellings         : of 3 independent vectors, of 8
    on_four_points               : of 4 points in general position, of 16
    """

    general: Contradiction
    different: Contradiction
    repeated: Contradiction
    largest_rank: int
    separable_labellings: int
    on_four_points: int


def study(rng: np.random.Generator, target: str) -> SmallestSets:
    """Search the sets in order of size; nothing is random here."""
    repeated, different, general = (smallest_inseparable(2, independence) for independence in (1, 2, 3))
    grid = list(product(range(3), repeat=2))
    largest = max(rank([(*point, 1) for point in some]) for some in combinations(grid, 4))
    counts = [
        sum(is_separable(points, labels) for labels in product((0, 1), repeat=len(points)))
        for points in (SQUARE[:3], SQUARE)
    ]
    return SmallestSets(general, different, repeated, largest, *counts)


METHOD = (
    "Search over point sets in order of size and over all their labellings, each decided exactly. Readings of "
    "'linearly independent vectors': every three of the vectors (x1, x2, 1) are independent (no three points on a "
    "line); every two (no point twice); every one (a point may come twice); all of them together"
)


def answer(sets: SmallestSets) -> Answer:
    """How many points it takes, in each reading."""
    sizes = {name: len(getattr(sets, name).points) for name in ("general", "different", "repeated")}
    literal = "none" if sets.separable_labellings == 8 and sets.largest_rank == 3 else "unknown"
    found = {
        "minimum_general_position": sizes["general"],
        "minimum_any": sizes["different"],
        "minimum_with_a_point_twice": sizes["repeated"],
        "minimum_all_independent": literal,
        "largest_number_of_independent_vectors": sets.largest_rank,
        "separable_labellings_of_3_independent": sets.separable_labellings,
        "separable_labellings_of_4_in_general_position": sets.on_four_points,
    }
    readings = {
        "every three independent: no three points on a line": {"minimum": float(sizes["general"])},
        "every two independent: no point twice": {"minimum": float(sizes["different"])},
        "every one independent: a point may come twice": {"minimum": float(sizes["repeated"])},
        "all independent together: no such set": {"minimum": math.inf},
    }
    checks = [
        Check(
            "separable labellings of 4 points", sets.on_four_points, 2 * (1 + 3 + 3), "Cover: 2 sum of C(3, k), k to 2"
        ),
        Check(
            "separable labellings of 3 points", sets.separable_labellings, 2 * (1 + 2 + 1), "Cover: 2 sum of C(2, k)"
        ),
        Check("smallest set in general position", sizes["general"], 2 + 2, "VC dimension of a unit with 2 inputs is 3"),
    ]
    sentences, causes = _sentences(sets, found), _causes(sets)
    return Answer(sentences[0], found, METHOD, checks, readings, sentences[1], *causes)


def _shown(contradiction: Contradiction) -> str:
    """The points, such as '00, 01, 11'."""
    return ", ".join(bits([int(x) for x in point]) for point in contradiction.points)


def _sentences(sets: SmallestSets, found: dict) -> tuple[str, str]:
    n, m, k = (found[name] for name in list(found)[:3])
    english = (
        f"If no three points may lie on a line: {n}, such as {_shown(sets.general)} labelled "
        f"{bits(sets.general.labels)}. Of points that are merely different, {m} suffice, such as "
        f"{_shown(sets.different)} labelled {bits(sets.different.labels)}; with one point twice, {k}. Taken literally "
        f"no set would do: the vectors (x1, x2, 1) have 3 entries, so at most {sets.largest_rank} are linearly "
        f"independent, and of the 8 labellings of 3 independent ones a unit does {sets.separable_labellings}, because "
        f"3 equations in 3 weights have a solution; of the 16 of 4 points it does {sets.on_four_points}. What is meant "
        "is 'every three independent'."
    )
    hebrew = (
        f"אם אסור ששלוש נקודות יהיו על ישר אחד, דרושות {n}, למשל {_shown(sets.general)} בסימון "
        f"{bits(sets.general.labels)}. אם די שהנקודות שונות, מספיקות {m}: על ישר אחד, למשל {_shown(sets.different)} "
        f"בסימון {bits(sets.different.labels)}; ואם נקודה אחת יכולה להופיע פעמיים, {k}. כפשוטו אין קבוצה כזאת: "
        f"לווקטורים (x1, x2, 1) יש 3 רכיבים, ולכן לכל היותר {sets.largest_rank} מהם בלתי תלויים לינארית, ומתוך 8 "
        f"הסימונים של 3 כאלה יחידה אחת מבצעת {sets.separable_labellings}, כי ל-3 משוואות ב-3 משקלים יש פתרון; מתוך 16 "
        f"הסימונים של 4 נקודות היא מבצעת {sets.on_four_points}. הכוונה היא שכל שלושה וקטורים בלתי תלויים."
    )
    return english, hebrew


def _causes(sets: SmallestSets) -> tuple[str, str]:
    n, m, most = len(sets.general.points), len(sets.different.points), sets.largest_rank
    english = (
        f"{n} holds if no three points lie on a line; on a line {m} suffice, and of vectors with 3 entries at most "
        f"{most} are linearly independent, so the question asks for what does not exist"
    )
    hebrew = (
        f"התשובה {n} נכונה אם אין שלוש נקודות על ישר אחד; על ישר אחד מספיקות {m}, ומבין וקטורים בני 3 רכיבים לכל "
        f"היותר {most} בלתי תלויים לינארית, כך שהשאלה מבקשת דבר שאינו קיים"
    )
    return english, hebrew


SOLUTIONS = {"points-inseparable": Solution(study, answer)}
