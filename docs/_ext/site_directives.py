"""What a page may ask for: a record, a question, a table, the output of a command, the help of a command."""

from collections.abc import Iterable, Sequence
from typing import Any

import click
import site_commands
from docutils import nodes
from docutils.parsers.rst import directives
from site_nodes import bold, code, definitions, folded, headed, paragraph, reference, rows, told
from site_pages import GALLERY
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from plasticity.cli import commands
from plasticity.published import TABLES
from plasticity.rules import PRESETS
from plasticity.rules.conventions import words
from plasticity.runs import EXPERIMENTS
from plasticity.runs.teaching import in_order
from plasticity.sources import SOURCES

MOST_ROWS = 12  # of a table that is shown without being asked for


class Record(SphinxDirective):
    """`record KIND NAME`: picture and card of a rule or a neuron."""

    required_arguments = 2

    def run(self) -> list[nodes.Node]:
        kind, name = self.arguments
        found = self.env.app.site_results["record", kind, name]
        image = nodes.image(uri=f"{name}.svg", alt=found["caption"] or f"the picture of {name}", width="100%")
        show = paragraph("On the command line: ", code(f"plasticity show {name}"))
        equations = {"equations", "window"}
        sections = {
            heading: [_lines(lines)] if heading in equations else told(lines)
            for heading, lines in found["sections"].items()
        }
        mathematics = r" \\ ".join(found["mathematics"])
        formula = nodes.math_block("", rf"\begin{{aligned}} {mathematics} \end{{aligned}}")
        return [paragraph(bold(found["summary"])), image, formula, show, definitions(sections)]


class Records(SphinxDirective):
    """`records KIND NAME ...`: names that lead to their pages, with a line each."""

    required_arguments = 1
    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        kind, names = self.arguments[0], self.arguments[1].split()
        results = self.env.app.site_results
        cells = [(reference(name, name), results["record", kind, name]["summary"]) for name in names]
        return [rows(("name", "what it says"), cells)]


class Question(SphinxDirective):
    """`question SECTION ID LANGUAGE`: a question of the lecture, answered when the site is built."""

    required_arguments = 3

    def run(self) -> list[nodes.Node]:
        from plasticity.quiz import frame

        section, id, language = self.arguments
        answers = self.env.app.site_results["lecture", "section", section][language]
        (found,) = [one for one in answers if one["id"] == id]
        body = _answer(found, frame(language))
        if language != "he":
            return body
        start, end = '<div dir="rtl" lang="he">', "</div>"
        return [nodes.raw("", start, format="html"), *body, nodes.raw("", end, format="html")]


def _answer(found: dict[str, Any], words: dict[str, Any]) -> list[nodes.Node]:
    """Question, answer, why, numbers, tables, what the slides print, the verdict, and what there is to learn."""
    labels = words["labels"]
    verdict = words["verdicts"][found["verdict"]]
    parts: list[nodes.Node] = [paragraph(found["question"]), paragraph(bold(found["answer"]))]
    parts += [paragraph(found["why"])] if found["why"] else []
    if found["numbers"]:
        parts.append(rows(("", ""), [(one["what"], one["value"]) for one in found["numbers"]], has_head=False))
    for table in found["tables"]:
        shown = rows(table["columns"], table["rows"])
        parts += folded(table["heading"], shown) if len(table["rows"]) > MOST_ROWS else headed(table["heading"], shown)
    said = {labels["printed"]: found["printed"], labels["verdict"]: _after(verdict, found["condition"])}
    if found["verdict"] != "agrees":
        said[labels["cause"]] = found["cause"]
    said |= {labels["insight"]: found["insight"], labels["method"]: found["method"]}
    parts.append(definitions({label: [*map(paragraph, _listed(text))] for label, text in said.items() if text}))
    parts.append(code(f"plasticity quiz {found['id']}", is_block=True))
    return parts


def _after(verdict: str, condition: str) -> str:
    return f"{verdict}: {condition}" if condition else verdict


def _listed(text: str | Sequence[str]) -> Sequence[str]:
    return [text] if isinstance(text, str) else text


class ConventionPresets(SphinxDirective):
    """`convention-presets`: a row a convention, a column a preset."""

    def run(self) -> list[nodes.Node]:
        cells = [(field, *(getattr(one, field) for one in PRESETS.values())) for field in words()]
        return [rows(("convention", *PRESETS), cells)]


class SmallestTrains(SphinxDirective):
    """`smallest-trains FIELD`: the fewest spikes on which the words of a convention differ, with the weights."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        found = self.env.app.site_results["conventions", "field", self.arguments[0]]
        if not found:
            return [paragraph("No trains of up to four instants show a difference, from a weight within its bounds.")]
        asked = f"{found['rule']}, {found['trains']}, from a weight of {found['w0']:g}:"
        cells = [(word, f"{weight:.6g}") for word, weight in found["results"].items()]
        return [paragraph(asked), rows((self.arguments[0], "weight"), cells)]


class Published(SphinxDirective):
    """`published KEY`: the note of a table, and its rows, where they are few."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        table = TABLES[self.arguments[0]]
        notes = [paragraph(" ".join(part.split())) for part in table.note.split("\n\n") if part.strip()]
        columns = list(table.columns.values())
        cells = [tuple(map(_cell, row)) for row in zip(*columns, strict=True)] if len(columns[0]) <= 80 else []
        load = code(f'from plasticity.published import TABLES\n\ntable = TABLES["{table.key}"]', is_block=True)
        shown = [rows(list(table.columns), cells)] if cells else [paragraph(f"{len(columns[0])} rows.")]
        return [*notes, *shown, load]


class PublishedList(SphinxDirective):
    """`published-list`: the tables, with the first sentence of each."""

    def run(self) -> list[nodes.Node]:
        from plasticity.cli.show_text import title

        return [
            rows(("table", "what it holds"), [(reference(key, key), title(table)) for key, table in TABLES.items()])
        ]


def _cell(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


class References(SphinxDirective):
    """`references`: the publications on which numbers and equations stand."""

    def run(self) -> list[nodes.Node]:
        cells = []
        for source in SOURCES.values():
            link = nodes.reference("", source.doi, refuri=f"https://doi.org/{source.doi}") if source.doi else ""
            cells.append((code(source.key), source.text, link))
        return [rows(("key", "publication", "DOI"), cells)]


class Experiments(SphinxDirective):
    """`experiments`: by group, in the order of teaching, each leading to its figure in the gallery."""

    def run(self) -> list[nodes.Node]:
        shown: list[nodes.Node] = []
        for group, names in in_order(list(EXPERIMENTS)).items():
            cells = [(_link(name), EXPERIMENTS[name].question) for name in names]
            shown += [paragraph(bold(group.capitalize())), rows(("experiment", "question"), cells)]
        return shown


def _link(name: str) -> nodes.Node:
    return nodes.raw("", f'<a href="{GALLERY}/index.html#{name}"><code>{name}</code></a>', format="html")


class CommandHelp(SphinxDirective):
    """`command-help NAME`: usage, meaning, arguments and options of a command."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        command = commands.get_command(click.Context(commands), self.arguments[0])
        context = click.Context(command, info_name=f"plasticity {self.arguments[0]}", parent=None)
        usage = " ".join(command.collect_usage_pieces(context))
        cells = [one.get_help_record(context) for one in command.get_params(context)]
        said = [paragraph(" ".join(part.split())) for part in (command.help or "").split("\n\n")]
        options = [(code(one[0]), one[1]) for one in cells if one]
        return [code(f"{context.info_name} {usage}", is_block=True), *said, rows(("option", "meaning"), options)]


class Run(SphinxDirective):
    """`run`: commands, a line each, that are run when the site is built, and what they print."""

    has_content = True
    option_spec = {"lines": directives.nonnegative_int, "status": directives.nonnegative_int}

    def run(self) -> list[nodes.Node]:
        shown: list[nodes.Node] = []
        for line in self.content:
            printed = site_commands.output(line, status=self.options.get("status", 0))
            kept = printed.splitlines()[: self.options.get("lines")]
            more = ["..."] if len(kept) < len(printed.splitlines()) else []
            shown += [code(line, is_block=True), code("\n".join(kept + more), is_block=True, look="output")]
        return [block for block in shown if block.astext()]


def _lines(lines: Iterable[str]) -> nodes.Node:
    return code("\n".join(lines), is_block=True)


def setup(app: Sphinx) -> dict[str, Any]:
    """The directives under their names."""
    named = {
        "record": Record,
        "records": Records,
        "question": Question,
        "convention-presets": ConventionPresets,
        "smallest-trains": SmallestTrains,
        "published": Published,
        "published-list": PublishedList,
        "references": References,
        "experiments": Experiments,
        "command-help": CommandHelp,
        "run": Run,
    }
    for name, directive in named.items():
        app.add_directive(name, directive)
    return {"parallel_read_safe": True}
