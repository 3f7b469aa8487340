"""Experiments run by name: found, set up, run into a folder, repeated, loaded, and shown together as a page."""

from plasticity.runs.discovery import EXPERIMENTS
from plasticity.runs.loading import Loaded, load
from plasticity.runs.repeating import Repeated, rerun
from plasticity.runs.running import Finished, run, run_into
from plasticity.runs.sweeping import Networks, Swept, load_swept, sweep
from plasticity.settings import resolved

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
