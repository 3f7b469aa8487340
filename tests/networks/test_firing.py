"""Few spikes give no statistics, and silence is said."""

import numpy as np
import pytest

from plasticity import spiking
from plasticity.networks import SpikeStatistics, statistics
from plasticity.neurons import NEURONS, rheobase
from plasticity.protocols import poisson, regular


@pytest.mark.parametrize("times, note", [([0.3], "CV n/a (1 spike)"), ([0.3, 0.5], "CV n/a (2 spikes)")])
def test_few_spikes_give_no_cv_but_a_note(times, note):
    found = statistics(np.array(times), 1.0)
    assert (found.n_spikes, found.cv_isi, found.note) == (len(times), None, note)


def test_no_spike_is_rate_zero_and_said():
    assert statistics(np.empty(0), 1.0) == SpikeStatistics(0, 0.0, None, "silent: no spike, rate 0")


def test_a_neuron_below_rheobase_is_said_to_be_silent():
    neuron = NEURONS["lif_excitatory"]
    (found,) = spiking.rates(neuron, [0.99 * rheobase(neuron)], duration=0.2)
    assert (found.rate, found.note) == (0.0, "silent: no spike, rate 0")


def test_a_regular_train_has_its_rate_and_no_variation():
    found = statistics(regular(25.0, 2.0), 2.0)
    assert (found.rate, found.cv_isi) == (pytest.approx(25.0), pytest.approx(0.0, abs=1e-12)) and not found.note


def test_a_poisson_train_has_its_rate_and_a_cv_of_one():
    n = 10_000  # expected spikes; standard errors of rate and CV are both about 1/sqrt(n)
    found = statistics(poisson(50.0, n / 50.0, np.random.default_rng(4)), n / 50.0)
    assert (found.rate / 50.0, found.cv_isi) == (pytest.approx(1, abs=5 / n**0.5),) * 2


def test_only_what_is_after_settling_is_counted():
    def count(settle, duration):
        return spiking.rates(NEURONS["lif_excitatory"], [3e-10], settle=settle, duration=duration)[0].n_spikes

    assert count(0.3, 0.2) == count(0.0, 0.5) - count(0.0, 0.3) > 0


@pytest.mark.parametrize("rate", [3.0, 7.3, 49.2])
@pytest.mark.parametrize("phase", [0.0, 0.3, 0.99])
def test_the_rate_of_a_regular_train_is_that_of_its_intervals_whatever_its_phase(rate, phase):
    times = regular(rate, 1.0, start=phase / rate)
    assert statistics(times[times < 1.0], 1.0).rate == pytest.approx(rate, rel=1e-12)


@pytest.mark.parametrize("times", [[0.4], [0.4, 0.41], [0.1, 0.2, 0.25, 0.3, 0.4, 0.5], [0.9, 0.91, 0.92]])
def test_spikes_that_do_not_fill_the_duration_are_counted_over_it(times):
    assert statistics(np.array(times), 1.0).rate == len(times)


def test_the_rate_of_few_random_spikes_is_right_on_average():
    # 4 Hz for a second; the mean of 4000 counts has a standard error of sqrt(4/4000)
    rng = np.random.default_rng(8)
    rates = [statistics(poisson(4.0, 1.0, rng), 1.0).rate for _ in range(4000)]
    assert np.mean(rates) == pytest.approx(4.0, abs=5 * np.sqrt(4 / 4000))
