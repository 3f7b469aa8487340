"""Spikes in the folders of Kilosort and Phy: samples, clusters, and the sampling rate in params.py, read as text."""

import re
from pathlib import Path
from typing import Any

import numpy as np

from plasticity.errors import InputError, said
from plasticity.files import named
from plasticity.trains.numpy_files import arrays_of
from plasticity.trains.spikes import Spikes, of_columns
from plasticity.trains.units import SAMPLES, Told

_TIMES, _CLUSTERS, _PARAMETERS = "spike_times.npy", ("spike_clusters.npy", "spike_templates.npy"), "params.py"
_RATE = re.compile(r"^[ \t]*sample_rate[ \t]*=[ \t]*([-+.\deE_]+)[ \t]*(?:#.*)?$", re.MULTILINE | re.ASCII)
_MOST_PARAMETERS = 100_000  # bytes; such a file has about ten lines


def spikes_of_folder(folder: Path, told: Told) -> Spikes:
    """The spikes of such a folder, each cluster a train. Raises InputError with file and reason."""
    told.refuse(f"{named(folder)}: a folder of Phy or Kilosort", "columns", "is_lines")
    if not (folder / _TIMES).is_file():
        raise InputError(f"{named(folder)} is a folder without {_TIMES}; give a file, or a folder of Phy or Kilosort")
    clusters = next((folder / name for name in _CLUSTERS if (folder / name).is_file()), None)
    if clusters is None:
        raise InputError(f"{named(folder)} has no {' nor '.join(_CLUSTERS)}, so that spikes belong to nobody")
    times, ids = _vector(folder / _TIMES), _vector(clusters)
    if len(times) != len(ids):
        raise InputError(f"{named(folder)}: {len(times)} times and {len(ids)} clusters; as many of each are needed")
    is_in_samples = times.dtype.kind in "iu" or told.unit in (None, SAMPLES)
    if times.dtype.kind == "f" and is_in_samples and (times % 1).any():
        raise InputError(
            f"{named(folder / _TIMES)} holds fractions, and samples are whole; give --unit s if it is in seconds"
        )
    rate = _rate(folder, told) if is_in_samples else told.sampling_rate
    where = named(folder / _TIMES)
    clock = Told(told.unit, None, rate).clock(SAMPLES if is_in_samples else None, where)
    return of_columns(ids, clock.seconds(times, where), named(folder))


def _rate(folder: Path, told: Told) -> float | None:
    """Hz, from the person or from params.py, which is read as text and never run."""
    file = folder / _PARAMETERS
    if not file.is_file() or file.stat().st_size > _MOST_PARAMETERS:
        return told.sampling_rate
    found = {_number(text) for text in _RATE.findall(file.read_text(encoding="utf-8", errors="replace"))} - {None}
    if told.sampling_rate is None:
        return found.pop() if len(found) == 1 else None
    if found and found != {told.sampling_rate}:
        rates = " and ".join(f"{rate:g}" for rate in found)
        raise InputError(f"{named(file)} says {rates} Hz, --sampling-rate {told.sampling_rate:g} Hz; leave it out")
    return told.sampling_rate


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 < number < 1e12 else None


def _vector(path: Path) -> Any:
    (array,) = arrays_of(path).values()
    if array.dtype.kind not in "iuf" or array.size not in (0, max(array.shape, default=1)):
        raise InputError(f"{named(path)} holds {said(array)}; one number a spike is needed")
    return np.ravel(array)
