"""Spike trains: what is refused, how the spikes of both sides are put into one order."""

import importlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plasticity.errors import SpikeTrainError
from plasticity.trains import RESOLUTION, checked, from_neo, merged

FIXED = settings(derandomize=True, deadline=None, max_examples=200)
BAD = {
    "nan": ([0.1, np.nan], "holds nan; finite times in seconds are allowed"),
    "infinite": ([0.1, np.inf], "holds inf; finite times in seconds are allowed"),
    "unsorted": ([0.2, 0.1], "is not sorted: 0.2 s, then 0.1 s; increasing times are allowed"),
    "doubled": (
        [0.1, 0.1],
        "has two spikes in one instant of 1e-09 s: 0.1 s, then 0.1 s; increasing times are allowed",
    ),
    "doubled up to rounding": ([0.3, 0.1 + 0.2], "has two spikes in one instant"),
    "unsorted in a later train": ([[0.1, 0.2], [0.4, 0.3]], "is not sorted: 0.4 s, then 0.3 s"),
    "nan in a list of trains": ([[0.1], [0.1, np.nan]], "holds nan"),
    "a number": (0.1, "is 0.1; a sequence of times in seconds is allowed"),
    "a word": ("abc", "is 'abc'; a sequence of times in seconds is allowed"),
    "words": (["a", "b"], "is 'a'; real numbers, bare .s. or with a unit of the dimension of s"),
    "nothing": (None, "is None; a sequence of times in seconds is allowed"),
    "three axes": (np.zeros((2, 2, 2)), r"has shape \(2, 2, 2\); \(n_spikes,\) or \(n_synapses, n_spikes\) is allowed"),
    "a train beside a number": ([[0.1], 0.2], "number 1, is 0.2 beside whole trains"),
    "no trains at all": (np.empty((0, 3)), "holds no train, it has shape"),
}


@pytest.mark.parametrize(("train", "message"), BAD.values(), ids=BAD)
def test_an_impossible_train_is_refused_in_one_line(train, message):
    with pytest.raises(SpikeTrainError, match=f"^the train,? {message}") as caught:
        checked(train)

    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("trains", "shape"),
    [([], (1, 0)), ([0.1], (1, 1)), ([[0.1], []], (2, 1)), (np.empty((3, 0)), (3, 0)), ([[0.1, 0.2], [0.1]], (2, 2))],
)
def test_trains_become_rows_of_one_array(trains, shape):
    assert checked(trains).shape == shape


def test_a_short_train_is_padded_with_infinity():
    assert checked([[0.1, 0.2], [0.3]]).tolist() == [[0.1, 0.2], [0.3, np.inf]]


def test_an_instant_lasts_a_nanosecond():
    assert checked([0.1, 0.1 + 1.1e-9]).size == 2
    with pytest.raises(SpikeTrainError, match="two spikes in one instant"):
        checked([0.1, 0.1 + 0.9e-9])


def test_as_many_trains_are_needed_on_both_sides():
    with pytest.raises(SpikeTrainError, match="2 presynaptic and 3 postsynaptic trains; give as many of each"):
        merged([[0.1], [0.2]], [[0.1], [0.2], [0.3]])


def test_one_train_meets_all_trains_of_the_other_side():
    one, each = merged([0.1, 0.3], [[0.2], [0.4]]), merged([[0.1, 0.3], [0.1, 0.3]], [[0.2], [0.4]])

    for name in ("times", "pre", "post", "n_spikes"):
        np.testing.assert_array_equal(getattr(one, name), getattr(each, name))


def test_one_pair_of_trains_loses_the_axis_of_synapses():
    assert merged([0.1], [0.2]).is_single and not merged([[0.1]], [0.2]).is_single


# Any trains, some of whose spikes coincide, exactly or up to rounding, in nanoseconds.

TICKS = st.lists(st.integers(0, 60), unique=True, max_size=12).map(sorted)
JITTER = st.sampled_from([0.0, 1e-11, -1e-11])


@st.composite
def pairs_of_trains(draw):
    """Trains of whole milliseconds for two to four synapses, the postsynaptic ones jittered within an instant."""
    n = draw(st.integers(2, 4))
    pre = [np.array(draw(TICKS), dtype=float) * 1e-3 for _ in range(n)]
    post = [np.array([t * 1e-3 + draw(JITTER) for t in draw(TICKS)]) for _ in range(n)]
    return pre, [np.abs(train) for train in post]


@FIXED
@given(pairs_of_trains())
def test_every_spike_keeps_a_slot(trains):
    spikes = merged(*trains)

    for column, (pre, post) in enumerate(zip(*trains, strict=True)):
        fires_pre, fires_post = spikes.pre[:, column], spikes.post[:, column]
        assert (fires_pre.sum(), fires_post.sum()) == (len(pre), len(post))
        assert spikes.n_spikes[column] == len(pre) + len(post) <= len(spikes.times)
        np.testing.assert_allclose(spikes.times[fires_pre, column], pre, rtol=0, atol=RESOLUTION)
        np.testing.assert_allclose(spikes.times[fires_post, column], post, rtol=0, atol=RESOLUTION)


@FIXED
@given(pairs_of_trains())
def test_merged_times_never_go_back(trains):
    assert (np.diff(merged(*trains).times, axis=0) >= 0).all()


@FIXED
@given(pairs_of_trains())
def test_a_coincident_pair_shares_a_slot_and_leaves_the_next_one_empty(trains):
    spikes = merged(*trains)
    both = spikes.pre & spikes.post

    for column, (pre, post) in enumerate(zip(*trains, strict=True)):
        assert both[:, column].sum() == (np.abs(pre[:, None] - post) < RESOLUTION).sum()
    slot, synapse = np.nonzero(both)
    assert not (spikes.pre | spikes.post)[slot + 1, synapse].any()
    assert (spikes.times[slot + 1, synapse] == spikes.times[slot, synapse]).all()


@FIXED
@given(pairs_of_trains())
def test_behind_its_last_spike_a_synapse_repeats_the_time_of_that_spike(trains):
    spikes = merged(*trains)

    for column, (pre, post) in enumerate(zip(*trains, strict=True)):
        last = max([0.0, *pre, *post]) if len(pre) + len(post) else 0.0
        rest = spikes.times[max(spikes.n_spikes[column] - 1, 0) :, column]
        np.testing.assert_allclose(rest, last, rtol=0, atol=RESOLUTION)
        assert not (spikes.pre | spikes.post)[spikes.n_spikes[column] :, column].any()


@FIXED
@given(pairs_of_trains())
def test_exchanging_the_sides_exchanges_the_spikes(trains):
    forth, back = merged(*trains), merged(*reversed(trains))

    np.testing.assert_array_equal(forth.pre, back.post)
    np.testing.assert_array_equal(forth.post, back.pre)


def test_delays_shift_each_side_by_its_own():
    delayed = merged([0.1], [0.1], axonal_delay=2e-3, dendritic_delay=5e-3)

    np.testing.assert_allclose(delayed.times[:, 0], [0.102, 0.105], rtol=1e-15)
    assert delayed.pre[:, 0].tolist() == [True, False]


def test_equal_delays_on_both_sides_keep_a_coincidence():
    delayed = merged([0.3], [0.1 + 0.2], axonal_delay=3e-3, dendritic_delay=3e-3)

    assert (delayed.pre & delayed.post).sum() == 1


def test_a_trajectory_is_padded_with_nan_behind_the_last_spike():
    spikes = merged([[0.1, 0.2], [0.1]], [[0.3], []])

    trajectory = spikes.trajectory(np.ones((3, 2)), np.ones(2))

    assert np.isnan(trajectory.times).tolist() == [[False] * 3, [False, True, True]]
    assert np.isnan(trajectory.weights).tolist() == np.isnan(trajectory.times).tolist()


@pytest.mark.parametrize("unit", ["s", "ms", "us"])
def test_a_train_of_neo_gives_its_times_in_seconds(unit):
    quantities, neo = importlib.import_module("quantities"), importlib.import_module("neo")
    seconds = quantities.Quantity([0.01, 0.03], "s")
    train = neo.SpikeTrain(seconds.rescale(unit), t_stop=0.1 * quantities.s)
    np.testing.assert_allclose(from_neo(train), [0.01, 0.03], rtol=1e-15)


def test_what_is_no_train_of_neo_is_refused():
    with pytest.raises(SpikeTrainError, match=r"\[0.01\] is no neo.SpikeTrain"):
        from_neo([0.01])


# Chains: spikes of both sides in turn, fractions of a nanosecond apart, so that more than two could be one instant.

GAPS = st.lists(st.sampled_from([0.0, 0.3, 0.5, 0.8, 0.99, 1.01, 1.5, 40.0]), min_size=2, max_size=12)


@FIXED
@given(GAPS, st.booleans())
def test_chains_of_near_spikes_pair_greedily_in_the_order_of_time(gaps, starts_with_pre):
    times = np.cumsum(gaps) * 1e-9
    pre, post = (times[int(not starts_with_pre) :: 2], times[int(starts_with_pre) :: 2])
    if min([*np.diff(pre), *np.diff(post), 1.0]) < RESOLUTION:
        return

    spikes = merged(pre, post)

    expected = greedy([(t, 0) for t in pre] + [(t, 1) for t in post])
    fires = (spikes.pre | spikes.post)[:, 0]
    assert list(zip(spikes.pre[fires, 0].tolist(), spikes.post[fires, 0].tolist(), strict=True)) == expected


def greedy(spikes):
    """(pre fires, post fires) at every instant, spike by spike: a third route, without arrays."""
    found, last = [], None
    for time, side in sorted(spikes):
        is_second = last is not None and time - last[0] < RESOLUTION and last[1] != side and not last[2]
        if is_second:
            found[-1] = (True, True)
        else:
            found.append((side == 0, side == 1))
        last = (time, side, is_second)
    return found


def test_delays_that_make_arrivals_too_late_for_an_instant_are_refused():
    with pytest.raises(SpikeTrainError, match="presynaptic train with its delay holds a time of 10000000.01 s"):
        merged([0.01], [0.015], axonal_delay=1e7, dendritic_delay=1e7)
