"""What a synapse transmits, spike by spike: against published values, recursions by hand, and Brian2."""

import math

import numpy as np
import pytest
from spike_trains import any_times, grid_times

from plasticity import events, spiking
from plasticity.networks import Network, Population, Projection, Replay
from plasticity.neurons import NEURONS
from plasticity.published import load
from plasticity.rules import RULES, with_conventions

SEED = 31
TABLE = load("tsodyks1998_stationary")
PRINTED = list(zip(TABLE["kind"], TABLE["rate_hz"], TABLE["release_over_U"], strict=True))


@pytest.mark.parametrize(("kind", "rate", "printed"), PRINTED)
def test_release_at_a_regular_rate_becomes_the_published_one(kind, rate, printed):
    rule = RULES[f"tsodyks_markram:{kind}"]

    sent = events.transmitted(rule, np.arange(400) / rate, [], 1.0)

    digits = 3 if kind == "depressing" else 2
    assert sent[-1] / rule.values["U"] == pytest.approx(printed, abs=0.5 * 10**-digits)


@pytest.mark.parametrize("kind", ["depressing", "facilitating"])
def test_release_follows_the_recursion_of_the_model(kind):
    rule, pre = RULES[f"tsodyks_markram:{kind}"], any_times(SEED)[0][0]
    U, tau_rec, tau_facil = (rule.values[name] for name in ("U", "tau_rec", "tau_facil"))
    u, R, before, expected = 0.0, 1.0, -math.inf, []
    for now in pre:
        u = u * math.exp((before - now) / tau_facil) if tau_facil else 0.0
        R = 1 + (R - 1) * math.exp((before - now) / tau_rec)
        u += U * (1 - u)
        expected.append(0.7 * u * R)
        R, before = R - u * R, now

    np.testing.assert_allclose(events.transmitted(rule, pre, [], 0.7), expected, rtol=1e-12)


def test_a_rule_without_short_term_state_transmits_its_weight_before_the_spike():
    pre, post = [0.010, 0.030, 0.050], [0.015, 0.035]
    path = events.trajectory(RULES["pair_stdp"], pre, post, 0.5)

    sent = events.transmitted(RULES["pair_stdp"], pre, post, 0.5)

    np.testing.assert_array_equal(sent, [0.5, *path.weights[[1, 3]]])
    assert events.transmitted(RULES["pair_stdp"], [], post).size == 0


def test_after_its_update_a_spike_transmits_what_it_leaves():
    late = with_conventions(RULES["pair_stdp"], transmitted="after")
    pre, post = [0.010, 0.030, 0.050], [0.015, 0.035]

    sent = events.transmitted(late, pre, post, 0.5)

    np.testing.assert_array_equal(sent, events.trajectory(late, pre, post, 0.5).weights[[0, 2, 4]])


def test_every_synapse_has_a_row_of_its_own_presynaptic_spikes():
    rule, pre, post = RULES["tsodyks_markram_stdp"], [[0.01, 0.02, 0.05], [0.03]], [[0.015], [0.01, 0.025]]

    sent = events.transmitted(rule, pre, post, [0.4, 0.6])

    alone = [events.transmitted(rule, *synapse) for synapse in zip(pre, post, [0.4, 0.6], strict=True)]
    np.testing.assert_array_equal(sent, [alone[0], [*alone[1], np.nan, np.nan]])


def test_long_term_and_short_term_plasticity_multiply():
    pre, post = (side[1] for side in grid_times(SEED))

    both = events.transmitted(RULES["tsodyks_markram_stdp"], pre, post, 0.5)

    weights = events.transmitted(RULES["pair_stdp"], pre, post, 0.5)
    np.testing.assert_allclose(both, weights * events.transmitted(RULES["tsodyks_markram"], pre, [], 1.0), rtol=1e-12)


def voltages(weights, trains, rule=None):
    """The voltage above rest of a silent neuron, each of whose synapses gets a train."""
    pairs = [(k, 0) for k in range(len(trains))]
    synapses = Projection("synapses", "pre", "post", pairs, weights, rule)
    network = Network([Replay("pre", trains), Population("post", NEURONS["lif_excitatory"])], [synapses])
    run = spiking.simulate(network, 0.2, dt=1e-4, record=["post"])
    return run.voltages["post"][:, 0] - NEURONS["lif_excitatory"].values["E_L"]


@pytest.mark.parametrize("kind", ["depressing", "facilitating"])
def test_brian2_transmits_in_a_network_what_the_exact_engine_says(kind):
    rule, pre = RULES[f"tsodyks_markram_stdp:{kind}"], np.array([0.01, 0.03, 0.035, 0.1, 0.12])

    found = voltages(0.01, [pre], rule)

    each = voltages(events.transmitted(rule, pre, [], 0.01), [[time] for time in pre])
    assert np.abs(found - each).max() < 1e-9 * np.ptp(each) and np.ptp(each) > 1e-6
