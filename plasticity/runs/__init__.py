"""Experiments run by name: found, set up, run into a folder, repeated, loaded, and shown together as a page."""

from typing import TYPE_CHECKING

from plasticity.later import later
from plasticity.runs.discovery import EXPERIMENTS

if TYPE_CHECKING:
    from plasticity.runs.loading import Loaded, load
    from plasticity.runs.repeating import Repeated, rerun
    from plasticity.runs.running import Finished, run, run_into
    from plasticity.runs.sweeping import Networks, Swept, load_swept, sweep
    from plasticity.settings import resolved
else:  # whoever only looks for a name, as the completion of a shell does, needs none of them
    __getattr__ = later(
        __name__,
        {
            "plasticity.runs.loading": ("Loaded", "load"),
            "plasticity.runs.repeating": ("Repeated", "rerun"),
            "plasticity.runs.running": ("Finished", "run", "run_into"),
            "plasticity.runs.sweeping": ("Networks", "Swept", "load_swept", "sweep"),
            "plasticity.settings": ("resolved",),
        },
    )

__all__ = [
    "EXPERIMENTS",
    "Finished",
    "Loaded",
    "Networks",
    "Repeated",
    "Swept",
    "load",
    "load_swept",
    "rerun",
    "resolved",
    "run",
    "run_into",
    "sweep",
]


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
