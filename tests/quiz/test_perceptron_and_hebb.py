"""The perceptron's steps beside Hebb's, case by case."""

from dataclasses import replace

import pytest
from asked_once import answered

from plasticity.quiz import LECTURE, ask
from plasticity.quiz.answers.perceptron import hebbian
from plasticity.quiz.record import verdict

ID = "perceptron-hebbian-cases"


@pytest.mark.parametrize(("case", "error", "x"), [("x_negative_y_1", -1, -1), ("x_negative_y_0", 1, -1)])
def test_at_a_negative_input_the_weight_does_the_opposite_of_what_is_printed(case, error, x):
    expected, found = float(error * x), answered(ID)
    printed = next(claim.value for claim in found.question.claims if claim.measurement == f"weight_{case}")
    assert {r[f"weight_{case}"] for r in found.answer.readings.values()} == {expected} != {printed}


def test_only_the_two_cases_of_a_negative_input_differ_in_the_nearest_reading():
    assert [name for name, _, _ in answered(ID).differing()] == ["weight_x_negative_y_1", "weight_x_negative_y_0"]


def test_the_printed_words_fit_the_contribution_with_the_teacher_in_place_of_the_output():
    found, claims = answered(ID).answer.measurements, LECTURE[ID].question.claims
    signs = {"strengthens": 1, "weakens": -1, "Hebbian": 1, "anti-Hebbian": -1}
    reading = {"changes_when_y_is_t": 0}
    for case, word, label in zip(found["cases"], found["contribution_w_x"], found["likeness_teacher"], strict=True):
        reading |= {f"weight_{case}": signs[word], f"hebbian_{case}": signs[label]}
    assert verdict(claims, {"contribution": reading}) == "agrees"


def test_hebbs_rule_itself_would_be_called_hebbian_where_it_acts():
    cases = hebbian.study(hebbian.Parameters())
    found = hebbian.answer({name: replace(case, dw=case.hebb) for name, case in cases.items()}).measurements
    by_case = dict(zip(found["cases"], found["likeness_y_0_or_1"], strict=True))
    assert {by_case[f"x_{sign}_y_1"] for sign in hebbian.SIGNS} == {"Hebbian"}
    assert {by_case[f"x_{sign}_y_0"] for sign in hebbian.SIGNS} == {"neither"}


@pytest.mark.parametrize(("assignments", "dw"), [(("x=2", "rate=0.5"), 1.0), (("x=0.3", "rate=4"), 1.2)])
def test_other_inputs_and_rates_change_the_size_and_not_the_sign(assignments, dw):
    (found,) = ask([LECTURE[ID]], assignments=assignments)
    rows = found.answer.measurements["rows"]
    assert [row["dw"] for row in rows] == pytest.approx([dw, dw, -dw, -dw]) and found.verdict == "differs"
    assert all(check.holds(found.answer.measurements) for check in found.answer.checks)
