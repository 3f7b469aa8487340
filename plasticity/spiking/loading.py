"""Brian2, imported safely: whoever needs it gets it from here.

Measured failures behind each line: `import brian2` executes the files `brian_preferences` of the current folder and
`.brian/user_preferences` of HOME; it takes over ctrl-C and warnings of the process; in threads Brian2 returned wrong
numbers without a warning; with a NumPy that is too new it fails with an AttributeError from deep inside.
"""

import contextlib
import gc
import importlib.metadata
import logging
import os
import signal
import sys
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from plasticity.errors import SimulationError
from plasticity.surroundings import matplotlib_undisturbed

_HOME = Path(__file__).parent / "home"
# NumPy 2.4 removed what Brian2 reads on import up to this version, the newest one on Python 3.11.
_LAST_BRIAN_WITHOUT_NEW_NUMPY, _FIRST_NEW_NUMPY = (2, 9), (2, 4)


def brian() -> Any:
    """The brian2 module, imported on first use from a folder of our own.

    raises SimulationError outside the main thread, or when Brian2 cannot be imported, with the cure
    """
    if threading.current_thread() is not threading.main_thread():
        raise SimulationError(
            "Brian2 runs only on the main thread of a process, elsewhere it returns wrong numbers; "
            "use processes (multiprocessing with 'spawn') for parallel work, or plasticity.events for known spikes"
        )
    if "brian2" not in sys.modules:
        with contextlib.ExitStack() as stack:
            for guard in (_own_folder(), matplotlib_undisturbed(_HOME), _no_preferences_of_home(), _without_pylab()):
                stack.enter_context(guard)
            stack.enter_context(_own_handlers())
            _import()
        # Brian2 collects garbage before each run; spared what was imported, that no longer takes 50 ms each.
        gc.freeze()
    return sys.modules["brian2"]


def _import() -> None:
    try:
        import brian2  # noqa: F401
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a broken installation raises anything, SystemExit too
        for name in [name for name in sys.modules if name.partition(".")[0] == "brian2"]:
            del sys.modules[name]  # half of it stays behind, and would fail otherwise the next time
        kind = "" if isinstance(error, ImportError) else f"{type(error).__name__}: "
        reason = " ".join(f"{kind}{error}".split())
        raise SimulationError(f"Brian2 cannot be imported: {reason}; {_cure(error)}") from error


def _cure(error: BaseException) -> str:
    """What to do about a Brian2 that does not import."""
    pip = f"{sys.executable} -m pip install"
    numpy, brian2 = _version("numpy"), _version("brian2")
    is_too_new = numpy >= _FIRST_NEW_NUMPY and brian2 <= _LAST_BRIAN_WITHOUT_NEW_NUMPY
    if is_too_new and not isinstance(error, ModuleNotFoundError):
        found = importlib.metadata.version("numpy")
        return f"NumPy {found} is too new for this Brian2, run: {pip} 'numpy<2.4'"
    if isinstance(error, ModuleNotFoundError) and error.name:
        return f"run: {pip} {error.name.partition('.')[0]}"
    return f"run: {pip} --force-reinstall brian2, and then: plasticity doctor"


def _version(package: str) -> tuple[int, ...]:
    """The first two parts of an installed version; (0, 0) where there is none to read."""
    try:
        major, minor, *_ = importlib.metadata.version(package).split(".")
        return int(major), int(minor)
    except (importlib.metadata.PackageNotFoundError, ValueError):
        return 0, 0


@contextlib.contextmanager
def _own_folder() -> Iterator[None]:
    try:
        before = os.getcwd()
    except FileNotFoundError:
        raise SimulationError("the current folder does not exist any more; change to one that does") from None
    os.chdir(_HOME)
    try:
        yield
    finally:
        os.chdir(before)


@contextlib.contextmanager
def _no_preferences_of_home() -> Iterator[None]:
    """Answer Brian2, and nobody else, that `~` is a folder of ours, whatever HOME is."""
    expanded = os.path.expanduser

    def ours(path: Any) -> Any:
        asker = sys._getframe(1).f_globals.get("__name__")
        return str(_HOME) if path == "~" and asker == "brian2.core.preferences" else expanded(path)

    os.path.expanduser = ours
    try:
        yield
    finally:
        os.path.expanduser = expanded


@contextlib.contextmanager
def _own_handlers() -> Iterator[None]:
    """On import Brian2 takes over uncaught errors, ctrl-C and Python's warnings, of the whole process: undo it."""
    hook, interrupt, showing = sys.excepthook, signal.getsignal(signal.SIGINT), warnings.showwarning
    try:
        yield
    finally:
        sys.excepthook = hook
        signal.signal(signal.SIGINT, interrupt)
        if warnings.showwarning is not showing:
            logging.captureWarnings(False)


@contextlib.contextmanager
def _without_pylab() -> Iterator[None]:
    """Brian2 takes pylab, and with it a third of its import time, only for its users' scripts."""
    hidden = "pylab" not in sys.modules
    if hidden:
        sys.modules["pylab"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if hidden:
            del sys.modules["pylab"]
