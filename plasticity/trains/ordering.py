"""Events of more than two kinds in one order, those of one instant together."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from plasticity.arrays import Floats
from plasticity.trains.checking import Taken
from plasticity.trains.merging import SIDES, Merged, arrived


def instants(
    trains: Mapping[str, Taken], *, delays: Mapping[str, float] | None = None, shortest: float = np.inf
) -> Merged:
    """The events of every synapse in one order; a single train of a kind is used for all synapses.

    trains   : {event: its trains}, 'pre' and 'post' among them
    delays   : {event: seconds by which it reaches the synapse later}
    shortest : seconds, the shortest time constant that will be applied to them
    raises SpikeTrainError as `plasticity.trains.merged` does

    In the order of time (in the order of `trains` when equal) an event belongs to the instant of the event before it,
    if that instant began less than its length ago and holds none of its kind yet; else it begins another. With two
    kinds this is the coincidence of `merged`. The first slot of an instant holds all its events, the others are empty.
    """
    later = delays or {}
    named = {SIDES.get(event, event): (given, later.get(event, 0.0)) for event, given in trains.items()}
    rows, instant = arrived(named, shortest)
    times = np.concatenate(rows, axis=1)
    order = np.argsort(times, axis=1, kind="stable")
    times = np.take_along_axis(times, order, axis=1).T
    kinds = np.repeat(np.arange(len(rows)), [row.shape[1] for row in rows])[order].T
    head = _heads(times, kinds, instant)
    is_event = np.isfinite(times)
    fires = {event: _at_heads(is_event & (kinds == kind), head) for kind, event in enumerate(trains)}
    times = np.take_along_axis(times, head, axis=0)
    n_events = is_event.sum(axis=0)
    if not is_event.all():
        last = np.take_along_axis(times, np.maximum(n_events - 1, 0)[None], axis=0)
        times = np.where(is_event, times, np.where(np.isfinite(last), last, 0.0))
    is_single = all(given.is_single for given in trains.values())
    pre, post = fires.pop("pre"), fires.pop("post")
    return Merged(times, pre, post, n_events, is_single, instant, fires)


def _heads(times: Floats, kinds: NDArray[np.intp], instant: float) -> NDArray[np.intp]:
    """Of every event the slot at which its instant begins."""
    head = np.arange(len(times))[:, None] + np.zeros(times.shape, dtype=np.intp)
    held = 1 << kinds  # the kinds that an instant holds so far, a bit each
    with np.errstate(invalid="ignore"):  # infinity minus infinity behind the last event
        is_near = np.diff(times, axis=0) < instant
    column = np.arange(times.shape[1])
    for slot in np.flatnonzero(is_near.any(axis=1)) + 1:
        first = head[slot - 1]
        with np.errstate(invalid="ignore"):
            joins = is_near[slot - 1] & (times[slot] - times[first, column] < instant)
        joins &= held[slot - 1] & held[slot] == 0
        head[slot] = np.where(joins, first, slot)
        held[slot] |= np.where(joins, held[slot - 1], 0)
    return head


def _at_heads(is_kind: NDArray[np.bool_], head: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Where an instant that holds an event of the kind begins."""
    found = np.zeros_like(is_kind)
    slot, column = np.nonzero(is_kind)
    found[head[slot, column], column] = True
    return found
