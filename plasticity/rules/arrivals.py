"""The spikes of a synapse as a rule sees them: delayed, in one order, and looked at for a unit that was forgotten."""

import warnings
from collections.abc import Mapping

from plasticity.errors import UnitWarning, outside
from plasticity.rules.conventions import SPIKES
from plasticity.rules.record import Rule
from plasticity.rules.system import system
from plasticity.trains import Merged, Trains, doubt, merged


def arrivals(rule: Rule, pre: Trains, post: Trains, *, delays: Mapping[str, float] | None = None) -> Merged:
    """Both trains in one order, with the delays of the rule.

    delays : {event: seconds} in place of the rule's own
    raises SpikeTrainError for impossible trains, and for single precision too coarse for the rule's time constants
    """
    shortest = min(system(rule).time_constants, default=float("inf"))
    later = delays or {event: rule.delay(event) for event in SPIKES}
    return merged(pre, post, axonal_delay=later["pre"], dendritic_delay=later["post"], shortest=shortest)


def unit_doubt(rule: Rule, spikes: Merged) -> str:
    """What to ask when no two spikes are near each other on the rule's scale; empty when there is nothing to ask."""
    return doubt(spikes, max(times)) if (times := system(rule).time_constants) else ""


def warn_of_units(rule: Rule, spikes: Merged) -> None:
    """Warn (UnitWarning), in the name of the public function's caller, when the times look like milliseconds."""
    text = unit_doubt(rule, spikes)
    if text:
        warnings.warn(text, UnitWarning, stacklevel=outside())
