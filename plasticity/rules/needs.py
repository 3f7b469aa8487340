"""What an engine must be able to do to read a rule."""

from typing import TYPE_CHECKING, Any

import numpy as np

from plasticity.rules.conventions import SPIKES, WEIGHT
from plasticity.rules.polynomials import NoPolynomial, polynomial

if TYPE_CHECKING:
    from plasticity.rules.system import System

# What a rule can need, in the words of an error.
NEEDS = {
    "spikes": "spikes",
    "third events": "events other than spikes",
    "general state": "state other than plain traces",
    "flow without closed form": "a flow without closed form",
    "moving weight": "a weight that moves between events",
    "no polynomial": "changes that are no polynomials with a mean in closed form",
    "noise": "noise",
    "random jumps": "random jumps",
    "voltage": "the voltage of a neuron",
    "rate": "firing rates",
    "level": "a level from outside",
}


def needs_of(system: "System") -> frozenset[str]:
    """Those of a rule."""
    rule = system.rule
    found: set[str] = {"level" if signal.of == "world" else signal.kind for signal in rule.signals}
    events = {jump.event for jumps in system.jumps.values() for jump in jumps} | set(system.scatters)
    found |= {"spikes"} if events & set(SPIKES) else set()
    found |= {"third events"} if events - set(SPIKES) else set()
    found |= {"noise"} if system.noises else set()
    found |= {"random jumps"} if system.scatters else set()
    found |= {"moving weight"} if WEIGHT in system.flows and "rate" not in found else set()
    found |= {"general state"} if len(system.traces) < len(rule.state) else set()
    is_open = "moving weight" in found and not system.integral
    found |= {"flow without closed form"} if is_open or set(system.flows) - {*system.relaxing, WEIGHT} else set()
    found |= {"no polynomial"} if events and not _has_mean(system) else set()
    return frozenset(found)


def _has_mean(system: "System") -> bool:
    """Whether the mean change of w has a closed form while all events come at random."""
    values: dict[str, Any] = {**system.values, WEIGHT: 0.5 * (1 + system.start_weight)}
    values |= {signal.name: 1.0 for signal in system.rule.signals}
    try:
        with np.errstate(all="ignore"):  # whether it has a value is found where it is asked for
            if _reads_plain_traces(system):  # of those, every polynomial has a mean
                for jump in system.jumps[WEIGHT]:
                    polynomial(jump.tree, values, list(system.traces))
                return True
            from plasticity.rules.moments import Moments

            Moments(system, values, dict.fromkeys(system.rule.events, 1.0)).parts()
    except NoPolynomial:
        return False
    return True


def _reads_plain_traces(system: "System") -> bool:
    known = {*system.traces, *system.values, WEIGHT}
    is_still = WEIGHT not in system.flows and len(system.traces) == len(system.rule.state)
    return is_still and all(jump.reads <= known for jump in system.jumps[WEIGHT])
