"""Spikes in .mat files, by SciPy: a cell of trains, a struct, or vectors by the names of their variables."""

import warnings
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from plasticity.errors import InputError, MemoryLimitError, MissingPackage, printable, said
from plasticity.files import bytes_of, named
from plasticity.memory import require_memory
from plasticity.trains import mat_form
from plasticity.trains.headers import is_id, is_time, place_of, unit_of
from plasticity.trains.numpy_files import is_vector, seconds_of_array, spikes_of_variables
from plasticity.trains.spikes import Spikes, listed, name_of, of_trains
from plasticity.trains.units import Told


def spikes_of_mat(path: Path, told: Told) -> Spikes:
    """The spikes of such a file. Raises InputError with file and reason, MemoryLimitError."""
    told.refuse(f"{named(path)}: a file of MATLAB", "is_lines")
    return _of_variables(_variables(path), told, named(path))


def _of_variables(found: Mapping[str, Any], told: Told, source: str) -> Spikes:
    """Spikes of the variables of a file, or of the fields of a struct: of the only cell or struct, or of vectors."""
    containers = [name for name, value in found.items() if _is_cell(value) or _is_struct(value)]
    if told.columns:
        *ids, time = (list(found)[place_of(list(found), column, source)] for column in told.columns)
        if time not in containers:
            return spikes_of_variables(found, told, source)
        return _of_container(found[time], time, found[ids[0]] if ids else None, told, source)
    if not containers:
        return spikes_of_variables(found, told, source)
    if len(containers) > 1:
        raise InputError(f"{source} holds {listed(containers)}, and each may hold the trains; give --columns NAME")
    value, name = found[containers[0]], containers[0]
    others = [other for other in found if other != name and is_id(other) and is_vector(found[other])]
    ids = [other for other in others if found[other].size == value.size > 1]
    if ids:
        raise InputError(
            f"{source}: are the trains of {said(name)} called by {listed(ids)}, or 1, 2, ...? Give --columns "
            f"{printable(ids[0])},{printable(name)} or --columns {printable(name)}"
        )
    return _of_container(value, name, None, told, source)


def _of_container(value: Any, name: str, ids: Any, told: Told, source: str) -> Spikes:
    """Spikes of a cell of trains, of a struct of trains or columns, or of structs with a train each."""
    how = replace(told, columns=None)
    if _is_struct(value) and value.size == 1:
        return _of_variables(
            {key: np.asarray(value[key].flat[0]) for key in value.dtype.names}, how, f"{source}: {name}"
        )
    if _is_struct(value):
        return _of_structs(value, name, how, source)
    return _of_items([np.asarray(item) for item in value.flat], name, ids, how, source)


def _of_structs(value: Any, name: str, told: Told, source: str) -> Spikes:
    """One train a struct: units(k).times, called by units(k).id where there is one."""
    trains = [key for key in value.dtype.names if not is_id(key) and all(_is_train(item) for item in value[key].flat)]
    times = [key for key in trains if is_time(key)] or trains
    ids = [key for key in value.dtype.names if is_id(key) and all(np.size(item) == 1 for item in value[key].flat)]
    if len(times) != 1 or len(ids) > 1:
        fields = listed(value.dtype.names)
        raise InputError(f"{source}: the structs {said(name)} hold {fields}; one id and one list of times is needed")
    names = np.array([np.ravel(item)[0] for item in value[ids[0]].flat]) if ids else None
    return _of_items([np.asarray(item) for item in value[times[0]].flat], times[0], names, told, source)


def _of_items(items: list[Any], name: str, ids: Any, told: Told, source: str) -> Spikes:
    wrong = next((k for k, item in enumerate(items, start=1) if not _is_train(item)), None)
    if wrong is not None:
        raise InputError(f"{source}: {said(name)} holds in place {wrong} {said(items[wrong - 1])}; times are needed")
    names = [str(k) for k in range(1, len(items) + 1)] if ids is None else [name_of(k) for k in np.ravel(ids).tolist()]
    if len(set(names)) < len(names) or len(names) != len(items):
        raise InputError(
            f"{source}: {said(name)} has {len(items)} trains, called {listed(names)}; one name each is needed"
        )
    unit = unit_of(name) if "_" in name else None
    seconds = [seconds_of_array(np.ravel(item), name, unit, told, source) for item in items]
    return of_trains(dict(zip(names, seconds, strict=True)), source)


def _is_train(item: Any) -> bool:
    return is_vector(np.asarray(item)) and np.asarray(item).dtype.kind in "iuf"


def _is_cell(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype == object and bool(value.size)


def _is_struct(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.names is not None and bool(value.size)


def _variables(path: Path) -> dict[str, Any]:
    try:
        from scipy import io
    except ImportError:
        raise MissingPackage(
            f"{named(path)} is of MATLAB: to read it, run: pip install 'plasticity-lab[mat]'"
        ) from None
    data = bytes_of(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of variables of the same name; the last one counts
            names = mat_form.readable(data) if 0 not in data[:4] else None  # version 4 has plain arrays only
            numbers = sum(float(np.prod(shape, dtype=float)) for _, shape, _ in io.whosmat(BytesIO(data)))
            require_memory(24.0 * numbers, f"{named(path)}: reading its arrays")
            found = io.loadmat(BytesIO(data), variable_names=names)
    except MemoryLimitError:
        raise
    except Exception as error:  # SciPy raises whatever a damaged file makes of it
        raise InputError(f"{named(path)} is no file of MATLAB that SciPy reads: {said(str(error))}") from None
    return {name: value for name, value in found.items() if not name.startswith("__")}
