"""Gates over any real inputs, XOR settled, and how much logic one threshold unit can compute.

Source: lecture (gates, XNOR with 4, 2 and 1 hidden units); minsky1969 (XOR); muroga1971 (counts).
"""

from dataclasses import dataclass

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import STEP
from plasticity.artificial.boolean_functions import count_separable
from plasticity.artificial.certificates import Contradiction, proof
from plasticity.artificial.gates import and_gate, nand_gate, or_gate, xnor_gate, xor_gate
from plasticity.artificial.truth_tables import binary_patterns
from plasticity.artificial.units import Network, output
from plasticity.experiment import column, parameter
from plasticity.studies import separability
from plasticity.studies.construction import n_built_right

CORNERS = binary_patterns(2)
MOST_BUILT = 3  # inputs of the functions that are all built: of four there are 65,536
# What each gate is to answer at 00, 01, 10, 11: from logic, not from the networks
TRUTHS = {
    "AND": (0, 0, 0, 1),
    "OR": (0, 1, 1, 1),
    "NAND": (1, 1, 1, 0),
    "XOR": separability.XOR,
    "XNOR": (1, 0, 0, 1),
}
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


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    most_inputs: int = parameter(4, meaning="inputs up to which separable functions are counted", least=2, most=4)
    largest_weight: int = parameter(3, meaning="of the units that are listed as a second route", least=3, most=4)
    # One more than a power of two: the steps are exact, and so is on which side of a border a point lies
    n_grid: int = parameter(257, meaning="points along each side of a decision region", least=11, most=2001)


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
    built: Floats = column("1", "built", meaning="functions of 1, 2, ... inputs that a hidden unit a true row builds")


def study(parameters: Parameters) -> Result:
    """Evaluate every gate; settle XOR; count."""
    p = parameters
    grid = np.linspace(-0.5, 1.5, p.n_grid)
    plane = np.stack(np.meshgrid(grid, grid), axis=-1).reshape(-1, 2)
    settled = separability.study(separability.Parameters())
    assert isinstance(settled.decided, Contradiction), "XOR is not separable"
    lines = [(k, line) for k, gate in enumerate(GATES.values()) for line in _lines(gate)]
    n_inputs = np.arange(1, p.most_inputs + 1)
    answers = {
        n: separability.labellings_of_small_units(binary_patterns(n), p.largest_weight) for n in n_inputs.tolist()
    }
    return Result(
        gates=np.array(list(GATES)),
        grid=grid,
        regions=np.array([output(gate, plane)[:, 0].reshape(p.n_grid, p.n_grid) for gate in GATES.values()]),
        answers=np.array([output(gate, CORNERS)[:, 0] for gate in GATES.values()]),
        truths=np.array([TRUTHS[name.split(",")[0]] for name in GATES], dtype=float),
        lines=np.array([line for _, line in lines]),
        line_gates=np.array([float(k) for k, _ in lines]),
        multipliers=np.array(settled.multipliers, dtype=float),
        meeting=np.array(settled.meeting, dtype=float),
        proof=np.array(proof(settled.decided)),
        without_one=np.array(settled.without_one, dtype=float),
        most_right=settled.most_right(answers[2]),
        n_inputs=n_inputs.astype(float),
        functions=2.0**2.0**n_inputs,
        separable=np.array([float(count_separable(n)) for n in n_inputs.tolist()]),
        listed=np.array([float(len(answers[n])) for n in n_inputs.tolist()]),
        built=np.array([float(n_built_right(n)) for n in range(1, min(p.most_inputs, MOST_BUILT) + 1)]),
    )


def _lines(gate: Network) -> list[tuple[float, ...]]:
    """(bias, w_a, w_b) of the units that read only the inputs."""
    first = [unit for unit in gate.units if set(unit.weights) <= set(gate.inputs) and unit.activation is STEP]
    return [(unit.bias, *(unit.weights.get(name, 0.0) for name in gate.inputs)) for unit in first]
