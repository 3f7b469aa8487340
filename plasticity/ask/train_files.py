"""Both trains of a synapse from a spike file, by their names."""

import os
from typing import Any

from plasticity.trains import read
from plasticity.trains.spikes import called


def read_pair(file: str | os.PathLike[str], names: tuple[str, str], **told: Any) -> list[tuple[float, ...]]:
    """The trains called `names`, seconds, in order; '' is a train without spikes. Other trains are not looked at.

    told : unit, columns, sampling_rate and lines, as `plasticity.trains.read` takes them
    raises InputError and ArgumentError as it does; a name that is not there is told with those that are
    """
    found = read(file, only=[name for name in names if name], **told)
    return [tuple(called(found, name, str(file)).tolist()) if name else () for name in names]
