"""The forms in which a rule is compared: as published, and so strong that its weights travel and meet their bounds."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from plasticity import events
from plasticity.arrays import Floats
from plasticity.parameters import Parameter
from plasticity.rules import Rule, Variable, noiseless, scaled
from plasticity.rules.conventions import SPIKES
from plasticity.rules.system import system
from plasticity.verification.trains import STEP, Pair

DELAY = "delay_of_post"
_STRIDE = 0.4  # of the range: the largest change of the strong form, about; our choice
_RELEASE = 0.01  # of what is transmitted: what a weight adds up that never changes by itself; our choice


@dataclass(frozen=True)
class Comparable:
    """A rule as engines can be compared on it. note : what had to be altered for that; empty when nothing had to."""

    rule: Rule
    note: str = ""


@dataclass(frozen=True, eq=False)
class Path:
    """The weight after every event of one synapse; times in seconds."""

    times: Floats
    weights: Floats


def comparable(rule: Rule) -> Comparable:
    """The rule without its noise, which two engines do not draw alike; and, where the weight never changes, with one
    that adds up what is transmitted."""
    notes = []
    if {"noise", "random jumps"} & system(rule).needs:
        rule = noiseless(rule)
        notes.append("without its noise")
    if not rule.weight.jumps and rule.weight.flow == "0" and rule.transmits != "w":
        summing = Variable("w", {"pre": f"{_RELEASE}*({rule.transmits})"}, start=rule.weight.start)
        rule = replace(rule, weight=summing)
        notes.append("of what is transmitted, which w adds up")
    return Comparable(rule, "; ".join(notes))


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


def others_of(rule: Rule, pair: Pair) -> dict[str, Floats]:
    """{event: seconds} of events other than spikes: some alone, some in the instant of a spike of either side."""
    found: dict[str, Floats] = {}
    for place, event in enumerate(event for event in rule.events if event not in SPIKES):
        alone = pair.pre[place::5] + 10 * (place + 1)
        together = np.concatenate([pair.pre[place::6], pair.post[place::6]])
        found[event] = np.union1d(alone, together) * STEP
    return found


def strong(rule: Rule, pairs: Sequence[Pair], signals: Mapping[str, Any] | None = None) -> Rule:
    """The rule with its changes multiplied, so that the largest takes it a good part of the way between its bounds."""
    if not rule.weight.jumps and rule.weight.flow == "0":
        return rule
    lower, upper = ends(rule)
    largest = 0.0
    for pair in pairs:
        path = events.trajectory(
            rule, *pair.times, start_of(rule, pair), events=others_of(rule, pair) or None, signals=signals
        )
        largest = max(largest, float(np.abs(np.diff(path.weights)).max(initial=0.0)))
    factor = _STRIDE * (upper - lower) / largest if largest else 1.0
    return replace(scaled(rule, factor), name=rule.name) if factor > 1 else rule


def paths(rule: Rule, pairs: Sequence[Pair], engine: Callable[..., Any], **options: Any) -> list[Path]:
    """The course of every pair, of all together in one run of an engine's `trajectory`."""
    pre, post = ([pair.times[side] for pair in pairs] for side in (0, 1))
    alone = [others_of(rule, pair) for pair in pairs]
    others = {event: [times[event] for times in alone] for event in alone[0]} or None
    found = engine(rule, pre, post, [start_of(rule, pair) for pair in pairs], events=others, **options)
    return [
        Path(times[np.isfinite(times)], weights[np.isfinite(times)])
        for times, weights in zip(found.times, found.weights, strict=True)
    ]
