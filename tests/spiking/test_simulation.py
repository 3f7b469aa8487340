"""Runs against closed forms and against the exact engine: voltages, spike times, plasticity and its delays."""

from dataclasses import replace

import numpy as np
import pytest
from changing import with_delay
from small_networks import DT, trains

from plasticity import events, spiking
from plasticity.neurons import NEURONS, closed_form_rate, rheobase
from plasticity.rules import RULES, is_readable, weight
from plasticity.spiking import Network, Population, Projection, Replay, simulate

LIF = NEURONS["lif_excitatory"]
SPIKE_RULES = [
    rule for rule in RULES.values() if is_readable(rule, "events") and rule.weight.jumps and not rule.signals
]
# Those of which a spike alone changes nothing
ALONE = [[0.1], []], [[], [0.1]]
PAIRED = [rule for rule in SPIKE_RULES if (events.final_weight(rule, *ALONE, 0.5) == 0.5).all()]


def test_the_voltage_below_threshold_relaxes_exponentially():
    current, c = np.array([-1e-10, 0.5e-10, 1.5e-10]), LIF.values
    recording = spiking.voltages(LIF, current, duration=0.1)
    expected = c["E_L"] + c["R_m"] * current * -np.expm1(-recording.times[:, None] / c["tau_m"])
    assert recording.voltages["neurons"] == pytest.approx(expected, rel=1e-12)  # steps are exact, only rounding


def test_a_current_given_for_every_step_is_the_same_as_a_constant_one():
    constant = spiking.voltages(LIF, [3e-10], duration=0.05)
    table = spiking.voltages(LIF, np.full((500, 1), 3e-10), duration=0.05)
    assert np.array_equal(table.voltages["neurons"], constant.voltages["neurons"])


def test_a_current_acts_from_the_step_it_is_given_for():
    current = np.zeros((100, 1))
    current[40:] = 1e-10
    volts = spiking.voltages(LIF, current, duration=0.01).voltages["neurons"][:, 0]
    assert (
        np.flatnonzero(volts > LIF.values["E_L"] + 1e-12)[0] == 41
    )  # at the end of step 40 is at the start of step 41


def test_the_first_spike_is_stamped_at_the_start_of_the_step_that_crosses_the_threshold():
    c, current = LIF.values, 3e-10
    crossing = -c["tau_m"] * np.log(1 - rheobase(LIF) / current)
    (times,) = simulate(Network([Population("neuron", LIF, 1, current)]), 0.05).spikes["neuron"]
    assert 0 < crossing - times[0] <= DT


def test_after_a_spike_the_neuron_is_reset_and_held_for_its_refractory_time():
    recording = spiking.voltages(LIF, [3e-10], duration=0.05)
    first = round(recording.spikes["neurons"][0][0] / DT)
    held = recording.voltages["neurons"][first + 1 :, 0] == LIF.values["V_reset"]
    # the reset falls on the end of the step that fired: from there t_ref / dt steps, and the one that starts there
    assert np.flatnonzero(~held)[0] == round(LIF.values["t_ref"] / DT) + 1


def test_replayed_spikes_come_back_as_the_same_floats():
    given = trains(3, 40.0, 1.0, seed=5)
    recorded = simulate(Network([Replay("pre", given)]), 1.0).spikes["pre"]
    assert all(np.array_equal(*pair) for pair in zip(recorded, given, strict=True))


def test_spikes_after_the_end_of_the_run_are_not_fired():
    assert simulate(Network([Replay("pre", [[0.01, 0.02]])]), 0.02).spikes["pre"][0].tolist() == [0.01]


def test_many_currents_at_once_give_what_each_gives_alone():
    currents = [2e-10, 3e-10, 4e-10]
    alone = [spiking.rates(LIF, [current], duration=0.2)[0] for current in currents]
    assert spiking.rates(LIF, currents, duration=0.2) == alone and alone[0].rate < alone[2].rate < closed_form_rate(
        LIF, 4e-10
    )


def between_replays(rule, *, delay=0.0, w0=0.5):
    """The final weights of synapses between trains that are replayed, and the trains."""
    dt = 1e-3  # coarse, so that many spikes coincide, some of them by the delays
    pre, post = trains(5, 30.0, 1.0, seed=6, dt=dt), trains(5, 30.0, 1.0, seed=7, dt=dt)
    pairs = [(k, k) for k in range(5)]
    synapses = Projection("synapses", "pre", "post", pairs, w0, rule, delay)
    run = simulate(Network([Replay("pre", pre), Replay("post", post)], [synapses]), 1.1, dt=dt)
    return run.weights["synapses"], pre, post


@pytest.mark.parametrize("rule", SPIKE_RULES, ids=str)
@pytest.mark.parametrize("axonal, dendritic", [(0.0, 0.0), (3e-3, 0.0), (0.0, 2e-3), (3e-3, 2e-3)])
def test_delays_of_the_rule_shift_the_trains_at_the_synapse(rule, axonal, dendritic):
    rule = with_delay(with_delay(rule, "pre", axonal), "post", dendritic)
    simulated, pre, post = between_replays(rule)
    assert simulated == pytest.approx(events.final_weight(rule, pre, post, 0.5), rel=1e-12)


def test_the_delay_of_a_projection_shifts_the_presynaptic_train():
    simulated, pre, post = between_replays(RULES["pair_stdp"], delay=4e-3)
    exact = events.final_weight(RULES["pair_stdp"], [train + 4e-3 for train in pre], post, 0.5)
    assert simulated == pytest.approx(exact, rel=1e-12)


@pytest.mark.parametrize("axonal, dendritic", [(0.0, 4e-3), (1e-3, 3e-3), (4e-3, 4e-3), (6e-3, 0.0)])
def test_a_delay_of_the_rule_is_the_whole_delay_of_its_plasticity_beside_one_of_the_projection(axonal, dendritic):
    rule = with_delay(with_delay(RULES["pair_stdp"], "pre", axonal), "post", dendritic)
    simulated, pre, post = between_replays(rule, delay=4e-3)
    assert simulated == pytest.approx(events.final_weight(rule, pre, post, 0.5), rel=1e-12)


@pytest.mark.parametrize("axonal", [0.0, 1e-3, 6e-3])
def test_a_delay_of_the_rule_leaves_the_time_of_transmission_alone(axonal):
    rule = with_delay(RULES["pair_stdp"], "pre", axonal)
    synapse = Projection("synapse", "pre", "post", [(0, 0)], 0.5, rule, delay=4e-3)
    network = Network([Replay("pre", [[0.01]]), Population("post", LIF)], [synapse])
    volts = simulate(network, 0.03, record=["post"]).voltages["post"][:, 0]
    moved = np.flatnonzero(volts - LIF.values["E_L"] > 1e-9)[0]  # volts, above rounding
    assert moved == round(0.014 / DT) + 2  # a spike arrives at the end of its step, and moves the voltage in the next


def pulses(duration, *onsets):
    """Currents of one neuron each, (n_steps, n_neurons): 3 ms long and strong enough for one spike."""
    steps = np.arange(round(duration / DT))[:, None] * DT
    return 2e-9 * np.stack([((steps >= o - 1e-9) & (steps < o + 3e-3 - 1e-9)).any(axis=1) for o in onsets], axis=1)


def coupled(rule, *onsets, duration=0.5):
    """Two neurons that fire at pulses of current, with a synapse each way: the recording."""
    neurons = Population("neurons", LIF, 2, pulses(duration, *(np.array(onset) for onset in onsets)))
    synapses = Projection("synapses", "neurons", "neurons", [(0, 1), (1, 0)], 0.5, rule)
    return simulate(Network([neurons], [synapses]), duration, record=["synapses"])


@pytest.mark.parametrize("rule", SPIKE_RULES, ids=str)
def test_coupled_neurons_change_their_synapses_as_the_exact_reader_says(rule):
    run = coupled(rule, np.arange(0.02, 0.45, 0.05), np.arange(0.026, 0.45, 0.05))
    a, b = run.spikes["neurons"]
    exact = [events.final_weight(rule, a, b, 0.5), events.final_weight(rule, b, a, 0.5)]
    assert a.size == b.size == 9 and abs(exact[0] - 0.5) > 1e-5
    assert run.weights["synapses"] == pytest.approx(exact, rel=1e-12)


@pytest.mark.parametrize("rule", PAIRED, ids=str)
def test_neurons_that_fire_in_one_step_follow_the_convention_of_the_rule(rule):
    run = coupled(rule, [0.01], [0.01], duration=0.02)
    a, b = run.spikes["neurons"]
    counted = {"spiking_hebbian": 1, "spiking_anti_hebbian": -1}  # pre acts in full an instant before post
    change = rule.values["A"] * counted[rule.name] if rule.name in counted else 0.0
    assert np.array_equal(a, b) and a.size == 1
    assert run.weights["synapses"] - 0.5 == pytest.approx([change] * 2, abs=1e-15)


def test_recorded_weights_change_at_the_steps_of_the_spikes_as_the_exact_reader_says():
    rule = RULES["pair_stdp"]
    run = coupled(rule, [0.1, 0.2], [0.11, 0.21])
    exact = events.trajectory(rule, *run.spikes["neurons"], 0.5)
    kept = run.trajectories["synapses"]
    at_spikes = np.round(exact.times / DT).astype(int)
    assert kept.weights[0, at_spikes] == pytest.approx(exact.weights, rel=1e-12)
    assert np.array_equal(np.flatnonzero(np.diff(kept.weights[0])) + 1, at_spikes[1:])


@pytest.mark.parametrize("name", ["lower", "upper", "sign", "now", "w_p", "i", "dt"])
def test_a_parameter_may_be_called_as_the_printed_text_calls_its_own(name):
    rule = RULES["pair_stdp"]
    parameters = (replace(rule.parameters[0], name=name), *rule.parameters[1:])
    changes = weight({"pre": "-A_minus*r_post", "post": f"{name}*r_pre"})
    renamed = replace(rule, parameters=parameters, weight=changes, sets=())
    projection = Projection("synapses", "pre", "post", [(0, 0)], 0.5, renamed)
    network = Network([Replay("pre", [[0.01]]), Population("post", LIF, current=3e-10)], [projection])

    recording = simulate(network, 0.05)

    (post,) = recording.spikes["post"]
    exact = events.final_weight(rule, [0.01], post, 0.5)
    assert exact != 0.5 and recording.weights["synapses"] == pytest.approx(exact, rel=1e-12)
