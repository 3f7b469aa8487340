"""Brian2's cache of compiled Cython: a file of it that was cut short, say by a full disk, is compiled again.

Loaded, it would end the process (a bus error in the loader) or fail with an ImportError, at every run from then on.
"""

import contextlib
import os
import struct
from collections.abc import Iterator
from typing import Any

# Of a 64-bit ELF file: where the table of sections begins, the size of an entry, their number. The linker writes the
# table last, so a file that holds all of it holds everything.
_HEADER = 64  # bytes
_TABLE, _ENTRY = struct.Struct("<Q"), struct.Struct("<HH")
_TABLE_AT, _ENTRY_AT = 0x28, 0x3A


@contextlib.contextmanager
def damaged_files_compiled_again() -> Iterator[None]:
    """While this lasts, Brian2 removes a damaged file of its cache instead of loading it, under its own lock."""
    from brian2.codegen.runtime.cython_rt.extension_manager import cython_extension_manager as manager

    load = manager._load_module

    def load_whole(module_path: str, *arguments: Any, **named: Any) -> Any:
        if os.path.isfile(module_path) and not is_whole(module_path):
            os.remove(module_path)
        return load(module_path, *arguments, **named)

    manager._load_module = load_whole
    try:
        yield
    finally:
        del manager._load_module  # of this object; that of its class is there again


def is_whole(path: str) -> bool:
    """Whether a compiled module is as long as it says; one of another format is if it is not empty."""
    with open(path, "rb") as file:
        header = file.read(_HEADER)
    if not header.startswith(b"\x7fELF\x02\x01"):
        return bool(header) and not b"\x7fELF".startswith(header[:4])
    if len(header) < _HEADER:
        return False
    (start,), (size, number) = _TABLE.unpack_from(header, _TABLE_AT), _ENTRY.unpack_from(header, _ENTRY_AT)
    return os.path.getsize(path) >= start + size * number > 0
