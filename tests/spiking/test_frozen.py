"""Frozen projections: the weight is transmitted and stays, learning goes on afterwards."""

import numpy as np
import pytest
from small_networks import driven, trains

from plasticity import events
from plasticity.errors import ArgumentError, UnknownName
from plasticity.networks import Network, Projection, Replay, frozen
from plasticity.rules import RULES
from plasticity.spiking import simulate


def test_a_frozen_weight_is_transmitted_and_stays():
    network = driven()
    run = simulate(frozen(network, "plastic"), 0.3, record=["post", "plastic"])
    learning, fixed = network.projections
    without_rule = Network(
        network.populations, [Projection("plastic", "exc", "post", learning.pairs, 0.5, delay=1e-3), fixed]
    )
    expected = simulate(without_rule, 0.3, record=["post"])

    assert np.ptp(run.trajectories["plastic"].weights) == 0.0 and np.ptp(run.voltages["post"]) > 1e-3
    assert np.array_equal(run.voltages["post"], expected.voltages["post"])
    assert simulate(network, 0.3).weights["plastic"] != pytest.approx([0.5] * 4, abs=1e-3)


@pytest.mark.parametrize("name", ["pair_stdp", "triplet_stdp", "spiking_hebbian"])
def test_learning_goes_on_after_a_test_phase_with_the_traces_of_all_spikes(name):
    rule, pre, post = RULES[name], trains(3, 60.0, 0.3, seed=1), trains(3, 60.0, 0.3, seed=2)
    synapses = Projection("w", "pre", "post", [(k, k) for k in range(3)], 0.5, rule)
    network = Network([Replay("pre", pre), Replay("post", post)], [synapses])
    first = simulate(network, 0.1)
    tested = simulate(frozen(network), 0.1, state=first.state)
    last = simulate(network, 0.1, state=tested.state)

    exact = events.trajectory(rule, pre, post, 0.5)
    learned = [
        sum(change for time, change in zip(times[1:], np.diff(weights), strict=True) if time >= 0.2)
        for times, weights in zip(exact.times, exact.weights, strict=True)
    ]
    assert np.array_equal(tested.weights["w"], first.weights["w"])
    assert np.abs(learned).max() > 1e-3 and last.weights["w"] - tested.weights["w"] == pytest.approx(learned, abs=1e-12)


def test_without_names_every_projection_is_frozen_and_none_is_thawed():
    network = frozen(driven(), "fixed")
    assert [p.is_frozen for p in network.projections] == [False, True]
    assert [p.is_frozen for p in frozen(network).projections] == [True, True]
    assert [p.is_frozen for p in frozen(network, "plastic").projections] == [True, True]


REFUSED = {
    "nobody": (lambda: frozen(driven(), "nobody"), UnknownName, "unknown projection 'nobody'; known: fixed, plastic"),
    "a population": (lambda: frozen(driven(), "post"), UnknownName, "unknown projection 'post'"),
    "no network": (lambda: frozen(5), ArgumentError, "the network is 5; a Network"),
    "no truth": (
        lambda: Projection("s", "a", "b", [(0, 0)], 0.5, is_frozen="yes"), ArgumentError, "s.is_frozen is 'yes'; a bool"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("made", "error", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_frozen_is_refused_in_one_line(made, error, said):
    with pytest.raises(error, match=said) as caught:
        made()
    assert "\n" not in str(caught.value)
