"""The contract that every plasticity rule keeps. A rule joins by being in RULES."""

import numpy as np
import pytest
from agreement import assert_engines_agree
from definition import weights_by_definition
from more_rules import MORE_RULES
from rule_cases import CASES, CATALOGUE, VARIED, strong
from spike_trains import GRID, any_times, grid_times, n_coincidences, start_weights

from plasticity import events, spiking
from plasticity.errors import UnsupportedRule
from plasticity.rules import RULES
from plasticity.rules.system import system

SEED = 20
# Rules whose weights come to rest on the way to their bounds, however strong they are
RESTING = {"multiplicative_stdp", "inhibitory_stdp", "noiseless(van_rossum_stdp)"}
RATE_RULES = [rule for rule in RULES.values() if "rate" in system(rule).needs]


@pytest.mark.parametrize("rule", CASES, ids=str)
def test_brian2_and_the_evaluator_agree_after_every_spike_at_any_times(rule):
    assert_engines_agree(rule, *any_times(SEED), start_weights(rule))


@pytest.mark.parametrize("rule", CASES, ids=str)
def test_brian2_and_the_evaluator_agree_after_every_spike_on_a_grid(rule):
    assert_engines_agree(rule, *grid_times(SEED), start_weights(rule), dt=GRID)


@pytest.mark.parametrize("dt", [None, GRID], ids=["any times", "grid"])
@pytest.mark.parametrize("rule", VARIED, ids=str)
def test_brian2_and_the_evaluator_agree_on_a_single_synapse(rule, dt):
    pre, post = (any_times if dt is None else grid_times)(SEED)

    assert_engines_agree(strong(rule), pre[0], post[0], start_weights(rule)[1], dt=dt)


@pytest.mark.parametrize("rule", VARIED, ids=str)
def test_brian2_and_the_evaluator_agree_when_trains_are_empty(rule):
    some = [0.1, 0.2, 0.205]

    assert_engines_agree(strong(rule), [[], some, [], some], [[0.201], [], [], some], start_weights(rule)[1])


@pytest.mark.parametrize("rule", CASES, ids=str)
@pytest.mark.parametrize("trains", [any_times, grid_times])
def test_the_evaluator_follows_the_definition_spike_by_spike(rule, trains):
    pre, post = trains(SEED)
    w0 = start_weights(rule)

    weights = events.trajectory(rule, pre, post, w0).weights

    for row, *synapse in zip(weights, pre, post, w0, strict=True):
        # the same sums in another order; the absolute part is the rounding that a subtraction leaves behind
        np.testing.assert_allclose(row[np.isfinite(row)], weights_by_definition(rule, *synapse), 1e-12, 1e-14)


@pytest.mark.parametrize("rule", VARIED, ids=str)
def test_a_synapse_inside_a_network_learns_as_one_alone(rule):
    rule = strong(rule)
    pre, post = grid_times(SEED)
    w0, pairs = start_weights(rule), [(k, k) for k in range(len(pre))]
    synapses = spiking.Projection("synapses", "before", "after", pairs, w0, rule)
    network = spiking.Network([spiking.Replay("before", pre), spiking.Replay("after", post)], [synapses])

    learnt = spiking.simulate(network, 1.1, dt=GRID).weights["synapses"]

    np.testing.assert_allclose(learnt, events.final_weight(rule, pre, post, w0), 1e-12, 1e-14)


@pytest.mark.parametrize("trains", [any_times, grid_times])
def test_the_trains_of_this_contract_hold_coincidences(trains):
    assert min(n_coincidences(*trains(SEED))) >= 10


@pytest.mark.parametrize("trains", [any_times, grid_times])
@pytest.mark.parametrize(
    "rule", [strong(rule) for rule in (*CATALOGUE, *MORE_RULES) if rule.name not in RESTING], ids=str
)
def test_the_trains_of_this_contract_run_into_every_bound_within_reach(rule, trains):
    weights = events.trajectory(rule, *trains(SEED), start_weights(rule)).weights

    before, after = weights[:, :-1], weights[:, 1:]
    arrives_low = (after == rule.bounds.lower) & (before > after)
    arrives_high = (after == rule.bounds.upper) & (before < after)
    assert arrives_low.any() or not (after < before).any()
    assert arrives_high.any() or not (after > before).any() or np.isinf(rule.bounds.upper)


@pytest.mark.parametrize("read", [events.trajectory, spiking.trajectory], ids=["events", "spiking"])
@pytest.mark.parametrize("rule", RATE_RULES, ids=str)
def test_a_rule_that_reads_rates_is_refused_by_readers_of_spikes(rule, read):
    with pytest.raises(
        UnsupportedRule, match="needs firing rates, which plasticity.* does not read; use plasticity.rates"
    ):
        read(rule, [0.1], [0.2], 0.5)
