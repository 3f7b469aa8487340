"""`plasticity list`: what there is."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from plasticity.cli.options import Command

if TYPE_CHECKING:
    from plasticity.catalogue import Catalogue, Families
    from plasticity.experiment import Experiment

Rows = Sequence[tuple[str, str]]


@click.command("list", cls=Command)
def list_all() -> None:
    """List experiments, rules, neurons, protocols, tables, and the lecture's questions, a line each.

    Experiments, rules and neurons stand in families, in the order in which one learns them. Before the question of an
    experiment stands how long its quick and its full preset take. A line that is too long for the terminal is cut;
    `plasticity show NAME` tells all.
    """
    from rich.text import Text

    from plasticity import neurons, rules, runs
    from plasticity.cli.show_text import title
    from plasticity.cli.terminal import console, lines
    from plasticity.protocols import PROTOCOLS
    from plasticity.published import TABLES

    out = console()
    tables = [(table.key, title(table)) for table in TABLES.values()]
    headed: dict[str, Mapping[str, Rows]] = {
        "experiments (time of --quick, of the full preset)": _experiments(runs.EXPERIMENTS.every()),
        "rules": in_families(rules.RULES, rules.FAMILIES),
        "neurons": in_families(neurons.NEURONS, neurons.FAMILIES),
        "protocols": {"": _told(PROTOCOLS.every())},
        "tables": {"": tables},
        "questions": asked_in_sections(),
    }
    for heading, families in headed.items():
        out.print(Text(heading, style="bold"))
        for family, rows in families.items():
            if family:
                out.print(Text(f"  {family}", style="italic"))
            out.print(
                lines(rows, indent=4 if family else 2, width=out.width), no_wrap=True, overflow="ignore", crop=False
            )


def in_families(catalogue: "Catalogue[Any]", families: "Families") -> dict[str, Rows]:
    """{family: names and summaries} in the order of teaching; records of other packages behind ours."""
    every = {record.name: record for record in catalogue.every()}
    ours = {
        family: _told([every.pop(name) for names in pages.values() for name in names])
        for family, pages in families.items()
    }
    return {**ours, **({"of other packages": _told(every.values())} if every else {})}


def asked_in_sections() -> dict[str, Rows]:
    """{section: its questions, and the experiment that shows each}, those of other packages in their own sections."""
    from plasticity.quiz import QUESTIONS

    found: dict[str, list[tuple[str, str]]] = {}
    for asked in QUESTIONS.every():
        shown = f"shown by {asked.question.experiment}" if asked.question.experiment else "no picture"
        found.setdefault(asked.question.section, []).append((asked.name, shown))
    return {**found}


def _experiments(found: Sequence["Experiment"]) -> dict[str, Rows]:
    """{group: names, times and questions} in the order of teaching."""
    from plasticity.runs.teaching import durations, in_order

    every = {experiment.name: experiment for experiment in found}
    times = {name: "{:>4} {:>5}".format(*durations(experiment)) for name, experiment in every.items()}
    return {
        group: [(name, f"{times[name]}  {every[name].question}") for name in names]
        for group, names in in_order([*every]).items()
    }


def _told(records: Any) -> Rows:
    return [(record.name, record.summary) for record in records]
