"""Simulated rates tend to the closed forms as the step shrinks, each at the order of its error."""

import numpy as np
import pytest

from plasticity import spiking
from plasticity.neurons import NEURONS, closed_form_rate, rheobase, with_parameters
from plasticity.spiking import Network, Population, Projection, Replay, simulate

LIF, ESCAPE, WHITE = NEURONS["lif_excitatory"], NEURONS["escape_lif"], NEURONS["white_noise_lif"]
RHEOBASE = rheobase(LIF)
STEPS = (0.4e-3, 0.2e-3, 0.1e-3)


def counted(neuron, current, *, dt, n_neurons=1500, duration=1.0, seed=1):
    """Mean rate of many neurons that fire at random, and its standard error, from their counts."""
    found = spiking.rates(neuron, np.full(n_neurons, current), duration=duration, dt=dt, seed=seed, target="numpy")
    counts = np.array([one.n_spikes for one in found]) / duration
    return counts.mean(), counts.std(ddof=1) / n_neurons**0.5


@pytest.mark.parametrize("dt", STEPS)
def test_the_interval_of_the_noiseless_neuron_is_rounded_up_to_whole_steps(dt):
    currents = RHEOBASE * np.linspace(1.1, 4, 30)
    climb = 1 / closed_form_rate(LIF, currents) - LIF.values["t_ref"]
    intervals = [1 / found.rate for found in spiking.rates(LIF, currents, dt=dt)]
    assert intervals == pytest.approx(LIF.values["t_ref"] + dt * np.ceil(climb / dt), rel=1e-9)


def test_the_error_of_the_noiseless_rate_is_of_first_order_in_the_step():
    currents = RHEOBASE * np.linspace(1.1, 4, 60)  # many, so that where in a step the threshold is crossed evens out
    errors = [
        np.mean([1 - found.rate / closed_form_rate(LIF, i) for i, found in zip(currents, run, strict=True)])
        for run in (spiking.rates(LIF, currents, dt=dt) for dt in STEPS)
    ]
    # half a step of the interval, over 60 currents known to a tenth of that
    assert np.log2(np.array(errors[:-1]) / errors[1:]) == pytest.approx(1.0, abs=0.3)


@pytest.mark.parametrize("level", [0.8, 1.0, 1.5])
def test_the_rate_with_escape_noise_is_within_five_standard_errors(level):
    rate, error = counted(ESCAPE, level * RHEOBASE, dt=0.1e-3)
    assert error < 0.01 * rate and rate == pytest.approx(closed_form_rate(ESCAPE, level * RHEOBASE), abs=5 * error)


@pytest.fixture(scope="module")
def under_white_noise():
    """Distance from the Siegert rate, and standard error, for every step."""
    exact = closed_form_rate(WHITE, 0.9 * RHEOBASE)
    found = [counted(WHITE, 0.9 * RHEOBASE, dt=dt) for dt in STEPS]
    return exact, np.array([exact - rate for rate, _ in found]), np.array([error for _, error in found])


def test_the_error_under_white_noise_is_of_order_one_half_in_the_step(under_white_noise):
    # crossings between two steps are missed, which is as if the threshold were higher by 0.58 sigma sqrt(2 dt/tau)
    _, distance, error = under_white_noise
    order = np.log(distance[0] / distance[2]) / np.log(STEPS[0] / STEPS[2])
    spread = np.hypot(*(error / distance)[[0, 2]]) / np.log(STEPS[0] / STEPS[2])
    assert order == pytest.approx(0.5, abs=5 * spread) and spread < 0.06


def test_the_rate_under_white_noise_extrapolates_to_the_siegert_rate(under_white_noise):
    # distance = a sqrt(dt) at dt and 4 dt: twice the one less the other is that at dt = 0
    _, distance, error = under_white_noise
    assert 2 * distance[2] - distance[0] == pytest.approx(0.0, abs=5 * np.hypot(2 * error[2], error[0]))
    assert distance[2] > 5 * np.hypot(2 * error[2], error[0]), "the extrapolation proves nothing"


BIASED = with_parameters(LIF, bias=0.5)


def test_a_neuron_with_positive_bias_fires_by_itself_at_its_closed_form():
    (found,) = spiking.rates(BIASED, [0.0])
    # the interval is up to a step longer
    assert 0 < 1 / found.rate - 1 / closed_form_rate(BIASED) <= 1e-4 and found.cv_isi < 1e-9


@pytest.mark.parametrize("inhibition, is_silent", [(1 - 1e-6, False), (1 + 1e-6, True)])
def test_a_bias_is_silenced_by_inhibition_of_its_size_in_rheobases(inhibition, is_silent):
    # a millionth away from the edge, on which rounding decides; there it takes 0.3 s to fire
    current = -inhibition * 0.5 * RHEOBASE
    (found,) = spiking.rates(BIASED, [current], duration=1.0)
    assert (found.n_spikes == 0) is is_silent
    assert bool(closed_form_rate(BIASED, current) == 0) is is_silent


@pytest.mark.parametrize("inhibition, is_silent", [(0.8, False), (1.2, True)])
def test_a_bias_is_silenced_by_the_mean_current_of_inhibitory_spikes(inhibition, is_silent):
    # one spike a step: a mean current of w J tau_syn / dt, almost without ripple
    c, dt = BIASED.values, 1e-4
    weight = inhibition * 0.5 * RHEOBASE * dt / (c["J_syn"] * c["tau_syn"])
    inh = Replay("inh", [np.arange(5000) * dt], sign=-1)
    synapse = Projection("synapse", "inh", "post", [(0, 0)], weight)
    (times,) = simulate(Network([inh, Population("post", BIASED)], [synapse]), 0.5, dt=dt).spikes["post"]
    settled = times[times > 0.1]
    assert (settled.size == 0) is is_silent
