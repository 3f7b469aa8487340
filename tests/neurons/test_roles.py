"""The roles of a neuron, each on its own: resets, holding, clamps, refractory arrivals, crossings."""

import pickle
from dataclasses import replace

import numpy as np
import pytest
from neurons.more_neurons import ADAPTIVE, CURRENTS

from plasticity.errors import SimulationError
from plasticity.networks import Network, Population, Projection, Replay
from plasticity.neurons import (
    NEURONS,
    Clamp,
    Parameter,
    Receptor,
    Variable,
    with_parameters,
)
from plasticity.neurons.propagators import propagators
from plasticity.spiking import simulate

LIF, DT = NEURONS["lif_excitatory"], 1e-4
METHODS = ["exact", "euler", "rk4", "exponential euler"]
C = CURRENTS.values
DRIVE = 5e-10  # amperes, twice what CURRENTS needs to fire
JUMP = Parameter("jump", 1.0, "V", "what a spike adds through a weight of 1")


def one(neuron, current=DRIVE, duration=0.03, arrivals=(), weight=1e-3):
    """Step numbers of the spikes of a neuron, and its voltage at the start of each step."""
    parts = [Population("one", neuron, 1, current)]
    synapse = [Projection("synapse", "pre", "one", [(0, 0)], weight)] if len(arrivals) else []
    network = Network([*parts, *([Replay("pre", [arrivals])] if len(arrivals) else [])], synapse)
    found = simulate(network, duration, dt=DT, record=["one"])
    return np.round(found.spikes["one"][0] / DT).astype(int), found.voltages["one"][:, 0]


@pytest.mark.parametrize("integration", METHODS)
def test_a_held_voltage_stands_still_for_its_time_and_moves_then(integration):
    steps, voltage = one(replace(CURRENTS, integration=integration))
    k, n = steps[0], round(C["t_ref"] / DT)
    # the step of the spike ends in k + 1
    assert np.all(voltage[k + 1 : k + 2 + n] == C["V_reset"]) and voltage[k + 2 + n] > C["V_reset"]


@pytest.mark.parametrize("integration", METHODS)
def test_a_variable_may_be_held_for_another_time_than_the_refractory_one(integration):
    *currents, v = CURRENTS.variables
    longer = (*CURRENTS.parameters, Parameter("t_held", 3e-3, "ms", "longer than it is refractory"))
    neuron = replace(CURRENTS, parameters=longer, variables=(*currents, replace(v, held="t_held")))
    steps, voltage = one(replace(neuron, integration=integration))
    k, n = steps[0], round(3e-3 / DT)
    assert np.all(voltage[k + 1 : k + 2 + n] == C["V_reset"]) and voltage[k + 2 + n] > C["V_reset"]
    assert voltage[k + 2 : k + 3 + n] == pytest.approx(voltage[steps[1] + 2 : steps[1] + 3 + n], abs=0)


def clamped(t_clamp=1e-3, integration="exact"):
    more = (Parameter("V_clamp", 20e-3, "mV", "potential while a spike lasts"), Parameter("t_clamp", t_clamp, "ms"))
    return replace(CURRENTS, parameters=(*CURRENTS.parameters, *more), clamps={"v": Clamp("V_clamp", "t_clamp")},
                   integration=integration)  # fmt: skip


@pytest.mark.parametrize("t_clamp", [0.0, 0.1e-3, 1e-3, 2e-3])
@pytest.mark.parametrize("integration", METHODS)
def test_a_clamp_holds_its_value_for_its_time_and_then_the_reset_is_applied(integration, t_clamp):
    plain, _ = one(replace(CURRENTS, integration=integration))
    steps, voltage = one(clamped(t_clamp, integration))
    n_clamp, n = round(t_clamp / DT), round(C["t_ref"] / DT)
    for k in steps[:-1]:
        assert np.all(voltage[k + 1 : k + 1 + n_clamp] == 20e-3)
        assert np.all(voltage[k + 1 + n_clamp : k + 2 + n] == C["V_reset"]) and voltage[k + 2 + n] > C["V_reset"]
    assert np.array_equal(steps, plain), "the clamp is not over when the neuron may fire again"


def test_a_clamp_beside_the_grid_is_refused_as_a_refractory_time_is():
    with pytest.raises(SimulationError, match="one.t_clamp = 0.25 ms is no multiple of the step of 0.1 ms"):
        one(clamped(0.25e-3))


def test_all_resets_read_the_state_before_the_spike():
    # v takes what w was, and w what v was at the threshold, not what v is reset to
    w = Variable("w", "0", "mV", start="V_reset")
    swapped = replace(CURRENTS, variables=(*CURRENTS.variables, w), reset={"w": "v", "v": "w"})
    steps, voltage = one(swapped)
    assert voltage[steps[0] + 1] == C["V_reset"]
    assert voltage[steps[1] + 1] > C["V_threshold"]  # what was put into w at the first spike


@pytest.mark.parametrize("integration", METHODS)
@pytest.mark.parametrize("arrival", ["kept", "discarded"])
def test_a_spike_that_arrives_while_refractory_is_kept_or_discarded(integration, arrival):
    delta = replace(
        CURRENTS, parameters=(*CURRENTS.parameters, JUMP), integration=integration,
        receptors={"excitation": Receptor("v", "jump", while_refractory=arrival)},
    )  # fmt: skip
    steps, without = one(delta)
    k, n, lags = steps[0], round(C["t_ref"] / DT), np.array([0, 5, 19, 20])
    pre, post = Replay("pre", [[(k + lag) * DT] for lag in lags]), Population("post", delta, lags.size, DRIVE)
    synapses = Projection("synapses", "pre", "post", [(i, i) for i in range(lags.size)], 1e-3)
    voltage = simulate(Network([pre, post], [synapses]), 0.03, dt=DT, record=["post"]).voltages["post"].T
    for lag, row in zip(lags, voltage, strict=True):
        rise = (row - without)[: k + lag + 2]
        is_heard = (arrival == "kept" and lag > 0) or lag == n  # one that arrives with the spike is reset with it
        assert np.all(rise[:-1] == 0.0) and rise[-1] == pytest.approx(1e-3 * is_heard, abs=1e-15)


def test_a_neuron_fires_on_the_upward_crossing_once_and_not_while_it_stays_above():
    # no reset: the potential settles above the threshold
    neuron = replace(CURRENTS, reset={}, refractory="", fires_on="crossing",
                     variables=tuple(replace(v, held="") for v in CURRENTS.variables))  # fmt: skip
    crossing, _ = one(neuron)
    condition, voltage = one(replace(neuron, fires_on="condition"))
    assert crossing.size == 1 and crossing[0] == condition[0] and np.all(np.diff(condition) == 1)
    assert voltage[crossing[0]] <= C["V_threshold"] < voltage[crossing[0] + 1]


def test_a_neuron_that_starts_above_its_threshold_has_not_crossed_it():
    *currents, v = CURRENTS.variables
    above = (*currents, replace(v, start="V_threshold + R_m*J_e", held=""))
    neuron = replace(CURRENTS, reset={}, refractory="", fires_on="crossing", variables=above)
    assert one(neuron)[0].size == 0 and one(replace(neuron, fires_on="condition"))[0][0] == 0


def test_a_neuron_that_is_reset_crosses_its_threshold_again():
    free = tuple(replace(v, held="") for v in CURRENTS.variables)
    for neuron, current in ((CURRENTS, DRIVE), (replace(CURRENTS, refractory="", variables=free), 1e-6)):
        condition, _ = one(neuron, current)
        assert np.array_equal(one(replace(neuron, fires_on="crossing"), current)[0], condition)
    assert condition.size == 300  # so strong a current that it fires in every step


def test_a_spike_that_lifts_the_potential_above_the_threshold_is_a_crossing():
    delta = replace(CURRENTS, parameters=(*CURRENTS.parameters, JUMP), reset={}, refractory="", fires_on="crossing",
                    receptors={"excitation": Receptor("v", "jump")},
                    variables=tuple(replace(v, held="") for v in CURRENTS.variables))  # fmt: skip
    steps, _ = one(delta, current=0.0, arrivals=[5e-3], weight=20e-3)
    assert steps.tolist() == [51]  # it arrives at the end of step 50, and the threshold is looked at in the next


def test_every_neuron_of_the_catalogue_hears_excitation_and_inhibition():
    for neuron in NEURONS.values():
        assert neuron.receptor(1, "excitation").direction == 1
        inhibition = neuron.receptor(-1)
        assert inhibition is neuron.receptors["inhibition"] and (inhibition.reversal or inhibition.direction == -1)
    assert NEURONS["lif_conductance"].receptor(-1).direction == 1  # it grows; its reversal potential inhibits


def test_exact_steps_are_exact_for_time_constants_that_are_not_declared():
    # with 3 us, a step of 0.1 ms is 33 of them
    fast = with_parameters(replace(CURRENTS, time_constants=()), tau_e=3e-6)
    stepped, summed = propagators(fast, DT)
    c = fast.values
    to_v = c["R_m"] / c["tau_m"] / (1 / c["tau_m"] - 1 / c["tau_e"])
    assert stepped[0, 0] == pytest.approx(np.exp(-DT / c["tau_e"]), rel=1e-9)
    assert stepped[2, 0] == pytest.approx(to_v * (np.exp(-DT / c["tau_e"]) - np.exp(-DT / c["tau_m"])), rel=1e-9)
    assert summed[0, 0] == pytest.approx(c["tau_e"] * -np.expm1(-DT / c["tau_e"]), rel=1e-9)
    assert summed[2, 2] == pytest.approx(c["tau_m"] * -np.expm1(-DT / c["tau_m"]), rel=1e-12)


def test_a_neuron_is_a_key_and_can_be_sent_to_another_process():
    for neuron in [*NEURONS.values(), ADAPTIVE, clamped()]:
        assert {neuron: 1}[replace(neuron)] == 1 and pickle.loads(pickle.dumps(neuron)) == neuron


def test_each_variable_has_a_noise_of_its_own():
    # two copies of a leaky potential at rest, in 1000 neurons
    size = Parameter("size", 2e-3, "mV", "standard deviation")
    pair = [Variable(name, "(E_L - v)/tau_m".replace("v", name), "mV", "E_L", "size*sqrt(2/tau_m)") for name in "vu"]
    neuron = replace(
        CURRENTS, parameters=(*CURRENTS.parameters, size), variables=tuple(pair), receptors={},
        threshold="v - V_threshold - 10*size", integration="euler",
    )  # fmt: skip
    state = simulate(Network([Population("one", neuron, 1000)]), 0.1, dt=DT, seed=1).state.variables["one"]
    v, u = state["v"], state["u"]
    # ten time constants after its start; standard errors of 1000: 2.2 % of the deviation, 0.03 of the correlation
    assert [v.std(), u.std()] == pytest.approx([2e-3, 2e-3], rel=0.12)
    assert abs(np.corrcoef(v, u)[0, 1]) < 5 / np.sqrt(1000)
