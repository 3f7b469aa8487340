"""Pretraining: the networks of a seed trained alone, verdicts that turn, other numbers."""

from dataclasses import replace

import numpy as np
import pytest
from asked_once import answered

from plasticity.artificial.layers import train
from plasticity.artificial.stacked import error_rate, greedy_encoders, linear, unpretrained, with_trained_top
from plasticity.errors import ArgumentError
from plasticity.quiz import LECTURE, ask
from plasticity.quiz.answers.autoencoders import pretraining
from plasticity.quiz.record import verdict
from plasticity.studies import stacked_autoencoder
from plasticity.studies.digits import draw_digits

ID = "stacked-autoencoder"
SMALL = stacked_autoencoder.Parameters(
    sizes=(12, 8), depths=(1, 2), n_shown=100, n_unseen=200, n_seeds=2, greedy_epochs=3, top_epochs=2, fine_epochs=4
)


@pytest.mark.parametrize("units", ["sigmoid", "tanh"])
def test_the_networks_of_the_first_seed_err_as_those_that_are_trained_alone(units):
    p = replace(SMALL, units=units)
    rng = np.random.default_rng(p.seed).spawn(p.n_seeds)[0]
    digits = draw_digits(p.n_shown, p.n_unseen, rng=rng)
    plain = linear(digits.shown, stacked_autoencoder.recipe(p, 2), rng=rng)
    encoders = greedy_encoders(digits.shown.inputs, stacked_autoencoder.recipe(p, 2), rng=rng)
    alone = [error_rate(plain, digits.unseen)]
    for depth in p.depths:
        recipe = stacked_autoencoder.recipe(p, depth)
        topped = with_trained_top(encoders[:depth], digits.shown, descent=recipe.top, rng=rng)
        tuned = train(topped, digits.shown, descent=recipe.fine, rng=rng).network
        alone += [
            error_rate(one, digits.unseen) for one in (unpretrained(digits.shown, recipe, rng=rng), topped, tuned)
        ]
    found = stacked_autoencoder.study(p)
    assert [found.linear[0], *found.errors[:, :, 0].T.ravel()] == pytest.approx(alone, abs=1e-12)


def result(random, fine, learnt=0.06):
    """A made-up result: errors of two seeds in two depths."""
    errors = np.array([[random, random], [[0.2, 0.2]] * 2, [fine, fine]], dtype=float)
    made = stacked_autoencoder.study(replace(SMALL, greedy_epochs=1, top_epochs=1, fine_epochs=1))
    learnt = np.array([[[learnt] * 2] * 2, [[0.2] * 2] * 2, [[0.0] * 2] * 2])
    return replace(made, errors=errors, recounted=errors, learnt=learnt, relearnt=learnt)


@pytest.mark.parametrize(
    "random, fine, learnt, expected, outcome, mechanism",
    [
        ([0.04, 0.08], [0.03, 0.03], 0.0, "differs", "none", "none"),  # a gain of 3 ± 2 points
        ([0.080, 0.081], [0.03, 0.03], 0.06, "agrees", "all", "slow"),
        ([0.080, 0.081], [0.03, 0.03], 0.01, "agrees", "all", "general"),
    ],
)
def test_the_words_follow_the_gain_and_where_it_is(random, fine, learnt, expected, outcome, mechanism):
    made = result(random, fine, learnt)
    found = pretraining.answer((SMALL, {"sigmoid": made, "tanh": made}))
    assert verdict(LECTURE[ID].question.claims, found.readings) == expected
    assert (found.measurements["outcome"], found.measurements["mechanism"]) == (outcome, mechanism)
    assert all(check.holds(found.measurements) for check in found.checks if not check.measurement.startswith("linear"))


def test_fewer_digits_and_epochs_can_be_asked_for():
    sets = ["sizes=12,8", "depths=2", "n_shown=100", "greedy_epochs=3", "fine_epochs=4"]
    (found,) = ask([LECTURE[ID]], assignments=sets)
    assert [row["depth"] for row in found.answer.measurements["rows"]] == [2, 2]
    assert all(check.holds(found.answer.measurements) for check in found.answer.checks)


@pytest.mark.parametrize("assignment, words", [("depths=5", "name more sizes"), ("n_shown=1400", "1797 digits")])
def test_more_than_there_is_is_refused(assignment, words):
    with pytest.raises(ArgumentError, match=words):
        list(ask([LECTURE[ID]], assignments=[assignment]))


@pytest.mark.whole
def test_the_deepest_network_gains_and_the_plain_one_is_near_it():
    found = answered(ID).answer.measurements
    assert found["gain_less_two_standard_errors_percent"] > 0
    assert found["test_error_linear_percent"] < found["test_error_unpretrained_percent"]
