"""Experiments run by name: found, set up, run into a folder, repeated, loaded, and shown together as a page."""

from plasticity.runs.discovery import EXPERIMENTS
from plasticity.runs.loading import Loaded, load
from plasticity.runs.repeating import Repeated, rerun
from plasticity.runs.running import Finished, run, run_into
from plasticity.settings import resolved

__all__ = [
    "EXPERIMENTS",
    "Finished",
    "Loaded",
    "Repeated",
    "load",
    "rerun",
    "resolved",
    "run",
    "run_into",
]
