"""One step of gradient descent by hand: a linear neuron and five examples, in both readings of the printed table.

The machine read t = 2 beside x = 8, but the slide's own product beside it is worked with 8. One product, 125, does
not follow from its own factors; what the step would be after that slip tells whether the slide carried it on.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import LINEAR
from plasticity.artificial.descent import Descent
from plasticity.artificial.examples import Examples, with_bias
from plasticity.artificial.learning import gradient_descent
from plasticity.errors import ArgumentError
from plasticity.experiment import parameter
from plasticity.quiz.record import Answer, Check, Solution

INPUTS, TARGETS = (10.0, 5.0, 1.0, 8.0, 4.0), (8.5, 3.8, 2.0, 8.0, 5.0)
MACHINE_READ = (8.5, 3.8, 2.0, 2.0, 5.0)
FORGOTTEN = (7.5, 3.8, 2.0, 8.0, 5.0)  # 20 - 8.5 is 12.5, as if t were 7.5, for whoever forgets the borrowed 1
OWN, MACHINE = "own arithmetic", "machine-read"
LARGE = 1e6


@dataclass(frozen=True)
class OneWeight:
    """What can be set."""

    inputs: tuple[float, ...] = parameter(INPUTS, meaning="x of each example", least=-LARGE, most=LARGE)
    targets: tuple[float, ...] = parameter(TARGETS, meaning="t of each example", least=-LARGE, most=LARGE)
    w1: float = parameter(2.0, meaning="the weight at the start", least=-LARGE, most=LARGE)
    rate: float = parameter(0.01, meaning="learning rate", least=1e-9, most=100)


@dataclass(frozen=True)
class TwoWeights(OneWeight):
    """The same with a bias."""

    w0: float = parameter(-1.0, meaning="the bias at the start", least=-LARGE, most=LARGE)


@dataclass(frozen=True)
class Step:
    """One step: rows of x (a 1 in front where there is a bias), y, (y - t) x for each weight; weights and losses."""

    rows: Floats
    targets: Floats
    outputs: Floats
    products: Floats
    start: Floats
    new: Floats
    rate: float

    @property
    def gradient(self) -> Floats:
        """The mean over the examples, for each weight."""
        return self.products.mean(axis=0)

    @property
    def size(self) -> float:
        """Of the largest numbers that are added up on the way: rounding is a fraction of it."""
        largest, weight = float(np.abs(self.rows).max()), float(np.abs(self.start).max())
        return max(1.0, self.rate) * max(1.0, largest) * (largest * weight + float(np.abs(self.targets).max()) + 1)

    def loss(self, weights: Floats) -> float:
        """The mean of (y - t)^2 / 2."""
        return float(0.5 * np.mean((self.rows @ weights - self.targets) ** 2))


@dataclass(frozen=True)
class Steps:
    """The step as the slide's own arithmetic has the table, and as the machine read it; after a forgotten borrow."""

    own: Step
    machine: Step
    slip: Step
    is_of_the_slide: bool


def study(parameters: OneWeight) -> Steps:
    """Every reading. Examples that are not the slide's were misread by nobody: both readings are then the same."""
    p = parameters
    if len(p.inputs) != len(p.targets):
        raise ArgumentError(f"there are {len(p.inputs)} inputs and {len(p.targets)} targets; give one target an input")
    is_of_the_slide = (p.inputs, p.targets) == (INPUTS, TARGETS)
    others = (MACHINE_READ, FORGOTTEN) if is_of_the_slide else (p.targets, p.targets)
    own, machine, slip = (_step(p, targets) for targets in (p.targets, *others))
    return Steps(own, machine, slip, is_of_the_slide)


def _step(p: OneWeight, targets: tuple[float, ...]) -> Step:
    column = np.array(p.inputs)[:, np.newaxis]
    has_bias = isinstance(p, TwoWeights)
    rows = with_bias(column) if has_bias else column
    start = np.array([p.w0, p.w1] if isinstance(p, TwoWeights) else [p.w1])
    examples = Examples(rows, np.array(targets))
    history = gradient_descent(examples, start, activation=LINEAR, descent=Descent(rate=p.rate))
    outputs = history.outputs[0]
    products = (outputs - examples.targets)[:, np.newaxis] * rows
    return Step(rows, np.array(targets), outputs, products, start, history.final, p.rate)


def single_weight(steps: Steps) -> Answer:
    """No bias: the slip in the first product decides everything after it."""
    own, machine = _single(steps.own), _single(steps.machine)
    found: dict[str, Any] = own | {
        "rows": _rows(steps.own),
        "loss_before": steps.own.loss(steps.own.start),
        "loss_after": steps.own.loss(steps.own.new),
        "moves": _sign(own["dw1"]),
        "curvature": float(np.mean(steps.own.rows**2)),
        "is_of_the_slide": steps.is_of_the_slide,
    }
    exact = _exact(steps.own)
    products = [row[0] for row in exact["products"]]
    by_hand: dict[str, Any] = {"products": products, "rows.product": products}
    by_hand |= {"gradient": exact["gradient"][0], "dw1": exact["change"][0], "w1_new": exact["new"][0]}
    checks = [_exactly(steps.own, name, value) for name, value in by_hand.items()]
    checks += _of_rows(steps.own, exact) + _of_losses(steps.own)
    curvature = float(np.square(np.linalg.norm(steps.own.rows)) / len(steps.own.rows))
    checks.append(Check("curvature", curvature, "norm", tolerance=1e-12 * max(1.0, curvature)))
    if steps.is_of_the_slide:
        slip = _single(steps.slip)
        found |= _ending(machine, "if_t_is_2") | _ending(slip, "if_borrow_forgotten")
        for ending, step in (("if_t_is_2", steps.machine), ("if_borrow_forgotten", steps.slip)):
            checks.append(_exactly(step, f"w1_new_{ending}", _exact(step)["new"][0]))
            checks.append(_exactly(step, f"gradient_{ending}", _exact(step)["gradient"][0]))
    return Answer(found, checks, {OWN: own, MACHINE: machine}, given=("rows.x", "rows.t"))


def two_weights(steps: Steps) -> Answer:
    """With a bias: the same table, no slip."""
    own, machine = _two(steps.own), _two(steps.machine)
    found: dict[str, Any] = own | {
        "rows": _rows(steps.own),
        "loss_before": steps.own.loss(steps.own.start),
        "loss_after": steps.own.loss(steps.own.new),
        "w0_moves": _sign(own["dw0"]),
        "w1_moves": _sign(own["dw1"]),
        "is_of_the_slide": steps.is_of_the_slide,
    }
    exact = _exact(steps.own)
    checks = [
        _exactly(steps.own, name.format(i), exact[key][i])
        for name, key in (("gradient_w{}", "gradient"), ("dw{}", "change"), ("w{}_new", "new"))
        for i in (0, 1)
    ]
    checks.append(_exactly(steps.own, "rows.product", [row[1] for row in exact["products"]]))
    checks += _of_rows(steps.own, exact) + _of_losses(steps.own)
    if steps.is_of_the_slide:
        found |= _ending(machine, "if_t_is_2")
        new = _exact(steps.machine)["new"]
        checks += [_exactly(steps.machine, f"w{i}_new_if_t_is_2", new[i]) for i in (0, 1)]
    return Answer(found, checks, {OWN: own, MACHINE: machine}, given=("rows.x", "rows.t"))


def _single(step: Step) -> dict[str, Any]:
    (gradient,), (new,), (start,) = step.gradient.tolist(), step.new.tolist(), step.start.tolist()
    return {"products": step.products[:, 0].tolist(), "gradient": gradient, "dw1": new - start, "w1_new": new}


def _two(step: Step) -> dict[str, float]:
    numbers = {"gradient_w{}": step.gradient, "dw{}": step.new - step.start, "w{}_new": step.new}
    return {name.format(i): float(values[i]) for name, values in numbers.items() for i in (0, 1)}


def _rows(step: Step) -> list[dict[str, float]]:
    """The slide's table, row by row."""
    columns = step.rows[:, -1], step.targets, step.outputs, step.outputs - step.targets, step.products[:, -1]
    return [
        dict(zip(("x", "t", "y", "error", "product"), map(float, row), strict=True))
        for row in zip(*columns, strict=True)
    ]


def _ending(measurements: dict[str, Any], ending: str) -> dict[str, Any]:
    return {f"{name}_{ending}": value for name, value in measurements.items()}


def _sign(change: float) -> str:
    return "stays" if change == 0 else "rises" if change > 0 else "falls"


def _of_rows(step: Step, exact: dict[str, Any]) -> list[Check]:
    return [_exactly(step, f"rows.{name}", exact[key]) for name, key in (("y", "outputs"), ("error", "errors"))]


def _of_losses(step: Step) -> list[Check]:
    """Both losses from the sums of squares and products of the examples, in which no output appears."""
    second, first = step.rows.T @ step.rows, step.rows.T @ step.targets
    rest = float(step.targets @ step.targets)

    def loss(w: Floats) -> float:
        return float((w @ second @ w - 2 * w @ first + rest) / (2 * len(step.rows)))

    scale = rest + float(np.abs(second).sum() * max(1.0, *np.square(step.start), *np.square(step.new)))
    return [
        Check(name, loss(weights), "sums", tolerance=1e-12 * max(1.0, scale))
        for name, weights in (("loss_before", step.start), ("loss_after", step.new))
    ]


def _exactly(step: Step, name: str, confirmed: Any) -> Check:
    """The same in fractions, where only the doubles round."""
    return Check(name, confirmed, "fractions", tolerance=1e-13 * step.size)


def _exact(step: Step) -> dict[str, Any]:
    """The step in fractions, where nothing rounds, each number read as the decimal that it is written as."""
    weights = list(map(_fraction, step.start))
    rows = [list(map(_fraction, row)) for row in step.rows]
    outputs = [sum((w * x for w, x in zip(weights, row, strict=True)), start=Fraction(0)) for row in rows]
    errors = [y - _fraction(t) for y, t in zip(outputs, step.targets, strict=True)]
    products = [[e * x for x in row] for e, row in zip(errors, rows, strict=True)]
    gradient = [sum(column, start=Fraction(0)) / len(rows) for column in zip(*products, strict=True)]
    change = [-_fraction(step.rate) * slope for slope in gradient]
    new = [w + dw for w, dw in zip(weights, change, strict=True)]
    lists = {"outputs": outputs, "errors": errors, "gradient": gradient, "change": change, "new": new}
    found: dict[str, Any] = {name: list(map(float, values)) for name, values in lists.items()}
    return found | {"products": [list(map(float, row)) for row in products]}


def _fraction(number: float) -> Fraction:
    return Fraction(str(float(number)))


SOLUTIONS = {
    "gd-single-weight": Solution(study, single_weight, OneWeight()),
    "gd-two-weights": Solution(study, two_weights, TwoWeights()),
}
