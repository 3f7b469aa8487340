"""Loops, graphs, and spiking neurons beside the activations that stand for them."""

import math
from dataclasses import replace

import numpy as np
import pytest
from lecture_answers import answered, claims_of
from scipy.optimize import least_squares, minimize
from scipy.special import lambertw

from plasticity.artificial.activations import RELU, SIGMOID, SOFTPLUS, SWISH
from plasticity.quiz.old.answers.networks import acyclic, firing_probability, firing_rate, loop, swish
from plasticity.quiz.old.record import verdict


@pytest.fixture(scope="module")
def curves():
    return firing_rate.study(np.random.default_rng(0), "numpy")


@pytest.fixture(scope="module")
def windows():
    return firing_probability.study(np.random.default_rng(0), "numpy")


def test_a_pair_of_neurons_is_what_two_lines_of_arithmetic_say():
    driven = loop.study(np.random.default_rng(0), "auto")["one excites, one inhibits"]
    first, second, course = 0.0, 0.0, [(0.0, 0.0)]
    for _ in range(len(driven.free) - 1):
        first, second = 1 / (1 + math.exp(6 * second - 3)), 1 / (1 + math.exp(3 - 6 * first))
        course.append((first, second))
    assert driven.free == pytest.approx(np.array(course), abs=1e-12)


def test_without_the_way_back_a_pulse_is_forgotten_after_two_steps():
    driven = loop.study(np.random.default_rng(0), "auto")
    end = loop.BEFORE + loop.PULSE
    left = {name: max(c[end + 2 :].max() for c in case.changes.values()) for name, case in driven.items()}
    assert left.pop(loop.CUT) == 0 and min(left.values()) > 0.5


def test_a_pair_without_way_back_would_not_pass_for_an_rnn():
    cut = loop.study(np.random.default_rng(0), "auto")[loop.CUT]
    answer = loop.answer(dict.fromkeys(loop.KINDS, cut))
    assert verdict(claims_of("two-neuron-loop"), answer.readings) == "differs"


@pytest.mark.parametrize(
    ("edges", "expected"), [([(1, 0), (2, 1), (2, 0)], True), ([(0, 1), (1, 0)], False), ([(1, 1)], False)]
)
def test_both_definitions_see_a_way_back_where_there_is_one(edges, expected):
    connected = np.zeros((3, 3), dtype=bool)
    connected[tuple(zip(*edges, strict=True))] = True
    assert acyclic.is_acyclic(connected) == acyclic.can_be_ordered(connected) == expected


def test_a_graph_that_breaks_either_direction_turns_the_verdict():
    graphs = acyclic.study(np.random.default_rng(0), "auto")
    for wrong in ({"is_dag": True, "can_be_ordered": False}, {"is_dag": False, "can_be_ordered": True}):
        answer = acyclic.answer([replace(graphs[0], **wrong), *graphs[1:]])
        assert verdict(claims_of("acyclic-network"), answer.readings) == "differs"


def test_measured_rates_are_those_of_the_closed_form(curves):
    for (name, _), curve in curves.items():
        off = curve.rates - curve.closed_form
        if name == "lif_excitatory":  # intervals are rounded up to whole steps
            assert (off <= 1e-9).all() and (off >= -(curve.closed_form**2) * firing_rate.DT - 1e-9).all()
        else:  # five standard errors, and at least two spikes in all copies together
            assert (np.abs(off) <= 5 * curve.errors + 2 / (firing_rate.N_COPIES * firing_rate.MEASURE)).all()


@pytest.mark.parametrize("activation", [RELU, SOFTPLUS, SIGMOID, SWISH], ids=str)
def test_no_optimiser_finds_a_better_fit(activation, curves):
    for curve in curves.values():
        fit = firing_rate.fitted(activation, curve.currents, curve.rates)

        def residuals(p, curve=curve):
            return curve.rates - p[0] * activation(p[1] * (curve.currents - p[2]))

        polished = least_squares(residuals, [fit.height, fit.gain, fit.threshold], xtol=1e-12, ftol=1e-12)
        assert fit.rms <= np.sqrt(np.mean(polished.fun**2)) * (1 + 1e-4)


def test_a_fit_finds_the_unit_that_made_the_points():
    x = np.linspace(0, 4, 24)
    fit = firing_rate.fitted(SIGMOID, x, 150 * SIGMOID(3.0 * (x - 1.7)))
    assert (fit.height, fit.gain, fit.threshold) == pytest.approx((150, 3.0, 1.7), rel=1e-3)


def test_if_no_activation_did_better_than_a_step_it_would_not_pass_for_the_rate(curves):
    def poor(curve):  # every other fit at height 0
        return [fit if fit.activation.name == "step" else replace(fit, residuals=curve.rates) for fit in curve.fits]

    answer = firing_rate.answer({key: replace(curve, fits=poor(curve)) for key, curve in curves.items()})
    assert verdict(claims_of("activation-as-rate"), answer.readings) == "differs"


def test_the_share_that_fires_is_the_probability_within_five_standard_errors(windows):
    for window in windows:
        slack = 1 / firing_probability.N_NEURONS  # where hardly any fires, or hardly any does not
        assert (np.abs(window.share - window.theory) <= 5 * window.errors + slack).all()


def test_the_fitted_unit_has_the_greatest_likelihood(windows):
    for window in windows:

        def cost(p, window=window):
            z = p[0] + p[1] * (firing_probability.CURRENTS - 1)
            return np.sum(np.logaddexp(0, z) - window.share * z)

        best = minimize(cost, [0.0, 5.0], method="Nelder-Mead", options={"xatol": 1e-8, "fatol": 1e-12}).x
        assert (window.bias + window.weight, window.weight) == pytest.approx(tuple(best), rel=1e-5)


def test_the_deviation_from_a_sigmoid_exceeds_chance_and_that_from_the_theory_does_not(windows):
    for window in windows:
        theory = firing_probability._squared_errors(window, window.theory)
        assert theory < 2.5 < firing_probability._squared_errors(window, window.sigmoid)


def test_neurons_that_do_not_heed_the_current_would_differ(windows):
    deaf = [replace(w, share=np.random.default_rng(0).permutation(w.share)) for w in windows]
    answer = firing_probability.answer(deaf)
    assert verdict(claims_of("activation-as-probability"), answer.readings) != "agrees"


def test_the_minimum_of_swish_is_lamberts():
    w = float(lambertw(1 / math.e).real)
    found = answered("swish").answer.measurements
    assert (found["minimum"], found["z_at_minimum"]) == pytest.approx((-w, -1 - w), abs=1e-9)


def test_another_printed_formula_would_be_noticed():
    study = swish.study(np.random.default_rng(0), "auto")
    wrong = replace(study, printed=study.z / (1 + np.exp(study.z)))
    assert verdict(claims_of("swish"), swish.answer(wrong).readings) == "differs"
