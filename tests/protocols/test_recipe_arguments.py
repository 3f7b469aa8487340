"""What stimulation recipes take, in whatever unit, and what they refuse in one line."""

import importlib
import math

import numpy as np
import pytest

from plasticity import protocols
from plasticity.errors import ArgumentError, MemoryLimitError, SpikeTrainError

RNG = np.random.default_rng(0)
BAD_ARGUMENTS = {
    "negative rate": (lambda: protocols.pairing(0.01, rate=-1), "rate is -1 Hz; 1e-06 Hz or more"),
    "nan rate": (lambda: protocols.pairing(0.01, rate=math.nan), "rate is nan; every number must be finite"),
    "nan lag": (lambda: protocols.pairing([0.01, math.nan]), "lag is nan at index 1"),
    "a lag that is a word": (lambda: protocols.pairing("soon"), "lag is 'soon'"),
    "a lag too long": (lambda: protocols.pairing(1.0), "a lag of 1 s does not fit between pairings 1 s apart"),
    "negative start": (lambda: protocols.pairing(0.01, start=-1), "start is -1 s; 0 s or more is allowed"),
    "nan start": (lambda: protocols.pairing(0.01, start=math.nan), "start is nan"),
    "no pairs": (lambda: protocols.pairing(0.01, n_pairs=0), "n_pairs is 0; a whole number of 1 or more"),
    "half a pair": (lambda: protocols.pairing(0.01, n_pairs=1.5), "n_pairs is 1.5; a whole number"),
    "nan pairs": (lambda: protocols.pairing(0.01, n_pairs=math.nan), "n_pairs is nan"),
    "true pairs": (lambda: protocols.pairing(0.01, n_pairs=True), "n_pairs is True; real numbers"),
    "a negative frequency": (lambda: protocols.frequency_series([1, -1], 0.01), "rate is -1"),
    "no frequency": (lambda: protocols.frequency_series([], 0.01), r"frequencies have shape \(0,\)"),
    "lags in a series": (lambda: protocols.frequency_series([1], [0.01]), r"lag has shape \(1,\); one number"),
    "unknown triplet": (lambda: protocols.triplets("pre-pre-post", (0.1, 0.1)), "the triplet is 'pre-pre-post'"),
    "wrong signs": (lambda: protocols.triplets("pre-post-pre", (-0.01, 0.01)), "the lags of pre-post-pre are"),
    "nan lags": (
        lambda: protocols.triplets("pre-post-pre", (0.01, math.nan)),
        "the lags of pre-post-pre is nan at index 1",
    ),
    "three lags": (
        lambda: protocols.triplets("pre-post-pre", (0.01, -0.01, 5)),
        r"the lags of pre-post-pre: the shape is \(3,\); it must be \(2,\)",
    ),
    "too long a triplet": (lambda: protocols.triplets("pre-post-pre", (0.5, -0.5)), "a group of 1 s does not fit"),
    "overlapping pairs": (lambda: protocols.quadruplets(0.004, 0.005), "pairs of 0.005 s overlap"),
    "a negative lag": (lambda: protocols.quadruplets(0.02, -0.005), "lag is -0.005"),
    "nan interval": (lambda: protocols.quadruplets(math.nan, 0.005), "interval is nan"),
    "a negative regular rate": (lambda: protocols.regular(-5, 1.0), "rate is -5"),
    "an infinite duration": (lambda: protocols.regular(5, math.inf), "duration is inf"),
    "a negative poisson rate": (lambda: protocols.poisson(-5, 1.0, RNG), "rate is -5"),
    "a poisson train of no duration": (
        lambda: protocols.poisson(5, 0.0, RNG),
        "duration is 0 s; more than 0 s is allowed",
    ),
    "no grid": (lambda: protocols.on_grid([0.1], 0.0), "dt is 0 s; 1e-09 s or more is allowed"),
}
BAD_TRAINS = {
    "unsorted": (lambda: protocols.by_hand([0.2, 0.1], []), "the presynaptic train is not sorted"),
    "doubled": (lambda: protocols.by_hand([], [0.1, 0.1]), "the postsynaptic train has two spikes in one instant"),
    "nan": (lambda: protocols.on_grid([math.nan], 1e-3), "the train holds nan"),
    "two trains": (lambda: protocols.by_hand([[0.1], [0.2]], [0.1]), "the presynaptic train is 2 trains; one is"),
    "two trains for a grid": (lambda: protocols.on_grid([[0.1], [0.2]], 1e-3), "the train is 2 trains; one is"),
}


@pytest.mark.parametrize(("call", "message"), BAD_ARGUMENTS.values(), ids=BAD_ARGUMENTS)
def test_an_impossible_argument_is_refused_in_one_line(call, message):
    with pytest.raises(ArgumentError, match=f"^{message}") as caught:
        call()

    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("call", "message"), BAD_TRAINS.values(), ids=BAD_TRAINS)
def test_an_impossible_train_is_refused_by_the_recipes_that_take_one(call, message):
    with pytest.raises(SpikeTrainError, match=f"^{message}"):
        call()


@pytest.mark.parametrize(
    ("rates", "onsets"),
    [([[1.0]], [0.0, 1.0]), ([1.0], [0.0]), ([[-1.0]], [0.0]), ([[1.0], [1.0]], [0.0, 0.5]), ([[1.0]], [-1.0])],
)
def test_impossible_patterns_are_refused(rates, onsets):
    with pytest.raises(ArgumentError, match="rates of 0 or more|set the onsets apart"):
        protocols.pattern_trains(rates, onsets, 1.0, np.random.default_rng(0))


MS = np.timedelta64(1, "ms")


def test_lags_rates_and_durations_carry_units():
    hertz = importlib.import_module("quantities").Hz

    np.testing.assert_array_equal(protocols.pairing(10 * MS, rate=20 * hertz), protocols.pairing(0.010, rate=20.0))
    np.testing.assert_array_equal(protocols.regular(20 * hertz, 500 * MS), protocols.regular(20.0, 0.5))
    np.testing.assert_array_equal(protocols.poisson(20 * hertz, 500 * MS, 3), protocols.poisson(20.0, 0.5, 3))


def test_a_whole_number_is_the_seed_of_random_trains():
    drawn = protocols.poisson(50.0, 1.0, np.random.default_rng(3))

    assert protocols.poisson(50.0, 1.0, 3).tolist() == drawn.tolist()
    for wrong in (-1, 2**32, None, "3"):
        with pytest.raises(ArgumentError, match="rng is .*; a numpy.random.Generator, or a seed"):
            protocols.poisson(50.0, 1.0, wrong)


@pytest.mark.parametrize(
    "make",
    [
        lambda: protocols.regular(1e9, 1e6),
        lambda: protocols.poisson(1e12, 1e3, 0),
        lambda: protocols.pairing(0.01, n_pairs=10**15),
        lambda: protocols.pairing(np.full(10**6, 1e-3), n_pairs=10**4),
        lambda: protocols.frequency_series([1.0, 2.0], 0.01, n_pairs=10**15),
        lambda: protocols.triplets("pre-post-pre", (0.005, -0.005), n_triplets=10**15),
        lambda: protocols.pattern_trains(np.full((2, 2), 1e12), [0.0, 10.0], 5.0, 0),
    ],
)
def test_trains_that_do_not_fit_into_memory_are_refused_before_they_are_made(make):
    with pytest.raises(MemoryLimitError, match="spikes would take .* GiB, and .* GiB are free"):
        make()
