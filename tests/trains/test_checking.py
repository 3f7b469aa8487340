"""Trains as people have them: which are one train and which are many, precision, late times, clocks."""

import importlib

import numpy as np
import pytest

from plasticity.errors import SpikeTrainError
from plasticity.trains import LATEST, checked, from_neo, from_start, merged, taken


@pytest.mark.parametrize(
    ("trains", "shape", "is_single"),
    [
        ([0.1, 0.2], (1, 2), True),
        (np.array([0.1, 0.2]), (1, 2), True),
        ((time for time in [0.1, 0.2]), (1, 2), True),
        ([[0.1, 0.2]], (1, 2), False),
        (np.array([[0.1, 0.2]]), (1, 2), False),
        ([[0.1], [0.2]], (2, 1), False),
        ((np.array(train) for train in [[0.1], [0.2, 0.3]]), (2, 2), False),
        (np.array([np.array([0.1, 0.2]), np.array([0.1])], dtype=object), (2, 2), False),
        ([np.array([[0.1], [0.2]])], (1, 2), False),
        (np.zeros((3, 0)), (3, 0), False),
        (np.zeros((1, 1)), (1, 1), False),
    ],
)
def test_one_train_and_many_are_told_apart(trains, shape, is_single):
    found = taken(trains)
    assert (found.times.shape, found.is_single) == (shape, is_single)


def test_cells_of_matlab_are_trains():
    cells = np.empty((1, 2), dtype=object)
    cells[0, 0], cells[0, 1] = np.array([[0.1], [0.2]]), np.array([[0.3, 0.4]])
    assert checked(cells).tolist() == [[0.1, 0.2], [0.3, 0.4]]


def test_a_column_is_refused_with_both_cures():
    with pytest.raises(SpikeTrainError, match=r"2 synapses of one spike.*times.ravel\(\).*list of trains"):
        checked(np.array([[0.1], [0.2]]))


def test_a_column_with_a_unit_is_refused_as_well():
    milliseconds = importlib.import_module("quantities").ms
    with pytest.raises(SpikeTrainError, match="one train as a column"):
        checked(np.array([[10.0], [20.0]]) * milliseconds)


def test_times_before_zero_are_allowed():
    assert checked([-0.1, 0.2]).tolist() == [[-0.1, 0.2]]


def test_a_train_of_neo_is_put_in_order():
    neo, quantities = (importlib.import_module(name) for name in ("neo", "quantities"))
    train = neo.SpikeTrain(quantities.Quantity([30.0, 10.0], "ms"), t_stop=quantities.Quantity(1.0, "s"))
    assert from_neo(train).tolist() == [0.010, 0.030]


def test_single_precision_widens_the_instant_to_its_own_spacing():
    assert taken([2.0]).instant == 1e-9
    assert taken(np.float32([2.0])).instant == pytest.approx(2.0**-22)
    assert taken(np.float32([1e-3])).instant == 1e-9


@pytest.mark.parametrize("time", [0.1, 0.3, 1.7, 12.3, 100.1])
def test_a_spike_meets_itself_whatever_precision_it_came_in(time):
    for pre, post in [(np.float32([time]), [time]), ([time], np.float32([time])), ([np.float32(time)], [time])]:
        spikes = merged(pre, post)
        assert (spikes.pre & spikes.post).any()


def test_single_precision_is_refused_where_it_blurs_the_shortest_time_constant():
    late = np.float32([20_000.0])  # its neighbours are 2 ms apart
    merged(late, late, shortest=20e-3)
    with pytest.raises(SpikeTrainError, match="neighbours are 0.002 s apart here; .* is 0.01 s"):
        merged(late, late, shortest=10e-3)


def test_doubles_are_refused_from_where_their_spacing_is_an_instant():
    assert np.spacing(np.nextafter(LATEST, 0)) < 1e-9 and np.spacing(2 * LATEST) > 1e-9
    checked([np.nextafter(LATEST, 0)])
    for late in (LATEST, -LATEST, 1e7, 1.7e9):
        with pytest.raises(SpikeTrainError, match=r"4194304 s \(48 days\).*plasticity.trains.from_start"):
            checked([late] if late > 0 else [late, 0.0])


def test_times_of_a_clock_become_seconds_since_the_start():
    pre, post = from_start([1.7e9 + 0.1 + 0.2, 1.7e9 + 0.5], [1.7e9 + 0.3])

    assert pre.tolist() == [0.0, 0.2] and post.tolist() == [0.0]


def test_a_spike_that_came_in_both_precisions_is_one_spike_since_the_start_too():
    times = np.sort(np.random.default_rng(0).uniform(0, 50, 30))

    pre, post = from_start(times.astype(np.float32), times)

    assert pre.tolist() == post.tolist()
    with pytest.raises(SpikeTrainError, match="are up to 0.062 s apart, as they came; give them in double precision"):
        from_start(np.float32([1e6, 1e6 + 5]))


def test_a_column_without_a_type_of_numpy_keeps_the_unit_of_its_name():
    class Column:
        name = "t_ms"

        def to_numpy(self):
            return np.array([10, 30])

    assert checked(Column()).tolist() == [[0.010, 0.030]]


def test_the_start_may_be_given_and_one_train_comes_back_as_one():
    assert from_start([1e9 + 0.25], start=1e9).tolist() == [0.25]
    assert from_start([], start=5.0).tolist() == []
    for wrong in ([], [[np.nan]], [["a"]]):
        with pytest.raises(SpikeTrainError):
            from_start(*wrong)


def test_a_clock_loses_no_difference_beyond_its_own_rounding():
    exact = np.arange(0, 2000) * 1.37e-3
    for start in (1e7, 1e9):
        np.testing.assert_allclose(from_start(start + exact), exact, rtol=0, atol=5 * np.spacing(start))
