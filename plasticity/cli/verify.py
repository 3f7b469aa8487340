"""`plasticity verify`: does every engine give the same?"""

import sys
from typing import Any

import click

from plasticity.cli.completion import NEURONS_AND_RULES
from plasticity.cli.options import Command
from plasticity.errors import ArgumentError, said


@click.command(cls=Command)
@click.argument("names", nargs=-1, metavar="[NAME]...", shell_complete=NEURONS_AND_RULES)
@click.option(
    "--against",
    type=click.Choice(["events", "compiled", "javascript", "brian2", "nest"]),
    default="events",
    show_default=True,
    help="The other side.",
)
@click.option(
    "--seeds", type=click.IntRange(1, 1000), default=3, show_default=True, help="Of random trains, rates or currents."
)
@click.option("--json", "as_json", is_flag=True, help="Print objects instead of text.")
def verify(names: tuple[str, ...], against: str, seeds: int, as_json: bool) -> None:
    """Compare the exact engine with another on random trains, or rates, for some rules or all; with NEST, neurons too.

    'events' is its own definition, read aloud one event at a time; 'compiled' is the same rule as a compiled loop;
    'javascript' is the same as a script, in a browser without a window, and needs Chromium; 'brian2' is Brian2; 'nest'
    is NEST, under its own conventions, and needs the extra 'compare'. Neurons, which fire in Brian2, are compared with
    NEST only. Exit status 1 when a difference is beyond its tolerance.
    """
    from plasticity.verification.suite import suite

    for name in names:
        if names.count(name) > 1:
            raise ArgumentError(f"{said(name)} is named {names.count(name)} times; name it once")
    tasks = suite(names, against)  # type: ignore[arg-type]
    findings = _found(tasks, seeds, is_quiet=as_json)
    if as_json:
        from plasticity.cli.streams import print_json

        is_fine = all(finding.status != "differs" for finding in findings)
        about = {"against": against, "seeds": seeds, "agrees": is_fine}
        print_json(about | {"findings": [finding.as_object() for finding in findings]})
    else:
        from plasticity.cli.terminal import console
        from plasticity.cli.verify_text import show_findings

        show_findings(console(), findings)
    if any(finding.status == "differs" for finding in findings):
        sys.exit(1)


def _found(tasks: Any, seeds: int, *, is_quiet: bool) -> list[Any]:
    if is_quiet:
        return [task(seeds) for task in tasks.values()]
    from plasticity.cli.terminal import progress
    from plasticity.progress import tracked

    with progress("comparing"):
        return [tasks[name](seeds) for name in tracked(list(tasks), "records")]
