"""`plasticity run`, and the same for an experiment that is a script."""

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plasticity.cli.completion import EXPERIMENT_NAMES, EXPERIMENT_PARAMETERS, FORMATS
from plasticity.cli.guarded import Batch, staying
from plasticity.cli.looks import look_of, look_options
from plasticity.cli.options import Command, require, seed
from plasticity.errors import ArgumentError, OutputError, listed, printable

if TYPE_CHECKING:
    from rich.console import Console

    from plasticity.experiment import Experiment
    from plasticity.runs import Finished

_QUICK = click.option("--quick", is_flag=True, help="The preset of five seconds; the full one takes up to two minutes.")
_SET = click.option(
    "--set",
    "assignments",
    multiple=True,
    metavar="KEY=VALUE",
    shell_complete=EXPERIMENT_PARAMETERS,
    help="A parameter, such as lag=10ms; without a unit, in the one that 'plasticity show' prints.",
)
_OUT = click.option("--out", type=click.Path(path_type=Path), help="The folder that the run leaves; it must be new.")
_FORMAT = click.option(
    "--format", default="png", show_default=True, shell_complete=FORMATS, help="Of the figure: png, svg, pdf."
)
_OVERWRITE = click.option("--overwrite", is_flag=True, help="Replace the folder of an earlier run.")
DEFAULT_OUT = Path("results")


@dataclass(frozen=True)
class Options:
    """What `plasticity run` and an experiment's own script take."""

    quick: bool
    assignments: tuple[str, ...]
    seed: int | None
    out: Path | None
    format: str
    size: str | None
    panel: str | None
    no_caption: bool
    overwrite: bool


@click.command(cls=Command)
@click.argument("name", required=False, shell_complete=EXPERIMENT_NAMES)
@click.option("--all", "is_all", is_flag=True, help="Run every experiment, each into a folder of its own.")
@_QUICK
@_SET
@seed()
@_OUT
@_FORMAT
@look_options
@_OVERWRITE
def run(name: str | None, is_all: bool, **given: Any) -> None:
    """Run an experiment: a figure, its data, and what it claims with the measured numbers."""
    from plasticity import runs

    options = Options(**given)
    if (name is None) == (not is_all):
        raise ArgumentError(
            f"run takes the name of one experiment, or --all; known: {listed(runs.EXPERIMENTS.names())}"
        )
    if name is not None:
        run_experiment(runs.EXPERIMENTS[name], options)
        return
    if options.assignments:
        raise ArgumentError("--set needs the name of one experiment; --all runs each with its own parameters")
    require(False, "panel", "is of one figure; name the experiment, for --all draws every one whole")
    above = options.out or DEFAULT_OUT
    names, faults = runs.EXPERIMENTS.available()
    taken = [above / known for known in names if (above / known).exists()]
    if taken and not options.overwrite:
        raise OutputError(f"{taken[0]} exists; give another folder with --out, or --overwrite to replace runs")
    batch = Batch(names, faults)
    for known in names:
        with batch.one(known):
            batch.finished = run_experiment(runs.EXPERIMENTS[known], replace(options, out=above / known))
    batch.leave()


def run_experiment(experiment: "Experiment", options: Options) -> "Finished":
    """Run one experiment into its folder, and say what it claims."""
    from plasticity import runs
    from plasticity.cli.terminal import console, progress

    text, preset = console(goes_on=True), "quick" if options.quick else "full"
    parameters = runs.resolved(experiment.preset(preset), options.assignments, options.seed)
    folder, look = options.out or DEFAULT_OUT / experiment.name, look_of(asdict(options))
    with progress(f"running {experiment.name}"), staying(experiment.name):
        finished = runs.run_into(
            folder, experiment, parameters, preset, format=options.format, look=look, overwrite=options.overwrite
        )
    _tell(text, finished, folder)
    if options.seed is not None and not hasattr(parameters, "seed"):
        text.print("  It draws no random numbers: --seed changes nothing.")
    text.print(
        printable(f"  {folder}: figure, caption, data and manifest, after {finished.seconds:.1f} s"), soft_wrap=True
    )
    return finished


def _tell(text: "Console", finished: "Finished", folder: Path) -> None:
    from plasticity.cli.show_text import show_claims

    text.print(finished.experiment.name, style="bold")
    text.print(printable(f"  {finished.experiment.question}"))
    show_claims(text, finished.claims)


def script(experiment: "Experiment") -> None:
    """What an experiment's module does when it is run as a script: `plasticity run` with this experiment."""
    from plasticity.cli import run_command

    @click.command(cls=Command, help=experiment.question)
    @_QUICK
    @_SET
    @seed()
    @_OUT
    @_FORMAT
    @look_options
    @_OVERWRITE
    def command(**options: Any) -> None:
        run_experiment(experiment, Options(**options))

    run_command(command, name=f"{experiment.name}.py")
