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
from plasticity.experiment import parameter
from plasticity.quiz.formulas import are_same, largest_difference
from plasticity.quiz.record import Answer, Check, Solution

LMS_THRESHOLD = 0.5  # between the labels 0 and 1, which a linear y is to come near


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    n_each: int = parameter(20, meaning="points of each class, with whole coordinates", least=3, most=200)
    centre: float = parameter(1.5, meaning="distance of the centre of each class from the origin", least=0, most=30)
    spread: float = parameter(2.0, meaning="standard deviation of its points", least=0.5, most=10)
    rate: float = parameter(0.004, meaning="learning rate of LMS", least=1e-4, most=0.01)
    n_epochs: int = parameter(120, meaning="epochs at most", least=5, most=400)
    seed: int = 0


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
    """Both rules; the perceptron's cycle; the least-squares minimum and its errors; and both rules by other routes.

    expected : the weights of LMS after each step of the last epoch, by linear algebra
    counted  : those of the perceptron, in whole numbers
    """

    parameters: Parameters
    examples: Examples
    lms: Learned
    perceptron: Learned
    converged: bool
    cycle: tuple[int, int] | None
    separable: bool
    minimum: Floats
    expected: Floats
    counted: Floats


def study(parameters: Parameters) -> LmsStudy:
    """Clouds of points, and both rules on them."""
    p = parameters
    rng = np.random.default_rng(p.seed)
    centres = np.repeat([[-p.centre, 0.0], [p.centre, 0.0]], p.n_each, axis=0)
    points, labels = np.round(centres + p.spread * rng.normal(size=centres.shape)), np.repeat([0, 1], p.n_each)
    order = rng.permutation(2 * p.n_each)
    x, t = with_bias(points[order]), labels[order]
    examples = Examples(x, t)
    run = perceptron(examples, np.zeros(3), rate=1.0, n_epochs=p.n_epochs)
    history = lms(examples, np.zeros(3), rate=p.rate, n_epochs=p.n_epochs)
    return LmsStudy(
        parameters=p,
        examples=examples,
        lms=_learned(history, p.rate, threshold=LMS_THRESHOLD),
        perceptron=_learned(run.history, 1.0, threshold=0.0),
        converged=run.converged,
        cycle=run.cycle,
        separable=is_separable(x[:, 1:], t),
        minimum=np.linalg.lstsq(x, t, rcond=None)[0],
        expected=expected_course(x, t, p.rate, p.n_epochs),
        counted=_counted(x.astype(int), t, len(run.history)),
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
        errors=[error(x, t, w, threshold) for w in last],
        movement=_movement(last),
        final=history.final,
    )


def _movement(course: Floats) -> float:
    """The largest distance from the mean of the weights."""
    return float(np.linalg.norm(course - course.mean(axis=0), axis=1).max())


def error(x: Floats, t: Floats, w: Floats, threshold: float) -> float:
    """The fraction of wrong labels."""
    return float(np.mean((x @ w > threshold) != (t == 1)))


def expected_course(x: Floats, t: Floats, rate: float, n_epochs: int) -> Floats:
    """The weights of LMS after each step of the last epoch, (n_examples, n_inputs), from zero weights.

    A step is an affine map of the weights and so is an epoch, w to C w + a: all epochs but the last are a power of C.
    """
    one = np.eye(x.shape[1])
    maps = [(one - rate * np.outer(row, row), rate * label * row) for row, label in zip(x, t, strict=True)]
    carried, added = one, np.zeros(x.shape[1])
    for shrink, add in maps:
        carried, added = shrink @ carried, shrink @ added + add
    returns = np.linalg.solve(one - carried, added)  # where an epoch comes back to
    w, course = returns - np.linalg.matrix_power(carried, n_epochs - 1) @ returns, []
    for shrink, add in maps:
        w = shrink @ w + add
        course.append(w)
    return np.array(course)


def _counted(x: np.ndarray, t: np.ndarray, n_steps: int) -> Floats:
    """The perceptron written out in whole numbers: its weights before each of the last steps of an epoch."""
    rows, labels, w, course = x.tolist(), t.tolist(), [0, 0, 0], [[0, 0, 0]]
    for step in range(n_steps):
        row, label = rows[step % len(rows)], labels[step % len(rows)]
        y = int(sum(a * b for a, b in zip(w, row, strict=True)) > 0)
        w = [a + (label - y) * b for a, b in zip(w, row, strict=True)]
        course.append(w)
    return np.array(course[-len(rows) :], dtype=float)


def answer(study: LmsStudy) -> Answer:
    """The same rule; one circles close to a minimum, the other for ever."""
    x, t = study.examples.inputs, teacher(study.examples)
    measured: dict[str, Any] = {
        "same_formula": study.lms.rule_holds and study.perceptron.rule_holds,
        "formula_largest_difference": max(study.lms.rule_difference, study.perceptron.rule_difference),
        "n_different_outputs_lms": len(study.lms.outputs),
        "n_different_outputs_perceptron": len(study.perceptron.outputs),
        "separable": study.separable,
        "perceptron_stops": study.converged,
        "lms_distance_from_minimum": float(np.linalg.norm(study.lms.final - study.minimum)),
        "distance_of_start_from_minimum": float(np.linalg.norm(study.minimum)),
        "minimum_error": error(x, t, study.minimum, LMS_THRESHOLD),
    }
    rules = {"lms": study.lms, "perceptron": study.perceptron}
    found = measured | {
        "perceptron_cycle_epochs": study.cycle[1] if study.cycle else None,
        "rows": [
            {"rule": name, "least": min(one.errors), "largest": max(one.errors), "movement": one.movement}
            for name, one in rules.items()
        ],
        "outcome": "stops" if study.converged else "does not stop" if study.separable else "never stops",
    }
    found["repeats"] = "repeats" if study.cycle and not study.converged else "none"
    return Answer(found, _checks(study, x, t), {"these classes": measured})


def _checks(study: LmsStudy, x: Floats, t: Floats) -> list[Check]:
    minimum = np.linalg.solve(x.T @ x, x.T @ t)
    courses = (study.expected, LMS_THRESHOLD), (study.counted, 0.0)
    errors = [[error(x, t, w, threshold) for w in course] for course, threshold in courses]
    away = float(np.linalg.norm(study.expected[-1] - minimum))
    return [
        Check("lms_distance_from_minimum", away, "linear_algebra", tolerance=1e-9),
        Check("distance_of_start_from_minimum", float(np.linalg.norm(minimum)), "normal_equations", tolerance=1e-9),
        Check("minimum_error", error(x, t, minimum, LMS_THRESHOLD), "normal_equations"),
        Check("rows.least", list(map(min, errors)), "both"),
        Check("rows.largest", list(map(max, errors)), "both"),
        Check("rows.movement", [_movement(course) for course, _ in courses], "both", tolerance=1e-9),
    ]


SOLUTIONS = {"lms-vs-perceptron": Solution(study, answer, Parameters())}
