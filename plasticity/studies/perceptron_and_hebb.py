"""The perceptron rule, Hebb with a teacher, and LMS on the same points, separable or not; AND and XOR step by step.

Source: rosenblatt1958 (the rule); novikoff1962 (the bound); widrow1960 (LMS); lecture (the trace of AND).
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.examples import Examples, with_bias
from plasticity.artificial.learning import lms
from plasticity.artificial.perceptron import PerceptronRun, novikoff_bound, perceptron
from plasticity.artificial.separability import is_separable
from plasticity.experiment import column, parameter
from plasticity.progress import tracked
from plasticity.studies import good_features, perceptron_trace
from plasticity.studies.perceptron_trace import PATTERNS, XOR, Row, on_paper

SETS, RULES = ("separable", "inseparable"), ("perceptron", "Hebb", "LMS")
N_CYCLES = 3  # of XOR that are shown
N_GRID = 257  # one more than a power of two: steps are exact


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    n_points: int = parameter(60, meaning="points of each set", least=10, most=300)
    margin: float = parameter(0.3, "1", "least distance of a separable point from the line", least=0.05, most=0.5)
    flipped: float = parameter(0.1, "1", "fraction of labels flipped to make the set inseparable", least=0.02, most=0.3)
    rate: float = parameter(0.01, "1", "learning rate of LMS", least=1e-4, most=0.05)
    n_epochs: int = parameter(60, meaning="epochs shown", least=5, most=2000)
    n_orders: int = parameter(100, meaning="random orders in which the perceptron sees the points", least=2, most=5000)
    seed: int = 0


@dataclass(frozen=True)
class Result:
    """Weights (w0, w1, w2) of each rule after each epoch, and what they get wrong; the traces of AND and XOR."""

    sets: np.ndarray = column("", "sets", meaning="set of points")
    rules: np.ndarray = column("", "rules", meaning="learning rule")
    points: Floats = column("1", "points", "xy", meaning="the points, the same in both sets")
    labels: Floats = column("1", "sets", "points", meaning="0 or 1")
    decided: Floats = column("1", "sets", meaning="1 if one unit can separate them, decided exactly")
    weights: Floats = column("1", "sets", "rules", "epochs", "weights", meaning="after each epoch")
    wrong: Floats = column("1", "sets", "rules", "epochs", meaning="points on the wrong side after each epoch")
    misadjustment: Floats = column("1", "sets", meaning="excess loss of LMS over the least, last epoch")
    curvature: float = column("1", meaning="rate times trace of the mean of x x^T")
    separated: Floats = column("1", "orders", meaning="1 if the perceptron ended without mistake, separable set")
    mistakes: Floats = column("1", "orders", meaning="mistakes of the perceptron until then, separable set")
    bound: float = column("1", meaning="Novikoff's bound on them")
    and_weights: Floats = column("1", "and_steps", "weights", meaning="AND, before each step, in fractions")
    and_by_hand: Floats = column("1", "and_steps", "weights", meaning="the same on paper, in decimals")
    xor_weights: Floats = column("1", "xor_steps", "weights", meaning="XOR, before each step")
    xor_by_hand: Floats = column("1", "xor_steps", "weights", meaning="the same on paper, carried on")
    xor_period: int = column("1", meaning="epochs after which the weights of XOR come back")
    corners: Floats = column("1", "corners", "xy", meaning="inputs of XOR, as they are shown with the feature")
    xor_labels: Floats = column("1", "corners", meaning="XOR")
    feature_weights: Floats = column(
        "1", "feature_steps", "feature_weights", meaning="XOR with the feature x1*x2, before each step"
    )
    grid: Floats = column("1", "grid", meaning="either input of XOR")
    feature_region: Floats = column("1", "grid", "grid2", meaning="what the last of these answer at (x1, x2)")
    feature_wrong: int = column("1", meaning="corners that the last of these get wrong")
    learnt: Floats = column("1", "with_feature", meaning="labellings of the corners on which the rule stops, of 16")
    separable: Floats = column("1", "with_feature", meaning="those of one unit, decided exactly; without, with")


def study(parameters: Parameters) -> Result:
    """Draw the points, let every rule learn them; follow AND and XOR, and XOR with a feature."""
    p = parameters
    rng = np.random.default_rng(p.seed)
    points, line = _points(p, rng)
    labels = np.stack([points @ line[1:] + line[0] > 0] * 2).astype(float)
    labels[1] = _flipped(points, labels[1], p, rng)
    inputs = with_bias(points)
    learnt = [_learn(inputs, one, p, rng) for one in labels]
    weights = np.stack([weights for weights, _ in learnt])
    said = np.einsum("srew,pw->srep", weights, inputs) > 0
    separable = Examples(inputs, labels[0])
    bound = min(novikoff_bound(separable, unit) for unit in (line, _perceptron(separable, 10_000).history.final))
    runs = [_perceptron(_shuffled(separable, rng), int(bound) + 1) for _ in tracked(range(p.n_orders), "orders")]
    return Result(
        sets=np.array(SETS),
        rules=np.array(RULES),
        points=points,
        labels=labels,
        decided=np.array([float(is_separable(points, one.astype(int))) for one in labels]),
        weights=weights,
        wrong=np.sum(said != labels[:, np.newaxis, np.newaxis].astype(bool), axis=-1).astype(float),
        misadjustment=np.array([excess for _, excess in learnt]),
        curvature=p.rate * float(np.mean(np.sum(inputs**2, axis=1))),
        separated=np.array([float(run.converged) for run in runs]),
        mistakes=np.array([float(run.n_mistakes) for run in runs]),
        bound=bound,
        **_traces(),
        **_with_feature(),
    )


def _points(p: Parameters, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Points of an oblong cloud, none near a line that does not run along it; and the line (w0, w1, w2), |w| = 1."""
    direction = rng.uniform(0.15, 0.35) * np.pi
    line = np.array([rng.uniform(-0.3, 0.3), np.cos(direction), np.sin(direction)])
    found = np.empty((0, 2))
    while len(found) < p.n_points:
        drawn = np.round(rng.normal(size=(p.n_points, 2)) * [1.5, 0.7], 2)  # two decimals, to be decided exactly
        found = np.concatenate([found, drawn[np.abs(drawn @ line[1:] + line[0]) > p.margin]])
    return found[: p.n_points], line


def _flipped(points: Floats, labels: Floats, p: Parameters, rng: np.random.Generator) -> Floats:
    """Some labels flipped, until no unit separates the points any more."""
    while is_separable(points, labels.astype(int)):
        drawn = rng.choice(len(labels), max(1, round(p.flipped * len(labels))), replace=False)
        labels = labels.copy()
        labels[drawn] = 1 - labels[drawn]
    return labels


def _learn(inputs: Floats, labels: Floats, p: Parameters, rng: np.random.Generator) -> tuple[Floats, float]:
    """Weights after each epoch, (rules, n_epochs, 3), and the misadjustment of LMS."""
    run, signs = _perceptron(Examples(inputs, labels), p.n_epochs), 2 * labels - 1
    course = run.history.weights[len(inputs) :: len(inputs)]
    stays = np.repeat(course[-1:], p.n_epochs - len(course), axis=0)
    once = signs @ inputs
    history = lms(Examples(inputs, signs), np.zeros(3), rate=p.rate, n_epochs=p.n_epochs, rng=rng)
    losses = np.mean((history.weights[-len(inputs) :] @ inputs.T - signs) ** 2, axis=1)
    least = np.mean((inputs @ np.linalg.lstsq(inputs, signs, rcond=None)[0] - signs) ** 2)
    hebb = once * np.arange(1, p.n_epochs + 1)[:, np.newaxis]
    weights = np.stack([np.concatenate([course, stays]), hebb, history.weights[len(inputs) :: len(inputs)]])
    return weights, float(losses.mean() / least - 1)


def _perceptron(examples: Examples, n_epochs: int) -> PerceptronRun:
    return perceptron(examples, np.zeros(3), n_epochs=n_epochs)


def _shuffled(examples: Examples, rng: np.random.Generator) -> Examples:
    order = rng.permutation(len(examples))
    return Examples(examples.inputs[order], np.asarray(examples.targets)[order])


def _traces() -> dict[str, Any]:
    """AND from the lecture's start to convergence; XOR from zero, through its cycle as often as is shown."""
    learnt = perceptron_trace.study(perceptron_trace.Parameters())
    parameters = perceptron_trace.Parameters(start=(0.0, 0.0, 0.0), rate=1.0, targets=XOR)
    run = perceptron_trace.study(parameters).run
    first, period = run.cycle or (0, 0)
    weights, again = run.history.weights.astype(float), slice(len(PATTERNS) * first, -1)
    return {
        "and_weights": learnt.run.history.weights.astype(float),
        "and_by_hand": _course(learnt.on_paper),
        "xor_weights": np.concatenate([weights[:-1], *[weights[again]] * (N_CYCLES - 1), weights[-1:]]),
        "xor_by_hand": _course(_carried_on(parameters)),
        "xor_period": period,
    }


def _carried_on(parameters: perceptron_trace.Parameters) -> list[Row]:
    """On paper until the weights come back, and on from there, N_CYCLES times in all."""
    rows = on_paper(parameters)
    for _ in range(N_CYCLES - 1):
        rows += on_paper(replace(parameters, start=rows[-1].after))
    return rows


def _course(rows: list[Row]) -> Floats:
    """The weights before each row, and after the last."""
    return np.array([row.before for row in rows] + [rows[-1].after])


def _with_feature() -> dict[str, Any]:
    """XOR learnt with the product of its inputs, what the unit then says over the plane, and all labellings."""
    features = good_features.study(good_features.Parameters())
    before, after = features.learning[good_features.NONE], features.learning[features.feature]
    grid = np.linspace(-0.5, 1.5, N_GRID)
    plane = np.stack(np.meshgrid(grid, grid), axis=-1).reshape(-1, 2)
    sums = with_bias(good_features.with_feature(plane, features.feature)) @ after.run.history.final
    right = (with_bias(after.inputs) @ after.run.history.final > 0) == np.array(features.labels)
    return {
        "corners": good_features.POINTS.astype(float),
        "xor_labels": np.array(features.labels, dtype=float),
        "feature_weights": after.run.history.weights.astype(float),
        "feature_wrong": int(np.sum(~right)),
        "grid": grid,
        "feature_region": (sums > 0).reshape(N_GRID, N_GRID).astype(float),
        "learnt": np.array([float(sum(one.stopped)) for one in (before, after)]),
        "separable": np.array([float(sum(one.separable)) for one in (before, after)]),
    }
