"""Burdens on the hidden layer: what each buys, the yardstick, other numbers."""

import numpy as np
import pytest
from asked_once import answered

from plasticity import published
from plasticity.artificial.autoencoders import random_autoencoder, reconstructions, train_autoencoder
from plasticity.artificial.descent import Descent
from plasticity.artificial.losses import MULTICLASS_CROSS_ENTROPY
from plasticity.quiz import LECTURE, ask
from plasticity.studies.digits import draw_digits, mean

ID = "bottleneck-kinds"


def asked(*assignments):
    (found,) = ask([LECTURE[ID]], assignments=assignments)
    return found


def test_each_burden_buys_what_it_is_for():
    found = answered(ID).answer.measurements
    assert found["activity_sparse_percent"] < found["activity_free_percent"] / 2
    assert found["crippled_dropout_percent"] < found["crippled_free_percent"] - 5 * found["largest_se_percent"] / 2


def test_no_burden_is_no_harm_and_then_the_slide_is_not_borne_out():
    found = asked("sparse=0", "dropout=0", "n_shown=40", "n_epochs=2", "small=4")
    free, small, sparse, dropout = found.answer.measurements["rows"]
    assert sparse["left"] == pytest.approx(free["left"], rel=1e-9) == dropout["left"]
    assert found.verdict in ("depends", "differs") and found.answer.measurements["n_worse"] <= 1


def test_a_small_layer_of_ones_own_leaves_what_one_that_is_trained_alone_leaves():
    sets = ["small=7", "n_shown=50", "n_unseen=60", "n_epochs=4", "n_seeds=2"]
    found = asked(*sets).answer.measurements["left_small_percent"]
    seeds, left = np.random.SeedSequence(0).generate_state(4), []
    for digit_seed, seed in zip(seeds[:2], seeds[2:], strict=True):
        digits, rng = draw_digits(50, 60, rng=np.random.default_rng(digit_seed)), np.random.default_rng(seed)
        start, descent = random_autoencoder(64, 7, rng=rng), Descent(MULTICLASS_CROSS_ENTROPY, 0.2, 0.0, 32, 4)
        alone = train_autoencoder(start, digits.shown.inputs, descent=descent, rng=rng).autoencoder
        error = np.mean((reconstructions(alone, digits.unseen.inputs) - digits.unseen.inputs) ** 2)
        left.append(100 * error / digits.unseen.inputs.var(axis=0).mean())
    assert found == pytest.approx(np.mean(left), rel=1e-9)


def test_no_digit_is_drawn_twice():
    digits = draw_digits(1000, 797, rng=np.random.default_rng(0))
    drawn = np.concatenate([digits.shown.inputs, digits.unseen.inputs])
    every = published.load("digits").values[:, :-1] / 16
    assert sorted(map(tuple, drawn)) == sorted(map(tuple, every))


def test_the_mean_of_runs_has_the_standard_error_of_the_mean():
    found = mean([1.0, 2.0, 3.0])
    assert (found.value, found.error) == pytest.approx((2.0, 1 / np.sqrt(3)))
    assert found.lower == pytest.approx(2 - 2 / np.sqrt(3))
