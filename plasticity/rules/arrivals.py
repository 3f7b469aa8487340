"""The spikes of a synapse as a rule sees them: delayed, in one order, and looked at for a unit that was forgotten."""

import warnings
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import SpikeTrainError, UnitWarning, outside, unknown
from plasticity.inputs import instance
from plasticity.rules.conventions import SPIKES
from plasticity.rules.record import Rule
from plasticity.rules.system import system
from plasticity.trains import Merged, Taken, Trains, doubt, merged, taken
from plasticity.trains.merging import SIDES, fitting
from plasticity.trains.spacing import far_apart


class Apart(NamedTuple):
    """Both trains of a synapse by themselves, in the order in which each came.

    pre, post : the trains of each side, one a synapse or one for all
    delays    : seconds by which the events of each reach the synapse later, (2,)
    first     : seconds, when the first event of a synapse reaches it, infinity for none, (n_synapses,)
    is_single : whether the trains came as one of each
    instant   : seconds; spikes of both sides closer than this are coincident
    """

    pre: Taken
    post: Taken
    delays: Floats
    first: Floats
    is_single: bool
    instant: float


def apart(rule: Rule, pre: Trains, post: Trains) -> Apart:
    """Both trains checked as `arrivals` checks them, but not merged, and not copied for every synapse.

    raises as `arrivals`
    """
    sides = {event: taken(train, f"the {SIDES[event]} train") for event, train in zip(SPIKES, (pre, post), strict=True)}
    shortest = min(system(rule).time_constants, default=float("inf"))
    delays = np.array([rule.delay(event) for event in SPIKES])
    named = {SIDES[event]: (given, delay) for (event, given), delay in zip(sides.items(), delays.tolist(), strict=True)}
    instant, n_synapses = fitting(named, shortest)
    starts = [given.first + delay for given, delay in named.values()]
    first = np.broadcast_to(np.minimum(*starts), (n_synapses,))
    require_after_imagined(rule, first, instant)
    is_single = all(given.is_single for given in sides.values())
    return Apart(sides["pre"], sides["post"], delays, first, is_single, instant)


def arrivals(
    rule: Rule,
    pre: Trains,
    post: Trains,
    *,
    delays: Mapping[str, float] | None = None,
    others: Mapping[str, Trains] | None = None,
) -> Merged:
    """Both trains in one order, and events other than spikes, with the delays of the rule.

    delays : {event: seconds} in place of the rule's own
    others : {event: its trains}, of events other than spikes; those that are absent do not come
    raises SpikeTrainError for impossible trains, for single precision too coarse for the rule's time constants, and for
    what comes before the spike that the rule imagines; UnknownName for an event that the rule does not hear
    """
    found = _in_order(rule, pre, post, delays, others)
    require_after_imagined(rule, found.first, found.instant)
    return found


def require_after_imagined(rule: Rule, first: Floats, instant: float) -> None:
    """Raise SpikeTrainError for an event that comes before the spike that the rule imagines, or with it."""
    begins = system(rule).begins
    if begins is not None and (earliest := first.min(initial=np.inf)) < begins + instant:
        raise SpikeTrainError(
            f"an event reaches the synapse at {earliest:.12g} s, and a spike is imagined at {begins:g} s by the "
            "conventions of the rule: give later ones, or imagined='none'"
        )


def _in_order(
    rule: Rule,
    pre: Trains,
    post: Trains,
    delays: Mapping[str, float] | None,
    others: Mapping[str, Trains] | None,
) -> Merged:
    shortest = min(system(rule).time_constants, default=float("inf"))
    later = delays or {event: rule.delay(event) for event in (*SPIKES, *rule.events)}
    heard = _others(rule, others)
    if not heard:
        return merged(pre, post, axonal_delay=later["pre"], dendritic_delay=later["post"], shortest=shortest)
    from plasticity.trains.ordering import instants  # loaded by what needs it: two trains are merged without

    spikes = {
        event: taken(train, f"the {SIDES[event]} train") for event, train in zip(SPIKES, (pre, post), strict=True)
    }
    return instants({**spikes, **heard}, delays=later, shortest=shortest)


def _others(rule: Rule, others: Mapping[str, Trains] | None) -> dict[str, Taken]:
    """The trains of events other than spikes, checked."""
    if others is None:
        return {}
    instance(others, Mapping, "the events")
    known = [event for event in rule.events if event not in SPIKES]
    for event in others:
        if event not in known:
            raise unknown(f"event of {rule}, beside its spikes,", event, known)
    return {event: taken(train, f"the train of {event}") for event, train in others.items()}


def unit_doubt(rule: Rule, spikes: Merged) -> str:
    """What to ask when no two spikes are near each other on the rule's scale; empty when there is nothing to ask."""
    return doubt(spikes, max(times)) if (times := system(rule).time_constants) else ""


def warn_of_units(rule: Rule, spikes: Merged) -> None:
    """Warn (UnitWarning), in the name of the public function's caller, when the times look like milliseconds."""
    _warn(unit_doubt(rule, spikes))


def warn_if_far_apart(rule: Rule, nearest: float) -> None:
    """The same from the shortest time (s) between two events of a synapse, infinite where there are no two."""
    _warn(far_apart(nearest, max(times)) if (times := system(rule).time_constants) else "")


def _warn(text: str) -> None:
    if text:
        warnings.warn(text, UnitWarning, stacklevel=outside())
