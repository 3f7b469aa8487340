"""What `verify` compares, how, and that it fails when an engine is broken."""

from dataclasses import replace

import numpy as np
import pytest

from plasticity import events
from plasticity.errors import ArgumentError
from plasticity.rules import RULES, is_readable
from plasticity.verification import AGAINST, verified
from plasticity.verification.findings import Course, Finding, judged
from plasticity.verification.rates_by_definition import is_on_rates
from plasticity.verification.trains import BEGIN, KINDS, LONGEST_DELAY, random_pairs
from plasticity.verification.variants import delayed, start_of, strong

PAIR = RULES["pair_stdp"]


@pytest.mark.parametrize("rule", RULES.values(), ids=str)
def test_the_exact_engine_agrees_with_its_definition_on_every_rule_that_it_reads(rule):
    finding = verified(rule, "events", seeds=1)

    if is_readable(rule, "events") or is_on_rates(rule):
        assert finding.status == "agrees" and finding.difference <= finding.tolerance and finding.reason
    else:
        assert finding.status == "cannot be expressed" or "without its noise" in finding.note


@pytest.mark.parametrize("name", ["pair_stdp", "tsodyks_markram", "reduced_symmetric_stdp"])
def test_the_exact_engine_agrees_with_brian2(name):
    finding = verified(RULES[name], "brian2", seeds=1)
    assert finding.status == "agrees" and finding.n > 1000 and finding.difference <= 1e-12


@pytest.mark.parametrize("against", AGAINST[:2])
def test_an_engine_that_is_broken_differs_and_the_place_is_told(against, monkeypatch):
    whole = events.trajectory

    def broken(*arguments, **options):
        path = whole(*arguments, **options)
        return replace(path, weights=path.weights + 1e-11 * (path.times > 0.3))

    monkeypatch.setattr(events, "trajectory", broken)
    finding = verified(PAIR, against, seeds=1)

    assert finding.status == "differs" and finding.difference == pytest.approx(1e-11, rel=0.01)
    assert finding.place.time > 0.3 and finding.place.ours - finding.place.theirs == pytest.approx(1e-11, rel=0.01)


def test_a_number_that_is_none_differs():
    finding = Finding("rule", "events", tolerance=1.0)
    course = Course("one", np.ones(2), np.array([0.5, 0.5]), np.array([0.5, np.nan]), np.array([0.5, 0.5]))
    found = judged(finding, [course], (0.0, 1.0))
    assert found.status == "differs" and found.place.spike == 2


def test_the_trains_hold_coincidences_bursts_and_delays_and_no_event_comes_too_soon():
    pairs = random_pairs(2)
    n_coincident = [np.isin(pair.post + pair.delay, pair.pre).sum() for pair in pairs]
    shortest = [np.diff(pair.pre).min() for pair in pairs]

    assert [pair.kind for pair in pairs] == [*KINDS] * 4 and len({pair.delay for pair in pairs}) > 10
    assert all(n > 10 for n, pair in zip(n_coincident, pairs, strict=True) if pair.kind == "coincident only")
    assert min(n for n, pair in zip(shortest, pairs, strict=True) if pair.kind == "bursts") < 50
    assert all(min(*pair.pre, *pair.post) > BEGIN and pair.pre[-1] > max(pair.post) for pair in pairs)
    assert max(pair.delay for pair in pairs) <= LONGEST_DELAY


def test_weights_run_into_both_bounds_on_the_way():
    pairs = random_pairs(1)
    form = strong(PAIR, pairs)
    paths = [events.trajectory(delayed(form, p.delay), *p.times, start_of(form, p)).weights for p in pairs]

    n_at = [sum(int(np.sum((path[1:] == bound) & (path[:-1] != bound))) for path in paths) for bound in (0.0, 1.0)]
    assert min(n_at) >= 5


def test_the_same_seeds_give_the_same_trains_and_more_seeds_more():
    few, many = random_pairs(1), random_pairs(2)
    assert all(np.array_equal(a.pre, b.pre) and a.start == b.start for a, b in zip(few, many, strict=False))
    assert len(many) == 2 * len(few)


@pytest.mark.parametrize(
    ("rule", "against", "seeds"), [("pair_stdp", "events", 1), (PAIR, "neuron", 1), (PAIR, "events", 0)]
)
def test_what_cannot_be_compared_is_refused_in_one_line(rule, against, seeds):
    with pytest.raises(ArgumentError, match="allowed"):
        verified(rule, against, seeds=seeds)
