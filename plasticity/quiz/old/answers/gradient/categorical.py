"""Categorical cross entropy: which outputs count, and in which sense it is cross entropy for two categories."""

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import SIGMOID
from plasticity.artificial.losses import (
    CATEGORICAL_CROSS_ENTROPY,
    CROSS_ENTROPY,
    MULTICLASS_CROSS_ENTROPY,
    SOFTMAX,
    value_and_gradient,
)
from plasticity.quiz.formulas import are_same, largest_difference, ltr
from plasticity.quiz.old.record import Answer, Check, Solution

N, N_UNITS = 200, 4
METHOD = f"{N} random outputs and one-hot targets; `artificial.losses` for the means and the gradients"


def study(rng: np.random.Generator, target: str) -> dict:
    """Change the outputs of wrong categories; compare one output y with the pair (y, 1 - y)."""
    one_hot = np.eye(N_UNITS)[rng.integers(0, N_UNITS, N)]
    some, other = rng.uniform(0.05, 0.95, (2, N, N_UNITS))
    changed = np.where(one_hot == 1, some, other)
    y, t = rng.uniform(0.05, 0.95, N), rng.integers(0, 2, N).astype(float)
    pairs, labels = np.stack([y, 1 - y], axis=1), np.stack([t, 1 - t], axis=1)
    single = -t * np.log(y) - (1 - t) * np.log(1 - y)
    categorical = CATEGORICAL_CROSS_ENTROPY.value(pairs, labels)
    return {
        "effect_of_other_outputs": largest_difference(_cost(some, one_hot), _cost(changed, one_hot)),
        "binary_same": are_same(_cost(pairs, labels), single),
        "binary_largest_difference": largest_difference(_cost(pairs, labels), single),
        "categorical_mean_of_pairs": categorical,
        "cross_entropy_mean": CROSS_ENTROPY.value(y, t),
        "step_of_two_softmax_units_over_one_sigmoid": _step_ratio(rng.normal(size=(N, 2)), labels),
        "multiclass_over_categorical_of_pairs": MULTICLASS_CROSS_ENTROPY.value(pairs, labels) / categorical,
    }


def _cost(y: Floats, t: Floats) -> Floats:
    return -np.sum(t * np.log(y), axis=-1)


def _step_ratio(z: Floats, labels: Floats) -> float:
    """How much further a step moves the difference of two softmax units than the z of the one sigmoid they equal."""
    pair = value_and_gradient(CATEGORICAL_CROSS_ENTROPY, SOFTMAX, z, labels)[1]
    single = value_and_gradient(CROSS_ENTROPY, SIGMOID, z[:, 0] - z[:, 1], labels[:, 0])[1]
    return float(np.mean((pair[:, 0] - pair[:, 1]) / single))


def answer(found: dict) -> Answer:
    """The same number in the binary case; the steps differ all the same."""
    check = Check(
        "mean categorical cross entropy of the pairs",
        found["categorical_mean_of_pairs"],
        found["cross_entropy_mean"],
        "cross entropy of y alone",
    )
    readings = {"one sigmoid y against the pair (y, 1 - y)": found}
    return Answer(_sentence(found), found, METHOD, [check], readings, _sentence_he(found))


def _sentence(found: dict) -> str:
    same = "is the same number" if found["binary_same"] else "is another number"
    return (
        "Changing the outputs of the wrong categories changes the loss by at most "
        f"{found['effect_of_other_outputs']:g}, since t_i = 0 removes their terms. For two categories with outputs y "
        f"and 1 - y, CCE {same} as CE (largest difference {found['binary_largest_difference']:.1g}). But both softmax "
        "units take a step, so that the difference of their z moves "
        f"{found['step_of_two_softmax_units_over_one_sigmoid']:.3g} times as far as the z of one sigmoid; and the "
        f"multi-class loss of the pair is {found['multiclass_over_categorical_of_pairs']:.3g} times CCE."
    )


def _sentence_he(found: dict) -> str:
    same = "אותו מספר" if found["binary_same"] else "מספר אחר"
    return (
        f"שינוי הפלטים של הקטגוריות השגויות משנה את העלות ב-{found['effect_of_other_outputs']:g} לכל היותר, כי t_i = 0 "
        f"מבטל את האיברים שלהן. בשתי קטגוריות שפלטיהן y ו-{ltr('1 - y')}, העלות CCE היא {same} כמו CE (ההפרש הגדול "
        f"ביותר {found['binary_largest_difference']:.1g}). אבל שתי יחידות ה-softmax זזות בצעד, ולכן ההפרש בין ערכי z "
        f"שלהן זז פי {found['step_of_two_softmax_units_over_one_sigmoid']:.3g} מ-z של סיגמואיד יחיד; והעלות "
        f"הרב-מחלקתית של הזוג היא פי {found['multiclass_over_categorical_of_pairs']:.3g} מ-CCE."
    )


SOLUTIONS = {"categorical-cross-entropy": Solution(study, answer)}
