"""Few spikes give no statistics, and silence is said."""

import numpy as np
import pytest

from plasticity import spiking
from plasticity.neurons import NEURONS, rheobase
from plasticity.protocols import poisson, regular
from plasticity.spiking import SpikeStatistics, statistics


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
