"""The roles of a neuron, each on its own: resets, holding, clamps, refractory arrivals, crossings."""

import pickle
from dataclasses import replace

import numpy as np
import pytest
from neurons.more_neurons import ADAPTIVE, CONDUCTANCES, CURRENTS, EXPONENTIAL

from plasticity.errors import NeuronError, SimulationError
from plasticity.networks import Network, Population, Projection, Replay
from plasticity.neurons import (
    NEURONS,
    Clamp,
    Parameter,
    Receptor,
    Variable,
    closed_form_rate,
    known_in_closed_form,
    rate_in_steps,
    rheobase,
    synaptic_potential,
    white_noise,
    with_parameters,
)
from plasticity.spiking import rates, simulate
from plasticity.spiking.linear import propagators

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
    # w takes what v was at the threshold, not what v is reset to
    w = Variable("w", "0", "mV", start="E_L")
    neuron = replace(CURRENTS, variables=(*CURRENTS.variables, w), reset={"v": "V_reset", "w": "v"}, voltage="v")
    swapped = replace(neuron, reset={"w": "v", "v": "w"})
    steps, voltage = one(replace(swapped, variables=(*CURRENTS.variables, replace(w, start="V_reset"))))
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


def test_white_noise_of_another_neuron_has_no_closed_form():
    # once the leaky integrator's 10.604737564663683 Hz
    v, i_syn = LIF.variables
    sharp = (Parameter("Delta_T", 2e-3, "mV"),)
    flow = v.flow.replace("E_L - v +", "E_L - v + Delta_T*exp((v - V_threshold)/Delta_T) +")
    carried = replace(
        LIF, parameters=(*LIF.parameters, *sharp), variables=(replace(v, flow=flow), i_syn), integration="euler"
    )
    for neuron in (EXPONENTIAL, carried):
        noisy = white_noise(neuron, 4e-3)
        assert noisy.variable("v").noise == "sigma*sqrt(2/tau_m)" and noisy.closed_form is None
        for asked in (neuron, noisy):
            for formula in (closed_form_rate, rheobase, lambda n: rate_in_steps(n, 0.0, 1e-4)):
                with pytest.raises(NeuronError, match="closed form"):
                    formula(asked)


def test_white_noise_goes_to_the_voltage_wherever_it_stands():
    noisy = white_noise(ADAPTIVE, 4e-3)
    assert [variable.noise for variable in noisy.variables] == ["0", "sigma*sqrt(2/tau_m)"]


SIGMA = Parameter("sigma", 0.0, "mV", "standard deviation of the free voltage")
V, I_SYN = LIF.variables
QUIET = replace(
    LIF, parameters=(*LIF.parameters, SIGMA), variables=(replace(V, noise="sigma*sqrt(2/tau_m)"), I_SYN),
    integration="euler",
)  # fmt: skip
STALE = {
    "noise": (lambda: replace(QUIET, parameters=(*LIF.parameters, replace(SIGMA, value=1e-3))), "another noise"),
    "noise through a parameter": (lambda: with_parameters(QUIET, sigma=1e-3), "another noise"),
    "equations": (lambda: replace(LIF, variables=(replace(V, flow="(E_L - v)/tau_m"), I_SYN)), "another equations"),
    "held": (lambda: replace(LIF, variables=(replace(V, held=""), I_SYN)), "another reset"),
    "threshold": (lambda: replace(LIF, threshold="v - E_L"), "another threshold"),
    "hazard": (lambda: replace(LIF, threshold="", hazard="1/tau_m"), "another threshold"),
    "crossing": (lambda: replace(LIF, fires_on="crossing"), "another threshold"),
    "reset": (lambda: replace(LIF, reset={"v": "E_L"}), "another reset"),
    "clamp": (lambda: replace(LIF, clamps={"v": Clamp("E_L", "t_ref")}), "another reset"),
    "refractory time": (lambda: replace(LIF, refractory=""), "another refractory time"),
    "another neuron": (lambda: replace(CONDUCTANCES, closed_form=LIF.closed_form), "another equations and"),
}


@pytest.mark.parametrize("made, said", STALE.values(), ids=STALE)
def test_a_closed_form_is_refused_by_every_neuron_that_it_is_not_true_of(made, said):
    with pytest.raises(NeuronError, match=f"carries is that of a neuron with {said}") as caught:
        closed_form_rate(made(), 3e-10)
    assert "\n" not in str(caught.value)


def test_the_rate_in_steps_is_of_the_integration_and_the_potential_of_the_receptors():
    euler, delta = replace(LIF, integration="euler"), replace(LIF, receptors={})
    assert closed_form_rate(euler, 3e-10) == closed_form_rate(delta, 3e-10) == closed_form_rate(LIF, 3e-10)
    with pytest.raises(NeuronError, match="another integration"):
        rate_in_steps(euler, 3e-10, 1e-4)
    with pytest.raises(NeuronError, match="another receptors"):
        synaptic_potential(delta, 1.0)


def test_what_is_known_in_closed_form_is_told_of_each_neuron():
    known = ["rate", "rate in steps", "rheobase", "synaptic potential"]
    assert known_in_closed_form(LIF) == known and known_in_closed_form(CONDUCTANCES) == []
    assert known_in_closed_form(NEURONS["escape_lif"]) == [*known, "probability of firing"]
    assert known_in_closed_form(replace(LIF, receptors={}, integration="euler")) == ["rate", "rheobase"]


def test_noise_that_is_zero_leaves_the_closed_form_as_it_is():
    assert closed_form_rate(QUIET, 3e-10) == closed_form_rate(LIF, 3e-10)


def test_other_parameters_keep_the_closed_form():
    faster = with_parameters(LIF, tau_m=10e-3)
    (found,) = rates(faster, [3e-10], duration=0.5)
    assert found.rate == pytest.approx(float(rate_in_steps(faster, 3e-10, DT)), rel=1e-9)


def test_every_neuron_of_the_catalogue_hears_excitation_and_inhibition():
    for neuron in NEURONS.values():
        assert neuron.receptor(1) is neuron.receptors["excitation"]
        assert neuron.receptor(-1, "inhibition").direction == -1
    assert CONDUCTANCES.receptor(-1).direction == 1  # a conductance grows, its reversal potential inhibits


def test_white_noise_brings_no_closed_form_that_the_neuron_without_it_lacks():
    noisy = white_noise(replace(LIF, receptors={}), 4e-3)
    assert closed_form_rate(noisy, 3e-10) == closed_form_rate(white_noise(LIF, 4e-3), 3e-10)
    with pytest.raises(NeuronError, match="another receptors"):
        synaptic_potential(noisy, 1.0)


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
