"""Spike trains as arrays: checked once, merged once, in the same way for every engine.

A train is an increasing sequence of times in seconds. Many synapses at once have a list of trains, or an array of
shape (n_synapses, n_spikes). Times before zero are allowed, for only differences matter to a synapse.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from plasticity.trains.checking import LATEST, RESOLUTION, Taken, Trains, checked, from_neo, from_start, one, taken
from plasticity.trains.courses import Trajectory
from plasticity.trains.merging import Merged, merged
from plasticity.trains.spacing import doubt
from plasticity.trains.weights import check_weights, start_weights

if TYPE_CHECKING:
    from plasticity.trains.neo import to_neo
    from plasticity.trains.reading import read

__all__ = [
    "LATEST",
    "RESOLUTION",
    "Merged",
    "Taken",
    "Trains",
    "Trajectory",
    "check_weights",
    "checked",
    "doubt",
    "from_neo",
    "from_start",
    "merged",
    "one",
    "read",
    "start_weights",
    "taken",
    "to_neo",
]

# Reading files takes modules that most questions do not need: these are loaded at their first use.
_LATER = {"read": "plasticity.trains.reading", "to_neo": "plasticity.trains.neo"}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LATER[name]), name)
