"""`plasticity ask`."""

import click


@click.command()
def ask() -> None:
    """Ask."""
