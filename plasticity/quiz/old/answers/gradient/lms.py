"""LMS against the perceptron rule: one formula, two kinds of y, on labels that no line separates.

Both rules go through the same examples in the same order, LMS at a small rate.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.examples import Examples, teacher, with_bias
from plasticity.artificial.history import History
from plasticity.artificial.learning import lms
from plasticity.artificial.perceptron import perceptron
from plasticity.artificial.separability import is_separable
from plasticity.quiz.formulas import are_same, largest_difference
from plasticity.quiz.old.record import Answer, Check, Solution

N_EACH, CENTRE, SPREAD = 20, 1.5, 2.0  # two clouds of points with whole coordinates, which overlap
RATES, N_EPOCHS = {"lms": 0.004, "perceptron": 1.0}, 120
METHOD = (
    f"two overlapping clouds of {N_EACH} points with labels 0 and 1; `artificial.learning.lms` and "
    f"`artificial.perceptron` in the same order from zero weights, {N_EPOCHS} epochs or until the weights repeat "
    "exactly"
)


@dataclass(frozen=True)
class Learned:
    """One rule: is it rate (t - y) x, and with which y; errors and movement, step by step in the last epoch."""

    rule_holds: bool
    rule_difference: float
    outputs: list[float]
    errors: list[float]
    movement: float
    final: Floats


@dataclass(frozen=True)
class LmsStudy:
    """Both rules; the perceptron's cycle; the least-squares minimum, its errors, and where LMS must come to circle."""

    lms: Learned
    perceptron: Learned
    converged: bool
    cycle: tuple[int, int] | None
    separable: bool
    minimum: Floats
    minimum_error: float
    orbit: Floats


def study(rng: np.random.Generator, target: str) -> LmsStudy:
    """Clouds that a line cannot separate (checked), and both rules on them."""
    centres = np.repeat([[-CENTRE, 0.0], [CENTRE, 0.0]], N_EACH, axis=0)
    points, labels = np.round(centres + SPREAD * rng.normal(size=centres.shape)), np.repeat([0, 1], N_EACH)
    order = rng.permutation(2 * N_EACH)
    x, t = with_bias(points[order]), labels[order]
    run = perceptron(Examples(x, t), np.zeros(3), rate=RATES["perceptron"], n_epochs=N_EPOCHS)
    history = lms(Examples(x, t), np.zeros(3), rate=RATES["lms"], n_epochs=N_EPOCHS)
    minimum = np.linalg.lstsq(x, t, rcond=None)[0]
    return LmsStudy(
        lms=_learned(history, RATES["lms"], threshold=0.5),
        perceptron=_learned(run.history, RATES["perceptron"], threshold=0.0),
        converged=run.converged,
        cycle=run.cycle,
        separable=is_separable(x[:, 1:], t),
        minimum=minimum,
        minimum_error=_error(x, t, minimum, 0.5),
        orbit=_orbit(x, t),
    )


def _learned(history: History, rate: float, threshold: float) -> Learned:
    """Each change of the weights beside rate (t - y) x, with the rule's own y."""
    x, t = history.examples.inputs, teacher(history.examples)
    shown, y = np.concatenate(history.patterns), np.concatenate(history.outputs).astype(float)
    changes, formula = np.diff(history.weights, axis=0), rate * (t[shown] - y)[:, np.newaxis] * x[shown]
    last = history.weights[-len(t) :]
    return Learned(
        rule_holds=are_same(changes, formula),
        rule_difference=largest_difference(changes, formula),
        outputs=np.unique(y).tolist(),
        errors=[_error(x, t, w, threshold) for w in last],
        movement=float(np.linalg.norm(last - last.mean(axis=0), axis=1).max()),
        final=history.final,
    )


def _error(x: Floats, t: Floats, w: Floats, threshold: float) -> float:
    """The fraction of wrong labels."""
    return float(np.mean((x @ w > threshold) != (t == 1)))


def _orbit(x: Floats, t: Floats) -> Floats:
    """The weights to which an epoch of LMS returns: the fixed point of the epoch, an affine map."""
    carried, added = np.eye(x.shape[1]), np.zeros(x.shape[1])
    for row, label in zip(x, t, strict=True):
        shrink = np.eye(row.size) - RATES["lms"] * np.outer(row, row)
        carried, added = shrink @ carried, shrink @ added + RATES["lms"] * label * row
    return np.linalg.solve(np.eye(x.shape[1]) - carried, added)


def answer(study: LmsStudy) -> Answer:
    """The same rule; one circles close to a minimum, the other for ever."""
    found: dict[str, Any] = {
        "same_formula": study.lms.rule_holds and study.perceptron.rule_holds,
        "formula_largest_difference": max(study.lms.rule_difference, study.perceptron.rule_difference),
        "n_different_outputs_lms": len(study.lms.outputs),
        "n_different_outputs_perceptron": len(study.perceptron.outputs),
        "separable": study.separable,
        "perceptron_stops": study.converged,
        "perceptron_cycle_epochs": study.cycle[1] if study.cycle else None,
        "perceptron_least_error": min(study.perceptron.errors),
        "perceptron_largest_error": max(study.perceptron.errors),
        "perceptron_movement": study.perceptron.movement,
        "lms_distance_from_minimum": float(np.linalg.norm(study.lms.final - study.minimum)),
        "distance_of_start_from_minimum": float(np.linalg.norm(study.minimum)),
        "lms_movement": study.lms.movement,
        "lms_least_error": min(study.lms.errors),
        "lms_largest_error": max(study.lms.errors),
        "minimum_error": study.minimum_error,
    }
    found["lms_distance_over_start"] = found["lms_distance_from_minimum"] / found["distance_of_start_from_minimum"]
    checks = [
        Check(f"w{i} of LMS", w, exact, "where an epoch of LMS returns to, by linear algebra")
        for i, (w, exact) in enumerate(zip(study.lms.final, study.orbit, strict=True))
    ]
    return Answer(_sentence(found), found, METHOD, checks, {"overlapping classes": found}, _sentence_he(found))


def _sentence(found: dict) -> str:
    same = "are" if found["same_formula"] else "are not"
    separable = "a" if found["separable"] else "no"
    period = found["perceptron_cycle_epochs"]
    unstopped = f"never stops (its weights repeat exactly, period in epochs: {period})" if period else "has not stopped"
    stops = "stops" if found["perceptron_stops"] else unstopped
    return (
        f"All steps of both {same} rate (t - y) x (largest difference {found['formula_largest_difference']:.1g}); LMS "
        f"answered with {found['n_different_outputs_lms']} different y, the perceptron with "
        f"{found['n_different_outputs_perceptron']}. Where {separable} line separates the classes the perceptron "
        f"{stops}: within an epoch its errors range from {found['perceptron_least_error']:.1%} to "
        f"{found['perceptron_largest_error']:.1%}, for every mistake moves it by a whole step. LMS does not rest "
        f"either, but circles within {found['lms_movement']:.3f}, at {found['lms_distance_from_minimum']:.3f} from the "
        f"one least-squares minimum, with {found['lms_least_error']:.1%} to {found['lms_largest_error']:.1%} errors "
        f"(the minimum: {found['minimum_error']:.1%})."
    )


def _sentence_he(found: dict) -> str:
    same = "הם" if found["same_formula"] else "אינם"
    separable = "יש קו מפריד" if found["separable"] else "אין קו מפריד"
    period = found["perceptron_cycle_epochs"]
    unstopped = f"אינו עוצר לעולם (משקליו חוזרים בדיוק, המחזור באפוקים: {period})" if period else "עוד לא עצר"
    stops = "עוצר" if found["perceptron_stops"] else unstopped
    return (
        f"כל הצעדים של שני הכללים {same} rate (t - y) x (ההפרש הגדול ביותר {found['formula_largest_difference']:.1g}); "
        f"LMS ענה ב-{found['n_different_outputs_lms']} ערכי y שונים, והפרספטרון "
        f"ב-{found['n_different_outputs_perceptron']}. כאשר {separable} בין המחלקות, הפרספטרון {stops}: בתוך אפוק אחד "
        f"שיעור השגיאות שלו נע בין {found['perceptron_least_error']:.1%} ל-{found['perceptron_largest_error']:.1%}, כי "
        f"כל טעות מזיזה אותו צעד שלם. גם LMS אינו נח, אבל הוא מסתובב בטווח של {found['lms_movement']:.3f}, במרחק "
        f"{found['lms_distance_from_minimum']:.3f} מהמינימום היחיד של הריבועים הפחותים, עם "
        f"{found['lms_least_error']:.1%} עד {found['lms_largest_error']:.1%} שגיאות (המינימום עצמו: "
        f"{found['minimum_error']:.1%})."
    )


SOLUTIONS = {"lms-vs-perceptron": Solution(study, answer)}
