"""A folder gets its name in one step: never over another, or by exchange with the one that has it.

Linux does both in one step (renameat2). Where the system or the file system has no such call, two steps stand for it,
and `plasticity.files.drafts` puts right what is left when a process dies between them.
"""

import ctypes
import errno
import os
from pathlib import Path

_HERE = -100  # AT_FDCWD: relative names are those of the current folder
_NO_REPLACE, _EXCHANGE = 1, 2
# What systems say that have no such call, or not on this file system (NFS, many in user space)
_MISSING = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM}


def moved(source: Path, target: Path) -> bool:
    """Give `source` the name `target`, which nothing may have; False where the system has no such call.

    raises FileExistsError when the name is taken, and other OSErrors
    """
    return _renamed(source, target, _NO_REPLACE)


def exchanged(one: Path, other: Path) -> bool:
    """Exchange the names of two folders; False where the system has no such call. Raises OSError."""
    return _renamed(one, other, _EXCHANGE)


def _renamed(source: Path, target: Path, flags: int) -> bool:
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if os.name == "posix" else None
    if call is None:
        return False
    call.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
    if call(_HERE, os.fsencode(source), _HERE, os.fsencode(target), flags) == 0:
        return True
    number = ctypes.get_errno()
    if number in _MISSING:
        return False
    raise OSError(number, os.strerror(number), str(source), None, str(target))
