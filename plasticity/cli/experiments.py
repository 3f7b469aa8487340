"""`plasticity list`, `show`, `run`, `rerun`, `gallery`: experiments, and the records they stand on."""

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plasticity.errors import ArgumentError, OutputError

if TYPE_CHECKING:
    from plasticity.experiment import Experiment

_QUICK = click.option("--quick", is_flag=True, help="The preset of five seconds; the full one takes up to two minutes.")
_SET = click.option("--set", "assignments", multiple=True, metavar="KEY=VALUE", help="A parameter, such as lag=10ms.")
_SEED = click.option("--seed", type=click.IntRange(min=0), help="Of all random numbers.")
_OUT = click.option("--out", type=click.Path(path_type=Path), help="The folder that the run leaves; it must be new.")
_FORMAT = click.option("--format", default="png", show_default=True, help="Of the figure: png, svg, pdf.")
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
    overwrite: bool


@click.command("list")
def list_all() -> None:
    """List experiments, rules and neurons, a line each."""
    from rich.text import Text

    from plasticity import runs
    from plasticity.cli.terminal import console, facts
    from plasticity.neurons import NEURONS
    from plasticity.rules import all_rules

    out = console()
    experiments = [(name, runs.find(name).question) for name in runs.names()]
    rules = [(rule.name, rule.summary) for rule in all_rules()]
    neurons = [(neuron.name, neuron.summary) for neuron in NEURONS.values()]
    for heading, rows in (("experiments", experiments), ("rules", rules), ("neurons", neurons)):
        out.print(Text(heading, style="bold"))
        out.print(facts([(f"  {name}", text) for name, text in rows]))


@click.command()
@click.argument("name")
def show(name: str) -> None:
    """Show a rule, a neuron or an experiment: equations, parameters with units, bounds, source, conventions."""
    from plasticity.cli.described import show_named
    from plasticity.cli.terminal import console

    show_named(console(), name)


@click.command()
@click.argument("name", required=False)
@click.option("--all", "is_all", is_flag=True, help="Run every experiment, each into a folder of its own.")
@_QUICK
@_SET
@_SEED
@_OUT
@_FORMAT
@_OVERWRITE
def run(name: str | None, is_all: bool, **given: Any) -> None:
    """Run an experiment: a figure, its data, and what it claims with the measured numbers."""
    from plasticity import runs

    options = Options(**given)
    if (name is None) == (not is_all):
        raise ArgumentError(f"run takes the name of one experiment, or --all; known: {', '.join(runs.names())}")
    if name is not None:
        run_experiment(runs.find(name), options)
        return
    if options.assignments:
        raise ArgumentError("--set needs the name of one experiment; --all runs each with its own parameters")
    above = options.out or DEFAULT_OUT
    taken = [above / name for name in runs.names() if (above / name).exists()]
    if taken and not options.overwrite:
        raise OutputError(f"{taken[0]} exists; give another folder with --out, or --overwrite to replace runs")
    for known in runs.names():
        run_experiment(runs.find(known), replace(options, out=above / known))


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def rerun(folder: Path) -> None:
    """Repeat the run that left FOLDER, and say whether the data are equal, bit by bit."""
    from plasticity import runs
    from plasticity.cli.terminal import console, progress

    out = console()
    with progress(out, f"repeating {folder}"):
        repeated = runs.rerun(folder)
    for name, is_equal in repeated.arrays.items():
        out.print(f"{name}: {'bit-equal' if is_equal else 'differs'}")
    for what, change in repeated.changed.items():
        out.print(f"{what} changed: {change}", markup=False, soft_wrap=True)
    if not repeated.is_equal:
        out.print("The data differ.")
        sys.exit(1)
    out.print("All data are bit-equal.")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--full", is_flag=True, help="Run the full presets, up to two minutes each, instead of the quick ones.")
@click.option("--format", default="png", show_default=True, help="Of the figures: png, svg.")
@_SEED
@click.option("--overwrite", is_flag=True, help="Replace an earlier page.")
def gallery(folder: Path, full: bool, format: str, seed: int | None, overwrite: bool) -> None:
    """Run all experiments, and show them as one static page in the new FOLDER."""
    from plasticity import runs
    from plasticity.cli.terminal import console, progress
    from plasticity.files import check_free
    from plasticity.runs.gallery import KIND, PAGE, write_gallery

    if format not in ("png", "svg"):
        raise ArgumentError(f"the format is {format!r}; allowed for a page: png, svg")
    check_free(folder, KIND, overwrite=overwrite)
    out, names, finished = console(), runs.names(), []
    preset = "full" if full else "quick"
    with progress(out, "the gallery") as bars:
        for done, name in enumerate(names):
            bars.whole(f"running {name}", done, len(names))
            experiment = runs.find(name)
            finished.append(runs.run(experiment, runs.resolved(experiment.preset(preset), (), seed), preset))
        bars.whole("drawing", len(names), len(names))
        write_gallery(folder, finished, format=format, overwrite=overwrite)
    out.print(f"{folder / PAGE}: {len(finished)} experiments")


def run_experiment(experiment: "Experiment", options: Options) -> None:
    """Run one experiment into its folder, and say what it claims."""
    from plasticity import runs
    from plasticity.cli.described import show_claims
    from plasticity.cli.terminal import console, progress

    text, preset = console(), "quick" if options.quick else "full"
    parameters = runs.resolved(experiment.preset(preset), options.assignments, options.seed)
    folder = options.out or DEFAULT_OUT / experiment.name
    with progress(text, f"running {experiment.name}"):
        finished = runs.run_into(
            folder, experiment, parameters, preset, format=options.format, overwrite=options.overwrite
        )
    text.print(experiment.name, style="bold")
    text.print(f"  {experiment.question}")
    show_claims(text, finished.claims)
    if options.seed is not None and not hasattr(parameters, "seed"):
        text.print("  It draws no random numbers: --seed changes nothing.")
    text.print(f"  {folder}: figure, data and manifest, after {finished.seconds:.1f} s", soft_wrap=True)


def script(experiment: "Experiment") -> None:
    """What an experiment's module does when it is run as a script: `plasticity run` with this experiment."""
    from plasticity.cli import run_command

    @click.command(help=experiment.question)
    @_QUICK
    @_SET
    @_SEED
    @_OUT
    @_FORMAT
    @_OVERWRITE
    def command(**options: Any) -> None:
        run_experiment(experiment, Options(**options))

    run_command(command, name=f"{experiment.name}.py")
