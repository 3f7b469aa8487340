"""The rules of reward: sums and integrals by hand, and Brian2."""

import math

import numpy as np
import pytest
from spike_trains import grid_times

from plasticity import events, spiking
from plasticity.published import load
from plasticity.rules import RULES, with_parameters

SEED = 33
TABLE = load("florian2007_trains")
PRE, POST = (TABLE["time_ms"][TABLE["train"] == side] * 1e-3 for side in ("pre", "post"))
A, TAU, TAU_Z, TURN, W0 = 0.2, 0.02, 0.025, 0.1, 0.2  # as the table says
ALL = np.sort(np.concatenate([PRE, POST]))


def reward(times):
    return np.where(times < TURN, 1.0, -1.0)


def pairs():
    """[(time, change)] of every pair, at the later spike of the two."""
    return [
        (max(post, pre), math.copysign(A * math.exp(-abs(post - pre) / TAU), post - pre))
        for pre in PRE
        for post in POST
    ]


def eligible(since, until):
    """How much of a pair's change is applied between two times after it, whatever the reward."""
    return math.exp(-since / TAU_Z) - math.exp(-until / TAU_Z)


def applied(change, pair, until):
    """What a pair has done by a time: its eligibility, integrated with the reward."""
    turn = min(max(TURN, pair), until)
    return change * (eligible(0.0, turn - pair) - eligible(turn - pair, until - pair))


BY_HAND = {
    "pair_stdp": lambda time: W0 + sum(change for pair, change in pairs() if pair <= time),
    "mstdp": lambda time: W0 + sum(change * reward(pair) for pair, change in pairs() if pair <= time),
    "mstdpet": lambda time: W0 + sum(applied(change, pair, time) for pair, change in pairs() if pair <= time),
}


def rule_of(name):
    return with_parameters(RULES[name], A_plus=A, A_minus=A) if name == "pair_stdp" else RULES[name]


def asked(name):
    return {"signals": {"reward": reward}} if name != "pair_stdp" else {}


@pytest.mark.parametrize("name", BY_HAND)
def test_florians_three_trajectories_are_sums_over_pairs(name):
    path = events.trajectory(rule_of(name), PRE, POST, W0, **asked(name))

    # mstdpet is followed step by step, to 1e-10 each, across the turn of the reward
    np.testing.assert_allclose(path.weights, [BY_HAND[name](time) for time in ALL], rtol=1e-8, atol=1e-12)


@pytest.mark.parametrize("name", ["mstdp", "pair_stdp"])
def test_brian2_finds_the_trajectories_that_jump(name):
    steps = {"dt": 1e-3} if name == "mstdp" else {}

    path = spiking.trajectory(rule_of(name), PRE, POST, W0, **asked(name), **steps)

    np.testing.assert_allclose(path.weights, [BY_HAND[name](time) for time in ALL], rtol=1e-12)


def test_brian2_tends_to_the_trajectory_that_flows():
    expected = [BY_HAND["mstdpet"](time) for time in ALL]

    coarse, fine = (
        spiking.trajectory(RULES["mstdpet"], PRE, POST, W0, signals={"reward": reward}, dt=dt).weights
        for dt in (1e-3, 0.5e-3)
    )

    # the reward turns at the end of a step, which costs a part of it: the error halves with the step
    np.testing.assert_allclose(2 * fine - coarse, expected, atol=1e-7)
    assert np.abs(fine - expected).max() > 1e-4


def test_under_a_constant_reward_eligibility_only_delays():
    both = [
        events.final_weight(RULES[name], PRE, [*POST, 1.0], W0, signals={"reward": lambda t: np.ones_like(t)})
        for name in ("mstdp", "mstdpet")
    ]

    assert both[1] == pytest.approx(both[0], rel=1e-9)


def test_a_pair_and_a_later_reward_change_the_weight_by_the_integral_of_both():
    rule, delay, late = RULES["reward_stdp"], 1.5, 20.0
    p = rule.values
    eligibility = p["A_plus"] * math.exp(-0.005 / p["tau_plus"])
    rate = 1 / p["tau_c"] + 1 / p["tau_d"]
    by_dose = p["dose"] * math.exp(-delay / p["tau_c"]) / rate
    expected = p["gain"] * eligibility * (p["tonic"] * p["tau_c"] + by_dose)

    found = events.final_weight(rule, [0.0, late], [0.005], 0.25, events={"reward": [0.005 + delay]})

    assert found - 0.25 == pytest.approx(expected, rel=1e-7)  # what is left of the eligibility after 20 s


def test_rewards_add_up():
    rule, pair, late = with_parameters(RULES["reward_stdp"], tonic=0.0), ([0.0, 20.0], [0.005]), [1.0, 1.1]

    whole, *each = (
        events.final_weight(rule, *pair, 0.25, events={"reward": doses}) - 0.25 for doses in (late, late[:1], late[1:])
    )

    assert whole == pytest.approx(sum(each), rel=1e-12)


def test_brian2_tends_to_the_exact_engine_on_dopamine():
    rule = RULES["reward_stdp"]
    pre, post = ([np.round(train[:8], 3) for train in trains] for trains in grid_times(SEED))
    doses, w0 = [[0.1, round(b[5] + 0.2, 3)] for b in post], np.linspace(0.2, 0.8, len(pre))
    exact = events.final_weight(rule, pre, post, w0, events={"reward": doses})

    errors = [
        np.abs(spiking.final_weight(rule, pre, post, w0, events={"reward": doses}, dt=dt) - exact).max()
        for dt in (1e-3, 0.5e-3)
    ]

    assert errors[1] < errors[0] / 8  # of the fourth order in the step
    assert errors[0] < 1e-9 and np.abs(exact - w0).max() > 1e-3
