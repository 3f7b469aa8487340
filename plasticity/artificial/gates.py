"""Logic from binary threshold units (BTUs): output 1 when w . x + b > 0, else 0.

AND, OR, NOT and NAND need one unit. XOR and XNOR (IFF) need hidden units, or one hidden unit
and a bypass. With one hidden unit for each true row, any truth table can be built: that is the
construction theorem. All weights and biases here are whole or half numbers, so sums are exact and
no sum is 0: every answer has a margin of at least 1/2.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from plasticity.artificial.activations import STEP
from plasticity.artificial.truth_tables import TruthTable, binary_patterns, tabulate
from plasticity.artificial.units import Network, Unit, evaluate, names, output, summed_input
from plasticity.errors import ArgumentError
from plasticity.inputs import choice, instance, number, text

PAIR = ("a", "b")


def and_gate(inputs: Sequence[str] = PAIR, name: str = "y") -> Network:
    """1 when all inputs are 1: the sum of n inputs passes n - 1/2 only when none is missing."""
    inputs = names(inputs, "inputs")
    return Network(inputs, (Unit(name, dict.fromkeys(inputs, 1), 0.5 - len(inputs)),))


def or_gate(inputs: Sequence[str] = PAIR, name: str = "y") -> Network:
    """1 when at least one input is 1: a single input already passes 1/2."""
    inputs = names(inputs, "inputs")
    return Network(inputs, (Unit(name, dict.fromkeys(inputs, 1), -0.5),))


def not_gate(source: str = "a", name: str = "y") -> Network:
    """1 when the input is 0: active by itself (bias 1/2), silenced by its inhibitory input."""
    source = text(source, "the name of the input", is_empty_allowed=False)
    return Network((source,), (Unit(name, {source: -1}, 0.5),))


def nand_gate(inputs: Sequence[str] = PAIR, name: str = "y") -> Network:
    """0 when all inputs are 1, else 1: AND with its output inverted."""
    return inverted(and_gate(inputs, name))


def xnor_gate(n_hidden: int = 2, inputs: Sequence[str] = PAIR, name: str = "y") -> Network:
    """1 when both inputs are equal (IFF), from 4, 2 or 1 hidden units.

    4 : the construction theorem, a hidden unit for each row of the truth table
    2 : "both" OR "neither"
    1 : "both", and a bypass from the inputs straight to the output
    """
    builders = {4: _xnor_of_four_rows, 2: _xnor_of_two_units, 1: _xnor_with_bypass}
    choice(n_hidden, (4, 2, 1), "n_hidden of XNOR")
    inputs = names(inputs, "inputs")
    if len(inputs) != 2:
        raise ArgumentError(f"XNOR got {len(inputs)} inputs; it compares 2")
    return builders[n_hidden](inputs, name)


def xor_gate(n_hidden: int = 2, inputs: Sequence[str] = PAIR, name: str = "y") -> Network:
    """1 when the inputs differ: XNOR with its output inverted, its hidden units unchanged."""
    return inverted(xnor_gate(n_hidden, inputs, name))


def construction(table: TruthTable, *, every_row: bool = False) -> Network:
    """A network for any truth table of zeros and ones: the construction theorem.

    A hidden unit for each row in which an output is 1: it is active for the pattern of its row
    and for no other. An output unit is the OR of its rows. With `every_row`, all rows get a hidden
    unit; those with output 0 inhibit the output unit, and it needs no bias.

    table  : TruthTable, any number of inputs and outputs
    raises ArgumentError when a value is not 0 or 1
    """
    instance(table, TruthTable, "the truth table")
    instance(every_row, bool, "every_row")
    if not np.isin(table.values, (0, 1)).all():
        raise ArgumentError("the construction theorem needs a truth table of zeros and ones")
    chosen = [row for row in range(len(table.values)) if every_row or table.values[row].any()]
    hidden = [_row_detector(table.inputs, table.patterns[row]) for row in chosen]
    outputs = []
    for name, truths in zip(table.outputs, table.values[chosen].T, strict=True):
        weights = 2 * truths - 1 if every_row else truths
        wiring = {unit.name: weight for unit, weight in zip(hidden, weights, strict=True) if weight}
        outputs.append(Unit(name, wiring, 0.0 if every_row else -0.5))
    return Network(table.inputs, (*hidden, *outputs), table.outputs)


def inverted(network: Network) -> Network:
    """The network with its outputs inverted for every input of zeros and ones.

    The weights AND the bias of each output unit change sign: the bias is a weight like the others,
    from an input that is always 1. Nothing else changes.

    z = 0 is the exception: the unit gives 0 there, and so does its negative. When such a sum occurs,
    the bias is raised by half the smallest positive sum, which brings 0 to the side of 1 and moves no
    other sum across. (For inputs of any real value no unit is the exact inverse of another: the
    points where a unit gives 1 form an open half-space, the others a closed one.)

    raises ArgumentError when the network is recurrent, an output unit is not a step unit or is read
    by another unit, or the margin is too small for double precision
    """
    patterns = binary_patterns(len(instance(network, Network, "the network").inputs))
    values = evaluate(network, patterns)
    inverses = {name: _inverted_output(name, network, values) for name in network.outputs}
    result = replace(network, units=tuple(inverses.get(unit.name, unit) for unit in network.units))
    if not np.array_equal(output(result, patterns), 1 - output(network, patterns)):
        raise ArgumentError("a sum is too near 0 to be inverted in double precision; use whole or half weights")
    return result


def bird_circuit(feedback: float = 0.0) -> Network:
    """The bird that eats only what is purple AND round: a blueberry yes, a golf ball no.

    Two sensory neurons excite the neuron for edible things, and neither suffices alone. `feedback`
    is the weight of a synapse of that neuron onto itself: up to 1/2 the circuit is stable; above, it
    keeps on firing after a blueberry at the sight of a golf ball; at -1/2 and below it flickers before a blueberry.
    """
    feedback = number(feedback, "the feedback")
    purple = Unit("purple", {"looks_purple": 1}, -0.5)
    round_ = Unit("round", {"looks_round": 1}, -0.5)
    wiring = {"purple": 1, "round": 1} | ({"edible": feedback} if feedback else {})
    return Network(("looks_purple", "looks_round"), (purple, round_, Unit("edible", wiring, -1.5)))


def _xnor_of_four_rows(inputs: tuple[str, ...], name: str) -> Network:
    return construction(tabulate(lambda a, b: a == b, inputs, name), every_row=True)


def _xnor_of_two_units(inputs: tuple[str, ...], name: str) -> Network:
    a, b = inputs
    both, neither = Unit("both", {a: 1, b: 1}, -1.5), Unit("neither", {a: -1, b: -1}, 0.5)
    return Network(inputs, (both, neither, Unit(name, {"both": 1, "neither": 1}, -0.5)))


def _xnor_with_bypass(inputs: tuple[str, ...], name: str) -> Network:
    a, b = inputs
    both = Unit("both", {a: 1, b: 1}, -1.5)
    return Network(inputs, (both, Unit(name, {a: -1, b: -1, "both": 2}, 0.5)))


def _row_detector(inputs: Sequence[str], pattern: np.ndarray) -> Unit:
    """The unit with z = 1/2 at its own pattern and z <= -1/2 at every other."""
    bits = "".join(f"{bit:g}" for bit in pattern)
    return Unit(f"row_{bits}", dict(zip(inputs, 2 * pattern - 1, strict=True)), 0.5 - pattern.sum())


def _inverted_output(name: str, network: Network, values: Mapping[str, np.ndarray]) -> Unit:
    unit = next(unit for unit in network.units if unit.name == name)
    if unit.activation is not STEP:
        raise ArgumentError(f"output '{name}' is no step unit; only those can be inverted")
    readers = [other.name for other in network.units if name in other.weights]
    if readers:
        raise ArgumentError(f"output '{name}' is read by unit '{readers[0]}', which would read the inverse")
    sums = np.atleast_1d(summed_input(unit, values))
    smallest_positive = min(sums[sums > 0], default=1.0)
    shift = smallest_positive / 2 if (sums == 0).any() else 0.0
    return replace(unit, weights={s: -w for s, w in unit.weights.items()}, bias=shift - unit.bias)
