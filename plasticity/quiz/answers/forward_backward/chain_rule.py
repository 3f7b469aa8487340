"""Gradients on a computation graph: the product (x + y) z, and the sigmoid of a sum of products.

The well-known form of the sigmoid example ends in a bias, x2 = 1. What the machine read has a third product instead.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from plasticity.quiz.record import Answer, Check, Solution
from plasticity.studies.complex_step import slope
from plasticity.studies.worked_graphs import Product, Products, Worked, product_of, products, sum_of_products
from plasticity.studies.worked_graphs import product as product_study

READINGS = ("as read", "with a bias")
_SHOWN_BESIDE = ("rows.value", "rows.value_bias")  # what is given, and what is confirmed by its own name
ROUNDING = 1e-9


def product(found: Worked) -> Answer:
    """Chain rule: what arrives at q goes on to x and to y unchanged."""
    forward, gradients = found.forward, found.gradients
    at = {name: forward[name] for name in "xyz"}
    measurements = {
        **{name: forward[name] for name in "qf"},
        "forward": forward,
        "gradients": gradients,
        "rows": [{"node": name, "value": forward[name], "gradient": gradients[name]} for name in forward],
        "z": forward["z"],
        "dq_dx": float(slope(lambda x: x + at["y"], at["x"])),
        "dq_dy": float(slope(lambda y: at["x"] + y, at["y"])),
        "df_dq": gradients["q"],
        **{f"df_d{name}": gradients[name] for name in "xyz"},
    }
    by_steps = _product_slopes(at)
    expanded = at["x"] * at["z"] + at["y"] * at["z"]
    checks = [
        Check("f", expanded, "expanded", tolerance=ROUNDING * (1 + abs(expanded))),
        Check("q", float(slope(lambda z: product_of(at["x"], at["y"], z), at["z"])), "complex_step", ROUNDING),
        *(Check(f"df_d{name}", by_steps[name], "complex_step", ROUNDING) for name in "xyzq"),
        Check("rows.gradient", [*(by_steps[name] for name in "xyzq"), 1.0], "complex_step", ROUNDING),
    ]
    return Answer(measurements, checks, {"as printed": measurements}, given=("z", "rows.value"))  # q and f by name


def _product_slopes(at: Mapping[str, float]) -> dict[str, float]:
    """The gradients by complex steps of the whole formula; that for q of q z, with x + y held as one number."""
    found = {name: float(slope(lambda value, name=name: product_of(**{**at, name: value}), at[name])) for name in "xyz"}
    return found | {"q": float(slope(lambda q: q * at["z"], at["x"] + at["y"]))}


def sigmoid(study: dict[str, Worked]) -> Answer:
    """Which printed number belongs to which reading."""
    readings = {reading: _measured(study[reading]) for reading in READINGS}
    read, bias = readings.values()
    n = len(read["products"])
    found = read | {f"{name}_with_bias": value for name, value in bias.items()}
    found["last"] = f"w{n - 1}"
    found["first_products"] = n - 1
    found["sum_without_third"] = sum(read["products"][:-1])
    found["output_without_third"] = float(1 / (1 + np.exp(-found["sum_without_third"])))
    found["slope_is"] = "flat" if read["sum_gradient"] < 0.01 else "steep"
    found["rows"] = _rows(study)
    return Answer(found, _checks(study, found), readings, given=("first_products", *_SHOWN_BESIDE))


def _measured(found: Worked) -> dict[str, Any]:
    forward, gradients = found.forward, found.gradients
    n = sum(name.startswith("x") for name in forward)
    return {
        "forward": forward,
        "gradients": gradients,
        "products": [forward[f"w{i}x{i}"] for i in range(n)],
        "sum": forward["sum"],
        "output": forward["f"],
        "output_gradient": gradients["f"],
        "sum_gradient": gradients["sum"],
        "gradients_x": [gradients[f"x{i}"] for i in range(n)],
        "gradients_w": [gradients[f"w{i}"] for i in range(n)],
        "gradient_w0": gradients["w0"],
    }


def _rows(study: dict[str, Worked]) -> list[dict[str, Any]]:
    read, bias = (study[reading] for reading in READINGS)
    return [
        {
            "node": name,
            "value": read.forward[name],
            "gradient": read.gradients[name],
            "value_bias": bias.forward[name],
            "gradient_bias": bias.gradients[name],
        }
        for name in read.forward
    ]


def _checks(study: dict[str, Worked], found: dict[str, Any]) -> list[Check]:
    """Every value and gradient by the formula of the whole, and complex steps of it."""
    checks = []
    for reading, end in zip(READINGS, ("", "_bias"), strict=True):
        values, slopes = _by_formula(study[reading].forward)
        checks.append(Check(f"rows.gradient{end}", slopes, "complex_step", ROUNDING))
        last = "_with_bias" if end else ""
        checks.append(Check(f"products{last}", values[:-2], "formula", ROUNDING))
        checks.append(Check(f"output{last}", values[-1], "formula", ROUNDING))
        checks.append(Check(f"sum{last}", values[-2], "formula", ROUNDING))
        checks.append(Check(f"sum_gradient{last}", slopes[-2], "complex_step", ROUNDING))
        checks.append(Check(f"gradient_w0{last}", slopes[0], "complex_step", ROUNDING))
    held_back = found["sum"] - found["products"][-1]
    return [*checks, Check("output_without_third", float(_logistic(held_back)), "formula", ROUNDING)]


def _logistic(z: Any) -> Any:
    """By the hyperbolic tangent, which takes complex numbers of any size."""
    return (1 + np.tanh(z / 2)) / 2


def _by_formula(forward: Mapping[str, float]) -> tuple[list[float], list[float]]:
    """Values of the nodes that are computed; slopes of all, in their order."""
    n = sum(name.startswith("x") for name in forward)
    w, x = (np.array([forward[f"{kind}{i}"] for i in range(n)]) for kind in "wx")
    total = float(np.dot(w, x))

    def along(function: Callable) -> list[float]:
        return [float(slope(lambda s, e=e: function(s * e), 0.0)) for e in np.eye(n)]

    for_w = along(lambda change: _logistic(sum_of_products(w + change, x)))
    for_x = along(lambda change: _logistic(sum_of_products(w, x + change)))
    for_sum = float(slope(_logistic, total))
    values = [*(w * x), total, _logistic(total)]
    return list(map(float, values)), [*for_w, *for_x, *([for_sum] * n), for_sum, 1.0]


SOLUTIONS = {
    "backprop-product": Solution(product_study, product, Product()),
    "backprop-sigmoid": Solution(products, sigmoid, Products()),
}
