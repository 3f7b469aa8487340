"""`plasticity doctor`: the installation."""

import sys

import click


@click.command()
def doctor() -> None:
    """Print versions, code generation and compiler, and what is wrong with the installation."""
    from rich.text import Text

    from plasticity.cli.terminal import console, facts
    from plasticity.spiking.doctor import diagnosis

    out, found = console(), diagnosis()
    out.print(facts(found.facts))
    for problem in found.problems:
        out.print(Text(f"problem: {problem}", style="red"))
    if found.problems:
        sys.exit(1)
    out.print(Text("nothing is wrong", style="green"))
