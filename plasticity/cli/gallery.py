"""`plasticity gallery`: all experiments on one page."""

from pathlib import Path

import click

from plasticity.cli.guarded import Batch, staying
from plasticity.cli.options import Command, seed
from plasticity.errors import ArgumentError, printable, said


@click.command(cls=Command)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--full", is_flag=True, help="Run the full presets, up to two minutes each, instead of the quick ones.")
@click.option("--format", default="png", show_default=True, help="Of the figures: png, svg.")
@seed()
@click.option("--overwrite", is_flag=True, help="Replace an earlier page.")
def gallery(folder: Path, full: bool, format: str, seed: int | None, overwrite: bool) -> None:
    """Run all experiments, and show them as one static page in the new FOLDER."""
    from plasticity import runs
    from plasticity.cli.terminal import console, progress
    from plasticity.files import check_free
    from plasticity.runs.gallery import KIND, PAGE, prepared, write_pages

    if format not in ("png", "svg"):
        raise ArgumentError(f"the format is {said(format)}; allowed for a page: png, svg")
    check_free(folder, KIND, overwrite=overwrite)
    names, faults = runs.EXPERIMENTS.available()
    batch, pages, drawing = Batch(names, faults), [], list[str]()
    with progress("the gallery") as bars:
        for done, name in enumerate(names):
            bars.whole(f"running {name}", done, len(names))
            with batch.one(name):
                experiment, preset = runs.EXPERIMENTS[name], "full" if full else "quick"
                with staying(name):
                    batch.finished = runs.run(experiment, runs.resolved(experiment.preset(preset), (), seed), preset)
                    pages.append(prepared(batch.finished, format))
                drawing += [name] if hasattr(batch.finished.parameters, "seed") else []
        bars.whole("writing", len(names), len(names))
        write_pages(folder, pages, overwrite=overwrite)
    out = console(goes_on=True)
    out.print(printable(f"{folder / PAGE}: {len(pages)} experiments"), soft_wrap=True)
    if seed is not None:
        out.print(f"The seed {seed} is of those that draw random numbers: {', '.join(drawing) or 'none'}.")
    batch.leave()
