"""The construction theorem: any truth table from threshold units with one hidden layer, and how few units it takes."""

from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np

from plasticity.artificial.gates import construction, inverted
from plasticity.artificial.separability import is_separable
from plasticity.artificial.truth_tables import TruthTable
from plasticity.artificial.units import Network, evaluate, output
from plasticity.errors import ArgumentError
from plasticity.experiment import parameter
from plasticity.quiz.answers.gates.by_hand import bits, written
from plasticity.quiz.answers.gates.by_hand import output as by_hand
from plasticity.quiz.record import Answer, Check, Measurements, Solution
from plasticity.studies.construction import NAMES, n_built_right, table_of

SMALL = (2, 3)  # inputs of the functions that are all built


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    table: tuple[int, ...] = parameter((1, 0, 0, 1), meaning="output for 0...00, 0...01, ...", least=0, most=1)


@dataclass(frozen=True)
class Constructions:
    """A truth table built in three ways, {way: network}; and of all tables of a few inputs how many are built right."""

    table: TruthTable
    networks: dict[str, Network]
    n_tables: int
    n_right: int


def study(parameters: Parameters) -> Constructions:
    """Build the table, and all tables of two and three inputs.

    raises ArgumentError for a table of no 2, 4, 8 or 16 rows
    """
    n = len(parameters.table).bit_length() - 1
    if len(parameters.table) != 2**n or not 1 <= n <= len(NAMES):
        raise ArgumentError(f"table has {len(parameters.table)} values; allowed: 2, 4, 8 or 16, one for each row")
    table = table_of(parameters.table)
    n_tables, n_right = sum(2**2**n_small for n_small in SMALL), sum(map(n_built_right, SMALL))
    return Constructions(table, _networks(table), n_tables, n_right)


def _networks(table: TruthTable) -> dict[str, Network]:
    """A hidden unit for every row; for the true rows; for the false rows, and the output inverted."""
    opposite = construction(replace(table, values=1 - table.values))
    return {
        "every row": construction(table, every_row=True),
        "true rows": construction(table),
        "false rows": inverted(opposite),
    }


def answer(found: Constructions) -> Answer:
    """How many hidden units each way takes, and whether it is right."""
    rows: list[dict[str, Any]] = [{"way": way, **_row(network, found.table)} for way, network in found.networks.items()]
    sizes = {row["way"]: row["n_hidden"] for row in rows}
    network = found.networks["true rows"]
    truths, says = found.table.values[:, 0].astype(int).tolist(), evaluate(network, found.table.patterns)
    measured: dict[str, Any] = {
        "rows": rows,
        "n_inputs": len(found.table.inputs),
        "n_rows": len(truths),
        "n_true_rows": sizes["true rows"],
        "n_false_rows": sizes["false rows"],
        "fewest_by_rows": min(sizes.values()),
        "wrong_rows": sum(row["wrong_rows"] for row in rows),
        "is_separable": is_separable(found.table.patterns, truths),
        "tables": found.n_tables,
        "tables_built_right": found.n_right,
        "units": [
            {"unit": written(unit), "fires_at": [bits(x) for x in found.table.patterns[says[unit.name] == 1]]}
            for unit in network.units
        ],
    }
    measured["outcome"] = "separable" if measured["is_separable"] else "inseparable"
    readings: dict[str, Measurements] = {
        row["way"]: {"n_hidden": row["n_hidden"], "wrong_rows": row["wrong_rows"]} for row in rows
    }
    return Answer(measured, _checks(found, sizes), readings, given=("n_rows", "n_inputs", "tables"))


def _row(network: Network, table: TruthTable) -> dict[str, int]:
    wrong = np.sum(output(network, table.patterns) != table.values)
    return {"n_hidden": len(network.units) - 1, "wrong_rows": int(wrong)}


def _checks(found: Constructions, sizes: dict[str, int]) -> list[Check]:
    """Rows counted in the table; every network in plain Python."""
    truths, patterns = found.table.values[:, 0].astype(int).tolist(), found.table.patterns.tolist()
    counts = [len(truths), sum(truths), len(truths) - sum(truths)]
    wrong = [
        sum(by_hand(network, x) != y for x, y in zip(patterns, truths, strict=True))
        for network in found.networks.values()
    ]
    return [
        Check("rows.n_hidden", counts, "rows"),
        Check("rows.wrong_rows", wrong, "by_hand"),
        Check("n_true_rows", sum(truths), "rows"),
        Check("fewest_by_rows", min(counts), "rows"),
        Check("tables_built_right", _n_right_by_hand(), "all_by_hand"),
    ]


def _n_right_by_hand() -> int:
    """Of all tables of a few inputs those whose rows a sum of row detectors gives, in whole numbers.

    A detector of row r has z = 1/2 - (entries in which the input differs from r), above 0 where none does.
    """
    n_right = 0
    for n in SMALL:
        patterns = np.array(list(product((0, 1), repeat=n)))
        fires = 0.5 - np.sum(patterns[:, np.newaxis] != patterns, axis=-1) > 0  # row, detector
        tables = np.array(list(product((0, 1), repeat=2**n)))
        n_right += int(((tables @ fires.T > 0.5) == (tables == 1)).all(axis=1).sum())
    return n_right


SOLUTIONS = {"construction-theorem": Solution(study, answer, Parameters())}
