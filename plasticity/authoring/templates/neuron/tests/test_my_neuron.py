"""That my_neuron fires as its closed form says, in Brian2."""

import numpy as np
import pytest
from my_neuron.neuron import MY_NEURON

from plasticity import spiking
from plasticity.neurons import NEURONS, closed_form_rate, rheobase

STEP = 1e-4  # seconds


def test_it_is_silent_at_its_rheobase_and_fires_above():
    at = rheobase(MY_NEURON)
    assert at == pytest.approx(200e-12)
    assert list(closed_form_rate(MY_NEURON, [at, 1.01 * at]) > 0) == [False, True]


def test_brian2_fires_at_the_rate_of_the_closed_form():
    currents = rheobase(MY_NEURON) * np.array([0.9, 1.2, 2.0, 3.0])
    run = spiking.voltages(MY_NEURON, currents, duration=0.5, dt=STEP, target="numpy")
    silent, *firing = run.spikes["neurons"]
    intervals = np.array([np.diff(train).mean() for train in firing])
    # A simulated spike falls on the end of the step in which the threshold is crossed: up to one step later.
    late = intervals - 1 / closed_form_rate(MY_NEURON, currents[1:])
    assert len(silent) == 0 and np.all((late > -1e-9) & (late < STEP + 1e-9))


def test_plasticity_finds_it_where_the_package_is_installed():
    assert NEURONS["my_neuron"] is MY_NEURON
