"""The exact engine against the same rule as a compiled loop."""

from functools import partial

from plasticity import compiled, events
from plasticity.rules import Rule
from plasticity.rules.reading import is_readable, readable
from plasticity.verification.findings import Course, Finding, judged, not_expressed
from plasticity.verification.trains import random_pairs
from plasticity.verification.variants import comparable, delayed, paths, strong

TOLERANCE = 1e-12
REASON = "the same closed forms in another order of operations: rounding alone"
_DELAY = 13  # steps


def against_compiled(rule: Rule, seeds: int) -> Finding:
    """The rule as published and strong, with a delay, all synapses in one run each."""
    given = comparable(rule)
    if not is_readable(given.rule, "compiled"):
        return not_expressed(rule, "compiled", partial(readable, given.rule, "compiled"))
    pairs, courses = random_pairs(seeds), list[Course]()
    for form in (delayed(given.rule, _DELAY), delayed(strong(given.rule, pairs[:6]), _DELAY)):
        both = zip(pairs, paths(form, pairs, events.trajectory), paths(form, pairs, compiled.trajectory), strict=True)
        courses += [
            Course(pair.kind, ours.times, ours.weights, theirs.weights, ours.weights) for pair, ours, theirs in both
        ]
    finding = Finding(
        rule.name,
        "compiled",
        partner="compiled",
        conventions="of the rule",
        tolerance=TOLERANCE,
        reason=REASON,
        note=given.note,
    )
    return judged(finding, courses, (given.rule.bounds.lower, given.rule.bounds.upper))
