"""One on-line step of a single sigmoid by hand: do the digits rounded away on the slide matter?"""

from dataclasses import dataclass

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import SIGMOID
from plasticity.artificial.descent import Descent
from plasticity.artificial.examples import Examples
from plasticity.artificial.learning import gradient_descent
from plasticity.artificial.losses import CROSS_ENTROPY, MSE
from plasticity.experiment import parameter
from plasticity.quiz.record import Answer, Check, Solution
from plasticity.studies.complex_step import slope

FIGURES = ("y", "dw0", "dw1", "w0_new", "w1_new")


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    x: float = parameter(2.0, meaning="the input", least=-20, most=20)
    t: float = parameter(1.0, meaning="the target, a label or a probability", least=0, most=1)
    w0: float = parameter(1.0, meaning="the bias at the start", least=-20, most=20)
    w1: float = parameter(-2.0, meaning="the weight at the start", least=-20, most=20)
    rate: float = parameter(1.0, meaning="learning rate", least=1e-6, most=100)


@dataclass(frozen=True)
class Step:
    """y, changes and new weights with cross entropy, and with the squared error."""

    parameters: Parameters
    cross_entropy: dict[str, float]
    mse: dict[str, float]


def study(parameters: Parameters) -> Step:
    """One on-line step of each loss."""
    p, found = parameters, []
    examples = Examples(np.array([[1.0, p.x]]), np.array([p.t]))
    for loss in (CROSS_ENTROPY, MSE):
        descent = Descent(loss, p.rate, batch_size=1)
        history = gradient_descent(examples, [p.w0, p.w1], activation=SIGMOID, descent=descent)
        (w0, w1), y = history.final.tolist(), float(history.outputs[0][0])
        found.append(dict(zip(FIGURES, (y, w0 - p.w0, w1 - p.w1, w0, w1), strict=True)))
    return Step(p, *found)


def answer(step: Step) -> Answer:
    """The printed figures are rounded at every line; does that matter?"""
    p, found = step.parameters, step.cross_entropy
    y = round(found["y"], 2)
    dw0, dw1 = p.rate * (p.t - y), p.rate * (p.t - y) * p.x
    rounded = dict(zip(FIGURES, (y, dw0, dw1, p.w0 + dw0, p.w1 + dw1), strict=True))
    measured = found | {
        "z": p.w1 * p.x + p.w0,
        "error": p.t - found["y"],
        "moves": "rises" if found["y"] < p.t else "falls" if found["y"] > p.t else "stays",
        "y_after": float(SIGMOID(np.array(found["w1_new"] * p.x + found["w0_new"]))),
        "dw0_with_mse": step.mse["dw0"],
        "w1_new_with_mse": step.mse["w1_new"],
    }
    return Answer(measured, _checks(step), {"exact": found, "rounded": rounded})


def _checks(step: Step) -> list[Check]:
    """Outputs by tanh; changes as slopes of the losses written as formulas."""
    p = step.parameters
    by_entropy, by_square = (_written_out(loss, p) for loss in (_entropy, _square))
    new = {"w0_new": p.w0 + by_entropy["dw0"], "w1_new": p.w1 + by_entropy["dw1"]}
    found = {"y": _output(p.w1 * p.x + p.w0), "error": p.t - _output(p.w1 * p.x + p.w0)} | by_entropy | new
    found["y_after"] = _output(new["w1_new"] * p.x + new["w0_new"])
    found |= {"dw0_with_mse": by_square["dw0"], "w1_new_with_mse": p.w1 + by_square["dw1"]}
    routes = dict.fromkeys(found, "complex_step") | dict.fromkeys(("y", "y_after", "error"), "tanh")
    scale = max(1.0, *map(abs, found.values()))
    z = float(np.dot([p.w0, p.w1], [1.0, p.x]))
    checks = [Check(name, value, routes[name], tolerance=1e-11 * scale) for name, value in found.items()]
    return [*checks, Check("z", z, "scalar_product", tolerance=1e-12 * scale)]


def _written_out(loss, p: Parameters) -> dict[str, float]:
    slopes = slope(lambda w0: loss(p.w1 * p.x + w0, p.t), p.w0), slope(lambda w1: loss(w1 * p.x + p.w0, p.t), p.w1)
    return {f"dw{i}": -p.rate * float(one) for i, one in enumerate(slopes)}


def _output(z: float) -> float:
    return float((1 + np.tanh(z / 2)) / 2)


def _entropy(z: Floats, t: float) -> Floats:
    # -t ln sigmoid(z) - (1 - t) ln(1 - sigmoid(z)); the larger exponential is taken out, so that none overflows
    return np.log(1.0 + np.exp(-z)) + (1 - t) * z if np.real(z) > 0 else np.log(1.0 + np.exp(z)) - t * z


def _square(z: Floats, t: float) -> Floats:
    return 0.5 * (1.0 / (1.0 + np.exp(-z)) - t) ** 2


SOLUTIONS = {"sgd-sigmoid-step": Solution(study, answer, Parameters())}
