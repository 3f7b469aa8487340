"""Spike trains as arrays: checked once, merged once, in the same way for every reader.

A train is an increasing sequence of times in seconds. Many synapses at once have trains of shape
(n_synapses, n_spikes), or a list of trains of different lengths.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plasticity.arrays import Floats
from plasticity.errors import SpikeTrainError, WeightError, said

# Two times closer than this are one instant. Our choice: far below every step and biological delay, far above
# the rounding of times (1e-11 s after a day), so that 0.1 + 0.2 and 0.3 coincide.
RESOLUTION = 1e-9

Trains = Any  # one train: (n_spikes,); or many: (n_synapses, n_spikes), a list of trains


@dataclass(frozen=True)
class Trajectory:
    """The weight of a synapse over time.

    times   : seconds, of all spikes in order, shape (n_spikes,), or (n_synapses, n_spikes) padded with NaN
    weights : the weight after each of them, same shape; coincident spikes share the weight after both
    """

    times: Floats
    weights: Floats


@dataclass(frozen=True)
class Merged:
    """The spikes of both trains in one order, a column a synapse: shape (n_slots, n_synapses).

    times     : seconds; behind its last spike a synapse repeats the time of that spike
    pre, post : whether the presynaptic, the postsynaptic neuron fires here; both in a coincident pair, which
                leaves the next slot empty, so that every spike keeps a slot of its own
    n_spikes  : of both trains together, shape (n_synapses,)
    is_single : whether the trains came as one pair, so that results lose the synapse axis
    """

    times: Floats
    pre: NDArray[np.bool_]
    post: NDArray[np.bool_]
    n_spikes: NDArray[np.int_]
    is_single: bool

    def result(self, weights: Floats) -> Floats:
        """Weights of shape (..., n_synapses) as the caller gets them: scalar axis dropped for a single pair."""
        return weights[..., 0] if self.is_single else weights

    def trajectory(self, weights: Floats) -> Trajectory:
        """The trajectory from the weights after each slot, shape (n_slots, n_synapses)."""
        padding = np.arange(len(self.times))[:, None] >= self.n_spikes
        times, weights = np.where(padding, np.nan, self.times).T, np.where(padding, np.nan, weights).T
        return Trajectory(times[0], weights[0]) if self.is_single else Trajectory(times, weights)


def checked(times: Trains, name: str = "the train") -> Floats:
    """Trains as an array of shape (n_synapses, n_spikes), padded with infinity; one train gives one row.

    raises SpikeTrainError for times that are not numbers, negative, NaN, infinite, unsorted or doubled
    """
    array = _padded(_rows(times, name), name)
    if not len(array):
        raise SpikeTrainError(f"{name} holds no train, it has shape {array.shape}; one row a synapse is needed")
    if array.size and array.min() < 0:
        raise SpikeTrainError(f"{name} holds the time {array.min():g} s; zero or more is allowed")
    _check_order(array, name)
    return array


def merged(
    pre: Trains,
    post: Trains,
    *,
    axonal_delay: float = 0.0,
    dendritic_delay: float = 0.0,
) -> Merged:
    """Both trains of every synapse in one order; a single train is used for all synapses of the other side.

    axonal_delay, dendritic_delay : seconds by which the pre, the post spikes reach the synapse later
    raises SpikeTrainError as `checked` does, and when the numbers of trains differ
    """
    before = checked(pre, "the presynaptic train") + axonal_delay
    after = checked(post, "the postsynaptic train") + dendritic_delay
    n_synapses = max(len(before), len(after))
    if not {len(before), len(after)} <= {1, n_synapses}:
        raise SpikeTrainError(f"{len(before)} presynaptic and {len(after)} postsynaptic trains; give as many of each")
    sides = [np.broadcast_to(side, (n_synapses, side.shape[1])) for side in (before, after)]
    times = np.concatenate(sides, axis=1).T
    is_pre = np.broadcast_to((np.arange(len(times)) < before.shape[1])[:, None], times.shape)
    order = np.argsort(times, axis=0, kind="stable")
    times, is_pre = np.take_along_axis(times, order, axis=0), np.take_along_axis(is_pre, order, axis=0)
    is_single = _is_one_train(pre) and _is_one_train(post)
    return _with_coincidences(times, is_pre, is_single=is_single)


def from_neo(train: Any) -> Floats:
    """The spike times (seconds) of a `neo.SpikeTrain`, as Neo reads it from NWB and other formats.

    Neo is the extra `neo`; nothing of it is imported here. raises SpikeTrainError for an object that is no such train
    """
    try:
        times = train.rescale("s").magnitude
    except (AttributeError, ValueError, TypeError) as error:
        raise SpikeTrainError(f"{said(train)} is no neo.SpikeTrain: {error}; give one in units of time") from None
    return checked(np.sort(np.asarray(times, dtype=float)), "the train from Neo")[0]


def start_weights(w0: ArrayLike, n_synapses: int, lower: float, upper: float) -> Floats:
    """Start weights of shape (n_synapses,), checked to be numbers inside the bounds."""
    try:
        weights = np.broadcast_to(np.asarray(w0, dtype=float), (n_synapses,)).copy()
    except (TypeError, ValueError):
        raise WeightError(f"w0 = {said(w0)} is no weight, nor one for each of {n_synapses} synapses") from None
    check_weights(weights, lower, upper)
    return weights


def check_weights(weights: Floats, lower: float, upper: float) -> None:
    """Raise WeightError for a weight that is not finite or outside the bounds."""
    outside = ~(np.isfinite(weights) & (weights >= lower) & (weights <= upper))
    if outside.any():
        raise WeightError(f"a weight of {weights[outside][0]:g} is outside the bounds [{lower:g}, {upper:g}]")


def _with_coincidences(times: Floats, is_pre: NDArray[np.bool_], *, is_single: bool) -> Merged:
    is_spike = np.isfinite(times)
    pre, post = is_spike & is_pre, is_spike & ~is_pre
    gaps = np.diff(np.where(is_spike, times, np.nan), axis=0)
    second = np.zeros_like(is_spike)
    second[1:] = (gaps < RESOLUTION) & (pre[1:] != pre[:-1])
    second[1:] &= ~second[:-1]
    first = np.roll(second, -1, axis=0)
    pre, post = (pre | first) & ~second, (post | first) & ~second
    times = np.where(second, np.roll(times, 1, axis=0), times)
    n_spikes = is_spike.sum(axis=0)
    if times.size:
        last = np.take_along_axis(times, np.maximum(n_spikes - 1, 0)[None], axis=0)
        times = np.where(is_spike, times, np.where(np.isfinite(last), last, 0.0))
    return Merged(times, pre, post, n_spikes, is_single)


def _rows(times: Trains, name: str) -> list[Floats] | Floats:
    """One array a train, or at once an array of shape (n_synapses, n_spikes)."""
    if np.isscalar(times):
        raise SpikeTrainError(f"{name} is {said(times)}; a sequence of times in seconds is allowed")
    try:
        if isinstance(times, np.ndarray) or _is_one_train(times):
            rows: list[Floats] | Floats = np.atleast_2d(np.asarray(times, dtype=float))
        else:
            rows = [np.asarray(part, dtype=float) for part in times]
    except (TypeError, ValueError):
        raise SpikeTrainError(f"{name} is no sequence of numbers: {said(times)}") from None
    if any(row.ndim != 1 for row in rows):
        raise SpikeTrainError(f"{name} is {said(times)}; (n_spikes,) or (n_synapses, n_spikes) is allowed")
    return rows


def _padded(rows: list[Floats] | Floats, name: str) -> Floats:
    values = rows if isinstance(rows, np.ndarray) else np.concatenate([*rows, np.empty(0)])
    if not np.isfinite(values).all():
        wrong = values[~np.isfinite(values)][0]
        raise SpikeTrainError(f"{name} holds {wrong}; finite times in seconds are allowed")
    if isinstance(rows, np.ndarray):
        return rows
    array = np.full((len(rows), max((row.size for row in rows), default=0)), np.inf)
    for index, row in enumerate(rows):
        array[index, : row.size] = row
    return array


def _is_one_train(times: Trains) -> bool:
    if isinstance(times, np.ndarray):
        return times.ndim <= 1
    try:
        return not any(np.ndim(item) for item in times)
    except (TypeError, ValueError):
        return False


def _check_order(array: Floats, name: str) -> None:
    with np.errstate(invalid="ignore"):  # infinity - infinity behind the end of a short train
        gaps = np.diff(array, axis=1)
    for wrong, what in (
        (gaps < 0, "is not sorted"),
        (np.abs(gaps) < RESOLUTION, "has two spikes in one instant"),
    ):
        if wrong.any():
            row, column = np.argwhere(wrong)[0]
            early, late = array[row, column], array[row, column + 1]
            raise SpikeTrainError(f"{name} {what}: {early:g} s, then {late:g} s; increasing times are allowed")
