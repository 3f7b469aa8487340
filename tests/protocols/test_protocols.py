"""Stimulation recipes: what was asked is computed back from the trains."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plasticity import events, protocols
from plasticity.rules import RULES

FIXED = settings(derandomize=True, deadline=None, max_examples=100)
LAGS = st.floats(-0.049, 0.049)
ROUNDING = {"rel": 0, "abs": 1e-12}  # seconds: times up to a thousand seconds are rounded at 1e-13


@FIXED
@given(LAGS, st.integers(1, 70), st.floats(0.1, 20.0))
def test_pairings_have_the_lag_the_count_and_the_rate_that_were_asked(lag, n_pairs, rate):
    pre, post = protocols.pairing(lag, n_pairs=n_pairs, rate=rate)

    assert post - pre == pytest.approx(np.full(n_pairs, lag), **ROUNDING)
    assert np.diff(pre) == pytest.approx(np.full(n_pairs - 1, 1 / rate), **ROUNDING)
    assert min(pre[0], post[0]) == protocols.START


def test_many_lags_make_a_row_each():
    lags = np.array([-0.02, 0.0, 0.03])

    pre, post = protocols.pairing(lags, n_pairs=5)

    assert [train.shape for train in pre] == [train.shape for train in post] == [(5,)] * 3
    assert (np.stack(post) - np.stack(pre))[:, 4] == pytest.approx(lags, **ROUNDING)


def test_a_frequency_series_is_a_pairing_at_each_frequency():
    rates = [0.1, 10.0, 20.0, 40.0, 50.0]  # `sjostrom2001`, as tabulated by `pfister2006`

    pre, post = (np.stack(side) for side in protocols.frequency_series(rates, -0.01))

    assert pre.shape == (5, 60)
    assert 1 / np.diff(pre, axis=1) == pytest.approx(np.repeat(rates, 59).reshape(5, 59), rel=1e-9)
    assert post - pre == pytest.approx(np.full((5, 60), -0.01), **ROUNDING)


# `wang2005`, as tabulated by `pfister2006`, table 2: lags of the first and the second pair in milliseconds.
TRIPLETS = [
    *[("pre-post-pre", *lags) for lags in [(5, -5), (10, -10), (15, -5), (5, -15)]],
    *[("post-pre-post", *lags) for lags in [(-5, 5), (-10, 10), (-5, 15), (-15, 5)]],
]


@pytest.mark.parametrize(("kind", "first_ms", "second_ms"), TRIPLETS)
def test_triplets_have_the_lags_of_the_table(kind, first_ms, second_ms):
    pre, post = protocols.triplets(kind, (first_ms * 1e-3, second_ms * 1e-3))
    outer, inner = (pre, post) if kind == "pre-post-pre" else (post, pre)
    sign = 1 if kind == "pre-post-pre" else -1

    assert (outer.size, inner.size) == (120, 60)
    assert sign * (inner - outer[0::2]) == pytest.approx(np.full(60, first_ms * 1e-3), **ROUNDING)
    assert sign * (inner - outer[1::2]) == pytest.approx(np.full(60, second_ms * 1e-3), **ROUNDING)
    assert np.diff(outer[0::2]) == pytest.approx(np.ones(59), **ROUNDING)


@pytest.mark.parametrize("interval_ms", [-88.5, 20.0, 83.7])
def test_quadruplets_have_the_interval_between_the_middles_of_their_pairs(interval_ms):
    pre, post = protocols.quadruplets(interval_ms * 1e-3, 5e-3)
    pre, post = pre.reshape(60, 2), post.reshape(60, 2)
    middles, lags = (pre + post) / 2, post - pre
    post_pre, pre_post = (0, 1) if interval_ms > 0 else (1, 0)

    assert middles[:, pre_post] - middles[:, post_pre] == pytest.approx(np.full(60, interval_ms * 1e-3), **ROUNDING)
    assert lags[:, post_pre] == pytest.approx(np.full(60, -5e-3), **ROUNDING)
    assert lags[:, pre_post] == pytest.approx(np.full(60, 5e-3), **ROUNDING)
    assert np.diff(middles[:, 0]) == pytest.approx(np.ones(59), **ROUNDING)


@pytest.mark.parametrize("recipe", [protocols.pairing(-0.01), protocols.triplets("pre-post-pre", (0.005, -0.005))])
def test_the_first_spike_falls_on_the_start(recipe):
    assert min(recipe.pre[0], recipe.post[0]) == protocols.START


def test_a_quadruplet_starts_where_it_is_told():
    pre, post = protocols.quadruplets(-0.02, 0.005, start=2.0)

    assert min(pre[0], post[0]) == 2.0


@FIXED
@given(st.floats(0.1, 200.0), st.integers(1, 300), st.floats(0.0, 5.0))
def test_a_regular_train_fires_at_its_rate_for_its_duration(rate, n, start):
    train = protocols.regular(rate, n / rate, start=start)

    assert train.size == n and train[0] == start
    assert np.diff(train) == pytest.approx(np.full(n - 1, 1 / rate), **ROUNDING)


@pytest.mark.parametrize("train", [protocols.regular(0, 1.0), protocols.poisson(0, 1.0, np.random.default_rng(0))])
def test_no_rate_gives_no_spike(train):
    assert train.shape == (0,)


def test_poisson_counts_have_the_mean_and_the_variance_of_poisson():
    rng, n, mean = np.random.default_rng(5), 4000, 20.0

    counts = np.array([protocols.poisson(10.0, 2.0, rng).size for _ in range(n)])

    # standard errors: of the mean sqrt(m/n), of the variance sqrt((m + 2 m^2)/n)
    assert counts.mean() == pytest.approx(mean, abs=5 * math.sqrt(mean / n))
    assert counts.var(ddof=1) == pytest.approx(mean, abs=5 * math.sqrt((mean + 2 * mean**2) / n))


def test_poisson_intervals_are_exponential():
    train = protocols.poisson(50.0, 400.0, np.random.default_rng(6))
    intervals = np.diff(train)

    # an exponential distribution has a fraction exp(-1) beyond its mean, and a standard deviation equal to it
    beyond = (intervals > 1 / 50.0).mean()
    assert beyond == pytest.approx(math.exp(-1), abs=5 * math.sqrt(0.2325 / intervals.size))
    assert intervals.std() == pytest.approx(1 / 50.0, rel=5 * math.sqrt(2 / intervals.size))


def test_a_poisson_train_lies_in_its_window_in_order():
    train = protocols.poisson(100.0, 2.0, np.random.default_rng(7), start=3.0)

    assert (np.diff(train) > 0).all() and train[0] >= 3.0 and train[-1] < 5.0


def test_the_same_seed_gives_the_same_train():
    first, again, other = (protocols.poisson(30.0, 1.0, np.random.default_rng(seed)) for seed in (1, 1, 2))

    assert first.tobytes() == again.tobytes() != other.tobytes()


@FIXED
@given(st.lists(st.floats(0, 1), max_size=30, unique_by=lambda t: round(t * 1e8)), st.sampled_from([1e-4, 1e-3]))
def test_a_train_on_the_grid_is_the_nearest_one(times, dt):
    times = np.sort(times)

    moved = protocols.on_grid(times, dt)

    assert moved / dt == pytest.approx(np.round(moved / dt), rel=1e-12)
    assert (np.diff(moved) > dt / 2).all()
    distance = np.abs(times[:, None] - moved)
    assert not times.size or distance.min(axis=1).max() <= dt / 2 * (1 + 1e-9)
    assert not times.size or distance.min(axis=0).max() <= dt / 2 * (1 + 1e-9)


def test_what_is_pre_at_one_of_two_coupled_neurons_is_post_at_the_other():
    pairs = protocols.coupled_both_ways([0.1, 0.3], [0.2])

    assert pairs["A"].pre.tolist() == pairs["B"].post.tolist() == [0.1, 0.3]
    assert pairs["A"].post.tolist() == pairs["B"].pre.tolist() == [0.2]


def test_trains_by_hand_are_those_that_were_given():
    pre, post = protocols.by_hand([0.1, 0.2], [])

    assert pre.tolist() == [0.1, 0.2] and post.tolist() == []


def test_patterns_fire_at_their_rates_and_only_while_they_are_shown():
    rates, onsets = np.array([[0.0, 40.0], [400.0, 0.0]]), np.array([1.0, 3.0])

    trains = protocols.pattern_trains(rates, onsets, 2.0, np.random.default_rng(0))

    assert all((np.diff(train) > 0).all() for train in trains)
    assert trains[0].min() >= 3 and trains[0].max() <= 5 and trains[1].min() >= 1 and trains[1].max() <= 3
    for train, expected in zip(trains, [800, 80], strict=True):
        assert train.size == pytest.approx(expected, abs=5 * np.sqrt(expected))  # five standard errors


def test_patterns_on_a_grid_are_those_off_it_moved_to_the_start_of_their_steps():
    rates, onsets, dt = np.full((2, 3), 100.0), [0.0, 0.5], 1e-3
    free = protocols.pattern_trains(rates, onsets, 0.4, np.random.default_rng(0))

    moved = protocols.pattern_trains(rates, onsets, 0.4, np.random.default_rng(0), dt=dt)

    for train, expected in zip(moved, free, strict=True):
        steps = train / dt
        assert steps == pytest.approx(np.round(steps), abs=1e-9) and train.max() < 0.9
        assert np.array_equal(np.round(steps), sorted({math.floor(time / dt) for time in expected}))


def test_superposed_trains_are_in_order_and_two_spikes_in_one_instant_become_one():
    both = protocols.superposed([0.1, 0.3], [], [0.2, 0.3 + 1e-10])

    assert both.tolist() == [0.1, 0.2, 0.3]


def test_superposed_spikes_less_than_two_nanoseconds_apart_become_one():
    # so that no two that are left can be moved into one instant by rounding
    assert protocols.superposed([0.3], [0.3 + 1.5e-9]).tolist() == [0.3]
    assert protocols.superposed([0.3], [0.3 + 2.5e-9]).size == 2


def test_superposed_trains_keep_their_spikes_before_zero():
    assert protocols.superposed([-5.0, -1.0], [-3.0, 2.0]).tolist() == [-5.0, -3.0, -1.0, 2.0]


@pytest.mark.parametrize("dtype", [np.float16, np.float32])
def test_trains_by_hand_coincide_with_their_doubles_in_whatever_precision_they_came(dtype):
    times = np.arange(1, 21) * 0.0971
    kept = protocols.by_hand(times.astype(dtype), times)
    alone = events.final_weight(RULES["pair_stdp"], times.astype(dtype), times, 0.5)

    assert events.final_weight(RULES["pair_stdp"], *kept, 0.5) == alone
