"""Rules on spikes against NEST's synapses: the weight that each presynaptic spike transmits."""

import math
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

import numpy as np

from plasticity import events
from plasticity.arrays import Floats
from plasticity.errors import UnsupportedRule
from plasticity.nest import Synapse, asked, synapse_of
from plasticity.rules import Rule, with_bounds, with_conventions
from plasticity.rules.system import system
from plasticity.verification.findings import Course, Finding, judged
from plasticity.verification.trains import STEP, Pair, random_pairs
from plasticity.verification.variants import Comparable, comparable, delayed, ends, others_of, start_of, strong

TOLERANCE = 1e-12
REASON = "the same sums of exponentials in another order, of times up to seconds kept in milliseconds by NEST"

_LATE = f"in NEST a reward comes a step of {STEP * 1e3:g} ms later, its shortest delay"


def against_nest(rule: Rule, seeds: int) -> Finding:
    """The rule under NEST's conventions, as published and strong, with dendritic delays."""
    given = comparable(rule) if system(rule).jumps["w"] else Comparable(rule)
    try:
        synapse = synapse_of(with_conventions(given.rule, "nest"))
    except UnsupportedRule as error:
        return Finding(rule.name, "nest", "cannot be expressed", note=str(error).removeprefix(f"{given.rule}: "))
    settings = synapse.settings
    pairs = random_pairs(seeds)
    forms = forms_of(with_conventions(given.rule, "nest", **settings), pairs)
    finding = Finding(
        rule.name,
        "nest",
        partner=synapse.model,
        conventions="nest" + "".join(f", {name}={word}" for name, word in settings.items()),
        tolerance=TOLERANCE,
        reason=REASON,
        note="; ".join(filter(None, [given.note, _LATE if synapse.event else ""])),
    )
    theirs = asked([job(form, pairs) for form in forms])
    courses = [
        _course(form, pair, np.array(weights))
        for form, found in zip(forms, theirs, strict=True)
        for pair, weights in zip(pairs, found, strict=True)
    ]
    return judged(finding, courses, (rule.bounds.lower, rule.bounds.upper))


def forms_of(rule: Rule, pairs: Sequence[Pair]) -> list[Rule]:
    """The rule as published, and strong; without an upper bound also with one, if NEST has it so."""
    found = [rule, strong(rule, pairs[:6])]
    if math.isinf(rule.bounds.upper):
        bounded = with_bounds(found[-1], replace(rule.bounds, upper=ends(rule)[1]))
        with suppress(UnsupportedRule):
            synapse_of(bounded)
            found.append(bounded)
    return found


def job(rule: Rule, pairs: Sequence[Pair]) -> dict[str, object]:
    """What NEST is asked."""
    synapse: Synapse = synapse_of(rule)
    told = [
        {"pre": pair.pre.tolist(), "post": pair.post.tolist(), "delay": pair.delay, "weight": start_of(rule, pair)}
        | {"third": np.round(others_of(rule, pair).get(synapse.event, np.empty(0)) / STEP).astype(int).tolist()}
        for pair in pairs
    ]
    here = {"model": synapse.model, "common": dict(synapse.common), "synapse": dict(synapse.parameters)}
    return {"kind": "synapse", "third": synapse.event, **here, "post": dict(synapse.post), "pairs": told}


def _course(rule: Rule, pair: Pair, theirs: Floats) -> Course:
    """What each presynaptic spike transmits, by the exact engine and by NEST."""
    pre, post = pair.times
    rule, w0 = delayed(rule, pair.delay), start_of(rule, pair)
    late = {event: times + STEP for event, times in others_of(rule, pair).items()} or None  # NEST's shortest delay
    whole = events.trajectory(rule, pre, post, w0, events=late)
    ours = events.transmitted(rule, pre, post, w0, events=late)
    return Course(pair.kind, pre, ours, theirs, whole.weights)
