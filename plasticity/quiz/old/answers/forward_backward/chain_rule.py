"""Gradients on a computation graph: the product (x + y) z, and the sigmoid of a sum of products.

The well-known form of the sigmoid example ends in a bias, x2 = 1. What the machine read has a third product instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from plasticity.artificial import graph
from plasticity.artificial.graph import Node
from plasticity.quiz.formulas import listed, ltr, slope
from plasticity.quiz.old.record import Answer, Check, Solution

PRODUCT = {"x": -2.0, "y": 5.0, "z": -4.0}
AS_READ, AS_BIAS = "x2 = -2 as machine-read", "x2 = 1, w2 the bias"
SIGMOID = {"w0": 2.0, "x0": -1.0, "w1": -3.0, "x1": -2.0, "w2": -3.0, "x2": -2.0}
READINGS = {AS_READ: SIGMOID, AS_BIAS: SIGMOID | {"x2": 1.0}}
METHOD = "`artificial.graph`: values forwards, gradients backwards, once for each reading"


@dataclass(frozen=True)
class Worked:
    """A computation: the value of every named node, and the gradient of the last one for each."""

    forward: dict[str, float]
    gradients: dict[str, float]


def worked(nodes: Mapping[str, Node]) -> Worked:
    """Read the named nodes; the last is the output."""
    *_, output = nodes.values()
    gradients = graph.gradients(output)
    return Worked({name: node.value for name, node in nodes.items()}, {n: gradients[node] for n, node in nodes.items()})


def product_study(rng: np.random.Generator, target: str) -> Worked:
    """f = (x + y) z; nothing here is random."""
    x, y, z = (graph.variable(value, name) for name, value in PRODUCT.items())
    q = x + y
    return worked({"x": x, "y": y, "z": z, "q": q, "f": q * z})


def product(found: Worked) -> Answer:
    """Chain rule: what arrives at q goes on to x and to y unchanged."""
    forward, gradients = found.forward, found.gradients
    measurements = {
        "forward": forward,
        "gradients": gradients,
        "q": forward["q"],
        "z": forward["z"],
        "dq_dx": gradients["x"] / gradients["q"],
        "dq_dy": gradients["y"] / gradients["q"],
        "df_dq": gradients["q"],
        "df_dz": gradients["z"],
    }
    checks = [
        Check(f"df/d{name}", gradients[name], _product_slope(name), "complex step of (x + y) z") for name in PRODUCT
    ]
    q, f = forward["q"], forward["f"]
    figures = {name: ltr(f"{gradients[name]:g}") for name in ("x", "y", "z", "q")}
    sentence = (
        f"q = x + y = {q:g}, f = q z = {f:g}. df/dq = z = {gradients['q']:g} and df/dz = q = {gradients['z']:g}: a "
        "product hands each factor the other one. dq/dx = dq/dy = 1: a sum hands on what it gets, so df/dx = "
        f"{gradients['x']:g} and df/dy = {gradients['y']:g}."
    )
    sentence_he = (
        f"החישוב קדימה: q = x + y = {q:g}, f = q z = {f:g}. אחורה: df/dq = z = {gradients['q']:g} ו-df/dz = q = "
        f"{gradients['z']:g}, כי מכפלה נותנת לכל גורם את האחר. dq/dx = dq/dy = 1, כי סכום מעביר הלאה את מה שקיבל, ולכן "
        f"df/dx הוא {figures['x']} ו-df/dy הוא {figures['y']}."
    )
    return Answer(sentence, measurements, METHOD, checks, {"as printed": measurements}, sentence_he)


def _product_slope(name: str) -> float:
    def f(value):
        at = PRODUCT | {name: value}
        return (at["x"] + at["y"]) * at["z"]

    return float(slope(f, PRODUCT[name]))


def sigmoid_study(rng: np.random.Generator, target: str) -> dict[str, Worked]:
    """f = sigmoid(w0 x0 + w1 x1 + w2 x2) in both readings; nothing here is random."""
    return {reading: sigmoid_of_products(values) for reading, values in READINGS.items()}


def sigmoid_of_products(values: Mapping[str, float]) -> Worked:
    """Three products, their sum, its sigmoid."""
    nodes = {name: graph.variable(value, name) for name, value in values.items()}
    products = {f"w{i}x{i}": nodes[f"w{i}"] * nodes[f"x{i}"] for i in range(3)}
    first, second, third = products.values()
    total = first + second + third
    return worked({**nodes, **products, "sum": total, "f": graph.sigmoid(total)})


def sigmoid(study: dict[str, Worked]) -> Answer:
    """Which printed number belongs to which reading."""
    readings = {reading: _sigmoid_measurements(found) for reading, found in study.items()}
    as_bias = readings[AS_BIAS]
    found = readings[AS_READ] | {f"{name}_with_bias": as_bias[name] for name in ("forward", "gradients", "output")}
    found["sum_without_third"] = sum(found["products"][:2])
    found["output_without_third"] = float(1 / (1 + np.exp(-found["sum_without_third"])))
    checks = [
        Check(
            f"df/d{name}, {reading}", computed.gradients[name], _sigmoid_slope(READINGS[reading], name), "complex step"
        )
        for reading, computed in study.items()
        for name in ("w0", "x1", "w2")
    ]
    cause = (
        f"the printed output is that of the first two products alone (sigmoid({found['sum_without_third']:g}) = "
        f"{found['output_without_third']:.3f}); the printed output gradient is the output when w2 is the bias "
        f"({as_bias['output']:.3f}); and the printed gradient of all is that of w0 alone there "
        f"({as_bias['gradients_w'][0]:.2f})"
    )
    cause_he = (
        f"הפלט שבשקף הוא של שתי המכפלות הראשונות בלבד (sigmoid({found['sum_without_third']:g}) = "
        f"{found['output_without_third']:.3f}); גרדיינט הפלט שבשקף הוא הפלט עצמו כאשר w2 הוא ההטיה "
        f"({as_bias['output']:.3f}); והגרדיינט שבשקף לכולם הוא של w0 לבדו שם "
        f"({ltr(format(as_bias['gradients_w'][0], '.2f'))})"
    )
    sentence, sentence_he = _sigmoid_sentence(readings), _sigmoid_sentence_he(readings)
    return Answer(sentence, found, METHOD, checks, readings, sentence_he, cause, cause_he)


def _sigmoid_sentence(readings: dict[str, dict]) -> str:
    read, bias = readings[AS_READ], readings[AS_BIAS]
    return (
        f"As machine-read the products are {listed(read['products'])}, their sum {read['sum']:g}, the output "
        f"{read['output']:.5f}; there the sigmoid is flat, and the gradients are {listed(read['gradients_x'], 2)} for "
        f"x, {listed(read['gradients_w'], 2)} for w. With w2 as the bias (x2 = 1) the products are "
        f"{listed(bias['products'])}, the sum {bias['sum']:g}, the output {bias['output']:.3f}; {bias['output']:.3f} "
        f"(1 - {bias['output']:.3f}) = {bias['sum_gradient']:.3f} arrives at the sum, and times the other factor of "
        f"each product gives {listed(bias['gradients_x'][:2], 2)} for x0, x1 and {listed(bias['gradients_w'], 2)} for "
        f"w. The output's own gradient is {bias['output_gradient']:g}."
    )


def _sigmoid_sentence_he(readings: dict[str, dict]) -> str:
    read, bias = readings[AS_READ], readings[AS_BIAS]
    slope = ltr(f"{bias['output']:.3f} (1 - {bias['output']:.3f}) = {bias['sum_gradient']:.3f}")
    return (
        f"כפי שנקרא בסריקה המכפלות הן {ltr(listed(read['products']))}, סכומן {read['sum']:g} והפלט "
        f"{read['output']:.5f}; שם הסיגמואיד שטוח, והגרדיינטים הם {ltr(listed(read['gradients_x'], 2))} ל-x "
        f"ו-{ltr(listed(read['gradients_w'], 2))} ל-w. כאשר w2 הוא ההטיה (x2 = 1) המכפלות הן "
        f"{ltr(listed(bias['products']))}, הסכום {bias['sum']:g} והפלט {bias['output']:.3f}; אל הסכום מגיע {slope}, "
        f"וכפול הגורם האחר בכל מכפלה מתקבל {ltr(listed(bias['gradients_x'][:2], 2))} ל-x0 ול-x1, "
        f"ו-{ltr(listed(bias['gradients_w'], 2))} ל-w. הגרדיינט של הפלט עצמו הוא {bias['output_gradient']:g}."
    )


def _sigmoid_measurements(found: Worked) -> dict:
    forward, gradients = found.forward, found.gradients
    return {
        "forward": forward,
        "gradients": gradients,
        "products": [forward[f"w{i}x{i}"] for i in range(3)],
        "sum": forward["sum"],
        "output": forward["f"],
        "output_gradient": gradients["f"],
        "sum_gradient": gradients["sum"],
        "gradients_x": [gradients[f"x{i}"] for i in range(3)],
        "gradients_w": [gradients[f"w{i}"] for i in range(3)],
    }


def _sigmoid_slope(values: Mapping[str, float], name: str) -> float:
    def f(value):
        at = dict(values) | {name: value}
        return 1 / (1 + np.exp(-sum(at[f"w{i}"] * at[f"x{i}"] for i in range(3))))

    return float(slope(f, values[name]))


SOLUTIONS = {
    "backprop-product": Solution(product_study, product),
    "backprop-sigmoid": Solution(sigmoid_study, sigmoid),
}
