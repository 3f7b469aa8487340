"""Homeostatic rules: where weights and rates settle, by closed forms, and the way there."""

import math

import numpy as np
import pytest

from plasticity import events, protocols, spiking
from plasticity.errors import UnsupportedRule
from plasticity.rates import WeightedSum, drift, fixed_points, trajectory
from plasticity.rules import RULES, with_parameters

SCALING, DECAY = RULES["synaptic_scaling"], RULES["heterosynaptic_decay"]
INPUTS, START = np.array([10.0, 20.0, 5.0]), np.array([0.2, 0.1, 0.3])


def third_moment(rate, tau):
    """Of a trace that Poisson spikes raise by one, from its cumulants rate*tau/n (Campbell)."""
    first, second, third = rate * tau, rate * tau / 2, rate * tau / 3
    return third + 3 * second * first + first**3


@pytest.mark.parametrize("goal", [4.0, 15.0])
def test_scaling_ends_at_the_goal_and_keeps_the_ratios_of_the_weights(goal):
    run = trajectory(with_parameters(SCALING, goal=goal), INPUTS, WeightedSum(), START, duration=3e5)

    np.testing.assert_allclose(run.weights[-1], START * goal / (INPUTS @ START), rtol=1e-6)


@pytest.mark.parametrize("name", ["synaptic_scaling", "spiking_synaptic_scaling"])
def test_what_was_lacking_so_far_only_grows_so_that_there_is_no_drift(name):
    with pytest.raises(UnsupportedRule, match="no resting state|no polynomials with a mean"):
        drift(RULES[name], 5.0, 8.0, 1.0)


def test_near_the_goal_scaling_settles_at_the_pace_of_its_three_roots():
    # log rate, a and error, linearised: x' = -beta da + gamma e, da' = (goal x - da)/tau, e' = -da
    p = SCALING.values
    matrix = [[0, -p["beta"], p["gamma"]], [p["goal"] / p["tau_a"], -1 / p["tau_a"], 0], [0, -1, 0]]
    values, vectors = np.linalg.eig(matrix)
    times = np.linspace(0.0, 2e4, 11)
    start = np.array([1e-4, 0.0, 0.0])
    modes = vectors * np.linalg.solve(vectors, start)
    expected = (modes @ np.exp(np.outer(values, times))).real[0]

    run = trajectory(SCALING, 10.0, WeightedSum(), [math.exp(1e-4)], times=times)

    np.testing.assert_allclose(np.log(run.weights[:, 0]), expected, atol=1e-3 * 1e-4)  # the next order is 1e-4 less


def test_spikes_scale_by_the_integral_of_what_is_sensed():
    rule, post = RULES["spiking_synaptic_scaling"], protocols.poisson(30.0, 3.0, 5)
    p, since = rule.values, post[-1] - post
    left = np.exp(-since / p["tau_a"])
    length, waning = since[0], p["tau_a"] * (1 - left[0])
    lacking = p["goal"] * (length - waning) - (1 - left).sum()
    lacking_so_far = (
        p["goal"] * (length**2 / 2 - p["tau_a"] * (length - waning)) - (since - p["tau_a"] * (1 - left)).sum()
    )

    found = events.final_weight(rule, [], post, 1.0)

    assert math.log(found) == pytest.approx(p["beta"] * lacking + p["gamma"] * lacking_so_far, rel=1e-7)
    assert spiking.final_weight(rule, [], np.round(post, 3), 1.0, dt=1e-3) == pytest.approx(found, abs=1e-7)


@pytest.mark.parametrize(("pre", "post"), [(12.0, 8.0), (5.0, 40.0)])
def test_heterosynaptic_decay_settles_where_rise_and_pull_are_equal(pre, post):
    p = DECAY.values

    (point,) = fixed_points(DECAY, pre, post)

    pull = p["beta"] * post * third_moment(post, p["tau_minus"])
    assert point.stability == "stable"
    assert point.weight == pytest.approx(p["w_ref"] + p["delta"] * pre / pull, rel=1e-12)
    run = trajectory(DECAY, pre, post, 0.1, duration=30 / pull)
    assert run.weights[-1] == pytest.approx(point.weight, rel=1e-6)


def test_bursts_pull_more_than_the_same_spikes_apart():
    apart, burst = np.arange(5) * 0.2, np.arange(5) * 0.01

    weights = [events.final_weight(DECAY, [], post, 1.0) for post in (apart, burst)]

    z, expected = 0.0, 1.0
    for _ in burst:
        expected *= 1 - 0.05 * z**3
        z = (z + 1) * math.exp(-0.5)
    assert weights[1] == pytest.approx(expected, rel=1e-12) and weights[1] < 0.8 < 0.999 < weights[0]
    assert drift(DECAY, 0.0, 0.0, 0.5) == 0
