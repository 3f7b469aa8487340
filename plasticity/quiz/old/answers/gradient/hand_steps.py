"""One step of gradient descent by hand: a linear neuron and five examples, in every reading of the printed table.

The table says t = 2 beside x = 8, but the product beside it is worked with 8. And one product does not follow from
its own factors; what the step would be after that slip tells whether the slides carried it on.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import LINEAR
from plasticity.artificial.descent import Descent
from plasticity.artificial.examples import Examples, with_bias
from plasticity.artificial.learning import gradient_descent
from plasticity.quiz.formulas import listed, ltr
from plasticity.quiz.old.record import Answer, Check, Solution

INPUTS = (10.0, 5.0, 1.0, 8.0, 4.0)
TARGETS = (8.5, 3.8, 2.0, 8.0, 5.0)
BY_PRODUCT, BY_TABLE = "t = 8 as in (16-8)*8", "t = 2 as in the table"
READINGS = {BY_PRODUCT: TARGETS, BY_TABLE: (*TARGETS[:3], 2.0, *TARGETS[4:])}
BORROW = 1.0  # 20 - 8.5 is 12.5 for whoever forgets that a 1 was borrowed
FORGOTTEN = (TARGETS[0] - BORROW, *TARGETS[1:])
RATE, START_SINGLE, START_TWO = 0.01, (2.0,), (-1.0, 2.0)  # the bias first


@dataclass(frozen=True)
class HandStep:
    """One step: (y - t) x of each example and weight, their mean over the examples, the weights after the step."""

    targets: tuple[float, ...]
    start: tuple[float, ...]
    outputs: Floats
    products: Floats
    new: Floats

    @property
    def gradient(self) -> list[float]:
        """The mean over the examples, for each weight."""
        return self.products.mean(axis=0).tolist()


@dataclass(frozen=True)
class HandSteps:
    """The step with one weight and with two, by reading; and the one after a forgotten borrow."""

    single: dict[str, HandStep]
    two: dict[str, HandStep]
    slip: HandStep


def study(rng: np.random.Generator, target: str) -> HandSteps:
    """Every reading; nothing here is random."""
    single = {reading: step(targets, START_SINGLE) for reading, targets in READINGS.items()}
    two = {reading: step(targets, START_TWO) for reading, targets in READINGS.items()}
    return HandSteps(single, two, step(FORGOTTEN, START_SINGLE))


def step(targets: tuple[float, ...], start: tuple[float, ...]) -> HandStep:
    """A batch step of a linear neuron; with two weights the first is the bias."""
    column = np.array(INPUTS)[:, np.newaxis]
    inputs = column if len(start) == 1 else with_bias(column)
    history = gradient_descent(
        Examples(inputs, np.array(targets)), start, activation=LINEAR, descent=Descent(rate=RATE)
    )
    outputs = history.outputs[0]
    return HandStep(targets, start, outputs, (outputs - targets)[:, np.newaxis] * inputs, history.final)


METHOD = (
    f"the mean of (y - t) x over the five examples, times -{RATE:g}, in `artificial.learning.gradient_descent`; once "
    "for each reading of the table"
)


def single_weight(steps: HandSteps) -> Answer:
    """No bias: the slip in the first product decides everything after it."""
    readings = {reading: _single(found) for reading, found in steps.single.items()}
    main, table, slip = readings[BY_PRODUCT], readings[BY_TABLE], _single(steps.slip)
    too_high = int(np.sum(steps.single[BY_PRODUCT].outputs > TARGETS))
    falls = main["dw1"] < 0
    sentence = (
        f"With t = 8 beside x = 8 the products are {listed(main['products'])}, their mean {main['gradient']:g}, so dw1 "
        f"= {main['dw1']:g} and w1 = {main['w1_new']:g}; with t = 2 they are {listed(table['products'])}, mean "
        f"{table['gradient']:g}, w1 = {table['w1_new']:g}. y = 2x is too high in {too_high} of {len(INPUTS)} examples, "
        f"and the large inputs weigh most: so the weight {'falls' if falls else 'rises'}."
    )
    sentence_he = (
        f"אם ליד x = 8 עומד t = 8, המכפלות הן {ltr(listed(main['products']))}, הממוצע {main['gradient']:g}, ולכן dw1 = "
        f"{main['dw1']:g} ו-w1 = {main['w1_new']:g}; אם t = 2, המכפלות הן {ltr(listed(table['products']))}, הממוצע "
        f"{table['gradient']:g} ו-w1 = {table['w1_new']:g}. הפלט y = 2x גבוה מדי ב-{too_high} מתוך {len(INPUTS)} "
        f"הדוגמאות, והקלטים הגדולים שוקלים יותר: לכן המשקל {'יורד' if falls else 'עולה'}."
    )
    first, slipped = main["products"][0], slip["products"][0]
    factors = f"({steps.slip.outputs[0]:g} - {TARGETS[0]:g}) * {INPUTS[0]:g}"
    cause = (
        f"{factors} is {first:g}; with the borrowed 1 forgotten it becomes {slipped:g}, and then the mean "
        f"{slip['gradient']:g} and w1 = {slip['w1_new']:g}; the t = 2 beside x = 8 is a misread 8"
    )
    cause_he = (
        f"המכפלה {ltr(factors)} היא {first:g}; מי ששוכח בחיסור את ה-1 שנלווה מקבל {slipped:g}, ואז הממוצע "
        f"{slip['gradient']:g} ו-w1 = {slip['w1_new']:g}; ה-t = 2 שליד x = 8 הוא 8 שנקרא לא נכון"
    )
    measurements = main | _ending(table, "if_t_is_2") | _ending(slip, "if_borrow_forgotten")
    return Answer(sentence, measurements, METHOD, _checks(steps.single), readings, sentence_he, cause, cause_he)


def two_weights(steps: HandSteps) -> Answer:
    """With a bias: the same table, no slip."""
    readings = {reading: _two(found) for reading, found in steps.two.items()}
    main, table = readings[BY_PRODUCT], readings[BY_TABLE]
    sentence = (
        f"With t = 8 beside x = 8 the mean error is {main['gradient_w0']:g}, which moves w0 to {main['w0_new']:g}, and "
        f"the mean of error times input {main['gradient_w1']:g}, which moves w1 to {main['w1_new']:g}; with t = 2 the "
        f"gradients are {table['gradient_w0']:g} and {table['gradient_w1']:g}, the weights {table['w0_new']:g} and "
        f"{table['w1_new']:g}. w1 moves {main['dw1'] / main['dw0']:.1f} times as far as w0, whose input is only 1."
    )
    sentence_he = (
        f"אם ליד x = 8 עומד t = 8, השגיאה הממוצעת היא {main['gradient_w0']:g} והיא מזיזה את w0 אל "
        f"{ltr(format(main['w0_new'], 'g'))}, וממוצע השגיאה כפול הקלט הוא {main['gradient_w1']:g} והוא מזיז את w1 אל "
        f"{main['w1_new']:g}; אם t = 2, הגרדיינטים הם {table['gradient_w0']:g} ו-{table['gradient_w1']:g}, והמשקלים "
        f"{ltr(format(table['w0_new'], 'g'))} ו-{table['w1_new']:g}. המשקל w1 זז פי {main['dw1'] / main['dw0']:.1f} "
        "מ-w0, שהקלט שלו הוא 1 בלבד."
    )
    cause = "this is with t = 2 beside x = 8 as in the table; that 2 is a misread 8, with which the slides were worked"
    cause_he = "כך יוצא עם t = 2 שליד x = 8, כמו בטבלה; ה-2 הזה הוא 8 שנקרא לא נכון, ובו חישבו השקפים"
    measurements = main | _ending(table, "if_t_is_2")
    return Answer(sentence, measurements, METHOD, _checks(steps.two), readings, sentence_he, cause, cause_he)


def _single(found: HandStep) -> dict:
    (gradient,), (new,) = found.gradient, found.new.tolist()
    products = found.products[:, 0].tolist()
    return {"products": products, "gradient": gradient, "dw1": new - found.start[0], "w1_new": new}


def _two(found: HandStep) -> dict[str, float]:
    changes = (found.new - found.start).tolist()
    rows = {"gradient": found.gradient, "d": changes, "new": found.new.tolist()}
    names = {"gradient": "gradient_w{}", "d": "dw{}", "new": "w{}_new"}
    return {names[row].format(i): numbers[i] for row, numbers in rows.items() for i in (0, 1)}


def _ending(measurements: dict, ending: str) -> dict:
    return {f"{name}_{ending}": value for name, value in measurements.items()}


def _checks(steps: dict[str, HandStep]) -> list[Check]:
    """The same step in whole fractions, where nothing rounds."""
    return [
        Check(f"new w{i + 2 - len(found.new)}, {reading}", found.new[i], float(exact), "fractions")
        for reading, found in steps.items()
        for i, exact in enumerate(exact_step(found.targets, found.start))
    ]


def exact_step(targets: tuple[float, ...], start: tuple[float, ...]) -> list[Fraction]:
    """The weights after the step, each figure read as the decimal it is printed as."""
    weights = [Fraction(str(w)) for w in start]
    rows = [[Fraction(1), Fraction(str(x))][-len(start) :] for x in INPUTS]
    errors = [
        sum((w * x for w, x in zip(weights, row, strict=True)), start=-Fraction(str(t)))
        for row, t in zip(rows, targets, strict=True)
    ]
    products = [[e * x for x in row] for e, row in zip(errors, rows, strict=True)]
    means = [sum(column, start=Fraction(0)) / len(rows) for column in zip(*products, strict=True)]
    return [w - Fraction(str(RATE)) * mean for w, mean in zip(weights, means, strict=True)]


SOLUTIONS = {
    "gd-single-weight": Solution(study, single_weight),
    "gd-two-weights": Solution(study, two_weights),
}
