"""Closed forms of the library by a second route: SciPy's quadrature and integration."""

import numpy as np
import pytest
from contracts.neurons_by_ode import Course, spike_times
from scipy.integrate import quad

from plasticity import published
from plasticity.neurons import (
    NEURONS,
    closed_form_rate,
    firing_probability,
    rheobase,
    white_noise,
    with_parameters,
    with_synapses,
)


def climb(neuron, current):
    """The time from reset to peak: the integral of one over the slope."""
    course, c = Course(neuron, current), neuron.values
    middle = c["V_T"] if "V_T" in c else (c["E_L"] + c["V_c"]) / 2  # where the slope is least
    return quad(
        lambda v: 1 / course.slope(False)(0.0, [v])[0],
        c["V_reset"], c["V_peak"], points=[middle], limit=500, epsrel=1e-11, epsabs=0,
    )[0]  # fmt: skip


@pytest.mark.parametrize("name", ["quadratic", "exponential"])
@pytest.mark.parametrize("above", [1.001, 1.1, 2.0, 50.0])
def test_a_rate_is_one_over_the_integrated_climb(name, above):
    neuron, current = NEURONS[name], above * rheobase(NEURONS[name])
    expected = 1 / (neuron.values["t_ref"] + climb(neuron, current))
    assert closed_form_rate(neuron, current) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("name", ["quadratic", "exponential"])
def test_the_rate_grows_as_the_root_of_the_distance_to_the_rheobase(name):
    neuron, least = NEURONS[name], rheobase(NEURONS[name])
    near = closed_form_rate(neuron, least * (1 + np.array([1e-10, 4e-10])))
    assert near[1] / near[0] == pytest.approx(2.0, rel=1e-3)  # the next term is of the order of the rate itself
    assert closed_form_rate(neuron, [least, 0.0]).tolist() == [0.0, 0.0]


def survivor(neuron, v_inf, since):
    """The probability of no spike for so long after a reset, of a sigmoid hazard."""
    c = neuron.values

    def hazard(time):
        v = v_inf + (c["V_reset"] - v_inf) * np.exp(-time / c["tau_m"])
        return c["rate_most"] / (1 + np.exp((c["V_threshold"] - v) / c["delta_v"]))

    return np.exp(-quad(hazard, 0, since)[0])


@pytest.mark.parametrize("v_inf", [-56e-3, -40e-3])
def test_the_rate_under_a_sigmoid_hazard_is_one_over_the_mean_of_its_survivor(v_inf):
    neuron = NEURONS["escape_sigmoid_lif"]
    current = (v_inf - neuron.values["E_L"]) / neuron.values["R_m"]
    mean = quad(lambda since: survivor(neuron, v_inf, since), 0, 1.0, limit=200, epsrel=1e-6)[0]
    assert closed_form_rate(neuron, current) == pytest.approx(1 / (neuron.values["t_ref"] + mean), rel=3e-4)


def test_at_the_threshold_both_hazards_are_alike_and_far_above_one_is_bounded():
    unbounded, bounded = (NEURONS[name] for name in ("escape_lif", "escape_sigmoid_lif"))
    at = rheobase(bounded)
    assert firing_probability(bounded, at, 1e-3) == firing_probability(unbounded, at, 1e-3)
    assert firing_probability(bounded, 10 * at, 1e-3) == pytest.approx(1 - np.exp(-200e-3), rel=1e-12)


NAUD = published.load("naud2008_adex")
SETTLED = [k for k, interval in enumerate(NAUD["interval_ms"]) if np.isfinite(interval)]


@pytest.mark.parametrize("row", SETTLED, ids=lambda row: str(NAUD["kind"][row]))
def test_the_intervals_of_a_pattern_are_those_of_its_equations(row):
    name = NAUD["set"][row]
    neuron = with_parameters(NEURONS[f"adex:{name}" if name else "adex"], V_peak=-30e-3)  # a microsecond earlier
    duration = 1.5 if name == "delayed_accelerating" else 0.9
    times = 1e3 * spike_times(neuron, 1e-12 * NAUD["current_pA"][row], duration)
    expected = [NAUD[column][row] for column in ("interval_ms", "second_interval_ms")]
    known = sorted(one for one in expected if np.isfinite(one))
    assert sorted(np.diff(times)[-len(known) :]) == pytest.approx(known, abs=0.02)  # of two decimals, and the peak


@pytest.mark.parametrize("name", ["exponential", "adex", "izhikevich"])
def test_beyond_the_peak_nothing_follows_the_voltage_upwards(name):
    neuron = NEURONS[name]
    course, others = Course(neuron, 0.0), [0.0] * (len(neuron.variables) - 1)
    at_peak, beyond = (course.slope(False)(0.0, [v, *others]) for v in (neuron.values["V_peak"], 10.0))
    assert np.all(beyond[1:] == at_peak[1:]) and beyond[0] <= at_peak[0]


def test_white_noise_reads_a_membrane_time_constant_that_is_an_expression():
    noisy = white_noise(NEURONS["adex"], 1e-3)
    assert noisy.variable("v").noise == "sigma*sqrt(2/(C_m/g_L))"
    assert noisy.closed_form is None and with_synapses(noisy, "conductance").integration == "euler"
