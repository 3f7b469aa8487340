"""How many Boolean functions can one threshold unit compute?"""

from collections.abc import Iterator

import numpy as np

from plasticity.artificial.separability import is_separable
from plasticity.artificial.truth_tables import binary_patterns
from plasticity.inputs import count


def count_separable(n_inputs: int) -> int:
    """The number of linearly separable ones among all 2 ** (2 ** n_inputs) Boolean functions.

    n_inputs : 0 to 4 (five inputs have 4,294,967,296 functions)

    One function of each symmetry class is decided, exactly, and counts for the class.
    """
    functions, sizes = symmetry_classes(n_inputs)
    if n_inputs == 0:
        return int(sizes.sum())  # two constants, and no input to be separated
    patterns = binary_patterns(n_inputs).astype(int)
    decided = [is_separable(patterns, truths) for truths in functions]
    return int(sizes[decided].sum())


def symmetry_classes(n_inputs: int) -> tuple[np.ndarray, np.ndarray]:
    """Boolean functions that are the same but for the names and signs of inputs and output.

    returns : (truths, sizes): one function of each class as its column of a truth table,
              (n_classes, 2 ** n_inputs), and how many functions the class holds, (n_classes,)

    Exchanging two inputs, inverting an input (w_i to -w_i, b to b + w_i) and inverting the output
    all take a separating unit to a separating unit, so a class is separable as a whole or not at all.
    """
    n_inputs = count(n_inputs, "n_inputs, of which all Boolean functions are listed,", least=0, most=4)
    n_rows = 2**n_inputs
    functions = binary_patterns(n_rows).astype(int)
    images = [_number(1 - functions), *(_number(functions[:, rows]) for rows in _exchanged_rows(n_inputs))]
    smallest = np.arange(len(functions))
    while not all(np.array_equal(smallest, smallest[image]) for image in images):
        for image in images:  # every member learns the smallest number in its class
            smallest = np.minimum(smallest, smallest[image])
    numbers, sizes = np.unique(smallest, return_counts=True)
    return functions[numbers], sizes


def _exchanged_rows(n_inputs: int) -> Iterator[np.ndarray]:
    """The order of the rows of a truth table after inverting one input or exchanging two neighbours."""
    patterns = binary_patterns(n_inputs).astype(int)
    for i in range(n_inputs):
        flipped = patterns.copy()
        flipped[:, i] = 1 - flipped[:, i]
        yield _number(flipped)
    for i in range(n_inputs - 1):
        order = np.arange(n_inputs)
        order[[i, i + 1]] = i + 1, i
        yield _number(patterns[:, order])


def _number(bits: np.ndarray) -> np.ndarray:
    """Rows of zeros and ones read as binary numbers."""
    return bits @ (2 ** np.arange(bits.shape[1])[::-1])
