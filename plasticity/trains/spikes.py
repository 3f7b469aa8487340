"""Spikes as a file holds them: what all formats share. Trains are sorted, checked, and found by name here."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from plasticity.arrays import Floats
from plasticity.errors import InputError, nearest, said

_MOST_NAMES = 20  # of those that a message lists; our choice: two lines of a terminal
# A number with a point, as NumPy and tables with gaps save whole numbers: 3.0, 3.000e+00. 12e5 is a name.
_WRITTEN_AS_FLOAT = re.compile(r"[-+]?\d{1,15}[.,]\d*(?:[eE][-+]?\d{1,2})?", re.ASCII)
_PLAIN = re.compile(r"[-+]?\d{1,300}(?:\.\d{0,300})?", re.ASCII)
_Item = TypeVar("_Item")


@dataclass(frozen=True)
class Spikes:
    """The spikes of all trains of a file, in its order.

    source : the file, for messages
    names  : of the trains, each once
    codes  : of which train each spike is, an index into `names`, shape (n_spikes,)
    times  : seconds, shape (n_spikes,)
    lines  : of the file, where each spike stands, shape (n_spikes,); None where a file has no lines
    """

    source: str
    names: Sequence[str]
    codes: NDArray[np.intp]
    times: Floats
    lines: NDArray[np.intp] | None = None

    def place(self, spike: int) -> str:
        """Where a spike stands, for a message."""
        at = f", line {self.lines[spike]}" if self.lines is not None else ""
        return f"{self.source}{at}: train {said(self.names[self.codes[spike]])}"

    def only(self, names: Iterable[str]) -> "Spikes":
        """The spikes of some trains, under the names asked for. Raises InputError for one that is not there."""
        index = {name: code for code, name in enumerate(self.names)}
        wanted = {name: called(index, name, self.source) for name in names}
        new = np.full(len(self.names), -1, dtype=np.intp)
        for position, code in enumerate(dict.fromkeys(wanted.values())):
            new[code] = position
        kept = np.flatnonzero(new[self.codes] >= 0)
        lines = None if self.lines is None else self.lines[kept]
        return Spikes(
            self.source,
            [self.names[code] for code in dict.fromkeys(wanted.values())],
            new[self.codes[kept]],
            self.times[kept],
            lines,
        )


def of_trains(trains: Mapping[str, Any], source: str) -> Spikes:
    """Spikes from {name: seconds}, trains of any order and length."""
    arrays = [np.asarray(times, dtype=float) for times in trains.values()]
    codes = np.repeat(np.arange(len(arrays)), [array.size for array in arrays])
    return Spikes(source, list(trains), codes, np.concatenate([*arrays, np.empty(0)]))


def of_columns(ids: Any, times: Floats, source: str, lines: NDArray[np.intp] | None = None) -> Spikes:
    """Spikes from one id and one time (seconds) a spike. Ids are texts, or numbers of any kind."""
    if isinstance(ids, np.ndarray):
        values, codes = np.unique(ids, return_inverse=True)
        names: list[str] = [name_of(value) for value in values.tolist()]
    else:
        index: dict[str, int] = {}
        codes = np.array([index.setdefault(text, len(index)) for text in ids], dtype=np.intp)
        names = [name_of(text) for text in index]
    unique = list(dict.fromkeys(names))  # 3 and 3.0 are one train
    place = {name: position for position, name in enumerate(unique)}
    renamed = np.array([place[name] for name in names], dtype=np.intp)
    return Spikes(source, unique, renamed[codes.ravel()] if len(names) else codes.astype(np.intp), times, lines)


def name_of(value: Any) -> str:
    """The name of a train from its id: whole numbers as such, 3 for 3.0, however they were written."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", errors="replace")
    if isinstance(value, str):
        text = value.strip()
        if not _WRITTEN_AS_FLOAT.fullmatch(text):
            return text
        number = float(text.replace(",", "."))
        return str(int(number)) if number.is_integer() else text
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def trains_of(spikes: Spikes) -> dict[str, Floats]:
    """{name: seconds, sorted}. Raises InputError for times that are not finite, or twice in one train."""
    wrong = np.flatnonzero(~np.isfinite(spikes.times))
    if wrong.size:
        raise InputError(f"{spikes.place(wrong[0])} holds the time {spikes.times[wrong[0]]}; finite times are allowed")
    order = np.lexsort((spikes.times, spikes.codes))
    codes, times = spikes.codes[order], spikes.times[order]
    twice = np.flatnonzero((codes[1:] == codes[:-1]) & (times[1:] == times[:-1]))
    if twice.size:
        first, second = sorted(order[twice[0] : twice[0] + 2].tolist())
        also = f" (line {spikes.lines[first]} has it too)" if spikes.lines is not None else ""
        raise InputError(
            f"{spikes.place(second)} holds the time {spikes.times[second]:.9g} s twice{also}; leave one of them out"
        )
    ends = np.searchsorted(codes, np.arange(len(spikes.names) + 1))
    return {name: times[ends[k] : ends[k + 1]].copy() for k, name in enumerate(spikes.names)}


def called(trains: Mapping[str, _Item], name: str, source: str) -> _Item:
    """What is called `name`; where nothing is called exactly so, 3, 3.0 and 03 are one name, and pre finds pre_ms.

    raises InputError, which lists the names that are there
    """
    if name in trains:
        return trains[name]
    number = _number(name)
    same = [known for known in trains if known.rpartition("_")[::2] in [(name, unit) for unit in ("s", "ms", "us")]]
    if number is not None:
        same = [known for known in trains if _number(known) == number]
    if len(same) == 1:
        return trains[same[0]]
    if same:
        raise InputError(f"{source}: {said(name)} may be any of {listed(same)}; write it as the file does")
    names = list(trains)
    if len(names) > _MOST_NAMES:
        names = list(dict.fromkeys([*nearest(name, names), *names]))
    raise InputError(f"{source} has no train {said(name)}; it has {listed(names)}")


def listed(names: Sequence[str]) -> str:
    """Names for a message, cut to a few."""
    short = [" ".join(name[:80].split()) for name in names[:_MOST_NAMES]]
    shown = [name if len(name) <= 40 else f"{name[:37]}..." for name in short]
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return ", ".join(shown) + more if shown else "none"


def _number(name: str) -> float | None:
    return float(name) if _PLAIN.fullmatch(name) else None
