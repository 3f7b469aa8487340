"""What do the perceptron rule, Hebb with a teacher, and LMS make of the same points, separable or not?

Source: rosenblatt1958 (the rule); novikoff1962 (the bound); widrow1960 (LMS); lecture (the trace of AND).
Differs: Hebb's output is set by the teacher, -1 or 1; without one it has no classes to tell apart.
Time: quick 2 s, full 2 s (NumPy; AND in fractions, without rounding).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.exact import exact
from plasticity.artificial.examples import Examples, with_bias
from plasticity.artificial.learning import lms
from plasticity.artificial.perceptron import PerceptronRun, novikoff_bound, perceptron
from plasticity.artificial.separability import is_separable
from plasticity.experiment import Claim, Experiment, column, parameter
from plasticity.plots import Axes, Figure, curves, planes
from plasticity.plots.style import DASHES, PALETTE
from plasticity.progress import tracked

SETS, RULES = ("separable", "inseparable"), ("perceptron", "Hebb", "LMS")
# The lecture's table: x0, x1, x2 in its order, start and rate; XOR has the same rows
PATTERNS, AND, XOR = ((1, 1, 0), (1, 0, 1), (1, 0, 0), (1, 1, 1)), (0, 0, 0, 1), (1, 1, 0, 0)
START, RATE = (-1.2, -0.3, -0.4), 0.9


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
    """Weights (w0, w1, w2) of each rule after each epoch, and what they get wrong; the two traces."""

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
    and_by_hand: Floats = column("1", "and_steps", "weights", meaning="the same in whole tenths")
    xor_weights: Floats = column("1", "xor_steps", "weights", meaning="XOR, before each step")
    xor_by_hand: Floats = column("1", "xor_steps", "weights", meaning="the same in whole numbers, carried on")
    xor_period: int = column("1", meaning="epochs after which the weights of XOR come back")


def run(parameters: Parameters) -> Result:
    """Draw the points, let every rule learn them; follow AND and XOR."""
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


def _traces() -> dict:
    """AND from the lecture's start to convergence; XOR from zero through its cycle three times."""
    learnt = perceptron(Examples(exact(PATTERNS), exact(AND)), exact(START), rate=exact(RATE)).history.weights
    tenths = tuple(round(10 * w) for w in START)
    cycling = perceptron(Examples(np.array(PATTERNS), np.array(XOR)), np.zeros(3))
    first, period = cycling.cycle or (0, 0)
    weights = cycling.history.weights.astype(float)
    again = np.concatenate([weights[:-1], *[weights[4 * first : -1]] * 2, weights[-1:]])
    return {
        "and_weights": learnt.astype(float),
        "and_by_hand": _by_hand(AND, tenths, round(10 * RATE), len(learnt) - 1) / 10,
        "xor_weights": again,
        "xor_by_hand": _by_hand(XOR, (0, 0, 0), 1, len(again) - 1),
        "xor_period": period,
    }


def _by_hand(targets: Sequence[int], start: Sequence[int], rate: int, n_steps: int) -> Floats:
    """The rule as one does it on paper, in whole numbers: weights before each step and after the last."""
    course = [list(start)]
    for step in range(n_steps):
        x, t, w = PATTERNS[step % 4], targets[step % 4], course[-1]
        y = int(w[0] * x[0] + w[1] * x[1] + w[2] * x[2] > 0)
        course.append([w_j + rate * (t - y) * x_j for w_j, x_j in zip(w, x, strict=True)])
    return np.array(course, dtype=float)


def draw(result: Result, figure: Figure) -> None:
    """The lines and the mistakes on both sets; AND to its end, XOR around its cycle."""
    panels = figure.subplots(2, 3, height_ratios=(1.15, 1))
    for k, name in enumerate(result.sets):
        _draw_lines(panels[0, k], result, k)
        for number, rule in enumerate(result.rules):
            wrong = result.wrong[k, number]
            curves.curve(panels[1, k], np.arange(1, len(wrong) + 1), wrong, str(rule), number=number)
        panels[1, k].set_ylim(-0.03 * result.wrong[k].max() - 0.1, 1.45 * result.wrong[k].max() + 0.5)
        panels[1, k].yaxis.get_major_locator().set_params(integer=True)
        curves.label(panels[1, k], "epoch", "points on the wrong side", f"{name}: mistakes left")
        panels[1, k].legend(loc="upper right", ncols=3)
    for axes, weights, title in (
        (panels[0, 2], result.and_weights, "perceptron learns AND"),
        (panels[1, 2], result.xor_weights, "perceptron cycles on XOR"),
    ):
        for number, course in enumerate(weights.T):
            axes.step(np.arange(len(course)), course, where="post", color=PALETTE[number], label=f"w{number}",
                      linestyle=DASHES[number])  # fmt: skip
        curves.zero_line(axes)
        axes.set_ylim(top=weights.max() + 0.2 * np.ptp(weights))
        curves.label(axes, "step (four to an epoch)", "weight", title)
        axes.legend(loc="upper left", ncols=3)


def _draw_lines(axes: Axes, result: Result, k: int) -> None:
    low, high = result.points.min(axis=0) - 0.5, result.points.max(axis=0) + 0.5
    axes.set_xlim(low[0], high[0])
    axes.set_ylim(low[1] - 0.35 * (high[1] - low[1]), high[1])  # room for the legend
    planes.labelled_points(axes, result.points, result.labels[k], names=("label 0", "label 1"))
    for number, rule in enumerate(result.rules):
        planes.decision_line(axes, result.weights[k, number, -1], str(rule), number=number)
    curves.label(axes, "x1", "x2", f"{result.sets[k]}: lines at the end")
    axes.legend(loc="lower left", ncols=2, frameon=True, framealpha=0.9, edgecolor="none")


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    p = parameters
    hebb, least = result.wrong[0, 1:, -1]
    return (
        f"{p.n_points} points, labelled by a line with a margin of {p.margin:g} (left) and with some labels flipped "
        f"(middle). Over {p.n_orders} orders the perceptron ends without mistake after {result.mistakes.min():.0f} to "
        f"{result.mistakes.max():.0f} mistakes (Novikoff's bound {result.bound:.0f}); Hebb leaves {hebb:.0f} and LMS "
        f"{least:.0f} of them wrong. Right: the lecture's AND from w = {', '.join(f'{w:g}' for w in START)} at rate "
        f"{RATE:g}, {len(result.and_weights) - 1} steps; XOR comes back to the same weights "
        f"{'after every epoch' if result.xor_period == 1 else f'every {result.xor_period} epochs'}."
    )


def _period_by_hand(result: Result) -> float:
    """Epochs until the last weights of the paper run had been there before."""
    epochs = result.xor_by_hand[::-4]
    return float(1 + np.argmax(np.all(epochs[1:] == epochs[0], axis=1)))


def _hebb_off(result: Result) -> float:
    """Largest difference of Hebb's weights from the sums that class means give, in fractions of their length."""
    off = 0.0
    for labels, weights in zip(result.labels, result.weights[:, 1], strict=True):
        inputs = with_bias(result.points)
        ones, zeros = inputs[labels == 1], inputs[labels == 0]
        expected = len(ones) * ones.mean(axis=0) - len(zeros) * zeros.mean(axis=0)
        off = max(off, float(np.abs(weights[-1] / len(weights) - expected).max() / np.linalg.norm(expected)))
    return off


EXPERIMENT = Experiment(
    name="perceptron_and_hebb",
    question="What do the perceptron rule, Hebb with a teacher, and LMS make of the same points, separable or not?",
    source="rosenblatt1958; novikoff1962; widrow1960; hebb1949; lecture",
    run=run,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(n_epochs=25, n_orders=10),
    claims=(
        Claim(
            "In every order the perceptron separates the separable points (fraction of orders)",
            lambda result: float(result.separated.mean()),
            1.0,
            "novikoff1962: convergence theorem",
        ),
        Claim(
            "Whatever the order, its mistakes stay within Novikoff's bound (largest number)",
            lambda result: float(result.mistakes.max()),
            lambda result: result.bound,
            "novikoff1962: (R / margin)^2",
            relation="at most",
        ),
        Claim(
            "On the inseparable points it never stops making mistakes (fewest left after any epoch)",
            lambda result: float(result.wrong[1, 0].min()),
            lambda result: 1.0 - result.decided[1],
            "another route: separability decided exactly",
            relation="at least",
        ),
        Claim(
            "Hebb with a teacher finds the difference of the class sums, and repetition changes only its length",
            _hebb_off,
            0.0,
            "closed form: n1 mean1 - n0 mean0",
            tolerance=1e-12,
            reason="rounding",
        ),
        Claim(
            "LMS ends near least squares: its excess loss is at most the misadjustment, rate trace(mean x x^T) (ratio)",
            lambda result: float(result.misadjustment.max()),
            lambda result: result.curvature,
            "closed form: misadjustment of LMS",
            tolerance=0.0,
            reason="twice the misadjustment of slow rates, rate trace / 2",
            relation="at most",
        ),
        Claim(
            "The lecture's AND is the same step by step on paper, to the end (largest difference of a weight)",
            lambda result: float(np.abs(result.and_weights - result.and_by_hand).max()),
            0.0,
            "another route: whole tenths",
            tolerance=1e-12,
            reason="rounding when tenths are written as floats",
        ),
        Claim(
            "On XOR the weights come back exactly, as the perceptron cycling theorem wants (epochs)",
            lambda result: float(result.xor_period),
            _period_by_hand,
            "another route: whole numbers, carried on for three cycles",
        ),
    ),
    memory=lambda p: 8.0 * (p.n_points * (20 * p.n_epochs + p.n_orders) + 4e5) + 3e6,
    size=(12.0, 6.6),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
