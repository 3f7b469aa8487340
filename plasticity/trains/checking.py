"""Spike trains as a person has them, turned into arrays of seconds, and checked."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from plasticity.arrays import Floats
from plasticity.errors import SpikeTrainError, said
from plasticity.inputs import is_scalar, items, number, plain

# Two times closer than this are one instant. Our choice: far below every step and biological delay, far above
# the rounding of times (1e-11 s after a day), so that 0.1 + 0.2 and 0.3 coincide.
RESOLUTION = 1e-9
# Seconds, 48 days: from here on neighbouring doubles are as far apart as one instant is long.
LATEST = float(2**22)

_COARSEST = 1e-3  # seconds between neighbouring times; our choice: a tenth of a short time constant
_AT_ONCE = 2**17  # spikes that are looked at together: few enough to take no memory to speak of
_MOST_DECIMALS = 300  # of a double; 10 to a higher power is infinite

# One train: (n_spikes,); or many: a list of trains, or (n_synapses, n_spikes). In whatever container, with or without
# a unit, as plasticity.inputs takes it.
Trains = Any


class Taken(NamedTuple):
    """Trains that have been checked.

    rows      : seconds, (n_synapses, n_spikes), or a list of trains of several lengths
    is_single : whether they came as one train
    instant   : seconds; two times closer than this are one, RESOLUTION or the spacing of single precision
    """

    rows: Floats | list[Floats]
    is_single: bool
    instant: float

    @property
    def times(self) -> Floats:
        """Seconds, (n_synapses, n_spikes), short trains padded with infinity: one long train makes all of them long."""
        if isinstance(self.rows, np.ndarray):
            return self.rows
        array = np.full((len(self.rows), int(self.lengths.max(initial=0))), np.inf)
        for row, train in zip(array, self.rows, strict=True):
            row[: train.size] = train
        return array

    @property
    def lengths(self) -> NDArray[np.intp]:
        """The number of spikes of each train, (n_synapses,)."""
        if isinstance(self.rows, np.ndarray):
            return np.full(len(self.rows), self.rows.shape[1])
        return np.array([train.size for train in self.rows], dtype=np.intp)

    @property
    def first(self) -> Floats:
        """When each train begins, seconds; infinity where it has no spike, (n_synapses,)."""
        return np.array([train[0] if train.size else np.inf for train in self.rows])

    @property
    def flat(self) -> Floats:
        """All trains behind one another, seconds, (n_spikes_of_all,)."""
        return self.rows.ravel() if isinstance(self.rows, np.ndarray) else np.concatenate(self.rows)

    def of(self, synapses: slice | NDArray[np.intp]) -> "Taken":
        """The trains of some synapses; a single train is that of all."""
        if len(self.rows) == 1:
            return self
        if isinstance(self.rows, np.ndarray):
            return self._replace(rows=self.rows[synapses])
        some = self.rows[synapses] if isinstance(synapses, slice) else [self.rows[place] for place in synapses.tolist()]
        return self._replace(rows=_evened(some))


def taken(times: Trains, name: str = "the train") -> Taken:
    """Trains of any form, checked. Raises SpikeTrainError for times that are not numbers, of another unit than time,
    masked, NaN, infinite, unsorted, doubled, or so late that doubles do not resolve an instant.

    >>> from plasticity import trains
    >>> trains.taken([[0.01], [0.02, 0.03]]).times
    array([[0.01,  inf],
           [0.02, 0.03]])
    """
    if isinstance(times, Taken):
        return times
    rows, spacing, is_single = _rows(times, name)
    if not len(rows):
        shape = rows.shape if isinstance(rows, np.ndarray) else (0, 0)
        raise SpikeTrainError(f"{name} holds no train, it has shape {shape}; one row a synapse is needed")
    found = Taken(_evened(rows), is_single, max(RESOLUTION, spacing))
    flat = found.flat
    check_size(flat, name)
    _check_order(flat, np.cumsum(found.lengths) - 1, found.instant, name)
    return found


def checked(times: Trains, name: str = "the train") -> Floats:
    """Trains as an array of shape (n_synapses, n_spikes), padded with infinity; one train gives one row.

    raises SpikeTrainError as `taken` does
    """
    return taken(times, name).times


def one(times: Trains, name: str = "the train") -> Floats:
    """One train, (n_spikes,). Raises SpikeTrainError as `taken` does, and for several."""
    rows = checked(times, name)
    if len(rows) > 1:
        raise SpikeTrainError(f"{name} is {len(rows)} trains; one is allowed here")
    return rows[0]


def from_start(*trains: Trains, start: Any = None) -> Any:
    """Trains in seconds since a start: what to do with the times of a clock, which are too late for an instant of 1 ns.

    trains  : one train each, seconds or with a unit of time
    start   : seconds, or with a unit; by default the first spike of all
    returns : one array for one train, else a list

    A double of 1.7e9 s is a multiple of 2.4e-7 s. The differences are therefore rounded to the first power of ten that
    is coarser than twice that spacing, here 1 microsecond, so that what was one instant still is; and so for times in
    single precision, whose spacing is wider.
    raises SpikeTrainError for what is no train, and for times so far apart that no spikes can be told by them

    >>> from plasticity import trains
    >>> trains.from_start([100.5], [101.0], start=100.0)
    [array([0.5]), array([1.])]
    """
    given = [plain(train, "the train", unit="s", error=SpikeTrainError) for train in trains]
    arrays = [np.atleast_1d(train.values) for train in given]
    if not arrays or any(array.ndim != 1 or not np.isfinite(array).all() for array in arrays):
        raise SpikeTrainError("from_start takes one train or more, each of finite times in seconds")
    if start is None:
        zero = min((float(array.min()) for array in arrays if array.size), default=0.0)
    else:
        zero = number(start, "the start", unit="s", error=SpikeTrainError)
    largest = max([abs(zero), *(float(np.abs(array).max()) for array in arrays if array.size)])
    spacing = max([float(np.spacing(largest)), *(train.spacing for train in given)])
    if spacing > _COARSEST:
        raise SpikeTrainError(
            f"the times are up to {spacing:.2g} s apart, as they came; give them in double precision, and in seconds"
        )
    decimals = min(int(np.floor(-np.log10(2 * spacing))), _MOST_DECIMALS) if largest else 12
    if any(train.spacing for train in given):  # a spike that came twice, once as a double, must stay one
        came = np.float16 if spacing > 100 * np.spacing(np.float32(largest)) else np.float32
        arrays = [array.astype(came).astype(float) for array in arrays]
    moved = [np.round(array - zero, decimals) for array in arrays]
    return moved[0] if len(moved) == 1 else moved


def from_neo(train: Any) -> Floats:
    """The spike times (seconds) of a `neo.SpikeTrain`, as Neo reads it from NWB and other formats, in order.

    Neo is the extra `neo`; nothing of it is imported here. raises SpikeTrainError for an object that is no such train
    """
    if not hasattr(train, "rescale"):
        raise SpikeTrainError(f"{said(train)} is no neo.SpikeTrain; give one in units of time")
    times = plain(train, "the train from Neo", unit="s", error=SpikeTrainError).values
    return checked(np.sort(np.atleast_1d(times)), "the train from Neo")[0]


def _rows(times: Trains, name: str) -> tuple[Floats | list[Floats], float, bool]:
    """One array a train, or at once an array (n_synapses, n_spikes); the widest spacing; whether it is one train."""
    if is_scalar(times):
        raise SpikeTrainError(f"{name} is {said(times)}; a sequence of times in seconds is allowed")
    times = _opened(times, name)
    if isinstance(times, list) and times and all(_is_plain_row(item) for item in times):
        return times, 0.0, False
    if isinstance(times, list) and any(not is_scalar(item) for item in times):
        parts = [_one_row(item, f"{name}, number {k},") for k, item in enumerate(times)]
        return [values for values, _ in parts], max(spacing for _, spacing in parts), False
    if isinstance(times, list) and not times:
        return np.empty((1, 0)), 0.0, True
    values, spacing = plain(times, name, unit="s", error=SpikeTrainError)
    if values.ndim == 2 and values.shape[1] == 1 and len(values) > 1:
        raise SpikeTrainError(
            f"{name} has shape {values.shape}: {len(values)} synapses of one spike, or one train as a column; give one "
            "train as times.ravel(), or many as a list of trains"
        )
    if values.ndim not in (1, 2):
        raise SpikeTrainError(f"{name} has shape {values.shape}; (n_spikes,) or (n_synapses, n_spikes) is allowed")
    return np.atleast_2d(values), spacing, values.ndim == 1


def _opened(times: Trains, name: str) -> Any:
    """Containers of trains as lists of trains, cells of MATLAB included; arrays and what carries a unit as it is."""
    kind = getattr(getattr(times, "dtype", None), "kind", "")
    is_whole = any(hasattr(times, name) for name in ("rescale", "dim", "columns"))  # a unit or a name, lost in a list
    opened = times if is_whole or (kind and kind != "O") else items(times, name, SpikeTrainError)
    if not kind and hasattr(times, "to_numpy") and isinstance(opened, np.ndarray) and opened.dtype.kind != "O":
        return times  # a column of polars or pyarrow, whose name may tell the unit
    if isinstance(opened, np.ndarray) and opened.dtype.kind == "O" and (opened.ndim == 1 or 1 in opened.shape):
        return opened.ravel().tolist()
    return opened


def _one_row(item: Any, name: str) -> tuple[Floats, float]:
    """One train of several; within a list of trains a row or column of an array can only be one train."""
    if is_scalar(item):
        raise SpikeTrainError(f"{name} is {said(item)} beside whole trains; a sequence of times is allowed")
    values, spacing = plain(item, name, unit="s", error=SpikeTrainError)
    if values.ndim == 2 and 1 in values.shape:
        values = values.ravel()
    if values.ndim != 1:
        raise SpikeTrainError(f"{name} has shape {values.shape}; (n_spikes,) is allowed")
    return values, spacing


def _is_plain_row(item: Any) -> bool:
    """Whether it is what recipes and engines hand on, of which there may be thousands."""
    return type(item) is np.ndarray and item.dtype.char == "d" and item.ndim == 1


def _evened(rows: list[Floats] | Floats) -> list[Floats] | Floats:
    """Trains of one length as an array, (n_synapses, n_spikes); others as they are."""
    if isinstance(rows, np.ndarray) or len({row.size for row in rows}) > 1:
        return rows
    return np.concatenate([*rows, np.empty(0)]).reshape(len(rows), rows[0].size if rows else 0)


def check_size(values: Floats, name: str) -> None:
    """Raise SpikeTrainError for times that are not finite, or so late that doubles do not resolve an instant."""
    latest = max(values.max(initial=0.0), -values.min(initial=0.0))
    if not latest < np.inf:  # NaN, too
        wrong = values[~np.isfinite(values)][0]
        raise SpikeTrainError(f"{name} holds {wrong}; finite times in seconds are allowed")
    if latest >= LATEST:
        raise SpikeTrainError(
            f"{name} holds a time of {latest:.12g} s; from {LATEST:.0f} s (48 days) on neighbouring numbers are "
            f"{np.spacing(LATEST):.1g} s or more apart, an instant is {RESOLUTION:g} s: subtract the start, "
            "plasticity.trains.from_start does it"
        )


def _check_order(flat: Floats, last: NDArray[np.intp], instant: float, name: str) -> None:
    """flat : all trains behind one another, seconds; last : where each of them has its last spike"""
    for first in range(0, len(flat) - 1, _AT_ONCE):
        gaps = np.diff(flat[first : first + _AT_ONCE + 1])
        gaps[last[slice(*np.searchsorted(last, [first, first + len(gaps)]))] - first] = np.inf
        if gaps.min() >= instant:
            continue
        is_unsorted = bool((gaps < 0).any())
        place = first + int(np.argmax(gaps < 0 if is_unsorted else gaps < instant))
        what = "is not sorted" if is_unsorted else f"has two spikes in one instant of {instant:.2g} s"
        raise SpikeTrainError(
            f"{name} {what}: {flat[place]:.12g} s, then {flat[place + 1]:.12g} s; increasing times are allowed"
        )
