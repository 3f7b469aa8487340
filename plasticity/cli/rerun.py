"""`plasticity rerun`: does a run come out as it did?"""

import sys
from pathlib import Path

import click

from plasticity.cli.guarded import staying
from plasticity.cli.options import Command
from plasticity.errors import printable


@click.command(cls=Command)
@click.argument("folder", type=click.Path(path_type=Path))
def rerun(folder: Path) -> None:
    """Repeat the run that left FOLDER, and say whether the data are equal, bit by bit."""
    from plasticity import runs
    from plasticity.cli.terminal import console, progress

    out = console(goes_on=True)
    with progress(f"repeating {folder}"), staying(f"of {folder}"):
        repeated = runs.rerun(folder)
    for name, is_equal in repeated.arrays.items():
        out.print(printable(f"{name}: {'bit-equal' if is_equal else 'differs'}"))
    for what, change in repeated.changed.items():
        out.print(printable(f"{what} changed: {change}"), soft_wrap=True)
    if not repeated.is_equal:
        out.print("The data differ.")
        sys.exit(1)
    out.print("All data are bit-equal.")
