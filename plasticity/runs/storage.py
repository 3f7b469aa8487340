"""The data of a run as files: a CSV for each dimension, one npz for all arrays; written whole or not at all."""

import csv
import io
import os
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from plasticity.errors import InputError, OutputError
from plasticity.experiment import fields_of
from plasticity.quantities import FACTORS, in_unit

ARRAYS = "arrays.npz"
NUMBERS = "numbers.csv"


def data_files(result: Any) -> dict[str, bytes]:
    """{file name: content} of a result: `arrays.npz` with every field in SI, and tables for reading.

    A table holds the fields along one dimension, a column each, under the dimension's name; `numbers.csv` those
    without one. Units are in the column names. Fields of two dimensions or more are in the npz alone.
    """
    said = fields_of(result)
    arrays = {name: np.asarray(getattr(result, name)) for name in said}
    for name, array in arrays.items():
        if array.ndim != len(said[name]["dims"]) or array.dtype == object:
            raise TypeError(
                f"{name} has {array.ndim} dimensions and type {array.dtype}; declared: {said[name]['dims']}"
            )
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, **arrays)
    files = {ARRAYS: file.getvalue()}
    singles = [name for name in arrays if not said[name]["dims"]]
    if singles:
        numbers = [(name, _plain(_in_unit(arrays[name], said[name]["unit"])), said[name]["unit"]) for name in singles]
        files[NUMBERS] = _table(("name", "value", "unit"), numbers)
    for dim in dict.fromkeys(said[name]["dims"] for name in arrays):
        if len(dim) == 1:
            along = [name for name in arrays if said[name]["dims"] == dim]
            header = [_header(name, said[name]["unit"]) for name in along]
            columns = [_in_unit(arrays[name], said[name]["unit"]) for name in along]
            rows = [[_plain(cell) for cell in row] for row in zip(*columns, strict=True)]
            files[f"{dim[0]}.csv"] = _table(header, rows)
    return files


def read_arrays(folder: Path) -> dict[str, np.ndarray]:
    """The arrays of a run's folder, without pickle. Raises InputError when the file is missing or malformed."""
    try:
        with open(folder / ARRAYS, "rb") as content, np.load(content, allow_pickle=False) as file:
            return {name: file[name] for name in file.files}
    except (OSError, ValueError, zipfile.BadZipFile, KeyError) as error:
        raise InputError(f"{folder / ARRAYS} cannot be read: {error}; run the experiment again") from error


def check_free(folder: Path, *, overwrite: bool, marker: str) -> None:
    """Raise OutputError when `folder` cannot be written, or exists.

    overwrite : allow a folder that holds the file `marker`, which tells that it is one of ours, or nothing
    """
    if folder.exists() or folder.is_symlink():
        if not overwrite:
            raise OutputError(f"{folder} exists; give another folder with --out, or --overwrite to replace a run")
        if not folder.is_dir() or (any(folder.iterdir()) and not (folder / marker).is_file()):
            raise OutputError(f"{folder} exists and is no run of ours (it has no {marker}); give another folder")
    above = next(parent for parent in folder.absolute().parents if parent.exists())
    try:
        with tempfile.TemporaryFile(dir=above):
            pass
    except OSError as error:
        raise OutputError(f"{folder} cannot be written: {error.strerror or error}; give another folder") from error


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write all files into a new folder at once: until the last is written, nothing stands under its name.

    raises OutputError when that fails, and leaves nothing; a folder that stood there is replaced
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as error:
        raise OutputError(f"{folder} cannot be written: {error.strerror or error}; give another folder") from error
    kept = draft.with_name(f"{draft.name}.replaced")
    try:
        for name, content in files.items():
            (draft / name).parent.mkdir(parents=True, exist_ok=True)
            (draft / name).write_bytes(content)
        draft.chmod(0o777 & ~_umask())
        if folder.exists():
            os.replace(folder, kept)
        os.replace(draft, folder)
    except BaseException as error:
        shutil.rmtree(draft, ignore_errors=True)
        if kept.exists():
            os.replace(kept, folder)
        if isinstance(error, OSError):
            raise OutputError(f"{folder} cannot be written: {error.strerror or error}; give another folder") from error
        raise
    shutil.rmtree(kept, ignore_errors=True)


def _umask() -> int:
    value = os.umask(0)
    os.umask(value)
    return value


def _in_unit(array: np.ndarray, unit: str) -> np.ndarray:
    return in_unit(array, unit) if unit in FACTORS and array.dtype.kind == "f" else array


def _header(name: str, unit: str) -> str:
    return name if unit in ("", "1") else f"{name}_{unit}"


def _plain(cell: Any) -> Any:
    """A cell as Python writes it: the shortest text that reads back as the same number."""
    return cell.item() if isinstance(cell, np.generic | np.ndarray) else cell


def _table(header: Any, rows: Any) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue().encode("utf-8")
