"""The perceptron: its table by hand, its steps, its circles, and its kinship with Hebb."""

from dataclasses import replace

import numpy as np
import pytest
from lecture_answers import answered, claims_of

from plasticity.quiz.old.answers.perceptron import convergence, hebbian
from plasticity.quiz.old.record import verdict

RNG = np.random.default_rng


def test_on_xor_the_weights_walk_in_the_circle_that_the_answer_shows():
    weights = np.array(answered("perceptron-convergence").answer.measurements["xor_weights"])
    period = answered("perceptron-convergence").answer.measurements["xor_period_epochs"]
    assert np.array_equal(weights[-1], weights[-1 - 4 * period])
    assert len(np.unique(weights[-4 * period :], axis=0)) > 1


def test_runs_cut_short_leave_growth_undecided_and_the_answer_says_so(monkeypatch):
    monkeypatch.setattr(convergence, "MOST_EPOCHS", 2)
    found = convergence.answer(convergence.study(RNG(0), "auto"))
    assert "had not repeated" in found.sentence
    assert found.readings["diverge: grow beyond all bounds"]["weights_diverge"] is True


def test_printing_that_weights_stay_bounded_turns_the_reading():
    claims, readings = claims_of("perceptron-convergence"), answered("perceptron-convergence").answer.readings
    bounded = [replace(c, value=False) if c.measurement == "weights_diverge" else c for c in claims]
    held = {name: verdict(bounded, {name: found}) for name, found in readings.items()}
    assert held == {"diverge: grow beyond all bounds": "agrees", "diverge: have no limit": "differs"}


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
