"""The formula that claims compare with, against the window that is derived from a rule's expressions."""

import numpy as np
import pytest

from plasticity import events, rates
from plasticity.rules import RULES, unbounded, with_parameters
from plasticity.studies.pair_formula import all_pairs, one_pair

LAGS = np.array([-40, -10, -0.1, 0.1, 10, 40]) * 1e-3
UNEQUAL = with_parameters(RULES["pair_stdp"], A_minus=0.004, tau_minus=35e-3)


@pytest.mark.parametrize("rule", [UNEQUAL, RULES["spiking_hebbian"]], ids=str)
def test_one_pair_changes_what_the_expressions_of_the_rule_say(rule):
    assert one_pair(rule, LAGS) == pytest.approx(rates.pair_window(rule, LAGS), rel=1e-12)


@pytest.mark.parametrize("rule", [UNEQUAL, RULES["spiking_hebbian"]], ids=str)
def test_all_pairs_of_two_trains_add_up_to_the_change_that_the_exact_engine_finds(rule):
    pre, post = np.array([10, 30, 31, 70]) * 1e-3, np.array([30, 33, 90]) * 1e-3  # one pair is coincident
    found = events.final_weight(unbounded(rule), pre, post, 0.5) - 0.5
    assert all_pairs(rule, pre, post) == pytest.approx(found, rel=1e-12)


def test_a_coincident_pair_changes_what_its_convention_says():
    nearly = [-1e-12, 0.0, 1e-12]
    assert one_pair(UNEQUAL, nearly).tolist() == [0.0, 0.0, 0.0]
    assert one_pair(UNEQUAL, nearly, coincident=0.25).tolist() == [0.25, 0.25, 0.25]
    assert one_pair(RULES["spiking_hebbian"], 0.0) == RULES["spiking_hebbian"].values["A"]
