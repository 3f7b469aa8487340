"""The loss of several units that decide independently: does the sum, with its minus, cover both terms?

Such a loss is the negative log of the probability of the targets, and can be checked against that probability.
"""

from dataclasses import dataclass

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.losses import MULTICLASS_CROSS_ENTROPY
from plasticity.quiz.formulas import are_same, largest_difference, ltr
from plasticity.quiz.old.record import Answer, Check, Solution

N, N_UNITS = 200, 4
SURE = 0.99  # the output of a unit whose target is 0


def both_under_the_sum(y: Floats, t: Floats) -> Floats:
    """-sum_i (t_i ln y_i + (1 - t_i) ln(1 - y_i)) for each pattern."""
    return -np.sum(t * np.log(y) + (1 - t) * np.log(1 - y), axis=-1)


def sum_ends_early(y: Floats, t: Floats) -> Floats:
    """(-sum_i t_i ln y_i) + (1 - t_i) ln(1 - y_i), the second term taken for each i in turn: no bracket, no minus."""
    return -np.sum(t * np.log(y), axis=-1) + np.sum((1 - t) * np.log(1 - y), axis=-1)


BRACKETED, AS_PRINTED = "bracket over both terms", "as printed, without the bracket"
READINGS = {BRACKETED: both_under_the_sum, AS_PRINTED: sum_ends_early}
METHOD = f"both readings of the formula on {N} random outputs and targets of {N_UNITS} units; `artificial.losses`"


@dataclass(frozen=True)
class MulticlassStudy:
    """Measurements by reading; our own loss, and the mean of -ln of the probability of the targets."""

    readings: dict[str, dict]
    ours: float
    surprise: float


def study(rng: np.random.Generator, target: str) -> MulticlassStudy:
    """Random outputs of units that decide independently, and random targets."""
    y, t = rng.uniform(0.05, 0.95, (N, N_UNITS)), rng.integers(0, 2, (N, N_UNITS)).astype(float)
    surprise = -np.log(np.prod(np.where(t == 1, y, 1 - y), axis=-1))
    readings = {
        reading: {
            "is_negative_log_likelihood": are_same(formula(y, t), surprise),
            "largest_difference": largest_difference(formula(y, t), surprise),
            "cost_of_sure_wrong_unit": float(formula(np.array([SURE]), np.zeros(1))),
            "cost_of_sure_right_unit": float(formula(np.array([1 - SURE]), np.zeros(1))),
        }
        for reading, formula in READINGS.items()
    }
    return MulticlassStudy(readings, MULTICLASS_CROSS_ENTROPY.value(y, t), float(surprise.mean()))


def answer(study: MulticlassStudy) -> Answer:
    """With the bracket a likelihood; without it a loss that rewards being wrong."""
    printed = {f"{name}_as_printed": value for name, value in study.readings[AS_PRINTED].items()}
    found = study.readings[BRACKETED] | printed
    check = Check("mean over the set", study.ours, study.surprise, "-ln of the product of the probabilities")
    cause = "the bracket after the sum is missing, so that its minus reaches only the first term"
    cause_he = "חסרים הסוגריים שאחרי הסכום, ולכן המינוס חל רק על האיבר הראשון"
    return Answer(_sentence(found), found, METHOD, [check], study.readings, _sentence_he(found), cause, cause_he)


def _sentence(found: dict) -> str:
    bracketed = "is" if found["is_negative_log_likelihood"] else "is not"
    printed = "is" if found["is_negative_log_likelihood_as_printed"] else "is not"
    return (
        f"With a bracket over both terms the formula {bracketed} the negative log probability of the targets of "
        f"independent units (largest difference {found['largest_difference']:.1g}); as printed it {printed} (off by up "
        f"to {found['largest_difference_as_printed']:.3g}). For a unit with target 0, being sure and wrong (y = "
        f"{SURE:g}) costs {found['cost_of_sure_wrong_unit']:.3g} and being sure and right "
        f"{found['cost_of_sure_right_unit']:.3g} with the bracket, {found['cost_of_sure_wrong_unit_as_printed']:.3g} "
        f"and {found['cost_of_sure_right_unit_as_printed']:.3g} as printed: descent goes where the cost is lower."
    )


def _sentence_he(found: dict) -> str:
    bracketed = "היא" if found["is_negative_log_likelihood"] else "אינה"
    printed = "היא כזאת" if found["is_negative_log_likelihood_as_printed"] else "אינה כזאת"
    wrong, right = (ltr(f"{found[f'cost_of_sure_{how}_unit_as_printed']:.3g}") for how in ("wrong", "right"))
    return (
        f"עם סוגריים סביב שני האיברים הנוסחה {bracketed} מינוס לוג ההסתברות של המטרות ביחידות בלתי תלויות (ההפרש הגדול "
        f"ביותר {found['largest_difference']:.1g}); כפי שנכתבה בשקף {printed} (הפרש של עד "
        f"{found['largest_difference_as_printed']:.3g}). ביחידה שהמטרה שלה 0, ביטחון בטעות (y = {SURE:g}) עולה "
        f"{found['cost_of_sure_wrong_unit']:.3g} וביטחון בתשובה הנכונה עולה {found['cost_of_sure_right_unit']:.3g} "
        f"כשיש סוגריים, ו-{wrong} לעומת {right} בנוסח השקף: הירידה הולכת אל העלות הנמוכה."
    )


SOLUTIONS = {"multiclass-cross-entropy": Solution(study, answer)}
