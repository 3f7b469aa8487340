"""Whether a computation fits into memory and into a day, asked before it starts."""

import math
import os
import time
import warnings

from plasticity.errors import DurationWarning, MemoryLimitError, TimeLimitError
from plasticity.progress import is_listened_to, tell

MOST_SECONDS = 86400.0  # our choice: a run that takes longer than a day is a mistake more often than a wish
LONG_SECONDS = 10.0  # our choice: from here on a person wants to know how long they will wait
_FRESH = 0.1  # seconds: a short run asks several times, and asking takes longer than it does
_SEEN = (-math.inf, 0.0)  # when the memory was last looked at, and what was free
SILENT_SECONDS = 60.0  # our choice: so long one waits for a line of Python before one thinks that it hangs


def require_memory(n_bytes: float, what: str, seconds: float | None = None) -> None:
    """Raise MemoryLimitError when `what`, which takes `n_bytes`, would not fit into the memory that is free now.

    seconds : about how long it would compute, for the message, where that is known
    """
    free = free_memory()
    if not n_bytes <= free:  # NaN does not fit either
        computing = "" if seconds is None else f"it would compute for about {written_seconds(seconds)}; "
        raise MemoryLimitError(
            f"{what} would take {written_bytes(n_bytes)}, and {written_bytes(free)} are free; {computing}"
            "record less, run shorter, or take fewer points or a coarser step"
        )


def require_time(seconds: float, what: str, n_bytes: float = 0.0) -> None:
    """Raise TimeLimitError when `what` would compute for more than a day; tell the listener how long a long one takes,
    and warn (DurationWarning) of a longer one when nobody listens.

    seconds : the estimate, rough: right to a factor of a few
    n_bytes : the memory that it takes, for the message
    """
    if not seconds <= MOST_SECONDS:
        raise TimeLimitError(
            f"{what} would compute for about {written_seconds(seconds)} and take {written_bytes(n_bytes)} of memory; "
            "a day is the most that is allowed: run shorter, with fewer neurons, or a coarser step"
        )
    said = f"{what}: takes about {written_seconds(seconds)}"
    if seconds > LONG_SECONDS:
        tell(said, 0.0)
    if seconds > SILENT_SECONDS and not is_listened_to():
        warnings.warn(said, DurationWarning, stacklevel=4)


def written_bytes(n_bytes: float) -> str:
    """A size of memory for a message."""
    return f"{n_bytes / 2**30:.3g} GiB" if math.isfinite(n_bytes) else "countless GiB"


def written_seconds(seconds: float) -> str:
    """A duration for a message, in the unit that gives a number of few digits."""
    if not math.isfinite(seconds):
        return "countless years"
    for unit, size in (("years", 365.25 * 86400), ("days", 86400), ("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds:.3g} s"


def free_memory() -> float:
    """Free memory in bytes, as it was at most a tenth of a second ago; infinite where the system does not tell."""
    global _SEEN
    now = time.monotonic()
    if not now - _SEEN[0] < _FRESH:
        _SEEN = (now, _free_memory())
    return _SEEN[1]


def _free_memory() -> float:
    try:
        with open("/proc/meminfo", encoding="ascii") as lines:
            for line in lines:
                if line.startswith("MemAvailable:"):
                    return 1024.0 * int(line.split()[1])
        return float(os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    except (OSError, ValueError, AttributeError):
        return float("inf")
