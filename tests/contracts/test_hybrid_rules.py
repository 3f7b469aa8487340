"""Rules of every kind in the exact engine: against recursions by hand, published values, sums over pairs."""

import math

import by_hand
import numpy as np
import pytest
from hybrid_rules import BISTABLE, CALCIUM, CLIPPED_TWICE, FORGETTING, REWARDED, STORED, tsodyks_markram
from hybrid_trains import JUMPING, SEED, course, sizes, trains_of
from rule_cases import CASES
from rule_cases import JUMPING as PUBLISHED
from spike_trains import any_times, grid_times, start_weights

from plasticity import events, protocols
from plasticity.errors import UnknownName, UnsupportedRule
from plasticity.events import hybrid
from plasticity.rules import state
from plasticity.rules.arrivals import arrivals
from plasticity.rules.signals import taken_signals
from plasticity.rules.system import system

NOTHING = taken_signals(STORED, None, 1)
CLOSE = {"rtol": 1e-12, "atol": 1e-14}


def decayed(rule):
    """The flow of a rule whose variables relax, from the text of their flows: a rate and a rest."""

    def flow(values, time, until):
        found = {}
        for variable in rule.state:
            drift = [by_hand.number(variable.flow, {**rule.values, **values, variable.name: x}) for x in (0.0, 1.0)]
            rate = drift[0] - drift[1]
            rest = drift[0] / rate if rate else 0.0
            found[variable.name] = rest + (values[variable.name] - rest) * math.exp(-rate * (until - time))
        return found

    return flow


@pytest.mark.parametrize("rule", JUMPING, ids=str)
@pytest.mark.parametrize("times", [any_times, grid_times])
def test_every_variable_is_that_of_the_conventions_read_aloud(rule, times):
    trains = trains_of(rule, trains=times)

    path = course(rule, trains, 0.5)

    expected = by_hand.run(rule, trains, 0.5, decayed(rule))
    weights = [values["w"] for (_, values), n in zip(expected, sizes(rule, trains), strict=True) for _ in range(n)]
    np.testing.assert_allclose(path.weights, weights, **CLOSE)
    for name, value in expected[-1][1].items():
        np.testing.assert_allclose(path.state.values[name], value, **CLOSE)


@pytest.mark.parametrize("rule", CASES, ids=str)
def test_plain_traces_give_the_same_one_slot_at_a_time(rule):
    pre, post = any_times(SEED)
    spikes = arrivals(rule, pre, post)

    slowly = hybrid.path(system(rule), spikes, state.first_start(system(rule), start_weights(rule), len(pre)), NOTHING)

    at_once = events.trajectory(rule, pre, post, start_weights(rule))
    np.testing.assert_allclose(slowly.values["w"], events.final_weight(rule, pre, post, start_weights(rule)), **CLOSE)
    for name, values in at_once.state.values.items():
        np.testing.assert_allclose(slowly.values[name], values, **CLOSE)


def test_release_follows_the_published_recursion():
    U, tau_rec, tau_facil = 0.2, 0.3, 0.5
    pre = any_times(SEED)[0][0]
    u, R, now = 0.0, 1.0, pre[0]
    for time in pre:
        u, R = u * math.exp((now - time) / tau_facil), 1 + (R - 1) * math.exp((now - time) / tau_rec)
        u = u + U * (1 - u)
        R, now = R - u * R, time

    values = events.final_state(tsodyks_markram(U, tau_rec, tau_facil), pre, [], 0.5).values

    assert (values["u"][0], values["R"][0]) == pytest.approx((u, R), rel=1e-12)


def test_two_changes_at_one_spike_are_clipped_one_after_the_other():
    # up by 0.3*1/2, of which 0.05 is left under the bound, then down by 0.15; together they would be 0.95
    pre, post = [0.02 * math.log(2)], [0.0]

    assert events.final_weight(CLIPPED_TWICE, pre, post, 0.95) == pytest.approx(1.0 - 0.15, rel=1e-12)


def test_a_third_event_that_the_rule_does_not_hear_is_refused_with_those_it_does():
    with pytest.raises(UnknownName, match="^unknown event of stored, .*'rewards'; known: reward; did you mean reward"):
        events.final_weight(STORED, [0.1], [0.2], 0.5, events={"rewards": [0.3]})


# The ledger.


@pytest.mark.parametrize("rule", [*PUBLISHED, STORED, REWARDED, CALCIUM, FORGETTING], ids=str)
def test_a_change_that_is_no_sum_over_pairs_has_no_ledger(rule):
    with pytest.raises(UnsupportedRule, match="no sum over pairs of spikes: ask for the weight without the ledger"):
        events.ledger(rule, [0.1], [0.11], 0.5)


def test_the_ledger_of_a_spike_that_is_clipped_twice_sums_to_the_change():
    pre, post = (side[1] for side in any_times(SEED))
    book = events.ledger(CLIPPED_TWICE, pre, post, 0.5)
    assert book.dw == pytest.approx(events.final_weight(CLIPPED_TWICE, pre, post, 0.5) - 0.5, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("rule", [*PUBLISHED, CALCIUM, FORGETTING, BISTABLE], ids=str)
def test_a_window_is_the_change_of_each_lag_alone(rule):
    lags = np.array([-0.02, -0.005, 0.005, 0.02])
    found = events.window(rule, lags, n_pairs=4, rate=5.0, w0=0.5)
    for lag, change in zip(lags, found, strict=True):
        pre, post = protocols.pairing(lag, n_pairs=4, rate=5.0)
        assert change == pytest.approx(events.final_weight(rule, pre, post, 0.5) - 0.5, rel=1e-7, abs=1e-10)
