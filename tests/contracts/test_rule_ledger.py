"""The ledger of every rule: pair by pair it comes to the weight of the exact reader."""

import numpy as np
import pytest
from definition import weights_by_definition
from rule_cases import CASES
from spike_trains import any_times, start_weights

from plasticity.errors import UnsupportedRule
from plasticity.events import ledger

SEED = 21


def of_one_synapse(rule):
    pre, post = (trains[1] for trains in any_times(SEED))
    w0 = float(start_weights(rule)[1])
    try:
        return ledger(rule, pre, post, w0), weights_by_definition(rule, pre, post, w0)[-1]
    except UnsupportedRule:
        assert "rectify" in rule.dw_pre + rule.dw_post  # no polynomial, and refused for that
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
        shares = np.array([(entry.dw, entry.clipped) for entry in book[0].entries])
        assert (shares[:, 0] * shares[:, 1] >= 0).all()
