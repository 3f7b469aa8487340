"""Three burdens on the hidden layer of an autoencoder of digits: what each costs, and what it buys."""

import statistics
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from plasticity.quiz.record import Answer, Check, Solution
from plasticity.studies.burdens import DROPOUT, FREE, SMALL, SPARSE, Kind, Measured, Parameters, study
from plasticity.studies.digits import mean

COLUMNS = ("left", "activity", "crippled")


def answer(result: tuple[Parameters, Mapping[Kind, Measured]]) -> Answer:
    """What each burden costs and buys."""
    _, measured = result
    rows = [_row(kind, one) for kind, one in measured.items()]
    free, burdened = rows[0], rows[1:]
    found: dict[str, Any] = {
        "rows": rows,
        "left_free_percent": free["left"],
        "activity_free_percent": free["activity"],
        "crippled_free_percent": free["crippled"],
        "left_small_percent": _last(rows, SMALL)["left"],
        "smallest": _last(rows, SMALL)["strength"],
        "activity_sparse_percent": _last(rows, SPARSE)["activity"],
        "highest_price": _last(rows, SPARSE)["strength"],
        "crippled_dropout_percent": _last(rows, DROPOUT)["crippled"],
        "highest_dropout": _last(rows, DROPOUT)["strength"],
        "largest_se_percent": max(mean(getattr(one, name)).error for one in measured.values() for name in COLUMNS),
        "n_worse": sum(row["left"] > free["left"] for row in burdened),
        "n_burdens": len(burdened),
    }
    found["outcome"] = {0: "none", len(burdened): "all"}.get(found["n_worse"], "some")
    found["sparse_outcome"] = "quiet" if found["activity_sparse_percent"] < free["activity"] else "not"
    found["dropout_outcome"] = "robust" if found["crippled_dropout_percent"] < free["crippled"] else "not"
    readings = {
        f"{row['kind']}={row['strength']:g}": {
            "left_burdened_percent": row["left"],
            "left_free_percent": free["left"],
        }
        for row in burdened
    }
    given = ("smallest", "highest_price", "highest_dropout", "n_burdens", "rows.strength")
    return Answer(found, list(_checks(rows, list(measured.values()), found)), readings, given=given)


def _row(kind: Kind, one: Measured) -> dict[str, Any]:
    """A hidden layer: what it bears, how much of it, and the means over the seeds in percent."""
    return {"kind": kind.name, "strength": kind.strength} | {name: mean(getattr(one, name)).value for name in COLUMNS}


def _last(rows: Sequence[dict[str, Any]], kind: str) -> dict[str, Any]:
    """The last of the layers with this burden."""
    return [row for row in rows if row["kind"] == kind][-1]


def _checks(rows: Sequence[dict[str, Any]], measured: Sequence[Measured], found: Mapping) -> Iterator[Check]:
    rounding = 1e-9  # percent
    again = [
        {name: one.again[k].tolist() for k, name in enumerate(COLUMNS)} | {"kind": row["kind"]}
        for row, one in zip(rows, measured, strict=True)
    ]
    means = {name: [statistics.fmean(row[name]) for row in again] for name in COLUMNS}
    for name in COLUMNS:
        yield Check(f"rows.{name}", means[name], "pattern_by_pattern", rounding)
        yield Check(f"{name}_free_percent", means[name][0], "pattern_by_pattern", rounding)
    for kind, name in ((SMALL, "left"), (SPARSE, "activity"), (DROPOUT, "crippled")):
        last = statistics.fmean(_last(again, kind)[name])
        yield Check(f"{name}_{kind}_percent", last, "pattern_by_pattern", rounding)
    errors = [statistics.stdev(row[name]) / len(row[name]) ** 0.5 for row in again for name in COLUMNS]
    yield Check("largest_se_percent", max(errors), "pattern_by_pattern", rounding)
    worse = sum(left > means["left"][0] for left, row in zip(means["left"], again, strict=True) if row["kind"] != FREE)
    yield Check("n_worse", worse, "pattern_by_pattern")


SOLUTIONS = {"bottleneck-kinds": Solution(study, answer, Parameters())}
