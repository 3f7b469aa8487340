"""One way in for spike files: what a file is, is told by what it holds. Nothing that is read is ever executed."""

import os
import stat
from collections.abc import Iterable
from numbers import Real
from pathlib import Path
from typing import Any

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError, InputError, said
from plasticity.files import bytes_of, named, text_of
from plasticity.memory import require_memory
from plasticity.trains.spikes import Spikes, name_of, trains_of
from plasticity.trains.units import Told, told

_BYTES_PER_BYTE = 35.0  # memory that a byte of a table takes while it is read, measured
_HDF5 = b"\x89HDF\r\n\x1a\n"
_NUMPY = (b"PK\x03\x04", b"PK\x05\x06", b"\x93NUMPY")
_PACKED = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ": "xz", b"Rar!": "rar", b"7z\xbc\xaf": "7z"}
_WIDE = (b"\xff\xfe", b"\xfe\xff")  # of text in UTF-16, whose bytes may be anything
_NO_TEXT = frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x1a")
_READ = "give CSV with the columns train,time_ms, or a .npz, .mat, .nwb or Phy folder"


def read(
    source: Any,
    *,
    unit: str | None = None,
    columns: Any = None,
    sampling_rate: Any = None,
    lines: bool = False,
    only: Any = None,
) -> dict[str, Floats]:
    """The spike trains of a file, a Phy or Kilosort folder, or an object of Neo: {name: seconds, sorted}.

    unit          : of the times, s, ms, us, ns or samples, where the file does not say it
    columns       : which column (variable, array) holds the ids and which the times: "ID,TIME", or two names or
                    numbers from 1 on; one alone is that of the times, or the variable that holds the trains
    sampling_rate : of times in samples, in hertz, or a text such as "30 kHz"
    lines         : every line of a text file is one train
    only          : names of the trains to read, texts or numbers; others are neither checked nor returned

    Whole numbers as names are written as such, 3 for 3.0. Times may be negative: only differences matter.
    raises InputError with file, line and reason for what is malformed, and for what cannot be told, which it asks for;
    ArgumentError for an argument that is none of these; MemoryLimitError

    >>> from pathlib import Path
    >>> from plasticity import trains
    >>> _ = Path("spikes.csv").write_text("train,time_ms\\nA,10\\nA,30\\nB,15\\n")
    >>> {name: times.tolist() for name, times in trains.read("spikes.csv").items()}
    {'A': [0.01, 0.03], 'B': [0.015]}
    """
    spikes = spikes_of(source, told(unit, columns, sampling_rate, is_lines=lines))
    return trains_of(spikes if only is None else spikes.only(_names(only)))


def _names(only: Any) -> list[str]:
    """Names as texts. Raises ArgumentError."""
    items = [only] if isinstance(only, str | Real) or not isinstance(only, Iterable) else list(only)
    if not all(isinstance(item, str | Real) for item in items):
        raise ArgumentError(f"only is {said(only)}; allowed: names of trains, a list of texts or numbers")
    return [name_of(item) for item in items]


def spikes_of(source: Any, how: Told) -> Spikes:
    """The spikes of a file, a folder or an object of Neo. Raises as `read` does."""
    if not isinstance(source, str | os.PathLike):
        from plasticity.trains import neo

        return neo.spikes_of_object(source, how)
    path = Path(source)
    if path.name in ("params.py", "spike_times.npy") and os.path.isfile(path):
        path = path.parent  # what a person names who means the folder; alone, it does not say whose spikes they are
    if os.path.isdir(path):  # unlike that of Path, false for what is no name of a file
        from plasticity.trains import kilosort

        return kilosort.spikes_of_folder(path, how)
    return _of_file(path, how)


def _of_file(path: Path, how: Told) -> Spikes:
    size, head = _looked_at(path)
    if head.startswith(_NUMPY):
        from plasticity.trains import numpy_files

        return numpy_files.spikes_of_arrays(path, how)
    if head.startswith(b"MATLAB 7.3"):
        raise InputError(f"{named(path)} is of MATLAB's version 7.3; save it there with '-v7', which is read")
    if head.startswith(b"MATLAB 5.0") or path.suffix.lower() == ".mat":
        from plasticity.trains import matlab

        return matlab.spikes_of_mat(path, how)
    if _HDF5 in (head[:8], head[512:520]):
        from plasticity.trains import nwb

        return nwb.spikes_of_nwb(path, how)
    _require_text(path, head)
    require_memory(_BYTES_PER_BYTE * size, f"{named(path)}: reading so large a text")
    from plasticity.trains import tables

    return tables.spikes_of_text(text_of(path), how, named(path))


def _require_text(path: Path, head: bytes) -> None:
    packed = next((name for mark, name in _PACKED.items() if head.startswith(mark)), None)
    if packed:
        raise InputError(f"{named(path)} is packed ({packed}); unpack it first")
    if not head.startswith(_WIDE) and not _NO_TEXT.isdisjoint(head):
        raise InputError(f"{named(path)} is no text file; {_READ}")


def _looked_at(path: Path) -> tuple[int, bytes]:
    """The size of a file and its first bytes. Raises InputError for what is none: a pipe, a device, nothing."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            bytes_of(path)  # which says what it is instead
        with path.open("rb") as file:
            return found.st_size, file.read(1024)
    except (OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        reason = getattr(error, "strerror", None) or "no name of a file"
        raise InputError(f"{named(path)}: {reason}; give a file that can be read") from None
