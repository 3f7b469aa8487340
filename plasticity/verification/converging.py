"""What one side takes in steps: the difference to the exact engine, and that it shrinks with the step as declared."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from plasticity import events
from plasticity.arrays import Floats
from plasticity.rules import Rule
from plasticity.rules.system import system
from plasticity.verification.findings import Course, Finding, judged
from plasticity.verification.trains import Pair, random_pairs
from plasticity.verification.variants import Comparable, paths, strong

STEPS = (1e-3, 2.5e-4)  # seconds; spikes lie on multiples of the first
N_PAIRS, LENGTH = 3, 4_000  # short, for a step costs
TOLERANCE = 2e-2  # of the range, at the finer step; what is proved is that it shrinks
SMALLEST = 1e-9  # below which a difference need not shrink: the adaptive method of the exact engine, 1e-10 a step
REASON = "an error of first order where a threshold is crossed within a step: at a quarter of the step, at most half"
InSteps = Callable[[Rule, Sequence[Pair], float], list[Floats]]


def is_stepped(rule: Rule) -> bool:
    """Whether something in the rule flows that has no closed form of its own, or is read from outside."""
    found = system(rule)
    return bool(rule.signals) or bool(found.flows.keys() - found.decays.keys())


def signals_of(rule: Rule) -> dict[str, Any]:
    """Functions of seconds for what the rule reads from outside: a voltage with spikes, a level that waves."""
    return {s.name: _voltage if s.kind == "voltage" else _level for s in rule.signals if not s.delay}


def _voltage(t: Any) -> Any:
    return -0.065 + 0.02 * np.sin(40.0 * t) + 0.05 * np.exp(np.sin(90.0 * t) * 8 - 8)


def _level(t: Any) -> Any:
    return 0.5 + 0.5 * np.sin(20.0 * t)


def converged(rule: Rule, given: Comparable, against: str, seeds: int, in_steps: InSteps) -> Finding:
    """The weights after every event at two steps, and the exact engine's."""
    # in whole steps, the longer of the two; delays of the rule too
    pairs = [_on_grid(pair) for pair in random_pairs(seeds, per_seed=N_PAIRS, longest=LENGTH)]
    base = _with_delays_on_grid(given.rule)
    signals = signals_of(base) or None
    form = strong(base, pairs[:3], signals)
    exact = paths(form, pairs, events.trajectory, signals=signals)
    coarse, fine = (in_steps(form, pairs, step) for step in STEPS)
    courses = [
        Course(pair.kind, path.times, path.weights, weights, path.weights)
        for pair, path, weights in zip(pairs, exact, fine, strict=True)
    ]
    errors = [
        float(np.mean([np.abs(weights - path.weights).mean() for weights, path in zip(found, exact, strict=True)]))
        for found in (coarse, fine)
    ]
    partner = {"events": "the definition", "brian2": "Brian2"}[against]
    finding = Finding(
        rule.name,
        against,
        partner=f"{partner}, steps of {STEPS[1] * 1e3:g} ms",
        conventions="of the rule",
        tolerance=TOLERANCE,
        reason=REASON,
        note=given.note,
        more={f"mean difference at {step * 1e3:g} ms": error for step, error in zip(STEPS, errors, strict=True)},
    )
    found = judged(finding, courses, (form.bounds.lower, form.bounds.upper))
    return found if errors[1] <= max(0.5 * errors[0], SMALLEST) else replace(found, status="differs")


def _on_grid(pair: Pair) -> Pair:
    n = round(STEPS[0] / 1e-4)
    pre, post = (np.unique(np.round(train / n).astype(np.int64) * n) for train in (pair.pre, pair.post))
    return replace(pair, pre=pre, post=post, delay=0)


def _with_delays_on_grid(rule: Rule) -> Rule:
    """The rule with each of its delays at the nearest whole step: an engine with a clock refuses others."""
    late = set(rule.delays.values())
    moved = [replace(p, value=round(p.value / STEPS[0]) * STEPS[0]) if p.name in late else p for p in rule.parameters]
    return replace(rule, parameters=tuple(moved))
