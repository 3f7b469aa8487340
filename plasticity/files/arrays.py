"""Arrays in files of NumPy (.npy, .npz), without pickle: what a file claims is looked at before memory is taken for it.

An archive may claim any size: 300 MB come from 300 kB of zeros, and a header of 80 bytes can ask for terabytes.
"""

import ast
import io
import math
import re
import struct
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np

from plasticity.errors import InputError, PlasticityError, said
from plasticity.files.reading import named
from plasticity.memory import require_memory

_MAGIC = b"\x93NUMPY"
_MOST_MEMBERS = 10_000  # of an archive, our choice: the run with the most fields has forty
_LONGEST_HEADER = 10_000  # bytes; NumPy's own limit
_KINDS = "biufcSUmM"  # what is stored as plain bytes; objects and records are not
_CURE = "give the file as it was saved"


@dataclass(frozen=True)
class Shape:
    """What the header of an array says: its type, as NumPy writes it, and its shape."""

    dtype: str
    shape: tuple[int, ...]


def arrays_in(
    content: bytes, path: Path, expected: Mapping[str, Shape] | None = None, cure: str = _CURE
) -> dict[str, np.ndarray]:
    """The arrays of an .npz archive by name.

    content  : of the file, which `path` only names
    expected : exactly which arrays there must be; None for any
    raises InputError for what is no such archive; MemoryLimitError when its arrays would not fit into memory
    """
    with _failing(path, cure):
        if content.count(b"PK\x01\x02") > _MOST_MEMBERS:  # before the directory is read, which takes memory as well
            raise ValueError(f"it holds more than {_MOST_MEMBERS} arrays")
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {_name_of(member): member for member in archive.infolist()}
            if len(members) != len(archive.infolist()):
                raise ValueError("it holds two arrays of one name")
            if expected is not None and members.keys() != expected.keys():
                odd = sorted(members.keys() ^ expected.keys())[0]
                raise ValueError(f"{said(odd)} is {'not in it' if odd in expected else 'too much in it'}")
            require_memory(float(sum(member.file_size for member in members.values())), f"reading {named(path)}")
            found = {}
            for name, member in members.items():
                with archive.open(member) as file:
                    found[name] = _array(file, member.file_size, expected[name] if expected else None, said(name))
    return found


def array_in(content: bytes, path: Path, cure: str = _CURE) -> np.ndarray:
    """The array of an .npy file. Raises as `arrays_in` does."""
    with _failing(path, cure):
        return _array(io.BytesIO(content), len(content), None, "the file")


def _name_of(member: zipfile.ZipInfo) -> str:
    if not member.filename.endswith(".npy"):
        raise ValueError(f"{said(member.filename)} is no array")
    if member.flag_bits & 1:
        raise ValueError(f"{said(member.filename)} is encrypted")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ValueError(f"{said(member.filename)} is compressed in a way that NumPy does not use")
    return member.filename.removesuffix(".npy")


def _array(file: IO[bytes], n_bytes: int, expected: Shape | None, what: str) -> np.ndarray:
    """One array of a file of `n_bytes`, whose header must ask for exactly what the file holds."""
    dtype, shape, fortran_order, n_header = _header(file, what)
    if expected is not None and (dtype.str, shape) != (expected.dtype, expected.shape):
        raise ValueError(
            f"{what} has type {dtype.str} and shape {shape}; it had {expected.dtype} and {expected.shape} when written"
        )
    n_data = math.prod(shape) * dtype.itemsize
    if n_data != n_bytes - n_header:
        raise ValueError(f"{what} holds {n_bytes - n_header} bytes; its header asks for {n_data}")
    buffer = bytearray(n_data)
    view, at = memoryview(buffer), 0
    while at < n_data:
        piece = file.read(min(2**20, n_data - at))
        if not piece:
            raise ValueError(f"{what} ends early")
        view[at : at + len(piece)] = piece
        at += len(piece)
    file.read(1)  # the check sum is looked at when the end is reached
    array = np.frombuffer(buffer, dtype, math.prod(shape))
    _require_sense(array, what)
    return array.reshape(shape, order="F" if fortran_order else "C")


def _header(file: IO[bytes], what: str) -> tuple[np.dtype, tuple[int, ...], bool, int]:
    """Type, shape, order of the axes, and how long the header is."""
    start = file.read(8)
    if not start.startswith(_MAGIC) or len(start) < 8:
        raise ValueError(f"{what} is no array of NumPy")
    length = file.read(2 if start[6] == 1 else 4)
    (n_text,) = struct.unpack("<H" if start[6] == 1 else "<I", length)
    if n_text > _LONGEST_HEADER:
        raise ValueError(f"the header of {what} has {n_text} bytes")
    text = file.read(n_text).decode("latin-1")
    # Records and deep brackets are for the parser to choke on; a plain array has one pair for its shape.
    if text.count("(") != 1 or text.count("{") != 1 or text.count("[") > 1 or re.search(r"\d{20}", text):
        raise ValueError(f"{what} is no plain array of numbers or texts")
    facts: Any = ast.literal_eval(text.strip())
    shape, dtype = facts["shape"], np.dtype(facts["descr"])
    if dtype.kind not in _KINDS or not isinstance(shape, tuple) or not all(type(n) is int and n >= 0 for n in shape):
        raise ValueError(f"{what} is no plain array of numbers or texts")
    return dtype, shape, bool(facts["fortran_order"]), len(start) + len(length) + n_text


def _require_sense(array: np.ndarray, what: str) -> None:
    """Bytes that are no truth value and no letter, which NumPy would take as they are."""
    if array.dtype.kind == "b" and array.size and array.view(np.uint8).max() > 1:
        raise ValueError(f"{what} holds truth values that are neither true nor false")
    if array.dtype.kind == "U" and array.size and array.dtype.itemsize:
        letters = array.view(np.dtype("u4").newbyteorder(array.dtype.byteorder))
        if letters.max() > 0x10FFFF or ((letters >= 0xD800) & (letters < 0xE000)).any():
            raise ValueError(f"{what} holds texts with letters that do not exist")


@contextmanager
def _failing(path: Path, cure: str) -> Iterator[None]:
    """What is wrong with an archive, which zipfile tells by errors of a dozen types, becomes an InputError."""
    try:
        yield
    except PlasticityError:
        raise
    except Exception as error:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise InputError(f"{named(path)} cannot be read: {reason}; {cure}") from None
