"""A single ReLU under cross entropy: the printed gradient, the printed update, and outputs the loss cannot have.

Cross entropy takes y for a probability. A ReLU has no reason to stay below 1, and below z = 0 it says exactly 0.
"""

from dataclasses import dataclass

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import RELU, SIGMOID
from plasticity.artificial.losses import CROSS_ENTROPY, MSE, value_and_gradient
from plasticity.errors import ArgumentError
from plasticity.quiz.formulas import are_same, largest_difference, ltr, slope
from plasticity.quiz.old.record import Answer, Check, Solution

N, N_WEIGHTS, RATE = 2000, 3, 0.1
TOO_LARGE = 1.5  # an output above 1 whose target is 1


@dataclass(frozen=True)
class RectifierStudy:
    """On the examples with 0 < y < 1: dC/dw and the update, right and as printed; how many there are at all."""

    gradient: Floats
    gradient_printed: Floats
    update: Floats
    update_printed: Floats
    ratio: Floats
    by_rectified_loss: Floats
    shares: dict[str, float]
    matches_squared_sigmoid: bool


def study(rng: np.random.Generator, target: str) -> RectifierStudy:
    """Random weights of length 1 and normal inputs, so that z is normal too."""
    x, w = rng.normal(size=(N, N_WEIGHTS)), rng.normal(size=N_WEIGHTS)
    w, t = w / np.linalg.norm(w), rng.integers(0, 2, N).astype(float)
    z = x @ w
    y = RELU(z)
    defined = (y > 0) & (y < 1)
    inside, labels, ys = x[defined], t[defined], y[defined]
    slopes = slope(lambda z: -labels * np.log(z) - (1 - labels) * np.log(1 - z), z[defined])
    right = slopes[:, np.newaxis] * inside
    return RectifierStudy(
        gradient=right,
        gradient_printed=((ys - labels) / (ys * (1 - ys)))[:, np.newaxis] * inside,
        update=-RATE * right.mean(axis=0),
        update_printed=RATE * printed_update(ys, labels, inside),
        ratio=-(labels - ys) * ys * (1 - ys) / slopes,
        by_rectified_loss=-RATE * value_and_gradient(CROSS_ENTROPY, RELU, z[defined], labels)[1] @ inside,
        shares={"y_0": float(np.mean(y == 0)), "y_above_1": float(np.mean(y > 1)), "defined": float(np.mean(defined))},
        matches_squared_sigmoid=are_same(
            printed_update(SIGMOID(z), t, x), -value_and_gradient(MSE, SIGMOID, z, t)[1] @ x
        ),
    )


def printed_update(y: Floats, t: Floats, x: Floats) -> Floats:
    """1/m sum_p (t_p - y_p) y_p (1 - y_p) x_p: the printed rule at rate 1."""
    return np.mean(((t - y) * y * (1 - y))[:, np.newaxis] * x, axis=0)


METHOD = (
    f"{N} random examples, z normal with deviation 1; on those with 0 < y < 1 the printed gradient and update against "
    "the derivative by a complex step; `artificial.losses` outside"
)


def answer(study: RectifierStudy) -> Answer:
    """The gradient holds where the loss exists; the update multiplies where the gradient divides."""
    found = {
        "gradient_formula_holds": are_same(study.gradient_printed, study.gradient),
        "update_follows_from_gradient": are_same(study.update_printed, study.update),
        "update_largest_difference": largest_difference(study.update_printed, study.update),
        "update_right": study.update.tolist(),
        "update_printed": study.update_printed.tolist(),
        "update_printed_over_right": float(study.ratio.max()),
        "matches_squared_error_of_sigmoid": study.matches_squared_sigmoid,
        **{f"share_{name}": share for name, share in study.shares.items()},
        "loss_defined_above_1": _is_defined(TOO_LARGE),
        "loss_at_y_0_t_1_is_infinite": bool(np.isinf(CROSS_ENTROPY.value(0.0, 1.0))),
        "printed_change_of_z_above_1": float((1.0 - TOO_LARGE) * TOO_LARGE * (1 - TOO_LARGE)),
    }
    checks = [
        Check(
            f"update of weight {i}", study.update[i], study.by_rectified_loss[i], "`artificial.losses` through a ReLU"
        )
        for i in range(N_WEIGHTS)
    ]
    cause, cause_he = _causes(found)
    readings = {"examples with 0 < y < 1": found}
    return Answer(_sentence(found), found, METHOD, checks, readings, _sentence_he(found), cause, cause_he)


def _is_defined(y: float) -> bool:
    try:
        return bool(np.isfinite(CROSS_ENTROPY.value(y, 1.0)))
    except ArgumentError:
        return False


def _causes(found: dict) -> tuple[str, str]:
    cause = "the gradient divides by y (1 - y), the update multiplies by it"
    cause_he = "הגרדיינט מחלק ב-y (1 - y), והעדכון מכפיל בו"
    if not found["matches_squared_error_of_sigmoid"]:
        return cause, cause_he
    return (
        f"{cause}: with a sigmoid's y it is exactly the update of the squared error, from which it was likely copied",
        f"{cause_he}: עם y של סיגמואיד זהו בדיוק העדכון של השגיאה הריבועית, ומשם כנראה הועתק",
    )


def _sentence(found: dict) -> str:
    gradient = "holds" if found["gradient_formula_holds"] else "fails"
    update = "follows from it" if found["update_follows_from_gradient"] else "does not follow from it"
    above = "has a value" if found["loss_defined_above_1"] else "does not exist, it takes the log of a negative number"
    return (
        f"Where 0 < y < 1 the gradient (y-t)/(y(1-y)) x {gradient}, but the printed update {update}: it is (y(1-y))^2 "
        f"times as large, at most {found['update_printed_over_right']:.4f}; right is dw = lambda/m sum (t-y)/(y(1-y)) "
        f"x where z > 0, else 0. With z normal, only {found['share_defined']:.0%} of the examples lie there. For y > 1 "
        f"({found['share_y_above_1']:.0%}) the loss {above}, and at y = {TOO_LARGE:g}, t = 1 the printed update "
        f"changes z by {found['printed_change_of_z_above_1']:+g} times the rate and |x|^2. At y = 0 "
        f"({found['share_y_0']:.0%}) with t = 1 the loss is "
        f"{'infinite' if found['loss_at_y_0_t_1_is_infinite'] else 'finite'} and the update 0."
    )


def _sentence_he(found: dict) -> str:
    gradient = "נכון" if found["gradient_formula_holds"] else "שגוי"
    update = "נובע ממנו" if found["update_follows_from_gradient"] else "אינו נובע ממנו"
    above = "מוגדרת" if found["loss_defined_above_1"] else "אינה מוגדרת, כי היא לוגריתם של מספר שלילי"
    change = ltr(f"{found['printed_change_of_z_above_1']:+g}")
    return (
        f"כאשר {ltr('0 < y < 1')} הגרדיינט {ltr('(y-t)/(y(1-y)) x')} {gradient}, אבל העדכון שבשקף {update}: הוא גדול "
        f"ממנו פי {ltr('(y(1-y))^2')}, לכל היותר {found['update_printed_over_right']:.4f}; הנכון הוא "
        f"{ltr('dw = lambda/m sum (t-y)/(y(1-y)) x')} כאשר z > 0, ואחרת 0. כש-z מתפלג נורמלית, רק "
        f"{found['share_defined']:.0%} מהדוגמאות נמצאות שם. כאשר y > 1 ({found['share_y_above_1']:.0%}) העלות {above}, "
        f"וב-y = {TOO_LARGE:g}, t = 1 העדכון שבשקף משנה את z ב-{change} כפול הקצב וכפול |x|^2. כאשר y = 0 "
        f"({found['share_y_0']:.0%}) ו-t = 1 העלות {'אינסופית' if found['loss_at_y_0_t_1_is_infinite'] else 'סופית'} "
        "והעדכון 0."
    )


SOLUTIONS = {"relu-rule": Solution(study, answer)}
