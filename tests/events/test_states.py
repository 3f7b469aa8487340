"""The traces that a picture shows are those that the changes read: sums over spikes, and nothing before its spike."""

import numpy as np
import pytest
from changing import with_delay

from plasticity.errors import SpikeTrainError, UnsupportedRule
from plasticity.events import ledger, traces
from plasticity.rules import nearest
from plasticity.rules.hebbian import HEBBIAN
from plasticity.rules.pair_stdp import PAIR_STDP

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
    found = traces(rule, PRE, POST, TIMES)
    interaction = "all-to-all" if rule is PAIR_STDP else "nearest"
    np.testing.assert_allclose(found["r_pre"], by_definition(PRE, interaction), rtol=1e-12)
    np.testing.assert_allclose(found["r_post"], by_definition(POST, interaction), rtol=1e-12)


def test_the_trace_just_before_a_spike_is_what_its_change_reads():
    before = traces(PAIR_STDP, PRE, POST, [POST[1]])["r_pre"][0]
    shares = [entry.dw for entry in ledger(PAIR_STDP, PRE, POST, 0.5).entries if entry.post == POST[1]]
    gained = sum(share for share in shares if share > 0)
    assert gained == pytest.approx(PAIR_STDP.values["A_plus"] * before, rel=1e-12)


def test_a_delay_shifts_the_trace_and_silence_leaves_it_at_zero():
    delayed = traces(with_delay(PAIR_STDP, "pre", 0.005), PRE, [], TIMES + 0.005)
    np.testing.assert_allclose(delayed["r_pre"], by_definition(PRE, "all-to-all"), rtol=1e-9)
    assert not delayed["r_post"].any()


def test_impossible_trains_and_rules_on_rates_are_refused():
    with pytest.raises(SpikeTrainError, match="not sorted"):
        traces(PAIR_STDP, [0.2, 0.1], POST, TIMES)
    with pytest.raises(UnsupportedRule, match="needs firing rates"):
        traces(HEBBIAN, PRE, POST, TIMES)


def test_traces_of_several_trains_are_refused_and_none_is_left_out():
    with pytest.raises(SpikeTrainError, match="the presynaptic train is 2 trains; one is allowed here"):
        traces(PAIR_STDP, [[0.01], [0.02]], [0.03], [0.04])
