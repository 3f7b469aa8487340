"""The answers of the section autoencoders: second routes, verdicts that turn, sentences that hold their numbers."""

import re

import numpy as np
import pytest
from lecture_answers import answered, each
from scipy.stats import spearmanr

from plasticity.quiz.old.answers.autoencoders import SOLUTIONS, likeness
from plasticity.quiz.old.answers.autoencoders.samples import with_means_ltr
from plasticity.quiz.old.record import load_questions

QUESTIONS = {id: question for id, question in load_questions().items() if question.section == "autoencoders"}
IDS = each(QUESTIONS)
LIGHT = {"similar-inputs-similar-codes"}


def numbers(sentence):
    return sorted(re.findall(r"\d+(?:\.\d+)?", sentence))


def test_every_question_of_the_section_is_answered():
    assert set(SOLUTIONS) == set(QUESTIONS)


@pytest.mark.parametrize("id", IDS)
def test_the_hebrew_sentence_has_the_numbers_of_the_english_one(id):
    english, hebrew = answered(id).answer.sentence, answered(id).answer.sentence_he
    assert set(numbers(hebrew)) >= {number for number in numbers(english) if "." in number}
    assert re.search("[א-ת]", hebrew)


@pytest.mark.parametrize("id", IDS)
def test_every_claim_speaks_of_something_measured_in_every_reading(id):
    for measurements in answered(id).answer.readings.values():
        assert all(claim.measurement in measurements for claim in QUESTIONS[id].claims)


@pytest.mark.parametrize("id", LIGHT - {"similar-inputs-similar-codes"})
def test_the_second_route_gives_the_same_number(id):
    assert all(abs(check.difference) < 1e-6 for check in answered(id).answer.checks)


def test_a_layer_of_sigmoids_moves_no_two_codes_further_apart_than_its_steepest_direction():
    ranks, distance, ratio = answered("similar-inputs-similar-codes").answer.checks
    assert abs(ranks.difference) < 1e-3 and abs(distance.difference) < 1e-9
    assert ratio.found <= ratio.confirmed


def test_the_rank_correlation_is_that_of_scipy():
    a, b = np.random.default_rng(0).integers(0, 5, (2, 50)).astype(float)
    assert likeness.rank_correlation(a, b) == pytest.approx(spearmanr(a, b).statistic, rel=1e-12)


def test_a_hyphen_before_a_mean_is_no_minus():
    assert with_means_ltr("ל-5.2 ± 0.1.") == "ל-\u200e5.2 ± 0.1\u200e."
    assert with_means_ltr("רווח -5.2 ± 0.1") == "רווח \u200e-5.2 ± 0.1\u200e"
