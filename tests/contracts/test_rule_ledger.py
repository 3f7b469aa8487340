"""The ledger of every rule: pair by pair by its definition, and in sum the weight of the exact engine."""

import math

import numpy as np
import pytest
from definition import weights_by_definition
from ledger_by_definition import ledger_by_definition
from rule_cases import CASES as EVERY
from spike_trains import any_times, start_weights

from plasticity.errors import UnsupportedRule
from plasticity.events import ledger
from plasticity.rules import UNBOUNDED, Bounds, Parameter, Rule, nearest_trace, trace, weight
from plasticity.rules.system import system

SEED = 21
# What is paired with a spike that is imagined is no pair of spikes: such a rule has no ledger; and that of the
# definition is of changes that are made whole
CASES = [r for r in EVERY if (r.conventions.imagined, r.conventions.terms) == ("none", "together")]
SMALL = 1e-15  # of the largest share: what has no entry of its own
PARAMETERS = (Parameter("A", 0.01), Parameter("B", 0.02), Parameter("fast", 20e-3, "ms"), Parameter("slow", 0.1, "ms"))
TRACES = (
    trace("a", "pre", "fast"),
    trace("b", "pre", "slow"),
    trace("c", "post", "fast"),
    nearest_trace("n", "pre", "slow"),
    nearest_trace("m", "post", "slow"),
)


def mixed(name, dw_pre, dw_post, bounds):
    """A rule whose changes are products and differences of several traces of the other train."""
    return Rule(name, "our choice", PARAMETERS, weight({"pre": dw_pre, "post": dw_post}, bounds=bounds), TRACES)


MIXED = [
    mixed("three-partners", "-A*c*m + 0.001", "A*(a*b*c - B*b**2 + n*a)*(1 - w)", UNBOUNDED),
    mixed("difference", "-B*m*w", "B*(a - b)", UNBOUNDED),
    mixed("difference-of-kinds", "-B*c*w + B*(c - m)", "A*(a + n)*m + A*n*w", Bounds(0.0, 1.0)),
    mixed("alone", "A*n*c*m", "B*(a + b)/2*n - A", Bounds(0.0, 1.0)),
]


def groups(seed):
    """Trains of spikes in groups, whose pairs are visible within a group, small, or far below rounding."""
    rng = np.random.default_rng(seed)
    starts = np.cumsum([0.0, 0.4, 0.9, 3.0])
    return [np.sort((starts[:, None] + rng.uniform(0.0, 0.1, (4, 5))).ravel()) for _ in range(2)]


def of_one_synapse(rule):
    pre, post = (trains[1] for trains in any_times(SEED))
    w0 = float(start_weights(rule)[1])
    try:
        return ledger(rule, pre, post, w0), weights_by_definition(rule, pre, post, w0)[-1]
    except UnsupportedRule:
        assert "no polynomial" in system(rule).needs
        return None


@pytest.mark.parametrize("rule", CASES, ids=str)
def test_the_shares_of_all_pairs_sum_to_the_change(rule):
    if book := of_one_synapse(rule):
        (book, by_definition), total = book, sum(entry.dw for entry in book[0].entries)
        # hundreds of shares of a strong rule, up to 1 each, added in another order
        assert total == pytest.approx(by_definition - book.w_before, rel=1e-12, abs=1e-12)
        assert book.w_after == pytest.approx(by_definition, rel=1e-12, abs=1e-14)


@pytest.mark.parametrize("rule", CASES, ids=str)
def test_what_the_bounds_took_has_the_sign_of_what_they_left(rule):
    if book := of_one_synapse(rule):
        shares = np.array([(entry.dw, entry.clipped) for entry in book[0].entries if not entry.is_summed])
        assert (shares[:, 0] * shares[:, 1] >= 0).all()


@pytest.mark.parametrize("trains", [groups, lambda seed: [side[1] for side in any_times(seed)]], ids=["groups", "any"])
@pytest.mark.parametrize("rule", [*CASES, *MIXED], ids=str)
def test_every_entry_is_the_one_of_the_definition_and_the_rest_is_summed(rule, trains):
    pre, post = trains(SEED)
    w0 = float(start_weights(rule)[1])
    if "no polynomial" in system(rule).needs:
        return
    book, all_pairs = ledger(rule, pre, post, w0), ledger_by_definition(rule, pre, post, w0)
    least = SMALL * max(abs(dw + clipped) for _, _, dw, clipped in all_pairs)
    small = [row for row in all_pairs if abs(row[2] + row[3]) < least and None not in row[:2]]  # pairs alone
    large = [row for row in all_pairs if row not in small]

    found = [entry for entry in book.entries if not entry.is_summed]
    assert [(entry.pre, entry.post) for entry in found] == [row[:2] for row in large]
    shares = np.array([row[2:] for row in large])
    # the part that a bound leaves of a jump is a difference of weights of about 1 over the jump
    np.testing.assert_allclose([(e.dw, e.clipped) for e in found], shares, rtol=1e-11, atol=1e-14)
    summed = [(entry.dw, entry.clipped) for entry in book.entries if entry.is_summed]
    sums = [math.fsum(column) for column in zip(*(row[2:] for row in small), strict=True)]
    np.testing.assert_allclose(np.sum(summed, axis=0), sums or 0.0, rtol=1e-9, atol=least * 1e-6)
    assert not small or book.entries[-1].n_pairs == len(small)
