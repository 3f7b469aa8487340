"""The form of a .mat file, walked through before SciPy reads it: its reader ends the process on some damaged files."""

import math
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from plasticity.memory import require_memory

_HEADER = 128  # bytes
_MATRIX, _COMPRESSED = 14, 15
_SIZES = {1: 1, 2: 1, 3: 2, 4: 2, 5: 4, 6: 4, 7: 4, 9: 8, 12: 8, 13: 8, 16: 1, 17: 2, 18: 4}  # bytes, by type of data
_CELL, _STRUCT, _TEXT, _NUMBERS = 1, 2, 4, range(6, 16)  # classes; others are objects, which hold no spikes
_IS_COMPLEX = 0x800
_MOST_LEVELS = 20  # of cells in cells


class Damaged(ValueError):
    """A file that is not as its own sizes say."""


class Unreadable(Exception):
    """An object of MATLAB that SciPy cannot turn into arrays."""


def readable(data: bytes) -> list[str]:
    """The names of the variables that are numbers, texts, cells or structs, in a file of version 5 to 7.

    raises Damaged where sizes, counts and types do not fit together; MemoryLimitError
    """
    order = {b"IM": "<", b"MI": ">"}.get(data[126:128])
    if order is None or len(data) < _HEADER:
        raise Damaged("its header is none")
    found, part = [], _Part(data, _HEADER, len(data), order)
    while part.at < part.end:
        kind, inner = part.element()
        if kind == _COMPRESSED:
            whole = _unpacked(inner)
            kind, inner = whole.element()
        if kind != _MATRIX:
            raise Damaged(f"a variable is of type {kind}")
        name = _name(inner)
        try:
            _walk(inner, 0)
            found.append(name)
        except Unreadable:
            continue
    return found


@dataclass
class _Part:
    """A stretch of bytes, and how far it is read."""

    data: bytes
    at: int
    end: int
    order: str

    def element(self) -> tuple[int, "_Part"]:
        """The type and the content of the next element."""
        if self.end - self.at < 8:
            raise Damaged("it ends within a tag")
        kind, size = struct.unpack_from(f"{self.order}II", self.data, self.at)
        start = self.at + 8
        if kind >> 16:  # a small one: type, size and content in eight bytes
            kind, size, start = kind & 0xFFFF, kind >> 16, self.at + 4
            if size > 4:
                raise Damaged(f"a small element of {size} bytes")
            self.at += 8
        else:
            self.at = start + size + (0 if kind == _COMPRESSED else -size % 8)
        if start + size > self.end:
            raise Damaged(f"{size} bytes are promised, {self.end - start} are there")
        self.at = min(self.at, self.end)
        return kind, _Part(self.data, start, start + size, self.order)

    def values(self, kind: int) -> tuple[int, ...]:
        """The whole numbers of the next element, which must be of this type of four bytes, or texts of one."""
        found, inner = self.element()
        size = inner.end - inner.at
        if found != kind or size % _SIZES[kind]:
            raise Damaged(f"an element of type {found}, where {kind} belongs")
        return struct.unpack_from(f"{self.order}{size // _SIZES[kind]}{'bBhHiI'[kind - 1]}", self.data, inner.at)


def _unpacked(packed: _Part) -> _Part:
    unpacker = zlib.decompressobj()
    content = packed.data[packed.at : packed.end]
    try:
        tag = unpacker.decompress(content, 8)
        size = struct.unpack(f"{packed.order}II", tag)[1]
        require_memory(4.0 * size, "a variable of a .mat file")
        data = tag + unpacker.decompress(unpacker.unconsumed_tail, size + 1)
    except (zlib.error, struct.error) as error:
        raise Damaged(str(error)) from None
    return _Part(data, 0, len(data), packed.order)


def _start(matrix: _Part) -> tuple[int, bool, int]:
    """The class of an array, whether it is complex, and of how many cells it is."""
    flags = matrix.values(6)
    if len(flags) != 2:
        raise Damaged("an array without flags")
    kind = flags[0] & 0xFF
    if kind not in (_CELL, _STRUCT, _TEXT, *_NUMBERS):
        raise Unreadable
    dimensions = matrix.values(5)
    if not 2 <= len(dimensions) <= 32 or min(dimensions) < 0:
        raise Damaged(f"an array of shape {dimensions[:5]}")
    return kind, bool(flags[0] & _IS_COMPLEX), math.prod(dimensions)


def _name(matrix: _Part) -> str:
    ahead = _Part(matrix.data, matrix.at, matrix.end, matrix.order)
    try:
        _start(ahead)
    except Unreadable:
        return ""
    return bytes(code % 256 for code in ahead.values(1)).decode("latin-1")


def _walk(matrix: _Part, level: int) -> None:
    """Go through one array. Raises Damaged, or Unreadable for an object, wherever in it."""
    if matrix.at == matrix.end:  # an empty cell
        return
    if level > _MOST_LEVELS:
        raise Damaged(f"more than {_MOST_LEVELS} levels of cells")
    kind, is_complex, count = _start(matrix)
    matrix.values(1)
    if kind in (_CELL, _STRUCT):
        for inner in _inside(matrix, count * (_n_fields(matrix) if kind == _STRUCT else 1)):
            _walk(inner, level + 1)
        return
    for _ in range(1 + (is_complex and kind != _TEXT)):
        found, inner = matrix.element()
        size = inner.end - inner.at
        if found not in _SIZES or (size != count * _SIZES[found] and (kind != _TEXT or size > count * 4)):
            raise Damaged(f"{count} numbers in {size} bytes of type {found}")


def _inside(matrix: _Part, count: int) -> Iterator[_Part]:
    for _ in range(count):  # each takes bytes, so that a count too large soon comes to the end
        kind, inner = matrix.element()
        if kind != _MATRIX:
            raise Damaged(f"a cell of type {kind}")
        yield inner


def _n_fields(matrix: _Part) -> int:
    length = matrix.values(5)
    names = matrix.values(1)
    if len(length) != 1 or length[0] < 1 or len(names) % length[0]:
        raise Damaged("a struct without names")
    return len(names) // length[0]
