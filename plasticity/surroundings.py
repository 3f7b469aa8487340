"""What lies around a process and must not reach its numbers or pictures: files of the current folder, variables."""

import contextlib
import os
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

# For processes of which each has a core: libraries of linear algebra, and Numba, would take all of them each
ONE_THREAD: dict[str, str] = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS", "NUMBA_NUM_THREADS"), "1"
)
_LOOK_EVERY = 0.2  # seconds between two looks at whether the process that started this one still lives
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
    with environment(_BARE), _elsewhere(folder):
        yield
    backend, module = os.environ.get("MPLBACKEND"), sys.modules.get("matplotlib")
    if backend and module is not None:
        with contextlib.suppress(ValueError):  # a backend that does not exist: it draws no picture of ours
            module.rcParams["backend"] = backend


def end_with_the_first() -> None:
    """Have this process end when the one that started it does, even if that is killed and can tell nobody."""
    from multiprocessing import parent_process  # which few processes need

    first, number = parent_process(), os.getppid()

    def wait() -> None:
        if first:
            first.join()
        while not first and os.getppid() == number:  # of one that multiprocessing did not start
            time.sleep(_LOOK_EVERY)
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


@contextlib.contextmanager
def environment(values: Mapping[str, str | None]) -> Iterator[None]:
    """Some environment variables set, or unset where the value is None, and put back."""
    before = {name: os.environ.get(name) for name in values}
    _set(values)
    try:
        yield
    finally:
        _set(before)


def _set(values: Mapping[str, str | None]) -> None:
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
