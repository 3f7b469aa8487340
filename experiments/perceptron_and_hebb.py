"""What do the perceptron rule, Hebb with a teacher, and LMS make of the same points, separable or not?

Source: rosenblatt1958 (the rule); novikoff1962 (the bound); widrow1960 (LMS); lecture (the trace of AND).
Differs: Hebb's output is set by the teacher, -1 or 1; without one it has no classes to tell apart.
Time: quick 2 s, full 2 s (NumPy; AND in fractions, without rounding).
"""

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.examples import with_bias
from plasticity.claiming import at_least, at_most, same
from plasticity.experiment import Claim, Experiment
from plasticity.plots import Axes, Figure, curves, planes
from plasticity.plots.style import DASHES, PALETTE
from plasticity.studies.perceptron_and_hebb import Parameters, Result, study
from plasticity.studies.perceptron_trace import Parameters as Lecture

# Others than those of the rules, so that a colour means one thing
WEIGHT_COLORS = (3, 4, 5, 3)


def draw(result: Result, figure: Figure) -> None:
    """The lines and the mistakes on both sets; AND to its end, XOR around its cycle; XOR with a feature."""
    panels = figure.subplots(2, 4, height_ratios=(1.1, 1))
    for k, name in enumerate(result.sets):
        _draw_lines(panels[0, k], result, k)
        for number, rule in enumerate(result.rules):
            wrong = result.wrong[k, number]
            curves.curve(panels[1, k], np.arange(1, len(wrong) + 1), wrong, str(rule), number=number)
        panels[1, k].set_ylim(bottom=-0.03 * result.wrong[k].max() - 0.1)
        panels[1, k].yaxis.get_major_locator().set_params(integer=True)
        curves.label(panels[1, k], "epoch", "mistakes left", str(name))
    panels[0, 0].legend(loc="lower left", bbox_to_anchor=(-0.05, -0.02), borderaxespad=0.0)
    _draw_course(panels[0, 2], result.and_weights, "AND, learned")
    _draw_course(panels[1, 2], result.xor_weights, "XOR goes round")
    _draw_feature(panels[0, 3], result)
    _draw_course(panels[1, 3], result.feature_weights, "with x1 x2")


def _draw_course(axes: Axes, weights: Floats, title: str) -> None:
    for number, course in enumerate(weights.T):
        axes.step(np.arange(len(course)), course, where="post", color=PALETTE[WEIGHT_COLORS[number]],
                  label=f"w{number}", linestyle=DASHES[number])  # fmt: skip
    curves.zero_line(axes)
    curves.label(axes, "step", "weight", title)
    axes.set_ylim(top=weights.max() + 0.45 * np.ptp(weights))
    axes.legend(loc="upper left", ncols=2, columnspacing=0.8, borderaxespad=0.0)


def _draw_feature(axes: Axes, result: Result) -> None:
    planes.square(axes, result.grid[0], result.grid[-1])
    planes.regions(axes, result.grid, result.grid, result.feature_region)
    planes.labelled_points(axes, result.corners, result.xor_labels)
    planes.frame(axes)
    axes.set_xticks([0, 1])
    axes.set_yticks([0, 1])
    curves.label(axes, "x1", "x2", "XOR with x1 x2")


def _draw_lines(axes: Axes, result: Result, k: int) -> None:
    low, high = result.points.min(axis=0) - 0.5, result.points.max(axis=0) + 0.5
    axes.set_xlim(low[0], high[0])
    axes.set_ylim(low[1] - 0.9 * (high[1] - low[1]) * (k == 0), high[1])  # room for the legend
    planes.labelled_points(axes, result.points, result.labels[k], names=("label 0", "label 1"))
    for number, rule in enumerate(result.rules):
        planes.decision_line(axes, result.weights[k, number, -1], str(rule), number=number)
    curves.label(axes, "x1", "x2", str(result.sets[k]))


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    p, lecture = parameters, Lecture()
    hebb, least = result.wrong[0, 1:, -1]
    return (
        f"{p.n_points} points, labelled by a line with a margin of {p.margin:g} (a, e) and with some labels flipped "
        f"(b, f). Over {p.n_orders} orders the perceptron ends without mistake after {result.mistakes.min():.0f} to "
        f"{result.mistakes.max():.0f} mistakes (Novikoff's bound {result.bound:.0f}); Hebb leaves {hebb:.0f} and LMS "
        f"{least:.0f} of them wrong. c: the perceptron on the lecture's AND from w = "
        f"{', '.join(f'{w:g}' for w in lecture.start)} at rate {lecture.rate:g}, {len(result.and_weights) - 1} steps, "
        f"four to an epoch. g: XOR comes back to the same weights "
        f"{'after every epoch' if result.xor_period == 1 else f'every {result.xor_period} epochs'}. d, h: with the "
        f"feature x1 x2 it is learnt, as are {result.learnt[1]:.0f} of 16 labellings of the corners "
        f"({result.learnt[0]:.0f} without); orange: where the unit then fires."
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
    run=study,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(n_epochs=25, n_orders=10),
    claims=(
        same(
            "In every order the perceptron separates the separable points (1 if in one it does not)",
            lambda result: result.separated,
            lambda result: np.ones_like(result.separated),
            by="novikoff1962: convergence theorem",
        ),
        at_most(
            "Whatever the order, its mistakes stay within Novikoff's bound (largest number)",
            lambda result: result.mistakes,
            lambda result: result.bound,
            by="novikoff1962: (R / margin)^2",
        ),
        at_least(
            "On the inseparable points it never stops making mistakes (fewest left after any epoch)",
            lambda result: result.wrong[1, 0],
            lambda result: 1.0 - result.decided[1],
            by="another route: separability decided exactly",
        ),
        Claim(
            "Hebb with a teacher finds the difference of the class sums, and repetition changes only its length",
            _hebb_off,
            0.0,
            "closed form: n1 mean1 - n0 mean0",
            tolerance=1e-12,
            reason="rounding",
        ),
        at_most(
            "LMS ends near least squares: its excess loss is at most the misadjustment, rate trace(mean x x^T) (ratio)",
            lambda result: result.misadjustment,
            lambda result: result.curvature,
            by="closed form: misadjustment of LMS",
            reason="twice the misadjustment of slow rates, rate trace / 2",
        ),
        same(
            "The lecture's AND is the same step by step on paper, to the end (largest difference of a weight)",
            lambda result: result.and_weights,
            lambda result: result.and_by_hand,
            by="another route: decimals",
            tolerance=1e-12,
            reason="rounding when decimals are written as floats",
        ),
        same(
            "XOR is the same step by step on paper, carried on for three cycles (largest difference of a weight)",
            lambda result: result.xor_weights,
            lambda result: result.xor_by_hand,
            by="another route: on paper",
        ),
        Claim(
            "On XOR the weights come back exactly, as the perceptron cycling theorem wants (epochs)",
            lambda result: float(result.xor_period),
            _period_by_hand,
            "another route: on paper, carried on for three cycles",
        ),
        same(
            "With the feature x1*x2 the rule learns XOR, without it not: it stops where a unit exists (labellings)",
            lambda result: [*result.learnt, result.feature_wrong],
            lambda result: [*result.separable, 0.0],
            by="another route: separability decided exactly",
        ),
    ),
    memory=lambda p: 8.0 * (p.n_points * (20 * p.n_epochs + p.n_orders) + 4e5) + 3e6,
    size=(7.2, 4.05),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
