"""NWB files with units, as pynwb writes them."""

import warnings
from datetime import UTC, datetime


def nwb(path, trains, ids=None):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pynwb import NWBHDF5IO, NWBFile

        file = NWBFile("a session", "an id", datetime(2026, 1, 1, tzinfo=UTC))
        for place, train in enumerate(trains):
            file.add_unit(spike_times=train, id=None if ids is None else ids[place])
        with NWBHDF5IO(path, "w") as writer:
            writer.write(file)
    return path
