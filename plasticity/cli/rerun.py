"""`plasticity rerun`: does a run come out as it did?"""

import sys
from pathlib import Path

import click

from plasticity.cli.guarded import staying
from plasticity.cli.options import Command, require
from plasticity.errors import ArgumentError, printable


@click.command(cls=Command)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--point", type=int, help="Of a sweep: the number of the point, as its table has it.")
def rerun(folder: Path, point: int | None) -> None:
    """Repeat the run that left FOLDER, or a point of a sweep, and say whether the data are equal, bit by bit."""
    from plasticity import runs
    from plasticity.cli.terminal import console, progress
    from plasticity.runs.sweeping.repeating import is_sweep, rerun_point

    is_swept = is_sweep(folder)
    require(is_swept, "point", "is of a sweep, which the folder is not; leave it out")
    if is_swept and point is None:
        raise ArgumentError(f"{folder} is that of a sweep, of which single points are repeated; give --point NUMBER")
    out = console(goes_on=True)
    with progress(f"repeating {folder}"), staying(f"of {folder}"):
        repeated = rerun_point(folder, point) if is_swept else runs.rerun(folder)
    for name, is_equal in repeated.arrays.items():
        out.print(printable(f"{name}: {'bit-equal' if is_equal else 'differs'}"))
    for what, change in repeated.changed.items():
        out.print(printable(f"{what} changed: {change}"), soft_wrap=True)
    if not repeated.is_equal:
        out.print("The data differ.")
        sys.exit(1)
    out.print("All data are bit-equal.")
