"""The 8-3-8 autoencoder: are its hidden codes still different ones when they are rounded to 0 and 1?"""

import math
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.quiz.record import Answer, Check, Solution
from plasticity.studies.encoder_problem import Coded, Parameters, n_different, nearest, study

DECIMALS = 2  # of the hidden values on the slide


def answer(result: Coded) -> Answer:
    """The slide's codes rounded, and how often other networks do as well."""
    p, table, rounded = result.parameters, result.table, result.rounded
    kinds = sorted(set(rounded), reverse=True)
    found: dict[str, Any] = {
        "codes_distinct_fraction": _share(result, 0),
        "real_codes_distinct_fraction": _share(result, DECIMALS),
        "solved_fraction": float(np.mean(np.all(np.round(result.outputs) == np.eye(p.n_objects), axis=(1, 2)))),
        "least_code_distance": min(map(nearest, result.codes)),
        "n_rounded_codes": rounded,
        "n_patterns": 2**p.n_hidden,
        "slide_n_objects": len(table),
        "slide_n_rounded_codes": n_different(table),
        "slide_rounded_codes": [_bits(row) for row in table],
        "slide_least_code_distance": nearest(table),
        "slide_rows": [
            {"input": k + 1, "hidden": " ".join(f"{value:.2f}" for value in row), "rounded": _bits(row)}
            for k, row in enumerate(table)
        ],
        "rows": [{"n_codes": kind, "n_networks_with": rounded.count(kind)} for kind in kinds],
    }
    found["slide_outcome"] = "different" if found["slide_n_rounded_codes"] == len(table) else "fewer"
    found["outcome"] = {1.0: "all", 0.0: "none"}.get(found["codes_distinct_fraction"], "some")
    readings = {
        "table": {"codes_distinct_fraction": float(found["slide_outcome"] == "different")},
        "real": {"codes_distinct_fraction": found["real_codes_distinct_fraction"]},
        "rounded": {"codes_distinct_fraction": found["codes_distinct_fraction"]},
    }
    found["holds_for"] = [name for name, measured in readings.items() if measured["codes_distinct_fraction"] == 1]
    given = ("slide_n_objects", "n_patterns", "slide_rows.input")
    return Answer(found, list(_checks(result, kinds)), readings, given=given)


def _share(result: Coded, decimals: int) -> float:
    """The share of the networks whose codes all differ when rounded to so many decimals."""
    return float(np.mean([n_different(one, decimals) == result.parameters.n_objects for one in result.codes]))


def _bits(row: Floats) -> str:
    return "".join(f"{value:.0f}" for value in row)


def _checks(result: Coded, kinds: list[int]) -> Iterator[Check]:
    p = result.parameters
    halves = [_n_sides(one) for one in result.codes]
    yield Check("codes_distinct_fraction", halves.count(p.n_objects) / p.n_networks, "halves")
    yield Check("rows.n_codes", sorted(set(halves), reverse=True), "halves")
    yield Check("rows.n_networks_with", [halves.count(kind) for kind in kinds], "halves")
    yield Check("slide_n_rounded_codes", _n_sides(result.table), "halves")
    written = [len({tuple(f"{value:.{DECIMALS}f}" for value in row) for row in one}) for one in result.codes]
    yield Check("real_codes_distinct_fraction", written.count(p.n_objects) / p.n_networks, "written")
    winners = np.all(result.outputs.argmax(axis=2) == np.arange(p.n_objects), axis=1)
    # Outputs that round to the input have their largest there; the largest may be there and below one half
    yield Check("solved_fraction", float(winners.mean()), "winners", relation="at most")
    yield Check("least_code_distance", min(map(_least, result.codes)), "pairs", tolerance=1e-12)
    yield Check("slide_least_code_distance", _least(result.table), "pairs", tolerance=1e-12)


def _n_sides(hidden: Floats) -> int:
    """How many different rows of answers to 'is it one half or more?'."""
    return len({tuple(float(value) >= 0.5 for value in row) for row in hidden})


def _least(hidden: Floats) -> float:
    return min(math.dist(one, other) for one, other in combinations(hidden, 2))


SOLUTIONS = {"autoencoder-8-3-8": Solution(study, answer, Parameters())}
