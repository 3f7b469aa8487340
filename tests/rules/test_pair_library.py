"""The published rules on pairs of spikes, each by a second route: sums over pairs, closed forms, other rules."""

import math

import numpy as np
import pytest
from contracts.spike_trains import any_times, grid_times, start_weights

from plasticity import events, rates
from plasticity.rules import BIOLOGICAL, RULES, with_bounds, with_parameters

SEED = 31


def weights_of(rule, w0):
    return events.trajectory(rule, *any_times(SEED), w0).weights


def assert_same(rule, other):
    """Both rules, to the last bits, after every spike."""
    np.testing.assert_allclose(weights_of(rule, start_weights(rule)), weights_of(other, start_weights(rule)), 1e-12)


def test_the_family_of_six_parameters_holds_the_inhibitory_rule():
    assert_same(RULES["stdp_family:vogels2011"], with_parameters(RULES["inhibitory_stdp"], eta=0.01))


def test_the_family_of_six_parameters_holds_pair_stdp():
    assert_same(with_bounds(RULES["stdp_family"], BIOLOGICAL), RULES["pair_stdp"])


@pytest.mark.parametrize(("mu", "end"), [(0.0, "pair_stdp"), (1.0, "multiplicative_stdp")])
def test_the_power_of_the_weight_leads_from_additive_to_multiplicative(mu, end):
    assert_same(with_parameters(RULES["gutig_stdp"], mu=mu), RULES[end])


# Of `guetig2003`, eq. 2-3, at alpha = 1.05, to four decimals.
@pytest.mark.parametrize(("mu", "rest"), [(0.02, 0.0802), (0.1, 0.3804), (0.5, 0.4756), (1.0, 0.4878)])
def test_inputs_without_correlation_rest_where_the_power_says(mu, rest):
    (point,) = rates.fixed_points(with_parameters(RULES["gutig_stdp"], mu=mu), 10.0, 20.0)

    assert point.stability == "stable" and point.weight == pytest.approx(1 / (1 + 1.05 ** (1 / mu)), rel=1e-9)
    assert point.weight == pytest.approx(rest, abs=5e-5)


@pytest.mark.parametrize(("rule", "rest"), [("power_law_stdp", 39.5985), ("power_law_stdp:nest_benchmark", 44.4721)])
def test_weights_rest_where_the_power_law_says(rule, rest):
    _, point = rates.fixed_points(RULES[rule], 8.0, 5.0)

    assert point.stability == "stable" and point.weight == pytest.approx(rest, abs=5e-4)


@pytest.mark.parametrize(("rule", "rate"), [("inhibitory_stdp", 6.25), ("inhibitory_stdp:network", 3.0)])
def test_inhibition_stays_at_the_rate_that_its_authors_name(rule, rate):
    drifts = rates.drift(RULES[rule], 10.0, np.array([0.9, 1.0, 1.1]) * rate, 0.5)

    assert drifts[0] < 0 < drifts[2] and drifts[1] == pytest.approx(0.0, abs=1e-15)


def lags_of(name, pre, post):
    """The lags of the pairs that count in a scheme of `morrison2008`, Fig. 7, read aloud; coincident spikes do not."""

    def last(train, time):
        return max((t for t in train if t < time - 1e-9), default=-math.inf)

    def following(train, time):
        return min((t for t in train if t > time + 1e-9), default=math.inf)

    if name == "nearest_symmetric_stdp":
        forward = [t - last(pre, t) for t in post]
    else:  # each presynaptic spike and the next postsynaptic one
        forward = [following(post, t) - t for t in pre]
    backward = [last(post, t) - t for t in pre]
    if name == "reduced_symmetric_stdp":  # no other presynaptic spike in between
        forward = [following(post, t) - t for t in pre if following(pre, t) > following(post, t) - 1e-9]
        backward = [last(post, t) - t for t in pre if last(pre, t) < last(post, t) + 1e-9]
    return [lag for lag in (*forward, *backward) if math.isfinite(lag)]


@pytest.mark.parametrize(
    "name", ["nearest_symmetric_stdp", "presynaptic_centred_stdp", "reduced_symmetric_stdp"], ids=str
)
@pytest.mark.parametrize("synapse", [2, 3])
def test_a_scheme_is_a_sum_over_its_pairs(name, synapse):
    pre, post = (side[synapse] for side in grid_times(SEED))
    v = RULES[name].values
    change = sum(
        v["A_plus"] * math.exp(-lag / v["tau_plus"]) if lag > 0 else -v["A_minus"] * math.exp(lag / v["tau_minus"])
        for lag in lags_of(name, pre.tolist(), post.tolist())
    )

    assert events.final_weight(RULES[name], pre, post, 0.5) - 0.5 == pytest.approx(change, rel=1e-10)


def test_suppression_is_a_sum_over_all_pairs_of_products_of_efficacies():
    pre, post = (side[2] for side in grid_times(SEED))
    v = RULES["suppression_stdp"].values
    of_pre, of_post = (
        np.array([1.0, *-np.expm1(-np.diff(train) / tau)])
        for train, tau in ((pre, v["tau_pre"]), (post, v["tau_post"]))
    )
    lags = post - pre[:, None]
    up = np.where(lags > 1e-9, v["A_plus"] * np.exp(-np.abs(lags) / v["tau_plus"]), 0.0)
    down = np.where(lags < -1e-9, v["A_minus"] * np.exp(-np.abs(lags) / v["tau_minus"]), 0.0)
    change = (of_pre[:, None] * of_post * (up - down)).sum() / v["n_repetitions"]

    assert events.final_weight(RULES["suppression_stdp"], pre, post, 1.0) - 1.0 == pytest.approx(change, rel=1e-10)


@pytest.mark.parametrize(("published", "threshold"), [("suppression_window", 10.7), ("pair_window", 16.3)])
def test_poisson_trains_strengthen_above_the_published_rate(published, threshold):
    rule = RULES[f"presynaptic_centred_stdp:{published}"]

    below, above = rates.drift(rule, 5.0, threshold + np.array([-0.05, 0.05]), 0.5)

    assert below < 0 < above
