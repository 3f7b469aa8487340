"""Is the perceptron rule Hebbian? Its four kinds of mistakes, beside Hebb's own rule on the same examples."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from plasticity.artificial.activations import STEP
from plasticity.artificial.examples import Examples
from plasticity.artificial.learning import hebb
from plasticity.artificial.perceptron import perceptron
from plasticity.experiment import parameter
from plasticity.quiz.record import Answer, Check, Solution

SIGNS = {"positive": 1, "negative": -1}
ORDER = ("x_positive_y_0", "x_negative_y_1", "x_positive_y_1", "x_negative_y_0")  # as on the slide
CHANGES = {1: "strengthens", 0: "stays", -1: "weakens", None: "varies"}
KINSHIPS = {1: "Hebbian", 0: "neither", -1: "anti-Hebbian", None: "varies"}


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    x: float = parameter(1.0, "1", "size of the input in the table", least=0.01, most=100)
    rate: float = parameter(1.0, "1", "learning rate", least=0.01, most=100)
    n_draws: int = parameter(50, meaning="other inputs and weights tried for each case", least=2, most=1000)
    seed: int = 0


@dataclass(frozen=True)
class Case:
    """Examples with one sign of x and one output y, each of shape (1 + n_draws,); the first is that of the table.

    dw       : what the perceptron rule does to the weight when y is a mistake, t = 1 - y
    dw_right : what it does when t = y
    hebb     : what Hebb's rule does, which knows no t
    rate     : of all three
    """

    y: int
    x: np.ndarray
    dw: np.ndarray
    dw_right: np.ndarray
    hebb: np.ndarray
    rate: float


def study(parameters: Parameters) -> dict[str, Case]:
    """One input and one weight, of the sign that gives this y; one step of each rule."""
    rng = np.random.default_rng(parameters.seed)
    cases = {f"x_{name}_y_{y}": _case(parameters, rng, sign, y) for (name, sign), y in product(SIGNS.items(), (0, 1))}
    return {name: cases[name] for name in ORDER}


def _case(p: Parameters, rng: np.random.Generator, sign: int, y: int) -> Case:
    sizes, weights = rng.uniform(0.1, 2, (2, p.n_draws))
    x = sign * np.append(p.x, sizes)
    weights = sign * (2 * y - 1) * np.append(1.0, weights)  # so that z = w x > 0 when y = 1
    pairs = list(zip(x.tolist(), weights.tolist(), strict=True))
    wrong, right = ([_step(a, w, t, p.rate) for a, w in pairs] for t in (1 - y, y))
    hebbian = [float(hebb([[a]], [w], rate=p.rate, activation=STEP).final[0] - w) for a, w in pairs]
    return Case(y, x, np.array(wrong), np.array(right), np.array(hebbian), p.rate)


def _step(x: float, weight: float, t: int, rate: float) -> float:
    examples = Examples(np.array([[x]]), np.array([t]))
    return float(perceptron(examples, [weight], rate=rate, n_epochs=1).history.final[0] - weight)


def answer(cases: Mapping[str, Case]) -> Answer:
    """What the weight does in each case, and its likeness to Hebb's rule in three readings."""
    weight = {name: CHANGES[_sign(case.dw)] for name, case in cases.items()}
    unmoved = sum(int(np.count_nonzero(case.dw_right)) for case in cases.values())
    labels = {
        key: {name: KINSHIPS[_sign(kinship(case))] for name, case in cases.items()}
        for key, kinship in LIKENESSES.items()
    }
    found: dict[str, Any] = {
        "cases": list(cases),
        "changes_when_y_is_t": unmoved,
        "weight": list(weight.values()),
        "contribution_w_x": [CHANGES[_sign(case.dw * case.x)] for case in cases.values()],
        "mean_dw": [float(case.dw.mean()) for case in cases.values()],
        "mean_dw_of_hebb": [float(case.hebb.mean()) for case in cases.values()],
        **{f"likeness_{key}": list(by_case.values()) for key, by_case in labels.items()},
        "rows": [
            {
                "case": name,
                "x": float(case.x[0]),
                "y": case.y,
                "dw": float(case.dw[0]),
                "hebb": float(case.hebb[0]),
                "change": weight[name],
                **{key: by_case[name] for key, by_case in labels.items()},
            }
            for name, case in cases.items()
        ],
    }
    follows = [_sign(case.dw * case.x) == 1 - 2 * case.y for case in cases.values()]
    found["outcome"] = "with the sign of x" if all(follows) else "otherwise"
    readings = {key: _signs(cases, kinship) | {"changes_when_y_is_t": unmoved} for key, kinship in LIKENESSES.items()}
    return Answer(found, _checks(cases), readings, given=("rows.x", "rows.y"))


def _signs(cases: Mapping[str, Case], kinship: Callable[[Case], np.ndarray]) -> dict[str, float]:
    """Of each case 1 where the weight grows, and where that is Hebbian; -1 for the opposite; NaN where it varies."""
    signs = {f"weight_{name}": _sign(case.dw) for name, case in cases.items()}
    signs |= {f"hebbian_{name}": _sign(kinship(case)) for name, case in cases.items()}
    return {name: math.nan if sign is None else float(sign) for name, sign in signs.items()}


def _sign(numbers: np.ndarray) -> int | None:
    """The sign that all share; None when they do not."""
    signs = set(np.sign(np.round(numbers, 12)).astype(int).tolist())
    return signs.pop() if len(signs) == 1 else None


def _part(case: Case) -> np.ndarray:
    """1 where the step is rate t x, Hebb's with the teacher's t in place of y; -1 where it is -rate y x."""
    t, x = 1 - case.y, case.rate * case.x
    return np.isclose(case.dw, t * x).astype(int) - np.isclose(case.dw, -case.y * x)


LIKENESSES: dict[str, Callable[[Case], np.ndarray]] = {
    "y_0_or_1": lambda case: case.dw * case.hebb,
    "y_minus_1_or_1": lambda case: case.dw * (2 * case.y - 1) * case.x,
    "teacher": _part,
}


def _checks(cases: Mapping[str, Case]) -> list[Check]:
    """The rule as a formula, on every example."""
    found = list(cases.values())
    formulas = [case.rate * (1 - 2 * case.y) * case.x for case in found]
    # 1e-9: rounding of a weight about 1 that is subtracted again
    return [
        Check("rows.dw", [float(formula[0]) for formula in formulas], "formula", tolerance=1e-9),
        Check("mean_dw", [float(formula.mean()) for formula in formulas], "formula", tolerance=1e-9),
        Check("rows.hebb", [case.rate * case.y * float(case.x[0]) + 0.0 for case in found], "hebb", tolerance=1e-9),
        Check("changes_when_y_is_t", 0, "no_error"),
    ]


SOLUTIONS = {"perceptron-hebbian-cases": Solution(study, answer, Parameters())}
