"""`plasticity sweep`: an experiment or a question at every point of a grid."""

import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plasticity.cli.completion import EXPERIMENT_PARAMETERS, EXPERIMENTS_OR_FILES
from plasticity.cli.guarded import staying
from plasticity.cli.looks import look_of, look_options
from plasticity.cli.options import Command, require, seed
from plasticity.cli.run import DEFAULT_OUT
from plasticity.errors import ArgumentError, printable

if TYPE_CHECKING:
    from plasticity.runs import Swept

MOST_TOLD = 5  # failures that are shown


@click.command(cls=Command)
@click.argument("what", metavar="EXPERIMENT|FILE", shell_complete=EXPERIMENTS_OR_FILES)
@click.option(
    "--over",
    multiple=True,
    metavar="KEY=VALUES",
    help="What is swept: tau_plus=10..50ms:9 (nine values), rate=1..100Hz:5:log, rule=pair_stdp,triplet_stdp.",
)
@click.option("--seeds", type=int, default=1, show_default=True, help="How often each point comes, with other seeds.")
@seed()
@click.option(
    "--set",
    "assignments",
    multiple=True,
    metavar="KEY=VALUE",
    shell_complete=EXPERIMENT_PARAMETERS,
    help="A parameter, the same at every point.",
)
@click.option("--quick", is_flag=True, help="The preset of five seconds of an experiment.")
@click.option("--jobs", type=int, help="Processes; by default as many as there are cores, where that pays.")
@click.option(
    "--cluster", metavar="ADDRESS", help="A scheduler of Dask, such as tcp://host:8786, in place of processes."
)
@click.option("--out", type=click.Path(path_type=Path), help="The folder that the sweep leaves; it must be new.")
@click.option("--resume", is_flag=True, help="Go on with the sweep in the folder that --out names.")
@click.option("--yes", is_flag=True, help="More than 100,000 points are meant.")
@click.option("--format", default="png", show_default=True, help="Of the picture: png, svg, pdf.")
@look_options
def sweep(what: str, **given: Any) -> None:
    """Compute EXPERIMENT, or the question in FILE (.toml), at every point of a grid.

    Of a question are swept: rule, its parameters, w0, repeat, every, conventions, unbounded, lower, upper, and spikes
    that move, as post:1=-40..40ms:81. Several --over make a grid.
    """
    from plasticity.cli.terminal import console, progress
    from plasticity.runs.sweeping import chosen_subject, written_axes
    from plasticity.runs.sweeping.plan import MOST_UNASKED
    from plasticity.runs.sweeping.running import Where, plan_of, run_sweep

    workers = _workers(given)
    is_file = what.endswith(".toml")
    require(not is_file, "quick", "is a preset of an experiment, and a question has none; leave it out")
    if given["resume"] and given["out"] is None:
        raise ArgumentError("--resume goes on with the sweep in a folder; give it by --out DIR")
    if not given["over"] and given["seeds"] == 1:
        raise ArgumentError("nothing is swept; give --over KEY=VALUES, such as tau_plus=10..50ms:9, or --seeds N")
    subject = chosen_subject(what, preset="quick" if given["quick"] else "full", settings=given["assignments"])
    axes = written_axes(given["over"])
    n = math.prod(len(values) for values in axes.values()) * given["seeds"]
    if n > MOST_UNASKED and not given["yes"]:  # before they are looked at one by one
        raise ArgumentError(f"the sweep has {n} points; with --yes as many are computed")
    plan = plan_of(subject, axes, given["seeds"], given["seed"] or 0)
    name = Path(what).stem if is_file else what
    folder = given["out"] or DEFAULT_OUT / f"sweep_{name}"
    out = console(goes_on=True)
    with progress(f"sweeping {name}"), staying(name):
        done = run_sweep(subject, plan, Where(workers, folder, given["resume"], given["format"], look_of(given)))
    if given["seeds"] > 1 and not subject.draws:
        out.print("It draws no random numbers: all seeds of a point give the same.")
    for line in told(done):
        out.print(printable(line), soft_wrap=True)
    out.print(printable(f"{folder}: table, array, picture, caption and manifest"), soft_wrap=True)
    if done.failures:
        sys.exit(1)


def told(done: "Swept") -> list[str]:
    """How many points there are, and which failed."""
    n_failed = len(done.failures)
    lines = [f"{done.plan.n} points" + (f", of which {n_failed} failed" if n_failed else "")]
    for number, reason in list(done.failures.items())[:MOST_TOLD]:
        texts = ", ".join(f"{name}={text}" for name, text in done.plan.point(number).texts.items())
        lines.append(f"  point {number} ({texts}): {reason}")
    if n_failed > MOST_TOLD:
        lines.append(f"  and {n_failed - MOST_TOLD} more, in the column 'failure' of the table")
    return lines


def _workers(given: dict[str, Any]) -> int | str | None:
    """How many processes, or the address of a scheduler."""
    if given["cluster"] is not None:
        require(False, "jobs", "is how many processes of this machine; leave out either it or --cluster")
        return given["cluster"]
    if given["jobs"] is None:
        return None
    from plasticity.inputs import count

    return count(given["jobs"], "--jobs", most=1024)
