"""All directed graphs of a few units: which of them have no cycle, and which can be laid out in layers."""

from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from plasticity.experiment import parameter

Graphs = NDArray[np.bool_]  # (n_graphs, n, n); entry (i, j): a connection from unit j to unit i


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    most_units: int = parameter(4, meaning="units of the largest graphs", least=2, most=4)


@dataclass(frozen=True)
class Result:
    """For each number of units, all graphs (loops of a unit onto itself included), and two properties of each.

    is_dag          : no walk along its connections is as long as it has units, so none comes back
    is_feed_forward : in some order of the units every connection leads forward
    """

    graphs: dict[int, Graphs]
    is_dag: dict[int, NDArray[np.bool_]]
    is_feed_forward: dict[int, NDArray[np.bool_]]


def study(parameters: Parameters) -> Result:
    """Go through every graph of 2 units, of 3, ..."""
    graphs = {n: _all_graphs(n) for n in range(2, parameters.most_units + 1)}
    return Result(
        graphs=graphs,
        is_dag={n: is_acyclic(connected) for n, connected in graphs.items()},
        is_feed_forward={n: can_be_ordered(connected) for n, connected in graphs.items()},
    )


def _all_graphs(n: int) -> Graphs:
    bits = np.arange(2 ** (n * n))[:, None] >> np.arange(n * n) & 1
    return bits.reshape(-1, n, n).astype(bool)


def is_acyclic(connected: Graphs) -> NDArray[np.bool_]:
    """No walk has as many steps as there are units: a longer one would meet a unit twice."""
    walks = np.linalg.matrix_power(connected.astype(np.int32), connected.shape[-1])
    return np.logical_not(walks.any(axis=(1, 2)))


def can_be_ordered(connected: Graphs) -> NDArray[np.bool_]:
    """Whether some order of the units has every connection lead from an earlier to a later one: all are tried."""
    n = connected.shape[-1]
    found = np.zeros(len(connected), dtype=bool)
    for order in permutations(range(n)):
        place = np.argsort(order)
        leads_back = place[:, None] <= place[None, :]  # to a unit i that comes no later than the unit j it is from
        found |= ~(connected & leads_back).any(axis=(1, 2))
    return found
