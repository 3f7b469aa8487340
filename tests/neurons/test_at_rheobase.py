"""Exactly at rheobase a neuron is silent, in closed form, in steps and in Brian2; a billionth above it fires."""

from dataclasses import replace

import numpy as np
import pytest

from plasticity import spiking
from plasticity.neurons import NEURONS, closed_form_rate, rate_in_steps, rheobase, with_parameters
from plasticity.neurons.library.lif import voltage_above_threshold
from plasticity.neurons.rounding import ROUNDINGS, threshold_rounding

LIF = NEURONS["lif_excitatory"]
BIASES = [-1.0, -0.7, 0.0, 0.1 + 0.2, 0.25, 0.3, 1 / 3, 7.0, 1000.0]
CONSTANTS = {
    "song2000": {},
    "odd": {"E_L": -0.0713, "V_threshold": -0.0529, "V_reset": -0.0611, "R_m": 9.37e7, "tau_m": 17.3e-3},
    "threshold near rest": {"E_L": -0.07, "V_threshold": -0.0697, "V_reset": -0.0719},
    "around zero": {"E_L": 0.0, "V_threshold": 1.0, "V_reset": 0.0, "R_m": 1.0},
}


def at_rheobase(constants, bias):
    """A neuron, and the current that cancels its bias to exactly one rheobase."""
    neuron = with_parameters(LIF, bias=bias, **constants)
    return neuron, -bias * rheobase(neuron)


@pytest.mark.parametrize("constants", CONSTANTS.values(), ids=CONSTANTS)
@pytest.mark.parametrize("bias", BIASES)
def test_at_rheobase_the_closed_forms_are_zero(constants, bias):
    neuron, current = at_rheobase(constants, bias)
    assert closed_form_rate(neuron, current) == rate_in_steps(neuron, current, 1e-4) == 0.0


@pytest.mark.parametrize("constants", CONSTANTS.values(), ids=CONSTANTS)
@pytest.mark.parametrize("bias", BIASES)
def test_a_billionth_above_rheobase_the_closed_forms_fire_with_the_rate_of_the_formula(constants, bias):
    neuron, current = at_rheobase(constants, bias)
    c, more = neuron.values, 1e-9 * max(1.0, abs(bias))
    way, above = c["V_threshold"] - c["V_reset"], more * (c["V_threshold"] - c["E_L"])
    expected = 1 / (c["t_ref"] + c["tau_m"] * np.log((above + way) / above))
    # what is above is a difference of numbers a billion times larger, of which 16 digits are known
    found = closed_form_rate(neuron, current + more * rheobase(neuron))
    assert found == pytest.approx(expected, rel=1e-4) and closed_form_rate(neuron, current - more) == 0.0


RUNS = [*((name, "exact", 1e-4) for name in CONSTANTS), ("odd", "euler", 1e-4), ("odd", "exact", 5e-4)]


@pytest.mark.parametrize(("constants", "integration", "dt"), RUNS)
def test_brian2_is_silent_at_rheobase_and_fires_a_billionth_above(constants, integration, dt):
    # all biases as currents beside the bias of the record: what is cancelled is as large as the bias; a billionth above
    # it takes at most tau_m ln(1e10), less than half a second
    for bias in (0.25, 0.3, 1000.0):
        neuron, current = at_rheobase(CONSTANTS[constants], bias)
        neuron = replace(neuron, integration=integration)
        more = 1e-9 * max(1.0, abs(bias)) * rheobase(neuron)
        found = spiking.rates(neuron, [current, current + more], duration=0.5, settle=0.0, dt=dt, target="numpy")
        assert [one.n_spikes > 0 for one in found] == [False, True], bias


def test_brian2_is_silent_at_rheobase_in_the_finest_steps():
    neuron, current = at_rheobase({}, 0.25)
    found = spiking.rates(neuron, current * np.array([1, 1 - 1e-9]), duration=0.5, settle=0.0, dt=1e-5, target="numpy")
    assert [one.n_spikes > 0 for one in found] == [False, True]


def test_a_current_given_for_every_step_is_silent_at_rheobase_too():
    neuron, current = at_rheobase({}, 0.3)
    recording = spiking.voltages(neuron, np.full((10_000, 1), current), duration=1.0, target="numpy")
    assert recording.spikes["neurons"][0].size == 0


@pytest.mark.parametrize("constants", CONSTANTS.values(), ids=CONSTANTS)
@pytest.mark.parametrize("bias", BIASES)
def test_both_take_the_same_distance_for_rounding(constants, bias):
    # that of the closed form is written by hand, that of Brian2 read from the equations; it is none for what fires
    neuron, current = at_rheobase(constants, bias)
    c = neuron.values
    rounding = ROUNDINGS * ((abs(c["E_L"]) + abs(c["V_threshold"])) * (2 + abs(bias)) + c["R_m"] * abs(current))
    near = current + np.array([-2.0, 0.0, 0.5, 2.0]) * rounding / c["R_m"]
    fires = [False, False, False, True]
    assert (voltage_above_threshold(c, near) > 0).tolist() == fires
    assert (threshold_rounding(neuron, near, 1e-4) == 0).tolist() == fires


def test_a_threshold_without_linear_equations_has_no_rounding():
    v, i_syn = LIF.variables
    quadratic = replace(LIF, variables=(replace(v, flow="v*v/(tau_m*E_L)"), i_syn), integration="euler")
    for neuron in (quadratic, NEURONS["escape_lif"], NEURONS["white_noise_lif"]):
        assert threshold_rounding(neuron, np.zeros(3), 1e-4).tolist() == [0.0] * 3


def test_a_crossing_on_the_grid_is_not_a_step_late():
    # after n steps the voltage is at the threshold: V_inf - V_th = (V_inf - V_reset) exp(-n dt/tau_m); of many n,
    # for rounding is to either side
    c, climb = LIF.values, np.arange(20, 200) * 1e-4
    factor = np.exp(-climb / c["tau_m"])
    v_inf = (c["V_threshold"] - factor * c["V_reset"]) / (1 - factor)
    currents = (v_inf - c["E_L"]) / c["R_m"]
    assert rate_in_steps(LIF, currents, 1e-4) == pytest.approx(1 / (c["t_ref"] + climb), rel=1e-9)
