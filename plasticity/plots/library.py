"""matplotlib without what lies around: no matplotlibrc of the current folder or HOME, no MPLBACKEND, no LaTeX."""

import contextlib
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from plasticity.plots.style import RC
from plasticity.surroundings import matplotlib_undisturbed


@contextlib.contextmanager
def own_style() -> Iterator[None]:
    """Everything inside is drawn by matplotlib's defaults and our style, whatever the process has set."""
    with _quiet():
        matplotlib = library()
        with matplotlib.rc_context():
            defaults = {name: value for name, value in matplotlib.rcParamsDefault.items() if name != "backend"}
            matplotlib.rcParams.update(defaults | dict(RC))
            yield


def library() -> Any:
    """The matplotlib module; where nobody has imported it yet, no file and no variable is read for it."""
    with matplotlib_undisturbed(Path(__file__).parent):
        import matplotlib
    return matplotlib


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """What matplotlib logs, say of a cache that it has to build, is no news of ours."""
    log = logging.getLogger("matplotlib")
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(level)
