"""Transmission: sign, size and time of what a spike delivers."""

import numpy as np
import pytest
from one_synapse import INHIBITORY, LIF

from plasticity.neurons import synaptic_potential, with_parameters
from plasticity.rules import RULES, scaled
from plasticity.spiking import Network, Population, Projection, Replay, simulate

REST = LIF.values["E_L"]
ROUNDING = 1e-12 * abs(REST)  # of voltages near rest, in volts; a potential is 1e-3
PULSE = np.zeros((600, 1))
PULSE[100:130] = 2e-9  # at 10 ms, strong enough for one spike


def potential(source=None, *, weight=0.4, rule=None, delay=0.0, dt=1e-4, neuron=LIF):
    """The voltage above rest of a neuron whose synapse gets a spike at 10 ms, by default replayed."""
    source = source or Replay("pre", [[0.01]])
    synapse = Projection("synapse", "pre", "post", [(0, 0)], weight, rule, delay)
    network = Network([source, Population("post", neuron)], [synapse])
    return simulate(network, 0.06, dt=dt, record=["post"]).voltages["post"][:, 0] - REST


@pytest.mark.parametrize("tau_syn", [5e-3, 20e-3, 40e-3], ids=["faster", "as fast as the membrane", "slower"])
def test_the_peak_of_the_postsynaptic_potential_tends_to_the_closed_form(tau_syn):
    neuron = with_parameters(LIF, tau_syn=tau_syn)
    peaks = np.array([potential(neuron=neuron, dt=dt).max() for dt in (0.5e-3, 0.05e-3)])
    # the steps are exact, the peak between them is missed by at most half its curvature times dt^2
    error = 1 - peaks / synaptic_potential(neuron, 0.4)
    assert np.all(error > -1e-11) and error[1] < 1e-5 and error[1] - 1e-11 < error[0] < 1e-3


def test_the_postsynaptic_potential_is_the_difference_of_two_exponentials():
    c = LIF.values
    since = np.arange(600) * 1e-4 - 0.0101  # a spike arrives at the end of its step
    size = c["R_m"] * c["J_syn"] * 0.4 * c["tau_syn"] / (c["tau_m"] - c["tau_syn"])
    expected = np.where(since > 0, size * (np.exp(-since / c["tau_m"]) - np.exp(-since / c["tau_syn"])), 0.0)
    assert potential() == pytest.approx(expected, abs=ROUNDING)


def test_a_replayed_inhibitory_spike_delivers_the_opposite_of_an_excitatory_one():
    assert potential(Replay("pre", [[0.01]], sign=-1)) == pytest.approx(-potential(), abs=ROUNDING)


@pytest.mark.parametrize("neuron, sign", [(LIF, 1), (INHIBITORY, -1)], ids=str)
def test_the_sign_is_that_of_the_neuron_that_fires_whatever_the_one_that_receives(neuron, sign):
    for receiver in (LIF, INHIBITORY):
        delivered = potential(Population("pre", neuron, 1, PULSE), neuron=receiver)
        assert np.all(sign * delivered > -ROUNDING) and np.abs(delivered).max() > 1e-4


def test_a_weight_of_twice_the_size_delivers_twice_the_potential():
    assert potential(weight=0.6) == pytest.approx(2 * potential(weight=0.3), abs=ROUNDING)


def test_a_delay_shifts_the_potential_and_nothing_else():
    late, at_once = potential(delay=1.5e-3), potential()
    assert late[15:] == pytest.approx(at_once[:-15], abs=ROUNDING) and np.abs(late[:15]).max() < ROUNDING


@pytest.mark.parametrize("name", ["pair_stdp", "spiking_hebbian"])
def test_the_weight_that_is_transmitted_is_the_one_before_the_update(name):
    # the neuron fires at 10 ms, then a spike arrives at 20 ms: that spike itself changes its weight, by 0.1 or more
    rule, network = scaled(RULES[name], 40.0), {}
    for kind, plastic in (("plastic", rule), ("fixed", None)):
        synapse = Projection("synapse", "pre", "post", [(0, 0)], 0.5, plastic)
        parts = [Replay("pre", [[0.02]]), Population("post", LIF, 1, PULSE)]
        network[kind] = simulate(Network(parts, [synapse]), 0.06, record=["post"])
    assert abs(network["plastic"].weights["synapse"][0] - 0.5) > 0.1
    assert np.array_equal(network["plastic"].voltages["post"], network["fixed"].voltages["post"])


def test_synapses_keep_the_order_of_their_pairs():
    pairs, weights = [(1, 1), (0, 0), (1, 0)], [0.1, 0.2, 0.3]
    network = Network(
        [Replay("pre", [[], [0.01]]), Population("post", LIF, 2)], [Projection("s", "pre", "post", pairs, weights)]
    )
    recording = simulate(network, 0.03, record=["post"])
    sizes = (recording.voltages["post"] - REST).max(axis=0)
    assert recording.weights["s"].tolist() == weights and sizes[0] / sizes[1] == pytest.approx(3.0, rel=1e-9)


def test_pairs_may_be_an_array():
    pairs, weights = [(1, 1), (0, 0), (1, 0)], [0.1, 0.2, 0.3]
    runs = []
    for given in (pairs, np.array(pairs)):
        network = Network(
            [Replay("pre", [[], [0.01]]), Population("post", LIF, 2)], [Projection("s", "pre", "post", given, weights)]
        )
        runs.append(simulate(network, 0.03, record=["post"]).voltages["post"])

    assert np.array_equal(*runs)


def test_spikes_are_those_of_each_neuron_in_order():
    trains = [[0.003, 0.001], [], [0.001, 0.002, 0.004], []]
    network = Network([Replay("pre", [sorted(train) for train in trains])])

    spikes = simulate(network, 0.006, dt=1e-3).spikes["pre"]

    assert [times.tolist() for times in spikes] == [sorted(train) for train in trains]


def test_two_synapses_of_one_pair_add_up():
    network = Network(
        [Replay("pre", [[0.01]]), Population("post", LIF)],
        [Projection("s", "pre", "post", [(0, 0), (0, 0)], [0.1, 0.3])],
    )
    delivered = simulate(network, 0.06, record=["post"]).voltages["post"][:, 0] - REST
    assert delivered == pytest.approx(potential(weight=0.4), abs=ROUNDING)
