"""A file that appears whole or not at all, under a name that nobody has."""

import contextlib
import os
import secrets
from pathlib import Path

from plasticity.errors import InputError, OutputError
from plasticity.files.reading import bytes_of, named, path_of

_MOST_REPLACED = 64 * 2**20  # bytes of a file that is looked at before it is replaced


def write_file(path: Path, content: bytes, *, replacing: bytes = b"") -> None:
    """Write a new file at once: a reader sees all of it or nothing, whenever the process is killed.

    replacing : what a file holds that may be replaced; nothing: none may
    raises OutputError for a name that somebody has, and where it cannot be written. A hidden file of a killed process
    may stay beside it
    """
    target = path_of(path, OutputError)
    if not target.name:
        raise OutputError(f"{named(target)} is a folder; give the name of a new file")
    may_replace = bool(replacing) and os.path.lexists(target) and _holds(target, replacing)
    hidden = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.part")
    try:
        with hidden.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if may_replace:
            os.replace(hidden, target)
        else:
            os.link(hidden, target)  # which, unlike a renaming, takes no name that somebody has
    except FileExistsError:
        raise OutputError(f"{named(target)} exists; give another name, or move it away") from None
    except OSError as error:
        raise OutputError(f"{named(target)} cannot be written: {error.strerror or error}") from error
    finally:
        with contextlib.suppress(OSError):
            hidden.unlink()


def _holds(target: Path, mark: bytes) -> bool:
    """Whether a file of ours is there. Raises OutputError for anything else: it is not replaced."""
    try:
        is_ours = not target.is_symlink() and mark in bytes_of(target, most=_MOST_REPLACED)
    except InputError:
        is_ours = False
    if not is_ours:
        raise OutputError(f"{named(target)} was not written by this command, and is not replaced; give another name")
    return True
