"""The rate of a neuron that is drawn over time: nothing in it is known before it happens."""

import numpy as np
import pytest

from plasticity.studies import spiking_pairs

TRAIN = np.array([0.1, 0.12, 0.14, 0.15, 0.3])


@pytest.mark.parametrize(
    "time, rate",
    [(0.09, 0), (0.11, 0), (0.13, 50), (0.145, 50), (0.155, 100), (0.2, 20), (0.26, 0), (0.31, 0)],
)
def test_the_rate_is_one_over_the_last_interval_or_the_silence_since(time, rate):
    assert spiking_pairs.momentary(TRAIN, np.array([time])) == pytest.approx([rate])


def test_a_spike_to_come_does_not_show():
    clock = np.linspace(0.0, 0.2, 201)
    before = clock < 0.15
    known, unknown = (spiking_pairs.momentary(train, clock) for train in (TRAIN, TRAIN[:3]))
    assert (known[before] == unknown[before]).all() and (known != unknown).any()
