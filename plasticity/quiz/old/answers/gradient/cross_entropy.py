"""The derivative of cross entropy, and the update for one example and for a mini-batch: each printed expression tried.

Every expression is evaluated as it is printed on random outputs and targets, and compared with the derivative itself.
"""

from dataclasses import dataclass

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import SIGMOID
from plasticity.artificial.descent import Descent
from plasticity.artificial.examples import Examples
from plasticity.artificial.learning import gradient_descent
from plasticity.artificial.losses import CROSS_ENTROPY
from plasticity.quiz.formulas import are_same, largest_difference, ltr, slope
from plasticity.quiz.old.record import Answer, Check, Solution

N, N_WEIGHTS, RATE = 200, 3, 0.1


def _first(y: Floats, t: Floats) -> Floats:
    return -(-t / y + (1 - t) / (1 - y))


def _second(y: Floats, t: Floats) -> Floats:
    return (-t * (1 - y) + y * (1 - t)) / (y * (1 - y))


def _third(y: Floats, t: Floats) -> Floats:
    return (-t + y) / (y * (1 - y))


EXPRESSIONS = (_first, _second, _third)  # of dC/dy, in the order in which the slide equates them


@dataclass(frozen=True)
class CrossEntropyStudy:
    """dC/dy and the printed expressions for it; the changes of the weights as learned and as printed."""

    derivative: Floats
    by_complex_step: Floats
    expressions: list[Floats]
    dc_dw: Floats
    dc_dw_printed: Floats
    online: Floats
    online_printed: Floats
    batch: Floats
    batch_printed: Floats


def study(rng: np.random.Generator, target: str) -> CrossEntropyStudy:
    """Random outputs and targets for dC/dy, random examples and weights for the updates."""
    y, t = rng.uniform(0.05, 0.95, N), rng.uniform(0.0, 1.0, N)
    inputs, w, targets = rng.normal(size=(N, N_WEIGHTS)), rng.normal(size=N_WEIGHTS), rng.integers(0, 2, N) * 1.0
    outputs = SIGMOID(inputs @ w)
    online_rule = RATE * (targets - outputs)[:, np.newaxis] * inputs
    online = [_change(inputs[[p]], targets[[p]], w) for p in range(N)]
    return CrossEntropyStudy(
        derivative=CROSS_ENTROPY.gradient(y, t) * N,  # the mean over N patterns is the loss
        by_complex_step=slope(lambda y: -t * np.log(y) - (1 - t) * np.log(1 - y), y),
        expressions=[expression(y, t) for expression in EXPRESSIONS],
        dc_dw=_weight_gradients(inputs, targets, w),
        dc_dw_printed=(outputs - targets)[:, np.newaxis] * inputs,
        online=np.array(online),
        online_printed=online_rule,
        batch=_change(inputs, targets, w),
        batch_printed=RATE / N * np.sum(RATE * (targets - outputs)[:, np.newaxis] * inputs, axis=0),
    )


def _change(inputs: Floats, targets: Floats, w: Floats) -> Floats:
    """What one step on all these examples adds to the weights."""
    descent = Descent(CROSS_ENTROPY, RATE)
    return gradient_descent(Examples(inputs, targets), w, activation=SIGMOID, descent=descent).final - w


def _weight_gradients(inputs: Floats, targets: Floats, w: Floats) -> Floats:
    """dC/dw of each example and weight by a complex step, from the formula of the cost alone."""

    def cost(w: Floats) -> Floats:
        y = 1.0 / (1.0 + np.exp(-(inputs @ w)))
        return -targets * np.log(y) - (1 - targets) * np.log(1 - y)

    return np.stack([slope(lambda s, i=i: cost(w + s * np.eye(N_WEIGHTS)[i]), 0.0) for i in range(N_WEIGHTS)], axis=1)


METHOD = (
    f"the printed expressions on {N} random outputs and targets against `artificial.losses` and "
    "`artificial.learning.gradient_descent`"
)


def chain(study: CrossEntropyStudy) -> Answer:
    """Three expressions said to be equal, then the gradient and the update."""
    names = [f"dC_dy_expression_{k}" for k in (1, 2, 3)]
    pairs = {name: (printed, study.derivative) for name, printed in zip(names, study.expressions, strict=True)}
    pairs |= {"dC_dw": (study.dc_dw_printed, study.dc_dw), "dw": (study.online_printed, study.online)}
    found: dict = {f"{name}_holds": are_same(*pair) for name, pair in pairs.items()}
    found |= {f"{name}_largest_difference": largest_difference(*pair) for name, pair in pairs.items()}
    ratio = study.expressions[0] / study.derivative
    found |= {"expression_1_over_dC_dy": float(ratio.mean()), "expression_1_over_dC_dy_spread": float(np.ptp(ratio))}
    worst = int(np.argmax(np.abs(study.derivative - study.by_complex_step)))
    checks = [
        Check("dC/dy, where it differs most", study.derivative[worst], study.by_complex_step[worst], "complex step")
    ]
    cause = "the minus in front of the bracket is one too many: dC/dy = -t/y + (1-t)/(1-y), and the next line drops it"
    cause_he = "המינוס שלפני הסוגריים מיותר: dC/dy = -t/y + (1-t)/(1-y), והשורה הבאה כבר כתובה בלעדיו"
    return Answer(
        _chain_sentence(found), found, METHOD, checks, {"as printed": found}, _chain_sentence_he(found), cause, cause_he
    )


CHAIN = {
    "-(-t/y + (1-t)/(1-y))": "dC_dy_expression_1",
    "(-t(1-y) + y(1-t))/(y(1-y))": "dC_dy_expression_2",
    "(-t+y)/(y(1-y))": "dC_dy_expression_3",
    "dC/dw = (y-t) x": "dC_dw",
    "dw = lambda (t-y) x": "dw",
}


def _chain_sentence(found: dict) -> str:
    said = "; ".join(
        f"{formula} {'holds' if found[f'{name}_holds'] else 'fails'} ({found[f'{name}_largest_difference']:.2g})"
        for formula, name in CHAIN.items()
    )
    return (
        f"The chain, each step with its largest difference from the truth: {said}. The first expression is "
        f"{found['expression_1_over_dC_dy']:g} times dC/dy (within {found['expression_1_over_dC_dy_spread']:.1g} "
        "everywhere). In dC/dw the y (1 - y) of dC/dy cancels against the slope of the sigmoid."
    )


def _chain_sentence_he(found: dict) -> str:
    said = "; ".join(
        f"{ltr(formula)} {'נכון' if found[f'{name}_holds'] else 'שגוי'} ({found[f'{name}_largest_difference']:.2g})"
        for formula, name in CHAIN.items()
    )
    ratio = ltr(f"{found['expression_1_over_dC_dy']:g}")
    return (
        f"השרשרת, כל צעד עם המרחק הגדול ביותר שלו מהאמת: {said}. הביטוי הראשון הוא {ratio} כפול dC/dy (בכל מקום, בהבדל "
        f"של {found['expression_1_over_dC_dy_spread']:.1g} לכל היותר). ב-dC/dw הגורם y (1 - y) של dC/dy מצטמצם עם "
        "שיפוע הסיגמואיד."
    )


def minibatch(study: CrossEntropyStudy) -> Answer:
    """The rate stands in front of the sum and again inside."""
    ratio = study.batch_printed / study.batch
    found = {
        "formula_holds": are_same(study.batch_printed, study.batch),
        "printed_over_right": float(ratio.mean()),
        "printed_over_right_spread": float(np.ptp(ratio)),
        "learning_rate": RATE,
        "dw_right": study.batch.tolist(),
        "dw_printed": study.batch_printed.tolist(),
    }
    checks = [
        Check(f"dw of weight {i}", study.batch[i], study.online_printed.mean(axis=0)[i], "mean of the on-line changes")
        for i in range(N_WEIGHTS)
    ]
    cause = "lambda stands twice, before the sum and inside it: right is lambda/m sum (t - y) x"
    cause_he = "קצב הלמידה lambda כתוב פעמיים, לפני הסכום ובתוכו: הנכון הוא lambda/m sum (t - y) x"
    readings = {"as printed": found}
    return Answer(_batch_sentence(found), found, METHOD, checks, readings, _batch_sentence_he(found), cause, cause_he)


def _batch_sentence(found: dict) -> str:
    return (
        f"With rate {RATE:g} and {N} random examples the printed formula gives {found['printed_over_right']:g} times "
        f"the step of gradient descent (the same for every weight within {found['printed_over_right_spread']:.1g}): "
        "the rate enters squared. Only at rate 1 does it make no difference."
    )


def _batch_sentence_he(found: dict) -> str:
    return (
        f"בקצב {RATE:g} ועל {N} דוגמאות אקראיות, הנוסחה שבשקף נותנת פי {found['printed_over_right']:g} מהצעד של ירידת "
        f"הגרדיינט (לכל משקל, בהבדל של {found['printed_over_right_spread']:.1g} לכל היותר): הקצב נכנס בריבוע. רק בקצב "
        "1 אין הבדל."
    )


SOLUTIONS = {
    "cross-entropy-gradient": Solution(study, chain),
    "cross-entropy-minibatch": Solution(study, minibatch),
}
