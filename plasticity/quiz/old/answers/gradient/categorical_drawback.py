"""Categorical cross entropy speaks only to the right unit: what then becomes of the others?

The same loss behind softmax units, which share their sum, and behind independent sigmoids, which do not.
"""

from dataclasses import dataclass

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import SIGMOID, Activation
from plasticity.artificial.descent import Descent
from plasticity.artificial.examples import Examples, teacher, with_bias
from plasticity.artificial.learning import gradient_descent
from plasticity.artificial.losses import (
    CATEGORICAL_CROSS_ENTROPY,
    MULTICLASS_CROSS_ENTROPY,
    SOFTMAX,
    Loss,
    value_and_gradient,
)
from plasticity.quiz.formulas import listed, ltr, slope
from plasticity.quiz.old.record import Answer, Check, Solution

Z, T = np.array([0.0, 2.0, 1.0]), np.array([1.0, 0.0, 0.0])  # one example whose prediction is wrong
CENTRES, SPREAD, N_EACH = np.array([[2.0, 0.0], [-1.0, 1.7], [-1.0, -1.7]]), 1.0, 30
RATE, N_EPOCHS = 0.5, 300
LOPSIDED, EVEN = np.array([[0.5, 0.48, 0.02]]), np.array([[0.5, 0.25, 0.25]])  # two ways to spread what is wrong
UNITS: dict[str, tuple[Loss, Activation]] = {
    "softmax": (CATEGORICAL_CROSS_ENTROPY, SOFTMAX),
    "sigmoids": (CATEGORICAL_CROSS_ENTROPY, SIGMOID),
    "sigmoids_multiclass": (MULTICLASS_CROSS_ENTROPY, SIGMOID),
}
METHOD = (
    f"`artificial.losses.value_and_gradient` on one example; one layer trained on {len(CENTRES)} clouds of {N_EACH} "
    f"points for {N_EPOCHS} epochs"
)


@dataclass(frozen=True)
class Trained:
    """Gradient dC/dz on the one example; after training: accuracy, and the mean output of units that should be 0."""

    gradient: Floats
    accuracy: float
    wrong_output: float
    loss: float


def study(rng: np.random.Generator, target: str) -> dict[str, Trained]:
    """The same examples and start for each kind of unit."""
    labels = np.repeat(np.arange(len(CENTRES)), N_EACH)
    inputs = with_bias(CENTRES[labels] + SPREAD * rng.normal(size=(labels.size, 2)))
    start = 0.1 * rng.normal(size=(len(CENTRES), inputs.shape[1]))
    return {
        name: _trained(Examples(inputs, np.eye(len(CENTRES))[labels]), start, *unit) for name, unit in UNITS.items()
    }


def _trained(examples: Examples, start: Floats, loss: Loss, unit: Activation) -> Trained:
    gradient = value_and_gradient(loss, unit, Z[np.newaxis], T[np.newaxis])[1][0] + 0.0  # -0 becomes 0
    descent = Descent(loss, RATE, n_epochs=N_EPOCHS)
    history = gradient_descent(examples, start, activation=unit, descent=descent)
    y, t = unit(examples.inputs @ history.final.T), teacher(examples)
    accuracy = float(np.mean(y.argmax(axis=1) == t.argmax(axis=1)))
    return Trained(gradient, accuracy, float(y[t == 0].mean()), loss.value(y, t))


def answer(study: dict[str, Trained]) -> Answer:
    """Nothing pushes the wrong units down but the sum that softmax units share."""
    found: dict = {"z": Z.tolist(), "target": T.tolist()}
    for name, trained in study.items():
        found[f"gradient_{name}"] = trained.gradient.tolist()
        found[f"accuracy_{name}"] = trained.accuracy
        found[f"mean_output_that_should_be_0_{name}"] = trained.wrong_output
        found[f"loss_{name}"] = trained.loss
    for name, loss in (("categorical", CATEGORICAL_CROSS_ENTROPY), ("multiclass", MULTICLASS_CROSS_ENTROPY)):
        found[f"cost_lopsided_{name}"], found[f"cost_even_{name}"] = (
            loss.value(y, T[np.newaxis]) for y in (LOPSIDED, EVEN)
        )
    return Answer(_sentence(found), found, METHOD, _checks(found), {"no printed answer": found}, _sentence_he(found))


def _sentence(found: dict) -> str:
    return (
        f"At z = ({listed(Z)}) with the first unit right, dC/dz is ({listed(found['gradient_softmax'], 3)}) with "
        f"softmax, but ({listed(found['gradient_sigmoids'], 3)}) with independent sigmoids: the loss speaks to the "
        "right unit alone, and only the sum that softmax units share pushes the wrong ones down. After training on "
        f"{len(CENTRES)} clouds, units that should say 0 say {found['mean_output_that_should_be_0_softmax']:.2f} on "
        f"average with softmax and {found['mean_output_that_should_be_0_sigmoids']:.2f} with sigmoids "
        f"({found['mean_output_that_should_be_0_sigmoids_multiclass']:.2f} under the multi-class loss). Nor does it "
        f"count how the wrong probability is spread: ({listed(LOPSIDED)}) and ({listed(EVEN)}) cost "
        f"{found['cost_lopsided_categorical']:.3f} and {found['cost_even_categorical']:.3f}, under the multi-class "
        f"loss {found['cost_lopsided_multiclass']:.3f} and {found['cost_even_multiclass']:.3f}."
    )


def _sentence_he(found: dict) -> str:
    softmax, sigmoids = (ltr(f"({listed(found[f'gradient_{name}'], 3)})") for name in ("softmax", "sigmoids"))
    lopsided, even = ltr(f"({listed(LOPSIDED)})"), ltr(f"({listed(EVEN)})")
    return (
        f"עבור z = ({listed(Z)}) כשהיחידה הראשונה היא הנכונה, dC/dz הוא {softmax} ב-softmax, אבל {sigmoids} "
        "בסיגמואידים בלתי תלויים: העלות פונה רק אל היחידה הנכונה, ורק הסכום המשותף של יחידות ה-softmax דוחף את השגויות "
        f"למטה. אחרי אימון על {len(CENTRES)} עננים, יחידות שצריכות לתת 0 נותנות בממוצע "
        f"{found['mean_output_that_should_be_0_softmax']:.2f} ב-softmax "
        f"ו-{found['mean_output_that_should_be_0_sigmoids']:.2f} בסיגמואידים "
        f"({found['mean_output_that_should_be_0_sigmoids_multiclass']:.2f} בעלות הרב-מחלקתית). גם החלוקה של ההסתברות "
        f"השגויה אינה נחשבת: {lopsided} ו-{even} עולים {found['cost_lopsided_categorical']:.3f} "
        f"ו-{found['cost_even_categorical']:.3f}, ובעלות הרב-מחלקתית {found['cost_lopsided_multiclass']:.3f} "
        f"ו-{found['cost_even_multiclass']:.3f}."
    )


def _checks(found: dict) -> list[Check]:
    """The gradients on the one example by a complex step, from the formulas of the costs."""

    def softmax_cost(s, i):
        return np.log(np.exp(Z + s * np.eye(Z.size)[i]).sum()) - Z[0] - s * (i == 0)

    def sigmoid_cost(s, i):
        return np.log(1 + np.exp(-Z[0] - s * (i == 0)))

    pairs = (("softmax", softmax_cost), ("sigmoids", sigmoid_cost))
    return [
        Check(
            f"dC/dz_{i}, {name}",
            found[f"gradient_{name}"][i],
            float(slope(lambda s, c=cost, i=i: c(s, i), 0.0)),
            "complex step",
        )
        for name, cost in pairs
        for i in range(Z.size)
    ]


SOLUTIONS = {"cce-drawback": Solution(study, answer)}
