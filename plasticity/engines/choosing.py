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

# Compiling takes 2 to 4 s, once for each user and structure of a rule; loading what is kept takes half a second, once a
# process. So a run pays that takes the other engine as long; and, our choice, one of so many spikes: who has such
# recordings asks more than once, and then each question takes a twentieth of the time
PAYS_FROM = 0.5  # seconds of the other engine
LONG = 50_000  # spikes of all trains
SLOW = 10.0  # seconds: so long one waits before one asks whether it could be faster
FAST = "pip install 'plasticity-lab[fast]' brings the compiler (Numba)"

_TOLD: list[str] = []


@dataclass(frozen=True)
class Choice:
    """The engine of a run, and why it is that one, in a line."""

    engine: str
    reason: str


def of_trains(is_read: bool, seconds: float, n_spikes: float) -> Choice:
    """The engine for trains that are given: 'events' or 'compiled'.

    is_read  : whether the compiled engine reads the rule, and what is asked of it
    seconds  : about how long the exact engine, `events`, takes
    n_spikes : of all trains
    """
    about = f"events would take about {written_seconds(seconds)}"
    if not is_read:
        return Choice("events", "what is asked is not read by the compiled engine")
    if seconds < PAYS_FROM and n_spikes < LONG:
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
