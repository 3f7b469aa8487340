"""The words of a question in one language, and how they are filled with what was measured."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from plasticity.errors import ArgumentError, said, unknown
from plasticity.inputs import fields, instance, listed
from plasticity.quiz.places import OTHER, Words, filled, marked, marked_beside, places, sequence
from plasticity.quiz.record import Answer, Check, measurement

Row = tuple[str, str]


@dataclass(frozen=True)
class TableText:
    """A table of an answer: a row for each of the rows measured.

    rows        : the measurement that holds them, a list of dicts
    columns     : headings
    cells       : a text with places for each column; the entries of the row are known there beside all measurements
    heading     : what it shows
    is_detail   : whether only `--explain` shows it
    """

    rows: str
    columns: tuple[str, ...]
    cells: tuple[str, ...]
    heading: str = ""
    is_detail: bool = False

    def __post_init__(self) -> None:
        fields(self)
        if len(self.columns) != len(self.cells):
            raise ArgumentError(f"the table of {self.rows} has {len(self.columns)} columns, {len(self.cells)} cells")


@dataclass(frozen=True)
class Texts:
    """What is said of a question in one language; all with places for numbers and words, see `places.py`.

    question, printed : what is asked, and what the slides print as its answer
    answer, why       : the answer in words, one sentence; its reason, one sentence
    numbers           : (what it is, the number with its unit), five at most
    tables            : where prose would list cases
    condition         : said after the verdict: what makes the printed answer right
    cause             : where the slides are wrong, the likely cause
    insight           : what there is to learn beyond the answer, a paragraph each
    method            : how it was computed
    names             : {measurement: what it is called}
    routes            : {route of a check: how it confirms}
    words             : {group: {value: word}}; `readings` among them
    """

    question: str
    answer: str
    printed: str = ""
    why: str = ""
    numbers: tuple[Row, ...] = ()
    tables: tuple[TableText, ...] = ()
    condition: str = ""
    cause: str = ""
    insight: tuple[str, ...] = ()
    method: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    routes: Mapping[str, str] = field(default_factory=dict)
    words: Words = field(default_factory=dict)

    def __post_init__(self) -> None:
        fields(self)
        _require_texts(self.names, "of the names")
        _require_texts(self.routes, "of the routes")
        _require_words(self.words)


def read_texts(entry: Mapping[str, Any], page: str) -> Texts:
    """The texts that a page of TOML holds. Raises ArgumentError, which names the page, for what belongs to none."""
    known = Texts.__dataclass_fields__
    for name in entry:
        if name not in known:
            raise unknown(f"text of {page}", name, known)
    missing = [name for name in ("question", "answer") if not isinstance(entry.get(name), str)]
    if missing:
        raise ArgumentError(f'{page} has no {missing[0]}; write {missing[0]} = "..." in it')
    try:
        return Texts(**{**entry, "tables": tuple(map(_table, listed(entry.get("tables", ()), "the tables")))})
    except ArgumentError as error:
        raise ArgumentError(f"{page}: {error}") from None


def _table(entry: Any) -> TableText:
    missing = [name for name in ("rows", "columns", "cells") if not isinstance(entry, Mapping) or name not in entry]
    if missing:
        raise ArgumentError(f"the table {said(entry)} has no {missing[0]}; one has rows, columns and cells")
    for name in entry:
        if name not in TableText.__dataclass_fields__:
            raise unknown("entry of a table", name, TableText.__dataclass_fields__)
    return TableText(**entry)


def _require_words(words: Mapping[str, Any]) -> None:
    """Raise ArgumentError for a group that is no table of texts."""
    for group, known in words.items():
        if not isinstance(known, Mapping):
            raise ArgumentError(f"the group of words {said(group)} is {said(known)}; a table of texts is allowed")
        _require_texts(known, f"of the group '{group}'")


def _require_texts(texts: Mapping[str, Any], where: str) -> None:
    for name, one in texts.items():
        instance(one, str, f"'{name}' {where}")


def numbers_named(texts: Texts) -> set[str]:
    """The measurements whose numbers stand in the answer, its reason, its numbers and the tables that are shown."""
    shown = [texts.answer, texts.why, *(number for _, number in texts.numbers)]
    found = {name for text in shown for name, _, group in places(text) if not group}
    for table in (table for table in texts.tables if not table.is_detail):
        found |= {f"{table.rows}.{name}" for cell in table.cells for name, _, group in places(cell) if not group}
    return found


@dataclass(frozen=True)
class Told:
    """A question and its answer in one language, every place filled, and marked for a right-to-left line."""

    texts: Texts
    values: Mapping[str, Any]

    def text(self, template: str, **more: Any) -> str:
        """A text with its places filled."""
        return marked(filled(template, {**self.values, **more}, self.texts.words)).strip()

    @property
    def answer(self) -> str:
        return self.text(self.texts.answer)

    @property
    def why(self) -> str:
        return self.text(self.texts.why)

    @property
    def numbers(self) -> list[Row]:
        told = [(self.text(what), self.text(number)) for what, number in self.texts.numbers]
        return [(what, marked_beside(what, number)) for what, number in told]

    @property
    def insight(self) -> list[str]:
        return [said for paragraph in self.texts.insight if (said := self.text(paragraph))]

    def tables(self, *, detail: bool = False) -> list[dict[str, Any]]:
        """{heading, columns, rows} of each table; those for `--explain` only when `detail`."""
        return [
            {
                "heading": self.text(table.heading),
                "columns": list(map(marked, table.columns)),
                "rows": [[self.text(cell, **row) for cell in table.cells] for row in sequence(self.values[table.rows])],
            }
            for table in self.texts.tables
            if detail or not table.is_detail
        ]

    def reading(self, key: str) -> str:
        """A reading in words: its parts by the group `readings`, with a comma between."""
        known = self.texts.words.get("readings", {})
        said = []
        for part in key.split(" / "):
            name, _, value = part.partition("=")
            said.append(self.text(known.get(name, part), value=value) if name in known else part)
        return ", ".join(said)

    def name(self, measured: str) -> str:
        """What a measurement is called."""
        return self.text(self.texts.names.get(measured, measured.replace("_", " ").replace(".", ", ")))

    def route(self, check: Check) -> str:
        """How a check confirms."""
        text = self.texts.routes.get(check.by, self.texts.routes.get(OTHER, check.by.replace("_", " ")))
        return self.text(text, **(check.values or {}))


def audited(told: Told, answer: Answer) -> list[dict[str, Any]]:
    """Every number that was confirmed, a row each: what, by, found, confirmed, difference, relation."""
    rows = []
    for check in answer.checks:
        found = _flat(measurement(answer.measurements, check.measurement))
        confirmed, off = _flat(check.confirmed), check.differences(answer.measurements).ravel()
        for k, (one, other, difference) in enumerate(zip(found, confirmed, off, strict=True)):
            what = told.name(check.measurement) + (f" [{k + 1}]" if len(found) > 1 else "")
            row = {"what": what, "by": told.route(check), "found": one, "confirmed": other}
            rows.append(row | {"difference": float(difference), "relation": check.relation})
    return rows


def _flat(value: Any) -> Sequence[float]:
    from plasticity.quiz.record import numbers_of

    return numbers_of(value).ravel().tolist()
