"""The conventions of the record read aloud, one spike at a time: sums over past spikes, no recursion, no arrays.

A third route to the weights of `events` and `spiking`, which share the code that merges trains.
"""

import math
from dataclasses import dataclass

from plasticity.errors import RuleError
from plasticity.expressions import evaluator, parse
from plasticity.rules import Rule, Trace
from plasticity.rules.record import known_names


@dataclass
class Instant:
    """A time at which one side fires, or both."""

    time: float
    sides: set[str]


def weights_by_definition(rule: Rule, pre, post, w0: float) -> list[float]:
    """The weight after every spike of one synapse, coincident spikes twice."""
    history, weights, w = instants(rule, pre, post), [], w0
    for number, now in enumerate(history):
        for side in order(rule):
            if side in now.sides:
                w = clipped(rule, w + change(rule, side, history[: number + 1], w))
        weights += [w] * len(now.sides)
    return weights


def instants(rule: Rule, pre, post) -> list[Instant]:
    """All spikes as they reach the synapse, in the order of time, pre first when equal. A spike is coincident with the
    one before it when that one is of the other side, less than a nanosecond earlier, and not coincident already."""
    spikes = [(t + rule.axonal_delay, 0, "pre") for t in pre] + [(t + rule.dendritic_delay, 1, "post") for t in post]
    found: list[Instant] = []
    for time, _, side in sorted(spikes):
        if found and time - found[-1].time < 1e-9 and found[-1].sides not in ({side}, {"pre", "post"}):
            found[-1].sides.add(side)
        else:
            found.append(Instant(time, {side}))
    return found


def order(rule: Rule) -> tuple[str, str]:
    """Convention 2: facilitation first; a counted pair acts as if pre came an instant before post."""
    is_pre_first = rule.first == "pre" or rule.coincidence == "counted"
    return ("pre", "post") if is_pre_first else ("post", "pre")


def change(rule: Rule, side: str, history: list[Instant], w: float) -> float:
    """dw at the last instant of `history`, from traces as `side` may read them."""
    values = {**rule.values, "w": w}
    for trace in rule.traces:
        sees_now = rule.coincidence == "counted" and side == "post" and trace.train == "pre"
        values[trace.name] = trace_value(rule, trace, history[-1].time, history if sees_now else history[:-1])
    text = rule.dw_pre if side == "pre" else rule.dw_post
    return float(evaluator(parse(text, known=known_names(rule), where=side, error=RuleError))(values))


def trace_value(rule: Rule, trace: Trace, now: float, history: list[Instant]) -> float:
    """A sum over all past spikes of its train, or the last one alone."""
    tau = rule.values[trace.time_constant]
    terms = [math.exp(-(now - past.time) / tau) for past in history if trace.train in past.sides]
    return math.fsum(terms if trace.interaction == "all-to-all" else terms[-1:])


def clipped(rule: Rule, w: float) -> float:
    """Convention 3."""
    return min(max(w, rule.bounds.lower), rule.bounds.upper)
