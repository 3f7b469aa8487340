"""`plasticity list`, `show`, `run`, `rerun`, `gallery`: experiments, and the records they stand on."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plasticity.cli.options import Command, seed
from plasticity.errors import ArgumentError, OutputError, PlasticityError, PluginError, listed, printable, said, told

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
    help="A parameter, such as lag=10ms; without a unit, in the one that 'plasticity show' prints.",
)
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


@click.command("list", cls=Command)
def list_all() -> None:
    """List experiments, rules and neurons, a line each."""
    from rich.text import Text

    from plasticity import runs
    from plasticity.cli.terminal import console, facts
    from plasticity.neurons import NEURONS
    from plasticity.rules import all_rules

    out = console()
    experiments = [(experiment.name, experiment.question) for experiment in runs.every()]
    rules = [(rule.name, rule.summary) for rule in all_rules()]
    neurons = [(neuron.name, neuron.summary) for neuron in NEURONS.values()]
    for heading, rows in (("experiments", experiments), ("rules", rules), ("neurons", neurons)):
        out.print(Text(heading, style="bold"))
        out.print(facts([(f"  {name}", text) for name, text in rows]))


@click.command(cls=Command)
@click.argument("name")
def show(name: str) -> None:
    """Show a rule, a neuron or an experiment: equations, parameters with units, bounds, source, conventions."""
    from plasticity.cli.described import show_named
    from plasticity.cli.terminal import console

    show_named(console(), name)


@click.command(cls=Command)
@click.argument("name", required=False)
@click.option("--all", "is_all", is_flag=True, help="Run every experiment, each into a folder of its own.")
@_QUICK
@_SET
@seed()
@_OUT
@_FORMAT
@_OVERWRITE
def run(name: str | None, is_all: bool, **given: Any) -> None:
    """Run an experiment: a figure, its data, and what it claims with the measured numbers."""
    from plasticity import runs

    options = Options(**given)
    if (name is None) == (not is_all):
        raise ArgumentError(f"run takes the name of one experiment, or --all; known: {listed(runs.names())}")
    if name is not None:
        run_experiment(runs.find(name), options)
        return
    if options.assignments:
        raise ArgumentError("--set needs the name of one experiment; --all runs each with its own parameters")
    above = options.out or DEFAULT_OUT
    names, faults = runs.available()
    taken = [above / known for known in names if (above / known).exists()]
    if taken and not options.overwrite:
        raise OutputError(f"{taken[0]} exists; give another folder with --out, or --overwrite to replace runs")
    rest = _Rest(names, faults)
    for known in names:
        with rest.one(known):
            rest.finished = run_experiment(runs.find(known), replace(options, out=above / known))
    rest.leave()


class _Rest:
    """Many experiments, one after the other: what one of them does stops no other, but is told at the end."""

    def __init__(self, names: Sequence[str], faults: Sequence[PlasticityError]) -> None:
        from plasticity.cli.streams import complain

        self._complain = complain
        self._n, self._done = len(names), 0
        self._failed = [str(fault) for fault in faults]
        self.finished: Finished | None = None
        for fault in faults:
            complain(f"Error: {fault}")

    @contextmanager
    def one(self, name: str) -> Iterator[None]:
        """Around the work of one experiment, which sets `finished`."""
        from plasticity.cli.process import line_of
        from plasticity.cli.terminal import tell_pipe

        self._done += 1
        count = f"{self._done} of {self._n}"
        try:
            yield
        except Exception as error:
            self._failed.append(name)
            self._complain(f"Error: {name} ({count}): {line_of(error)}")
        else:
            seconds = f", {self.finished.seconds:.1f} s" if self.finished else ""
            tell_pipe(f"{name}: done{seconds} ({count})")

    def leave(self) -> None:
        """End with status 1 when something has failed."""
        if self._failed:
            self._complain(f"{len(self._failed)} could not be run; see above.")
            sys.exit(1)


@click.command(cls=Command)
@click.argument("folder", type=click.Path(path_type=Path))
def rerun(folder: Path) -> None:
    """Repeat the run that left FOLDER, and say whether the data are equal, bit by bit."""
    from plasticity import runs
    from plasticity.cli.terminal import console, progress

    out = console(goes_on=True)
    with progress(f"repeating {folder}"), _staying(f"of {folder}"):
        repeated = runs.rerun(folder)
    for name, is_equal in repeated.arrays.items():
        out.print(printable(f"{name}: {'bit-equal' if is_equal else 'differs'}"))
    for what, change in repeated.changed.items():
        out.print(printable(f"{what} changed: {change}"), soft_wrap=True)
    if not repeated.is_equal:
        out.print("The data differ.")
        sys.exit(1)
    out.print("All data are bit-equal.")


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
    names, faults = runs.available()
    rest, pages, drawing = _Rest(names, faults), [], list[str]()
    with progress("the gallery") as bars:
        for done, name in enumerate(names):
            bars.whole(f"running {name}", done, len(names))
            with rest.one(name):
                experiment, preset = runs.find(name), "full" if full else "quick"
                with _staying(name):
                    rest.finished = runs.run(experiment, runs.resolved(experiment.preset(preset), (), seed), preset)
                    pages.append(prepared(rest.finished, format))
                drawing += [name] if hasattr(rest.finished.parameters, "seed") else []
        bars.whole("writing", len(names), len(names))
        write_pages(folder, pages, overwrite=overwrite)
    out = console(goes_on=True)
    out.print(printable(f"{folder / PAGE}: {len(pages)} experiments"), soft_wrap=True)
    if seed is not None:
        out.print(f"The seed {seed} is of those that draw random numbers: {', '.join(drawing) or 'none'}.")
    rest.leave()


def run_experiment(experiment: "Experiment", options: Options) -> "Finished":
    """Run one experiment into its folder, and say what it claims."""
    from plasticity import runs
    from plasticity.cli.terminal import console, progress

    text, preset = console(goes_on=True), "quick" if options.quick else "full"
    parameters = runs.resolved(experiment.preset(preset), options.assignments, options.seed)
    folder = options.out or DEFAULT_OUT / experiment.name
    with progress(f"running {experiment.name}"), _staying(experiment.name):
        finished = runs.run_into(
            folder, experiment, parameters, preset, format=options.format, overwrite=options.overwrite
        )
    _tell(text, finished, folder)
    if options.seed is not None and not hasattr(parameters, "seed"):
        text.print("  It draws no random numbers: --seed changes nothing.")
    text.print(printable(f"  {folder}: figure, data and manifest, after {finished.seconds:.1f} s"), soft_wrap=True)
    return finished


@contextmanager
def _staying(name: str) -> Iterator[None]:
    """Have an experiment that exits, whatever the status, fail; it would end the process as if all were done."""
    try:
        yield
    except (Exception, KeyboardInterrupt):
        raise
    except SystemExit as left:
        raise PluginError(f"the experiment {name} exits instead of running (status {left.code}); repair it") from left
    except BaseException as stop:  # such as a generator or a task of theirs that was stopped
        raise PluginError(f"the experiment {name} ends instead of running: {told(stop)}; repair it") from stop


def _tell(text: "Console", finished: "Finished", folder: Path) -> None:
    from plasticity.cli.described import show_claims

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
    @_OVERWRITE
    def command(**options: Any) -> None:
        run_experiment(experiment, Options(**options))

    run_command(command, name=f"{experiment.name}.py")
