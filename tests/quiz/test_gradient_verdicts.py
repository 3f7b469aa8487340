"""What holds for every answer of the sections gradient and forward-backward."""

import json
from dataclasses import replace

import numpy as np
import pytest
from lecture_answers import altered, answered, claims_of, ids_of, numbers

from plasticity.quiz.old import ask, chosen
from plasticity.quiz.old.answers import forward_backward, gradient
from plasticity.quiz.old.record import verdict

IDS = [*ids_of("gradient"), *ids_of("forward-backward")]
PRINTED = [id for id in IDS if claims_of(id)]
FIXED = {
    "forward-2-2-1": {"z2", "y2", "z3", "y3"},
    "backprop-product": {"forward", "gradients"},
    "backprop-sigmoid": {"forward", "gradients"},
}
VERDICTS = {
    "agrees": "lms-vs-perceptron mse-not-convex categorical-cross-entropy backprop-product local-gradients",
    "differs": "cross-entropy-gradient cross-entropy-minibatch relu-rule forward-2-2-1 backprop-sigmoid",
    "depends": "gd-general sgd-path multiclass-cross-entropy softmax",
    "unprinted": "tanh-rule cce-drawback",
}
DIFFERING = VERDICTS["differs"].split()
# How far the second route may be off: 1e-9, but for drawn numbers (their standard errors are tested elsewhere),
# and for descents and traced contours that stop short of their limit.
ROUGH = {
    "late distance, constant rate": 0.02,
    "escaped at rate": 0.1,
    "angle of batch descent": 1e-4,
    "lowest loss of all wells": 1e-6,
    "w0 of LMS": 1e-6,
    "w1 of LMS": 1e-6,
    "w2 of LMS": 1e-6,
    "right minimum": 1e-6,
}


def test_every_question_of_both_sections_is_answered():
    assert {**gradient.SOLUTIONS, **forward_backward.SOLUTIONS}.keys() == set(IDS)


@pytest.mark.parametrize(("id", "expected"), [(id, v) for v, ids in VERDICTS.items() for id in ids.split()])
def test_the_verdict_is_what_reading_the_slides_by_hand_gives(id, expected):
    assert answered(id).verdict == expected


def test_every_question_has_been_read_by_hand():
    assert sorted(" ".join(VERDICTS.values()).split()) == sorted(IDS)


@pytest.mark.parametrize("id", FIXED)
def test_the_fixed_measurements_are_there(id):
    assert FIXED[id] <= set(answered(id).answer.measurements)


@pytest.mark.parametrize("id", PRINTED)
def test_a_claim_that_holds_no_longer_does_when_it_is_altered(id):
    for measurements in answered(id).answer.readings.values():
        for claim in answered(id).question.claims:
            assert not (claim.holds(measurements) and altered(claim).holds(measurements)), claim


@pytest.mark.parametrize("id", PRINTED)
def test_altering_any_claim_takes_the_agreement_away(id):
    claims, readings = answered(id).question.claims, answered(id).answer.readings
    for i, claim in enumerate(claims):
        changed = (*claims[:i], altered(claim), *claims[i + 1 :])
        assert verdict(changed, readings) != "agrees"


@pytest.mark.parametrize("id", DIFFERING)
def test_a_differing_verdict_turns_when_the_computed_figures_are_printed(id):
    found = answered(id)
    first = next(iter(found.answer.readings.values()))
    claims = [
        c if c.holds(first) else replace(c, value=_as_printed(first[c.measurement])) for c in found.question.claims
    ]
    assert found.verdict == "differs" and verdict(claims, found.answer.readings) in ("agrees", "depends")


def _as_printed(value):
    if isinstance(value, list):
        return [_as_printed(item) for item in value]
    return f"{value:.9f}" if isinstance(value, float) else value


@pytest.mark.parametrize("id", DIFFERING)
def test_a_difference_has_a_cause_in_both_languages(id):
    answer = answered(id).answer
    assert answer.cause and numbers(answer.cause) == numbers(answer.cause_he)


@pytest.mark.parametrize("id", IDS)
def test_both_languages_have_the_same_numbers(id):
    answer = answered(id).answer
    assert numbers(answer.sentence) == numbers(answer.sentence_he)


@pytest.mark.parametrize("id", IDS)
def test_the_second_routes_confirm_the_numbers(id):
    for check in answered(id).answer.checks:
        allowed = next((rough for what, rough in ROUGH.items() if check.what.startswith(what)), 1e-9)
        assert abs(check.difference) <= allowed * max(1.0, abs(check.confirmed) if allowed < 1e-3 else 1.0), check


@pytest.mark.parametrize("id", IDS)
def test_an_answer_is_plain_data(id):
    found = answered(id)
    assert json.loads(json.dumps(found.as_object("he"), allow_nan=False))["id"] == id


@pytest.mark.parametrize("id", IDS)
def test_the_same_seed_gives_the_same_answer(id):
    (again,) = ask(chosen([id]))
    assert again.answer.sentence == answered(id).answer.sentence


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("id", IDS)
def test_the_verdict_does_not_hang_on_the_seed(id, seed):
    solution = {**gradient.SOLUTIONS, **forward_backward.SOLUTIONS}[id]
    answer = solution.answer(solution.study(np.random.default_rng(seed), "auto"))
    assert verdict(answered(id).question.claims, answer.readings) == answered(id).verdict
