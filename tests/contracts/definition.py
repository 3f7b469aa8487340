"""The conventions of the record read aloud, one spike at a time: sums over past spikes, no recursion, no arrays.

A third route to the weights of `events` and `spiking`, which share the code that merges trains and the derived order;
and the parts of a change from which the ledger is made, for rules whose state are plain traces.
"""

import math
from dataclasses import dataclass
from functools import cache

from plasticity.errors import RuleError
from plasticity.expressions import evaluator, parse
from plasticity.rules import Rule, Variable
from plasticity.verification import definition


@dataclass
class Instant:
    """A time at which one side fires, or both."""

    time: float
    sides: set[str]


def weights_by_definition(rule: Rule, pre, post, w0: float) -> list[float]:
    """The weight after every spike of one synapse, coincident spikes twice."""
    return definition.weights_by_definition(rule, {"pre": pre, "post": post}, w0)


def instants(rule: Rule, pre, post) -> list[Instant]:
    """All spikes as they reach the synapse, in the order of time, pre first when equal. A spike is coincident with the
    one before it when that one is of the other side, less than a nanosecond earlier, and not coincident already."""
    spikes = [(t + rule.delay("pre"), 0, "pre") for t in pre] + [(t + rule.delay("post"), 1, "post") for t in post]
    found: list[Instant] = []
    for time, _, side in sorted(spikes):
        if found and time - found[-1].time < 1e-9 and found[-1].sides not in ({side}, {"pre", "post"}):
            found[-1].sides.add(side)
        else:
            found.append(Instant(time, {side}))
    return found


def in_turn(rule: Rule, history: list[Instant], w: float) -> list[str]:
    """The sides of the last instant in the order of their changes: by the convention of coincident pairs; when these
    are ignored, what strengthens first, by the sign of each change with the weight before the instant, before soft
    bounds have weakened it."""
    sides = [side for side in ("pre", "post") if side in history[-1].sides]
    if len(sides) < 2 or rule.conventions.coincidence == "pre first":
        return sides
    if rule.conventions.coincidence == "post first":
        return sides[::-1]
    is_up_first = rule.conventions.order == "potentiation first"
    return sorted(sides, key=lambda side: (hard_change(rule, side, history, w) > 0) != is_up_first)


def change(rule: Rule, side: str, history: list[Instant], w: float) -> float:
    """dw at the last instant of `history`, times the weight dependence of soft bounds."""
    dw = hard_change(rule, side, history, w)
    return dw * room(rule, w, dw)


def hard_change(rule: Rule, side: str, history: list[Instant], w: float) -> float:
    """dw at the last instant of `history`, from traces as `side` may read them."""
    values = {**rule.values, "w": w}
    for trace in rule.state:
        values[trace.name] = trace_value(rule, trace, history[-1].time, seen(rule, side, trace, history))
    return sum(value_of(text, values) for text in rule.weight.changes.get(side, ()))


def seen(rule: Rule, side: str, trace: Variable, history: list[Instant]) -> list[Instant]:
    """The instants that a change of `side` may see of a trace: those before, and this one when the other is first."""
    (event,) = trace.jumps
    sees_now = rule.conventions.coincidence == f"{event} first" and event != side
    return history if sees_now else history[:-1]


def trace_value(rule: Rule, trace: Variable, now: float, history: list[Instant]) -> float:
    """A sum over all past spikes of its train, or the last one alone."""
    ((event, (jump,)),) = trace.changes.items()
    size = value_of(jump.removeprefix("="), rule.values)
    time_constant = tau(rule, trace)
    terms = [size * math.exp(-(now - past.time) / time_constant) for past in history if event in past.sides]
    return math.fsum(terms[-1:] if jump.startswith("=") else terms)


def tau(rule: Rule, trace: Variable) -> float:
    """The time constant of a flow in proportion to its trace."""
    return -1.0 / value_of(trace.flow, {**rule.values, trace.name: 1.0})


def value_of(text: str, values) -> float:
    """An expression, evaluated."""
    return float(read(text.strip(), tuple(values))(values))


@cache
def read(text: str, known: tuple[str, ...]):
    """The function of {name: value} that a text stands for."""
    return evaluator(parse(text, known=known, where=text, error=RuleError))


def room(rule: Rule, w: float, dw: float) -> float:
    """What soft bounds leave of a change: a power of the way to the bound that it leads to."""
    power = rule.bounds.soft_upper if dw > 0 else rule.bounds.soft_lower
    if not power:
        return 1.0
    way = (w - rule.bounds.lower) / (rule.bounds.upper - rule.bounds.lower)
    return float((1 - way if dw > 0 else way) ** rule.values[power])


def clipped(rule: Rule, w: float, dw: float) -> float:
    """At both bounds; or only at the one that the change leads to."""
    is_both = rule.conventions.clipping == "both sides"
    if is_both or dw < 0:
        w = max(w, rule.bounds.lower)
    return min(w, rule.bounds.upper) if is_both or dw > 0 else w
