"""Spikes in .npz and .npy files: monitors of Brian2 (i, t), columns by name, or an array a train. Never a pickle."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import InputError, said
from plasticity.files import bytes_of, named
from plasticity.files.arrays import array_in, arrays_in
from plasticity.inputs import plain
from plasticity.trains.headers import Roles, is_id, is_time, place_of, roles, unit_of
from plasticity.trains.spikes import Spikes, listed, of_columns, of_trains
from plasticity.trains.units import Told

_BRIAN2 = {"i", "t"}  # of a SpikeMonitor; its times are in seconds
_SHEETS = (".xlsx", ".xlsm", ".ods")  # archives too
_CURE = "save arrays of numbers, without pickle"


def spikes_of_arrays(path: Path, told: Told) -> Spikes:
    """The spikes of such a file. Raises InputError with file and reason, MemoryLimitError."""
    told.refuse(f"{named(path)}: a file of NumPy", "is_lines")
    found = arrays_of(path)
    if set(found) != {""}:
        return spikes_of_variables(found, told, named(path))
    (array,) = found.values()
    if array.ndim == 2 and array.shape[1] == 2:
        if not told.columns:
            raise InputError(f"{named(path)}: two columns without names; give --columns ID,TIME by number, say 1,2")
        return spikes_of_variables({"1": array[:, 0], "2": array[:, 1]}, told, named(path))
    return spikes_of_variables({"1": array}, told, named(path))


def spikes_of_variables(found: Mapping[str, Any], told: Told, source: str) -> Spikes:
    """Spikes of named arrays: one with ids and one with times, or each of them a train.

    raises InputError where it cannot be told which they are, or in which unit
    """
    vectors = {name: np.ravel(array) for name, array in found.items() if is_vector(array)}
    if not vectors:
        raise InputError(f"{source} holds no list of times; it has {listed(list(found))}")
    names = list(vectors)
    if told.columns and len(told.columns) == 1:
        chosen = names[place_of(names, told.columns[0], source)]
        return _of_each({chosen: vectors[chosen]}, told, source)
    if told.columns or (any(map(is_id, names)) and any(map(is_time, names))):
        is_monitor = not told.columns and _BRIAN2 <= set(names)
        which = Roles(names.index("i"), names.index("t"), "s") if is_monitor else roles(names, told, source)
        if is_monitor and (told.unit or told.sampling_rate):
            which = Roles(which.id, which.time)  # seconds are our reading of it, and so give way to the person
        return _of_columns(vectors, which, told, source)
    return _of_each(vectors, told, source)


def _of_columns(vectors: Mapping[str, Any], which: Roles, told: Told, source: str) -> Spikes:
    names = list(vectors)
    times, ids = vectors[names[which.time]], vectors[names[which.id or 0]]
    if len(ids) != len(times):
        raise InputError(f"{source}: {len(ids)} ids and {len(times)} times; as many of each are needed")
    found = of_columns(ids, seconds_of_array(times, names[which.time], which.unit, told, source), source)
    count = vectors.get("count") if _BRIAN2 <= set(names) else None
    if count is None or count.dtype.kind not in "iu":
        return found
    silent = [str(k) for k in np.flatnonzero(count == 0).tolist() if str(k) not in found.names]
    return Spikes(source, [*found.names, *silent], found.codes, found.times)


def _of_each(vectors: Mapping[str, Any], told: Told, source: str) -> Spikes:
    trains = {name: array for name, array in vectors.items() if array.dtype.kind not in "US"}
    if not trains:
        raise InputError(f"{source} holds no list of times; it has {listed(list(vectors))}, which are texts")
    seconds = {
        name: seconds_of_array(array, name, unit_of(name) if "_" in name else None, told, source)
        for name, array in trains.items()
    }
    return of_trains(seconds, source)


def is_vector(array: Any) -> bool:
    """Whether an array is a list of anything; MATLAB keeps it as a row or a column."""
    return isinstance(array, np.ndarray) and not array.dtype.names and array.size in (0, max(array.shape, default=1))


def seconds_of_array(array: Any, name: str, unit: str | None, told: Told, source: str) -> Floats:
    """Seconds of the times called `name`. Raises InputError for what are none, and for an unknown unit."""
    where = f"{source}: {said(name)}"
    if array.dtype.kind == "m":  # carries its unit
        told.clock("s", where)
        return plain(array, where, unit="s", error=InputError).values
    if array.dtype.kind not in "iuf":
        raise InputError(f"{where} holds {array.dtype}; numbers are needed, the times of spikes")
    return told.clock(unit, where).seconds(array, where)


def arrays_of(path: Path) -> dict[str, Any]:
    """The arrays of a .npz file by name, or that of a .npy file under the name ''. No pickle is read.

    raises InputError for a damaged file and for what is none; MemoryLimitError for one too large
    """
    content = bytes_of(path)
    if not content.startswith(b"PK"):
        return {"": array_in(content, path, _CURE)}
    if path.suffix.lower() in _SHEETS:
        raise InputError(f"{named(path)} is a spreadsheet; save it as CSV")
    return arrays_in(content, path, cure=_CURE)
