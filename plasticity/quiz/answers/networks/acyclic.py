"""Which networks are DAGs: all small graphs, acyclic by following all walks, feed-forward by trying all orders."""

from math import comb

import numpy as np

from plasticity.artificial.activations import LINEAR
from plasticity.artificial.units import Network, Unit, is_feed_forward
from plasticity.quiz.record import Answer, Check, Solution
from plasticity.studies.acyclic import Graphs, Parameters, Result, study

BY_UNITS = 3  # of the graphs that are built as networks of units, for a third route


def answer(result: Result) -> Answer:
    """The two properties coincide."""
    rows = [_row(result, n) for n in result.graphs]
    readings = {
        f"units={row['n_units']}": {name: row[name] for name in ("dags_not_feed_forward", "feed_forward_no_dags")}
        for row in rows
    }
    is_same = not any(row["dags_not_feed_forward"] or row["feed_forward_no_dags"] for row in rows)
    found = {
        "rows": rows,
        "n_graphs": sum(row["n_graphs"] for row in rows),
        "n_dags": sum(row["n_dags"] for row in rows),
        "dags_that_are_not_feed_forward": sum(row["dags_not_feed_forward"] for row in rows),
        "feed_forward_that_are_no_dag": sum(row["feed_forward_no_dags"] for row in rows),
        "most_units": max(result.graphs),
        "outcome": "the feed-forward ones" if is_same else "not the same",
    }
    known = [robinson(n) for n in result.graphs]
    checks = [
        Check("rows.n_dags", known, "robinson"),
        Check("rows.n_feed_forward", known, "robinson"),
        Check("n_dags", sum(known), "robinson"),
        Check("n_graphs", sum(2 ** (n * n) for n in result.graphs), "pairs"),
        Check("rows.n_graphs", [2 ** (n * n) for n in result.graphs], "pairs"),
        Check("dags_that_are_not_feed_forward", _disagreeing(result, dags=True), "layers"),
        Check("feed_forward_that_are_no_dag", _disagreeing(result, dags=False), "layers"),
    ]
    return Answer(found, checks, readings, given=("rows.n_units", "most_units"))


def _row(result: Result, n: int) -> dict[str, int]:
    dag, forward = result.is_dag[n], result.is_feed_forward[n]
    return {
        "n_units": n,
        "n_graphs": len(dag),
        "n_dags": int(dag.sum()),
        "n_feed_forward": int(forward.sum()),
        "dags_not_feed_forward": int((dag & ~forward).sum()),
        "feed_forward_no_dags": int((forward & ~dag).sum()),
    }


def robinson(n: int) -> int:
    """How many graphs of n named units are acyclic: R. W. Robinson's recurrence over the units that read no other."""
    if n == 0:
        return 1
    return sum((-1) ** (k + 1) * comb(n, k) * 2 ** (k * (n - k)) * robinson(n - k) for k in range(1, n + 1))


def _disagreeing(result: Result, *, dags: bool) -> int:
    """Graphs of three units whose networks can be sorted into layers where there is a way back, or cannot without."""
    n = min(BY_UNITS, max(result.graphs))
    sorts = np.array([is_feed_forward(network(connected)) for connected in result.graphs[n]])
    acyclic = result.is_dag[n]
    return int((acyclic & ~sorts).sum() if dags else (sorts & ~acyclic).sum())


def network(connected: Graphs) -> Network:
    """The network of linear units that are connected so, (n, n)."""
    n = len(connected)
    units = (Unit(f"{i}", {f"{j}": 1.0 for j in range(n) if connected[i, j]}, 0.0, LINEAR) for i in range(n))
    return Network((), tuple(units))


SOLUTIONS = {"acyclic-network": Solution(study, answer, Parameters())}
