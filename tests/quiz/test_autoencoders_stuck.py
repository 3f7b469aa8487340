"""One layer stuck less: starts trained alone, words that follow, other numbers."""

import numpy as np
import pytest

from plasticity.artificial.activations import SIGMOID, TANH
from plasticity.artificial.descent import Descent
from plasticity.artificial.examples import Examples
from plasticity.artificial.layers import output, random_network, train
from plasticity.artificial.losses import MULTICLASS_CROSS_ENTROPY
from plasticity.errors import ArgumentError
from plasticity.quiz import LECTURE, ask
from plasticity.quiz.answers.autoencoders import stuck
from plasticity.studies.getting_stuck import CHANCE, Stuck

ID = "one-layer-stuck-less"
XOR = Examples([[0, 0], [0, 1], [1, 0], [1, 1]], [[0], [1], [1], [0]])


def asked(*assignments):
    (found,) = ask([LECTURE[ID]], assignments=assignments)
    return found


@pytest.fixture(scope="module")
def found():
    return asked("n_starts=20", "depths=1,4")


def test_deep_sigmoid_networks_stay_at_chance_and_tanh_networks_do_not(found):
    measured = found.answer.measurements
    assert (measured["outcome"], measured["plateau"], found.verdict) == ("more not", "chance", "depends")
    assert measured["stuck_deep_sigmoid_percent"] > 80 > 20 > measured["stuck_deep_tanh_percent"]
    assert all(check.holds(measured) for check in found.answer.checks)


def test_training_longer_frees_some_that_were_on_the_plateau(found):
    longer = asked("n_starts=20", "depths=1,4", "n_steps=3000").answer.measurements
    assert longer["stuck_deep_sigmoid_percent"] < found.answer.measurements["stuck_deep_sigmoid_percent"]


@pytest.mark.parametrize("units, rate, place", [(SIGMOID, 1.0, 0), (TANH, 0.1, 1)])
def test_exclusive_or_is_stuck_as_often_as_in_networks_that_are_trained_alone(units, rate, place):
    measured = asked("n_bits=2", "width=2", "depths=1,2", "n_starts=8", "n_steps=300").answer.measurements
    rng, n_stuck = np.random.default_rng([0, place, 2]), 0
    starts = [random_network((2, 2, 2, 1), (units, units, SIGMOID), rng=rng) for _ in range(8)]
    for start in starts:
        descent = Descent(MULTICLASS_CROSS_ENTROPY, rate, 0.9, n_epochs=300)
        said = output(train(start, XOR, descent=descent).network, XOR.inputs)
        n_stuck += bool(np.any((said > 0.5) != XOR.targets))
    assert measured[f"stuck_deep_{units}_percent"] == 100 * n_stuck / 8


def test_one_depth_alone_leaves_nothing_to_compare():
    with pytest.raises(ArgumentError, match="two depths or more"):
        asked("depths=2")


def made(n_stuck, n=50, loss=CHANCE):
    is_stuck = np.arange(n) < n_stuck
    losses = np.where(is_stuck, loss, 0.001)
    return Stuck(is_stuck, losses, is_stuck, losses, CHANCE, CHANCE)


@pytest.mark.parametrize("n_flat, n_deep, is_more", [(5, 25, True), (10, 14, False), (25, 5, False), (0, 0, False)])
def test_more_means_two_standard_errors_more(n_flat, n_deep, is_more):
    assert (stuck._more(made(n_flat), made(n_deep)) > 0) == is_more


def test_what_is_stuck_far_from_chance_is_not_at_chance():
    assert (made(7).n_at_chance, made(7, loss=0.35).n_at_chance, made(0).n_at_chance) == (7, 0, 0)
