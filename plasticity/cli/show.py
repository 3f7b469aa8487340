"""`plasticity show`: a record in full."""

import click

from plasticity.cli.options import Command


@click.command(cls=Command)
@click.argument("name")
def show(name: str) -> None:
    """Show a rule, neuron, protocol, table or experiment: equations, parameters with units, source, conventions."""
    from plasticity.cli.show_text import show_named
    from plasticity.cli.terminal import console

    show_named(console(), name)
