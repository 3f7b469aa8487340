"""Spiking neurons beside the activations that stand for them: rates, and probabilities of firing."""

from dataclasses import replace

import numpy as np
import pytest
from asked_once import answered
from scipy.optimize import least_squares, minimize

from plasticity.artificial.activations import ACTIVATIONS, RELU, SIGMOID, SOFTPLUS, SWISH, TANH
from plasticity.artificial.fits import fitted
from plasticity.errors import ArgumentError
from plasticity.neurons import NEURONS, closed_form_rate, rheobase
from plasticity.quiz import LECTURE, ask
from plasticity.quiz.answers.networks import firing_probability, firing_rate
from plasticity.quiz.record import verdict

RATE, PROBABILITY = "activation-as-rate", "activation-as-probability"


@pytest.fixture(scope="module")
def curves():
    return firing_rate.study(firing_rate.LECTURE, "numpy")


@pytest.fixture(scope="module")
def windows():
    return firing_probability.study(firing_probability.LECTURE, "numpy")


def asked(id, *assignments, seed=0):
    (found,) = ask([LECTURE[id]], assignments=assignments, seed=seed)
    assert [check for check in found.answer.checks if not check.holds(found.answer.measurements)] == []
    return found


def test_measured_rates_are_those_of_theory_in_the_same_steps(curves):
    assert curves.rates[0] == pytest.approx(curves.in_steps[0], abs=1e-8)
    # five standard errors, and at least two spikes in all copies together
    slack = 5 * curves.errors[1] + 2 / curves.watched
    assert (np.abs(curves.rates - curves.in_steps)[1] <= slack).all()


@pytest.mark.parametrize("activation", [RELU, SOFTPLUS, SIGMOID, SWISH, TANH], ids=str)
def test_no_optimiser_finds_a_better_fit(activation, curves):
    for x, y in zip(np.tile(curves.currents, (2, 1)), curves.rates.reshape(6, -1), strict=True):
        fit = fitted(activation, x, y)

        def residuals(p, x=x, y=y):
            return y - p[0] * activation(p[1] * (x - p[2]))

        polished = least_squares(residuals, [fit.height, fit.gain, fit.threshold], xtol=1e-12, ftol=1e-12)
        assert fit.rms <= np.sqrt(np.mean(polished.fun**2)) * (1 + 1e-4)


def test_a_fit_finds_the_unit_that_made_the_points():
    x = np.linspace(0, 4, 24)
    fit = fitted(SIGMOID, x, 150 * SIGMOID(3.0 * (x - 1.7)))
    assert (fit.height, fit.gain, fit.threshold) == pytest.approx((150, 3.0, 1.7), rel=1e-3)


@pytest.mark.parametrize("name", ["lif_excitatory", "escape_lif"])
@pytest.mark.parametrize("top", [2, 4, 10])
def test_what_fits_the_closed_form_best_of_all_activations_is_among_the_best_that_are_named(name, top):
    x = (np.arange(24) + 0.5) * top / 24
    y = closed_form_rate(NEURONS[name], x * rheobase(NEURONS[name]))
    best = min(ACTIVATIONS, key=lambda one: fitted(ACTIVATIONS[one], x, y).rms)
    (row,) = (row for row in answered(RATE).answer.measurements["rows"] if row["top"] == top)
    assert best in row[f"best_{'quiet' if name == 'lif_excitatory' else 'noisy'}"]


def test_if_no_activation_did_better_than_a_step_it_would_not_pass_for_the_rate(curves):
    poor = np.repeat(curves.residuals[:, :, :1], len(ACTIVATIONS), axis=2)
    answer = firing_rate.answer(replace(curves, residuals=poor))
    assert verdict(LECTURE[RATE].question.claims, answer.readings) == "differs"
    assert answer.measurements["outcome"] == "in part"


def test_other_ranges_of_currents_can_be_asked_about():
    found = asked(RATE, "tops=1.6,8", seed=3)
    narrow, wide = found.answer.measurements["rows"]
    assert "tanh" not in narrow["best_quiet"] and wide["best_quiet"] == ["tanh"] and found.verdict == "agrees"


def test_the_fraction_that_fires_is_the_probability_within_five_standard_errors(windows):
    slack = 1 / windows.n_neurons  # where hardly any fires, or hardly any does not
    assert (np.abs(windows.fractions - windows.theory) <= 5 * windows.errors + slack).all()


def test_half_of_the_neurons_fire_at_the_currents_of_the_closed_form():
    halves = [row["half"] for row in answered(PROBABILITY).answer.measurements["rows"]]
    # ln 2 = hazard window; five standard errors of a fraction of 500 over the slope of the curve
    assert halves == pytest.approx([1.155, 1.041, 0.868], abs=0.045)


def test_the_fitted_unit_has_the_greatest_likelihood(windows):
    for fraction, bias, weight in zip(windows.fractions, windows.bias, windows.weight, strict=True):

        def cost(p, fraction=fraction):
            z = p[0] + p[1] * (windows.currents - 1)
            return np.sum(np.logaddexp(0, z) - fraction * z)

        best = minimize(cost, [0.0, 5.0], method="BFGS", options={"gtol": 1e-9}).x
        assert (bias + weight, weight) == pytest.approx(tuple(best), rel=1e-5)


def test_neurons_that_do_not_heed_the_current_would_not_agree(windows):
    deaf = np.random.default_rng(0).permutation(windows.fractions, axis=1)
    answer = firing_probability.answer(replace(windows, fractions=deaf))
    assert verdict(LECTURE[PROBABILITY].question.claims, answer.readings) != "agrees"


@pytest.mark.parametrize("window, half", [(1e-3, 1.242), (10e-3, 0.954)])
def test_the_half_of_another_window_is_where_the_hazard_times_it_is_ln_2(window, half):
    found = asked(PROBABILITY, f"windows={window * 1e3:g}ms", seed=4)
    assert found.answer.measurements["rows"][0]["half"] == pytest.approx(half, abs=0.045)


def test_where_too_weak_currents_were_tried_no_half_is_told():
    found = asked(PROBABILITY, "windows=1ms", "strongest=1.2")
    (row,) = found.told().tables()[0]["rows"]
    assert row[1] == "none up to 1.2 rheobases"


def test_currents_that_tell_no_sigmoid_are_refused():
    with pytest.raises(ArgumentError, match="set more currents"):
        asked(PROBABILITY, "strongest=5", "n_currents=5", "n_neurons=50")
