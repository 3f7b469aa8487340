"""What lies around a process and must not reach its numbers or pictures: files of the current folder, variables."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

# No backend that may not exist; and an empty file of settings, found before the one in HOME
_BARE = {"MPLBACKEND": None, "MATPLOTLIBRC": os.devnull}


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextlib.contextmanager
def matplotlib_undisturbed(folder: Path) -> Iterator[None]:
    """Have matplotlib, if it is imported inside, read no settings of the surroundings.

    folder : where the import happens; one that holds no matplotlibrc
    The backend that MPLBACKEND names is set afterwards, for the windows of a session of one's own.
    """
    if "matplotlib" in sys.modules:
        yield
        return
    with _environment(_BARE), _elsewhere(folder):
        yield
    backend, module = os.environ.get("MPLBACKEND"), sys.modules.get("matplotlib")
    if backend and module is not None:
        with contextlib.suppress(ValueError):  # a backend that does not exist: it draws no picture of ours
            module.rcParams["backend"] = backend


@contextlib.contextmanager
def _environment(values: dict[str, str | None]) -> Iterator[None]:
    """Some environment variables set, or unset where the value is None, and put back."""
    before = {name: os.environ.get(name) for name in values}
    _set(values)
    try:
        yield
    finally:
        _set(before)


def _set(values: dict[str, str | None]) -> None:
    for name, value in values.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


@contextlib.contextmanager
def _elsewhere(folder: Path) -> Iterator[None]:
    """In another folder; a current one that does not exist any more holds nothing to be read."""
    try:
        here = os.getcwd()
    except OSError:
        yield
        return
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(here)
