"""Spike trains in CSV files. Errors say file, line, reason."""

import csv
import re
from collections.abc import Mapping
from pathlib import Path

from plasticity.errors import InputError, PlasticityError
from plasticity.quantities import parsed

_UNITS = {"time_s": "s", "time_ms": "ms"}


def read_trains(path: Path) -> dict[str, tuple[float, ...]]:
    """The trains of a CSV file with the columns `train` and `time_ms` (or `time_s`): {train: seconds, sorted}.

    raises InputError with file, line and reason
    """
    rows = list(csv.reader(text_of(path).splitlines()))
    lines = [(number, row) for number, row in enumerate(rows, start=1) if row and not row[0].startswith("#")]
    if not lines:
        raise InputError(f"{path}, line 1: the file is empty; a header 'train,time_ms' and rows are needed")
    (number, header), *body = [(number, [cell.strip() for cell in row]) for number, row in lines]
    unit = next((_UNITS[name] for name in header if name in _UNITS), "")
    if "train" not in header or not unit or len(header) != len(set(header)):
        raise InputError(
            f"{path}, line {number}: the header is {','.join(header)}; needed: train,time_ms or train,time_s"
        )
    train, time = header.index("train"), next(k for k, name in enumerate(header) if name in _UNITS)
    found: dict[str, list[float]] = {}
    for number, row in body:
        if len(row) != len(header):
            raise InputError(f"{path}, line {number}: {len(row)} cells, the header has {len(header)}; give as many")
        try:
            seconds = parsed(row[time], unit, "the time") if re.fullmatch(r"[-+.\deE]+", row[time]) else None
        except PlasticityError:
            seconds = None
        if seconds is None or seconds < 0:
            raise InputError(f"{path}, line {number}: the time is {row[time]!r}; a number of 0 or more is allowed")
        found.setdefault(row[train], []).append(seconds)
    return {name: tuple(sorted(times)) for name, times in found.items()}


def train_called(trains: Mapping[str, tuple[float, ...]], name: str, path: Path) -> tuple[float, ...]:
    """One train of a file. Raises InputError, which lists those that are there."""
    if name not in trains:
        raise InputError(f"{path} has no train {name!r}; it has {', '.join(trains) or 'none'}")
    return trains[name]


def text_of(path: Path) -> str:
    """The text of a file. Raises InputError when it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}; give a file that can be read") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: byte {error.start} is no UTF-8 text; save the file as UTF-8") from None
