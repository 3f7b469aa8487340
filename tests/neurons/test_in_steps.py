import numpy as np
import pytest

from plasticity import spiking
from plasticity.neurons import NEURONS, closed_form_rate, rate_in_steps, rheobase, with_parameters

LEVELS = np.array([0.5, 1.05, 1.3, 2.0, 4.0])  # rheobases


def currents(name):
    return LEVELS * rheobase(NEURONS[name])


def test_the_simulated_noiseless_neuron_has_exactly_the_rate_in_steps():
    neuron = NEURONS["lif_excitatory"]
    simulated = [found.rate for found in spiking.rates(neuron, currents(neuron.name), duration=0.5, dt=2e-4)]
    assert rate_in_steps(neuron, currents(neuron.name), 2e-4) == pytest.approx(simulated, rel=1e-9)


def test_the_simulated_neuron_with_escape_noise_has_the_rate_in_steps_within_five_standard_errors():
    neuron, copies, duration = NEURONS["escape_lif"], 100, 0.5
    found = spiking.rates(neuron, np.repeat(currents(neuron.name), copies), duration=duration, dt=5e-4)
    counts = np.array([statistics.n_spikes for statistics in found]).reshape(-1, copies) / duration
    off = counts.mean(axis=1) - rate_in_steps(neuron, currents(neuron.name), 5e-4)
    assert (np.abs(off) < 5 * counts.std(axis=1, ddof=1) / copies**0.5).all()


def test_a_crossing_on_the_grid_is_in_its_own_step_and_not_one_late():
    neuron, current = with_parameters(NEURONS["lif_excitatory"], t_ref=0.0), 2 * rheobase(NEURONS["lif_excitatory"])
    rate = closed_form_rate(neuron, current)
    for n_steps in range(20, 200):  # rounding puts about half of these beyond the grid
        assert rate_in_steps(neuron, current, 1 / rate / n_steps) == pytest.approx(rate, rel=1e-9)


@pytest.mark.parametrize(("name", "order"), [("lif_excitatory", 1), ("escape_lif", 1), ("white_noise_lif", 0.5)])
def test_the_rate_in_steps_tends_to_the_closed_form_in_its_order(name, order):
    closed = closed_form_rate(NEURONS[name], currents(name))
    off = [np.abs(rate_in_steps(NEURONS[name], currents(name), dt) - closed).max() for dt in (1e-4, 1e-6)]
    assert off[1] < off[0] * 100**-order * 2
