"""The derivative of cross entropy, and the update for one example and for a mini-batch: each printed expression tried.

Every expression is evaluated as it is printed, on one example and on random ones, and compared with the derivative.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import SIGMOID
from plasticity.artificial.descent import Descent
from plasticity.artificial.examples import Examples
from plasticity.artificial.learning import gradient_descent
from plasticity.artificial.losses import CROSS_ENTROPY
from plasticity.errors import ArgumentError
from plasticity.experiment import parameter
from plasticity.quiz.formulas import are_same, largest_difference
from plasticity.quiz.record import Answer, Check, Solution
from plasticity.studies.complex_step import slope

ROUNDING = 1e-9
SUREST = 12.0  # beyond, 1 - y has lost half of its digits, and so have the printed expressions


@dataclass(frozen=True)
class Parameters:
    """The example of a step of SGD on the slides, and random ones beside it."""

    w: tuple[float, ...] = parameter(
        (1.0, -2.0), "1", "weights, that of the bias first", source="lecture", least=-5, most=5
    )
    x: tuple[float, ...] = parameter(
        (1.0, 2.0), "1", "inputs, 1 for the bias first", source="lecture", least=-5, most=5
    )
    t: float = parameter(1.0, "1", "target", source="lecture", least=0, most=1)
    rate: float = parameter(0.1, "1", "learning rate", least=1e-3, most=10)
    n_random: int = parameter(200, meaning="random examples", least=2, most=5000)
    seed: int = 0


@dataclass(frozen=True)
class Batch:
    """Examples of one mini-batch, drawn at random."""

    rate: float = parameter(0.1, "1", "learning rate", least=1e-3, most=10)
    m: int = parameter(5, meaning="examples in the mini-batch", least=1, most=5000)
    n_weights: int = parameter(3, meaning="weights", least=1, most=20)
    seed: int = 0


def _first(y: Any, t: Any) -> Any:
    return -(-t / y + (1 - t) / (1 - y))


def _second(y: Any, t: Any) -> Any:
    return (-t * (1 - y) + y * (1 - t)) / (y * (1 - y))


def _third(y: Any, t: Any) -> Any:
    return (-t + y) / (y * (1 - y))


EXPRESSIONS = (_first, _second, _third)  # of dC/dy, in the order in which the slide equates them
NAMES = tuple(f"dC_dy_expression_{k}" for k in (1, 2, 3))


def cost(y: Any, t: Any) -> Any:
    """Of one example."""
    return -t * np.log(y) - (1 - t) * np.log(1 - y)


@dataclass(frozen=True)
class Tried:
    """Examples in rows, the given one first: outputs, targets, and what the package's learning does with them."""

    parameters: Parameters
    inputs: Floats
    weights: Floats
    targets: Floats
    dc_dw: Floats
    online: Floats

    @property
    def outputs(self) -> Floats:
        return SIGMOID(np.sum(self.inputs * self.weights, axis=1))


def study(parameters: Parameters) -> Tried:
    """The given example and random ones, each learned from once."""
    p = parameters
    if len(p.w) != len(p.x):
        raise ArgumentError(f"w has the length {len(p.w)}, x {len(p.x)}; equal lengths are allowed")
    if abs(z := float(np.dot(p.w, p.x))) > SUREST:
        raise ArgumentError(f"w x is {z:g} in size, where y rounds to 0 or 1; up to {SUREST:g} is allowed")
    rng = np.random.default_rng(p.seed)
    drawn = rng.normal(size=(2, p.n_random, len(p.x))) / len(p.x) ** 0.25  # so that z is about 1 in size
    inputs, weights = np.vstack([[p.x], drawn[0]]), np.vstack([[p.w], drawn[1]])
    targets = np.concatenate([[p.t], rng.uniform(0.0, 1.0, p.n_random)])
    online = np.array([_step(*one, p.rate) for one in zip(inputs, targets, weights, strict=True)])
    return Tried(p, inputs, weights, targets, _weight_gradients(inputs, targets, weights), online)


def _step(inputs: Floats, target: Floats, w: Floats, rate: float) -> Floats:
    """What one step adds to the weights."""
    examples = Examples(np.atleast_2d(inputs), np.atleast_1d(target))
    return gradient_descent(examples, w, activation=SIGMOID, descent=Descent(CROSS_ENTROPY, rate)).final - w


def _weight_gradients(inputs: Floats, targets: Floats, weights: Floats) -> Floats:
    """dC/dw of each example and weight by a complex step, from the formula of the cost alone."""

    def along(direction: Floats) -> Callable:
        def at(s: Any) -> Any:
            return cost(1.0 / (1.0 + np.exp(-np.sum(inputs * (weights + s * direction), axis=1))), targets)

        return at

    return np.stack([slope(along(direction), 0.0) for direction in np.eye(inputs.shape[1])], axis=1)


def chain(tried: Tried) -> Answer:
    """Three expressions said to be equal, then the gradient and the update."""
    y, t, p = tried.outputs, tried.targets, tried.parameters
    derivative = CROSS_ENTROPY.gradient(y, t) * len(y)  # the mean over the examples is the loss
    tries = [expression(y, t) for expression in EXPRESSIONS]
    dc_dw = (y - t)[:, np.newaxis] * tried.inputs
    pairs = {name: (printed, derivative) for name, printed in zip(NAMES, tries, strict=True)}
    pairs |= {"dC_dw": (dc_dw, tried.dc_dw), "dw": (-p.rate * dc_dw, tried.online)}
    found: dict[str, Any] = {f"{name}_holds": are_same(*pair) for name, pair in pairs.items()}
    found |= {f"{name}_largest_difference": largest_difference(*pair) for name, pair in pairs.items()}
    found |= {
        "expression_1_over_dC_dy": float(np.mean(tries[0] / derivative)),
        "y": float(y[0]),
        "dC_dy": float(derivative[0]),
        "slope": float(SIGMOID.derivative(np.dot(p.w, p.x))),
        "dC_dw": dc_dw[0].tolist(),
        "dw": tried.online[0].tolist(),
        "rows": [{"expression": name, "value": float(one[0])} for name, one in zip(NAMES, tries, strict=True)],
    }
    return Answer(found, _chain_checks(tried, found), {"as printed": found})


def _chain_checks(tried: Tried, found: dict[str, Any]) -> list[Check]:
    p, y = tried.parameters, tried.outputs
    by_step = slope(lambda y: cost(y, tried.targets), y)
    at_example = float(by_step[0])
    off = ROUNDING * (1 + abs(at_example))
    return [
        Check("y", float((1 + np.tanh(np.dot(p.w, p.x) / 2)) / 2), "tanh", ROUNDING),
        Check("dC_dy", at_example, "complex_step", off),
        Check("slope", float(slope(lambda z: 1 / (1 + np.exp(-z)), np.dot(p.w, p.x))), "complex_step", ROUNDING),
        Check("dC_dw", tried.dc_dw[0].tolist(), "complex_step", ROUNDING),
        Check("dw", (-p.rate * tried.dc_dw[0]).tolist(), "step_of_gradient", ROUNDING),
        Check("rows.value", [-at_example, at_example, at_example], "signed", off),
        Check("expression_1_over_dC_dy", float(np.mean(_first(y, tried.targets) / by_step)), "complex_step", 1e-6),
    ]


@dataclass(frozen=True)
class Batches:
    """What a step on the batch adds, as it is learned, as printed, and as the mean of steps on single examples."""

    parameters: Batch
    learned: Floats
    printed: Floats
    mean_of_online: Floats


def batch_study(parameters: Batch) -> Batches:
    """One mini-batch of random examples."""
    p = parameters
    rng = np.random.default_rng(p.seed)
    inputs, w = rng.normal(size=(p.m, p.n_weights)), rng.normal(size=p.n_weights)
    targets = rng.integers(0, 2, p.m) * 1.0
    outputs = SIGMOID(inputs @ w)
    printed = p.rate / p.m * np.sum(p.rate * (targets - outputs)[:, np.newaxis] * inputs, axis=0)
    steps = [_step(one, t, w, p.rate) for one, t in zip(inputs, targets, strict=True)]
    return Batches(p, _step(inputs, targets, w, p.rate), printed, np.mean(steps, axis=0))


def minibatch(found_steps: Batches) -> Answer:
    """The rate stands in front of the sum and again inside."""
    s = found_steps
    ratio = s.printed / s.learned
    found = {
        "formula_holds": are_same(s.printed, s.learned),
        "printed_over_right": float(ratio.mean()),
        "printed_over_right_spread": float(np.ptp(ratio)),
        "learning_rate": s.parameters.rate,
        "dw_right": s.learned.tolist(),
        "dw_printed": s.printed.tolist(),
    }
    checks = [
        Check("dw_right", s.mean_of_online.tolist(), "online", ROUNDING),
        Check("printed_over_right", s.parameters.rate, "rate", 1e-6),
        Check("dw_printed", (s.parameters.rate * s.mean_of_online).tolist(), "rate_again", ROUNDING),
    ]
    return Answer(found, checks, {"as printed": found})


SOLUTIONS = {
    "cross-entropy-gradient": Solution(study, chain, Parameters()),
    "cross-entropy-minibatch": Solution(batch_study, minibatch, Batch()),
}
