"""One sigmoid under both losses: a step by hand, vanishing gradients, and the same with numbers of one's own."""

import math

import numpy as np
import pytest
from asked_once import answered

from plasticity.artificial.losses import MSE
from plasticity.errors import ArgumentError
from plasticity.quiz import LECTURE, ask
from plasticity.quiz.answers.gradient import saturation
from plasticity.quiz.record import verdict
from plasticity.studies.one_sigmoid import LOSSES, losses_along, slopes_along, steps_until_right

RNG = np.random.default_rng(0)


def asked(id, *assignments):
    (found,) = ask([LECTURE[id]], assignments=assignments)
    return found


def sigmoid(z):
    return 1 / (1 + math.exp(-z))


@pytest.mark.parametrize("id", ["sgd-sigmoid-step", "vanishing-gradient"])
def test_both_slides_are_right(id):
    assert answered(id).verdict == "agrees"


def test_another_sigmoid_makes_the_step_of_paper_and_pencil():
    # z = 0, y = 1/2, error -1/2: dw0 = -0.1, dw1 = -0.4
    found = asked("sgd-sigmoid-step", "x=4", "t=0", "w0=-4", "w1=1", "rate=0.2").answer.measurements
    assert (found["w0_new"], found["w1_new"], found["moves"]) == (pytest.approx(-4.1), pytest.approx(0.6), "falls")
    assert found["dw0_with_mse"] == pytest.approx(-0.025)


def test_at_another_rate_the_printed_step_comes_out_no_longer():
    assert asked("sgd-sigmoid-step", "rate=0.9").verdict == "differs"


def test_the_second_routes_of_the_step_hold_in_saturation_too():
    found = asked("sgd-sigmoid-step", "x=20", "t=0.3", "w0=-20", "w1=20").answer
    assert all(check.holds(found.measurements) for check in found.checks)


@pytest.mark.parametrize("loss", LOSSES, ids=str)
def test_the_slope_along_z_is_that_of_the_loss(loss):
    z, step = np.linspace(-8, 8, 33), 1e-5
    difference = (losses_along(loss, z + step) - losses_along(loss, z - step)) / (2 * step)
    assert slopes_along(loss, z) == pytest.approx(difference, abs=1e-9)  # third derivative times step^2, rounding


@pytest.mark.parametrize("z, rate, outcome", [(-7, 1, "stalls"), (-0.1, 1, "unsure"), (3, 1, "right")])
def test_what_happens_to_descent_depends_on_where_the_unit_stands(z, rate, outcome):
    found = asked("vanishing-gradient", f"z={z}", f"rate={rate}").answer
    assert found.measurements["outcome"] == outcome
    assert found.measurements["mse_over_cross_entropy"] == pytest.approx(sigmoid(z) * (1 - sigmoid(z)))
    assert all(check.holds(found.measurements) for check in found.checks)


def test_the_way_back_takes_as_long_as_a_flow_without_steps():
    def primitive(z):  # of dt = (1 + e)^3 / e dz with e = exp(z), that is dz / (y (1 - y)^2)
        return -math.exp(-z) + 3 * z + 3 * math.exp(z) + math.exp(2 * z) / 2

    flow = (primitive(0) - primitive(-6)) / 0.1
    assert steps_until_right(MSE, -6.0, 0.1) == pytest.approx(flow, rel=2e-3)  # a small step follows the flow


def test_a_rate_too_small_to_come_back_is_refused_and_not_run_for_ever(monkeypatch):
    monkeypatch.setattr("plasticity.studies.one_sigmoid.MOST_STEPS", 10)
    with pytest.raises(ArgumentError, match="raise either"):
        steps_until_right(MSE, -6.0, 1.0)


def test_the_printed_gradient_is_half_that_of_the_mean_of_squares():
    x, w, t, step = RNG.normal(size=(20, 1)), 0.7, RNG.integers(0, 2, 20), 1e-6

    def mean_of_squares(w):
        return np.mean((1 / (1 + np.exp(-x[:, 0] * w)) - t) ** 2)

    by_hand = saturation.printed_gradient(1 / (1 + np.exp(-x[:, 0] * w)), t, x)
    difference = (mean_of_squares(w + step) - mean_of_squares(w - step)) / (2 * step)
    assert by_hand == pytest.approx(difference / 2, rel=1e-6)


def test_a_printed_formula_without_the_slope_would_be_noticed(monkeypatch):
    monkeypatch.setattr(saturation, "printed_gradient", lambda y, t, x: -np.mean((t - y)[:, None] * x, axis=0))
    found = saturation.answer(saturation.study(saturation.Parameters()))
    assert verdict(LECTURE["vanishing-gradient"].question.claims, found.readings) == "differs"
