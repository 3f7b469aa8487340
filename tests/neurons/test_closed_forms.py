"""The closed forms of firing rates, each by a second route: integration, another form of the formula, or a limit."""

import numpy as np
import pytest
from scipy.integrate import quad, solve_ivp
from scipy.special import erfcx, exp1

from plasticity.errors import NeuronError
from plasticity.neurons import (
    NEURONS,
    closed_form_rate,
    firing_probability,
    known_in_closed_form,
    rheobase,
    synaptic_potential,
    white_noise,
    with_parameters,
)

LIF, ESCAPE = NEURONS["lif_excitatory"], NEURONS["escape_lif"]
C = LIF.values
SWING = C["V_threshold"] - C["E_L"]
RHEOBASE = SWING / C["R_m"]


def settled(current):
    """The voltage that the membrane without bias tends to."""
    return C["E_L"] + C["R_m"] * current


def test_the_rheobase_takes_the_settled_voltage_to_the_threshold():
    assert settled(rheobase(LIF)) == pytest.approx(C["V_threshold"], rel=1e-14)


@pytest.mark.parametrize("current", np.array([1.01, 1.5, 3.0, 20.0]) * RHEOBASE)
def test_the_rate_is_that_of_the_integrated_membrane_equation(current):
    def derivative(t, v):
        return (settled(current) - v) / C["tau_m"]

    def crossing(t, v):
        return v[0] - C["V_threshold"]

    crossing.terminal = True
    climb = solve_ivp(derivative, (0, 1), [C["V_reset"]], events=crossing, rtol=1e-11, atol=1e-13, method="DOP853")
    assert closed_form_rate(LIF, current) == pytest.approx(1 / (C["t_ref"] + climb.t_events[0][0]), rel=1e-8)


@pytest.mark.parametrize("current", [-RHEOBASE, 0.0, 0.999 * RHEOBASE])
def test_the_rate_below_rheobase_is_zero(current):
    assert closed_form_rate(LIF, current) == 0.0


def test_the_rate_of_a_strong_current_tends_to_one_over_the_refractory_time():
    assert closed_form_rate(LIF, 1e6 * RHEOBASE) == pytest.approx(1 / C["t_ref"], rel=1e-4)


def test_a_bias_is_a_current_above_the_rheobase_in_rheobases():
    # The current that bias b stands for is (1 + b) rheobases
    biased = with_parameters(LIF, bias=0.7)
    assert closed_form_rate(biased, 0.0) == pytest.approx(closed_form_rate(LIF, 1.7 * RHEOBASE), rel=1e-12)


def siegert_by_quad(current, sigma):
    """tau sqrt(pi) times the integral of exp(x^2)(1 + erf x), from reset to threshold, by adaptive quadrature."""
    ends = (np.array([C["V_reset"], C["V_threshold"]]) - settled(current)) / (np.sqrt(2) * sigma)
    passage = quad(lambda x: erfcx(-x), *ends, epsabs=0, epsrel=1e-13, limit=500)[0]
    return 1 / (C["t_ref"] + C["tau_m"] * np.sqrt(np.pi) * passage)


@pytest.mark.parametrize("sigma", [0.3e-3, 1e-3, 4e-3, 20e-3])
@pytest.mark.parametrize("level", [0.0, 0.5, 0.9, 0.999, 1.0, 1.001, 1.3, 3.0, 20.0])
def test_the_rate_under_white_noise_is_the_siegert_formula(level, sigma):
    expected = siegert_by_quad(level * RHEOBASE, sigma)
    # both integrals are done to 1e-12 or better
    assert closed_form_rate(white_noise(LIF, sigma), level * RHEOBASE) == pytest.approx(expected, rel=1e-10, abs=0)


def test_the_rate_under_little_white_noise_tends_to_that_without_quadratically():
    current = 1.5 * RHEOBASE
    distance = [
        abs(closed_form_rate(white_noise(LIF, sigma), current) / closed_form_rate(LIF, current) - 1)
        for sigma in (0.4e-3, 0.2e-3, 0.1e-3)
    ]
    # the first correction is in sigma^2, and far below threshold nothing is left to correct
    assert np.log2(np.array(distance[:2]) / distance[1:]) == pytest.approx(2.0, abs=0.05)


def test_white_noise_alone_far_below_threshold_never_fires():
    assert closed_form_rate(white_noise(LIF, 0.1e-3), 0.0) == 0.0


def escape_by_exponential_integrals(neuron, current):
    """1 / (t_ref + integral of exp(-H)), with H = rho_inf tau (E1(D e^(-t/tau)) - E1(D)).

    The hazard after a reset is rho_inf exp(-D e^(-t/tau)), with D = (V_inf - V_reset) / delta_v.
    """
    c = neuron.values
    rho = c["rate_threshold"] * np.exp((settled(current) - c["V_threshold"]) / c["delta_v"])
    distance = (settled(current) - c["V_reset"]) / c["delta_v"]

    def survivor(t):
        return np.exp(-rho * c["tau_m"] * (exp1(distance * np.exp(-t / c["tau_m"])) - exp1(distance)))

    # E1 is given for positive D only; where the survivor function ends is bracketed by its rate at the end
    pieces = np.concatenate([[0.0], np.geomspace(1e-6, 20 * c["tau_m"], 40)])
    area = sum(quad(survivor, *piece, epsabs=0, epsrel=1e-10)[0] for piece in zip(pieces, pieces[1:], strict=False))
    return 1 / (c["t_ref"] + area + survivor(pieces[-1]) / rho)


@pytest.mark.parametrize("delta_v", [0.5e-3, 2e-3, 8e-3])
@pytest.mark.parametrize("level", [0.7, 0.9, 1.0, 1.3, 3.0])
def test_the_rate_with_escape_noise_is_that_of_the_renewal_process(level, delta_v):
    neuron = with_parameters(ESCAPE, delta_v=delta_v)
    expected = escape_by_exponential_integrals(neuron, level * RHEOBASE)
    # trapezoids on the grid of the closed form
    assert closed_form_rate(neuron, level * RHEOBASE) == pytest.approx(expected, rel=1e-6, abs=0)


def test_the_rate_with_little_escape_noise_tends_to_that_without():
    current, exact = 1.5 * RHEOBASE, closed_form_rate(LIF, 1.5 * RHEOBASE)
    distance = [
        abs(closed_form_rate(with_parameters(ESCAPE, delta_v=delta_v), current) / exact - 1)
        for delta_v in (1e-4, 1e-5, 1e-6)
    ]
    # slowly, about as delta_v log(delta_v): the neuron fires within a few delta_v of where its rate is 1/tau_m
    assert distance[0] > 4 * distance[1] > 16 * distance[2] and distance[2] < 2e-3


def test_the_rate_with_escape_noise_at_rest_is_that_of_a_poisson_process_with_dead_time():
    # reset to rest and left there, the hazard is the same at all times; it is so low that the grid ends long before
    resting = with_parameters(ESCAPE, V_reset=C["E_L"])
    hazard = ESCAPE.values["rate_threshold"] * np.exp(-SWING / ESCAPE.values["delta_v"])
    assert closed_form_rate(resting, 0.0) == pytest.approx(1 / (C["t_ref"] + 1 / hazard), rel=1e-6, abs=0)


@pytest.mark.filterwarnings("ignore::plasticity.errors.UnitWarning")  # of a size that no constant has
def test_the_rate_with_flat_escape_noise_is_that_of_a_dead_time_poisson_process():
    flat = with_parameters(ESCAPE, delta_v=1e6)  # volts: the hazard is the same at all voltages
    expected = 1 / (C["t_ref"] + 1 / ESCAPE.values["rate_threshold"])
    assert closed_form_rate(flat, 2 * RHEOBASE) == pytest.approx(expected, rel=1e-6, abs=0)


def test_the_probability_of_firing_at_threshold_is_that_of_the_rate_at_threshold():
    # 100 Hz for 5 ms: 1 - exp(-0.5)
    assert firing_probability(ESCAPE, RHEOBASE, 5e-3) == pytest.approx(1 - np.exp(-0.5), rel=1e-9)


def test_the_probability_of_firing_grows_from_nothing_to_certainty():
    found = firing_probability(ESCAPE, np.linspace(-5, 5, 101) * RHEOBASE, 5e-3)
    assert found[0] < 1e-15 and found[-1] == 1.0 and np.all(np.diff(found) >= 0)


def test_the_probability_of_not_firing_in_two_windows_is_the_product():
    once, twice = (firing_probability(ESCAPE, 0.9 * RHEOBASE, window) for window in (5e-3, 10e-3))
    assert 1 - twice == pytest.approx((1 - once) ** 2, rel=1e-12)


def test_the_probability_of_firing_in_a_short_window_is_hazard_times_window():
    hazard = ESCAPE.values["rate_threshold"]
    assert firing_probability(ESCAPE, RHEOBASE, 1e-12) == pytest.approx(hazard * 1e-12, rel=1e-9, abs=0)


@pytest.mark.parametrize("tau_syn", [1e-3, 5e-3, 19e-3, 20e-3, 40e-3])
def test_the_synaptic_potential_is_the_peak_of_the_integrated_membrane_equation(tau_syn):
    neuron, weight = with_parameters(LIF, tau_syn=tau_syn), 0.4

    def derivative(t, state):
        v, current = state
        return [(-v + C["R_m"] * current) / C["tau_m"], -current / tau_syn]

    def top(t, state):
        return derivative(t, state)[0]

    found = solve_ivp(
        derivative, (0, 0.2), [0.0, C["J_syn"] * weight], events=top, rtol=1e-11, atol=1e-18, method="DOP853"
    )
    assert synaptic_potential(neuron, weight) == pytest.approx(found.y_events[0][-1][0], rel=1e-8, abs=0)


def test_the_synaptic_potential_has_no_jump_where_both_time_constants_are_equal():
    equal, nearly = (synaptic_potential(with_parameters(LIF, tau_syn=20e-3 * (1 + d)), 0.4) for d in (0.0, 2e-6))
    assert nearly == pytest.approx(equal, rel=2e-6, abs=0)


@pytest.mark.parametrize("name", [name for name in NEURONS if "rate" in known_in_closed_form(NEURONS[name])])
def test_rates_have_the_shape_of_the_currents_and_grow_with_them(name):
    currents = np.linspace(-1, 4, 24).reshape(2, 3, 4) * RHEOBASE
    rates = closed_form_rate(NEURONS[name], currents)
    assert rates.shape == (2, 3, 4) and np.all(np.diff(rates.ravel()) >= 0)
    assert rates[0, 1, 2] == closed_form_rate(NEURONS[name], currents[0, 1, 2])


@pytest.mark.parametrize("name", ["lif_excitatory", "white_noise_lif"])
@pytest.mark.parametrize("above", [0.0, 4e-3])
def test_a_reset_at_or_above_the_threshold_has_no_closed_form(name, above):
    neuron = with_parameters(NEURONS[name], V_reset=C["V_threshold"] + above, bias=0.5)
    with pytest.raises(NeuronError, match="V_reset is -0.05.* V; for a closed form, less than V_threshold = -0.054 V"):
        closed_form_rate(neuron)


@pytest.mark.parametrize("current", [np.nan, np.inf, [1e-10, -np.inf]])
@pytest.mark.parametrize("name", NEURONS)
def test_a_current_that_is_no_finite_number_is_refused(name, current):
    with pytest.raises(NeuronError, match="the current is .*; every number must be finite"):
        closed_form_rate(NEURONS[name], current)
