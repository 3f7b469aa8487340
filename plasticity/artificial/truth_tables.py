"""Truth tables: what a network of threshold units answers to every input of zeros and ones.

A feed-forward network is evaluated. A recurrent network is run in time, from every state it can be
in, until it repeats itself: it has a truth table when its answer does not depend on the start.
"""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from plasticity.arrays import Floats
from plasticity.artificial.activations import STEP
from plasticity.artificial.units import Network, is_feed_forward, names, output, step
from plasticity.errors import ArgumentError
from plasticity.inputs import count, instance, numbers
from plasticity.inputs import function as is_function

MOST_COLUMNS = 16  # 65,536 rows; each further column doubles time and memory


@dataclass(frozen=True)
class TruthTable:
    """Every pattern of zeros and ones with the outputs that belong to it.

    patterns : (2 ** n_inputs, n_inputs), in counting order, the first input the highest digit
    values   : (2 ** n_inputs, n_outputs), of whatever kind the output units give; truth values are 0 and 1
    raises ArgumentError when the shapes or the order of the patterns are others
    """

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    patterns: np.ndarray
    values: np.ndarray

    def __post_init__(self) -> None:
        for name in ("inputs", "outputs"):
            object.__setattr__(self, name, names(getattr(self, name), f"{name} of a truth table"))
        expected = binary_patterns(len(self.inputs))
        patterns = numbers(self.patterns, "patterns of a truth table", shape=expected.shape, has_truths=True)
        shape = (len(expected), len(self.outputs))
        values = numbers(self.values, "values of a truth table", shape=shape, has_truths=True)
        if not np.array_equal(patterns, expected):
            raise ArgumentError("the patterns of a truth table must stand in counting order: `binary_patterns`")
        for name, array in (("patterns", patterns), ("values", values)):
            array.setflags(write=False)
            object.__setattr__(self, name, array)

    def __str__(self) -> str:
        names = (*self.inputs, "|", *self.outputs)
        rows = [
            (*(f"{v:g}" for v in pattern), "|", *(f"{v:g}" for v in value))
            for pattern, value in zip(self.patterns, self.values, strict=True)
        ]
        widths = [max(map(len, column)) for column in zip(names, *rows, strict=True)]
        return "\n".join(" ".join(map(str.rjust, row, widths)) for row in (names, *rows))


def binary_patterns(n: int) -> Floats:
    """All rows of n zeros and ones in counting order: (2 ** n, n); n from 0 to 16."""
    n = count(n, "the number of columns of zeros and ones", least=0, most=MOST_COLUMNS)
    return np.array(list(itertools.product((0.0, 1.0), repeat=n))).reshape(2**n, n)


def truth_table(network: Network) -> TruthTable:
    """The truth table of a network.

    raises ArgumentError when a recurrent network has no truth table, because its answer depends on
    the state it starts from (it remembers) or never settles (it oscillates); the message names an input
    """
    patterns = binary_patterns(len(instance(network, Network, "the network").inputs))
    if is_feed_forward(network):
        values = output(network, patterns)
    else:
        values = np.stack([_settled_output(network, pattern) for pattern in patterns])
    return TruthTable(network.inputs, network.outputs, patterns, values)


def tabulate(function: Callable[..., bool], inputs: Sequence[str], output_name: str = "y") -> TruthTable:
    """The truth table of a Python function of as many zeros and ones as there are inputs."""
    inputs = names(inputs, "inputs")
    is_function(function, "the function")
    patterns = binary_patterns(len(inputs))
    values = np.array([[float(bool(function(*map(int, pattern))))] for pattern in patterns])
    return TruthTable(inputs, (output_name,), patterns, values)


def attractors(network: Network, x: ArrayLike) -> tuple[np.ndarray, ...]:
    """Where a network of step units can end up under a constant input, from every start.

    x       : the external input, (n_inputs,); truth values are 0 and 1
    returns : tuple of arrays (period, n_units), each a cycle of states run through for ever;
              period 1 is a stable state. Every start of zeros and ones ends in one of them.
    raises ArgumentError when a unit has another activation than step (its states are not countable)
    """
    states = binary_patterns(len(instance(network, Network, "the network").units))
    x = numbers(x, "network input", shape=(len(network.inputs),), has_truths=True)
    following = _successors(network, states, x)
    reached = following
    for _ in network.units:  # doubling: after 2 ** n_units steps every start is on its attractor
        reached = reached[reached]
    return tuple(states[circle] for circle in _circles(following, np.unique(reached)))


def is_stable(network: Network) -> bool:
    """True when under every input of zeros and ones every start settles in one and the same state.

    raises ArgumentError when a unit has another activation than step
    """
    patterns = binary_patterns(len(instance(network, Network, "the network").inputs))
    ends = (attractors(network, pattern) for pattern in patterns)
    return all(len(end) == 1 and len(end[0]) == 1 for end in ends)


def _successors(network: Network, states: np.ndarray, x: np.ndarray) -> np.ndarray:
    """The row number of the state that follows each state: (2 ** n_units,)."""
    other = [unit.name for unit in network.units if unit.activation is not STEP]
    if other:
        raise ArgumentError(f"unit '{other[0]}' is no step unit; attractors are counted for step units only")
    digits = 2 ** np.arange(len(network.units))[::-1]
    return (step(network, states, x) @ digits).astype(int)


def _circles(following: np.ndarray, recurrent_states: np.ndarray) -> Iterator[list[int]]:
    seen = set()
    for start in recurrent_states.tolist():
        circle = []
        while start not in seen:
            seen.add(start)
            circle.append(start)
            start = int(following[start])
        if circle:
            yield circle


def _settled_output(network: Network, x: np.ndarray) -> np.ndarray:
    names = [unit.name for unit in network.units]
    columns = [names.index(name) for name in network.outputs]
    answers = [np.unique(end[:, columns], axis=0) for end in attractors(network, x)]
    if len(np.unique(np.concatenate(answers), axis=0)) == 1:
        return answers[0][0]
    fault = "oscillates" if max(map(len, answers)) > 1 else "depends on the state it starts from"
    pattern = ", ".join(f"{name} = {value:g}" for name, value in zip(network.inputs, x, strict=True))
    raise ArgumentError(f"this recurrent network has no truth table: with {pattern or 'no input'} its output {fault}")
