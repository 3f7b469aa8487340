"""The squared error of one sigmoid with one weight: two valleys. Cross entropy on the same examples: one.

Both losses are known for every weight, so their minima can be located, not merely met by some descent.
"""

from dataclasses import dataclass

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import SIGMOID
from plasticity.artificial.descent import Descent
from plasticity.artificial.examples import Examples
from plasticity.artificial.learning import gradient_descent
from plasticity.artificial.losses import CROSS_ENTROPY, MSE, Loss, value_and_gradient
from plasticity.quiz.formulas import listed, ltr, slope
from plasticity.quiz.old.record import Answer, Check, Solution

# The large input fits best with w just below 0, the three others well above it; the smallest keeps w finite.
INPUTS, TARGETS = (1.0, 2.0, 3.0, 4.0, 20.0), (0.0, 1.0, 1.0, 1.0, 0.0)
WEIGHTS = np.linspace(-6.0, 6.0, 2401)
STARTS = (-1.0, 1.0)
DESCENTS = {MSE: Descent(MSE, rate=0.3, n_epochs=600), CROSS_ENTROPY: Descent(CROSS_ENTROPY, rate=0.02, n_epochs=600)}


@dataclass(frozen=True)
class Landscape:
    """One loss along the weight: where its minima are and how high, its least second derivative, where descent ends."""

    minima: list[float]
    heights: list[float]
    least_curvature: float
    at: float
    ends: list[float]


def study(rng: np.random.Generator, target: str) -> dict[str, Landscape]:
    """Both losses on the same examples; nothing here is random."""
    return {loss.name: landscape(loss) for loss in DESCENTS}


def landscape(loss: Loss) -> Landscape:
    """The minima are where the slope turns from falling to rising, refined by bisection."""
    slopes = np.array([_slope(loss, w) for w in WEIGHTS])
    turns = np.flatnonzero((slopes[:-1] < 0) & (slopes[1:] >= 0))
    minima = [_bisected(loss, WEIGHTS[i], WEIGHTS[i + 1]) for i in turns]
    curvature = slope(FORMULAS[loss], WEIGHTS)
    lowest = int(np.argmin(curvature))
    ends = [_end(loss, start) for start in STARTS]
    heights = [_value_and_slope(loss, w)[0] for w in minima]
    return Landscape(minima, heights, float(curvature[lowest]), float(WEIGHTS[lowest]), ends)


def _value_and_slope(loss: Loss, w: float) -> tuple[float, float]:
    x = np.array(INPUTS)
    value, gradient = value_and_gradient(loss, SIGMOID, w * x, np.array(TARGETS))
    return value, float(gradient @ x)


def _slope(loss: Loss, w: float) -> float:
    return _value_and_slope(loss, w)[1]


def _bisected(loss: Loss, left: float, right: float) -> float:
    for _ in range(60):
        middle = 0.5 * (left + right)
        left, right = (middle, right) if _slope(loss, middle) < 0 else (left, middle)
    return float(0.5 * (left + right))


def _end(loss: Loss, start: float) -> float:
    examples = Examples(np.array(INPUTS)[:, np.newaxis], np.array(TARGETS))
    history = gradient_descent(examples, [start], activation=SIGMOID, descent=DESCENTS[loss])
    return float(history.final[0])


def _mse_slope(w: Floats) -> Floats:
    y, x = _logistic(w), np.array(INPUTS)
    return np.mean((y - TARGETS) * y * (1 - y) * x, axis=-1)


def _cross_entropy_slope(w: Floats) -> Floats:
    return np.mean((_logistic(w) - TARGETS) * np.array(INPUTS), axis=-1)


def _logistic(w: Floats) -> Floats:
    return 1.0 / (1.0 + np.exp(-np.multiply.outer(w, INPUTS)))


FORMULAS = {MSE: _mse_slope, CROSS_ENTROPY: _cross_entropy_slope}
_SHOWN = ", ".join(f"({x:g}, {t:g})" for x, t in zip(INPUTS, TARGETS, strict=True))
METHOD = (
    f"one sigmoid, one weight, examples (x, t) = {_SHOWN}; minima by bisection of the slope on {len(WEIGHTS)} weights "
    f"from {WEIGHTS[0]:g} to {WEIGHTS[-1]:g}; second derivative by a complex step; gradient descent from both sides"
)


def answer(study: dict[str, Landscape]) -> Answer:
    """Two minima and a stretch of negative curvature; neither with cross entropy."""
    found = _of("mse", study[MSE.name]) | _of("cross_entropy", study[CROSS_ENTROPY.name])
    checks = _checks(study)
    return Answer(_sentence(found), found, METHOD, checks, {"one weight": found}, _sentence_he(found))


def _of(name: str, landscape: Landscape) -> dict:
    return {
        f"{name}_n_minima": len(landscape.minima),
        f"{name}_minima": landscape.minima,
        f"{name}_at_minima": landscape.heights,
        f"{name}_least_second_derivative": landscape.least_curvature,
        f"{name}_least_second_derivative_at_w": landscape.at,
        f"{name}_descent_ends": landscape.ends,
    }


def _sentence(found: dict) -> str:
    return (
        f"On {len(INPUTS)} examples the squared error has {found['mse_n_minima']} minima, at w = "
        f"{listed(found['mse_minima'], 4)}, of height {listed(found['mse_at_minima'], 4)}; its second derivative falls "
        f"to {found['mse_least_second_derivative']:.3g} (at w = {found['mse_least_second_derivative_at_w']:.3g}), for "
        f"a saturated sigmoid bends the square down. Descent from w = {listed(STARTS)} ends at "
        f"{listed(found['mse_descent_ends'], 4)}. Cross entropy on the same examples has "
        f"{found['cross_entropy_n_minima']} minimum, at {listed(found['cross_entropy_minima'], 4)}; its second "
        f"derivative, the mean of x^2 y (1 - y), is at least {found['cross_entropy_least_second_derivative']:.2g} from "
        f"w = {WEIGHTS[0]:g} to {WEIGHTS[-1]:g}."
    )


def _sentence_he(found: dict) -> str:
    curvature = ltr(f"{found['mse_least_second_derivative']:.3g}")
    return (
        f"על {len(INPUTS)} דוגמאות יש לשגיאה הריבועית {found['mse_n_minima']} נקודות מינימום, ב-w = "
        f"{listed(found['mse_minima'], 4)}, בגובה {ltr(listed(found['mse_at_minima'], 4))}; הנגזרת השנייה שלה יורדת עד "
        f"{curvature} (ב-w = {found['mse_least_second_derivative_at_w']:.3g}), כי סיגמואיד רווי מכופף את הריבוע כלפי "
        f"מטה. ירידה מ-w = {listed(STARTS)} מסתיימת ב-w = {listed(found['mse_descent_ends'], 4)}. לאנטרופיה הצולבת על "
        f"אותן דוגמאות מספר נקודות המינימום הוא {found['cross_entropy_n_minima']}, ב-w = "
        f"{listed(found['cross_entropy_minima'], 4)}; הנגזרת השנייה שלה, הממוצע של x^2 y (1 - y), היא לפחות "
        f"{found['cross_entropy_least_second_derivative']:.2g} מ-w = {WEIGHTS[0]:g} עד w = {WEIGHTS[-1]:g}."
    )


def _checks(study: dict[str, Landscape]) -> list[Check]:
    """Each minimum by descent from its side; the curvature of cross entropy in closed form."""
    squared, entropy = study[MSE.name], study[CROSS_ENTROPY.name]
    y = _logistic(np.array(entropy.at))
    closed = float(np.mean(np.square(INPUTS) * y * (1 - y)))
    both = list(zip(("left", "right"), squared.minima, squared.ends, strict=True))
    return [
        *(Check(f"{side} minimum of the squared error", w, end, "gradient descent") for side, w, end in both),
        Check("minimum of cross entropy", entropy.minima[0], entropy.ends[0], "gradient descent"),
        Check("least second derivative of cross entropy", entropy.least_curvature, closed, "mean of x^2 y (1 - y)"),
    ]


SOLUTIONS = {"mse-not-convex": Solution(study, answer)}
