"""Whether a computation fits into memory, asked before it starts."""

import os

from plasticity.errors import MemoryLimitError


def require_memory(n_bytes: float, what: str) -> None:
    """Raise MemoryLimitError when `what`, which takes `n_bytes`, would not fit into the memory that is free now."""
    free = free_memory()
    if n_bytes > free:
        raise MemoryLimitError(
            f"{what} would take {n_bytes / 2**30:.3g} GiB, and {free / 2**30:.3g} GiB are free; "
            "record less, run shorter, or take fewer points or a coarser step"
        )


def free_memory() -> float:
    """Free memory in bytes; infinite where the system does not tell."""
    try:
        with open("/proc/meminfo", encoding="ascii") as lines:
            for line in lines:
                if line.startswith("MemAvailable:"):
                    return 1024.0 * int(line.split()[1])
        return float(os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    except (OSError, ValueError, AttributeError):
        return float("inf")
