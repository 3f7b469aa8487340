"""Records and claims as text: what `plasticity show` and `plasticity run` print."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rich.console import Console
from rich.text import Text

from plasticity.catalogue import SET, Catalogue
from plasticity.cli.table_text import rows_as_data, rows_as_lines
from plasticity.cli.terminal import facts, is_screen
from plasticity.errors import UnknownName, printable, unknown
from plasticity.experiment import PRESETS, Experiment, Outcome, fields_of
from plasticity.neurons import NEURONS, Neuron
from plasticity.protocols import PROTOCOLS, Protocol
from plasticity.published import TABLES, Table
from plasticity.quiz.contents import asked_by
from plasticity.rules import RULES, Rule
from plasticity.runs import EXPERIMENTS
from plasticity.runs.uses import experiments_with
from plasticity.settings import shown
from plasticity.sources import reference
from plasticity.studies.cards import Card, about, card


def show_card(console: Console, found: Card) -> None:
    """A name, and beneath it sections of lines, the heading of each next to its first."""
    console.print(Text(printable(found.name), style="bold"), Text(printable(str(found.summary))))
    rows = [
        (f"  {heading if not k else ''}", line)
        for heading, lines in found.sections.items()
        for k, line in enumerate(lines)
    ]
    console.print(facts(rows))


def told(found: Any, *, is_patient: bool = False) -> Card:
    """What there is to say of a record of any kind."""
    if isinstance(found, Protocol):
        return _protocol_card(found)
    if isinstance(found, Table):
        return _table_card(found)
    if isinstance(found, Experiment):
        return _experiment_card(found)
    return _with_experiments(card(found, is_patient=is_patient))


def found_by(name: str) -> Rule | Neuron | Protocol | Table | Experiment:
    """A rule, neuron, protocol, table or experiment; ours before those of other packages, imported only if need be.

    raises UnknownName, which lists the known ones; PluginError for one that a package offers in vain
    """
    catalogues: tuple[Catalogue[Any], ...] = (RULES, NEURONS, PROTOCOLS, TABLES, EXPERIMENTS)
    for held in catalogues:
        if name.partition(SET)[0] in held:  # a set that it does not have is refused with those that it has
            return held[name]
    known: list[str] = []
    for held in catalogues:
        try:
            return held[name]
        except UnknownName:
            known += held.available()[0]
    sets = [f"{record}{SET}{one.name}" for held in (RULES, NEURONS) for record in held for one in held[record].sets]
    raise unknown("rule, neuron, protocol, table or experiment", name, known, chosen=sets)


def show_claims(console: Console, claims: Sequence[Outcome]) -> None:
    """Each claim, the measured number next to the expected one, and whether it holds."""
    for claim in claims:
        word, style = ("holds", "green") if claim.holds else ("does not hold", "red")
        line = Text.assemble("  ", (word, style), f": {claim.sentence}: {claim.figures}; {claim.source}")
        console.print(line, soft_wrap=not is_screen())


def _with_experiments(found: Card) -> Card:
    """The card of a rule or neuron, and the experiments in which one sees it at work."""
    names = experiments_with(found.name)
    sections = {**found.sections, "experiments": (", ".join(names),) if names else ()}
    return replace(found, sections=sections, data={**found.data, "experiments": names})


def _protocol_card(protocol: Protocol) -> Card:
    drawn = ["some of them are drawn at random"] if protocol.is_random else []
    sections = {
        "gives times of": [", ".join(protocol.events), *drawn],
        "parameters": [f"{item}{about(item.meaning, item.source)}" for item in protocol.parameters],
        "source": [reference(protocol.source)],
    }
    return _plain_card("protocol", protocol.name, protocol.summary, sections)


def _table_card(table: Table) -> Card:
    n_rows = {len(column) for column in table.columns.values()}
    rows = " or ".join(f"{n} rows" for n in sorted(n_rows))
    note = [line for line in table.note.splitlines() if line]
    columns = [f"{', '.join(table.columns)}; {rows}"]
    told = _plain_card("table", table.key, title(table), {"columns": columns, "note": note})
    sections = {"columns": tuple(columns), "rows": tuple(rows_as_lines(table)), "note": tuple(note)}
    return replace(told, sections=sections, data={**told.data, "rows": rows_as_data(table)})


def title(table: Table) -> str:
    """The first sentence of what a table says of itself."""
    paragraph = " ".join(table.note.split("\n\n")[0].split())
    return paragraph.split(". ")[0].removesuffix(".")


def _experiment_card(experiment: Experiment) -> Card:
    full, quick = (shown(experiment.preset(preset)) for preset in PRESETS)
    rows = []
    for name, said in fields_of(experiment.full).items():
        other = f" ({quick[name]} with --quick)" if quick[name] != full[name] else ""
        rows.append(f"{name} = {full[name]}{other}{about(said.get('meaning', ''), said.get('source', ''))}")
    claims = [f"{claim.sentence} ({claim.source})" for claim in experiment.claims]
    questions = [", ".join(asked)] if (asked := asked_by(experiment.name)) else []
    sections = {"parameters": rows, "claims": claims, "questions": questions, "source": [experiment.source]}
    return _plain_card("experiment", experiment.name, experiment.question, sections)


def _plain_card(kind: str, name: str, summary: str, sections: Mapping[str, Sequence[str]]) -> Card:
    """Of a record whose lines are all there is to say."""
    lines = {heading: tuple(found) for heading, found in sections.items()}
    data = {
        "kind": kind,
        "name": name,
        "summary": summary,
        **{heading: list(found) for heading, found in lines.items()},
    }
    return Card(kind, name, summary, "", lines, data)
