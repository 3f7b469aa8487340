"""Random jumps of the weight: their mean and spread, their seed, and who reads them."""

import math

import numpy as np
import pytest
from changing import with_changes

from plasticity import events, rates, spiking
from plasticity.errors import RuleError, UnsupportedRule
from plasticity.networks import Network, Projection, Replay, one_to_one
from plasticity.rules import (
    RULES,
    UNBOUNDED,
    Bounds,
    Parameter,
    Rule,
    Variable,
    anti,
    noiseless,
    scaled,
    soft_bounds,
    trace,
    weight,
    with_parameters,
)
from plasticity.rules.describe import equations

NOISY = RULES["van_rossum_stdp"]
N = 4000  # synapses, each with the same two spikes
LAG = 10e-3


def weights(rule, pre=(0.01,), post=(0.01 + LAG,), w0=1.0, **others):
    return spiking.final_weight(rule, [list(pre)] * N, [list(post)] * N, w0, seed=7, **others)


def assert_normal(found, mean, deviation):
    """Mean and variance of normal numbers, within five standard errors."""
    assert found.mean() == pytest.approx(mean, abs=5 * deviation / math.sqrt(found.size))
    assert found.var() == pytest.approx(deviation**2, abs=5 * deviation**2 * math.sqrt(2 / found.size))


@pytest.mark.parametrize("w0", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("dt", [None, 1e-3])
def test_a_pair_adds_its_mean_and_a_normal_number_in_proportion_to_the_weight(w0, dt):
    v, seen = NOISY.values, math.exp(-LAG / NOISY.values["tau_plus"])

    assert_normal(weights(NOISY, w0=w0, dt=dt), w0 + v["c_p"] * seen, v["sigma"] * w0 * seen)


def test_every_pair_has_a_random_number_of_its_own():
    pre, post, v = (0.0, 0.01, 0.03), (0.035,), NOISY.values
    windows = np.exp((np.array(pre) - post[0]) / v["tau_plus"])

    assert_normal(weights(NOISY, pre, post), 1 + v["c_p"] * windows.sum(), v["sigma"] * math.sqrt((windows**2).sum()))


def test_random_jumps_are_clipped_at_the_bounds_after_all_other_changes():
    found = weights(with_parameters(NOISY, sigma=2.0), w0=1.0)

    assert found.min() == 0.0 and 0.1 < (found == 0.0).mean() < 0.4


def test_one_seed_gives_the_same_numbers_and_another_does_not():
    pair, others = ([[0.01]] * 3, [[0.02]] * 3), {"w0": 1.0}

    once, again = (spiking.final_weight(NOISY, *pair, **others, seed=3) for _ in range(2))

    assert np.array_equal(once, again) and len(set(once.tolist())) == 3
    assert not np.isin(spiking.final_weight(NOISY, *pair, **others, seed=4), once).any()


def test_variants_take_the_random_jumps_with_them():
    v, seen = NOISY.values, math.exp(-LAG / NOISY.values["tau_plus"])

    assert_normal(weights(scaled(NOISY, 3.0)), 1 + 3 * v["c_p"] * seen, 3 * v["sigma"] * seen)
    assert_normal(weights(anti(NOISY)), 1 - v["c_p"] * seen, v["sigma"] * seen)
    assert weights(noiseless(NOISY))[0] == pytest.approx(1 + v["c_p"] * seen, rel=1e-12)


def test_the_exact_engine_refuses_random_jumps_by_name_and_the_mean_drift_knows_none():
    with pytest.raises(UnsupportedRule, match="needs random jumps, which plasticity.events does not read; use"):
        events.final_weight(NOISY, [0.1], [0.2], 1.0)

    quiet = noiseless(NOISY)
    assert rates.drift(NOISY, 5.0, 9.0, 0.7) == rates.drift(quiet, 5.0, 9.0, 0.7)


def test_a_frozen_projection_stays_still_and_a_plastic_one_scatters_in_a_network():
    trains = [[0.01]] * 5, [[0.02]] * 5

    def learnt(is_frozen):
        synapses = Projection("synapses", "pre", "post", one_to_one(5), 1.0, NOISY, is_frozen=is_frozen)
        network = Network([Replay("pre", trains[0]), Replay("post", trains[1])], [synapses])
        return spiking.simulate(network, 0.05, dt=1e-3, seed=2).weights["synapses"]

    assert np.array_equal(learnt(True), np.ones(5)) and len(set(learnt(False).tolist())) == 5


def made(scatter, state=(), **others):
    parameters = (Parameter("s", 0.1), Parameter("tau", 20e-3, "ms"))
    return Rule("made", "our choice", parameters, weight({}, scatter=scatter, **others), state)


WRONG = {
    "unknown name": (lambda: made({"pre": "k*w"}), "made: the scatter of w at pre = 'k\\*w' uses 'k'"),
    "no event": (lambda: made({"reward": "s"}), "w jumps at 'reward', which is no event; known: pre, post"),
    "unit": (lambda: made({"pre": "tau"}), "made: the scatter of w at pre"),
    "no text": (lambda: made({"pre": 0.1}), "the scatter of w at 'pre' is 0.1"),
    "soft bounds": (lambda: soft_bounds(with_changes(made({"pre": "s"}), pre="s")), "know no soft bounds"),
    "of the state": (lambda: made({}, (Variable("x", scatter={"pre": "s"}),)), "x scatters; only the weight may"),
}


@pytest.mark.parametrize(("make", "message"), WRONG.values(), ids=list(WRONG))
def test_an_impossible_scatter_is_refused_where_the_rule_is_made(make, message):
    with pytest.raises(RuleError, match=message):
        make()


def test_the_equations_show_the_random_part():
    rule = made({"pre": "s*r"}, (trace("r", "post", "tau"),), bounds=UNBOUNDED)

    assert "at a presynaptic spike: w += (s*r)*xi" in equations(rule)


def test_random_jumps_come_after_all_other_changes_of_the_instant():
    # at the upper bound the spike first takes half of w away; what is drawn afterwards is in proportion to the rest
    rule = made({"post": "s*w"}, bounds=Bounds(0.0, 1.0))
    rule = with_changes(rule, post="-w/2")

    assert_normal(weights(rule, pre=(), post=(0.01,), w0=1.0), 0.5, 0.1 * 0.5)
