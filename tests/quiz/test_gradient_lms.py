"""LMS against the perceptron rule: the formula that they share, and what they make of other classes."""

import numpy as np
import pytest
from asked_once import answered

from plasticity.artificial.examples import Examples
from plasticity.artificial.learning import lms
from plasticity.quiz import LECTURE, ask
from plasticity.quiz.answers.gradient import lms as lms_answer

ID = "lms-vs-perceptron"


def asked(*assignments, seed=0):
    (found,) = ask([LECTURE[ID]], assignments=assignments, seed=seed)
    return found


def test_the_slide_is_right_on_classes_that_no_line_separates():
    assert answered(ID).verdict == "agrees" and not answered(ID).answer.measurements["separable"]


def test_the_course_by_linear_algebra_is_that_of_lms():
    rng = np.random.default_rng(0)
    x, t = np.insert(rng.normal(size=(12, 2)), 0, 1, axis=1), rng.integers(0, 2, 12)
    history = lms(Examples(x, t), np.zeros(3), rate=0.05, n_epochs=7)
    assert lms_answer.expected_course(x, t, 0.05, 7) == pytest.approx(history.weights[-12:], abs=1e-12)


def test_classes_far_apart_stop_the_perceptron_and_turn_the_verdict():
    found = asked("centre=20")
    assert found.answer.measurements["separable"] and found.answer.measurements["outcome"] == "stops"
    assert found.verdict == "differs"


@pytest.mark.parametrize("assignments", [(), ("n_each=100", "rate=0.001"), ("centre=0", "spread=5", "rate=0.002")])
def test_the_second_routes_hold_for_other_classes(assignments):
    for seed in (1, 2):
        found = asked(*assignments, seed=seed).answer
        assert all(check.holds(found.measurements) for check in found.checks)


def test_a_slower_rate_circles_nearer_to_the_minimum():
    distances = [
        asked(f"rate={rate}", "n_epochs=400").answer.measurements["lms_distance_from_minimum"]
        for rate in (0.008, 0.002)
    ]
    assert distances[1] < distances[0] / 2  # of the order of the rate
