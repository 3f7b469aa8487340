"""`plasticity check`: everything that is wrong with a record of one's own, at once; or what it does."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from plasticity.cli.options import Command

if TYPE_CHECKING:
    from rich.console import Console

    from plasticity.authoring import Checked, Report

_KIND = "check"
_STYLES = {"fine": "green", "differs": "red", "faulty": "red"}
_STATUS = {"fine": 0, "differs": 1, "faulty": 2}


@click.command(cls=Command)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="A new folder for pictures, exports and data.")
@click.option("--json", "as_json", is_flag=True, help="Print an object instead of text.")
def check(file: Path, out: Path | None, as_json: bool) -> None:
    """Say everything that is wrong with the rules, neurons, experiments, protocols and questions in FILE, at once.

    FILE is Python, and is run, for it is your code; or a question in TOML. What is right is tried: a rule by every
    engine, a neuron in Brian2 beside its closed form, an experiment in its quick form with its claims, a question in
    all its languages. --out keeps pictures, and exports for other simulators. Exit status 2 when something is wrong,
    1 when two routes to a number differ.
    """
    from plasticity import files
    from plasticity.authoring import check_file
    from plasticity.cli.streams import print_json
    from plasticity.cli.terminal import console, progress

    if out is not None:
        files.check_free(out, _KIND, overwrite=None)
    with progress("checking", is_quiet=as_json):
        found = check_file(file, keeps=out is not None)
        is_written = out is not None and found.status != "faulty"
        if is_written and out is not None:
            files.write_folder(out, _KIND, files.sealed(_KIND, found.as_object(), found.files))
    if as_json:
        print_json(found.as_object())
    else:
        _show(console(), found, out if is_written else None)
    _leave(found, is_unwritten=out is not None and not is_written)


def _show(out: "Console", found: "Checked", folder: Path | None) -> None:
    for report in found.reports:
        _show_report(out, report)
    if folder is not None:
        from plasticity.errors import printable

        out.print(printable(f"{folder}: {', '.join(sorted(found.files)) or 'nothing to draw'}"), soft_wrap=True)


def _show_report(out: "Console", report: "Report") -> None:
    """The verdict, then what is wrong, what to ask, and what was found."""
    from rich.text import Text

    from plasticity.cli.terminal import facts
    from plasticity.errors import printable

    out.print(Text(printable(report.title), style=_STYLES[report.status]), soft_wrap=True)
    for fault in report.faults:
        place = f"line {fault.line}: " if fault.line else ""
        out.print(Text(printable(f"  {place}{fault.text}")), soft_wrap=True)
    told = {"to ask": report.warnings, **report.sections}
    rows = [(f"  {heading if not k else ''}", line) for heading, found in told.items() for k, line in enumerate(found)]
    if rows:
        out.print(facts(rows))


def _leave(found: "Checked", *, is_unwritten: bool) -> None:
    """End with the status of what was found; faults are told on stderr too, in a line."""
    if found.status == "faulty":
        from plasticity.cli.streams import complain
        from plasticity.files import named

        n = sum(len(report.faults) for report in found.reports)
        kept = "; nothing is written" if is_unwritten else ""
        complain(f"Error: {named(found.path)} has {'a fault' if n == 1 else f'{n} faults'}{kept}")
    if status := _STATUS[found.status]:
        sys.exit(status)
