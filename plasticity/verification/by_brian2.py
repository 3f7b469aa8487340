"""The exact engine against the same rule in Brian2."""

from functools import partial

import numpy as np

from plasticity import events, spiking
from plasticity.rules import Rule
from plasticity.rules.reading import is_readable, readable
from plasticity.verification.converging import converged, is_stepped, signals_of
from plasticity.verification.findings import Course, Finding, judged, not_expressed
from plasticity.verification.trains import Pair, random_pairs
from plasticity.verification.variants import comparable, delayed, others_of, start_of, strong

TOLERANCE = 1e-12
REASON = "the same closed forms in another order of operations: rounding alone"
_DELAY = 13  # steps, of all synapses, for a run has one


def against_brian2(rule: Rule, seeds: int) -> Finding:
    """The rule as published and strong, with a delay, all synapses in one run each; flows as the step shrinks."""
    given = comparable(rule)
    for engine in ("events", "spiking"):
        if not is_readable(given.rule, engine):
            return not_expressed(rule, "brian2", partial(readable, given.rule, engine))
    if is_stepped(given.rule):
        return converged(rule, given, "brian2", seeds, _in_steps)
    pairs = random_pairs(seeds)
    forms = [delayed(given.rule, _DELAY), delayed(strong(given.rule, pairs[:6]), _DELAY)]
    courses = [course for form in forms for course in _courses(form, pairs)]
    finding = Finding(
        rule.name,
        "brian2",
        partner="Brian2",
        conventions="of the rule",
        tolerance=TOLERANCE,
        reason=REASON,
        note=given.note,
    )
    return judged(finding, courses, (given.rule.bounds.lower, given.rule.bounds.upper))


def _courses(rule: Rule, pairs: list[Pair]) -> list[Course]:
    pre, post = ([pair.times[side] for pair in pairs] for side in (0, 1))
    w0 = [start_of(rule, pair) for pair in pairs]
    alone = [others_of(rule, pair) for pair in pairs]
    others = {event: [times[event] for times in alone] for event in alone[0]} or None
    ours = events.trajectory(rule, pre, post, w0, events=others)
    theirs = spiking.trajectory(rule, pre, post, w0, events=others, target="numpy")
    found = []
    for number, pair in enumerate(pairs):
        is_spike = np.isfinite(ours.times[number])
        times, w, w_of_brian2 = (values[number][is_spike] for values in (ours.times, ours.weights, theirs.weights))
        found.append(Course(pair.kind, times, w, w_of_brian2, w))
    return found


def _in_steps(rule: Rule, pair: Pair, step: float) -> float:
    """The weight after the last event, by Brian2 in steps."""
    pre, post = pair.times
    others, w0 = others_of(rule, pair) or None, start_of(rule, pair)
    signals = signals_of(rule) or None
    return float(spiking.final_weight(rule, pre, post, w0, events=others, signals=signals, dt=step, target="numpy"))
