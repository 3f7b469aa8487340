"""Protocols as records: what was set is counted and measured in the trains, by another way than they are made."""

import numpy as np
import pytest

from plasticity import protocols
from plasticity.errors import ArgumentError, MemoryLimitError, ParameterError, UnknownName
from plasticity.protocols import PROTOCOLS, spike_trains, with_parameters

ROUNDING = {"rel": 0, "abs": 1e-9}  # seconds: half an instant; times up to a thousand seconds are rounded at 1e-13
PAIRED = ["pairing", "pairing_at_frequency", "repeated_trains", "jittered_pairing", "rewarded_pairing"]


def trains_of(name, rng=1, **changed):
    return spike_trains(with_parameters(PROTOCOLS[name], **changed), rng)


@pytest.mark.parametrize("name", PROTOCOLS)
def test_every_protocol_gives_trains_in_order_from_its_start_on(name):
    protocol = with_parameters(PROTOCOLS[name], start=0.25)

    trains = spike_trains(protocol, 1)

    assert tuple(trains) == protocol.events and all(
        train.size and (np.diff(train) > 0).all() for train in trains.values()
    )
    first = min(train[0] for train in trains.values())
    assert first == 0.25 if name != "poisson" else 0.25 <= first < 1.25


@pytest.mark.parametrize("name", PROTOCOLS)
def test_the_same_seed_gives_the_same_trains_and_another_differs_where_chance_plays(name):
    protocol = PROTOCOLS[name]
    one, again, other = (spike_trains(protocol, np.random.default_rng(seed)) for seed in (1, 1, 2))

    assert all(one[event].tobytes() == again[event].tobytes() for event in protocol.events)
    assert protocol.is_random == any(one[event].tobytes() != other[event].tobytes() for event in protocol.events)


@pytest.mark.parametrize("name", PROTOCOLS)
def test_a_protocol_says_its_source_its_settings_and_what_they_mean(name):
    protocol = PROTOCOLS[name]

    assert str(protocol) == name and protocol.summary and protocol.values["start"] >= 0
    assert all(item.meaning and item.source for item in protocol.parameters)


@pytest.mark.parametrize("lag", [7e-3, -7e-3, 0.0])
@pytest.mark.parametrize("name", PAIRED)
def test_pairings_have_the_mean_lag_that_was_set(name, lag):
    trains = trains_of(name, lag=lag)
    lags = trains["post"] - trains["pre"]

    sigma = PROTOCOLS[name].values.get("sigma", 0.0)
    assert lags.mean() == pytest.approx(lag, abs=5 * sigma / np.sqrt(lags.size) + 1e-12)
    assert lags.std() == pytest.approx(sigma, abs=5 * sigma / np.sqrt(2 * lags.size) + 1e-12)


@pytest.mark.parametrize(
    ("name", "rate"), [("pairing", 1.0), ("pairing_at_frequency", 20.0), ("rewarded_pairing", 0.1)]
)
def test_pairings_come_at_their_rate_and_number(name, rate):
    trains = trains_of(name)

    assert trains["pre"].size == trains["post"].size == 60
    assert np.ptp(trains["pre"]) == pytest.approx(59 / rate, **ROUNDING)


@pytest.mark.parametrize("lag", [10e-3, -10e-3])
def test_the_trains_of_sjostrom_are_five_pairings_fifteen_times_ten_seconds_apart(lag):
    trains = trains_of("repeated_trains", lag=lag)

    for side in ("pre", "post"):
        rows = trains[side].reshape(15, 5)
        assert np.diff(rows[:, 0]) == pytest.approx(np.full(14, 10.0), **ROUNDING)
        assert np.diff(rows, axis=1) == pytest.approx(np.full((15, 4), 0.05), **ROUNDING)
    assert min(trains["pre"][0], trains["post"][0]) == protocols.START


def test_one_train_is_a_pairing_at_its_frequency():
    one = trains_of("repeated_trains", n_trains=1, n_pairs=60)
    other = trains_of("pairing_at_frequency")

    assert all(np.array_equal(one[side], other[side]) for side in other)


def test_jitter_of_nothing_is_a_pairing_and_its_spikes_keep_their_partners():
    still, paired = trains_of("jittered_pairing", sigma=0.0), trains_of("pairing")
    shaken = trains_of("jittered_pairing", sigma=0.04, n_pairs=2000, lag=-0.1)

    assert all(still[side] == pytest.approx(paired[side], **ROUNDING) for side in paired)
    assert np.abs(shaken["post"] - shaken["pre"] + 0.1).max() <= 0.2 * (1 + 1e-9)
    assert np.diff(shaken["pre"]) == pytest.approx(np.ones(1999), **ROUNDING)


@pytest.mark.parametrize(("lag", "first"), [(10e-3, "pre"), (-50e-3, "post")])
def test_bursts_have_their_spikes_their_rates_and_their_lag(lag, first):
    trains = trains_of("bursts", lag=lag, n_pre=2, n_post=3, n_bursts=7)
    pre, post = trains["pre"].reshape(7, 2), trains["post"].reshape(7, 3)

    assert post[:, 0] - pre[:, 0] == pytest.approx(np.full(7, lag), **ROUNDING)
    assert np.diff(pre) == pytest.approx(np.full((7, 1), 0.02), **ROUNDING)
    assert np.diff(post) == pytest.approx(np.full((7, 2), 0.02), **ROUNDING)
    assert np.diff(pre[:, 0]) == pytest.approx(np.full(6, 10.0), **ROUNDING)
    assert trains[first][0] == protocols.START


def test_a_burst_of_one_is_a_pairing():
    bursts, paired = trains_of("bursts", n_post=1, rate=1.0), trains_of("pairing")

    assert all(bursts[side] == pytest.approx(paired[side], **ROUNDING) for side in paired)


@pytest.mark.parametrize("name, kind", [("pre_post_pre", "pre-post-pre"), ("post_pre_post", "post-pre-post")])
def test_triplets_and_quadruplets_are_those_of_the_functions(name, kind):
    sign = 1 if name == "pre_post_pre" else -1
    trains = trains_of(name, lag_1=sign * 0.015, lag_2=-sign * 0.005)
    by_function = protocols.triplets(kind, (sign * 0.015, -sign * 0.005))
    four, four_by_function = trains_of("quadruplets", interval=-0.0885), protocols.quadruplets(-0.0885, 0.005)

    assert np.array_equal(trains["pre"], by_function.pre) and np.array_equal(trains["post"], by_function.post)
    assert np.array_equal(four["pre"], four_by_function.pre) and np.array_equal(four["post"], four_by_function.post)


def test_independent_firing_has_its_rates_on_either_side():
    trains = trains_of("poisson", rate_pre=40.0, rate_post=10.0, duration=50.0)

    for side, mean in (("pre", 2000), ("post", 500)):
        assert trains[side].size == pytest.approx(mean, abs=5 * np.sqrt(mean))
        assert np.diff(trains[side]).std() == pytest.approx(50 / mean, rel=5 * np.sqrt(2 / mean))
    lags = trains["post"][:, None] - trains["pre"]  # no order: as many just after as just before
    after, before = ((sign * lags > 0) & (sign * lags < 0.02) for sign in (1, -1))
    assert after.sum() - before.sum() == pytest.approx(0, abs=5 * np.sqrt(after.sum() + before.sum()))


def test_every_pairing_is_rewarded_once_after_one_to_three_seconds():
    trains = trains_of("rewarded_pairing", n_pairs=400)
    delays = trains["reward"] - np.maximum(trains["pre"], trains["post"])

    assert delays.min() >= 1 and delays.max() <= 3
    assert delays.mean() == pytest.approx(2.0, abs=5 * 2 / np.sqrt(12 * 400))


def test_settings_carry_units_and_keep_their_range():
    slow = with_parameters(PROTOCOLS["pairing"], lag=np.timedelta64(5, "ms"))

    assert slow.values["lag"] == 0.005
    with pytest.raises(ParameterError, match="parameter n_pairs is 0; 1 or more is allowed"):
        with_parameters(slow, n_pairs=0)
    with pytest.raises(UnknownName, match="unknown parameter of pairing 'lags'; known: lag, n_pairs"):
        with_parameters(slow, lags=0.005)


BAD = {
    "half a pair": ("pairing", {"n_pairs": 1.5}, "n_pairs is 1.5; a whole number"),
    "half a train": ("repeated_trains", {"n_trains": 1.5}, "n_trains is 1.5; a whole number"),
    "trains that overlap": (
        "repeated_trains",
        {"interval": 0.2},
        "a train of 0.21 s does not fit between trains 0.2 s",
    ),
    "jitter too wide": ("jittered_pairing", {"sigma": 0.1}, "lags up to 0.51 s do not fit between pairings 1 s apart"),
    "bursts too long": ("bursts", {"n_post": 600}, "bursts of 11.99 s do not fit between bursts 10 s apart"),
    "no burst": ("bursts", {"n_pre": 1.2}, "n_pre is 1.2; a whole number"),
    "half a triplet": ("pre_post_pre", {"n_triplets": 2.5}, "n_triplets is 2.5; a whole number"),
    "another triplet": ("pre_post_pre", {"lag_1": -0.005, "lag_2": 0.005}, "the lags of pre-post-pre are -0.005 s"),
    "overlapping pairs": ("quadruplets", {"interval": 0.004}, "pairs of 0.005 s overlap"),
    "no time": ("poisson", {"duration": 0.0}, "duration is 0 s; more than 0 s"),
    "a reward in no order": ("rewarded_pairing", {"soonest": 4.0}, "the soonest reward, after 4 s, is later than"),
}


@pytest.mark.parametrize(("name", "changed", "message"), BAD.values(), ids=BAD)
def test_settings_that_do_not_fit_together_are_refused_in_one_line(name, changed, message):
    with pytest.raises(ArgumentError, match=f"^{message}") as caught:
        trains_of(name, **changed)

    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("repeated_trains", {"n_trains": 1e14}),
        ("bursts", {"n_bursts": 1e14}),
        ("jittered_pairing", {"n_pairs": 1e14}),
        ("rewarded_pairing", {"n_pairs": 1e14}),
        ("poisson", {"rate_pre": 1e12, "duration": 1e3}),
    ],
)
def test_trains_that_do_not_fit_into_memory_are_refused_before_they_are_made(name, changed):
    with pytest.raises(MemoryLimitError, match="spikes would take .* GiB"):
        trains_of(name, **changed)


def test_a_protocol_of_chance_needs_a_generator_and_another_does_not_look_at_it():
    with pytest.raises(ArgumentError, match="rng is None; a numpy.random.Generator, or a seed"):
        spike_trains(PROTOCOLS["poisson"])
    assert spike_trains(PROTOCOLS["pairing"], "no generator")["pre"].size == 60
