"""Spikes in text files: tables of ids and times with any delimiter, with or without header; or a train a line."""

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from plasticity.errors import InputError, said
from plasticity.trains import lines
from plasticity.trains.decimals import is_number, may_be_thousands, seconds_of
from plasticity.trains.headers import Roles, is_id, is_time, roles
from plasticity.trains.spikes import Spikes, of_columns
from plasticity.trains.units import SAMPLES, Clock, Told

_DELIMITERS = "\t;|, "  # the first that divides every row; blanks last, for names and headers hold them
_N_LOOKED_AT = 200  # rows that tell the delimiter
_COMMENTS = ("#", "%")
_NEEDED = "a header 'train,time_ms' and rows are needed, or 'name: times' on every line"


@dataclass(frozen=True)
class Text:
    """The lines of a text file that hold something, each with its number; the last comment before them, the first."""

    source: str
    lines: Sequence[str]
    numbers: Sequence[int]
    comment: str = ""
    first: int = 1

    def place(self, row: int) -> str:
        """Where a row stands, for a message."""
        return f"{self.source}, line {self.numbers[row] if row < len(self.numbers) else 1}"

    def after(self, n: int) -> "Text":
        """Without the first n lines."""
        return replace(self, lines=self.lines[n:], numbers=self.numbers[n:])


def spikes_of_text(text: str, told: Told, source: str) -> Spikes:
    """The spikes of a text file. Raises InputError with file, line and reason."""
    page = _page(text, source)
    separator = re.fullmatch(r"sep=([,;|\t ])\s*", page.lines[0]) if page.lines else None  # as spreadsheets write it
    if separator:
        page = page.after(1)
    if not page.lines:
        raise InputError(f"{source}, line 1: the file is empty; {_NEEDED}")
    if told.is_lines or lines.is_named(page.lines[0]):
        return lines.spikes_of_lines(page.lines, page.numbers, told, source)
    delimiter = separator.group(1) if separator else _delimiter(page)
    rows, numbers = _rows(page, delimiter)
    page = replace(page, numbers=numbers, first=numbers[0])
    header = None if any(is_number(cell) for cell in rows[0]) else [cell.strip() for cell in rows[0]]
    if header is not None and not told.columns and lines.is_of_columns(header, rows[1:]):
        return lines.spikes_of_columns(header, rows[1:], numbers[1:], told, source)
    if header is not None:
        return _table(rows[1:], page.after(1), header, roles(header, told, page.place(0)), told)
    if len({len(row) for row in rows[:_N_LOOKED_AT]}) > 1 and not told.columns:
        return lines.spikes_of_lines(page.lines, page.numbers, told, source)
    return _headless(rows, page, told, delimiter)


def _headless(rows: list[list[str]], page: Text, told: Told, delimiter: str) -> Spikes:
    """A table whose columns are named in the comment above it, by the person, or told by what they hold."""
    width, place = len(rows[0]), page.place(0)
    above = _above(page, delimiter, width)
    if above:
        return _table(rows, page, above, roles(above, told, place), told)
    names = [str(k) for k in range(1, width + 1)]
    found = roles(names, told, place) if told.columns else _by_content(rows, page)
    if _is_gdf(page) and not told.unit and not told.sampling_rate:
        # Steps are whole numbers; NEST writes milliseconds otherwise
        is_in_ms = any("." in row[found.time] for row in rows[:_N_LOOKED_AT] if len(row) == width)
        found = Roles(found.id, found.time, "ms" if is_in_ms else None)
    return _table(rows, page, names, found, told)


def _above(page: Text, delimiter: str, width: int) -> list[str]:
    """The names of the columns, where the comment above the rows is a header, as NumPy and NEST write it."""
    for mark in (delimiter, " "):
        names = [cell.strip() for cell in _cells([_joined(page.comment)], mark)[0]]
        if len(names) == width and any(is_time(name) for name in names) and any(is_id(name) for name in names):
            return names
    return []


def _by_content(rows: list[list[str]], page: Text) -> Roles:
    """Ids and times of a table without header, where what they hold leaves no doubt."""
    width = len(rows[0])
    if width == 1:
        return Roles(None, 0)
    if width == 2:
        columns = [[row[k].strip() for row in rows if len(row) == 2] for k in (0, 1)]
        is_numeric = [all(is_number(cell) for cell in column) for column in columns]
        is_of_nest = _is_gdf(page) and all(_is_whole(cell) for cell in columns[0])
        if is_of_nest or is_numeric == [False, True]:
            return Roles(0, 1)
        if is_numeric == [True, False]:
            return Roles(1, 0)
        may_be_ids = [all(_is_whole(cell) for cell in column) for column in columns]
        if may_be_ids == [True, True]:
            few = [2 * len(set(column)) <= len(column) for column in columns]
            may_be_ids = few if few[0] != few[1] else may_be_ids
        if may_be_ids[0] != may_be_ids[1]:
            return Roles(0, 1) if may_be_ids[0] else Roles(1, 0)
    raise InputError(
        f"{page.place(0)}: {width} columns without a header, and nothing says which holds what; give --columns "
        "ID,TIME by number, say 1,2, or --lines when every line is one train"
    )


def _table(rows: list[list[str]], page: Text, header: list[str], found: Roles, told: Told) -> Spikes:
    width = len(header)
    uneven = next((k for k, row in enumerate(rows) if len(row) != width), None)
    if uneven is not None:
        hint = "; a decimal comma needs ; or a tab between cells" if len(rows[uneven]) > width else ""
        said_width = f"{len(rows[uneven])} cells, the {'rows above have' if header[0] == '1' else 'header has'} {width}"
        raise InputError(f"{page.place(uneven)}: {said_width}; give as many{hint}")
    clock = told.clock(found.unit, f"{page.source}, line {page.first}")
    times = seconds_of([row[found.time].strip() for row in rows], clock, page.place)
    if found.offset is not None and clock.unit == SAMPLES:
        times = times - seconds_of([row[found.offset].strip() for row in rows], Clock("ms"), page.place)
    ids = ["1"] * len(rows) if found.id is None else [row[found.id].strip() for row in rows]
    if "" in ids:
        raise InputError(f"{page.place(ids.index(''))}: the train has no name; give one in each row")
    return of_columns(ids, times, page.source, np.array(page.numbers, dtype=np.intp))


def _page(text: str, source: str) -> Text:
    all_lines = text.split("\n")
    kept = [k for k, line in enumerate(all_lines) if line.strip(" \t,;|") and not line.lstrip().startswith(_COMMENTS)]
    before = [line for line in all_lines[: kept[0] if kept else 0] if line.strip()]
    comment = before[-1].strip().lstrip("#% ") if before else ""
    return Text(source, [all_lines[k] for k in kept], [k + 1 for k in kept], comment)


def _delimiter(page: Text) -> str:
    """The delimiter that divides all rows alike, or that of the first row. Raises InputError for blanks or commas."""
    looked = [re.sub(r'"[^"]*"', "quoted", line) for line in page.lines[:_N_LOOKED_AT]]
    first = looked[0].strip().replace("\t", "\t ")  # tabs in one row may be blanks in another
    there = [mark for mark in _DELIMITERS if mark in first]
    counts = {mark: {len(row) for row in _cells([_joined(line) for line in looked], mark)} for mark in there}
    even = [mark for mark in there if len(counts[mark]) == 1 and min(counts[mark]) > 1]
    if even == [",", " "] and _is_divided_by_either(looked):
        raise InputError(
            f"{page.place(0)}: blanks or commas may divide {said(looked[0])}; write decimals with a point, or ; between"
        )
    return (even or there or [","])[0]


def _is_divided_by_either(rows: Sequence[str]) -> bool:
    return all(re.fullmatch(r"\s*\S*[^\s,]\s+[-+]?\d+,\d+\s*", row) for row in rows)


def _rows(page: Text, delimiter: str) -> tuple[list[list[str]], Sequence[int]]:
    """The cells of every line, and the numbers of the lines."""
    table, content = page.lines, page.lines
    if delimiter in "\t ":
        content = [line.rstrip() for line in table]
    if delimiter == " ":
        content = [_joined(content[0]), *content[1:]]
    if not any('"' in line for line in content):
        return _cells(content, delimiter), page.numbers
    if delimiter == " ":
        return [[a or b for a, b in re.findall(r'"([^"]*)"|([^\s"]+)', line)] for line in content], page.numbers
    return _quoted(content, page, delimiter)


def _quoted(content: Sequence[str], page: Text, delimiter: str) -> tuple[list[list[str]], Sequence[int]]:
    reader = csv.reader([f"{line}\n" for line in content], delimiter=delimiter, strict=True, skipinitialspace=True)
    rows, numbers = list[list[str]](), list[int]()
    try:
        for row in reader:
            rows.append(row)
            numbers.append(page.numbers[reader.line_num - 1])
    except csv.Error as error:
        raise InputError(f"{page.place(max(reader.line_num - 1, 0))}: {error}; close every quote") from None
    doubtful = may_be_thousands(cell for row in rows for cell in row) if delimiter == "," else ""
    if doubtful:
        raise InputError(
            f"{page.source}: {said(doubtful)} may be a thousand or a decimal comma; write no marks between thousands, "
            "and decimals with a point"
        )
    return rows, numbers


def _cells(content: Sequence[str], delimiter: str) -> list[list[str]]:
    divide: Callable[[str], list[Any]] = str.split if delimiter == " " else lambda line: line.split(delimiter)
    return [divide(line) for line in content]


def _joined(line: str) -> str:
    """A line in which 'time (ms)' is one word, as in a header divided by blanks."""
    return re.sub(r"(?<!\s)\s+([(\[])", r"\1", line)


def _is_gdf(page: Text) -> bool:
    return page.source.lower().endswith(".gdf")  # of NEST: ids, then times


def _is_whole(cell: str) -> bool:
    return bool(re.fullmatch(r"[-+]?\d{1,300}(?:[.,]0*)?(?:[eE]\+?0*)?", cell, re.ASCII))
