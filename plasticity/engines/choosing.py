"""Which engine a run has, why, and who is told.

The choice depends on what is asked, on its size, and on which packages are installed; never on what was compiled
before. So the same question gives the same bits in every process of one installation.
"""

import warnings
from dataclasses import dataclass

from plasticity import compiled
from plasticity.errors import DurationWarning, outside
from plasticity.memory import written_seconds
from plasticity.progress import is_listened_to, tell

# Compiling takes 2 to 4 s, once for each user and structure of a rule, and loading what is kept half a second, once a
# process; it then takes a twentieth of the time. Our choice: from here on loading is paid back within twenty runs, and
# a single one waits for it no longer than for the import
PAYS_FROM = 0.03  # seconds of the other engine: 70,000 spikes of one train
SLOW = 10.0  # seconds: so long one waits before one asks whether it could be faster
FAST = "pip install 'plasticity-lab[fast]' brings the compiler (Numba)"

_TOLD: list[str] = []


@dataclass(frozen=True)
class Choice:
    """The engine of a run, and why it is that one, in a line."""

    engine: str
    reason: str


def of_trains(is_read: bool, seconds: float) -> Choice:
    """The engine for trains that are given: 'events' or 'compiled'.

    is_read : whether the compiled engine reads the rule, and what is asked of it
    seconds : about how long the exact engine, `events`, takes
    """
    about = f"events would take about {written_seconds(seconds)}"
    if not is_read:
        return Choice("events", "what is asked is not read by the compiled engine")
    if seconds < PAYS_FROM:
        return Choice("events", f"{about}, for which compiling does not pay")
    if not compiled.is_available():
        name_the_extra(seconds, about)
        return Choice("events", f"{about}, and there is no compiler: {FAST}")
    return Choice("compiled", about)


def name_the_extra(seconds: float, about: str) -> None:
    """Say once, of a slow run, what would make it fast."""
    if seconds < SLOW or _TOLD:
        return
    _TOLD.append(about)
    said = f"{about}: {FAST}"
    tell(said, 0.0)
    if not is_listened_to():
        warnings.warn(said, DurationWarning, stacklevel=outside())
