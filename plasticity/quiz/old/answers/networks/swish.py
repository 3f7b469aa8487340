"""Swish, z sigmoid(z): the printed formula beside the package's, its limits, and the minimum that it has."""

import math
from dataclasses import dataclass

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import RELU, SWISH
from plasticity.quiz.old.record import Answer, Check, Solution

N_DRAWS, WIDEST = 10_000, 30.0
FAR = 20.0  # where the limits are measured


@dataclass(frozen=True)
class SwishStudy:
    """Random z, the printed formula at each, and the minimum (z, y) found by bisection of the slope."""

    z: Floats
    printed: Floats
    minimum: tuple[float, float]


def study(rng: np.random.Generator, target: str) -> SwishStudy:
    """Evaluate the formula as it is printed."""
    z = rng.uniform(-WIDEST, WIDEST, N_DRAWS)
    return SwishStudy(z, z * (1 / (1 + np.exp(-z))), lowest_point())


def lowest_point() -> tuple[float, float]:
    """Where the slope of SWISH changes its sign between -5 and 0, by halving the interval."""
    low, high = -5.0, 0.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if SWISH.derivative(np.array(middle)) < 0 else (low, middle)
    return low, float(SWISH(low))


METHOD = (
    f"The printed z * 1 / (1 + exp(-z)) at {N_DRAWS} random z from -{WIDEST:g} to {WIDEST:g}, against the package's "
    "swish; the minimum by bisection of its slope"
)


def answer(study: SwishStudy) -> Answer:
    """The formula holds; between its two limits the function dips below 0."""
    z, y = study.minimum
    order = np.argsort(study.z)
    falling = np.diff(study.printed[order]) < 0
    found = {
        "largest_relative_difference": float(np.max(np.abs(study.printed / SWISH(study.z) - 1))),
        "z_at_minimum": z,
        "minimum": y,
        "share_of_negative_z_where_it_falls": float(np.mean(falling[study.z[order][1:] < 0])),
        "falls_somewhere_above_0": bool(falling[study.z[order][:-1] > 0].any()),
        f"swish_at_minus_{FAR:g}": float(SWISH(-FAR)),
        f"swish_less_z_at_{FAR:g}": float(SWISH(FAR) - FAR),
        "largest_distance_from_relu": float(np.max(np.abs(study.printed - RELU(study.z)))),
        "slope_at_0": float(SWISH.derivative(np.array(0.0))),
    }
    return Answer(_sentence(found), found, METHOD, _checks(found), {"z sigmoid(z)": found}, _sentence_he(found))


def _sentence(found: dict) -> str:
    return (
        f"The printed formula and the package's swish differ by {found['largest_relative_difference']:.0e} of the "
        "value, which is rounding. The sigmoid is a gate that the input sets for itself: shut far below 0 (swish "
        f"{found[f'swish_at_minus_{FAR:g}']:.0e} at -{FAR:g}), open far above (z "
        f"{found[f'swish_less_z_at_{FAR:g}']:+.0e} at {FAR:g}), half open at 0 (slope {found['slope_at_0']:g}), so it "
        f"is never farther than {found['largest_distance_from_relu']:.3f} from ReLU. But it is not monotone: it falls "
        f"to {found['minimum']:.4f} at z = {found['z_at_minimum']:.4f} before it rises, and so has negative outputs, "
        "which no firing rate has."
    )


def _sentence_he(found: dict) -> str:
    return (
        f"הנוסחה שבשקף ופונקציית swish שבחבילה נבדלות זו מזו ב-{found['largest_relative_difference']:.0e} מן הערך, "
        f"כלומר בעיגול. הסיגמואיד הוא שער שהקלט קובע לעצמו: סגור הרחק מתחת ל-0 (בנקודה z = -{FAR:g} הפלט y = "
        f"{found[f'swish_at_minus_{FAR:g}']:.0e}), פתוח הרחק מעל (בנקודה z = {FAR:g} הפלט הוא z ועוד d = "
        f"{found[f'swish_less_z_at_{FAR:g}']:.0e}), פתוח למחצה ב-0 (השיפוע {found['slope_at_0']:g}), ולכן הפונקציה "
        f"לעולם אינה רחוקה מ-ReLU יותר מ-{found['largest_distance_from_relu']:.3f}. אבל היא אינה מונוטונית: היא יורדת "
        f"עד y = {found['minimum']:.4f} בנקודה z = {found['z_at_minimum']:.4f} ורק אז עולה, ולכן יש לה פלטים שליליים, "
        "שאין לשום קצב ירי."
    )


def _checks(found: dict) -> list[Check]:
    """Lambert's W: the minimum is -W(1/e), at -(1 + W(1/e)); the slope by central differences."""
    w = _lambert(1 / math.e)
    step = 1e-5
    slope = (float(SWISH(step)) - float(SWISH(-step))) / (2 * step)
    return [
        Check("minimum", found["minimum"], -w, "-W(1/e), Lambert's W"),
        Check("z at the minimum", found["z_at_minimum"], -(1 + w), "-(1 + W(1/e)); flat there, so known to 1e-8"),
        Check("slope at 0", found["slope_at_0"], slope, "central difference"),
        Check("largest distance from ReLU", found["largest_distance_from_relu"], w, "W(1/e), at the minimum"),
    ]


def _lambert(x: float) -> float:
    """The w with w exp(w) = x, by Newton's method."""
    w = 0.5
    for _ in range(20):
        w -= (w * math.exp(w) - x) / (math.exp(w) * (1 + w))
    return w


SOLUTIONS = {"swish": Solution(study, answer)}
