"""Which column holds what, by its name: `time (ms)`, `t[us]`, `spike_times_s`, `senders`, `cluster_id`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from plasticity.errors import InputError, said
from plasticity.trains.spikes import listed
from plasticity.trains.units import SAMPLES, UNITS, Told, plain

_TIMES = {"t", "ts", "time", "times", "timestamp", "timestamps", "stamp", "stamps", "spiketime", "spiketimes"}
_AROUND_TIMES = {"spike", "spikes", "spk", "firing", "event", "events", "in", "of"}
_IDS = {
    *"i id ids idx index train trains neuron neurons cell cells unit units sender senders gid gids".split(),
    *"cluster clusters channel channels electrode electrodes template templates node nodes source sources".split(),
    *"population populations label labels name names site".split(),
}
_OF_SPIKES = ("train", "trains", "cluster", "clusters", "template", "templates")  # spike_clusters are ids
_BEHIND_SAMPLES = {"index", "idx", "number", "nr", "no"}
_BEHIND_IDS = {"id", "ids", "idx", "index", "nr", "no", "number", "name", "label"}
_OWN = "train"  # the column of our own format, which wins over others that might be meant


@dataclass(frozen=True)
class Roles:
    """Which columns hold what: places from 0 on, and the unit that the name of the times tells.

    id     : None where all spikes are of one train
    offset : of times in steps, what NEST takes off them, in milliseconds; None where there is none
    """

    id: int | None
    time: int
    unit: str | None = None
    offset: int | None = None


def roles(names: Sequence[str], told: Told, where: str) -> Roles:
    """What the columns of a table hold. Raises InputError, which says what to tell, when their names do not say."""
    if told.columns:
        return _told(names, told.columns, where)
    times = [place for place, name in enumerate(names) if is_time(name)]
    ids = [place for place, name in enumerate(names) if is_id(name)]
    own = [place for place in ids if plain(names[place]) == _OWN]
    ids = own or ids
    if len(times) == 1 and (len(ids) == 1 or len(names) == 1):
        offset = next((k for k, name in enumerate(names) if _words(name) == ["time", "offset"]), None)
        unit = unit_of(names[times[0]])
        return Roles(ids[0] if ids else None, times[0], unit, offset if unit == SAMPLES else None)
    raise InputError(
        f"{where}: the columns are {listed(names)}; {_wrong(names, times, 'times')}{_wrong(names, ids, 'ids')}"
        "needed are train,time_ms (or time_s, ...), or give --columns ID,TIME, names or numbers from 1 on"
    )


def unit_of(name: str) -> str | None:
    """The unit that a name ends in: ms for `time_ms`, `time (ms)` and `t[ms]`."""
    words = _without_index(_words(name))
    return UNITS.get(words[-1]) if words else None


def place_of(names: Sequence[str], wanted: str, where: str) -> int:
    """The place of a column from its name, or its number from 1 on."""
    for same in (lambda name: name.strip() == wanted, lambda name: plain(name) == plain(wanted)):
        found = [place for place, name in enumerate(names) if same(name)]
        if len(found) == 1:
            return found[0]
        if found:
            raise InputError(f"{where}: {len(found)} columns are called {said(wanted)}; give its number")
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 10 and 1 <= int(wanted) <= len(names):
        return int(wanted) - 1
    raise InputError(
        f"{where} has no column {said(wanted)}; it has {listed(names)}, or give a number, 1 to {len(names)}"
    )


def _told(names: Sequence[str], columns: tuple[str, ...], where: str) -> Roles:
    *ids, time = (place_of(names, wanted, where) for wanted in columns)
    if ids == [time]:
        raise InputError(f"{where}: {said(columns[0])} and {said(columns[1])} are one column; give ID,TIME")
    return Roles(ids[0] if ids else None, time, unit_of(names[time]))


def _wrong(names: Sequence[str], places: Sequence[int], what: str) -> str:
    if len(places) == 1:
        return ""
    found = f"{listed([names[place] for place in places])} may all be {what}" if places else f"none says {what}"
    return f"{found}; "


def is_time(name: str) -> bool:
    """Whether a column of that name holds times."""
    words = _without_index([word for word in _words(name) if word not in _AROUND_TIMES])
    has_unit = bool(words) and words[-1] in UNITS
    base = words[:-1] if has_unit else words
    if not base:
        return has_unit and words[-1] != "s"
    return all(word in _TIMES for word in base)


def is_id(name: str) -> bool:
    """Whether a column of that name holds ids."""
    words = _words(name)
    if words[:1] == ["spike"] and words[1:2] in [[word] for word in _OF_SPIKES]:
        words = words[1:]
    return bool(words) and words[0] in _IDS and all(word in _BEHIND_IDS for word in words[1:])


def _without_index(words: list[str]) -> list[str]:
    """`sample_index` is in samples."""
    is_counted = len(words) > 1 and words[-1] in _BEHIND_SAMPLES and UNITS.get(words[-2]) == SAMPLES
    return words[:-1] if is_counted else words


def _words(name: str) -> list[str]:
    """The words of a name in lower case: time, ms of `time_ms`, `Time (ms)`, `timeMs`."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return [word for word in re.split(r"[^\w]+|_", plain(apart)) if word]
