"""The lecture's perceptron learns AND by hand: its table row by row, carried on to convergence without rounding."""

from collections.abc import Sequence
from typing import Any

from plasticity.quiz.record import Answer, Check, Solution
from plasticity.studies.perceptron_trace import NAMES, PATTERNS, Parameters, Row, Trace, study

N_PRINTED = 9  # rows on the slide


def answer(trace: Trace) -> Answer:
    """The whole table."""
    rows, run = trace.rows, trace.run
    wrong = [row for row in rows if row.error]
    mistakes = {name: sum(NAMES[row.pattern] == name for row in wrong) for name in NAMES}
    found: dict[str, Any] = {
        "trace": [_as_printed(row) for row in rows],
        "rows": [_told(number, row) for number, row in enumerate(rows, start=1)],
        "n_rows": len(rows),
        "weights_final": run.history.final.astype(float).tolist(),
        "updates": run.n_mistakes,
        "updates_at_rows": [number for number, row in enumerate(rows, start=1) if row.error],
        "updates_by_pattern": list(mistakes.values()),
        "patterns": list(NAMES),
        "n_raised": sum(row.error > 0 for row in wrong),
        "n_lowered": sum(row.error < 0 for row in wrong),
        "changes": [_change(row) for row in rows],
        "n_epochs_shown": run.n_epochs,
        "converged": run.converged,
        "outcome": "converged" if run.converged else "circles" if run.cycle else "unfinished",
        "smallest_size_of_z": min(abs(row.z) for row in rows),
        "floats_differ_in_rows": _n_differing(rows, [int(output[0]) for output in trace.floats.history.outputs]),
        "separable": "yes" if trace.bound < float("inf") else "no",
        "novikoff_bound": trace.bound if trace.bound < float("inf") else None,
    }
    readings = {"above zero": _one_by_one(rows), "at zero too": _one_by_one(trace.firing_at_zero)}
    return Answer(found, _checks(trace), readings, given=("rows.row", "rows.target"))


def _as_printed(row: Row) -> list:
    """[pattern, weights before, output, target], as in the slide."""
    return [NAMES[row.pattern], list(row.before), row.output, row.target]


def _change(row: Row) -> list[float]:
    """What is added to the weights."""
    return [round(new - old, 9) for old, new in zip(row.before, row.after, strict=True)]


def _told(number: int, row: Row) -> dict[str, Any]:
    change = " ".join(f"{dw:+g}" if dw else "0" for dw in _change(row)) if row.error else ""
    return {
        "row": number,
        "x": NAMES[row.pattern],
        "w": list(row.before),
        "z": row.z,
        "y": row.output,
        "target": row.target,
        "change": change,
        "mark": "slide" if number == N_PRINTED else "none",
    }


def _n_differing(rows: Sequence[Row], outputs: Sequence[int]) -> int:
    """Rows with another output; rows that one of the two tables lacks count too."""
    same = sum(row.output == other for row, other in zip(rows, outputs, strict=False))
    return max(len(rows), len(outputs)) - same


def _one_by_one(rows: Sequence[Row]) -> dict[str, Any]:
    """Every row and every change under a name of its own, so that the printed ones are compared one by one."""
    named: dict[str, Any] = {f"{what}_{k + 1}": None for k in range(N_PRINTED) for what in ("row", "change")}
    named |= {f"row_{number}": _as_printed(row) for number, row in enumerate(rows, start=1)}
    return named | {f"change_{number}": _change(row) for number, row in enumerate(rows, start=1)}


def _checks(trace: Trace) -> list[Check]:
    """The table on paper, in decimals; and Novikoff's bound."""
    paper = trace.on_paper
    wrong = [row for row in paper if row.error]
    checks = [
        Check("rows.w", [list(row.before) for row in paper], "on_paper"),
        Check("rows.z", [row.z for row in paper], "on_paper"),
        Check("rows.y", [row.output for row in paper], "on_paper"),
        Check("weights_final", list(paper[-1].after), "on_paper"),
        Check("updates", len(wrong), "on_paper"),
        Check("n_epochs_shown", len(paper) // len(PATTERNS), "on_paper"),
        Check("n_raised", sum(row.target for row in wrong), "on_paper"),
        Check("n_lowered", sum(not row.target for row in wrong), "on_paper"),
        Check("updates_by_pattern", [sum(NAMES[row.pattern] == name for row in wrong) for name in NAMES], "on_paper"),
    ]
    if trace.bound < float("inf"):
        checks.append(Check("updates", trace.bound, "novikoff", relation="at most"))
    return checks


SOLUTIONS = {"perceptron-and-trace": Solution(study, answer, Parameters())}
