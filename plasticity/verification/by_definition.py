"""The exact engine against its definition, read aloud one event at a time (`plasticity.verification.definition`)."""

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np

from plasticity import events
from plasticity.arrays import Floats
from plasticity.rules import Rule
from plasticity.rules.reading import is_readable, readable
from plasticity.verification.converging import converged, is_stepped, signals_of
from plasticity.verification.definition import weights_by_definition
from plasticity.verification.findings import Course, Finding, judged, not_expressed
from plasticity.verification.trains import Pair, random_pairs
from plasticity.verification.variants import comparable, delayed, others_of, start_of, strong

TOLERANCE = 1e-12
REASON = "the same numbers by sums over past spikes, one event at a time: rounding alone"


def against_definition(rule: Rule, seeds: int) -> Finding:
    """The rule as published and strong, with delays; what flows without a closed form as the step shrinks."""
    given = comparable(rule)
    if not is_readable(given.rule, "events"):
        return not_expressed(rule, "events", partial(readable, given.rule, "events"))
    if is_stepped(given.rule):
        return converged(rule, given, "events", seeds, _in_steps)
    pairs = random_pairs(seeds)
    forms = [given.rule, strong(given.rule, pairs[:6])]
    courses = [_course(delayed(form, pair.delay), pair) for form in forms for pair in pairs]
    finding = Finding(
        rule.name,
        "events",
        partner="the definition",
        conventions="of the rule",
        tolerance=TOLERANCE,
        reason=REASON,
        note=given.note,
    )
    return judged(finding, courses, (given.rule.bounds.lower, given.rule.bounds.upper))


def _course(rule: Rule, pair: Pair) -> Course:
    pre, post = pair.times
    others, w0 = others_of(rule, pair), start_of(rule, pair)
    ours = events.trajectory(rule, pre, post, w0, events=others or None)
    theirs = weights_by_definition(rule, _lists(pair, others), w0)
    return Course(pair.kind, ours.times, ours.weights, np.array(theirs), ours.weights)


def _in_steps(rule: Rule, pairs: Sequence[Pair], step: float) -> list[Floats]:
    """The weights after every event, by the definition in steps."""
    every = [(_lists(pair, others_of(rule, pair)), start_of(rule, pair)) for pair in pairs]
    signals = signals_of(rule)
    return [np.array(weights_by_definition(rule, *given, step=step, signals=signals)) for given in every]


def _lists(pair: Pair, others: Mapping[str, Floats]) -> dict[str, list[float]]:
    every = dict(zip(("pre", "post"), pair.times, strict=True)) | dict(others)
    return {event: times.tolist() for event, times in every.items()}
