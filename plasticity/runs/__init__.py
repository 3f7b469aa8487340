"""Experiments run by name: found, set up, run into a folder, repeated, loaded, and shown together as a page."""

from plasticity.runs.discovery import find, names
from plasticity.runs.running import Finished, Loaded, load, rerun, run, run_into
from plasticity.runs.settings import resolved

__all__ = ["Finished", "Loaded", "find", "load", "names", "rerun", "resolved", "run", "run_into"]
