"""Which logic can one threshold unit compute, and how few hidden units does the rest need?

Source: lecture (gates, XNOR with 4, 2 and 1 hidden units); minsky1969 (XOR); muroga1971 (counts).
Differs: separability is decided exactly in rational numbers, with a proof either way; inputs are any real numbers.
Time: quick 2 s, full 4 s (exact arithmetic; four inputs are counted in the full preset only).
"""

import textwrap

import numpy as np

from plasticity.arrays import Floats
from plasticity.claiming import pick, same
from plasticity.experiment import Experiment
from plasticity.plots import Axes, Figure, curves, one_panel, planes
from plasticity.plots.style import SMALLEST
from plasticity.studies.gates_and_separability import CORNERS, Parameters, Result, study

THRESHOLD_FUNCTIONS = (2, 4, 14, 104, 1882)  # of 0 to 4 inputs: muroga1971, OEIS A000609


def draw(result: Result, figure: Figure) -> None:
    """Every gate's decision region; the proof and the picture of XOR; the counts."""
    left, right = figure.subfigures(1, 2, squeeze=False, width_ratios=(1, 1.15)).ravel()
    gates = left.subplots(3, 3, sharex=True, sharey=True).ravel()
    one_panel(gates)
    for k, axes in enumerate(gates):
        _draw_gate(axes, result, k)
    grid = right.add_gridspec(2, 2, height_ratios=(1.45, 1))
    _draw_proof(right.add_subplot(grid[0, :]), result)
    _draw_meeting(right.add_subplot(grid[1, 0]), result)
    _draw_counts(right.add_subplot(grid[1, 1]), result)


def _draw_gate(axes: Axes, result: Result, k: int) -> None:
    planes.square(axes, result.grid[0], result.grid[-1])
    planes.regions(axes, result.grid, result.grid, result.regions[k])
    for line in result.lines[result.line_gates == k]:
        planes.decision_line(axes, line, faint=True)
    _draw_corners(axes, result.truths[k], str(result.gates[k]).replace(", bypass", ""))
    axes.label_outer()


def _draw_corners(axes: Axes, truths: Floats, title: str) -> None:
    planes.labelled_points(axes, CORNERS, truths)
    planes.frame(axes)
    axes.set_xticks([0, 1])
    axes.set_yticks([0, 1])
    curves.label(axes, "input a", "input b", title)


def _draw_proof(axes: Axes, result: Result) -> None:
    """The proof by inequalities; that by geometry is the next panel."""
    axes.set_axis_off()
    axes.set_title("one unit for XOR: a contradiction")
    lines = [str(line).replace("-", "\N{MINUS SIGN}") for line in result.proof]
    algebra = lines[: next((k for k, line in enumerate(lines) if line.startswith("In the picture")), len(lines))]
    shown = [part for line in algebra for part in textwrap.wrap(line, 46, subsequent_indent="  ")]
    axes.text(0.0, 1.0, "\n".join(shown), va="top", family="DejaVu Sans Mono", fontsize=SMALLEST, linespacing=1.1,
              transform=axes.transAxes)  # fmt: skip


def _draw_meeting(axes: Axes, result: Result) -> None:
    """The corners of each class, joined: where the two lines cross no line can pass between the classes."""
    truths = pick(result, "truths", gates="XOR, 2 hidden")
    planes.square(axes, result.grid[0], result.grid[-1])
    for number, label in enumerate((0, 1)):
        a, b = CORNERS[truths == label].T
        curves.curve(axes, a, b, number=2 + number)
    planes.mark(axes, result.meeting)
    _draw_corners(axes, truths, "both classes meet")


def _draw_counts(axes: Axes, result: Result) -> None:
    curves.points(axes, result.n_inputs, result.functions, "all", number=3, markerfacecolor="white")
    curves.points(axes, result.n_inputs, result.separable, "by one unit", number=3)
    axes.set_yscale("log")
    axes.set_ylim(1, None)
    axes.set_xlim(result.n_inputs[0] - 0.35, result.n_inputs[-1] + 0.35)
    axes.set_xticks(result.n_inputs)
    curves.label(axes, "inputs", "functions", "logic of one unit")
    axes.legend(loc="upper left", borderaxespad=0.0)


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    counts = ", ".join(f"{n:g} of {m:g}" for n, m in zip(result.separable, result.functions, strict=True))
    meeting = "({:g}, {:g})".format(*result.meeting)
    return (
        "a: decision regions of threshold units over any real inputs: active in the orange, silent in the grey; "
        "squares are corners at which the gate has to answer 1, circles those with 0; dashed: where units that read "
        "the inputs switch. XOR and XNOR from 4, 2, and 1 hidden units, the last with a bypass, are the same logic but "
        f"other regions. b, c: no line parts the classes of XOR, whose corners are joined and meet at {meeting}. d: of "
        f"the functions of 1 to {result.n_inputs[-1]:g} inputs one unit computes {counts}; with a hidden unit for each "
        f"true row all {int(result.built.sum())} of 1 to {len(result.built)} inputs came out right."
    )


def _published(result: Result) -> Floats:
    return np.array(THRESHOLD_FUNCTIONS)[result.n_inputs.astype(int)]


EXPERIMENT = Experiment(
    name="gates_and_separability",
    question="Which logic can one threshold unit compute, and how few hidden units does the rest need?",
    source="lecture; minsky1969; muroga1971",
    run=study,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(most_inputs=3, n_grid=129),
    claims=(
        same(
            "Every gate answers as logic wants, XOR and XNOR with 4, 2 and 1 hidden units too (largest difference)",
            lambda result: result.answers,
            lambda result: result.truths,
            by="truth tables",
        ),
        same(
            "The separable functions are as many as published: 14 of 16, 104 of 256 (largest difference)",
            lambda result: result.separable,
            _published,
            by="muroga1971; OEIS A000609",
        ),
        same(
            "Units with small whole weights give them all between them (largest difference)",
            lambda result: result.listed,
            lambda result: result.separable,
            by="another route: listing units",
        ),
        same(
            "No unit gets all of XOR right; the best misses one corner, whichever it is (corners right, less expected)",
            lambda result: result.most_right,
            lambda result: 3.0 if result.without_one.all() else 2.0,
            by="another route: exact decision with each corner left out",
        ),
        same(
            "The classes of XOR meet where the diagonals of the square cross (largest coordinate off 1/2)",
            lambda result: result.meeting,
            lambda result: CORNERS[[0, 3]].mean(axis=0),
            by="closed form: the mean of opposite corners",
        ),
        same(
            "A hidden unit a true row builds every function of up to three inputs (most that come out wrong)",
            lambda result: result.built,
            lambda result: result.functions[: len(result.built)],
            by="another route: all functions counted",
        ),
    ),
    memory=lambda p: (
        8.0 * (80 * p.n_grid**2 + 40 * p.largest_weight * (2 * p.largest_weight + 1) ** p.most_inputs) + 1e7
    ),
    size=(7.2, 4.05),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
