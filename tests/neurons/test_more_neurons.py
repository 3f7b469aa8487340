"""Neurons beyond the catalogue, fired by Brian2, each against an integration by hand or a closed form."""

from dataclasses import replace

import numpy as np
import pytest
from contracts.neurons_by_ode import spike_times
from neurons.more_neurons import ADAPTIVE, CLAMPED, CURRENTS
from scipy.integrate import solve_ivp

from plasticity.networks import Network, Population, Projection, Replay
from plasticity.neurons import NEURONS, with_parameters
from plasticity.spiking import simulate

TIGHT = {"rtol": 1e-11, "atol": 1e-14, "method": "DOP853"}
TRAINS = {1: np.array([5, 9, 10, 31, 32, 33, 60]) * 1e-3, -1: np.array([12, 13, 40, 70]) * 1e-3}


def spikes(neuron, current, duration, dt):
    """When a neuron under a constant current fires; a spike stamped t ends its step at t + dt."""
    (times,) = simulate(Network([Population("one", neuron, 1, current)]), duration, dt=dt).spikes["one"]
    return times + dt


def crossing(level, index=0):
    """An event of solve_ivp at which a variable crosses a level upwards, which ends the integration."""

    def event(t, state, *given):
        return state[index] - level

    event.terminal, event.direction = True, 1
    return event


def exponential(t, state, current, w=0.0):
    c = ADAPTIVE.values
    upstroke = c["Delta_T"] * np.exp(np.minimum((state[0] - c["V_T"]) / c["Delta_T"], 30.0))
    return [(c["E_L"] - state[0] + upstroke + c["R_m"] * (current - w)) / c["tau_m"]]


def adaptive_spikes(current, duration):
    """When the adaptive neuron fires, integrated from spike to spike."""
    c, times, t, v, w = ADAPTIVE.values, [], 0.0, ADAPTIVE.values["E_L"], 0.0

    def moves(t, state):
        return [*exponential(t, state, current, state[1]), adapts(state[0], state[1])]

    def adapts(v, w):
        return (c["a"] * (v - c["E_L"]) - w) / c["tau_w"]

    while True:
        climb = solve_ivp(moves, (t, duration), [v, w], events=crossing(c["V_peak"]), **TIGHT)
        if not climb.t_events[0].size:
            return np.array(times)
        t, v, w = climb.t[-1] + c["t_ref"], c["V_reset"], climb.y[1, -1] + c["b"]
        times.append(climb.t[-1])
        target = c["a"] * (v - c["E_L"])  # while v is held, w tends to it
        w = target + (w - target) * np.exp(-c["t_ref"] / c["tau_w"])


def test_an_adaptive_neuron_of_two_variables_fires_when_its_integrated_equations_do():
    exact = adaptive_spikes(8e-10, 0.3)
    errors = []
    for dt in (1e-4, 2e-5):
        found = spikes(ADAPTIVE, 8e-10, 0.3, dt)
        assert len(found) == len(exact)
        errors.append(np.abs(found - exact).max())
    # every spike is at most a step late, and later spikes inherit it
    assert errors[0] < 1e-4 * len(exact) and errors[1] < errors[0] / 2.5
    assert np.all(np.diff(np.diff(exact)) > 0), "it does not adapt, and proves nothing of w"


def test_a_clamp_shapes_the_spike_of_an_adaptive_neuron_and_nothing_else():
    c, dt = CLAMPED.values, 1e-4  # without adaptation below threshold, which follows the potential, clamped or not
    plain, shaped = (simulate(Network([Population("one", neuron, 1, 8e-10)]), 0.1, dt=dt, record=["one"])
                     for neuron in (with_parameters(n, a=0.0) for n in (ADAPTIVE, CLAMPED)))  # fmt: skip
    assert np.array_equal(plain.spikes["one"][0], shaped.spikes["one"][0])
    potential = shaped.voltages["one"][:, 0]
    n_clamped = round(c["t_clamp"] / dt) * shaped.spikes["one"][0].size
    assert (potential == c["V_clamp"]).sum() == n_clamped
    is_free = potential != c["V_clamp"]
    assert np.array_equal(potential[is_free], plain.voltages["one"][is_free, 0])


def driven(neuron, duration=0.1, dt=1e-4, weight=0.8):
    """The voltage of a neuron that hears an excitatory and an inhibitory train."""
    sources = [Replay("exc", [TRAINS[1]]), Replay("inh", [TRAINS[-1]], sign=-1)]
    parts = [Projection(f"from_{name}", name, "post", [(0, 0)], weight) for name in ("exc", "inh")]
    network = Network([*sources, Population("post", neuron)], parts)
    recording = simulate(network, duration, dt=dt, record=["post"])
    return recording.times, recording.voltages["post"][:, 0]


def test_excitation_and_inhibition_at_variables_of_their_own_are_sums_of_their_potentials():
    c, dt = CURRENTS.values, 1e-4
    times, voltage = driven(CURRENTS)
    expected = np.full_like(times, c["E_L"])
    for sign, tau, size in ((1, c["tau_e"], c["J_e"]), (-1, c["tau_i"], c["J_i"])):
        for spike in TRAINS[sign]:
            since = np.maximum(times - spike - dt, 0.0)  # a spike arrives at the end of its step
            course = (np.exp(-since / tau) - np.exp(-since / c["tau_m"])) / (1 - c["tau_m"] / tau)
            expected += sign * 0.8 * size * c["R_m"] * course
    assert voltage.max() < c["V_threshold"] and np.ptp(voltage) > 1e-3
    assert voltage == pytest.approx(expected, abs=1e-12)  # exact steps of exact exponentials


SQUID = with_parameters(NEURONS["hodgkin_huxley"], V_spike=-20e-3)


@pytest.mark.parametrize(("integration", "dt", "within"), [("rk4", 2e-5, 1e-6), ("exponential euler", 1e-5, 1e-4)])
def test_hodgkin_and_huxleys_neuron_fires_once_at_each_upward_crossing(integration, dt, within):
    exact = spike_times(SQUID, 1e-9, 0.1)
    found = spikes(replace(SQUID, integration=integration), 1e-9, 0.1, dt)
    assert len(found) == len(exact) == 7
    # up to a step late, beside what the method misses: of fourth order, or of first, and then for all spikes before
    assert np.all((found - exact > -within * np.arange(1, 8)) & (found - exact < dt + within * 7))
