"""The home exercise: the update of a tanh unit, for a cross entropy that fits outputs from -1 to 1.

The slope of tanh is 1 - y^2. With p = (1 + y)/2 for the probability of +1 and s = (1 + t)/2, the cross entropy
C = -s ln p - (1-s) ln(1-p) has dC/dy = (y-t)/(1-y^2), so that the slope cancels as it does for the sigmoid.
"""

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import SIGMOID, TANH
from plasticity.artificial.losses import CROSS_ENTROPY, MSE, value_and_gradient
from plasticity.quiz.formulas import are_same, largest_difference, ltr, slope
from plasticity.quiz.old.record import Answer, Check, Solution

N, N_WEIGHTS = 500, 3
METHOD = (
    f"the rules derived on paper against the slope of each loss by a complex step, on {N} random examples; p is also a "
    "sigmoid of 2z, through `artificial.losses`"
)


def study(rng: np.random.Generator, target: str) -> dict:
    """Each rule, as the change of z at rate 1 that it asks of a pattern, against the slope of its loss."""
    x, w = rng.normal(size=(N, N_WEIGHTS)), rng.normal(size=N_WEIGHTS)
    z, t = x @ w, rng.choice([-1.0, 1.0], N)
    y, on = TANH(z), TANH(z) > 0
    label = (1 + t) / 2
    entropy = slope(lambda z: _entropy((1 + np.tanh(z)) / 2, label), z)
    squared = slope(lambda z: 0.5 * (np.tanh(z) - t) ** 2, z)
    unshifted = slope(lambda z: _entropy(np.tanh(z), label[on]), z[on])
    return {
        "entropy_rule_holds": are_same(y - t, entropy),
        "entropy_rule_largest_difference": largest_difference(y - t, entropy),
        "squared_rule_holds": are_same((y - t) * (1 - y**2), squared),
        "squared_rule_largest_difference": largest_difference((y - t) * (1 - y**2), squared),
        "unshifted_rule_holds": are_same((y[on] - label[on]) * (1 + y[on]) / y[on], unshifted),
        "share_without_unshifted_loss": float(np.mean(~on)),
        "dw": (-entropy @ x / N).tolist(),
        "dw_as_sigmoid_of_2z": (-2 * value_and_gradient(CROSS_ENTROPY, SIGMOID, 2 * z, label)[1] @ x).tolist(),
        "dw_squared": (-squared @ x / N).tolist(),
        "dw_squared_by_losses": (-value_and_gradient(MSE, TANH, z, t)[1] @ x).tolist(),
    }


def _entropy(p: Floats, label: Floats) -> Floats:
    return -label * np.log(p) - (1 - label) * np.log(1 - p)


def answer(found: dict) -> Answer:
    """The same rule as the sigmoid's."""
    checks = [
        Check(f"dw of weight {i}", found["dw"][i], found["dw_as_sigmoid_of_2z"][i], "cross entropy of sigmoid(2z)")
        for i in range(N_WEIGHTS)
    ]
    checks += [
        Check(f"dw of weight {i}, squared error", found["dw_squared"][i], found["dw_squared_by_losses"][i], "`losses`")
        for i in range(N_WEIGHTS)
    ]
    return Answer(_sentence(found), found, METHOD, checks, {"no printed answer": found}, _sentence_he(found))


def _sentence(found: dict) -> str:
    entropy, squared, unshifted = (
        "holds" if found[f"{rule}_rule_holds"] else "fails" for rule in ("entropy", "squared", "unshifted")
    )
    return (
        "With targets -1 and 1 and C = -(1+t)/2 ln((1+y)/2) - (1-t)/2 ln((1-y)/2), the rule dw = lambda (t-y) x "
        f"{entropy} (largest difference {found['entropy_rule_largest_difference']:.1g}): dC/dy = (y-t)/(1-y^2) cancels "
        "the slope 1 - y^2, as it does for the sigmoid. With the squared error the slope stays, and dw = lambda "
        f"(t-y)(1-y^2) x {squared} ({found['squared_rule_largest_difference']:.1g}). The slides' own C, with targets 0 "
        f"and 1, would give lambda (t-y)(1+y)/y x, which {unshifted} where y > 0; but it does not exist for the "
        f"{found['share_without_unshifted_loss']:.0%} of outputs that are not above 0."
    )


def _sentence_he(found: dict) -> str:
    entropy, squared, unshifted = (
        "נכון" if found[f"{rule}_rule_holds"] else "שגוי" for rule in ("entropy", "squared", "unshifted")
    )
    cost = ltr("C = -(1+t)/2 ln((1+y)/2) - (1-t)/2 ln((1-y)/2)")
    return (
        f"עם מטרות {ltr('-1')} ו-1 ועם {cost}, הכלל {ltr('dw = lambda (t-y) x')} {entropy} (ההפרש הגדול ביותר "
        f"{found['entropy_rule_largest_difference']:.1g}): הגורם {ltr('dC/dy = (y-t)/(1-y^2)')} מצמצם את השיפוע "
        f"{ltr('1 - y^2')}, כמו בסיגמואיד. בשגיאה ריבועית השיפוע נשאר, והכלל {ltr('dw = lambda (t-y)(1-y^2) x')} "
        f"{squared} ({found['squared_rule_largest_difference']:.1g}). העלות C של השקפים עצמם, עם מטרות 0 ו-1, הייתה "
        f"נותנת {ltr('lambda (t-y)(1+y)/y x')}, כלל {unshifted} כאשר y > 0; אבל היא אינה מוגדרת עבור "
        f"{found['share_without_unshifted_loss']:.0%} מהפלטים, שאינם מעל 0."
    )


SOLUTIONS = {"tanh-rule": Solution(study, answer)}
