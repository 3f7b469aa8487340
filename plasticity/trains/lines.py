"""Text files in which every line is one train: 'name: times', or times alone, whose trains are called 1, 2, ...

And tables in which every column is one.
"""

import re
from collections.abc import Sequence
from functools import partial

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import InputError, said
from plasticity.trains.decimals import is_number, seconds_of
from plasticity.trains.headers import is_id, is_time, unit_of
from plasticity.trains.spikes import Spikes, name_of, of_trains
from plasticity.trains.units import Clock, Told


def is_named(line: str) -> bool:
    """Whether a line says 'name: times', with no time at all, or with some."""
    name, colon, rest = line.partition(":")
    return bool(name.strip() and colon) and all(is_number(item) for item in re.split(r"[\s,;]+", rest) if item)


def spikes_of_lines(content: Sequence[str], numbers: Sequence[int], told: Told, source: str) -> Spikes:
    """The spikes of such a file, from the lines that hold something. Raises InputError with file, line and reason."""
    where = f"{source}, line {numbers[0]}"
    told.refuse(f"{where}: a train on every line", "columns")
    clock = told.clock(None, where)
    trains = {}
    is_all_named = is_named(content[0])
    if not is_all_named:
        _check_unnamed(content, numbers, source)
    for position, (line, number) in enumerate(zip(content, numbers, strict=True), start=1):
        place = f"{source}, line {number}"
        name, rest = _divided(line, place) if is_all_named else _first(line, position)
        if name in trains:
            raise InputError(f"{place}: the train {said(name)} stands there twice; give each one line")
        trains[name] = _seconds(rest, clock, place)
    return of_trains(trains, source)


def is_of_columns(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether every column of a table is one train: names above, and beneath them nothing but numbers."""
    if not all(header) or len(set(header)) < len(header) or any(is_time(name) or is_id(name) for name in header):
        return False
    return bool(rows) and all(not cell.strip() or is_number(cell) for row in rows for cell in row)


def spikes_of_columns(
    header: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int], told: Told, source: str
) -> Spikes:
    """The spikes of such a table, whose short columns end in empty cells. Raises InputError."""
    times: list[Floats] = [np.empty(0)]
    codes, at = list[int](), list[int]()
    for code, name in enumerate(header):
        places = [k for k, row in enumerate(rows) if code < len(row) and row[code].strip()]
        lines = [numbers[k] for k in places]
        clock = told.clock(unit_of(name) if "_" in name or " " in name else None, f"{source}: {said(name)}")
        texts = [rows[k][code].strip() for k in places]
        times.append(seconds_of(texts, clock, partial(_place, source, lines)))
        codes += [code] * len(places)
        at += lines
    return Spikes(
        source, list(header), np.array(codes, dtype=np.intp), np.concatenate(times), np.array(at, dtype=np.intp)
    )


def _place(source: str, lines: Sequence[int], k: int) -> str:
    return f"{source}, line {lines[k]}"


def _seconds(rest: str, clock: Clock, place: str) -> Floats:
    items = re.split(r"[;\t]", rest) if re.search(r"[;\t]", rest.strip()) else None
    if items is None:
        if re.search(r"\d,\d", rest) and re.search(r"\d\s+[-+.\d]", rest):
            raise InputError(
                f"{place}: blanks and commas both divide {said(rest.strip())}; write decimals with a point"
            )
        items = re.split(r"\s*,\s*|\s+", rest.strip().strip(",").strip())
    found = [item.strip() for item in items if item.strip()]
    return seconds_of(found, clock, lambda _: place)


def _divided(line: str, place: str) -> tuple[str, str]:
    name, colon, rest = line.partition(":")
    if not (colon and name.strip()):
        raise InputError(f"{place}: 'name: times' was expected, {said(line)} came; write all lines so")
    return name_of(name.strip().strip("\"'")), rest


def _first(line: str, position: int) -> tuple[str, str]:
    """The name before the times where it is no number, or else the number of the train."""
    head, _, rest = line.strip().partition(next((mark for mark in "\t;, " if mark in line.strip()), "\n"))
    name = head.strip().strip("\"'")
    return (str(position), line) if is_number(name) else (name, rest)


def _check_unnamed(content: Sequence[str], numbers: Sequence[int], source: str) -> None:
    """The place of a line is the name of its train: nothing may put it in doubt."""
    heads = [re.split(r"[\s,;]+", line.strip(), maxsplit=1)[0] for line in content]
    if not is_number(heads[0]):
        return
    if len(heads) > 1 and heads in ([str(k) for k in range(n, n + len(heads))] for n in (0, 1)):
        raise InputError(
            f"{source}, line {numbers[0]}: are the first numbers, {heads[0]}, {heads[1]}, names or times? "
            "Write 'name: times' on every line"
        )
    gap = next((k for k in range(1, len(numbers)) if numbers[k] != numbers[k - 1] + 1), None)
    if gap is not None:
        raise InputError(
            f"{source}, line {numbers[gap - 1] + 1}: an empty line or a comment among trains without names; "
            "write 'name: times' on every line"
        )
