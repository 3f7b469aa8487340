"""Networks without a step: against closed forms, runs in steps, and the exact evaluation of their own spikes."""

from dataclasses import replace

import mpmath
import numpy as np
import pytest
from compiled.exact_networks import by_events, simulated, two_layers

from plasticity import spiking
from plasticity.networks import Network, Population, Projection, Replay
from plasticity.neurons import NEURONS, Parameter, closed_form_rate, with_parameters
from plasticity.rules import RULES, is_readable, with_conventions
from plasticity.rules.system import system

LIF, PAIR = NEURONS["lif_excitatory"], RULES["pair_stdp"]
LEARNT = [rule for rule in RULES.values() if is_readable(rule, "compiled") and set(rule.events) == {"pre", "post"}]
LEARNT = [rule for rule in LEARNT if "moving weight" not in system(rule).needs]


@pytest.mark.parametrize("name", ["lif_excitatory", "lif_delta", "lif_alpha"])
def test_a_constant_current_gives_the_intervals_of_the_closed_form(name):
    currents = np.array([1.61e-10, 2e-10, 1e-9])
    run = simulated(Network([Population("post", NEURONS[name], 3, currents)]), 0.5)
    intervals = [np.diff(train) for train in run.spikes["post"]]
    expected = 1 / closed_form_rate(NEURONS[name], currents)
    assert all(found == pytest.approx(one, rel=1e-13) for found, one in zip(intervals, expected, strict=True))
    assert min(map(len, intervals)) > 3


def test_a_voltage_that_is_held_for_less_than_the_refractory_time_goes_on_then():
    held = replace(
        LIF, parameters=(*LIF.parameters, Parameter("t_hold", 1e-3, "ms")), closed_form=None,
        variables=(replace(LIF.variables[0], held="t_hold"), *LIF.variables[1:]),
    )  # fmt: skip
    run = simulated(Network([Population("post", held, 1, 2e-10)]), 0.2)
    climb = 1 / closed_form_rate(LIF, 2e-10) - LIF.values["t_ref"]
    assert np.diff(run.spikes["post"][0]) == pytest.approx(1e-3 + climb, rel=1e-13) and climb > 2e-3


def test_at_rheobase_a_neuron_is_silent_and_above_it_by_a_billionth_it_fires():
    neuron = with_parameters(LIF, bias=0.0)
    run = simulated(Network([Population("post", neuron, 2, [0.0, 1.6e-19])]), 5.0)
    assert not run.spikes["post"][0].size and run.spikes["post"][1].size


def potential(neuron, t, arrivals):
    """Volts above rest at `t` of a lif neuron with equal or different time constants, by an integral of many digits."""
    tau_m, tau_s = mpmath.mpf(neuron.values["tau_m"]), mpmath.mpf(neuron.values["tau_syn"])
    size, total = mpmath.mpf(neuron.values["R_m"] * neuron.values["J_syn"]), mpmath.mpf(0)
    for time, weight in arrivals:
        age = t - time
        if age > 0 and tau_m == tau_s:
            total += size * weight * age / tau_m * mpmath.exp(-age / tau_m)
        elif age > 0:
            total += size * weight / (tau_m / tau_s - 1) * (mpmath.exp(-age / tau_m) - mpmath.exp(-age / tau_s))
    return total


@pytest.mark.parametrize("tau_syn", [5e-3, 20e-3, 20e-3 * (1 + 1e-9), 60e-3])
def test_the_spike_that_two_inputs_cause_comes_when_their_potentials_reach_the_threshold(tau_syn):
    neuron = with_parameters(LIF, tau_syn=tau_syn, J_syn=1e-9)
    arrivals = [(0.01, 0.5), (0.0123, 0.9)]
    network = Network(
        [Replay("pre", [[time] for time, _ in arrivals]), Population("post", neuron)],
        [Projection("s", "pre", "post", [(0, 0), (1, 0)], [weight for _, weight in arrivals])],
    )
    found = float(simulated(network, 0.1).spikes["post"][0][0])
    swing = neuron.values["V_threshold"] - neuron.values["E_L"]
    with mpmath.workdps(40):
        exact_time = mpmath.findroot(lambda t: potential(neuron, t, arrivals) - swing, found)
    assert found > 0.0123 and abs(found - exact_time) < 4e-16  # what V_threshold - E_L rounds, over the slope


@pytest.mark.parametrize("name", ["lif_excitatory", "lif_delta"])
@pytest.mark.parametrize("rule", LEARNT, ids=str)
def test_weights_are_those_of_the_exact_evaluation_of_the_spikes(rule, name):
    network = two_layers(rule, neuron=name)
    run = simulated(network, 0.15)
    for projection in network.projections:
        if projection.rule is not None:
            expected = by_events(network, run, projection)
            scale = max(1.0, np.abs(expected).max())
            assert run.weights[projection.name] == pytest.approx(expected, abs=1e-12 * scale)


def test_a_spike_that_a_changed_weight_causes_is_learnt_from_behind_that_change():
    rule = with_conventions(RULES["pair_stdp"], transmitted="after", coincidence="pre first")
    network = Network(
        [Replay("pre", [[0.01, 0.022, 0.03]]), Population("post", with_parameters(NEURONS["lif_delta"], J_v=0.02))],
        [Projection("s", "pre", "post", [(0, 0)], 0.9, rule), Projection("back", "post", "pre", [(0, 0)], 0.5, PAIR)],
    )
    run = simulated(network, 0.05)
    assert np.array_equal(run.spikes["post"][0], [0.01, 0.022, 0.03])
    assert run.weights["s"] == pytest.approx(by_events(network, run, network.projections[0]), abs=1e-14)
    assert run.weights["back"] < 0.5  # of which each presynaptic spike comes behind its own cause


IN_STEPS = {
    "currents": (LIF, RULES["pair_stdp"]),
    "jumps": (
        # a refractory time that ends beside the grid of the trains; see the text of `plasticity.compiled.exact.running`
        with_parameters(NEURONS["lif_delta"], t_ref=2.3e-3),
        replace(RULES["pair_stdp"], conventions=replace(RULES["pair_stdp"].conventions, coincidence="pre first")),
    ),
}


@pytest.mark.parametrize(("neuron", "rule"), IN_STEPS.values(), ids=IN_STEPS)
def test_runs_in_steps_come_near_in_first_order_of_the_step(neuron, rule):
    network = two_layers(rule, neuron=neuron, delay=1e-3, grid=1e-3, seed=2)
    run, errors = simulated(network, 0.1), []
    for dt in (1e-4, 2e-5):
        steps = spiking.simulate(network, 0.1, dt=dt, target="numpy")
        assert [len(train) for train in steps.spikes["post"]] == [len(train) for train in run.spikes["post"]]
        away = np.concatenate(run.spikes["post"]) - np.concatenate(steps.spikes["post"])
        errors.append([np.abs(away).max(), max(np.abs(run.weights[w] - steps.weights[w]).max() for w in run.weights)])
    assert all(3 < before / after < 8 for before, after in zip(*errors, strict=True)) and errors[1][0] < 8e-5
