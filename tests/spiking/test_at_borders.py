"""What comes in: times beside the grid, units, impossible values; each met exactly, or refused with what fits."""

import datetime
from dataclasses import replace

import numpy as np
import pytest
from changing import with_delay

from plasticity import spiking
from plasticity.errors import ArgumentError, PlasticityError, SimulationError, SpikeTrainError, UnknownName
from plasticity.neurons import NEURONS, Parameter, Receptor, closed_form_rate, rate_in_steps, with_parameters
from plasticity.rules import RULES
from plasticity.spiking import Network, Population, Projection, Replay, simulate, statistics
from plasticity.spiking.loading import brian

LIF = NEURONS["lif_excitatory"]
FIRING = Network([Population("neurons", LIF, 1, 3e-10)])


@pytest.mark.parametrize("bias, t_ref, dt", [(5, 0.49e-3, 5e-4), (20, 2.9e-3, 5e-4), (0.25, 2.05e-3, 1e-4)])
def test_a_refractory_time_beside_the_grid_is_refused_with_what_fits(bias, t_ref, dt):
    neuron = with_parameters(LIF, bias=bias, t_ref=t_ref)
    below, above = (1e3 * dt * (int(t_ref / dt) + k) for k in (0, 1))
    said = (
        rf"t_ref = {t_ref * 1e3:g} ms is no multiple .* {dt * 1e3:g} ms; the nearest are {below:g} ms and {above:g} ms"
    )
    with pytest.raises(SimulationError, match=said):
        spiking.rates(neuron, [0.0], dt=dt)
    with pytest.raises(PlasticityError, match=said):
        rate_in_steps(neuron, 0.0, dt)


@pytest.mark.parametrize("t_ref", [0.0, 0.5e-3, 0.3, 0.7e-3 + 1e-16])
def test_a_refractory_time_on_the_grid_gives_the_rate_in_steps(t_ref):
    neuron = with_parameters(LIF, bias=5, t_ref=t_ref)
    (found,) = spiking.rates(neuron, [0.0], duration=0.7, dt=1e-4)
    assert found.rate == pytest.approx(rate_in_steps(neuron, 0.0, 1e-4), rel=1e-9)


def test_the_step_that_the_refusal_names_is_accepted():
    neuron = with_parameters(LIF, bias=5, t_ref=0.49e-3)
    (found,) = spiking.rates(neuron, [0.0], duration=0.49, settle=0.098, dt=0.49e-3)
    assert found.rate == pytest.approx(rate_in_steps(neuron, 0.0, 0.49e-3), rel=1e-9)
    # a spike falls on the end of its step: the interval is up to a step longer
    assert 0 <= 1 / found.rate - 1 / closed_form_rate(neuron) < 0.49e-3


BESIDE_THE_GRID = {
    "duration": (lambda: simulate(FIRING, 0.01005), "the duration = 10.05 ms is no multiple .* 10 ms and 10.1 ms"),
    "settle": (lambda: spiking.rates(LIF, [3e-10], settle=0.00123), "the settling time = 1.23 ms is no multiple"),
    "measured": (lambda: spiking.rates(LIF, [3e-10], duration=0.10003), "the duration = 100.03 ms is no multiple"),
    "voltages": (lambda: spiking.voltages(LIF, [3e-10], duration=1 / 3), "the duration = 333.333333333 ms is no"),
}


@pytest.mark.parametrize("run, said", BESIDE_THE_GRID.values(), ids=BESIDE_THE_GRID)
def test_times_beside_the_grid_are_refused_with_the_nearest_that_fit(run, said):
    with pytest.raises(ArgumentError, match=said):
        run()


def test_settling_for_a_time_that_binary_numbers_miss_loses_no_spike():
    # a spike at step k is stamped k dt, which can be less than the float that a person writes for the same time
    neuron, dt = with_parameters(LIF, t_ref=3e-3), 3e-4
    (times,) = simulate(Network([Population("neurons", neuron, 1, 3e-10)]), 2.1, dt=dt).spikes["neurons"]
    steps = np.round(times / dt).astype(int)
    (k, *_) = steps[steps * dt < 3 * steps / 10_000]
    (found,) = spiking.rates(neuron, [3e-10], duration=0.15, settle=3 * k / 10_000, dt=dt)
    assert found.n_spikes == ((steps >= k) & (steps < k + 500)).sum()


def test_times_and_currents_take_units():
    b2 = brian()
    in_units = spiking.rates(
        LIF, [300, 400] * b2.pamp, duration=300 * b2.ms, settle=datetime.timedelta(seconds=0.1), dt=100 * b2.usecond
    )
    bare = spiking.rates(LIF, [3e-10, 4e-10], duration=0.3, settle=0.1, dt=1e-4)
    assert [one.rate for one in in_units] == pytest.approx([one.rate for one in bare], rel=1e-12)


def test_delays_trains_and_constants_take_units():
    b2, neuron = brian(), with_parameters(LIF, tau_m=10 * brian().ms, R_m=np.float32(1e8), bias=np.int64(-1))
    assert (neuron.values["tau_m"], type(neuron.values["bias"])) == (0.01, float)

    def voltages(train, delay):
        synapse = Projection("synapse", "pre", "post", [(0, 0)], 0.5, None, delay)
        network = Network([Replay("pre", [train]), Population("post", neuron)], [synapse])
        return simulate(network, 0.02, record=["post"]).voltages["post"]

    assert np.array_equal(voltages([5] * b2.ms, 1 * b2.ms), voltages([0.005], 1e-3))


SIMULATED = {
    "no network": (lambda: simulate(None, 0.1), "the network is None; a Network is allowed"),
    "step no number": (lambda: simulate(FIRING, 0.1, dt="x"), "the step is 'x'"),
    "step a volt": (lambda: simulate(FIRING, 0.1, dt=1e-4 * brian().volt), "the step is"),
    "duration no number": (lambda: simulate(FIRING, None), "the duration is None"),
    "duration in volts": (lambda: simulate(FIRING, 0.1 * brian().volt), "the duration is"),
    "durations": (lambda: simulate(FIRING, [0.1, 0.2]), r"the duration has shape \(2,\)"),
    "record text": (lambda: simulate(FIRING, 0.1, record="neurons"), "what is recorded is 'neurons'; a list of names"),
    "record number": (lambda: simulate(FIRING, 0.1, record=[5]), "what is recorded is"),
    "target": (lambda: simulate(FIRING, 0.1, target=None), "the target is None; allowed: auto, numpy"),
    "seed below zero": (lambda: simulate(FIRING, 0.1, seed=-1), "the seed is -1; a whole number from 0 to 4294967295"),
    "seed too large": (lambda: simulate(FIRING, 0.1, seed=2**32), "the seed is 4294967296"),
    "no neuron": (lambda: spiking.rates("lif_excitatory", [0.0]), "the neuron of neurons is 'lif_excitatory'"),
    "no current": (lambda: spiking.rates(LIF, []), "the size of neurons is 0"),
    "current of text": (lambda: spiking.rates(LIF, ["1"]), "the current holds text|the current is"),
    "current NaN": (lambda: spiking.rates(LIF, [np.nan]), "the current is nan at index 0"),
    "current masked": (lambda: spiking.rates(LIF, np.ma.array([1e-10, 2e-10], mask=[0, 1])), "the current .*mask"),
    "current of three axes": (lambda: spiking.voltages(LIF, np.zeros((2, 2, 2))), "current of neurons has shape"),
    "currents that change": (lambda: spiking.rates(LIF, np.zeros((2, 2))), r"the current has shape \(2, 2\)"),
    "settle": (lambda: spiking.rates(LIF, [0.0], settle=-0.1), "the settling time is -0.1 s; 0 s or more"),
    "duration of nothing": (lambda: spiking.rates(LIF, [0.0], duration=0), "the duration is 0 s; more than 0 s"),
    "statistics unsorted": (lambda: statistics([0.3, 0.1, 0.2], 1.0), "is not sorted"),
    "statistics NaN": (lambda: statistics([0.1, np.nan], 1.0), "holds nan"),
    "statistics of no time": (lambda: statistics([0.1, 0.2], 0), "the duration is 0 s"),
    "statistics of negative time": (lambda: statistics([0.1, 0.2], -1.0), "the duration is -1 s"),
    "statistics of many": (lambda: statistics([[0.1], [0.2]], 1.0), "there are 2 trains"),
    "statistics of text": (lambda: statistics("0.1", 1.0), "the train is '0.1'"),
    "statistics in milliseconds": (lambda: statistics([10, 30], 1.0), "the spikes are 20 s apart.*duration is 1 s"),
}


@pytest.mark.parametrize("run, said", SIMULATED.values(), ids=SIMULATED)
def test_what_is_impossible_is_refused_in_one_line_before_the_run(run, said):
    with pytest.raises((ArgumentError, SpikeTrainError, UnknownName), match=said) as caught:
        run()
    assert "\n" not in str(caught.value)


DELTA = replace(
    LIF, name="delta", receptors={"excitation": Receptor("v", "jump", while_refractory="discarded")},
    parameters=(*LIF.parameters, Parameter("jump", 1.0, "V", "what a spike adds through a weight of 1")),
)  # fmt: skip


def jump_at(lag, *, neuron=DELTA, t_ref=2e-3, delay=0.0):
    """How far the voltage of a neuron that fired at 10 ms is above that without input, which arrives `lag` later."""
    neuron = with_parameters(neuron, t_ref=t_ref)
    pulse = np.zeros((300, 1))
    pulse[99] = 5e-8
    parts = [Replay("pre", [[0.01 + lag - delay]]), Population("post", neuron, 1, pulse)]
    synapse = Projection("synapse", "pre", "post", [(0, 0)], 1e-3, None, delay)
    runs = [simulate(Network(parts, s), 0.03, record=["post"]) for s in ([synapse], [])]
    fired = runs[1].spikes["post"][0]
    assert fired.size == 1 and runs[0].spikes["post"][0].size == 1
    return fired[0], (runs[0].voltages["post"] - runs[1].voltages["post"]).max()


@pytest.mark.parametrize(("integration", "t_ref"), [("exact", 0.0), ("exact", 2e-3), ("euler", 2e-3)])
def test_a_delta_synapse_is_deaf_for_exactly_the_refractory_time(t_ref, integration):
    neuron = replace(DELTA, integration=integration)
    fired, _ = jump_at(5e-3, neuron=neuron, t_ref=t_ref)
    last = fired - 0.01 + t_ref  # the lag of an arrival that is stamped as the end of the refractory time
    heard = jump_at(last + 1e-4 * (t_ref == 0), neuron=neuron, t_ref=t_ref)[1]
    lost = jump_at(last - 1e-4 * (t_ref > 0), neuron=neuron, t_ref=t_ref)[1]
    # a jump is 1 mV, and not more than a step of the membrane has gone before it is seen
    assert heard == pytest.approx(1e-3, rel=6e-3) and lost == 0.0


def test_the_end_of_the_refractory_time_is_where_the_spike_arrives_not_where_it_left():
    fired, _ = jump_at(5e-3)
    lags = fired - 0.01 + np.array([1.9e-3, 2e-3])
    assert [jump_at(lag, delay=1e-3)[1] > 0 for lag in lags] == [False, True]


def test_a_delta_synapse_onto_a_neuron_that_is_not_refractory_delivers_its_weight():
    network = Network([Replay("pre", [[0.01]]), Population("post", DELTA)],
                      [Projection("s", "pre", "post", [(0, 0)], 2e-3)])  # fmt: skip
    volts = simulate(network, 0.02, record=["post"]).voltages["post"][:, 0]
    assert volts[101] - volts[100] == pytest.approx(2e-3, rel=1e-9)


def test_a_rule_of_the_network_has_its_delays_on_the_grid_too():
    rule = with_delay(RULES["pair_stdp"], "pre", 0.15e-3)
    network = Network([Replay("a", [[0.01]]), Replay("b", [[0.02]])], [Projection("s", "a", "b", [(0, 0)], 0.5, rule)])
    with pytest.raises(SimulationError, match="delay_pre = 0.15 ms is no multiple .* 0.1 ms and 0.2 ms"):
        simulate(network, 0.05)
