"""Training sets: input patterns in rows, and what the units should answer to each."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity.artificial.exact import numbers
from plasticity.errors import ArgumentError
from plasticity.inputs import instance


@dataclass(frozen=True, eq=False)
class Examples:
    """A training set, in the order in which it is shown.

    inputs  : (n_patterns, n_inputs); for a bias, put x0 = 1 in front: `with_bias`
    targets : (n_patterns,) for one unit or (n_patterns, n_units); None where no teacher is needed

    Numbers become doubles, or Fractions if some are (see `exact`); the arrays are read-only copies. A table of several
    columns of numbers is a matrix, (n_patterns, n_inputs); a table of one column of targets is (n_patterns,).
    raises ArgumentError for what carries a unit, is masked, complex, text, a truth value or a date, NaN, no pattern, or
    inputs and targets of different lengths
    """

    inputs: np.ndarray
    targets: np.ndarray | None = None

    def __post_init__(self) -> None:
        inputs = numbers(self.inputs, "inputs")
        if inputs.ndim != 2 or inputs.size == 0:
            raise ArgumentError(f"inputs have shape {inputs.shape}; they must be (n_patterns, n_inputs), not empty")
        object.__setattr__(self, "inputs", read_only(inputs))
        if self.targets is not None:
            targets = numbers(self.targets, "targets")
            if hasattr(self.targets, "columns") and targets.shape[1:] == (1,):
                targets = targets[:, 0]
            if targets.ndim not in (1, 2) or len(targets) != len(inputs):
                raise ArgumentError(
                    f"targets have shape {targets.shape}; {len(inputs)} input patterns need "
                    f"({len(inputs)},) or ({len(inputs)}, n_units)"
                )
            object.__setattr__(self, "targets", read_only(targets))

    def __len__(self) -> int:
        return len(self.inputs)


def with_bias(inputs: Any) -> np.ndarray:
    """The inputs with a column of ones in front, x0 = 1, whose weight w0 is the bias.

    inputs : (n_patterns, n_inputs) -> (n_patterns, 1 + n_inputs), of the same kind of numbers
    raises ArgumentError for another shape, NaN or infinity
    """
    inputs = numbers(inputs, "inputs")
    if inputs.ndim != 2:
        raise ArgumentError(f"inputs have shape {inputs.shape}; they must be (n_patterns, n_inputs)")
    return np.insert(inputs, 0, 1, axis=1)


def read_only(array: np.ndarray) -> np.ndarray:
    """The same array, from now on protected against change."""
    instance(array, np.ndarray, "the array").flags.writeable = False
    return array


def teacher(examples: Examples) -> np.ndarray:
    """The targets; raises ArgumentError when the examples have none."""
    targets = instance(examples, Examples, "examples").targets
    if targets is None:
        raise ArgumentError("these examples have no targets; give Examples(inputs, targets)")
    return targets
