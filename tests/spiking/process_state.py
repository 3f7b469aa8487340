"""What a run could change in its process, for tests that compare it before and after, or interrupt it."""

import contextlib
import logging
import os
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator

import numpy as np

from plasticity.progress import listening


def kept(run: Callable[[], object]) -> dict[str, bool]:
    """Whether each thing is after `run` what it was before."""
    before = _state()
    run()
    after = _state()
    return {name: before[name] == after[name] for name in before}


def take_over() -> None:
    """Set everything as a user might have set it before."""
    sys.excepthook = lambda *error: None
    signal.signal(signal.SIGINT, lambda *signal: None)
    logging.captureWarnings(True)
    np.random.seed(5)


@contextlib.contextmanager
def interrupted_when(begun: Callable[[str, float], bool], holds: Callable[[], bool] = lambda: True) -> Iterator[None]:
    """Press ctrl-C, for the whole group of processes, once `begun` was true of what is told, and then `holds`."""
    told = threading.Event()

    def press() -> None:
        told.wait()
        while not holds():
            time.sleep(0.01)
        os.killpg(0, signal.SIGINT)

    threading.Thread(target=press, daemon=True).start()
    with listening(lambda what, fraction: told.set() if begun(what, fraction) else None):
        yield


def has_children() -> bool:
    """Whether a process that this one has started is there."""
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True


def _state() -> dict[str, object]:
    brian2 = sys.modules.get("brian2")
    return {
        "excepthook": sys.excepthook,
        "ctrl-C": signal.getsignal(signal.SIGINT),
        "warnings": warnings.showwarning,
        "current folder": os.getcwd(),
        "random numbers": [np.asarray(part).tobytes() for part in np.random.get_state()],
        "preferences": {name: brian2.prefs[name] for name in brian2.prefs} if brian2 else None,
        "device": type(brian2.get_device()).__name__ if brian2 else None,
    }
