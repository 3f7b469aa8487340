"""The forms in which a rule is compared: as published, and so strong that its weights travel and meet their bounds."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from plasticity import events
from plasticity.parameters import Parameter
from plasticity.rules import Rule, scaled
from plasticity.verification.trains import STEP, Pair

_STRIDE = 0.15  # of the range: the largest change of the strong form, about; our choice
DELAY = "delay_of_post"


def delayed(rule: Rule, steps: int) -> Rule:
    """The rule with its postsynaptic spikes later by so many steps, besides its own delay of them."""
    late = steps * STEP + rule.delay("post")
    parameter = Parameter(DELAY, late, "ms", "from the spike to the synapse")
    return replace(rule, parameters=(*rule.parameters, parameter), delays={**rule.delays, "post": DELAY})


def start_of(rule: Rule, pair: Pair) -> float:
    """The weight before the first spike."""
    lower, upper = ends(rule)
    return lower + pair.start * (upper - lower)


def ends(rule: Rule) -> tuple[float, float]:
    """Between which weights a course begins: the bounds; twice the usual start where there is none above."""
    lower = rule.bounds.lower if math.isfinite(rule.bounds.lower) else 0.0
    return lower, rule.bounds.upper if math.isfinite(rule.bounds.upper) else lower + 2.0 * (rule.start_weight or 1.0)


def strong(rule: Rule, pairs: Sequence[Pair]) -> Rule:
    """The rule with its changes multiplied, so that the largest takes it a good part of the way between its bounds."""
    if not rule.weight.jumps and rule.weight.flow == "0":
        return rule
    lower, upper = ends(rule)
    paths = [events.trajectory(rule, *pair.times, start_of(rule, pair)).weights for pair in pairs[:6]]
    largest = max((float(np.abs(np.diff(path)).max(initial=0.0)) for path in paths), default=0.0)
    factor = _STRIDE * (upper - lower) / largest if largest else 1.0
    return replace(scaled(rule, factor), name=rule.name) if factor > 1 else rule
