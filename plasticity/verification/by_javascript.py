"""The exact engine against the same rules as JavaScript, in a browser without a window: one page for all of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any

import numpy as np

from plasticity import events
from plasticity.browser import require_browser
from plasticity.errors import SimulationError
from plasticity.javascript.running import answered, given
from plasticity.parameters import with_parameters
from plasticity.rules import Rule, is_readable, readable, scaled, unbounded
from plasticity.rules.conventions import SPIKES
from plasticity.verification.findings import Course, Finding, judged, not_expressed
from plasticity.verification.trains import Pair, random_pairs
from plasticity.verification.variants import Path, comparable, delayed, others_of, paths, start_of, strong

TOLERANCE = 1e-12
REASON = "the same closed forms in another order, with the browser's own exp, an ulp from ours: rounding alone"
_DELAY = 13  # steps
_SCALE = "scale"  # the parameter that `scaled` gives

# The weights after every event of every pair of trains; a coincident pair is two events
_WEIGHTS = """
const pairs = {pairs};
return {jobs}.map(([name, parameters, bounds, starts, others]) => {
  const ready = plasticity.rules[name].ready(parameters, bounds);
  return pairs.map((trains, k) => {
    const { events, weights } = ready.run({ ...trains, ...others[k] }, starts[k]), found = [];
    weights.forEach((w, i) => { for (let left = events[i]; left; left &= left - 1) found.push(w); });
    return found;
  });
});"""


@dataclass(frozen=True, eq=False)
class _Form:
    """A rule as the exact engine evaluates it, and what it gives; as it is printed; and what the page is told of it."""

    rule: Rule
    ours: Sequence[Path]
    printed: Rule
    told: Mapping[str, float]


def against_javascript(rules: Sequence[Rule], seeds: int) -> dict[str, Finding]:
    """{rule: how far both are apart}: as published; strong, by a parameter that the page is told; and unbounded, by
    bounds that it is told; with a delay."""
    require_browser()
    pairs = random_pairs(seeds)
    compared = {rule.name: comparable(rule) for rule in rules}
    forms = {
        name: list(_forms(name, one.rule, pairs))
        for name, one in compared.items()
        if is_readable(one.rule, "javascript")
    }
    theirs = iter(_asked([form for some in forms.values() for form in some], pairs))
    found: dict[str, Finding] = {}
    for rule in rules:
        alone, note = compared[rule.name].rule, compared[rule.name].note
        if rule.name not in forms:
            found[rule.name] = not_expressed(rule, "javascript", partial(readable, alone, "javascript"))
            continue
        judgements = [_judged(form, pairs, next(theirs)) for form in forms[rule.name]]
        found[rule.name] = replace(_together(judgements), name=rule.name, note=note)
    return found


def together(rules: Sequence[Rule]) -> dict[str, Callable[[int], Finding]]:
    """{rule: what compares it}; the first that is asked compares all, in one page."""
    found = lru_cache(partial(against_javascript, rules))
    return {rule.name: partial(lambda name, seeds: found(seeds)[name], rule.name) for rule in rules}


def _forms(name: str, rule: Rule, pairs: Sequence[Pair]) -> Iterator[_Form]:
    published = delayed(rule, _DELAY)
    yield _Form(published, _paths(published, pairs), replace(published, name=f"{name} 1"), {})
    form, told = published, dict[str, float]()
    if rule.weight.jumps or rule.weight.flow != "0":
        form = delayed(strong(rule, pairs[:6]), _DELAY)
        form = form if _SCALE in form.values else scaled(form, 1.0)
        told = {_SCALE: form.values[_SCALE]}
    printed = replace(with_parameters(form, **dict.fromkeys(told, 1.0)), name=f"{name} 2")
    yield _Form(form, _paths(form, pairs), printed, told)
    free = unbounded(form)
    if is_readable(free, "javascript"):
        with suppress(SimulationError):  # of a weight below zero there may be no power
            yield _Form(free, _paths(free, pairs), printed, told)


def _paths(rule: Rule, pairs: Sequence[Pair]) -> list[Path]:
    return paths(rule, pairs, events.trajectory)


def _asked(forms: Sequence[_Form], pairs: Sequence[Pair]) -> list[Any]:
    """The weights of every form, a list a pair."""
    jobs = [
        [
            form.printed.name,
            form.told,
            [form.rule.bounds.lower, form.rule.bounds.upper],
            [start_of(form.rule, pair) for pair in pairs],
            [{event: times.tolist() for event, times in others_of(form.rule, pair).items()} for pair in pairs],
        ]
        for form in forms
    ]
    trains = [dict(zip(SPIKES, (times.tolist() for times in pair.times), strict=True)) for pair in pairs]
    body = _WEIGHTS.replace("{pairs}", given(trains)).replace("{jobs}", given(jobs))
    return answered(list({form.printed.name: form.printed for form in forms}.values()), body)


def _judged(form: _Form, pairs: Sequence[Pair], theirs: Sequence[Any]) -> Finding:
    """Of one form; without bounds over its largest weight."""
    finding = Finding(
        form.rule.name,
        "javascript",
        partner="JavaScript",
        conventions="of the rule",
        tolerance=TOLERANCE,
        reason=REASON,
    )
    courses = [
        Course(pair.kind, path.times, path.weights, np.array(weights, dtype=float), path.weights)
        for pair, path, weights in zip(pairs, form.ours, theirs, strict=True)
    ]
    return judged(finding, courses, (form.rule.bounds.lower, form.rule.bounds.upper))


def _together(findings: Sequence[Finding]) -> Finding:
    """The one that differs most, with the counts of all."""
    counts = {name: sum(getattr(finding, name) for finding in findings) for name in ("n", "at_lower", "at_upper")}
    return replace(max(findings, key=lambda finding: finding.difference or 0.0), **counts)
