"""The ledger read aloud: every jump as a sum over all choices of partners, one by one; no array, no closed form."""

import itertools
import math
from collections import defaultdict

from definition import clipped, instants, order, trace_value

from plasticity.errors import RuleError
from plasticity.expressions import parse
from plasticity.rules.polynomials import polynomial
from plasticity.rules.record import known_names


def ledger_by_definition(rule, pre, post, w0):
    """[(pre, post, dw, clipped)] of all pairs and of what needs no partner, in the order of time; zero shares left out.

    A term with several traces of the other train is a sum over choices of one spike for each; every choice is
    shared out evenly over its spikes.
    """
    history, found, w = instants(rule, pre, post), [], w0
    times = {"pre": iter(pre), "post": iter(post)}
    given = [{side: next(times[side]) for side in ("pre", "post") if side in now.sides} for now in history]
    for number, now in enumerate(history):
        for side in order(rule):
            if side in now.sides:
                shares = shares_of_jump(rule, side, history, number, w)
                whole = math.fsum(shares.values())
                after = clipped(rule, w + whole)
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


def shares_of_jump(rule, side, history, number, w):
    """{place of the partner in history, or None: its share}, before the bounds."""
    text = rule.dw_pre if side == "pre" else rule.dw_post
    tree = parse(text, known=known_names(rule), where=side, error=RuleError)
    traces, found = {trace.name: trace for trace in rule.traces}, defaultdict(list)
    for powers, coefficient in polynomial(tree, {**rule.values, "w": w}, traces, AssertionError).items():
        own = [traces[name] for name in powers if traces[name].train == side]
        others = [traces[name] for name in powers if traces[name].train != side]
        seen = {trace.name: seen_by(rule, side, trace, history, number) for trace in {*own, *others}}
        now = history[number].time
        factor = math.prod(
            (trace_value(rule, trace, now, [history[k] for k in seen[trace.name]]) for trace in own),
            start=float(coefficient),
        )
        if not others:
            found[None].append(factor)
            continue
        for choice in itertools.product(*(partners(trace, seen[trace.name]) for trace in others)):
            ages = [(now - history[k].time) / rule.values[t.time_constant] for k, t in zip(choice, others, strict=True)]
            for partner in choice:
                found[partner].append(factor * math.exp(-math.fsum(ages)) / len(choice))
    return {partner: math.fsum(shares) for partner, shares in found.items()}


def seen_by(rule, side, trace, history, number):
    """The places of the spikes that drive the trace, as the jump sees it."""
    sees_now = rule.coincidence == "counted" and side == "post" and trace.train == "pre"
    return [k for k in range(number + sees_now) if trace.train in history[k].sides]


def partners(trace, seen):
    """Those of the spikes that still act: all, or the last."""
    return seen if trace.interaction == "all-to-all" else seen[-1:]
