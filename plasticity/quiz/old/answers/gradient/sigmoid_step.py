"""One on-line step of a single sigmoid by hand: do the digits rounded away on the slide matter?"""

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import SIGMOID
from plasticity.artificial.descent import Descent
from plasticity.artificial.examples import Examples
from plasticity.artificial.learning import gradient_descent
from plasticity.artificial.losses import CROSS_ENTROPY, MSE
from plasticity.quiz.formulas import slope
from plasticity.quiz.old.record import Answer, Check, Solution

X, T, W0, W1, RATE = 2.0, 1.0, 1.0, -2.0, 1.0


def study(rng: np.random.Generator, target: str) -> dict[str, float]:
    """One on-line step of cross entropy, and of the squared error for comparison."""
    found: dict[str, float] = {}
    examples = Examples(np.array([[1.0, X]]), np.array([T]))
    for loss in (CROSS_ENTROPY, MSE):
        descent = Descent(loss, RATE, batch_size=1)
        history = gradient_descent(examples, [W0, W1], activation=SIGMOID, descent=descent)
        ending = "" if loss is CROSS_ENTROPY else "_with_mse"
        y, (w0, w1) = float(history.outputs[0][0]), history.final.tolist()
        found |= {"y": y, f"dw0{ending}": w0 - W0, f"dw1{ending}": w1 - W1}
        found |= {f"w0_new{ending}": w0, f"w1_new{ending}": w1}
    return found


METHOD = "one on-line step of cross entropy in `artificial.learning.gradient_descent`; also from the rounded y"


def answer(found: dict[str, float]) -> Answer:
    """The printed figures are rounded at every line; does that matter?"""
    y = round(found["y"], 2)
    dw0, dw1 = RATE * (T - y), RATE * (T - y) * X
    carried = {"y": y, "dw0": dw0, "dw1": dw1, "w0_new": W0 + dw0, "w1_new": W1 + dw1}
    readings = {"exact": found, "y rounded to two digits first": carried}
    sentence, sentence_he = _sentence(found, carried), _sentence_he(found, carried)
    return Answer(sentence, found, METHOD, _checks(found), readings, sentence_he)


def _sentence(found: dict[str, float], carried: dict[str, float]) -> str:
    return (
        f"y = sigmoid({W1 * X + W0:g}) = {found['y']:.4f}, so dw0 = {found['dw0']:.4f} and dw1 = {found['dw1']:.4f}: "
        f"w0 = {found['w0_new']:.4f}, w1 = {found['w1_new']:.4f}. With y rounded to {carried['y']:g} first, w0 = "
        f"{carried['w0_new']:g} and w1 = {carried['w1_new']:g}. In cross entropy the step is the error times the "
        f"input; with the squared error the slope y (1 - y) would leave dw0 = {found['dw0_with_mse']:.4f}."
    )


def _sentence_he(found: dict[str, float], carried: dict[str, float]) -> str:
    return (
        f"הפלט הוא y = sigmoid({W1 * X + W0:g}) = {found['y']:.4f}, ולכן dw0 = {found['dw0']:.4f} ו-dw1 = "
        f"{found['dw1']:.4f}: מתקבל w0 = {found['w0_new']:.4f} ו-w1 = {found['w1_new']:.4f}. אם מעגלים קודם את y אל "
        f"{carried['y']:g}, מתקבל w0 = {carried['w0_new']:g} ו-w1 = {carried['w1_new']:g}. באנטרופיה צולבת הצעד הוא "
        f"השגיאה כפול הקלט; בשגיאה ריבועית השיפוע y (1 - y) היה משאיר dw0 = {found['dw0_with_mse']:.4f}."
    )


def _checks(found: dict[str, float]) -> list[Check]:
    logistic = float(1.0 / (1.0 + np.exp(-(W1 * X + W0))))
    dw1 = float(-RATE * slope(lambda w: _cost(w * X + W0), W1))
    return [
        Check("y", found["y"], logistic, "1 / (1 + exp(-z))"),
        Check("dw1", found["dw1"], dw1, "the slope of the loss, by a complex step"),
    ]


def _cost(z: Floats) -> Floats:
    return np.log(1.0 + np.exp(-z))  # -ln sigmoid(z), the cross entropy when t = 1


SOLUTIONS = {"sgd-sigmoid-step": Solution(study, answer)}
