"""The state at any time: the traces that a picture shows are those that the changes read, and so for all variables."""

from dataclasses import replace

import numpy as np
import pytest
from changing import with_delay
from contracts.hybrid_rules import CALCIUM, REWARDED, STORED, VOLTAGE

from plasticity.errors import ArgumentError, SpikeTrainError, UnsupportedRule
from plasticity.events import final_state, ledger, states, trajectory
from plasticity.rules import nearest
from plasticity.rules.library.hebbian import HEBBIAN
from plasticity.rules.library.pair_stdp import PAIR_STDP

PRE, POST = np.array([0.010, 0.030, 0.034]), np.array([0.015, 0.035])
TIMES = np.array([0.0, 0.010, 0.0100001, 0.02, 0.030, 0.033, 0.1])
TAU = 0.020


def by_definition(spikes, interaction):
    values = []
    for time in TIMES:
        ages = [time - spike for spike in spikes if spike < time]
        seen = ages if interaction == "all-to-all" else ages[-1:]
        values.append(sum(np.exp(-age / TAU) for age in seen))
    return np.array(values)


@pytest.mark.parametrize("rule", [PAIR_STDP, nearest(PAIR_STDP)], ids=str)
def test_a_trace_is_the_sum_over_the_spikes_before(rule):
    found = states(rule, PRE, POST, TIMES)
    interaction = "all-to-all" if rule is PAIR_STDP else "nearest"
    np.testing.assert_allclose(found["r_pre"], by_definition(PRE, interaction), rtol=1e-12)
    np.testing.assert_allclose(found["r_post"], by_definition(POST, interaction), rtol=1e-12)


def test_the_trace_just_before_a_spike_is_what_its_change_reads():
    before = states(PAIR_STDP, PRE, POST, [POST[1]])["r_pre"][0]
    shares = [entry.dw for entry in ledger(PAIR_STDP, PRE, POST, 0.5).entries if entry.post == POST[1]]
    gained = sum(share for share in shares if share > 0)
    assert gained == pytest.approx(PAIR_STDP.values["A_plus"] * before, rel=1e-12)


def test_a_delay_shifts_the_trace_and_silence_leaves_it_at_zero():
    delayed = states(with_delay(PAIR_STDP, "pre", 0.005), PRE, [], TIMES + 0.005)
    np.testing.assert_allclose(delayed["r_pre"], by_definition(PRE, "all-to-all"), rtol=1e-9)
    assert not delayed["r_post"].any()


def test_impossible_trains_and_rules_on_rates_are_refused():
    with pytest.raises(SpikeTrainError, match="not sorted"):
        states(PAIR_STDP, [0.2, 0.1], POST, TIMES)
    with pytest.raises(UnsupportedRule, match="needs firing rates"):
        states(HEBBIAN, PRE, POST, TIMES)


def test_traces_of_several_trains_are_refused_and_none_is_left_out():
    with pytest.raises(SpikeTrainError, match="the presynaptic train is 2 trains; one is allowed here"):
        states(PAIR_STDP, [[0.01], [0.02]], [0.03], [0.04])


@pytest.mark.parametrize("rule", [PAIR_STDP, REWARDED, CALCIUM, STORED, VOLTAGE], ids=str)
def test_a_state_at_any_time_is_what_a_run_that_ends_there_gives(rule):
    trains = {"pre": PRE, "post": POST, "reward": np.array([0.031, 0.05])}
    given = {"signals": {"v": lambda at: -0.06 + 0.01 * np.sin(100 * at)}} if rule is VOLTAGE else {}
    late = {event: rule.delay(event) for event in trains}
    looks = np.array([0.012, 0.0305, 0.048, 0.2])

    found = states(rule, PRE, POST, looks, w0=0.5, events=third(rule, trains), **given)

    for place, look in enumerate(looks):
        early = {event: times[times + late[event] < look] for event, times in trains.items()}
        ends = {**(third(rule, early) or {}), "end": [look]}
        path = trajectory(with_end(rule), early["pre"], early["post"], 0.5, events=ends, **given)
        for name, values in path.state.values.items():
            np.testing.assert_allclose(found[name][place], values[0], rtol=1e-9, atol=1e-12)


def third(rule, trains):
    return {"reward": trains["reward"]} if "reward" in rule.events else None


def with_end(rule):
    """The rule, hearing one more event, at which nothing jumps: it does no more than end the run."""
    return replace(rule, events=(*rule.events, "end"))


def test_states_are_of_one_synapse():
    state = final_state(PAIR_STDP, [[0.01], [0.02]], [[0.01], [0.02]], 0.5)

    with pytest.raises(ArgumentError, match="the state is of 2 synapses, the trains are of 1"):
        states(PAIR_STDP, [0.1], [0.2], [0.3], state=state)
