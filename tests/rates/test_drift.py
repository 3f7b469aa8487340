"""Mean drift: closed forms of the literature, the fixed point of soft bounds, refusals.

That it is the mean of what `events` computes is part of the contract over the catalogue.
"""

import math

import numpy as np
import pytest

from plasticity import rates
from plasticity.errors import RuleError, WeightError
from plasticity.rules import RULES, nearest, soft_bounds, unbounded, with_parameters

PAIR = RULES["pair_stdp"]
A_PLUS, A_MINUS, TAU_PLUS, TAU_MINUS = (PAIR.values[name] for name in ("A_plus", "A_minus", "tau_plus", "tau_minus"))
PRE, POST = (rate.ravel() for rate in np.meshgrid([0.0, 0.5, 10.0, 80.0], [0.0, 2.0, 30.0]))


def test_the_drift_of_pairs_is_the_product_of_rates_times_the_area_of_the_window():
    expected = PRE * POST * (A_PLUS * TAU_PLUS - A_MINUS * TAU_MINUS)

    np.testing.assert_allclose(rates.drift(PAIR, PRE, POST, 0.5), expected, rtol=1e-12)


def test_the_drift_of_nearest_pairs_saturates_with_the_rate_of_the_other_side():
    # a trace set to one by a Poisson train of rate r has the mean r/(r + 1/tau)
    up, down = A_PLUS / (PRE + 1 / TAU_PLUS), A_MINUS / (POST + 1 / TAU_MINUS)

    np.testing.assert_allclose(rates.drift(nearest(PAIR), PRE, POST, 0.5), PRE * POST * (up - down), rtol=1e-12)


def test_at_low_rates_nearest_spikes_are_all_spikes():
    # corrections of the order of rate times tau, here 2e-5, against a difference of 1/20 of either side
    assert rates.drift(nearest(PAIR), 1e-3, 1e-3, 0.5) == pytest.approx(rates.drift(PAIR, 1e-3, 1e-3, 0.5), rel=1e-3)


@pytest.mark.parametrize("name", ["spiking_hebbian", "spiking_anti_hebbian"])
def test_the_drift_of_firing_together_is_hebbs_product(name):
    A, tau = abs(RULES[name].values["A"]), RULES[name].values["tau"]
    sign = -1 if "anti" in name else 1

    np.testing.assert_allclose(rates.drift(RULES[name], PRE, POST, 0.5), sign * 2 * A * tau * PRE * POST, rtol=1e-12)


def test_covariance_has_no_drift_where_either_rate_is_its_mean():
    rule = RULES["covariance"]
    mean_pre, mean_post = rule.values["mean_pre"], rule.values["mean_post"]

    assert rates.drift(rule, mean_pre, [3.0, 50.0], 0.5).tolist() == [0.0, 0.0]
    assert rates.drift(rule, [3.0, 50.0], mean_post, 0.5).tolist() == [0.0, 0.0]


def test_covariance_is_the_product_of_both_departures_each_from_its_own_mean():
    rule, k, mean_pre, mean_post = RULES["covariance"], RULES["covariance"].values["k"], 4.0, 25.0

    drift = rates.drift(with_parameters(rule, mean_pre=mean_pre, mean_post=mean_post), PRE, POST, 0.5)

    np.testing.assert_allclose(drift, k * (PRE - mean_pre) * (POST - mean_post), rtol=1e-12)


# `guetig2003`: potentiation (1 - w)^mu, depression alpha w^mu; without correlations w* = 1/(1 + alpha^(1/mu)).
@pytest.mark.parametrize(("mu", "table"), [(0.02, 0.080), (0.1, 0.380), (0.5, 0.476), (1.0, 0.488)])
def test_soft_bounds_settle_where_the_closed_form_says(mu, table):
    rule = soft_bounds(PAIR, mu_plus=mu, mu_minus=mu)
    alpha = A_MINUS * TAU_MINUS / (A_PLUS * TAU_PLUS)

    settled = bisected(lambda w: float(rates.drift(rule, 10.0, 10.0, w)), 0.0, 1.0)

    assert settled == pytest.approx(1 / (1 + alpha ** (1 / mu)), abs=1e-9)  # what bisection leaves
    assert settled == pytest.approx(table, abs=5e-4)  # three printed digits


def bisected(falling, low, high):
    """The zero of a function that falls from above zero at `low` to below zero at `high`."""
    assert falling(low) > 0 > falling(high)
    while high - low > 1e-10:
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return low


def test_rates_and_weights_broadcast():
    drift = rates.drift(soft_bounds(PAIR), np.ones((4, 1)), np.ones((1, 3)), 0.5)

    assert drift.shape == (4, 3)
    assert rates.drift(PAIR, [], 1.0, 0.5).shape == (0,)
    assert rates.drift(RULES["hebbian"], 1.0, 1.0, [0.1, 0.2]).shape == (2,)


@pytest.mark.parametrize("reader_input", [(-1.0, 5.0), (5.0, -1.0)])
def test_a_negative_rate_is_refused(reader_input):
    with pytest.raises(RuleError, match="a rate of -1 Hz; finite rates of zero or more are allowed"):
        rates.drift(PAIR, *reader_input, 0.5)


@pytest.mark.parametrize("rate", [math.nan, math.inf])
def test_a_rate_that_is_not_finite_is_refused_by_its_value(rate):
    with pytest.raises(RuleError, match=f"a rate is {rate} at index 1"):
        rates.drift(PAIR, [5.0, rate], 5.0, 0.5)


@pytest.mark.parametrize("rule", [PAIR, RULES["hebbian"], soft_bounds(PAIR, mu_plus=0.5)], ids=str)
@pytest.mark.parametrize("weight", [-0.1, 1.5, math.nan])
def test_a_weight_outside_its_bounds_is_refused(rule, weight):
    with pytest.raises(WeightError, match=rf"a weight of {weight} is outside the bounds \[0, 1\]"):
        rates.drift(rule, 5.0, 5.0, [0.5, weight])


def test_an_unbounded_weight_may_be_negative():
    assert rates.drift(unbounded(PAIR), 5.0, 5.0, -3.0) == rates.drift(PAIR, 5.0, 5.0, 0.5)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("fast", 5.0, 0.5), "a rate is 'fast'; real numbers, bare .Hz. or with a unit"),
        ((5.0, [1.0, 2.0], [0.1, 0.2, 0.3]), "which do not broadcast together"),
    ],
)
def test_what_are_no_numbers_that_fit_together_is_refused(arguments, message):
    with pytest.raises(RuleError, match=message):
        rates.drift(PAIR, *arguments)


def test_what_is_no_rule_is_refused():
    with pytest.raises(RuleError, match="plasticity.rates needs a rule, and 'hebbian' is none"):
        rates.drift("hebbian", 5.0, 5.0, 0.5)
