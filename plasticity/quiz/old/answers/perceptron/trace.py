"""The lecture's perceptron learns AND by hand: its table row by row, carried on to convergence without rounding."""

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from plasticity.artificial.certificates import Separation
from plasticity.artificial.exact import exact
from plasticity.artificial.examples import Examples
from plasticity.artificial.perceptron import PerceptronRun, novikoff_bound, perceptron
from plasticity.artificial.separability import separate
from plasticity.quiz.old.record import Answer, Check, Solution

PATTERNS, TARGETS = ((1, 1, 0), (1, 0, 1), (1, 0, 0), (1, 1, 1)), (0, 0, 0, 1)  # x0, x1, x2; AND
NAMES = tuple("".join(map(str, pattern)) for pattern in PATTERNS)
START, RATE = (-1.2, -0.3, -0.4), 0.9


@dataclass(frozen=True)
class Row:
    """One line of the table, weights in whole tenths: number of the pattern, weights before and after, output."""

    pattern: int
    before: tuple[int, ...]
    after: tuple[int, ...]
    output: int

    @property
    def error(self) -> int:
        """Target less output: -1, 0 or 1."""
        return TARGETS[self.pattern] - self.output

    def as_printed(self) -> list:
        """[pattern, weights before, output, target], as in the slide."""
        return [NAMES[self.pattern], [w / 10 for w in self.before], self.output, TARGETS[self.pattern]]

    def change(self) -> list[float]:
        """What is added to the weights."""
        return [(new - old) / 10 for old, new in zip(self.before, self.after, strict=True)]


@dataclass(frozen=True)
class TraceStudy:
    """The table in fractions; by hand in whole tenths, also with a unit that fires at z = 0; the run in floats."""

    rows: list[Row]
    run: PerceptronRun
    by_hand: list[Row]
    firing_at_zero: list[Row]
    floats: PerceptronRun
    bound: float


def study(rng: np.random.Generator, target: str) -> TraceStudy:
    """Train from the printed start; nothing is random here."""
    examples = Examples(np.array(PATTERNS), np.array(TARGETS))
    run = perceptron(examples, exact(START), rate=exact(RATE))
    separation = separate([pattern[1:] for pattern in PATTERNS], TARGETS)
    assert isinstance(separation, Separation), "AND is separable: gates.and_gate is a unit that does it"
    unit = np.array([separation.bias, *separation.weights])
    bound = novikoff_bound(examples, unit, start=np.array(START), rate=RATE)
    floats = perceptron(examples, START, rate=RATE)
    return TraceStudy(_rows(run), run, in_tenths(operator.gt), in_tenths(operator.ge), floats, bound)


def in_tenths(fires: Callable[[int, int], bool]) -> list[Row]:
    """The rule written again as one does it on paper, in whole numbers, until an epoch has no mistake."""
    weights, rate, rows = tuple(round(10 * w) for w in START), round(10 * RATE), list[Row]()
    while not rows or any(row.error for row in rows[-len(PATTERNS) :]):
        for number, x in enumerate(PATTERNS):
            output = int(fires(sum(map(operator.mul, weights, x)), 0))
            step = rate * (TARGETS[number] - output)
            after = tuple(w + step * x_j for w, x_j in zip(weights, x, strict=True))
            rows.append(Row(number, weights, after, output))
            weights = after
    return rows


def _rows(run: PerceptronRun) -> list[Row]:
    tenths = [tuple(int(10 * w) for w in weights) for weights in run.history.weights]
    steps = zip(run.history.patterns, tenths[:-1], tenths[1:], run.history.outputs, strict=True)
    return [Row(int(shown[0]), before, after, int(output[0])) for shown, before, after, output in steps]


METHOD = (
    "The perceptron rule in fractions, which do not round, pattern after pattern until an epoch has no mistake; the "
    "same in floats, and once more by hand in whole tenths. Readings: a unit that fires when z > 0, and one that "
    "fires at z = 0 too"
)


def answer(study: TraceStudy) -> Answer:
    """The whole table."""
    rows, run = study.rows, study.run
    mistakes = {name: sum(NAMES[row.pattern] == name and row.error != 0 for row in rows) for name in NAMES}
    measurements = {
        "trace": [row.as_printed() for row in rows],
        "weights_final": run.history.final.astype(float).tolist(),
        "updates": run.n_mistakes,
        "updates_at_rows": [number for number, row in enumerate(rows, start=1) if row.error],
        "updates_by_pattern": list(mistakes.values()),
        "changes": [row.change() for row in rows],
        "n_epochs": run.n_epochs,
        "converged": run.converged,
        "smallest_size_of_z": min(abs(_sum(row)) for row in rows),
        "floats_differ_in_rows": _n_differing([row.output for row in rows], study.floats.history.outputs),
        "novikoff_bound": study.bound,
    }
    readings = {
        "the unit fires when z > 0": _one_by_one(rows),
        "the unit fires at z = 0 too": _one_by_one(study.firing_at_zero),
    }
    return Answer(_sentence(measurements), measurements, METHOD, _checks(study), readings, _sentence_he(measurements))


def _sum(row: Row) -> float:
    return sum(map(operator.mul, row.before, PATTERNS[row.pattern])) / 10


def _n_differing(outputs: Sequence[int], others: Sequence[np.ndarray]) -> int:
    """Rows with another output; rows that one of the two tables lacks count too."""
    same = sum(output == int(other[0]) for output, other in zip(outputs, others, strict=False))
    return max(len(outputs), len(others)) - same


def _one_by_one(rows: Sequence[Row]) -> dict[str, list]:
    """Every row and every change under a name of its own, so that the printed ones are compared one by one."""
    named = {f"row_{number}": row.as_printed() for number, row in enumerate(rows, start=1)}
    return named | {f"change_{number}": row.change() for number, row in enumerate(rows, start=1)}


def _balance(found: dict) -> tuple:
    """What the sentences say: mistakes, and how they add up to the last w0."""
    raised = sum(n for n, target in zip(found["updates_by_pattern"], TARGETS, strict=True) if target)
    lowered = found["updates"] - raised
    w0, w1, w2 = found["weights_final"]
    mistakes = ", ".join(f"{name} ({n})" for name, n in zip(NAMES, found["updates_by_pattern"], strict=True))
    sum_of_w0 = f"{START[0]:g} + {RATE:g} x ({raised} - {lowered}) = {w0:g}"
    return mistakes, sum_of_w0, f"w1 = {w1:g}, w2 = {w2:g}", f"{found['smallest_size_of_z']:g}"


def _sentence(found: dict) -> str:
    mistakes, sum_of_w0, others, smallest = _balance(found)
    end = "the last without a mistake" if found["converged"] else "and it has not converged"
    return (
        f"Only a wrong row changes the weights, and only where x is 1: {found['updates']} changes in "
        f"{found['n_epochs']} epochs ({len(found['trace'])} rows), {end}. Mistakes on {mistakes}; those with target 1 "
        f"add {RATE:g} to w0, the others take {RATE:g} away, so w0 = {sum_of_w0}, and {others}. No z comes nearer to "
        f"0 than {smallest}; with floats instead of fractions {found['floats_differ_in_rows']} outputs differ."
    )


def _sentence_he(found: dict) -> str:
    mistakes, sum_of_w0, others, smallest = _balance(found)
    end = "האחרון שבהם בלי אף טעות" if found["converged"] else "והוא לא התכנס"
    return (
        f"רק שורה שגויה משנה את המשקלים, ורק היכן ש-x הוא 1: {found['updates']} שינויים ב-{found['n_epochs']} מעברים "
        f"({len(found['trace'])} שורות), {end}. טעויות בכל דוגמה: {mistakes}. טעות שמטרתה 1 מוסיפה {RATE:g} "
        f"ל-w0 וכל טעות אחרת מפחיתה {RATE:g}, ולכן w0 = {sum_of_w0}, וכן {others}. אף z אינו מתקרב ל-0 יותר "
        f"מ-{smallest}; בחישוב בנקודה צפה במקום בשברים משתנים {found['floats_differ_in_rows']} פלטים."
    )


def _checks(study: TraceStudy) -> list[Check]:
    """The table by hand, and Novikoff's bound for some separating unit."""
    same = sum(map(operator.eq, study.rows, study.by_hand))
    updates, wrong = study.run.n_mistakes, sum(row.error != 0 for row in study.by_hand)
    w0, end = float(study.run.history.final[0]), study.by_hand[-1].after[0] / 10
    return [
        Check("rows", len(study.rows), same, "rows that come out the same by hand"),
        Check("updates", updates, wrong, "by hand"),
        Check("final w0", w0, end, "by hand"),
        Check("updates, at most", updates, min(updates, study.bound), f"Novikoff's bound is {study.bound:.1f}"),
    ]


SOLUTIONS = {"perceptron-and-trace": Solution(study, answer)}
