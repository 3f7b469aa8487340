"""Questions in TOML files: trains, rule, and what would have been. Errors say file, line, reason."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from plasticity.ask.file_question import FileQuestion, WhatIf
from plasticity.ask.train_files import read_pair
from plasticity.errors import ArgumentError, InputError, PlasticityError, said
from plasticity.faults import require
from plasticity.files import named, text_of, toml_in
from plasticity.quantities import parsed, to_si
from plasticity.rules.adapted import Adaptation


class _Name:
    """Text, or a number: the name of a train, a sampling rate."""


class _Time:
    """Text with a number and its unit."""


class _Columns:
    """Text, or a list of names or numbers."""


class _Names:
    """Text, or a list of texts."""


_KEYS = {"rule": str, "w0": float, "unbounded": bool, "repeat": int, "every": _Time, "trains": dict, "events_ms": dict}
_KEYS |= {"question": list, "conventions": str, "set": dict, "variant": _Names, "w_max": float}
_TIMES_KEYS = {"pre_ms": list, "post_ms": list}
_FILE_KEYS = {
    "file": str,
    "pre": _Name,
    "post": _Name,
    "unit": str,
    "columns": _Columns,
    "sampling_rate": _Name,
    "lines": bool,
}
_TRAIN_KEYS = _TIMES_KEYS | _FILE_KEYS
_QUESTION_KEYS = {"name": str, "without": list, "move": list}
_TYPES = {
    str: "text",
    _Name: "text or a number",
    _Time: "a text such as '50ms'",
    _Columns: "text or a list",
    _Names: "text or a list",
    float: "a number",
    bool: "true or false",
    int: "a whole number",
    list: "a list",
    dict: "a table",
}
MOST_NAME = 200  # characters of the name of a question; our choice: two lines of a terminal
_ALSO: dict[type, Any] = {
    float: int | float,
    _Name: str | int | float,
    _Time: str,
    _Columns: str | list,
    _Names: str | list,
}


def read_question(path: Path, *, with_trains: bool = True) -> FileQuestion:
    """A question file. Raises InputError with file, line and reason.

    with_trains : whether its trains are wanted, which may stand in another file
    """
    text = text_of(path)
    found = toml_in(text, path)
    page = _Page(path, text)
    page.check(found, _KEYS, "the file")
    trains = found.get("trains", {})
    for side in ("pre", "post"):
        if isinstance(trains.get(side), list):
            raise page.error(
                side, f"{side} is a list, and names a train of file; write its times as {side}_ms = [10, 30]"
            )
    page.check(trains, _TRAIN_KEYS, "[trains]")
    pre, post = page.trains(trains) if with_trains else (None, None)
    asked = FileQuestion(
        rule=found.get("rule"),
        w0=float(found["w0"]) if "w0" in found else None,
        is_unbounded=found.get("unbounded"),
        conventions=found.get("conventions"),
        settings=page.settings(found.get("set", {})),
        variants=page.variants(found.get("variant", [])),
        w_max=float(found["w_max"]) if "w_max" in found else None,
        n_repeats=found.get("repeat"),
        every=page.parsed("every", found["every"]) if "every" in found else None,
        pre=pre,
        post=post,
        events={name: page.times(name, times) for name, times in found.get("events_ms", {}).items()},
        what_if=tuple(page.what_if(item, k) for k, item in enumerate(found.get("question", []), start=1)),
    )
    page.check_rule(asked)
    return asked


@dataclass(frozen=True)
class _Page:
    """A TOML file that is being read: its path, and its text, in which lines are found again."""

    path: Path
    text: str

    def error(self, key: str, reason: str) -> InputError:
        """An error at the line where `key` stands."""
        alone = rf"^[ \t]*\[*[ \t]*{re.escape(key)}\b"
        among_others = rf"^[^#\n]*[{{,][ \t]*{re.escape(key)}[ \t]*="  # as in set = { key = 1 }
        found = re.search(alone, self.text, re.MULTILINE) or re.search(among_others, self.text, re.MULTILINE)
        at = 1 + (self.text.count("\n", 0, found.start()) if found else 0)
        return InputError(f"{named(self.path)}, line {at}: {reason}")

    def check(self, table: Mapping[str, Any], kinds: Mapping[str, type], where: str) -> None:
        """Every key must be known, and of its kind."""
        require(table, [[partial(self._check_entry, key, value, kinds, where) for key, value in table.items()]])

    def _check_entry(self, key: str, value: Any, kinds: Mapping[str, type], where: str) -> None:
        if key not in kinds:
            raise self.error(key, f"unknown key {said(key)} in {where}; known: {', '.join(kinds)}")
        kind = kinds[key]
        fits = isinstance(value, _ALSO.get(kind, kind))
        if not fits or (isinstance(value, bool) and kind is not bool):
            raise self.error(key, f"{key} is {said(value)}; {_TYPES[kind]} is allowed")

    def parsed(self, key: str, text: str) -> float:
        """A time such as '1 s', in seconds; without a unit it is in milliseconds, as all times of a question."""
        try:
            return parsed(text, "ms", key)
        except PlasticityError as error:
            raise self.error(key, str(error)) from None

    def settings(self, table: Mapping[str, Any]) -> dict[str, str]:
        """Parameters of the rule, as texts: a number is in the unit in which the parameter is shown."""
        for key, value in table.items():
            if isinstance(value, bool) or not isinstance(value, int | float | str):
                raise self.error(key, f"{key} is {said(value)}; a number, or a text such as '15 ms', is allowed")
        return {key: value if isinstance(value, str) else repr(value) for key, value in table.items()}

    def variants(self, given: Any) -> tuple[str, ...]:
        """Names of variants."""
        names = [given] if isinstance(given, str) else given
        for name in names:
            if not isinstance(name, str):
                raise self.error("variant", f"variant holds {said(name)}; names such as 'nearest' are allowed")
        return tuple(names)

    def check_rule(self, asked: FileQuestion) -> None:
        """Refuse variants, bounds and conventions that no rule can have."""
        parts: dict[str, dict[str, Any]] = {
            "conventions": {"conventions": asked.conventions},
            "variant": {"variants": asked.variants},
            "w_max": {"variants": asked.variants, "w_max": asked.w_max},
        }
        for key, part in parts.items():
            try:
                Adaptation(**part)
            except PlasticityError as error:
                raise self.error(key, str(error)) from None

    def trains(self, table: Mapping[str, Any]) -> tuple[tuple[float, ...] | None, tuple[float, ...] | None]:
        """Both trains, from the file itself or from the spike file that it names."""
        if "file" not in table:
            stray = next((key for key in table if key in _FILE_KEYS), None)
            if stray:
                raise self.error(stray, f"{stray} belongs to file, which is not given; give file = 'spikes.csv'")
            return self.train(table, "pre_ms"), self.train(table, "post_ms")
        for key in _TIMES_KEYS:
            if key in table:
                raise self.error(key, f"{key} and file both give the spikes; leave one of them out")
        names = (str(table.get("pre", "pre")), str(table.get("post", "post")))
        told = {key: table[key] for key in ("unit", "columns", "sampling_rate", "lines") if key in table}
        try:
            pre, post = read_pair(self.path.parent / table["file"], names, **told)
        except ArgumentError as error:
            raise self.error(next(iter(told), "file"), str(error)) from None
        return pre, post

    def train(self, table: Mapping[str, Any], key: str) -> tuple[float, ...] | None:
        """One train in milliseconds, as seconds."""
        return self.times(key, table[key]) if key in table else None

    def times(self, key: str, times: Any) -> tuple[float, ...]:
        """Milliseconds as seconds."""
        if not isinstance(times, list):
            raise self.error(key, f"{key} is {said(times)}; a list of times in milliseconds is allowed")
        for time in times:
            if isinstance(time, bool) or not isinstance(time, int | float):
                raise self.error(key, f"{key} holds {said(time)}; numbers are allowed, times in milliseconds")
        return tuple(parsed(repr(time), "ms", key) if _is_plain(time) else to_si(time, "ms") for time in times)

    def what_if(self, item: Any, number: int) -> WhatIf:
        """One entry of [[question]]."""
        if not isinstance(item, dict):
            raise self.error("question", "question is no table; write [[question]] and its keys beneath")
        self.check(item, _QUESTION_KEYS, "[[question]]")
        for key in ("without", "move"):
            for text in item.get(key, []):
                if not isinstance(text, str):
                    raise self.error(
                        key, f"{key} holds {said(text)}; texts such as 'pre:2' or 'post:1:+3ms' are allowed"
                    )
        name = " ".join(item.get("name", f"question {number}")[:MOST_NAME].split())
        return WhatIf(name, tuple(item.get("without", ())), tuple(item.get("move", ())))


def _is_plain(number: float) -> bool:
    return abs(number) < float("inf")  # false for NaN too; what is not plain is refused with the train
