"""Synapses of every kind, each against SciPy's integration of the record or a closed form."""

import numpy as np
import pytest
from contracts.neurons_by_ode import TIGHT, Course
from scipy.integrate import solve_ivp

from plasticity.errors import ArgumentError, NeuronError
from plasticity.networks import Network, Population, Projection, Replay
from plasticity.neurons import (
    NEURONS,
    closed_form_rate,
    known_in_closed_form,
    rheobase,
    with_jumps,
    with_nmda,
    with_parameters,
    with_synapses,
)
from plasticity.neurons.equations import start
from plasticity.spiking import simulate

KINDS = [name for name in NEURONS if name.startswith("lif_") and name != "lif_inhibitory"]
DT, DURATION, WEIGHT = 1e-4, 60e-3, 0.1
ARRIVALS = [(5e-3, "excitation"), (9e-3, "excitation"), (12e-3, "inhibition"), (31e-3, "excitation")]


def voltage(neuron, arrivals, duration=DURATION):
    """The voltage of a neuron at which spikes arrive, (time, receptor) each."""
    parts, projections = [], []
    for key, receptor in neuron.receptors.items():
        times = np.array([time for time, name in arrivals if name == key])
        parts.append(Replay(f"to_{key}", [times], sign=receptor.sign))
        projections.append(Projection(f"from_{key}", f"to_{key}", "post", [(0, 0)], WEIGHT, receptor=key))
    run = simulate(Network([*parts, Population("post", neuron)], projections), duration, dt=DT, record=["post"])
    return run.times, run.voltages["post"][:, 0]


def integrated(neuron, arrivals, times):
    """The same by SciPy, from arrival to arrival; a spike stamped t arrives at the end of its step."""
    course, state, now, found = Course(neuron, 0.0), np.array(list(start(neuron).values())), 0.0, []
    place = course.names.index(neuron.voltage)
    for time, key in [*sorted(arrivals), (times[-1] + DT, "")]:
        inside = times[(times > now - DT / 2) & (times < time + DT / 2)]
        run = solve_ivp(course.slope(False), (now, time + DT), state, dense_output=True, max_step=1e-3, **TIGHT)
        found += list(run.sol(inside)[place])
        now, state = time + DT, run.y[:, -1]
        if key:
            receptor = neuron.receptors[key]
            raised = course.names.index(receptor.variable)
            state[raised] += receptor.direction * WEIGHT * neuron.values[receptor.size]
    return np.array(found)


@pytest.mark.parametrize("name", KINDS)
def test_spikes_of_every_kind_move_the_voltage_as_the_equations_say(name):
    neuron = NEURONS[name]
    arrivals = [*ARRIVALS, *([(20e-3, "nmda")] if "nmda" in neuron.receptors else [])]

    times, found = voltage(neuron, arrivals)

    assert np.ptp(found) > 1e-5
    assert found == pytest.approx(integrated(neuron, arrivals, times), abs=1e-9)  # Runge-Kutta of fourth order


@pytest.mark.parametrize("name", [*KINDS, "quadratic", "exponential", "adex", "izhikevich", "traub_miles"])
def test_excitation_raises_the_voltage_and_inhibition_lowers_it(name):
    neuron = NEURONS[name]
    neuron = neuron if neuron.receptors["excitation"].variable != neuron.voltage else with_synapses(neuron, "current")
    course, resting = Course(neuron, 0.0), np.array(list(start(neuron).values()))
    pushed = []
    for key in ("excitation", "inhibition"):
        receptor, state = neuron.receptors[key], resting.copy()
        state[course.names.index(receptor.variable)] += receptor.direction * neuron.values[receptor.size]
        run = solve_ivp(course.slope(False), (0, 1e-3), state, **TIGHT)
        pushed.append(run.y[course.names.index(neuron.voltage), -1])
    assert pushed[0] > pushed[1]


def test_inhibition_at_its_reversal_potential_only_shunts():
    neuron = with_parameters(NEURONS["lif_conductance"], E_inh=NEURONS["lif_conductance"].values["E_L"])
    alone, both = (voltage(neuron, [*given, (9e-3, "excitation")])[1] for given in ([], [(8e-3, "inhibition")]))
    assert np.ptp(voltage(neuron, [(8e-3, "inhibition")])[1]) < 1e-15
    assert 0 < np.ptp(both) < np.ptp(alone)


def course_of(neuron, variable, raised, duration=0.4):
    """How a variable of a synapse goes after one spike of weight 1; it does not depend on the voltage."""
    course, receptor = Course(neuron, 0.0), neuron.receptors[raised]
    state = np.array(list(start(neuron).values()))
    state[course.names.index(receptor.variable)] += neuron.values[receptor.size]
    run = solve_ivp(course.slope(True), (0, duration), state, dense_output=True, max_step=1e-3, **TIGHT)
    return lambda times: run.sol(times)[course.names.index(variable)]


@pytest.mark.parametrize(("kind", "size"), [("current", "J_exc"), ("conductance", "G_exc")])
@pytest.mark.parametrize("shape", ["exponential", "alpha"])
def test_a_synapse_is_at_its_peak_when_its_shape_says(kind, size, shape):
    neuron = with_synapses(NEURONS["lif_delta"], kind, shape)
    tau, peak, times = neuron.values["tau_exc"], neuron.values[size], np.linspace(0, 50e-3, 26)
    expected = {"exponential": np.exp(-times / tau), "alpha": times / tau * np.exp(1 - times / tau)}[shape]
    found = course_of(neuron, "I_exc" if kind == "current" else "g_exc", "excitation")
    assert found(times) == pytest.approx(peak * expected, abs=1e-8 * peak)


def test_nmda_rises_to_its_peak_as_a_difference_of_exponentials():
    c, g = NEURONS["lif_nmda"].values, course_of(NEURONS["lif_nmda"], "g_nmda", "nmda")
    rise, decay = c["tau_rise_nmda"], c["tau_nmda"]
    at = np.log(decay / rise) * decay * rise / (decay - rise)
    assert g(at) == pytest.approx(c["G_nmda"], rel=1e-7, abs=0)
    assert g(np.linspace(0, 0.3, 301)).max() <= c["G_nmda"] * (1 + 1e-7)


# jahr1990 at 1 mM: 1/(1 + exp(-0.062 v/mV)/3.57), by hand
@pytest.mark.parametrize(("v", "open_share"), [(-80e-3, 0.02442), (-60e-3, 0.07963), (0.0, 0.78118), (40e-3, 0.97708)])
def test_magnesium_blocks_nmda_as_jahr_and_stevens_measured(v, open_share):
    neuron = with_parameters(NEURONS["lif_nmda"], E_nmda=0.1)  # so that something flows at all of them
    course = Course(neuron, 0.0)
    states = [dict.fromkeys(course.names, 0.0) | {"v": v, "g_nmda": g} for g in (0.0, 1e-9)]
    off, on = (course.slope(False)(0.0, list(state.values()))[course.names.index("v")] for state in states)
    through = (on - off) * neuron.values["tau_m"] / neuron.values["R_m"]
    assert through / (1e-9 * (0.1 - v)) == pytest.approx(open_share, abs=1e-5)


def test_a_jump_is_as_high_as_its_weight_says_and_is_lost_while_refractory():
    neuron = with_parameters(NEURONS["lif_delta"], bias=1.0, J_v=1e-3)
    _, plain = voltage(neuron, [])
    spike = int(np.argmin(np.diff(plain)))  # the step in which it is reset
    _, heard = voltage(neuron, [(20 * DT, "excitation"), ((spike + 5) * DT, "excitation")], duration=(spike + 15) * DT)
    assert heard[21] - plain[21] == pytest.approx(WEIGHT * 1e-3, rel=1e-9, abs=0)


@pytest.mark.parametrize("kind", ["current", "conductance"])
@pytest.mark.parametrize("name", ["lif_delta", "quadratic", "exponential", "adex"])
def test_silent_synapses_leave_what_is_known_in_closed_form(name, kind):
    bare, given_synapses = NEURONS[name], with_synapses(NEURONS[name], kind, "alpha")
    current = 3 * rheobase(bare)
    assert rheobase(given_synapses) == rheobase(bare)
    if "rate" in known_in_closed_form(bare):
        assert closed_form_rate(given_synapses, current) == closed_form_rate(bare, current)
    assert (given_synapses.integration == "exact") == (kind == "current" and name == "lif_delta")


IMPOSSIBLE = {
    "twice": (lambda: with_synapses(NEURONS["lif_alpha"]), NeuronError, "lif_alpha has synapses already"),
    "jumps too": (lambda: with_jumps(NEURONS["lif_excitatory"]), NeuronError, "has synapses already"),
    "nmda twice": (lambda: with_nmda(NEURONS["lif_nmda"]), NeuronError, "has an nmda receptor"),
    "kind": (lambda: with_synapses(NEURONS["adex"], "gap"), ArgumentError, "kind of a synapse is 'gap'; allowed: cur"),
    "shape": (lambda: with_synapses(NEURONS["adex"], "current", "box"), ArgumentError, "shape of a synapse is 'box'"),
    "no neuron": (lambda: with_synapses("adex"), NeuronError, "the neuron is 'adex'"),
}


@pytest.mark.parametrize(("made", "error", "words"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_synapses_that_make_no_sense_are_refused(made, error, words):
    with pytest.raises(error, match=words):
        made()


@pytest.mark.parametrize(("steps", "shift"), [([1, 2, 40], 1), ([3, 17], 37)])
def test_what_arrives_later_acts_later_and_as_much(steps, shift):
    now, later = ([((step + late) * DT, "excitation") for step in steps] for late in (0, shift))
    first, second = (voltage(NEURONS["lif_conductance"], given, duration=100 * DT)[1] for given in (now, later))
    assert np.ptp(first) > 0 and np.array_equal(first[: len(first) - shift], second[shift:])
