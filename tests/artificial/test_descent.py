import numpy as np
import pytest

from plasticity.artificial.descent import Descent, batches, descend
from plasticity.errors import ArgumentError, DivergenceError


def bowl(weights, _):
    """The loss w^2 / 2, whose gradient is w; each plain step multiplies w by 1 - rate."""
    return float(weights[0] @ weights[0]) / 2, (weights[0],)


def final(descent):
    return list(descend((np.array([1.0]),), bowl, 1, descent=descent))[-1].weights[0][0]


def test_plain_steps_shrink_a_bowl_geometrically():
    assert final(Descent(rate=0.25, n_epochs=20)) == pytest.approx(0.75**20, rel=1e-13)


def test_momentum_follows_its_linear_recurrence():
    # (w, v) is multiplied by this matrix in each step: the closed form of v <- mu v - rate w, w <- w + v.
    rate, mu = 0.1, 0.9
    matrix = np.array([[1 - rate, mu], [-rate, mu]])
    expected = (np.linalg.matrix_power(matrix, 30) @ [1.0, 0.0])[0]
    assert final(Descent(rate=rate, momentum=mu, n_epochs=30)) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("size", "lengths"), [(None, [5, 5]), (1, [1] * 10), (2, [2, 2, 1, 2, 2, 1])])
def test_each_epoch_shows_every_pattern_once_in_order(size, lengths):
    shown = list(batches(5, Descent(batch_size=size, n_epochs=2)))
    assert [len(batch) for batch in shown] == lengths
    assert np.concatenate(shown).tolist() == [0, 1, 2, 3, 4] * 2


def test_a_generator_draws_a_new_order_in_each_epoch_and_repeats_with_its_seed():
    descent = Descent(batch_size=3, n_epochs=2)
    shown = np.concatenate(list(batches(20, descent, np.random.default_rng(1))))
    again = np.concatenate(list(batches(20, descent, np.random.default_rng(1))))
    assert sorted(shown[:20]) == sorted(shown[20:]) == list(range(20))
    assert shown[:20].tolist() != shown[20:].tolist() and shown.tolist() == again.tolist()


def test_growth_is_stopped_at_the_step_where_it_passes_a_million_times_the_start():
    # At rate 3 each step multiplies w by -2 and the loss by 4: from w = 2, loss 2, 4**10 > 1e6 at step 10.
    with pytest.raises(DivergenceError, match="^step 10: the mean squared error has grown from 2 to .* rate below 3"):
        list(descend((np.array([2.0]),), bowl, 1, descent=Descent(rate=3.0, n_epochs=100)))


def test_noise_around_a_perfect_start_is_no_divergence():
    steps = list(descend((np.array([1e-160]),), bowl, 1, descent=Descent(rate=3.0, n_epochs=100)))
    assert len(steps) == 100


@pytest.mark.parametrize(
    ("loss", "gradient", "words"),
    [
        (np.nan, 1.0, "step 0: .* is nan"),
        (np.inf, 1.0, "step 0: .* is inf"),
        (1.0, np.inf, "step 0: a weight is no"),
    ],
)
def test_numbers_that_are_not_finite_stop_the_descent(loss, gradient, words):
    with pytest.raises(DivergenceError, match=words):
        list(descend((np.ones(1),), lambda *_: (loss, (np.array([gradient]),)), 1, descent=Descent()))


def test_an_output_that_leaves_the_domain_on_the_way_is_reported_with_its_step():
    def leaves(weights, _):
        if weights[0][0] < 0.5:
            raise ArgumentError("output 2 lies outside")
        return 1.0, (np.array([0.6]),)

    with pytest.raises(DivergenceError, match="step 1: output 2 lies outside"):
        list(descend((np.ones(1),), leaves, 1, descent=Descent(rate=1.0, n_epochs=5)))


@pytest.mark.parametrize(
    "wrong",
    [
        {"rate": 0.0},
        {"rate": np.nan},
        {"rate": "0.1"},
        {"rate": [0.1, 0.2]},
        {"momentum": None},
        {"momentum": 1.0},
        {"momentum": -0.1},
        {"batch_size": 0},
        {"batch_size": 1.5},
        {"n_epochs": 0},
    ],
)
def test_impossible_ways_to_descend_are_refused(wrong):
    with pytest.raises(ArgumentError, match=f"^{next(iter(wrong))} .*allowed|every number"):
        Descent(**wrong)
