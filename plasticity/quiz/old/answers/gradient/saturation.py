"""A sigmoid that is sure and wrong: how large the gradients of both losses still are, and the way back.

Through a sigmoid the gradient of the squared error carries the slope y (1 - y), which is nearly 0 where y is near 0
or 1. In the gradient of cross entropy that slope cancels against dC/dy, and y - t is left.

Whether the printed formula is that gradient depends on what is called MSE: with a 1/2 in front it is; the mean of
squares itself has a factor of 2, which the formula lost.
"""

from dataclasses import dataclass

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import SIGMOID
from plasticity.artificial.descent import Descent
from plasticity.artificial.examples import Examples
from plasticity.artificial.learning import gradient_descent
from plasticity.artificial.losses import CROSS_ENTROPY, MSE, Loss, value_and_gradient
from plasticity.quiz.formulas import are_same, largest_difference, ltr, slope
from plasticity.quiz.old.record import Answer, Check, Solution

T, RATE = 1.0, 1.0
SUMS = np.array([-10.0, -8.0, -6.0, -4.0, -2.0, 0.0])  # z of a unit whose target is 1: from sure and wrong to unsure
START, N_STEPS = -6.0, 1000  # z at the start of training on one example x = 1, t = 1; steps allowed


@dataclass(frozen=True)
class Saturation:
    """d loss / dz at SUMS for both losses when t = 1; the gradient of the squared error by the printed formula and
    by the package, for each weight; steps until the unit is right."""

    mse: Floats
    cross_entropy: Floats
    printed: Floats
    right: Floats
    steps: dict[str, int]


def study(rng: np.random.Generator, target: str) -> Saturation:
    """Gradients on the wrong side, the printed formula on random examples, and the way back by training."""
    mse, cross_entropy = (
        np.array([float(value_and_gradient(loss, SIGMOID, z, np.array(T))[1]) for z in SUMS])
        for loss in (MSE, CROSS_ENTROPY)
    )
    x, w, t = rng.normal(size=(50, 4)), rng.normal(size=4), rng.integers(0, 2, 50) * 1.0
    printed = printed_gradient(SIGMOID(x @ w), t, x)
    right = value_and_gradient(MSE, SIGMOID, x @ w, t)[1] @ x
    steps = {}
    for loss in (MSE, CROSS_ENTROPY):
        weights = _descended(loss).weights[:, 0]
        steps[loss.name] = int(np.argmax(weights > 0))
    return Saturation(mse, cross_entropy, printed, right, steps)


def printed_gradient(y: Floats, t: Floats, x: Floats) -> Floats:
    """-(1/m) sum_p y (1 - y) (t - y) x_i."""
    return -np.mean((y * (1 - y) * (t - y))[:, np.newaxis] * x, axis=0)


def _descended(loss: Loss):
    """Training on one example, x = 1, from START."""
    descent = Descent(loss, RATE, n_epochs=N_STEPS)
    return gradient_descent(Examples(np.ones((1, 1)), np.array([T])), [START], activation=SIGMOID, descent=descent)


READINGS = {"mean of (y - t)^2 / 2, as in the linear neuron": 1.0, "mean of (y - t)^2, as MSE is usually meant": 2.0}
METHOD = (
    "`artificial.losses.value_and_gradient` through a sigmoid at each z; the printed formula on random weights and "
    "examples, for the squared error with its 1/2 and, twice as large, without; training on one example"
)


def answer(study: Saturation) -> Answer:
    """The ratio of the gradients is the slope of the sigmoid."""
    readings = {reading: _measured(study, factor) for reading, factor in READINGS.items()}
    found, whole = readings.values()
    found = found | {"printed_formula_over_right_without_half": whole["printed_formula_over_right"]}
    lost = 1 / whole["printed_formula_over_right"]
    cause = f"the mean of (y - t)^2 has {lost:g} times this gradient: that factor was lost, or a 1/2 not written"
    cause_he = f"הגרדיינט של הממוצע של {ltr('(y - t)^2')} גדול פי {lost:g} מזה: הגורם אבד, או שלא נכתב לפניו 1/2"
    sentence, sentence_he = _sentence(found), _sentence_he(found)
    return Answer(sentence, found, METHOD, _checks(found), readings, sentence_he, cause, cause_he)


def _measured(study: Saturation, factor: float) -> dict:
    """For a squared error that is `factor` times the one with its half."""
    mse, right = factor * study.mse, factor * study.right
    ratio, over_right = mse / study.cross_entropy, study.printed / right
    return {
        "z": SUMS.tolist(),
        "mse_gradient": mse.tolist(),
        "cross_entropy_gradient": study.cross_entropy.tolist(),
        "mse_over_cross_entropy": ratio.tolist(),
        "mse_over_cross_entropy_saturated": float(ratio[0]),
        "cross_entropy_gradient_size_saturated": float(abs(study.cross_entropy[0])),
        "printed_formula_over_right": float(over_right[np.argmax(np.abs(over_right - 1))]),  # furthest from 1
        "printed_formula_holds": are_same(study.printed, right),
        "printed_formula_largest_difference": largest_difference(study.printed, right),
        "steps_with_mse": study.steps[MSE.name],
        "steps_with_cross_entropy": study.steps[CROSS_ENTROPY.name],
    }


def _sentence(found: dict) -> str:
    holds = "holds" if found["printed_formula_holds"] else "fails"
    return (
        f"At z = {SUMS[0]:g} with t = 1 the squared error's gradient is {found['mse_gradient'][0]:.3g}, that of cross "
        f"entropy {found['cross_entropy_gradient'][0]:.5f}. Their ratio {found['mse_over_cross_entropy'][0]:.3g} is "
        "the slope y (1 - y) of the sigmoid: the squared error multiplies by it, in cross entropy dC/dy = (y - t) / (y "
        f"(1 - y)) cancels it. The printed formula {holds} on random examples for the squared error with a 1/2 in "
        f"front (largest difference {found['printed_formula_largest_difference']:.1g}); without, it is "
        f"{found['printed_formula_over_right_without_half']:g} times the gradient. From z = {START:g} at rate {RATE:g} "
        f"the unit is right after {found['steps_with_mse']} steps with the squared error, after "
        f"{found['steps_with_cross_entropy']} with cross entropy."
    )


def _sentence_he(found: dict) -> str:
    holds = "נכונה" if found["printed_formula_holds"] else "שגויה"
    mse, cross_entropy = ltr(f"{found['mse_gradient'][0]:.3g}"), ltr(f"{found['cross_entropy_gradient'][0]:.5f}")
    return (
        f"כאשר z = {SUMS[0]:g} ו-t = 1, הגרדיינט של השגיאה הריבועית הוא {mse} ושל האנטרופיה הצולבת {cross_entropy}. "
        f"היחס ביניהם, {found['mse_over_cross_entropy'][0]:.3g}, הוא השיפוע y (1 - y) של הסיגמואיד: השגיאה הריבועית "
        f"מוכפלת בו, ובאנטרופיה הצולבת הגורם {ltr('dC/dy = (y - t) / (y (1 - y))')} מצמצם אותו. הנוסחה שבשקף {holds} "
        f"על דוגמאות אקראיות כשלפני השגיאה הריבועית עומד 1/2 (ההפרש הגדול ביותר "
        f"{found['printed_formula_largest_difference']:.1g}); בלעדיו היא פי "
        f"{found['printed_formula_over_right_without_half']:g} מן הגרדיינט. החל מ-z = "
        f"{START:g} בקצב {RATE:g} היחידה צודקת אחרי {found['steps_with_mse']} צעדים בשגיאה ריבועית, ואחרי "
        f"{found['steps_with_cross_entropy']} צעדים באנטרופיה צולבת."
    )


def _checks(found: dict) -> list[Check]:
    start, y = SUMS[0], 1.0 / (1.0 + np.exp(-SUMS[0]))
    return [
        Check("gradient of the squared error", found["mse_gradient"][0], float(slope(_squared, start)), "complex step"),
        Check(
            "gradient of cross entropy", found["cross_entropy_gradient"][0], float(slope(_cost, start)), "complex step"
        ),
        Check("ratio", found["mse_over_cross_entropy"][0], y * (1 - y), "y (1 - y)"),
        Check("steps with the squared error", found["steps_with_mse"], _continuous_steps(), "flow without steps"),
    ]


def _cost(z: Floats) -> Floats:
    return np.log(1.0 + np.exp(-z))  # -ln sigmoid(z), the cross entropy when t = 1


def _squared(z: Floats) -> Floats:
    return 0.5 * (1.0 / (1.0 + np.exp(-z)) - T) ** 2


def _continuous_steps() -> float:
    """Time from START to z = 0 of dz/dt = rate y (1 - y)^2, from its primitive in e = exp(z)."""

    def primitive(z: float) -> float:  # of (1 + e)^3 / e dz = dt, that is 1 / (y (1 - y)^2) = (1 + e)^3 / e
        return float(-np.exp(-z) + 3 * z + 3 * np.exp(z) + np.exp(2 * z) / 2)

    return (primitive(0.0) - primitive(START)) / RATE


SOLUTIONS = {"vanishing-gradient": Solution(study, answer)}
