"""Gradient descent with many weights: the bowl of a linear neuron, its valley, and a loss that is not convex.

The bowl has one minimum where the inputs are independent. With fewer examples than weights it is a valley: every point
of its floor is a minimum, and where descent ends depends on the start. The loss that is not convex is a sum over the
weights of (w^2 - 1)^2 / 4 + w / 10, two wells for each weight.
"""

from dataclasses import dataclass

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import LINEAR
from plasticity.artificial.descent import Descent, descend
from plasticity.artificial.examples import Examples
from plasticity.artificial.learning import gradient_descent, largest_stable_rate
from plasticity.quiz.formulas import ltr
from plasticity.quiz.old.record import Answer, Check, Solution

N_WEIGHTS, N_ENOUGH, N_TOO_FEW, N_STARTS = 20, 100, 10, 8
N_WELLS, TILT = 50, 0.1
ENOUGH, TOO_FEW = "more examples than weights, inputs independent", "fewer examples than weights"
BOWLS = {ENOUGH: N_ENOUGH, TOO_FEW: N_TOO_FEW}
STEPS = Descent(rate=0.2, n_epochs=400)
METHOD = (
    f"a linear neuron with {N_WEIGHTS} weights on {N_ENOUGH} and on {N_TOO_FEW} random examples, and a sum of two "
    f"wells for each of {N_WELLS} weights; gradient descent from {N_STARTS} random starts, {STEPS.n_epochs} steps"
)


@dataclass(frozen=True)
class Bowl:
    """The least second derivative; how far ends lie apart and from the least-squares solution; the largest end loss."""

    least_curvature: float
    spread: float
    distance: float
    loss: float


@dataclass(frozen=True)
class Wells:
    """Descent of the loss that is not convex: slope and second derivative at the ends, losses, weights that crossed."""

    slope_left: float
    least_curvature: float
    ever_rose: bool
    start_losses: Floats
    end_losses: Floats
    lowest: float
    n_crossed: int


@dataclass(frozen=True)
class BowlStudy:
    """Both bowls, and the wells."""

    bowls: dict[str, Bowl]
    wells: Wells


def study(rng: np.random.Generator, target: str) -> BowlStudy:
    """All starts together: a layer of units is one unit from several starts."""
    return BowlStudy({reading: _bowl(n, rng) for reading, n in BOWLS.items()}, _wells(rng))


def _bowl(n: int, rng: np.random.Generator) -> Bowl:
    inputs, targets = rng.normal(size=(n, N_WEIGHTS)), rng.normal(size=n)
    starts = rng.normal(size=(N_STARTS, N_WEIGHTS))
    examples = Examples(inputs, np.repeat(targets[:, np.newaxis], N_STARTS, axis=1))
    descent = Descent(rate=0.9 * largest_stable_rate(inputs), n_epochs=STEPS.n_epochs)
    ends = gradient_descent(examples, starts, activation=LINEAR, descent=descent).final
    solution = np.linalg.lstsq(inputs, targets, rcond=None)[0]
    return Bowl(
        least_curvature=float(np.linalg.eigvalsh(inputs.T @ inputs / n)[0]),
        spread=float(np.linalg.norm(ends - ends[0], axis=1).max()),
        distance=float(np.linalg.norm(ends - solution, axis=1).max()),
        loss=float(0.5 * np.mean((inputs @ ends.T - targets[:, np.newaxis]) ** 2, axis=0).max()),
    )


def _wells(rng: np.random.Generator) -> Wells:
    start = rng.uniform(-1.5, 1.5, (N_STARTS, N_WELLS))

    def objective(weights: tuple[Floats], patterns: Floats) -> tuple[float, tuple[Floats]]:
        return float(_height(weights[0]).sum()), (_slope(weights[0]),)

    steps = list(descend((start,), objective, 1, descent=STEPS))
    (end,) = steps[-1].weights
    deepest, hilltop, _ = sorted(np.roots([1.0, 0.0, -1.0, TILT]).real)
    return Wells(
        slope_left=float(np.abs(_slope(end)).max()),
        least_curvature=float((3 * end**2 - 1).min()),
        ever_rose=bool(np.any(np.diff([step.loss for step in steps]) > 1e-9)),
        start_losses=_height(start).sum(axis=1),
        end_losses=_height(end).sum(axis=1),
        lowest=float(N_WELLS * _height(deepest)),
        n_crossed=int(np.sum((start > hilltop) != (end > hilltop))),
    )


def _height(w: Floats) -> Floats:
    return (w**2 - 1) ** 2 / 4 + TILT * w


def _slope(w: Floats) -> Floats:
    return w**3 - w + TILT


def answer(study: BowlStudy) -> Answer:
    """A bowl, or a valley; and descent works without either, at a price."""
    wells = study.wells
    rough = {
        "nonconvex_ends_in_a_minimum": wells.slope_left < 1e-9 and wells.least_curvature > 0 and not wells.ever_rose,
        "nonconvex_slope_left": wells.slope_left,
        "nonconvex_loss_start": float(wells.start_losses.mean()),
        "nonconvex_loss_end": float(wells.end_losses.mean()),
        "nonconvex_loss_lowest": wells.lowest,
        "nonconvex_starts_that_reach_the_lowest": int(np.sum(wells.end_losses < wells.lowest + 1e-6)),
        "nonconvex_weights_that_cross_the_hill": wells.n_crossed,
        "n_starts": N_STARTS,
    }
    readings = {reading: _bowl_measurements(bowl) | rough for reading, bowl in study.bowls.items()}
    valley = {
        f"{name}_with_too_few_examples": value for name, value in _bowl_measurements(study.bowls[TOO_FEW]).items()
    }
    found = readings[ENOUGH] | valley
    bowl = study.bowls[ENOUGH]
    checks = [
        Check("distance of the ends from the solution", bowl.distance, 0.0, "least squares, `numpy.linalg.lstsq`"),
        Check(
            "lowest loss of all wells",
            wells.lowest,
            N_WELLS * _scanned_minimum(),
            f"a scan of one well, {N_WELLS} times",
        ),
    ]
    cause = "one minimum needs as many independent examples as weights"
    cause_he = "מינימום יחיד דורש דוגמאות בלתי תלויות כמספר המשקלים"
    return Answer(_sentence(found), found, METHOD, checks, readings, _sentence_he(found), cause, cause_he)


def _bowl_measurements(bowl: Bowl) -> dict:
    return {
        "one_minimum": bowl.spread < 1e-6,
        "distance_between_ends": bowl.spread,
        "least_second_derivative": bowl.least_curvature,
        "largest_loss_at_ends": bowl.loss,
    }


def _scanned_minimum() -> float:
    return float(_height(np.linspace(-1.2, 1.2, 240_001)).min())


def _sentence(found: dict) -> str:
    works = "always ends in a minimum" if found["nonconvex_ends_in_a_minimum"] else "does not always end in a minimum"
    return (
        f"With {N_ENOUGH} examples for {N_WEIGHTS} weights the bowl curves up in every direction (least second "
        f"derivative {found['least_second_derivative']:.3f}), and {N_STARTS} starts end within "
        f"{found['distance_between_ends']:.1g} of each other. With {N_TOO_FEW} examples some directions are flat "
        f"({abs(found['least_second_derivative_with_too_few_examples']):.1g}): the ends lie up to "
        f"{found['distance_between_ends_with_too_few_examples']:.2f} apart, all with loss "
        f"{found['largest_loss_at_ends_with_too_few_examples']:.1g}; a valley, not a bowl. On the loss with two wells "
        f"for each of {N_WELLS} weights descent {works} and the loss falls from {found['nonconvex_loss_start']:.2f} to "
        f"{found['nonconvex_loss_end']:.2f} on average, but {found['nonconvex_starts_that_reach_the_lowest']} of "
        f"{N_STARTS} starts reach the lowest, {found['nonconvex_loss_lowest']:.2f}, and "
        f"{found['nonconvex_weights_that_cross_the_hill']} of {N_STARTS * N_WELLS} weights leave the well they start "
        "in."
    )


def _sentence_he(found: dict) -> str:
    works = "מסתיימת תמיד במינימום" if found["nonconvex_ends_in_a_minimum"] else "לא תמיד מסתיימת במינימום"
    end, lowest = (ltr(f"{found[f'nonconvex_loss_{name}']:.2f}") for name in ("end", "lowest"))
    return (
        f"עם {N_ENOUGH} דוגמאות ל-{N_WEIGHTS} משקלים הקערה מתעקלת כלפי מעלה בכל כיוון (הנגזרת השנייה הקטנה ביותר "
        f"{found['least_second_derivative']:.3f}), ו-{N_STARTS} נקודות התחלה מגיעות לאותו מקום, בהפרש של "
        f"{found['distance_between_ends']:.1g} לכל היותר. עם {N_TOO_FEW} דוגמאות יש כיוונים שטוחים "
        f"({abs(found['least_second_derivative_with_too_few_examples']):.1g}): נקודות הסיום רחוקות זו מזו עד "
        f"{found['distance_between_ends_with_too_few_examples']:.2f}, וכולן בעלות "
        f"{found['largest_loss_at_ends_with_too_few_examples']:.1g}; עמק, לא קערה. בפונקציה עם שתי גומות לכל אחד "
        f"מ-{N_WELLS} משקלים הירידה {works} והעלות משתנה בממוצע מ-{found['nonconvex_loss_start']:.2f} אל {end}, אבל "
        f"{found['nonconvex_starts_that_reach_the_lowest']} מתוך {N_STARTS} ההתחלות מגיעות אל הנמוכה ביותר, {lowest}, "
        f"ו-{found['nonconvex_weights_that_cross_the_hill']} מתוך {N_STARTS * N_WELLS} המשקלים עוזבים את הגומה שבה "
        "התחילו."
    )


SOLUTIONS = {"gd-general": Solution(study, answer)}
