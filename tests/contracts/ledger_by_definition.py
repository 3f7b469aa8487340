"""The ledger read aloud: every jump as a sum over all choices of partners, one by one; no array, no closed form."""

import itertools
import math
from collections import defaultdict

from definition import clipped, in_turn, instants, room, seen, tau, trace_value, value_of

from plasticity.errors import RuleError
from plasticity.expressions import parse
from plasticity.rules.polynomials import polynomial


def ledger_by_definition(rule, pre, post, w0):
    """[(pre, post, dw, clipped)] of all pairs and of what needs no partner, in the order of time; zero shares left out.

    A term with several traces of the other train is a sum over choices of one spike for each; every choice is
    shared out evenly over its spikes.
    """
    history, found, w = instants(rule, pre, post), [], w0
    times = {"pre": iter(pre), "post": iter(post)}
    given = [{side: next(times[side]) for side in ("pre", "post") if side in now.sides} for now in history]
    for number in range(len(history)):
        for side in in_turn(rule, history[: number + 1], w):
            shares = shares_of_jump(rule, side, history[: number + 1], w)
            whole = math.fsum(shares.values())
            after = clipped(rule, w + whole, whole)
            kept = 1.0 if after == w + whole else (after - w) / whole
            found += rows(side, given, number, shares, kept)
            w = after
    return found


def rows(side, given, number, shares, kept):
    """The shares of a jump, what needs no partner first."""
    other = "post" if side == "pre" else "pre"
    for partner in sorted(shares, key=lambda place: -1 if place is None else place):
        if shares[partner]:
            time = None if partner is None else given[partner][other]
            both = {side: given[number][side], other: time}
            yield both["pre"], both["post"], shares[partner] * kept, shares[partner] * (1 - kept)


def shares_of_jump(rule, side, history, w):
    """{place of the partner in history, or None: its share}, before the bounds."""
    (text,) = rule.weight.changes.get(side, ("0",))
    traces, found = {trace.name: trace for trace in rule.state}, defaultdict(list)
    values = {**rule.values, "w": w}
    tree = parse(text, known=[*values, *traces], where=side, error=RuleError)
    for powers, coefficient in polynomial(tree, values, traces).items():
        own = [traces[name] for name in powers if side in traces[name].jumps]
        others = [traces[name] for name in powers if side not in traces[name].jumps]
        now = history[-1].time
        factor = math.prod(
            (trace_value(rule, trace, now, seen(rule, side, trace, history)) for trace in own),
            start=float(coefficient),
        )
        if not others:
            found[None].append(factor)
            continue
        for choice in itertools.product(*(partners(rule, side, trace, history) for trace in others)):
            ages = [(now - history[k].time) / tau(rule, t) for k, t in zip(choice, others, strict=True)]
            sizes = math.prod(size(rule, trace) for trace in others)
            for partner in choice:
                found[partner].append(factor * sizes * math.exp(-math.fsum(ages)) / len(choice))
    shares = {partner: math.fsum(shares) for partner, shares in found.items()}
    dw = math.fsum(shares.values())
    return {partner: share * room(rule, w, dw) for partner, share in shares.items()}


def partners(rule, side, trace, history):
    """The places of the spikes that act on the jump: all that it sees, or the last."""
    (event,) = trace.jumps
    places = [k for k, now in enumerate(seen(rule, side, trace, history)) if event in now.sides]
    return places[-1:] if is_set(trace) else places


def size(rule, trace):
    """What one spike leaves in a trace."""
    ((jump,),) = trace.changes.values()
    return value_of(jump.removeprefix("="), rule.values)


def is_set(trace):
    """Whether a spike sets the trace, so that only the last one counts."""
    ((jump,),) = trace.changes.values()
    return jump.startswith("=")
