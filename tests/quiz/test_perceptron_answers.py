"""The perceptron: its table by hand, its steps, its circles, and its kinship with Hebb."""

from dataclasses import replace

import numpy as np
import pytest
from lecture_answers import answered, claims_of

from plasticity.quiz.old.answers.perceptron import hebbian
from plasticity.quiz.old.record import verdict

RNG = np.random.default_rng


@pytest.mark.parametrize(("case", "error", "x"), [("x_negative_y_1", -1, -1), ("x_negative_y_0", 1, -1)])
def test_at_a_negative_input_the_weight_does_the_opposite_of_what_is_printed(case, error, x):
    expected = "strengthens" if error * x > 0 else "weakens"
    found = answered("perceptron-hebbian-cases")
    printed = next(claim.value[0] for claim in found.question.claims if claim.measurement == case)
    assert {r[case][0] for r in found.answer.readings.values()} == {expected} != {printed}


def test_the_printed_words_fit_the_contribution_with_the_teacher_in_place_of_the_output():
    found, claims = answered("perceptron-hebbian-cases").answer.measurements, claims_of("perceptron-hebbian-cases")
    pairs = zip(found["cases"], found["contribution_w_x"], found["likeness_teacher"], strict=True)
    reading = {case: [word, label] for case, word, label in pairs} | {"changes_when_y_is_t": 0}
    assert verdict(claims, {"contribution": reading}) == "agrees"


def test_hebbs_rule_itself_would_be_called_hebbian_where_it_acts():
    cases = {name: replace(case, dw=case.hebb) for name, case in hebbian.study(RNG(0), "auto").items()}
    found = hebbian.answer(cases).measurements
    assert found["likeness_y_0_or_1"] == ["neither", "Hebbian", "neither", "Hebbian"]
