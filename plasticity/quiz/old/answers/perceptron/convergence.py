"""The perceptron rule where one unit can separate the data, and where none can: does it stop, where do weights go?"""

import math
from dataclasses import dataclass

import numpy as np

from plasticity.artificial.certificates import Separation
from plasticity.artificial.exact import exact
from plasticity.artificial.examples import Examples, with_bias
from plasticity.artificial.perceptron import PerceptronRun, novikoff_bound, perceptron
from plasticity.artificial.separability import separate
from plasticity.quiz.old.record import Answer, Check, Solution

XOR = ((0, 0), (0, 1), (1, 0), (1, 1)), (0, 1, 1, 0)
N_SETS, FEWEST, MOST, GRID = 80, 4, 12, 5  # random sets; points in each; whole coordinates from -5 to 5
MOST_EPOCHS = 5000  # far beyond what sets of this size need to stop or to repeat themselves


@dataclass(frozen=True)
class Trained:
    """A run from zero weights, and Novikoff's bound on its mistakes: infinite where no unit separates the set."""

    run: PerceptronRun
    bound: float


@dataclass(frozen=True)
class ConvergenceStudy:
    """XOR, trained in fractions, and random sets, trained in whole numbers: nothing rounds."""

    xor: PerceptronRun
    sets: list[Trained]


def study(rng: np.random.Generator, target: str) -> ConvergenceStudy:
    """Train on XOR and on random labelled points of the plane, each set decided exactly."""
    patterns, labels = XOR
    xor = perceptron(Examples(exact(with_bias(patterns)), np.array(labels)), exact([0, 0, 0]))
    return ConvergenceStudy(xor, [_trained(*_random_set(rng)) for _ in range(N_SETS)])


def _random_set(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Points labelled by a coin; in about half of the sets by the side of a random line, so that a unit exists."""
    points = rng.integers(-GRID, GRID + 1, (int(rng.integers(FEWEST, MOST + 1)), 2))
    if rng.random() < 0.5:
        return points, rng.integers(0, 2, len(points))
    return points, (with_bias(points) @ rng.normal(size=3) > 0).astype(int)


def _trained(points: np.ndarray, labels: np.ndarray) -> Trained:
    examples, decided = Examples(with_bias(points), labels), separate(points, labels)
    run = perceptron(examples, np.zeros(3), n_epochs=MOST_EPOCHS)
    if not isinstance(decided, Separation):
        return Trained(run, math.inf)
    return Trained(run, float(novikoff_bound(examples, np.array([decided.bias, *decided.weights]))))


METHOD = (
    f"The perceptron rule from zero weights on XOR and on {N_SETS} random sets of {FEWEST} to {MOST} points of the "
    "plane with whole coordinates (nothing rounds); whether a unit separates a set is decided by such a unit or by a "
    "proof of contradiction. Weights that return exactly repeat for ever, and so are bounded for ever. Readings of "
    "'diverge': the weights grow beyond all bounds, or they have no limit"
)
CAUSE = "weights that never settle need not grow without bound"
CAUSE_HE = "משקלים שאינם מתייצבים לעולם אינם בהכרח גדלים בלי גבול"


def answer(study: ConvergenceStudy) -> Answer:
    """Stops or not; and what the weights of a run that never stops do."""
    separable = [trained for trained in study.sets if trained.bound < math.inf]
    endless = [study.xor, *(trained.run for trained in study.sets if trained.bound == math.inf)]
    circles = [run.cycle for run in endless if run.cycle]
    stopping = {
        "n_separable": len(separable),
        "separable_that_stopped": sum(trained.run.converged for trained in separable),
        "n_inseparable": len(endless),
        "inseparable_that_stopped": sum(run.converged for run in endless),
    }
    measurements = stopping | {
        "most_mistakes_before_stopping": max(trained.run.n_mistakes for trained in separable),
        "largest_share_of_novikoff_bound": max(trained.run.n_mistakes / trained.bound for trained in separable),
        "inseparable_that_repeat_exactly": len(circles),
        "longest_period_epochs": max(period for _, period in circles),
        "largest_weights_over_longest_input": max(map(_relative_length, endless)),
        "xor_period_epochs": study.xor.cycle[1] if study.xor.cycle else 0,
        "xor_largest_length": study.xor.largest_norm,
        "xor_weights": study.xor.history.weights.astype(float).tolist(),
    }
    no_limit, no_bound = any(not run.converged for run in endless), len(circles) < len(endless)
    readings = {
        "diverge: grow beyond all bounds": {**stopping, "weights_diverge": no_bound},
        "diverge: have no limit": {**stopping, "weights_diverge": no_limit},
    }
    sentences = _sentence(measurements), _sentence_he(measurements)
    return Answer(sentences[0], measurements, METHOD, _checks(study), readings, sentences[1], CAUSE, CAUSE_HE)


def _relative_length(run: PerceptronRun) -> float:
    inputs = run.history.examples.inputs.astype(float)
    return float(run.largest_norm / np.linalg.norm(inputs, axis=1).max())


def _sentence(found: dict) -> str:
    bounded = found["inseparable_that_repeat_exactly"] == found["n_inseparable"]
    end = "never settled, yet bounded for ever" if bounded else "the rest had not repeated when we stopped"
    return (
        f"Separable: {found['separable_that_stopped']} of {found['n_separable']} sets stop, after at most "
        f"{found['most_mistakes_before_stopping']} mistakes, and with at most "
        f"{found['largest_share_of_novikoff_bound']:.0%} of the mistakes that Novikoff's bound allows. Inseparable: "
        f"{found['inseparable_that_stopped']} of {found['n_inseparable']} stop. The weights of "
        f"{found['inseparable_that_repeat_exactly']} of these return exactly and then run in a circle (length in "
        f"epochs: {found['xor_period_epochs']} on XOR, at most {found['longest_period_epochs']}), nowhere longer than "
        f"{found['largest_weights_over_longest_input']:.1f} times the longest input: {end}. For a step is taken only "
        "where z has the wrong sign, so the square of the length of w gains at most that of x, and less the more wrong "
        "z is (perceptron cycling theorem)."
    )


def _sentence_he(found: dict) -> str:
    bounded = found["inseparable_that_repeat_exactly"] == found["n_inseparable"]
    end = "לעולם אינם מתייצבים, אך חסומים לעד" if bounded else "השאר לא חזרו על עצמם עד שעצרנו"
    return (
        f"יש הפרדה: {found['separable_that_stopped']} מתוך {found['n_separable']} קבוצות נעצרות, אחרי "
        f"{found['most_mistakes_before_stopping']} טעויות לכל היותר, ועם "
        f"{found['largest_share_of_novikoff_bound']:.0%} לכל היותר מהטעויות שהחסם של נוביקוף מתיר. אין הפרדה: "
        f"{found['inseparable_that_stopped']} מתוך {found['n_inseparable']} נעצרות. המשקלים של "
        f"{found['inseparable_that_repeat_exactly']} מהן חוזרים בדיוק לערך קודם, ומשם הם סובבים במעגל (אורכו במעברים: "
        f"{found['xor_period_epochs']} ב-XOR, {found['longest_period_epochs']} לכל היותר), ואורכם אינו עולה בשום מקום "
        f"על {found['largest_weights_over_longest_input']:.1f} פעמים הקלט הארוך ביותר: {end}. הסיבה: צעד נעשה רק "
        "כשהסימן של z שגוי, ולכן ריבוע אורכו של w גדל לכל היותר בריבוע אורכו של x, ופחות מזה ככל ש-z שגוי יותר "
        "(משפט המעגליות של הפרספטרון)."
    )


def _checks(study: ConvergenceStudy) -> list[Check]:
    """Stopping tells separability; XOR by hand; the length of weights after k mistakes is at most R sqrt(k)."""
    told = sum(trained.run.converged == (trained.bound < math.inf) for trained in study.sets)
    weights, largest = xor_by_hand()
    again = float(np.linalg.norm(study.xor.history.weights.astype(float) - weights, axis=1).max())
    slack = min(
        math.sqrt(trained.run.n_mistakes) - _relative_length(trained.run)
        for trained in study.sets
        if trained.run.n_mistakes
    )
    return [
        Check("sets", len(study.sets), told, "sets in which stopping and the exact decision agree"),
        Check("largest length on XOR", study.xor.largest_norm, largest, "by hand, in whole numbers"),
        Check("largest difference of the weights on XOR", again, 0.0, "by hand, in whole numbers"),
        Check("length of w, less what k mistakes allow", min(0.0, slack), 0.0, "at most R sqrt(k), never above"),
    ]


def xor_by_hand() -> tuple[np.ndarray, float]:
    """The rule on XOR in whole numbers until an epoch ends where one began: all weights, and the largest length."""
    course, starts = [(0, 0, 0)], set[tuple[int, int, int]]()
    while course[-1] not in starts:
        starts.add(course[-1])
        for (a, b), t in zip(*XOR, strict=True):
            w0, w1, w2 = course[-1]
            error = t - (w0 + w1 * a + w2 * b > 0)
            course.append((w0 + error, w1 + error * a, w2 + error * b))
    return np.array(course), max(math.hypot(*w) for w in course)


SOLUTIONS = {"perceptron-convergence": Solution(study, answer)}
