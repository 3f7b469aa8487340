"""Which logic can one threshold unit compute, and how few hidden units does the rest need?

Source: lecture (gates, XNOR with 4, 2 and 1 hidden units); minsky1969 (XOR); muroga1971 (counts).
Differs: separability is decided exactly in rational numbers, with a proof either way; inputs are any real numbers.
Time: quick 2 s, full 4 s (exact arithmetic; four inputs are counted in the full preset only).
"""

import textwrap
from dataclasses import dataclass
from itertools import product

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import STEP
from plasticity.artificial.boolean_functions import count_separable
from plasticity.artificial.certificates import Contradiction, common_point, proof
from plasticity.artificial.gates import and_gate, nand_gate, or_gate, xnor_gate, xor_gate
from plasticity.artificial.separability import is_separable, separate
from plasticity.artificial.truth_tables import binary_patterns
from plasticity.artificial.units import Network, output
from plasticity.experiment import Claim, Experiment, column, parameter
from plasticity.plots import Axes, Figure, curves, planes

CORNERS = binary_patterns(2)
# What each gate is to answer at 00, 01, 10, 11: from logic, not from the networks
TRUTHS = {"AND": (0, 0, 0, 1), "OR": (0, 1, 1, 1), "NAND": (1, 1, 1, 0), "XOR": (0, 1, 1, 0), "XNOR": (1, 0, 0, 1)}
GATES = {
    "AND": and_gate(),
    "OR": or_gate(),
    "NAND": nand_gate(),
    "XOR, 4 hidden": xor_gate(4),
    "XOR, 2 hidden": xor_gate(2),
    "XOR, 1 hidden, bypass": xor_gate(1),
    "XNOR, 4 hidden": xnor_gate(4),
    "XNOR, 2 hidden": xnor_gate(2),
    "XNOR, 1 hidden, bypass": xnor_gate(1),
}
THRESHOLD_FUNCTIONS = (2, 4, 14, 104, 1882)  # of 0 to 4 inputs: muroga1971, OEIS A000609


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    most_inputs: int = parameter(4, meaning="inputs up to which separable functions are counted", least=2, most=4)
    largest_weight: int = parameter(3, meaning="of the units that are listed as a second route", least=3, most=4)
    n_grid: int = parameter(241, meaning="points along each side of a decision region", least=11, most=2001)


@dataclass(frozen=True)
class Result:
    """Regions and answers of each gate; the proof for XOR; counts of separable functions."""

    gates: np.ndarray = column("", "gates", meaning="gate, and how it is built")
    grid: Floats = column("1", "grid", meaning="either input")
    regions: Floats = column("1", "gates", "grid", "grid2", meaning="answer at (a, b): b along the rows, a the columns")
    answers: Floats = column("1", "gates", "corners", meaning="answer at 00, 01, 10, 11")
    truths: Floats = column("1", "gates", "corners", meaning="what logic wants there")
    lines: Floats = column("1", "lines", "weights", meaning="bias and weights of each unit that reads the inputs only")
    line_gates: Floats = column("", "lines", meaning="number of the gate that the unit belongs to")
    multipliers: Floats = column("1", "corners", meaning="of the constraints of XOR, which then add up to 0 > 0")
    meeting: Floats = column("1", "ab", meaning="point among both classes of XOR")
    proof: np.ndarray = column("", "proof", meaning="line by line")
    without_one: Floats = column("1", "corners", meaning="1 if XOR without this corner is separable")
    most_right: int = column("1", meaning="corners of XOR that the best listed unit gets right")
    n_inputs: Floats = column("1", "n_inputs", meaning="inputs of a Boolean function")
    functions: Floats = column("1", "n_inputs", meaning="all functions of so many inputs")
    separable: Floats = column("1", "n_inputs", meaning="those of one unit, decided exactly, class by class")
    listed: Floats = column("1", "n_inputs", meaning="different answers of all units with small whole weights")


def run(parameters: Parameters) -> Result:
    """Evaluate every gate; settle XOR; count."""
    p = parameters
    grid = np.linspace(-0.5, 1.5, p.n_grid)
    plane = np.stack(np.meshgrid(grid, grid), axis=-1).reshape(-1, 2)
    settled = separate(CORNERS, TRUTHS["XOR"])
    assert isinstance(settled, Contradiction), "XOR is not separable"
    lines = [(k, line) for k, gate in enumerate(GATES.values()) for line in _lines(gate)]
    n_inputs = np.arange(1, p.most_inputs + 1)
    answers = {n: _listed(n, p.largest_weight) for n in n_inputs.tolist()}
    return Result(
        gates=np.array(list(GATES)),
        grid=grid,
        regions=np.array([output(gate, plane)[:, 0].reshape(p.n_grid, p.n_grid) for gate in GATES.values()]),
        answers=np.array([output(gate, CORNERS)[:, 0] for gate in GATES.values()]),
        truths=np.array([TRUTHS[name.split(",")[0]] for name in GATES], dtype=float),
        lines=np.array([line for _, line in lines]),
        line_gates=np.array([float(k) for k, _ in lines]),
        multipliers=np.array(settled.multipliers, dtype=float),
        meeting=np.array(common_point(settled), dtype=float),
        proof=np.array(proof(settled)),
        without_one=np.array([float(_is_separable_without(corner)) for corner in range(4)]),
        most_right=int((answers[2] == TRUTHS["XOR"]).sum(axis=1).max()),
        n_inputs=n_inputs.astype(float),
        functions=2.0**2.0**n_inputs,
        separable=np.array([float(count_separable(n)) for n in n_inputs.tolist()]),
        listed=np.array([float(len(answers[n])) for n in n_inputs.tolist()]),
    )


def _lines(gate: Network) -> list[tuple[float, ...]]:
    """(bias, w_a, w_b) of the units that read only the inputs."""
    first = [unit for unit in gate.units if set(unit.weights) <= set(gate.inputs) and unit.activation is STEP]
    return [(unit.bias, *(unit.weights.get(name, 0.0) for name in gate.inputs)) for unit in first]


def _is_separable_without(corner: int) -> bool:
    return is_separable(np.delete(CORNERS, corner, axis=0), np.delete(TRUTHS["XOR"], corner))


def _listed(n_inputs: int, largest: int) -> Floats:
    """The different answers, (n_different, 2 ** n_inputs), of all units with whole weights and half biases."""
    weights = np.array(list(product(range(-largest, largest + 1), repeat=n_inputs)))
    sums, reach = weights @ binary_patterns(n_inputs).T, largest * n_inputs
    answers = np.concatenate([sums > threshold for threshold in np.arange(-reach - 1, reach + 1) + 0.5])
    return np.unique(answers, axis=0)


def draw(result: Result, figure: Figure) -> None:
    """Every gate's decision region; the proof; the counts."""
    grid = figure.add_gridspec(3, 5, width_ratios=(1, 1, 1, 1.15, 1.15))
    for k in range(len(result.gates)):
        _draw_gate(figure.add_subplot(grid[divmod(k, 3)]), result, k)
    _draw_proof(figure.add_subplot(grid[:2, 3:]), result)
    counts = figure.add_subplot(grid[2, 3:])
    curves.curve(counts, result.n_inputs, result.functions, "all functions", number=0)
    curves.curve(counts, result.n_inputs, result.separable, "of one unit", number=1)
    for n, here, all_ in zip(result.n_inputs, result.separable, result.functions, strict=True):
        counts.annotate(
            f"{here:g} of {all_:g}", (n, here), (0, -18), textcoords="offset points", ha="center", fontsize=8
        )
    counts.set_yscale("log")
    counts.set_ylim(0.2, None)
    counts.set_xlim(result.n_inputs[0] - 0.35, result.n_inputs[-1] + 0.35)
    counts.set_xticks(result.n_inputs)
    curves.label(counts, "number of inputs", "Boolean functions", "how many one unit can compute")
    counts.legend(loc="upper left")


def _draw_gate(axes: Axes, result: Result, k: int) -> None:
    planes.square(axes, result.grid[0], result.grid[-1])
    planes.regions(axes, result.grid, result.grid, result.regions[k])
    for line in result.lines[result.line_gates == k]:
        planes.decision_line(axes, line, faint=True)
    planes.labelled_points(axes, CORNERS, result.truths[k])
    planes.frame(axes)
    axes.set_xticks([0, 1])
    axes.set_yticks([0, 1])
    curves.label(axes, "input a", "input b", str(result.gates[k]))


def _draw_proof(axes: Axes, result: Result) -> None:
    axes.set_axis_off()
    axes.set_title("one unit for XOR: a contradiction")
    lines = [part for line in result.proof for part in textwrap.wrap(str(line), 62, subsequent_indent="  ")]
    axes.text(0.0, 0.98, "\n".join(lines), va="top", family="DejaVu Sans Mono", fontsize=8.5, linespacing=1.7,
              transform=axes.transAxes)  # fmt: skip


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    counts = ", ".join(f"{n:g} of {m:g}" for n, m in zip(result.separable, result.functions, strict=True))
    return (
        "Decision regions of threshold units over any real inputs: active in the orange, silent in the grey; squares "
        "are corners at which the gate has to answer 1, circles those with 0; dashed: where units that read the inputs "
        "switch. XOR and XNOR from 4, 2, and 1 hidden units, the last with a bypass, are the same logic "
        f"but other regions. Of the functions of 1 to {result.n_inputs[-1]:g} inputs one unit computes {counts}."
    )


def _published(result: Result) -> Floats:
    return np.array(THRESHOLD_FUNCTIONS)[result.n_inputs.astype(int)]


EXPERIMENT = Experiment(
    name="gates_and_separability",
    question="Which logic can one threshold unit compute, and how few hidden units does the rest need?",
    source="lecture; minsky1969; muroga1971",
    run=run,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(most_inputs=3, n_grid=121),
    claims=(
        Claim(
            "Every gate answers as logic wants, XOR and XNOR with 4, 2 and 1 hidden units too (wrong answers)",
            lambda result: float(np.sum(result.answers != result.truths)),
            0.0,
            "truth tables",
        ),
        Claim(
            "The separable functions are as many as published: 14 of 16, 104 of 256 (largest difference)",
            lambda result: float(np.abs(result.separable - _published(result)).max()),
            0.0,
            "muroga1971; OEIS A000609",
        ),
        Claim(
            "Units with small whole weights give them all between them (largest difference)",
            lambda result: float(np.abs(result.listed - result.separable).max()),
            0.0,
            "another route: listing units",
        ),
        Claim(
            "No unit gets all of XOR right; the best misses one corner, whichever is left out (corners right)",
            lambda result: float(result.most_right),
            lambda result: 3.0 if result.without_one.all() else 2.0,
            "another route: exact decision with each corner left out",
        ),
        Claim(
            "The classes of XOR meet where the diagonals of the square cross (largest coordinate off 1/2)",
            lambda result: float(np.abs(result.meeting - 0.5).max()),
            0.0,
            "closed form: the mean of opposite corners",
        ),
    ),
    memory=lambda p: (
        8.0 * (80 * p.n_grid**2 + 40 * p.largest_weight * (2 * p.largest_weight + 1) ** p.most_inputs) + 1e7
    ),
    size=(13.0, 8.0),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
