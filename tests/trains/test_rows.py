"""Trains of several lengths: held as they are, put in order a few synapses at a time."""

import numpy as np
import pytest

from plasticity.errors import SpikeTrainError
from plasticity.trains import merged, taken


def _trains(lengths, seed=2):
    rng = np.random.default_rng(seed)
    return [np.cumsum(1e-3 + rng.exponential(0.1, n)) for n in lengths]


def test_short_trains_beside_a_long_one_take_no_room_of_its_length():
    found = taken(_trains([10_000, *[3] * 50]))
    assert sum(row.nbytes for row in found.rows) == 8 * 10_150
    assert found.times.shape == (51, 10_000) and np.isinf(found.times[1:, 3:]).all()


def test_what_is_out_of_order_in_one_train_is_found_and_the_start_of_the_next_is_not():
    taken([[0.1, 0.2], [0.1], [], [0.05, 0.3]])
    with pytest.raises(SpikeTrainError, match=r"is not sorted: 0.3 s, then 0.05 s"):
        taken([[0.1, 0.2], [0.1], [], [0.3, 0.05]])


def test_order_is_looked_at_across_the_borders_of_what_is_looked_at_together(monkeypatch):
    monkeypatch.setattr("plasticity.trains.checking._AT_ONCE", 2)
    taken([[0.1, 0.2, 0.3], [0.05], [0.1, 0.2]])
    for place in (0, 1, 2, 3):
        train = np.arange(5) * 0.1
        train[place + 1] = train[place] - 0.01
        with pytest.raises(SpikeTrainError, match="is not sorted"):
            taken([[0.1], train])


def test_synapses_are_put_in_order_a_few_at_a_time_as_all_together(monkeypatch):
    pre, post = _trains([5, 0, 9, 2, 0]), _trains([3, 7, 1, 0, 0], seed=3)
    whole = merged(pre, post)
    monkeypatch.setattr("plasticity.trains.merging._AT_ONCE", 20)
    for one, other in zip(merged(pre, post), whole, strict=True):
        np.testing.assert_array_equal(one, other)
