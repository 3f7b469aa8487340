"""The data of a run as files: one npz for all arrays, and tables in CSV, which hold every array too."""

import csv
import io
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from plasticity import files
from plasticity.errors import ArgumentError, said, unknown
from plasticity.experiment import fields_of
from plasticity.files.arrays import Shape, arrays_in
from plasticity.quantities import FACTORS, in_unit, si_unit

ARRAYS = "arrays.npz"
NUMBERS = "numbers.csv"
MOST_ROWS = 1_000_000  # of a table, our choice: 40 MB, as many as a spreadsheet takes; more are in the npz alone

Arrays = Mapping[str, np.ndarray]
Variables = Mapping[str, Mapping[str, Any]]


def arrays_of(result: Any) -> dict[str, np.ndarray]:
    """{field of a result: array}, in SI. Raises ArgumentError for one that is not as it was declared."""
    declared = fields_of(result)
    arrays = {name: _array(name, getattr(result, name)) for name in declared}
    lengths = dict[str, int]()
    for name, array in arrays.items():
        dims = declared[name]["dims"]
        if array.ndim != len(dims) or array.dtype == object:
            raise ArgumentError(
                f"the field {said(name)} of a result has {array.ndim} dimensions and type {array.dtype}; numbers or "
                f"texts along {len(dims)} are declared: {', '.join(dims) or 'a single one'}"
            )
        for dim, length in zip(dims, array.shape, strict=True):
            if lengths.setdefault(dim, length) != length:
                raise ArgumentError(
                    f"the field {said(name)} of a result has {length} cells along {dim}, and others {lengths[dim]}; "
                    "give as many, or declare another dimension"
                )
    return arrays


def _array(name: str, value: Any) -> np.ndarray:
    if name == "file":
        raise ArgumentError("a field of a result is called 'file', as no array in an .npz can be; give another name")
    try:
        return np.asarray(value)
    except ValueError as error:  # of ragged lists
        raise ArgumentError(f"the field {said(name)} of a result is {said(value)}, which is no array") from error


def variables_of(result: Any) -> dict[str, dict[str, Any]]:
    """{field of a result: its dimensions, units, meaning, type and shape}, as plain data."""
    said, arrays = fields_of(result), arrays_of(result)
    return {
        name: {
            "dims": list(said[name]["dims"]),
            "si_unit": si_unit(said[name]["unit"]) if said[name]["unit"] in FACTORS else said[name]["unit"],
            "shown_in": said[name]["unit"],
            "meaning": said[name]["meaning"],
            "dtype": array.dtype.str,
            "shape": list(array.shape),
        }
        for name, array in arrays.items()
    }


def data_files(result: Any) -> dict[str, bytes]:
    """{file name: content} of a result: `arrays.npz` with every field in SI, and tables for reading.

    DIM.csv     : the fields along one dimension, a column each
    FIELD.csv   : a field of two dimensions or more in long form, a row a cell: coordinates, then the number
    numbers.csv : the fields without a dimension

    Units are in the column names. `left_out` tells which fields have too many cells for a table.
    """
    arrays, variables = arrays_of(result), variables_of(result)
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)  # type: ignore[arg-type]
    contents = {ARRAYS: file.getvalue()}
    singles = [name for name in arrays if not variables[name]["dims"]]
    if singles:
        rows = [(name, _shown(name, arrays, variables).item(), variables[name]["shown_in"]) for name in singles]
        contents[NUMBERS] = _table(("name", "value", "unit"), rows)
    for dim in dict.fromkeys(tuple(its["dims"]) for its in variables.values() if len(its["dims"]) == 1):
        along = [name for name in arrays if tuple(variables[name]["dims"]) == dim]
        if arrays[along[0]].size <= MOST_ROWS:
            table = dict[str, np.ndarray]()
            for name in along:
                table[_unused(_header(name, variables), table)] = _shown(name, arrays, variables)
            contents[_table_name(dim[0], "along", contents)] = _of_columns(table)
    for name in arrays:
        if len(variables[name]["dims"]) > 1 and arrays[name].size <= MOST_ROWS:
            contents[_table_name(name, "cells", contents)] = _of_columns(columns(name, arrays, variables))
    return contents


def left_out(variables: Variables) -> dict[str, str]:
    """{field: why it is in no table}"""
    n_cells = {name: int(np.prod(said["shape"], dtype=object)) for name, said in variables.items()}
    return {
        name: f"{n} cells; a table holds at most {MOST_ROWS}; see {ARRAYS}"
        for name, n in n_cells.items()
        if n > MOST_ROWS
    }


def columns(name: str, arrays: Arrays, variables: Variables) -> dict[str, np.ndarray]:
    """A field in long form, as its table has it: {header with unit: (n_cells,)}, coordinates first.

    A dimension without a coordinate of its name is counted from 0, in a column DIM_index.
    raises UnknownName, which lists the fields
    """
    if not isinstance(name, str) or name not in arrays:
        raise unknown("field of the run", name, arrays)
    array, found = arrays[name], dict[str, np.ndarray]()
    for axis, dim in enumerate(variables[name]["dims"]):
        is_coordinate = dim in variables and list(variables[dim]["dims"]) == [dim]
        if is_coordinate and dim == name:
            continue
        along = _shown(dim, arrays, variables) if is_coordinate else np.arange(array.shape[axis])
        header = _header(dim, variables) if is_coordinate else f"{dim}_index"
        header = _unused(header, found)  # a matrix may have one name for both dimensions
        wide = along.reshape([-1 if k == axis else 1 for k in range(array.ndim)])
        found[header] = np.broadcast_to(wide, array.shape).ravel()
    return found | {_unused(_header(name, variables), found): _shown(name, arrays, variables).ravel()}


def read_arrays(folder: Path, facts: Mapping[str, Any]) -> dict[str, np.ndarray]:
    """The arrays of a run's folder, which are those that its manifest tells of.

    raises InputError when the file is missing, malformed, or holds other arrays
    """
    expected = {name: Shape(said["dtype"], tuple(said["shape"])) for name, said in facts["variables"].items()}
    path = folder / ARRAYS
    return arrays_in(files.bytes_of(path), path, expected, "run the experiment again")


def _shown(name: str, arrays: Arrays, variables: Variables) -> np.ndarray:
    """A field in the unit in which it is shown."""
    array, unit = arrays[name], variables[name]["shown_in"]
    return np.asarray(in_unit(array, unit)) if unit in FACTORS and array.dtype.kind == "f" else array


def _header(name: str, variables: Variables) -> str:
    unit = variables[name]["shown_in"]
    return name if unit in ("", "1") else f"{name}_{unit}"


def _unused(name: str, taken: Collection[str], more: str = "2") -> str:
    """The name, or one made of it that nothing has, so that nothing is written over."""
    while name in taken:
        name = f"{name}_{more}"
    return name


def _table_name(name: str, more: str, contents: Collection[str]) -> str:
    """The name of the file of a table; on some systems capitals make no other name."""
    taken = {file.lower().removesuffix(".csv") for file in contents}
    return f"{name if name.lower() not in taken else _unused(f'{name}_{more}', taken, more)}.csv"


def _of_columns(table: Mapping[str, np.ndarray]) -> bytes:
    """A table in CSV; a number is the shortest text that reads back as the same."""
    return _table(list(table), zip(*(column.tolist() for column in table.values()), strict=True))


def _table(header: Sequence[str], rows: Any) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")
