"""A thousand competing synapses: without the compiler, and what their numbers stand on."""

from dataclasses import replace

import numpy as np
import pytest

from plasticity import compiled, engines
from plasticity.runs import EXPERIMENTS
from plasticity.studies import song_2000

SHORT = replace(EXPERIMENTS["song_2000"].quick, rates=(20.0,), duration=1.0, n_looks=2, tested=1.0, dt=5e-4)


def test_without_the_compiler_brian2_runs_it_and_the_result_says_so(monkeypatch):
    monkeypatch.setattr(compiled, "is_available", lambda: False)
    result = song_2000.run(SHORT)
    assert result.engine == "numpy" and result.apart.max() < 1e-12  # rounding


def test_a_longer_run_begins_with_the_spikes_of_a_shorter_one():
    network = song_2000.network(SHORT, 20.0, np.full(song_2000.N_INPUTS, 0.5))
    short, long = (
        engines.simulate(network, seconds, dt=SHORT.dt, engine="compiled").spikes["neuron"][0] for seconds in (1.0, 2.0)
    )
    assert len(long) > len(short) > 0 and (long[: len(short)] == short).all()


def test_a_neuron_that_cannot_fire_sits_where_its_mean_conductances_hold_it():
    """Conductances that fluctuate by a tenth lower the mean by a few per cent of the depolarisation: a millivolt."""
    weights = np.full(song_2000.N_INPUTS, 0.2)
    made = song_2000.network(SHORT, 20.0, weights, is_frozen=True)
    recording = engines.simulate(made, 2.0, dt=SHORT.dt, record=["neuron"], engine="compiled")
    assert recording.voltages["neuron"][400:].mean() == pytest.approx(song_2000.mean_drive(20.0, weights), abs=1e-3)
    assert not recording.spikes["neuron"][0].size
