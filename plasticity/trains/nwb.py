"""Spikes in NWB files, by pynwb: the table of units, each a train, in seconds."""

import warnings
from pathlib import Path

import numpy as np

from plasticity.errors import InputError, MemoryLimitError, MissingPackage, said
from plasticity.files import named
from plasticity.memory import require_memory
from plasticity.trains.spikes import Spikes, name_of, of_trains
from plasticity.trains.units import Told


def spikes_of_nwb(path: Path, told: Told) -> Spikes:
    """The units of a file, named by their ids. Raises InputError with file and reason, MemoryLimitError."""
    told.refuse(f"{named(path)}: an NWB file", "columns", "sampling_rate", "is_lines")
    told.clock("s", named(path))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of versions of the format, which the units do not depend on
            return _units(path)
    except ImportError:
        raise MissingPackage(
            f"{named(path)} is of HDF5; to read it as NWB, run: pip install 'plasticity-lab[nwb]'"
        ) from None
    except (InputError, MemoryLimitError):
        raise
    except Exception as error:  # pynwb and h5py raise whatever a damaged or foreign file makes of them
        raise InputError(f"{named(path)} is no NWB file that pynwb reads: {said(str(error))}") from None


def _units(path: Path) -> Spikes:
    from pynwb import NWBHDF5IO

    with NWBHDF5IO(str(path), mode="r") as file:
        units = file.read().units
        if units is None or "spike_times" not in units.colnames:
            raise InputError(f"{named(path)} has no units with spike times; sort its spikes first")
        index = units["spike_times"]
        require_memory(24.0 * index.target.data.shape[0], f"{named(path)}: reading its spikes")
        ends = np.asarray(index.data[:], dtype=int)
        times = np.split(np.asarray(index.target.data[:], dtype=float), ends[:-1]) if len(ends) else []
        return of_trains(dict(zip((name_of(k) for k in units.id[:].tolist()), times, strict=True)), named(path))
