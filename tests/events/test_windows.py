"""STDP windows: closed forms, symmetry, and one vectorised call against a loop."""

import math

import numpy as np
import pytest
from changing import with_delay

from plasticity import events, protocols
from plasticity.errors import ArgumentError
from plasticity.rules import RULES, anti, is_readable, scaled, unbounded
from plasticity.rules.system import system

LAGS = np.array([-0.08, -0.03, -0.01, -0.001, 0.0, 0.001, 0.01, 0.03, 0.08])
SPIKE_RULES = [
    rule for rule in RULES.values() if is_readable(rule, "events") and rule.weight.jumps and not rule.signals
]
ADDITIVE = [unbounded(rule) for rule in SPIKE_RULES if not any("w" in jump.reads for jump in system(rule).jumps["w"])]


def test_sixty_pairs_give_sixty_times_one_pair():
    rule, lags = unbounded(RULES["pair_stdp"]), LAGS[LAGS != 0]
    A_plus, A_minus, tau = (rule.values[name] for name in ("A_plus", "A_minus", "tau_plus"))

    expected = 60 * np.where(lags > 0, A_plus, -A_minus) * np.exp(-np.abs(lags) / tau)

    # neighbouring pairings, a second apart, leave exp(-0.92/0.02) = 1e-20
    np.testing.assert_allclose(events.window(rule, lags), expected, rtol=1e-12)


@pytest.mark.parametrize("lag", [0.005, -0.02])
def test_at_a_high_rate_neighbouring_pairs_add_up_as_a_geometric_series(lag):
    rule, rate, n = unbounded(RULES["pair_stdp"]), 20.0, 30
    A_plus, A_minus, tau = (rule.values[name] for name in ("A_plus", "A_minus", "tau_plus"))

    expected = sum(
        (A_plus if i * 1 / rate + lag > 0 else -A_minus) * math.exp(-abs(i / rate + lag) / tau) * (n - abs(i))
        for i in range(1 - n, n)
    )

    assert events.window(rule, [lag], n_pairs=n, rate=rate)[0] == pytest.approx(expected, rel=1e-12)


def test_the_window_of_bi_and_poo_is_what_they_fitted():
    rule, lags = RULES["bi_poo"], LAGS[LAGS != 0]
    values = rule.values

    change = events.window(rule, lags, w0=1.0)

    up = values["A_plus"] * np.exp(-np.abs(lags) / values["tau_plus"])
    down = -values["A_minus"] * np.exp(-np.abs(lags) / values["tau_minus"])
    # neighbouring pairings, a second apart, leave exp(-0.92/0.0337) = 1e-12 of a change; next to the far end, 1e-11
    np.testing.assert_allclose(change, np.where(lags > 0, up, down), rtol=1e-9)


@pytest.mark.parametrize("name", ["spiking_hebbian", "spiking_anti_hebbian"])
def test_the_window_of_firing_together_is_symmetric_and_largest_at_zero(name):
    change = events.window(unbounded(RULES[name]), LAGS)

    np.testing.assert_allclose(change, change[::-1], rtol=1e-12)
    assert np.abs(change).argmax() == len(LAGS) // 2
    assert change[len(LAGS) // 2] == pytest.approx(60 * np.sign(change[0]) * RULES[name].values["A"], rel=1e-12)


def test_a_coincident_pair_changes_nothing_where_it_is_ignored():
    # neighbours a second apart leave 1e-24, far below the rounding of the weight
    assert events.window(RULES["pair_stdp"], [0.0])[0] == 0.0


@pytest.mark.parametrize("rule", SPIKE_RULES, ids=str)
def test_a_window_is_a_loop_over_its_lags(rule):
    change, w0 = events.window(rule, LAGS, n_pairs=40, rate=10.0), rule.start_weight

    loop = [events.final_weight(rule, *protocols.pairing(lag, n_pairs=40, rate=10.0), w0) - w0 for lag in LAGS]
    np.testing.assert_array_equal(change, loop)


@pytest.mark.parametrize("rule", ADDITIVE, ids=str)
def test_the_window_of_the_anti_rule_is_turned_over(rule):
    # the absolute part is the rounding of 120 jumps of a weight of about 1
    np.testing.assert_allclose(events.window(anti(rule), LAGS), -events.window(rule, LAGS), rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("rule", ADDITIVE, ids=str)
def test_the_window_of_a_scaled_rule_is_scaled(rule):
    tripled = events.window(scaled(scaled(rule, 1.5), 2.0), LAGS)

    # the absolute part is the rounding of 120 jumps of a weight of about 1
    np.testing.assert_allclose(tripled, 3 * events.window(rule, LAGS), rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("rule", SPIKE_RULES, ids=str)
def test_a_dendritic_delay_moves_the_window_to_earlier_lags(rule):
    delayed = with_delay(unbounded(rule), "post", 0.004)

    # lags that differ in the last bit
    np.testing.assert_allclose(
        events.window(delayed, LAGS), events.window(unbounded(rule), LAGS + 0.004), rtol=1e-9, atol=1e-14
    )


def test_a_window_has_one_change_for_each_lag():
    assert events.window(RULES["pair_stdp"], LAGS).shape == LAGS.shape
    assert events.window(RULES["pair_stdp"], 0.01).shape == (1,)


def test_a_lag_longer_than_the_interval_is_refused():
    with pytest.raises(ArgumentError, match="a lag of 0.2 s does not fit between pairings 0.1 s apart"):
        events.window(RULES["pair_stdp"], [0.2], rate=10.0)
