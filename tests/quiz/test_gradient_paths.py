"""Paths of descent: second routes, limit cases, and numbers of one's own."""

import numpy as np
import pytest
from asked_once import answered

from plasticity.artificial.examples import Examples
from plasticity.artificial.learning import lms
from plasticity.quiz import LECTURE, ask
from plasticity.quiz.answers.gradient import escape, sgd_path, valleys
from plasticity.studies import bowl, descent_paths

START = np.array([-4.0, -3.0])
ROUND = bowl.Bowl(np.eye(2), np.zeros(2), np.eye(2), np.zeros(2))  # contours are circles


def asked(id, *assignments, seed=0):
    (found,) = ask([LECTURE[id]], assignments=assignments, seed=seed)
    return found


def a_bowl(noise=0.5, n=50):
    return bowl.noisy_line(n, noise, np.random.default_rng(3))


def test_in_a_round_bowl_a_step_to_the_middle_is_perpendicular_and_one_across_is_not():
    points, steps = np.array([[3.0, 4.0], [3.0, 4.0]]), np.array([[-3.0, -4.0], [-4.0, 3.0]])
    assert bowl.angles_between_lines(bowl.tangents(ROUND, points), steps) == pytest.approx([90, 0], abs=1e-5)


def test_a_tangent_is_along_the_contour_that_is_traced():
    data, path = a_bowl(), np.array([START, START + [1.0, 0.5]])  # a step that is not down the slope
    angle = bowl.angles_between_lines(bowl.tangents(data, path[:1]), np.diff(path, axis=0))[0]
    assert sgd_path.traced_angle(data, path) == pytest.approx(angle, abs=1e-4)  # the chord of 1e-4 rad


def test_a_path_along_a_square_turns_by_right_angles():
    steps = np.diff([[0.0, 0], [1, 0], [1, 1], [0, 1]], axis=0)
    assert bowl.turns(steps[:-1], steps[1:]) == pytest.approx([90, 90])


def test_an_online_step_is_an_lms_step():
    data = bowl.Bowl(np.array([[1.0, 2.0]]), np.array([3.0]), np.eye(2), np.zeros(2))
    path = bowl.online_paths(data, np.zeros(2), np.full(3, 0.1), 1, np.random.default_rng(0))
    history = lms(Examples(data.inputs, data.targets), np.zeros(2), rate=0.1, n_epochs=3)
    assert path[:, 0] == pytest.approx(history.weights, abs=1e-14)


@pytest.mark.parametrize("drift", [None, np.array([0.01, -0.02])])
def test_the_expected_squares_are_those_of_many_runs_within_five_standard_errors(drift):
    data, rates = a_bowl(), np.linspace(0.08, 0.02, 60)
    paths = bowl.online_paths(data, START, rates, 2000, np.random.default_rng(0), drift=drift)
    minimum = data.solution + (0.0 if drift is None else np.arange(61)[:, None, None] * drift)
    squares = np.sum((paths - minimum) ** 2, axis=-1)
    expected = np.trace(bowl.expected_squares(data, START, rates, drift=drift), axis1=1, axis2=2)
    assert np.all(np.abs(squares.mean(axis=1) - expected) <= 5 * squares.std(axis=1) / np.sqrt(2000) + 1e-9)


def test_in_the_long_run_the_expected_squares_are_the_settled_covariance():
    data = a_bowl()
    last = bowl.expected_squares(data, START, np.full(2000, 0.05))[-1]
    assert last == pytest.approx(bowl.settled_covariance(data, 0.05), abs=1e-12)


def test_without_noise_nothing_keeps_moving():
    assert np.abs(bowl.settled_covariance(a_bowl(noise=0.0), 0.05)).max() < 1e-25


def test_larger_batches_hover_nearer_and_the_whole_set_not_at_all():
    data = a_bowl()
    spread = [np.trace(bowl.settled_covariance(data, 0.005, size)) for size in (1, 10, 10**9)]
    assert spread[1] == pytest.approx(spread[0] / 10, rel=0.1) and spread[2] < 1e-9  # but for the order of the rate


def test_without_steps_nobody_escapes_and_batch_descent_never_does():
    assert escape.escaped_probability(0.1, 0) == 0
    assert escape.escaped_fraction(0.1, 500, 1, None) == 0


def test_two_wells_without_jitter_hold_their_own(monkeypatch):
    monkeypatch.setattr(escape, "JITTER", 0.0)
    assert escape.escaped_fraction(0.1, 300, 10, np.random.default_rng(0)) == 0


def test_the_slope_of_the_wells_is_that_of_their_height():
    w, step = np.linspace(-1.5, 1.5, 13), 1e-5
    height = lambda w: (w**2 - 1) ** 2 / 4 + w / 5  # noqa: E731, as the answer's method says
    assert escape.slope(w) == pytest.approx((height(w + step) - height(w - step)) / (2 * step), abs=1e-8)


def test_at_the_constant_rate_sgd_agrees_with_the_slide_and_else_not():
    assert answered("sgd-path").held() == {"constant": True, "decreasing": False, "fitted": False}


@pytest.mark.parametrize(
    "assignments", [(), ("rate=0.08", "noise=2"), ("rate=0.02", "n_examples=20", "left=0.1", "n_many=1000")]
)
def test_the_second_routes_of_the_paths_hold_for_other_numbers_and_draws(assignments):
    for seed in (1, 2):
        found = asked("sgd-path", *assignments, seed=seed).answer
        assert [check.measurement for check in found.checks if not check.holds(found.measurements)] == []


def test_a_slower_rate_hovers_nearer_and_shows_more_examples():
    found = [asked("sgd-path", f"rate={rate}").answer.measurements for rate in (0.08, 0.04)]
    assert found[0]["distance_late"] > found[1]["distance_late"]
    assert found[0]["examples_shown_sgd_many"] < found[1]["examples_shown_sgd_many"]


def test_the_slide_is_right_where_examples_are_enough_and_not_where_they_are_too_few():
    assert answered("gd-general").held() == {"enough": True, "too few": False}


def test_with_as_many_examples_as_weights_there_is_one_minimum_and_with_one_fewer_a_valley():
    found = asked("gd-general", "n_weights=6", "n_enough=6", "n_too_few=5").answer.measurements
    assert found["one_minimum"] and not found["one_minimum_with_too_few_examples"]


def test_enough_examples_in_both_cases_turn_the_verdict():
    assert asked("gd-general", "n_too_few=60").verdict == "agrees"


def test_every_point_of_the_valley_s_floor_fits():
    found = answered("gd-general").answer.measurements
    assert found["largest_loss_at_ends_with_too_few_examples"] < 1e-12
    assert found["distance_between_ends_with_too_few_examples"] > 1


def test_a_single_weight_reaches_the_deeper_well_from_its_side_of_the_hill():
    found = asked("gd-general", "n_wells=1", "n_starts=100", "tilt=0.3").answer
    _, hilltop, _ = valleys.landmarks(0.3)
    expected = (hilltop + 1.5) / 3  # starts are even from -1.5 to 1.5
    reached = found.measurements["nonconvex_starts_that_reach_the_lowest"] / 100
    assert abs(reached - expected) < 5 * np.sqrt(expected * (1 - expected) / 100)


@pytest.mark.parametrize("tilt", [0.01, 0.3])
def test_the_landmarks_of_the_wells_are_where_the_slope_is_0(tilt):
    w, step = np.array(valleys.landmarks(tilt)), 1e-5
    assert valleys.slope(w, tilt) == pytest.approx(np.zeros(3), abs=1e-9)
    difference = (valleys.height(w + step, tilt) - valleys.height(w - step, tilt)) / (2 * step)
    assert difference == pytest.approx(valleys.slope(w, tilt), abs=1e-9)


def test_a_step_of_the_experiment_shows_as_many_examples_as_its_kind_takes():
    p = descent_paths.Parameters(n_examples=40, batch_size=8, n_steps=60, n_hover=1000, n_runs=10)
    shown = descent_paths.study(p).shown[:, -1]
    assert dict(zip(descent_paths.KINDS, shown / 60, strict=True)) == {
        "gradient descent": 40,
        "momentum": 40,
        "mini-batch": 8,
        "LMS (on-line)": 1,
    }


@pytest.mark.parametrize("assignments", [(), ("n_weights=5", "n_enough=6"), ("n_wells=1", "n_starts=50", "tilt=0.3")])
def test_the_second_routes_of_bowls_and_wells_hold_for_other_numbers(assignments):
    found = asked("gd-general", *assignments, seed=1).answer
    assert [check.measurement for check in found.checks if not check.holds(found.measurements)] == []
