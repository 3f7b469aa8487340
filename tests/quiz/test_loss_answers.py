"""Losses and output units: each printed formula tried by a route of the test's own."""

import math

import numpy as np
import pytest
from lecture_answers import answered

from plasticity.quiz.old.answers.gradient import (
    categorical,
    softmax,
)
from plasticity.quiz.old.record import verdict

RNG = np.random.default_rng(0)
Y, T = RNG.uniform(0.1, 0.9, 50), RNG.uniform(size=50)


def difference(function, at, step=1e-6):
    """Central difference."""
    return (function(at + step) - function(at - step)) / (2 * step)


def entropy(y):
    return -T * np.log(y) - (1 - T) * np.log(1 - y)


def test_raising_one_z_shrinks_all_other_outputs_in_one_proportion():
    z = np.array([0.3, -1.0, 2.0, 0.5])
    before, after = softmax.softmax(z), softmax.softmax(z + [1.0, 0, 0, 0])
    assert np.ptp(after[1:] / before[1:]) < 1e-14 and np.all(after[1:] < before[1:])


def test_softmax_agrees_where_one_z_moves_and_differs_where_all_do():
    found = answered("softmax")
    held = {r: verdict(found.question.claims, {r: m}) for r, m in found.answer.readings.items()}
    assert held == {softmax.ALONE: "agrees", softmax.TOGETHER: "differs"}


def test_at_the_same_z_the_slopes_of_softmax_and_sigmoid_are_different_numbers():
    found = answered("softmax").answer.measurements
    y, p = math.exp(3) / sum(map(math.exp, (1, 2, 3))), 1 / (1 + math.exp(-3))
    assert found["slope_at_z_3_of_example"] == pytest.approx(y * (1 - y), rel=1e-12)
    assert found["slope_at_z_3_of_sigmoid"] == pytest.approx(p * (1 - p), rel=1e-12)


def test_with_two_softmax_units_every_growth_shrinks_the_other(monkeypatch):
    monkeypatch.setattr(softmax, "N_UNITS", 2)
    found = softmax.study(np.random.default_rng(0), "auto")
    assert found["others_all_shrink_any_change"] == 1


def test_softmax_pushes_the_wrong_units_by_their_outputs_and_sigmoids_do_not():
    found = answered("cce-drawback").answer.measurements
    weights = [math.exp(z) for z in found["z"]]
    outputs = [weight / sum(weights) for weight in weights]
    assert found["gradient_softmax"] == pytest.approx(np.subtract(outputs, found["target"]), abs=1e-12)
    assert found["gradient_sigmoids"][1:] == [0, 0]
    assert found["mean_output_that_should_be_0_sigmoids"] > 5 * found["mean_output_that_should_be_0_softmax"]


def test_two_softmax_units_share_the_step_of_one_sigmoid_twice():
    labels = np.eye(2)[RNG.integers(0, 2, 30)]
    assert categorical._step_ratio(RNG.normal(size=(30, 2)), labels) == pytest.approx(2, rel=1e-12)
