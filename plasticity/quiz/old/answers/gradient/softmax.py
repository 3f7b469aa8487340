"""Softmax: what adds up to 1, who shrinks when one grows, and in which sense its derivative is the sigmoid's."""

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import SIGMOID, softmax, softmax_jacobian
from plasticity.quiz.formulas import are_same, largest_difference, ltr, slope
from plasticity.quiz.old.record import Answer, Check, Solution

N, N_UNITS = 500, 4
EXAMPLE, SHARPER = np.array([1.0, 2.0, 3.0]), 10.0
ALONE = "z_i alone is raised; the derivative as a function of y"
TOGETHER = "all z change; the derivative as a function of z"
METHOD = (
    f"`artificial.activations.softmax` and its Jacobian on {N} random z of {N_UNITS} units; z_i raised alone, and all "
    "z changed at random"
)


def study(rng: np.random.Generator, target: str) -> dict:
    """Outputs, derivatives, and what the other units do when unit 0 grows."""
    z = rng.normal(scale=2.0, size=(N, N_UNITS))
    y, jacobian = softmax(z), softmax_jacobian(z)
    off = ~np.eye(N_UNITS, dtype=bool)
    products = -y[:, :, np.newaxis] * y[:, np.newaxis, :]
    diagonal = np.diagonal(jacobian, axis1=1, axis2=2)
    raised = z + rng.uniform(0.1, 2.0, (N, 1)) * np.eye(N_UNITS)[0]
    return {
        "largest_distance_of_sum_from_1": largest_difference(y.sum(axis=1), 1.0),
        "sums_to_1": are_same(y.sum(axis=1), 1.0),
        "largest_z_has_largest_y": bool(np.all(y.argmax(axis=1) == z.argmax(axis=1))),
        "largest_y_of_example": float(softmax(EXAMPLE).max()),
        "largest_y_of_example_sharper": float(softmax(SHARPER * EXAMPLE).max()),
        "diagonal_is_y_1_minus_y": are_same(diagonal, y * (1 - y)),
        "off_diagonal_is_minus_product": are_same(jacobian[:, off], products[:, off]),
        "largest_off_diagonal": float(jacobian[:, off].max()),
        "diagonal_is_sigmoid_of_z": are_same(diagonal, SIGMOID.derivative(z)),
        "slope_at_z_3_of_example": float(softmax_jacobian(EXAMPLE)[2, 2]),
        "slope_at_z_3_of_sigmoid": float(SIGMOID.derivative(EXAMPLE)[2]),
        "others_all_shrink_z_alone": _others_shrink(y, softmax(raised)),
        "others_all_shrink_any_change": _others_shrink(y, softmax(z + rng.normal(size=z.shape))),
        "jacobian_difference_from_complex_step": largest_difference(jacobian, _by_complex_step(z)),
        "example_jacobian_0_1": float(softmax_jacobian(EXAMPLE)[0, 1]),
    }


def _others_shrink(before: Floats, after: Floats) -> float:
    """Of the trials in which unit 0 grows, the fraction in which all others shrink."""
    change = after - before
    grows = change[:, 0] > 0
    return float(np.mean(np.all(change[grows, 1:] < 0, axis=1)))


def _by_complex_step(z: Floats) -> Floats:
    def along(direction: Floats) -> Floats:
        def outputs(s):
            grown = np.exp(z + s * direction)
            return grown / grown.sum(axis=1, keepdims=True)

        return slope(outputs, 0.0)

    return np.stack([along(direction) for direction in np.eye(z.shape[1])], axis=2)


def answer(found: dict) -> Answer:
    """The diagonal is the sigmoid's in y; the rest is what makes the others shrink."""
    common = {name: found[name] for name in ("sums_to_1", "largest_z_has_largest_y", "diagonal_is_y_1_minus_y")}
    readings = {
        ALONE: common
        | {
            "fraction_in_which_all_others_shrink": found["others_all_shrink_z_alone"],
            "identical_to_sigmoid": found["diagonal_is_y_1_minus_y"],
        },
        TOGETHER: common
        | {
            "fraction_in_which_all_others_shrink": found["others_all_shrink_any_change"],
            "identical_to_sigmoid": found["diagonal_is_sigmoid_of_z"],
        },
    }
    y = np.exp(EXAMPLE) / np.exp(EXAMPLE).sum()
    checks = [
        Check("Jacobian, largest difference", found["jacobian_difference_from_complex_step"], 0.0, "complex step"),
        Check(f"dy_0/dz_1 at z = {EXAMPLE}", found["example_jacobian_0_1"], float(-y[0] * y[1]), "-y_0 y_1"),
    ]
    cause = "dy_i/dz_i is only the diagonal; every z_j moves y_i too, by -y_i y_j"
    cause_he = "הנגזרת dy_i/dz_i היא האלכסון בלבד; כל z_j מזיז גם הוא את y_i, לפי -y_i y_j"
    return Answer(_sentence(found), found, METHOD, checks, readings, _sentence_he(found), cause, cause_he)


def _sentence(found: dict) -> str:
    diagonal = "is" if found["diagonal_is_y_1_minus_y"] else "is not"
    product = "is" if found["off_diagonal_is_minus_product"] else "is not"
    return (
        f"The outputs add up to 1 (within {found['largest_distance_of_sum_from_1']:.1g}); z = (1, 2, 3) gives its "
        f"largest {found['largest_y_of_example']:.3f}, ten times that z {found['largest_y_of_example_sharper']:.5f}: a "
        f"soft maximum. dy_i/dz_i {diagonal} y_i (1 - y_i), the sigmoid's form in y; at the same z it is another "
        f"number ({found['slope_at_z_3_of_example']:.3f} at z_3 = 3, the sigmoid's "
        f"{found['slope_at_z_3_of_sigmoid']:.3f}), for y_i depends on every z: dy_i/dz_j {product} -y_i y_j, never "
        f"above {found['largest_off_diagonal']:.1g}. So if z_i alone rises, all others shrink in "
        f"{found['others_all_shrink_z_alone']:.0%} of the trials; if all z change and y_i grows, in "
        f"{found['others_all_shrink_any_change']:.0%}: only their sum must fall."
    )


def _sentence_he(found: dict) -> str:
    diagonal = "היא" if found["diagonal_is_y_1_minus_y"] else "אינה"
    product = "היא" if found["off_diagonal_is_minus_product"] else "אינה"
    top = ltr(f"{found['largest_off_diagonal']:.1g}")
    return (
        f"סכום הפלטים הוא 1 (בהפרש של {found['largest_distance_of_sum_from_1']:.1g} לכל היותר); עבור z = (1, 2, 3) "
        f"הפלט הגדול הוא {found['largest_y_of_example']:.3f}, ועבור z גדול פי עשרה הוא "
        f"{found['largest_y_of_example_sharper']:.5f}: מקסימום רך. הנגזרת dy_i/dz_i {diagonal} y_i (1 - y_i), הצורה של "
        f"הסיגמואיד במונחי y; באותו z זה מספר אחר ({found['slope_at_z_3_of_example']:.3f} כאשר z_3 = 3, ובסיגמואיד "
        f"{found['slope_at_z_3_of_sigmoid']:.3f}), כי y_i תלוי בכל ערכי z: הנגזרת dy_i/dz_j {product} "
        f"{ltr('-y_i y_j')}, ואינה עולה על {top}. לכן אם רק z_i עולה, כל האחרים קטנים "
        f"ב-{found['others_all_shrink_z_alone']:.0%} מהניסיונות; אם כל ערכי z משתנים ו-y_i גדל, "
        f"ב-{found['others_all_shrink_any_change']:.0%}: רק סכומם חייב לרדת."
    )


SOLUTIONS = {"softmax": Solution(study, answer)}
