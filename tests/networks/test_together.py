"""Counts in windows, rates of populations, and correlations, against sums by hand and known processes."""

import numpy as np
import pytest

from plasticity.errors import ArgumentError, MemoryLimitError, SpikeTrainError
from plasticity.networks import Correlated, PoissonInput, correlations, population_rate, spike_counts
from plasticity.networks.given import spikes_of, trains
from plasticity.protocols import poisson

TRAINS = [[0.0, 0.1, 0.25], [0.3], []]  # 0.3 / 0.1 is less than 3


def test_counts_are_those_of_each_window_and_an_edge_belongs_to_the_next():
    assert spike_counts(TRAINS, 0.4, 0.1).tolist() == [[1, 1, 1, 0], [0, 0, 0, 1], [0, 0, 0, 0]]


def test_spikes_outside_the_duration_are_not_counted():
    assert spike_counts([-0.1, 0.1, 0.2, 0.3], 0.2, 0.1, start=0.1).tolist() == [[1, 1]]


def test_the_rate_of_a_population_is_a_mean_over_its_neurons():
    assert population_rate(TRAINS, 0.4, 0.2) == pytest.approx([2 / 3 / 0.2, 2 / 3 / 0.2])


def test_correlations_are_those_of_the_counts():
    rng = np.random.default_rng(2)
    many = [poisson(20.0, 100.0, rng) for _ in range(3)]
    found = correlations([*many, many[0]], 100.0, 0.1)

    expected = np.corrcoef(spike_counts([*many, many[0]], 100.0, 0.1))
    assert found == pytest.approx(expected, abs=1e-12) and found[0, 3] == pytest.approx(1.0)
    assert np.abs(found[np.triu_indices(3, 1)]).max() < 5 / np.sqrt(1000)


def test_a_silent_neuron_has_no_correlation():
    found = correlations(TRAINS, 0.4, 0.1)
    assert np.isnan(found[2]).all() and np.isnan(found[:, 2]).all() and found[0, 0] == 1.0


def test_a_correlated_input_has_the_correlation_that_it_declares():
    source = PoissonInput("a", 3, 40.0, groups=[Correlated(range(3), 0.3)], seed=1)
    drawn = trains(spikes_of(source, 200_000, 1e-3), 3, 1e-3)
    pairs = correlations(drawn, 200.0, 0.01)[np.triu_indices(3, 1)]
    assert pairs == pytest.approx([0.3] * 3, abs=5 * 2 / np.sqrt(20_000))


REFUSED = {
    "no window": (lambda: spike_counts(TRAINS, 0.4, 0.0), ArgumentError, "the window is 0 s"),
    "half a window": (lambda: spike_counts(TRAINS, 0.4, 0.3), ArgumentError, "the duration = 400 ms is no multiple"),
    "wider": (lambda: spike_counts(TRAINS, 0.1, 0.4), ArgumentError, "the duration = 100 ms is no multiple"),
    "unsorted": (lambda: population_rate([[0.2, 0.1]], 1.0, 0.1), SpikeTrainError, "is not sorted"),
    "no train": (lambda: correlations([], 1.0, "0.1"), ArgumentError, "the window is '0.1'"),
    "too many": (lambda: spike_counts(TRAINS, 1e9, 1e-6), MemoryLimitError, "the counts of 1000000000000000 windows"),
}  # fmt: skip


@pytest.mark.parametrize(("call", "error", "said"), REFUSED.values(), ids=REFUSED)
def test_impossible_windows_are_refused_in_one_line(call, error, said):
    with pytest.raises(error, match=said) as caught:
        call()
    assert "\n" not in str(caught.value)
