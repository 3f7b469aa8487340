"""The table of questions, against the lecture and against what is computed."""

import json
from decimal import Decimal

import pytest
from lecture_answers import answered, each, marks

from plasticity.quiz.old.asking import SOLUTIONS
from plasticity.quiz.old.record import load_questions

# The section on spiking of the lecture, in its order, and what the slides print.
PRINTED = {
    "mutual-pair": "A weakens, B strengthens",
    "anti-hebbian-together": "it weakens",
    "post-before-pre-biological": "the synapse weakens to 0 (no current passes) but never turns inhibitory",
    "weight-decreased-artificial": "it falls, crosses 0, turns negative, and more and more so",
    "hebbian-together": "it strengthens",
}
RELATIONS = ("<", "<=", ">", ">=", "=", "rounds to", "falls to", "is")
UNPRINTED = {"bird-circuit", "tanh-rule", "cce-drawback"}  # the slides ask and print no answer
QUESTIONS = load_questions()
CLAIMS = [(question, claim) for question in QUESTIONS.values() for claim in question.claims]
of_each_claim = pytest.mark.parametrize(
    "question, claim", [pytest.param(q, c, id=f"{q.id}-{c.measurement}", marks=marks(q.id)) for q, c in CLAIMS]
)


def test_the_section_on_spiking_is_that_of_the_lecture():
    found = {id: question.printed for id, question in QUESTIONS.items() if question.section == "spiking"}
    assert list(found.items()) == list(PRINTED.items())


def test_every_question_is_solved_and_nothing_else():
    assert set(QUESTIONS) == set(SOLUTIONS)


def test_every_question_asks_something_in_both_languages():
    texts = [(q.question, q.printed, q.question_he, q.printed_he) for q in QUESTIONS.values()]
    assert all(text.strip() for four in texts for text in four)


def test_only_questions_without_a_printed_answer_claim_nothing():
    assert {id for id, question in QUESTIONS.items() if not question.claims} == UNPRINTED


@of_each_claim
def test_a_claim_is_in_a_known_relation_to_a_number_or_a_figure(question, claim):
    assert claim.relation in RELATIONS
    if claim.relation == "rounds to":
        figures = claim.value if isinstance(claim.value, list) else [claim.value]
        assert all(isinstance(figure, str) and Decimal(figure).is_finite() for figure in figures)


@of_each_claim
def test_what_a_claim_speaks_of_is_measured_in_every_reading(question, claim):
    named = {claim.measurement}
    if isinstance(claim.value, str) and claim.relation not in ("rounds to", "is"):
        named.add(claim.value)
    readings = answered(question.id).answer.readings
    assert readings and all(named <= set(measurements) for measurements in readings.values())


@pytest.mark.parametrize("id", each(QUESTIONS))
def test_an_answer_is_said_in_both_languages_with_flat_measurements_fit_for_json(id):
    found = answered(id)
    assert found.answer.sentence and found.answer.sentence_he and found.answer.method
    assert json.loads(json.dumps(found.as_object(), allow_nan=False))["id"] == id


@pytest.mark.parametrize("id", each(QUESTIONS))
def test_where_the_slides_are_wrong_a_cause_is_named_in_both_languages(id):
    found = answered(id)
    assert found.verdict != "differs" or (found.answer.cause and found.answer.cause_he and found.differing())
