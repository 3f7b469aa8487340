"""How fast it is, against what one would take instead: one table, from one run. Run by hand.

usage: python benchmarks/all.py [--only WORD] [--repeats N] [--list]
Ratios of medians of processor seconds, measured in turns in processes of their own. What is compared is checked to do
the same work. "today" is the package at a commit, taken out of git into a folder that is removed.
"""

import argparse
import contextlib
import sys

from measuring import Failed
from races import RACES
from racing import Race, Results, Row, run, tree_of_today
from rich.console import Console
from rich.progress import track
from rich.table import Table
from tables import print_table, written


def chosen(word: str) -> list[tuple[Race, list[Row]]]:
    """The races with the rows that speak of `word`, in any case."""
    found = [
        (race, [row for row in race.rows if word.lower() in f"{race.name} {row.what} {row.against}".lower()])
        for race in RACES
    ]
    return [(race, rows) for race, rows in found if rows]


def named(rows: list[Row]) -> list[str]:
    """The ways that these rows compare, each once."""
    return list(dict.fromkeys(name for row in rows for name in (row.ours, row.theirs) if name))


def cells(row: Row, results: Results | None) -> list[str]:
    """A line of the table."""
    about = [row.what, row.against, row.target]
    names = [name for name in (row.ours, row.theirs) if name]
    if results is None:
        return [*about, "", "", row.reason]
    if missing := [f"{name}: {results.reasons[name]}" for name in names if name in results.reasons]:
        return [*about, "not measured", "", "; ".join(missing)]
    figures = [results.medians[name][row.figure] for name in names]
    ratio = figures[0] / figures[1] if row.theirs else figures[0]
    is_met = ratio <= row.limit
    shown = f"1/{1 / ratio:.3g}" if row.theirs and ratio < 0.95 else f"{ratio:.3g}"
    why = " over ".join(written(figure, row.figure) for figure in figures) if row.theirs else ""
    verdict = "" if not row.target else "[green]met" if is_met else "[red]not met"
    return [*about, shown, verdict, why if is_met or not row.reason else f"{why}; {row.reason}"]


def main() -> None:
    """Measure what was asked for and print the table; ends with status 1 where two ways do different work."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", metavar="WORD", help="rows that speak of WORD")
    parser.add_argument("--repeats", type=int, default=3, metavar="N", help="how often each way is measured")
    parser.add_argument("--list", action="store_true", help="print the rows, measure nothing")
    asked = parser.parse_args()
    if asked.repeats < 1:
        parser.error("--repeats takes 1 or more")
    table, failures = Table("bench", "against", "target", "measured", "", "from"), list[str]()
    races, telling = chosen(asked.only), Console(stderr=True)
    with contextlib.nullcontext() if asked.list else tree_of_today() as today:
        for race, rows in track(races, "measuring", transient=True, disable=asked.list, console=telling):
            try:
                results = None if asked.list else run(race, named(rows), asked.repeats, today)
            except Failed as error:
                failures.append(str(error))
                results = Results({}, dict.fromkeys(race.ways, "not the same work"))
            for row in rows:
                table.add_row(*cells(row, results))
    print_table(table)
    if failures:
        sys.exit("\n".join(failures))


if __name__ == "__main__":
    main()
