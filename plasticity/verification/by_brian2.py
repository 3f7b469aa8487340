"""The exact engine against the same rule in Brian2."""

from collections.abc import Sequence
from functools import partial

from plasticity import events, spiking
from plasticity.arrays import Floats
from plasticity.rules import Rule
from plasticity.rules.reading import is_readable, readable
from plasticity.verification.converging import converged, is_stepped, signals_of
from plasticity.verification.findings import Course, Finding, judged, not_expressed
from plasticity.verification.trains import Pair, random_pairs
from plasticity.verification.variants import comparable, delayed, paths, strong

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


def _courses(rule: Rule, pairs: Sequence[Pair]) -> list[Course]:
    ours, theirs = paths(rule, pairs, events.trajectory), paths(rule, pairs, spiking.trajectory, target="numpy")
    return [
        Course(pair.kind, path.times, path.weights, other.weights, path.weights)
        for pair, path, other in zip(pairs, ours, theirs, strict=True)
    ]


def _in_steps(rule: Rule, pairs: Sequence[Pair], step: float) -> list[Floats]:
    """The weights after every event, by Brian2 in steps."""
    found = paths(rule, pairs, spiking.trajectory, signals=signals_of(rule) or None, dt=step, target="numpy")
    return [path.weights for path in found]
