"""That my_question is answered right, in both languages, and that its printed answer could be wrong."""

import pytest
from my_question.question import QUESTION, Scenario, study

from plasticity.quiz import QUESTIONS, ask


def answered(*assignments):
    (found,) = ask([QUESTION], assignments=assignments)
    return found


def test_the_printed_answer_is_right_and_the_second_route_agrees():
    found = answered()
    assert found.verdict == "agrees"
    assert all(check.holds(found.answer.measurements) for check in found.answer.checks)


def test_more_pairs_take_the_free_weight_below_zero_and_the_bounded_one_not():
    found = study(Scenario(n_pairs=300))
    assert found.bounded == 0 > found.free


def test_from_zero_the_printed_answer_is_wrong():
    assert answered("w0=0").verdict == "differs"


@pytest.mark.parametrize(("language", "words"), [("en", "The synapse gets weaker"), ("he", "הסינפסה נחלשת")])
def test_it_is_told_in_both_languages(language, words):
    told = answered().as_object(language)
    assert words in told["answer"].replace("\u200e", "") and all(told[part] for part in ("question", "why", "method"))


def test_plasticity_finds_it_where_the_package_is_installed():
    assert QUESTIONS["my_question"] is QUESTION
