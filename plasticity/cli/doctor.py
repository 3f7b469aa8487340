"""`plasticity doctor`: the installation."""

import sys

import click

from plasticity.cli.options import Command


@click.command(cls=Command)
def doctor() -> None:
    """Print versions, code generation and compiler, and what is wrong with the installation."""
    from rich.text import Text

    from plasticity.cli.terminal import console, facts, progress
    from plasticity.compiled.doctor import facts as compiled
    from plasticity.spiking.doctor import diagnosis

    out = console()
    with progress("looking at the installation"):
        found = diagnosis()
    out.print(facts((*found.facts, *compiled())))
    for problem in found.problems:
        out.print(Text(f"problem: {problem}", style="red"))
    if found.problems:
        sys.exit(1)
    out.print(Text("nothing is wrong", style="green"))
