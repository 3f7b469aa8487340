"""Coincidences, conventions, events of the world and what a spike transmits, in networks without a step."""

from dataclasses import replace

import numpy as np
import pytest
from compiled.exact_networks import by_events, simulated, two_layers
from contracts.hybrid_rules import STORED
from contracts.more_rules import VARYING_SIGN

from plasticity import compiled
from plasticity.networks import EventTrain, Network, Population, Projection, Replay, all_to_all, frozen
from plasticity.neurons import NEURONS, with_parameters
from plasticity.rules import PRESETS, RULES, Conventions, Rule, Variable, weight

LIF = NEURONS["lif_excitatory"]
CASES = {
    "ignored": Conventions(),
    "pre first": Conventions(coincidence="pre first", order="depression first"),
    "post first": Conventions(coincidence="post first", clipping="own side"),
    "as nest": PRESETS["nest"],
}


def together(n, seed, jitter=0.0, first=0.0):
    """Trains of which many spikes coincide, to within a jitter."""
    rng, found = np.random.default_rng(seed), []
    for _ in range(n):
        times = np.sort(rng.choice(np.arange(1, 40), 15, replace=False)) * 5e-3
        found.append(np.union1d([first], times + rng.uniform(-jitter, jitter, 15)))
    return found


@pytest.mark.parametrize("jitter, tolerance", [(0.0, 1e-12), (0.45e-9, 1e-6)])
@pytest.mark.parametrize("conventions", CASES.values(), ids=CASES)
@pytest.mark.parametrize("rule", [RULES["triplet_stdp"], RULES["suppression_stdp"], VARYING_SIGN, STORED], ids=str)
def test_what_comes_within_an_instant_is_one_by_every_convention(rule, conventions, jitter, tolerance):
    # a time within an instant may be that of either event: a nanosecond over a time constant, some spikes over
    made = replace(rule, conventions=conventions)
    third = [EventTrain(event, together(1, 9, jitter)[0]) for event in rule.events if event not in ("pre", "post")]
    network = Network(
        [Replay("pre", together(3, 1, jitter)), Replay("post", together(2, 2, jitter))],
        [Projection("s", "pre", "post", all_to_all(3, 2), 0.5, made)],
        third,
    )
    run = simulated(network, 0.25)
    expected = by_events(network, run, network.projections[0])
    assert run.weights["s"] == pytest.approx(expected, abs=tolerance * max(1.0, np.abs(expected).max()))


@pytest.mark.parametrize("coincidence, change", [("ignored", 0.0), ("pre first", 1.0)])
def test_a_jump_that_fires_a_neuron_is_one_instant_with_the_spike_that_it_causes(coincidence, change):
    rule = replace(RULES["pair_stdp"], conventions=Conventions(coincidence=coincidence))
    neuron = with_parameters(NEURONS["lif_delta"], J_v=40e-3)
    network = Network(
        [Replay("pre", [[0.01]]), Population("post", neuron)], [Projection("s", "pre", "post", [(0, 0)], 0.5, rule)]
    )
    run = simulated(network, 0.02)
    assert run.spikes["post"][0].tolist() == [0.01]
    assert run.weights["s"][0] == 0.5 + change * rule.values["A_plus"]


@pytest.mark.parametrize("transmitted, delivered", [("before", 0.2), ("after", 0.6 + 2 * 0.1)])
def test_a_spike_transmits_the_weight_and_the_state_before_its_own_update_or_after(transmitted, delivered):
    # w goes from 0.2 to 0.6 at the spike, x from 0 to 0.1
    rule = Rule(
        "made", "our choice", (), weight({"pre": "= 0.6"}), (Variable("x", {"pre": "0.1"}),),
        transmits="w + 2*x", conventions=Conventions(transmitted=transmitted),
    )  # fmt: skip
    populations = [Replay("pre", [[0.01]]), Population("post", LIF)]

    def state_after(weight, rule=None):
        network = Network(populations, [Projection("s", "pre", "post", [(0, 0)], weight, rule, delay=1e-3)])
        found = simulated(network, 0.02).state.variables["post"]
        return [found["v"][0], found["I_syn"][0]]

    assert state_after(0.2, rule) == pytest.approx(state_after(delivered), rel=1e-12)


def test_short_term_plasticity_transmits_what_steps_transmit():
    network = Network(
        [Replay("pre", [np.arange(1, 15) * 7e-3]), Population("post", LIF)],
        [Projection("s", "pre", "post", [(0, 0)], 0.9, RULES["tsodyks_markram"])],
    )
    ours, theirs = (
        run.state.variables["post"]["I_syn"]
        for run in (simulated(network, 0.1), compiled.simulate(network, 0.1, dt=1e-4, is_compiled=False))
    )
    assert ours == pytest.approx(theirs, rel=1e-9) and ours > 0


def test_a_frozen_projection_keeps_its_weights_and_all_else_goes_on():
    network = two_layers(RULES["pair_stdp"])
    run, plain = simulated(frozen(network, "plastic"), 0.1), simulated(network, 0.1)
    assert (run.weights["plastic"] == 0.4).all() and not (run.weights["among"] == 0.3).all()
    assert run.state.variables["plastic_pre"]["r_pre"] == pytest.approx(plain.state.variables["plastic_pre"]["r_pre"])


def test_the_weights_that_are_recorded_are_those_after_every_instant():
    network = two_layers(RULES["triplet_stdp"])
    run = simulated(network, 0.1, record=["plastic", "fixed"])
    path = run.trajectories["plastic"]
    assert (run.trajectories["fixed"].at(0.1) == 0.5).all()
    assert path.at(0.1) == pytest.approx(run.weights["plastic"], abs=0) and path.start == pytest.approx(0.4)
    early = simulated(network, 0.05)
    assert path.at(0.05 - 1e-9) == pytest.approx(early.weights["plastic"], rel=1e-12)
