"""Folders of this user alone, for what is kept between runs and counts as code: nobody else may have written it."""

import os
import stat
from pathlib import Path

FOLDER = "PLASTICITY_CACHE"  # the variable of the environment that names another place


def private_folder(name: str) -> Path | None:
    """A folder for what is kept between runs, made where it is missing; None where there is no safe one.

    name : of the folder, in that of `PLASTICITY_CACHE`, else in `plasticity` in the user's folder of caches
    It is safe when the user owns it, nobody else may read or write it (mode 0700), and no part of it is a link.
    """
    own, cache = os.environ.get(FOLDER), os.environ.get("XDG_CACHE_HOME")
    try:
        base = Path(own) if own else (Path(cache) if cache else Path.home() / ".cache") / "plasticity"
        for folder in (base, base / name):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not is_private(folder):
                return None
    except (OSError, RuntimeError):  # there is no home, or it takes no folder
        return None
    return base / name


def is_private(folder: Path) -> bool:
    """Whether a folder is one, is no link, and is this user's alone."""
    found = folder.lstat()
    owner = os.getuid() if hasattr(os, "getuid") else found.st_uid
    return stat.S_ISDIR(found.st_mode) and found.st_uid == owner and not found.st_mode & 0o077
