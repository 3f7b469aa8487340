"""What `plasticity doctor` tells of the compiled loops: their compiler, and where they are kept."""

import importlib.metadata

from plasticity.compiled.loading import FOLDER, is_available
from plasticity.files.private import private_folder


def facts() -> tuple[tuple[str, str], ...]:
    """Facts as (name, value)."""
    if not is_available():
        return (("compiled loops", "none (pip install 'plasticity-lab[fast]' brings Numba)"),)
    folder = private_folder(FOLDER)
    if folder is None:
        kept = "nowhere: no folder is this user's alone, so that each process compiles anew"
    else:
        kept = f"{folder} ({sum(1 for _ in folder.iterdir())})"
    return ("compiled loops", f"numba {importlib.metadata.version('numba')}"), ("compiled loops kept in", kept)
