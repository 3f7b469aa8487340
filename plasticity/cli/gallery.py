"""`plasticity gallery`: all experiments, rules and neurons on one page."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from plasticity.cli.completion import FORMATS
from plasticity.cli.guarded import Batch, staying
from plasticity.cli.options import Command, seed
from plasticity.errors import ArgumentError, printable, said


@click.command(cls=Command)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--full", is_flag=True, help="Run the full presets, up to two minutes each, instead of the quick ones.")
@click.option("--format", default="png", show_default=True, shell_complete=FORMATS, help="Of the figures: png, svg.")
@click.option(
    "--only",
    type=click.Choice(["experiments", "rules", "neurons"]),
    multiple=True,
    help="Leave out the others; may be given again.",
)
@seed()
@click.option("--overwrite", is_flag=True, help="Replace an earlier page.")
def gallery(folder: Path, full: bool, format: str, only: tuple[str, ...], seed: int | None, overwrite: bool) -> None:
    """Run all experiments, draw all rules and neurons, and show them as one static page in the new FOLDER.

    FOLDER/index.html has them in the order in which one understands them, for a desk, a phone and paper; the explorer
    stands beside it. About five minutes on one core with the quick presets, half of it for the rules and neurons.
    """
    from plasticity import runs
    from plasticity.cli.terminal import console, progress
    from plasticity.files import check_free
    from plasticity.runs.gallery import KIND, PAGE, prepared, write_pages

    if format not in ("png", "svg"):
        raise ArgumentError(f"the format is {said(format)}; allowed for a page: png, svg")
    check_free(folder, KIND, overwrite=overwrite)
    wanted = only or ("experiments", "rules", "neurons")
    names, faults = runs.EXPERIMENTS.available() if "experiments" in wanted else ([], [])
    batch, pages, drawing, asked = Batch(names, faults), [], list[str](), _asked(names)
    with progress("the gallery") as bars:
        for done, name in enumerate(names):
            bars.whole(f"running {name}", done, len(names))
            with batch.one(name):
                experiment, preset = runs.EXPERIMENTS[name], "full" if full else "quick"
                with staying(name):
                    batch.finished = runs.run(experiment, runs.resolved(experiment.preset(preset), (), seed), preset)
                    pages.append(prepared(batch.finished, format, asked=asked.get(name)))
                drawing += [name] if hasattr(batch.finished.parameters, "seed") else []
        pages += _record_pages(wanted, format, bars)
        bars.whole("writing", len(names), len(names))
        write_pages(folder, pages, overwrite=overwrite)
    out = console(goes_on=True)
    counts = {kind: sum(page.kind == kind for page in pages) for kind in ("experiment", "rule", "neuron")}
    told = ", ".join(f"{n} {kind}s" for kind, n in counts.items() if n)
    out.print(printable(f"{folder / PAGE}: {told}"), soft_wrap=True)
    if seed is not None:
        out.print(f"The seed {seed} is of those that draw random numbers: {', '.join(drawing) or 'none'}.")
    batch.leave()


def _asked(names: Sequence[str]) -> dict[str, dict[str, str]]:
    """{experiment: {id: words}} of the questions that these experiments show."""
    from plasticity.cli.process import line_of
    from plasticity.cli.streams import complain
    from plasticity.quiz import QUESTIONS

    found: dict[str, dict[str, str]] = {}
    for asked in QUESTIONS.every():
        if asked.question.experiment in names:
            try:
                found.setdefault(asked.question.experiment, {})[asked.name] = _words(asked)
            except Exception as error:  # of a question of another package
                complain(f"Error: the question {asked.name} is left out: {line_of(error)}")
    return found


def _words(asked: Any) -> str:
    """What is asked; the numbers in it are those of the answer."""
    from plasticity import quiz

    texts = asked.texts("en")
    if "{" not in texts.question:
        return str(texts.question)
    (answered,) = quiz.ask([asked])
    return str(answered.told("en").text(texts.question))


def _record_pages(wanted: Sequence[str], format: str, bars: Any) -> list[Any]:
    """The pages of our rules and neurons."""
    from plasticity.cli.terminal import tell_pipe
    from plasticity.neurons import NEURONS
    from plasticity.rules import RULES
    from plasticity.runs.record_pages import record_page

    held: dict[str, Mapping[str, Any]] = {"rules": RULES, "neurons": NEURONS}
    records = [record for kind in wanted if kind in held for record in held[kind].values()]
    pages = []
    for done, record in enumerate(records):
        bars.whole(f"drawing {record}", done, len(records))
        pages.append(record_page(record, format))
        tell_pipe(f"{record}: drawn ({done + 1} of {len(records)})")
    return pages
