"""A file that appears whole or not at all, under a name that nobody has."""

import contextlib
import os
import secrets
from pathlib import Path

from plasticity.errors import OutputError
from plasticity.files.reading import named, path_of


def write_file(path: Path, content: bytes) -> None:
    """Write a new file at once: a reader sees all of it or nothing, whenever the process is killed.

    raises OutputError for a name that somebody has, and where it cannot be written. A hidden file of a killed process
    may stay beside it
    """
    target = path_of(path, OutputError)
    if not target.name:
        raise OutputError(f"{named(target)} is a folder; give the name of a new file")
    hidden = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.part")
    try:
        with hidden.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(hidden, target)  # which, unlike a renaming, takes no name that somebody has
    except FileExistsError:
        raise OutputError(f"{named(target)} exists; give another name, or move it away") from None
    except OSError as error:
        raise OutputError(f"{named(target)} cannot be written: {error.strerror or error}") from error
    finally:
        with contextlib.suppress(OSError):
            hidden.unlink()
