"""Which networks are DAGs: random graphs, feed-forward by trying all orders, acyclic by following all walks."""

from dataclasses import dataclass
from itertools import permutations, product

import numpy as np

from plasticity.artificial.activations import LINEAR
from plasticity.artificial.units import Network, Unit, is_feed_forward, run
from plasticity.quiz.old.record import Answer, Check, Solution

N_GRAPHS, FEWEST, MOST = 400, 2, 5  # graphs; units in each
LABELLED_DAGS = {2: 3, 3: 25, 4: 543}  # R. W. Robinson 1973, counted again by `n_dags`


@dataclass(frozen=True)
class Graph:
    """One network and what is found of it.

    is_dag        : no walk along its connections is as long as it has units, so none comes back
    can_be_ordered: in some order of the units every connection leads forward: feed-forward
    memory        : how far two starts are apart after as many steps as there are units, under the same input
    """

    network: Network
    is_dag: bool
    can_be_ordered: bool
    memory: float


def study(rng: np.random.Generator, target: str) -> list[Graph]:
    """Draw random directed graphs, loops of a unit onto itself included, sparse enough that many are acyclic."""
    return [_graph(rng) for _ in range(N_GRAPHS)]


def _graph(rng: np.random.Generator) -> Graph:
    n = int(rng.integers(FEWEST, MOST + 1))
    connected = rng.random((n, n)) < 0.6 / n  # entry (i, j): a connection from unit j to unit i
    names = [f"unit {i}" for i in range(n)]
    weights = rng.normal(size=(n, n))
    units = [
        Unit(names[i], {names[j]: float(weights[i, j]) for j in range(n) if connected[i, j]}, 0.0, LINEAR)
        for i in range(n)
    ]
    network = Network((), tuple(units))
    starts = [run(network, np.zeros((n, 0)), start)[-1] for start in rng.normal(size=(2, n))]
    return Graph(network, is_acyclic(connected), can_be_ordered(connected), float(np.abs(starts[0] - starts[1]).max()))


def is_acyclic(connected: np.ndarray) -> bool:
    """No walk has as many steps as there are units: a longer one would meet a unit twice."""
    walks = np.linalg.matrix_power(connected.astype(int), len(connected))
    return not walks.any()


def can_be_ordered(connected: np.ndarray) -> bool:
    """Whether some order of the units has every connection lead from an earlier to a later one: all are tried."""
    orders = np.array(list(permutations(range(len(connected)))))
    reordered = connected[orders[:, :, None], orders[:, None, :]]
    return bool((~np.triu(reordered).any(axis=(1, 2))).any())


METHOD = (
    f"{N_GRAPHS} random directed graphs of {FEWEST} to {MOST} linear units with random weights. DAG: no walk of as "
    "many steps as units (a power of the adjacency matrix is 0). Feed-forward: in some order of the units every "
    "connection leads forward (all orders are tried). Memory: difference of two starts after as many steps as units"
)


def answer(graphs: list[Graph]) -> Answer:
    """The two properties coincide, and so does forgetting the start."""
    dags = [graph for graph in graphs if graph.is_dag]
    others = [graph for graph in graphs if not graph.is_dag]
    found = {
        "n_graphs": len(graphs),
        "n_dags": len(dags),
        "dags_that_are_not_feed_forward": sum(not graph.can_be_ordered for graph in dags),
        "feed_forward_that_are_no_dag": sum(graph.can_be_ordered for graph in others),
        "largest_memory_of_a_dag": max(graph.memory for graph in dags),
        "smallest_memory_of_the_others": min(graph.memory for graph in others),
        "dags_of_four_units": n_dags(4),
    }
    agreeing = sum(is_feed_forward(graph.network) == graph.is_dag for graph in graphs)
    checks = [
        Check("graphs", len(graphs), agreeing, "graphs in which artificial.units.is_feed_forward agrees"),
        *(
            Check(f"DAGs of {n} named units", n_dags(n), known, "Robinson's count")
            for n, known in LABELLED_DAGS.items()
        ),
    ]
    return Answer(_sentence(found), found, METHOD, checks, {"both directions": found}, _sentence_he(found))


def n_dags(n: int) -> int:
    """How many of all directed graphs of n named units, none connected to itself, are acyclic."""
    bits = np.array(list(product((0, 1), repeat=n * (n - 1))), dtype=int).reshape(-1, n * (n - 1))
    connected = np.zeros((len(bits), n, n), dtype=int)
    connected[:, ~np.eye(n, dtype=bool)] = bits
    return int(np.sum(~np.linalg.matrix_power(connected, n).any(axis=(1, 2))))


def _sentence(found: dict) -> str:
    return (
        f"Of {found['n_graphs']} random networks {found['n_dags']} are DAGs; {found['dags_that_are_not_feed_forward']} "
        f"of these are not feed-forward, and {found['feed_forward_that_are_no_dag']} of the others are. For in an "
        "order in which every connection leads forward nothing can come back, and without a way back the units that "
        "read no other can go first, then those that read only them, and so on. It shows in what they remember: after "
        f"as many steps as units two starts differ by at most {found['largest_memory_of_a_dag']:g} in a DAG, and by at "
        f"least {found['smallest_memory_of_the_others']:.1g} in the others."
    )


def _sentence_he(found: dict) -> str:
    return (
        f"מתוך {found['n_graphs']} רשתות אקראיות {found['n_dags']} הן DAG; מספר אלה מהן שאינן feed-forward הוא "
        f"{found['dags_that_are_not_feed_forward']}, ומבין האחרות {found['feed_forward_that_are_no_dag']} הן "
        "feed-forward. הסיבה: בסדר שבו כל חיבור מוביל קדימה דבר אינו יכול לחזור, ובלי דרך חזרה אפשר להציב תחילה את "
        "היחידות שאינן קוראות אף אחת, אחריהן את אלה שקוראות רק אותן, וכן הלאה. זה ניכר בזיכרון: אחרי מספר צעדים כמספר "
        f"היחידות שתי התחלות נבדלות לכל היותר ב-{found['largest_memory_of_a_dag']:g} ב-DAG, ולפחות "
        f"ב-{found['smallest_memory_of_the_others']:.1g} באחרות."
    )


SOLUTIONS = {"acyclic-network": Solution(study, answer)}
