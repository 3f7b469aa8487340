"""LMS against the perceptron rule."""

import numpy as np
import pytest
from lecture_answers import claims_of

from plasticity.artificial.examples import Examples
from plasticity.artificial.learning import lms
from plasticity.quiz.old.answers.gradient import lms as lms_answer
from plasticity.quiz.old.record import verdict


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
