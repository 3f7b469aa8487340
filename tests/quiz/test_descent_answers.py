"""Steps by hand and paths of descent: second routes, limit cases, and the printed slip."""

import numpy as np
import pytest
from lecture_answers import answered, claims_of

from plasticity.artificial.examples import Examples
from plasticity.artificial.learning import lms
from plasticity.quiz.old.answers.gradient import bowl, escape, noisy_descent, sgd_path
from plasticity.quiz.old.answers.gradient import lms as lms_answer
from plasticity.quiz.old.record import verdict


def _height_of_escape(w):
    return (w**2 - 1) ** 2 / 4 + w / 5  # as the answer's method says


ROUND = noisy_descent.Regression(np.eye(2), np.zeros(2), np.eye(2), np.zeros(2))  # a bowl with circular contours


def test_with_as_many_examples_as_weights_the_bowl_has_one_minimum(monkeypatch):
    monkeypatch.setattr(bowl, "N_TOO_FEW", bowl.N_ENOUGH)
    monkeypatch.setattr(bowl, "BOWLS", dict.fromkeys(bowl.BOWLS, bowl.N_ENOUGH))
    answer = bowl.answer(bowl.study(np.random.default_rng(0), "auto"))
    assert verdict(claims_of("gd-general"), answer.readings) == "agrees"


def test_the_valley_s_ends_have_no_error_though_they_lie_apart():
    found = answered("gd-general").answer.measurements
    assert found["largest_loss_at_ends_with_too_few_examples"] < 1e-12
    assert found["distance_between_ends_with_too_few_examples"] > 1


@pytest.mark.parametrize("wells", [(bowl._slope, bowl._height), (escape.slope, _height_of_escape)])
def test_the_slope_of_the_wells_is_that_of_their_height(wells):
    slope, height = wells
    w, step = np.linspace(-1.5, 1.5, 13), 1e-5
    assert slope(w) == pytest.approx((height(w + step) - height(w - step)) / (2 * step), abs=1e-8)


def test_in_a_round_bowl_a_step_to_the_middle_is_perpendicular_and_one_across_is_not():
    points, steps = np.array([[3.0, 4.0], [3.0, 4.0]]), np.array([[-3.0, -4.0], [-4.0, 3.0]])
    assert noisy_descent.angles_to_contour(ROUND, points, steps) == pytest.approx([90, 0], abs=1e-5)


def test_a_path_along_a_square_turns_by_right_angles():
    square = np.array([[0.0, 0], [1, 0], [1, 1], [0, 1]])
    assert noisy_descent.turns(square) == pytest.approx([90, 90])


def test_an_online_step_is_an_lms_step():
    data = noisy_descent.Regression(np.array([[1.0, 2.0]]), np.array([3.0]), np.eye(2), np.zeros(2))
    path = noisy_descent.online_paths(data, np.zeros(2), np.full(3, 0.1), 1, np.random.default_rng(0))
    history = lms(Examples(data.inputs, data.targets), np.zeros(2), rate=0.1, n_epochs=3)
    assert path[:, 0] == pytest.approx(history.weights, abs=1e-14)


def test_the_late_distance_is_the_settled_one_within_five_standard_errors():
    rng = np.random.default_rng(3)
    data = noisy_descent.regression(50, 0.5, rng)
    paths = noisy_descent.online_paths(data, data.solution, np.full(600, 0.05), 400, rng)
    squares = np.sum((paths[-1] - data.solution) ** 2, axis=1)
    settled = np.trace(noisy_descent.settled_covariance(data, 0.05))
    assert abs(squares.mean() - settled) < 5 * squares.std() / np.sqrt(squares.size)


def test_without_noise_nothing_keeps_moving():
    data = noisy_descent.regression(50, 0.0, np.random.default_rng(0))
    assert np.abs(noisy_descent.settled_covariance(data, 0.05)).max() < 1e-25


def test_without_steps_nobody_escapes_and_batch_descent_never_does():
    assert escape.escaped_probability(0.1, 0) == 0
    assert escape.escaped_fraction(0.1, 500, 1, None) == 0


@pytest.mark.parametrize("rate", sgd_path.ESCAPE_RATES)
def test_the_escaped_fraction_is_the_probability_within_five_standard_errors(rate):
    fraction = escape.escaped_fraction(rate, 300, 1000, np.random.default_rng(1))
    probability = escape.escaped_probability(rate, 300)
    assert abs(fraction - probability) < 5 * np.sqrt(max(probability * (1 - probability), 1e-3) / 1000)


def test_two_wells_without_jitter_hold_their_own(monkeypatch):
    monkeypatch.setattr(escape, "JITTER", 0.0)
    assert escape.escaped_fraction(0.1, 300, 10, np.random.default_rng(0)) == 0


def test_at_the_constant_rate_sgd_agrees_with_the_slide_and_else_not():
    found = answered("sgd-path")
    held = {r: verdict(found.question.claims, {r: m}) for r, m in found.answer.readings.items()}
    assert held == {sgd_path.CONSTANT: "agrees", sgd_path.DECREASING: "differs", sgd_path.FITTED: "differs"}


def test_the_cost_of_batch_descent_grows_with_the_examples_and_that_of_sgd_does_not():
    found = answered("sgd-path").answer.measurements
    gd, sgd = np.array(found["examples_shown_gd"]), np.array(found["examples_shown_sgd"])
    assert np.all(gd % found["n_examples"] == 0) and sgd.max() < 2 * sgd.min() < gd[-1]


def test_the_orbit_of_lms_comes_back_after_an_epoch():
    rng = np.random.default_rng(0)
    x, t = np.insert(rng.normal(size=(12, 2)), 0, 1, axis=1), rng.integers(0, 2, 12)
    start = lms_answer._orbit(x, t)
    assert lms(Examples(x, t), start, rate=lms_answer.RATES["lms"]).final == pytest.approx(start, abs=1e-12)


def test_classes_far_apart_stop_the_perceptron_and_turn_the_verdict(monkeypatch):
    monkeypatch.setattr(lms_answer, "CENTRE", 20.0)
    answer = lms_answer.answer(lms_answer.study(np.random.default_rng(0), "auto"))
    assert answer.measurements["perceptron_stops"] and answer.measurements["separable"]
    assert verdict(claims_of("lms-vs-perceptron"), answer.readings) == "differs"
