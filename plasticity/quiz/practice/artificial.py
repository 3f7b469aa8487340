"""Exercises about threshold units, learning steps and nets, worked by hand on small numbers."""

from itertools import product
from typing import Any

import numpy as np

from plasticity.artificial.units import Unit
from plasticity.quiz.answers.gates.by_hand import written
from plasticity.quiz.practice.record import Drawn, Family


def _sigmoid(z: Any) -> Any:
    return 1.0 / (1.0 + np.exp(-np.asarray(z, dtype=float)))


def _tenths(rng: np.random.Generator, shape: Any) -> Any:
    """Weights with one digit behind the point, none of them minus zero."""
    return rng.integers(-10, 11, shape) / 10 + 0.0


def unit(rng: np.random.Generator) -> Drawn:
    """The outputs of a threshold unit for the inputs 00, 01, 10, 11, as four digits."""
    w1, w2 = (int(rng.choice([-2, -1, 1, 2])) for _ in range(2))
    b = int(rng.choice([-2, -1, 1, 2]))

    def outputs(bias: float, *, at_zero: int = 0) -> str:
        sums = [w1 * x1 + w2 * x2 + bias for x1, x2 in product((0, 1), repeat=2)]
        return "".join(str(int(z > 0) if z else at_zero) for z in sums)

    wrong = {
        "zero_fires": outputs(b, at_zero=1),
        "bias_forgotten": outputs(0.0),
        "bias_as_threshold": outputs(-b),
        "inverted": "".join("10"[int(digit)] for digit in outputs(b)),
    }
    formula = written(Unit("y", {"a": w1, "b": w2}, b)).removeprefix("y = ").strip("[]")
    return Drawn({"w1": w1, "w2": w2, "bias": b, "formula": formula}, outputs(b), wrong)


def perceptron_step(rng: np.random.Generator) -> Drawn:
    """A weight after one step of the perceptron, with an error or without."""
    rate, w, x = float(rng.choice([0.1, 0.5, 0.9])), float(rng.integers(-4, 5)) / 2, float(rng.choice([-2, -1, 1, 2]))
    t = int(rng.integers(2))
    y = 1 - t if rng.random() < 0.8 else t
    wrong = {
        "error_reversed": w + rate * (y - t) * x,
        "rate_forgotten": w + (t - y) * x,
        "input_forgotten": w + rate * (t - y),
        "hebbian": w + rate * y * x,
        "target_only": w + rate * t * x,
    }
    return Drawn({"rate": rate, "w": w, "x": x, "t": t, "y": y}, w + rate * (t - y) * x, wrong)


def descent_step(rng: np.random.Generator) -> Drawn:
    """The weight of y = w x after one step down the mean squared error of three points."""
    x, w = rng.choice(np.arange(1, 7), 3, replace=False).astype(float), float(rng.integers(1, 4))
    t, rate = np.round(x * rng.choice([0.5, 1.5, 2.5, 3.0]) + rng.choice([-1.0, 0.0, 1.0], 3), 1), 0.01
    gradient = float(np.mean((w * x - t) * x))
    points = ", ".join(f"({a:g}, {b:g})" for a, b in zip(x, t, strict=True))
    wrong = {
        "uphill": w + rate * gradient,
        "sum_for_mean": w - rate * 3 * gradient,
        "rate_forgotten": w - gradient,
        "input_forgotten": w - rate * float(np.mean(w * x - t)),
    }
    return Drawn({"points": points, "w": w, "rate": rate}, w - rate * gradient, wrong)


def sigmoid_step(rng: np.random.Generator) -> Drawn:
    """The weight of one sigmoid after one step down its cross entropy."""
    w1, w0, x = float(rng.integers(-3, 4)), float(rng.integers(-2, 3)), float(rng.choice([-2, -1, 1, 2]))
    t, rate = int(rng.integers(2)), float(rng.choice([0.5, 1.0]))
    y = float(_sigmoid(w1 * x + w0))
    wrong = {
        "uphill": w1 - rate * (t - y) * x,
        "squared_error": w1 + rate * (t - y) * y * (1 - y) * x,
        "sigmoid_forgotten": w1 + rate * (t - (w1 * x + w0)) * x,
        "input_forgotten": w1 + rate * (t - y),
    }
    return Drawn({"w1": w1, "w0": w0, "x": x, "t": t, "rate": rate}, w1 + rate * (t - y) * x, wrong)


def softmax(rng: np.random.Generator) -> Drawn:
    """The first of three softmax outputs."""
    z = rng.choice(np.arange(-2, 4), 3, replace=False).astype(float)
    share = np.exp(z) / np.exp(z).sum()
    wrong = {
        "independent": float(_sigmoid(z[0])),
        "hard_maximum": float(z[0] == z.max()),
        "equal_shares": 1 / 3,
        "another_unit": float(share[1]),
    }
    return Drawn({"z1": z[0], "z2": z[1], "z3": z[2]}, float(share[0]), wrong)


def tanh_slope(rng: np.random.Generator) -> Drawn:
    """The slope dy/dz of tanh at an output y."""
    y = float(rng.choice([-0.9, -0.6, -0.3, 0.2, 0.4, 0.5, 0.8]))
    wrong = {"of_the_sigmoid": y * (1 - y), "square_forgotten": 1 - y, "square_alone": y * y, "sign": y * y - 1}
    return Drawn({"y": y}, 1 - y * y, wrong)


def competing(rng: np.random.Generator) -> Drawn:
    """The gradient dC/dz of a softmax unit that should be 0, under categorical cross entropy."""
    y = float(rng.choice([0.1, 0.2, 0.3, 0.4, 0.6]))
    wrong = {"only_the_right_one": 0.0, "slope": y * (1 - y), "sign": -y, "to_one": y - 1}
    return Drawn({"y": y}, y, wrong)


def saturation(rng: np.random.Generator) -> Drawn:
    """The gradient of the squared error of a sigmoid at an output, target 1, input 1."""
    y = float(rng.choice([0.01, 0.02, 0.05, 0.1, 0.2]))
    wrong = {"cross_entropy": -(1 - y), "slope_only": y * (1 - y), "error_reversed": (1 - y) * y * (1 - y)}
    return Drawn({"y": y}, -(1 - y) * y * (1 - y), wrong)


def two_layers(rng: np.random.Generator) -> Drawn:
    """The output of a net of two sigmoid units and one."""
    hidden, top = _tenths(rng, (2, 3)), _tenths(rng, 3)
    x = rng.integers(0, 2, 2).astype(float)
    summed = hidden[:, 0] + hidden[:, 1:] @ x
    y = _sigmoid(summed)

    def out(inside: Any, *, bias: float = 1.0) -> float:
        return float(_sigmoid(top[0] * bias + top[1:] @ inside))

    wrong = {
        "output_not_squashed": float(top[0] + top[1:] @ y),
        "hidden_not_squashed": out(summed),
        "bias_forgotten": float(_sigmoid(top[1:] @ _sigmoid(hidden[:, 1:] @ x))),
        "steps": out((summed > 0).astype(float)),
    }
    rows = "; ".join(", ".join(f"{w:g}" for w in row) for row in hidden)
    values = {"hidden": rows, "top": ", ".join(f"{w:g}" for w in top), "x1": x[0], "x2": x[1]}
    return Drawn(values, out(y), wrong)


def product_of_sum(rng: np.random.Generator) -> Drawn:
    """df/dx of f = (x + y) z."""
    x, y, z = (float(v) for v in rng.choice([-5, -4, -3, -2, 2, 3, 4, 5], 3, replace=False))
    wrong = {"value": (x + y) * z, "other_factor": x + y, "local_only": 1.0, "sign": -z}
    return Drawn({"x": x, "y": y, "z": z}, z, wrong)


def bottleneck(rng: np.random.Generator) -> Drawn:
    """The fewest hidden units whose rounded values still tell n one-hot inputs apart."""
    n = int(rng.choice([4, 5, 8, 10, 16, 20, 32, 50, 64]))
    wrong = {"one_each": n, "half": -(-n // 2), "one_less": n - 1, "root": int(np.ceil(np.sqrt(n)))}
    return Drawn({"n": n}, int(np.ceil(np.log2(n))), wrong)


XNOR = ("xnor-four-hidden", "xnor-two-hidden", "xnor-one-hidden")
GATES = ("and-gate", "not-gate", *XNOR, "bird-circuit", "invert-output")
FAMILIES = (
    Family("unit", GATES, unit, "choice"),
    Family("perceptron_step", ("perceptron-and-trace", "perceptron-step-logic"), perceptron_step),
    Family("descent_step", ("gd-single-weight", "gd-two-weights", "gd-algorithm"), descent_step),
    Family("sigmoid_step", ("sgd-sigmoid-step", "cross-entropy-gradient"), sigmoid_step),
    Family("softmax", ("softmax", "softmax-as-probabilities"), softmax),
    Family("tanh_slope", ("tanh-rule",), tanh_slope),
    Family("competing", ("cce-drawback", "categorical-cross-entropy"), competing),
    Family("saturation", ("vanishing-gradient",), saturation),
    Family("two_layers", ("forward-2-2-1",), two_layers),
    Family("product_of_sum", ("backprop-product",), product_of_sum),
    Family("bottleneck", ("autoencoder-8-3-8", "bottleneck-kinds"), bottleneck),
)
