"""What a run could change in its process, for tests that compare it before and after."""

import logging
import os
import signal
import sys
import warnings
from collections.abc import Callable

import numpy as np


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
