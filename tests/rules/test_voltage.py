"""The voltage rule, the late signal that it reads, and the neuron that gives it."""

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from plasticity import events, spiking
from plasticity.errors import RuleError, UnknownName
from plasticity.networks import Network, Population, Projection, Replay
from plasticity.neurons import NEURONS
from plasticity.rules import RULES, Parameter, Rule, Signal, Variable, with_parameters

RULE = RULES["voltage_stdp"]
PRE = np.array([0.03, 0.05, 0.052, 0.09])


def voltage(time):
    """Between -70 and -30 mV, and smooth."""
    return -0.05 + 0.02 * np.sin(90 * time)


def integrated(rule, pre, end, w0):
    """The weight at `end`: Runge-Kutta between presynaptic spikes, written anew from the publication."""
    v = rule.values

    def slope(t, y):
        w, x, low, high = y
        before = voltage(t - v["late"])
        up = v["A_LTP"] * x * max(voltage(t) - v["theta_plus"], 0) * max(high - v["theta_minus"], 0)
        return [up, -x / v["tau_x"], (before - low) / v["tau_minus"], (before - high) / v["tau_plus"]]

    state, now = np.array([w0, 0.0, v["u_rest"], v["u_rest"]]), pre[0]
    for time in [*pre, end]:
        if time > now:
            state = solve_ivp(slope, (now, time), state, rtol=1e-10, atol=1e-13, max_step=1e-4).y[:, -1]
        if time < end:
            state[0] -= v["A_LTD"] * max(state[2] - v["theta_minus"], 0)
            state[1] += 1 / v["tau_x"]
        now = time
    return state[0]


@pytest.mark.parametrize("late", [0.0, 3e-3])
def test_the_exact_engine_follows_the_equations_of_the_publication(late):
    rule, end = with_parameters(RULE, late=late), 0.1

    found = events.final_weight(rule, PRE, [end], 0.5, signals={"v": voltage})

    assert found == pytest.approx(integrated(rule, PRE, end, 0.5), abs=1e-7)  # kinks within a step of 0.1 ms
    assert abs(found - 0.5) > 1e-3


@pytest.mark.parametrize("late", [0.0, 3e-3])
def test_brian2_follows_the_exact_engine_the_closer_the_finer_its_steps(late):
    rule, trains = with_parameters(RULE, late=late), (PRE, [0.1])
    exact = events.final_weight(rule, *trains, 0.5, signals={"v": voltage})

    errors = [
        abs(spiking.final_weight(rule, *trains, 0.5, signals={"v": voltage}, dt=dt) - exact) for dt in (4e-4, 1e-4)
    ]

    assert errors[1] < 0.4 * errors[0] < 2e-3  # first order: a quarter


@pytest.mark.parametrize("name", ["voltage_stdp", "voltage_stdp:hippocampus"])
@pytest.mark.parametrize("level", [-60e-3, -39e-3, -20e-3])
def test_under_a_clamped_voltage_the_change_has_a_closed_form(name, level):
    rule = with_parameters(RULES[name], u_rest=level)
    v, pre, end = rule.values, np.arange(10) * 0.04, 0.5

    found = events.final_weight(rule, pre, [end], 0.5, signals={"v": lambda time: level + 0 * time})

    past, now = max(level - v["theta_minus"], 0), max(level - v["theta_plus"], 0)
    up = v["A_LTP"] * now * past * (1 - np.exp(-(end - pre) / v["tau_x"])).sum()
    assert found == pytest.approx(min(max(0.5 - 10 * v["A_LTD"] * past + up, 0.0), 1.0), abs=1e-8)


def paired(dt, rule=RULE):
    """A neuron that is made to fire twice, after a presynaptic spike each: its recording."""
    pulses, n_steps = np.zeros((round(0.06 / dt), 1)), round(0.06 / dt)
    pulses[np.round(np.array([0.02, 0.04]) / dt).astype(int)] = 1e-10 / dt
    neuron = with_parameters(NEURONS["clopath_adex"], J_v=0.0)
    network = Network(
        [Replay("pre", [[0.01, 0.03]]), Population("post", neuron, 1, pulses)],
        [Projection("synapse", "pre", "post", [(0, 0)], 0.5, rule)],
    )
    return network, n_steps * dt


def test_in_a_network_the_voltage_of_the_neuron_is_read_late_as_by_the_exact_engine():
    errors = []
    for dt in (4e-4 / 2, 1e-4 / 2):
        network, duration = paired(dt)
        run = spiking.simulate(network, duration, dt=dt, record=["post"])
        v = run.voltages["post"][:, 0]
        exact = events.final_weight(RULE, [0.01, 0.03], [duration - dt], 0.5, signals={"v": (run.times, v)})
        errors.append(abs(run.weights["synapse"][0] - exact) / abs(exact - 0.5))

    assert errors[1] < 0.4 * errors[0] < 0.1


def test_pieces_of_a_run_remember_the_voltage_before_them():
    network, duration = paired(2e-4)
    whole = spiking.simulate(network, duration, dt=2e-4, target="numpy")

    first = spiking.simulate(network, 0.021, dt=2e-4, target="numpy")  # within the first spike
    second = spiking.simulate(network, duration - 0.021, dt=2e-4, state=first.state)

    assert second.weights["synapse"] == pytest.approx(whole.weights["synapse"], abs=1e-15)


def late_rule(*signals, late=3e-3):
    state = Variable("u", flow="(v - u)/tau", unit="mV")
    parameters = (Parameter("tau", 0.01, "ms"), Parameter("late", late, "ms"))
    return Rule("made", "our choice", parameters, Variable("w", {"pre": "-0.1"}, start="0.5"), (state,), signals)


NOW, BEFORE = Signal("v", "post", "voltage", "mV"), Signal("v_then", "post", "voltage", "mV", delay="late")
REFUSED = {
    "the past of nothing": ((replace(BEFORE, name="v"),), 3e-3, "signal v is late, and no signal of its kind"),
    "of another neuron": ((replace(NOW, of="pre"), BEFORE), 3e-3, "signal v_then is late, and no signal"),
    "no parameter": ((NOW, replace(BEFORE, delay="soon")), 3e-3, "the delay 'soon' is no parameter with a unit of"),
    "the future": ((NOW, BEFORE), -1e-3, "the delay late = -1 ms of signal v_then is negative"),
}


@pytest.mark.parametrize(("signals", "late", "message"), REFUSED.values(), ids=REFUSED)
def test_a_late_signal_that_cannot_be_is_refused(signals, late, message):
    with pytest.raises(RuleError, match=message):
        late_rule(*signals, late=late)


def test_a_late_signal_is_not_given():
    with pytest.raises(UnknownName, match="'v_before'; known: v"):
        events.final_weight(RULE, PRE, [], 0.5, signals={"v": voltage, "v_before": voltage})


def test_a_spike_of_the_neuron_lasts_and_leaves_current_and_threshold_behind():
    neuron, dt = NEURONS["clopath_adex"], 5e-5
    pulse, n = neuron.values, round(0.03 / dt)
    current = np.zeros((n, 1))
    current[round(0.01 / dt)] = 1e-10 / dt
    v = spiking.voltages(neuron, current, duration=0.03, dt=dt).voltages["neurons"][:, 0]

    high = np.flatnonzero(v == pulse["V_spike"])
    assert high.size == round(2e-3 / dt) and v[high[-1] + 1] == pytest.approx(pulse["V_reset"], abs=1e-12)
    assert v[-1] == pytest.approx(after_spike(pulse, (n - 1 - (high[-1] + 1)) * dt), abs=1e-5)


def after_spike(p, time):
    """The voltage so long after the reset, by an integration of its own; before the spike it was at rest."""

    def slope(t, y):
        v, w, z, threshold = y
        current = -p["g_L"] * (v - p["E_L"]) + p["g_L"] * p["Delta_T"] * math.exp((v - threshold) / p["Delta_T"])
        return [
            (current - w + z) / p["C_m"],
            (p["a"] * (v - p["E_L"]) - w) / p["tau_w"],
            -z / p["tau_z"],
            (p["V_T_rest"] - threshold) / p["tau_V_T"],
        ]

    z = p["I_spike"] * math.exp(-p["t_spike"] / p["tau_z"])
    threshold = p["V_T_rest"] + (p["V_T_spike"] - p["V_T_rest"]) * math.exp(-p["t_spike"] / p["tau_V_T"])
    return solve_ivp(slope, (0, time), [p["V_reset"], p["b"], z, threshold], rtol=1e-9, atol=1e-12).y[0, -1]
