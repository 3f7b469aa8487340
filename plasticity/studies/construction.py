"""Any truth table from threshold units with one hidden layer: the construction theorem, tried on whole families."""

from collections.abc import Sequence
from itertools import product

import numpy as np

from plasticity.artificial.gates import construction
from plasticity.artificial.truth_tables import TruthTable, binary_patterns
from plasticity.artificial.units import output

NAMES = "abcd"


def table_of(truths: Sequence[int]) -> TruthTable:
    """The truth table with these outputs, in counting order of the inputs a, b, ..."""
    n = len(truths).bit_length() - 1
    return TruthTable(tuple(NAMES[:n]), ("y",), binary_patterns(n), np.array(truths, dtype=float)[:, np.newaxis])


def every_table(n_inputs: int) -> list[TruthTable]:
    """All 2 ** 2 ** n_inputs of them."""
    return [table_of(truths) for truths in product((0, 1), repeat=2**n_inputs)]


def n_built_right(n_inputs: int) -> int:
    """How many of all tables a hidden unit for each true row, and an OR of these, gives in every row."""
    tables = every_table(n_inputs)
    return sum(np.array_equal(output(construction(table), table.patterns), table.values) for table in tables)
