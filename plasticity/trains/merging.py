"""The spikes of both sides of a synapse in one order, coincident ones as one instant."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from plasticity.arrays import Floats
from plasticity.errors import SpikeTrainError
from plasticity.frozen import FrozenMap
from plasticity.inputs import number
from plasticity.trains.checking import RESOLUTION, Taken, Trains, check_size, taken
from plasticity.trains.courses import Trajectory

SIDES = {"pre": "presynaptic", "post": "postsynaptic"}
_AT_ONCE = 2**16  # slots of all synapses that are put in order together: few enough for a cache
_INSTANTS_PER_TIME_CONSTANT = 10  # single precision may not blur a trace by more than this part


class Merged(NamedTuple):
    """The spikes of both trains, and other events, in one order, a column a synapse: shape (n_slots, n_synapses).

    times     : seconds; behind its last spike a synapse repeats the time of that spike
    pre, post : whether the presynaptic, the postsynaptic neuron fires here; both in a coincident pair, which
                leaves the next slot empty, so that every spike keeps a slot of its own
    n_spikes  : of all trains together, shape (n_synapses,)
    is_single : whether the trains came as one of each, so that results lose the synapse axis
    instant   : seconds; spikes of both sides closer than this are coincident
    others    : {event: whether it comes here}, of events other than spikes
    """

    times: Floats
    pre: NDArray[np.bool_]
    post: NDArray[np.bool_]
    n_spikes: NDArray[np.int_]
    is_single: bool
    instant: float
    others: Mapping[str, NDArray[np.bool_]] = FrozenMap({})

    def fires(self, event: str) -> NDArray[np.bool_]:
        """Whether 'pre' or 'post' fires, or another event comes, (n_slots, n_synapses)."""
        if event in SIDES:
            return self.pre if event == "pre" else self.post
        return self.others[event] if event in self.others else np.zeros_like(self.pre)

    @property
    def first(self) -> Floats:
        """Seconds, when the first event of each synapse comes; infinity for none, (n_synapses,)."""
        return (
            np.where(self.n_spikes > 0, self.times[0], np.inf)
            if len(self.times)
            else np.full(len(self.n_spikes), np.inf)
        )

    def fill(self, synapses: slice, part: "Merged") -> None:
        """Write some synapses, whose trains may be shorter, into their columns; all else is zero there."""
        n_slots = len(part.times)
        self.n_spikes[synapses] = part.n_spikes
        self.pre[:n_slots, synapses], self.post[:n_slots, synapses] = part.pre, part.post
        self.times[:n_slots, synapses] = part.times
        self.times[n_slots:, synapses] = part.times[-1] if n_slots else 0.0

    def portion(self, slots: slice) -> "Merged":
        """Some of the slots; `n_spikes` are those of the whole."""
        if slots.start == 0 and slots.stop >= len(self.times):
            return self
        others = {event: comes[slots] for event, comes in self.others.items()}
        return self._replace(times=self.times[slots], pre=self.pre[slots], post=self.post[slots], others=others)

    def result(self, weights: Floats) -> Floats:
        """Weights of shape (..., n_synapses) as the caller gets them: scalar axis dropped for a single pair."""
        return weights[..., 0] if self.is_single else weights

    def trajectory(self, weights: Floats, start: Floats) -> Trajectory:
        """The trajectory from the weights after each slot, shape (n_slots, n_synapses), and the start weights."""
        padding = np.arange(len(self.times))[:, None] >= self.n_spikes
        times, weights = np.where(padding, np.nan, self.times).T, np.where(padding, np.nan, weights).T
        if self.is_single:
            return Trajectory(times[0], weights[0], start=float(start[0]))
        return Trajectory(times, weights, start=start)


def merged(
    pre: Trains,
    post: Trains,
    *,
    axonal_delay: float = 0.0,
    dendritic_delay: float = 0.0,
    shortest: float = np.inf,
) -> Merged:
    """Both trains of every synapse in one order; a single train is used for all synapses of the other side.

    axonal_delay, dendritic_delay : seconds by which the pre, the post spikes reach the synapse later
    shortest                      : seconds, the shortest time constant that will be applied to them
    raises SpikeTrainError as `taken` does, when the numbers of trains differ, and for single precision too coarse for
    the shortest time constant

    Coincidence: in the order of time (pre first when equal) each spike is taken as coincident with the spike before it
    if that one is of the other side, less than one instant earlier, and not coincident already.

    >>> from plasticity import trains
    >>> trains.merged([0.010], [0.020]).times
    array([[0.01],
           [0.02]])
    """
    axonal_delay, dendritic_delay = (
        number(delay, name, unit="s", error=SpikeTrainError)
        for delay, name in ((axonal_delay, "the axonal delay"), (dendritic_delay, "the dendritic delay"))
    )
    if not (isinstance(shortest, float) and shortest == np.inf):
        shortest = number(shortest, "the shortest time constant", unit="s", above=0.0, error=SpikeTrainError)
    before, after = taken(pre, "the presynaptic train"), taken(post, "the postsynaptic train")
    arrivals = {"presynaptic": (before, axonal_delay), "postsynaptic": (after, dendritic_delay)}
    instant, n_synapses = fitting(arrivals, shortest)
    is_single, n_slots = before.is_single and after.is_single, longest(before) + longest(after)
    at_once = max(1, _AT_ONCE // max(1, n_slots))
    if n_synapses <= at_once:
        return _merged(arrivals, instant, n_synapses)._replace(is_single=is_single)
    spikes = Merged(
        np.zeros((n_slots, n_synapses)),
        np.zeros((n_slots, n_synapses), dtype=bool),
        np.zeros((n_slots, n_synapses), dtype=bool),
        np.zeros(n_synapses, dtype=np.int_),
        is_single,
        instant,
    )
    for first in range(0, n_synapses, at_once):
        synapses = slice(first, min(first + at_once, n_synapses))
        some = {kind: (given.of(synapses), delay) for kind, (given, delay) in arrivals.items()}
        spikes.fill(synapses, _merged(some, instant, synapses.stop - first))
    return spikes


def longest(trains: Taken) -> int:
    """The number of spikes of the longest train."""
    return int(trains.lengths.max(initial=0))


def _merged(trains: Mapping[str, tuple[Taken, float]], instant: float, n_synapses: int) -> Merged:
    """A few synapses, whose trains fit together."""
    sides = _arriving(trains, n_synapses)
    times = np.concatenate(sides, axis=1)
    order = np.argsort(times, axis=1, kind="stable")
    # a slot of all synapses side by side in memory, for slots are what engines go through
    places = np.ascontiguousarray(order.T)
    is_pre = places < sides[0].shape[1]
    times = times.ravel().take(places + np.arange(n_synapses) * times.shape[1])
    return _with_coincidences(times, is_pre, instant)


def arrived(trains: Mapping[str, tuple[Taken, float]], shortest: float) -> tuple[list[Floats], float]:
    """Trains of several kinds, each later by its delay, and how long an instant is.

    trains   : {kind, for messages: (trains, delay in seconds)}
    shortest : seconds, the shortest time constant that will be applied to them
    returns  : of each kind (n_synapses, n_spikes), as many rows of all; seconds
    raises SpikeTrainError as `merged` does
    """
    instant, n_synapses = fitting(trains, shortest)
    return _arriving(trains, n_synapses), instant


def _arriving(trains: Mapping[str, tuple[Taken, float]], n_synapses: int) -> list[Floats]:
    found = [given.times + delay if delay else given.times for given, delay in trains.values()]
    return [np.broadcast_to(times, (n_synapses, times.shape[1])) for times in found]


def fitting(trains: Mapping[str, tuple[Taken, float]], shortest: float) -> tuple[float, int]:
    """How long an instant is (s), and the number of synapses, of trains that fit together; as `arrived` takes them.

    raises SpikeTrainError as `merged` does
    """
    instant = max(given.instant for given, _ in trains.values())
    if instant > RESOLUTION and instant * _INSTANTS_PER_TIME_CONSTANT > shortest:
        raise SpikeTrainError(
            f"the times came in single precision, whose neighbours are {instant:.2g} s apart here; the shortest time "
            f"constant is {shortest:g} s: give double precision, or subtract the start (plasticity.trains.from_start)"
        )
    for kind, (given, delay) in trains.items():
        if delay:
            check_size(given.flat + delay, f"the {kind} train with its delay")
    sizes = {kind: len(given.rows) for kind, (given, _) in trains.items()}
    n_synapses = max(sizes.values())
    if not {*sizes.values()} <= {1, n_synapses}:
        numbers = [f"{size} {kind}" for kind, size in sizes.items()]
        raise SpikeTrainError(f"{', '.join(numbers[:-1])} and {numbers[-1]} trains; give as many of each")
    return instant, n_synapses


def _with_coincidences(times: Floats, is_pre: NDArray[np.bool_], instant: float) -> Merged:
    """times, is_pre : (n_slots, n_synapses), in order, infinity behind the last spike; both are written to"""
    is_padded = len(times) > 0 and not times[-1].max(initial=0.0) < np.inf
    is_spike = np.isfinite(times) if is_padded else np.True_
    pre, post = is_pre & is_spike, ~is_pre & is_spike
    second = _second_of_pairs(np.where(is_spike, times, np.nan) if is_padded else times, pre, instant)
    if second.any():
        later = np.flatnonzero(second)
        earlier = later - times.shape[1]  # the slot before, of the same synapse
        for side in (pre.reshape(-1), post.reshape(-1)):
            side[earlier], side[later] = True, False
        times.reshape(-1)[later] = times.reshape(-1)[earlier]
    if not is_padded:
        return Merged(times, pre, post, np.full(times.shape[1], len(times)), False, instant)
    n_spikes = is_spike.sum(axis=0)
    last = np.take_along_axis(times, np.maximum(n_spikes - 1, 0)[None], axis=0)
    times = np.where(is_spike, times, np.where(np.isfinite(last), last, 0.0))
    return Merged(times, pre, post, n_spikes, False, instant)


def _second_of_pairs(times: Floats, pre: NDArray[np.bool_], instant: float) -> NDArray[np.bool_]:
    """Whether a spike is the second of a coincident pair, taken greedily along a chain of near spikes."""
    is_near = np.zeros(times.shape, dtype=bool)
    is_near[1:] = np.diff(times, axis=0) < instant
    if not is_near.any():
        return is_near
    is_near[1:] &= pre[1:] != pre[:-1]
    if not (is_near[1:] & is_near[:-1]).any():  # no chain of three or more
        return is_near
    row = np.arange(len(times))[:, None]
    start = np.maximum.accumulate(np.where(is_near, 0, row), axis=0)  # of the chain that each spike belongs to
    return is_near & ((row - start) % 2 == 1)
