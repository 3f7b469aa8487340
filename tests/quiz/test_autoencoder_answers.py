"""The answers of the section autoencoders: second routes, verdicts that turn, sentences that hold their numbers."""

import re
from dataclasses import replace

import numpy as np
import pytest
from lecture_answers import answered, each
from scipy.stats import spearmanr

from plasticity import published
from plasticity.quiz.old.answers.autoencoders import SOLUTIONS, burdens, likeness
from plasticity.quiz.old.answers.autoencoders.samples import draw_digits, mean, with_means_ltr
from plasticity.quiz.old.record import Claim, load_questions, verdict

QUESTIONS = {id: question for id, question in load_questions().items() if question.section == "autoencoders"}
IDS = each(QUESTIONS)
LIGHT = {"bottleneck-kinds", "similar-inputs-similar-codes"}


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


def test_the_verdict_on_burdens_turns_when_they_are_said_to_help():
    free, burdened = {"unrestored_free": 30.0}, {"unrestored_small_layer": 40.0}
    claim = Claim("unrestored_small_layer", ">", "unrestored_free")
    assert verdict([claim], {"": free | burdened}) == "agrees"
    assert verdict([replace(claim, relation="<")], {"": free | burdened}) == "differs"


def test_each_burden_buys_what_it_is_for():
    found = answered("bottleneck-kinds").answer.measurements
    assert found["activity_percent_sparse_heavy"] < found["activity_percent_free"] / 2
    assert found["killed_percent_dropout_heavy"] < found["killed_percent_free"]


def test_the_rank_correlation_is_that_of_scipy():
    a, b = np.random.default_rng(0).integers(0, 5, (2, 50)).astype(float)
    assert likeness.rank_correlation(a, b) == pytest.approx(spearmanr(a, b).statistic, rel=1e-12)


def test_no_digit_is_drawn_twice():
    digits = draw_digits(1000, 797, rng=np.random.default_rng(0))
    drawn = np.concatenate([digits.shown.inputs, digits.unseen.inputs])
    every = published.load("digits").values[:, :-1] / 16
    assert sorted(map(tuple, drawn)) == sorted(map(tuple, every))


def test_the_mean_of_runs_has_the_standard_error_of_the_mean():
    found = mean([1.0, 2.0, 3.0])
    assert (found.value, found.error) == pytest.approx((2.0, 1 / np.sqrt(3)))


def test_a_hyphen_before_a_mean_is_no_minus():
    assert with_means_ltr("ל-5.2 ± 0.1.") == "ל-\u200e5.2 ± 0.1\u200e."
    assert with_means_ltr("רווח -5.2 ± 0.1") == "רווח \u200e-5.2 ± 0.1\u200e"


def test_burdens_are_measured_against_the_mean_picture():
    images = np.random.default_rng(0).random((20, 5))
    assert burdens._unrestored(images, np.broadcast_to(images.mean(axis=0), images.shape)) == pytest.approx(100)
    assert burdens._unrestored(images, images) == 0
