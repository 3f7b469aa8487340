"""How many ways to divide objects in two can one threshold unit learn, with a one-hot code and with a binary one?

Source: cover1965 (points in general position); muroga1971 (sums that rule a unit out, counts of threshold functions).
"""

from dataclasses import dataclass
from itertools import product
from math import comb

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.boolean_functions import symmetry_classes
from plasticity.artificial.truth_tables import binary_patterns
from plasticity.experiment import parameter

LARGEST_WEIGHT = 3  # of the units listed: enough for every function of up to four bits that a unit has


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    n_bits: int = parameter(3, meaning="units of the binary code; the objects fill it: 2 ** n_bits", least=1, most=4)


@dataclass(frozen=True)
class Codes:
    """What one unit can do with both codes of so many objects.

    one_hot, binary : labellings that it can learn, of n_labellings; by trying units
    by_cover        : the same for one-hot codes: points in general position, as many dimensions as points
    by_sums         : the same for binary codes: labellings in which no two of one label add up to two of the other
    one_hot_apart, binary_apart : distances between two objects, least and largest
    """

    n_bits: int
    one_hot: int
    binary: int
    by_cover: int
    by_sums: int
    one_hot_apart: tuple[float, float]
    binary_apart: tuple[float, float]

    @property
    def n_objects(self) -> int:
        return 2**self.n_bits

    @property
    def n_labellings(self) -> int:
        return 2**self.n_objects


def study(parameters: Parameters) -> tuple[Codes, list[Codes]]:
    """The number of objects that was asked for, and that among others."""
    among = [_codes(n_bits) for n_bits in sorted({2, 3, 4, parameters.n_bits})]
    return next(codes for codes in among if codes.n_bits == parameters.n_bits), among


def _codes(n_bits: int) -> Codes:
    n = 2**n_bits
    return Codes(
        n_bits,
        one_hot=_answered(n),
        binary=_listed(n_bits),
        by_cover=2 * sum(comb(n - 1, k) for k in range(n + 1)),
        by_sums=_unsummable(n_bits),
        one_hot_apart=_distances(np.eye(n)),
        binary_apart=_distances(binary_patterns(n_bits)),
    )


def _answered(n: int) -> int:
    """How many labellings of n one-hot objects the unit with w_i = +1 for label 1, else -1, and no bias answers."""
    labellings = binary_patterns(n)
    z = (2 * labellings - 1) @ np.eye(n)
    return int(np.sum(np.all((z > 0) == (labellings == 1), axis=1)))


def _listed(n_bits: int) -> int:
    """How many labellings of the binary code the units with small whole weights give between them."""
    patterns, reach = binary_patterns(n_bits), LARGEST_WEIGHT * n_bits
    weights = np.array(list(product(range(-LARGEST_WEIGHT, LARGEST_WEIGHT + 1), repeat=n_bits)))
    sums = weights @ patterns.T
    tables = np.concatenate([sums > threshold for threshold in np.arange(-reach - 1, reach + 1) + 0.5])
    return len(np.unique(np.packbits(tables, axis=1), axis=0))


def _unsummable(n_bits: int) -> int:
    """Labellings in which no two patterns of label 1 have the sum of two of label 0: z could not be above 0 for the
    first two and not for the others. Up to eight bits, only such a sum can rule a unit out (muroga1971)."""
    patterns = binary_patterns(n_bits).astype(int)
    sums = (patterns[:, np.newaxis] + patterns) @ 3 ** np.arange(n_bits)
    functions, sizes = symmetry_classes(n_bits)
    is_free = [
        not np.isin(sums[np.ix_(ones, ones)], sums[np.ix_(~ones, ~ones)]).any() for ones in functions.astype(bool)
    ]
    return int(sizes[is_free].sum())


def _distances(points: Floats) -> tuple[float, float]:
    """The least and the largest distance between two different rows."""
    apart = np.linalg.norm(points[:, np.newaxis] - points, axis=2)[np.triu_indices(len(points), 1)]
    return float(apart.min()), float(apart.max())
