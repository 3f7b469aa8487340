"""Rest from linearised equations: a second route to the rheobase, and what no closed form says."""

import numpy as np
import pytest

from plasticity.errors import NeuronError
from plasticity.neurons import NEURONS, last_rest, rest_at, rheobase

VOLTAGES = np.linspace(-75e-3, -40e-3, 141)
SETS = [f"{name}:{one.name}" for name in ("adex", "izhikevich") for one in NEURONS[name].sets]
WITHOUT_REST = "adex:delayed_regular_bursting"  # a = -g_L


@pytest.mark.parametrize("name", ["quadratic", "exponential", "adex", *(one for one in SETS if one != WITHOUT_REST)])
def test_the_rheobase_in_closed_form_is_where_the_linearised_rest_is_lost(name):
    neuron = NEURONS[name]
    first = max(neuron.values.get("E_L", -75e-3), -75e-3)
    found = last_rest(neuron, np.linspace(first, -40e-3, 141))
    assert found.current == pytest.approx(rheobase(neuron), rel=1e-6, abs=0)


def test_adaptation_as_strong_as_the_leak_leaves_no_rest_and_no_rheobase():
    neuron = NEURONS[WITHOUT_REST]
    assert all(rest_at(neuron, v).growth.real > 0 for v in VOLTAGES)
    with pytest.raises(NeuronError, match="a is -10 nS; for a rheobase more than -g_L = -10 nS is needed"):
        rheobase(neuron)


def test_the_squid_axon_rests_without_a_current_at_65_millivolts():
    assert rest_at(NEURONS["hodgkin_huxley"], -65e-3).current == pytest.approx(0.0, abs=1e-12)  # of E_L to 3 digits


def test_its_rest_begins_to_oscillate_and_that_of_traub_and_miles_ends():
    squid, cell = (last_rest(NEURONS[name], VOLTAGES) for name in ("hodgkin_huxley", "traub_miles"))
    assert abs(squid.growth.imag) / (2 * np.pi) > 50 and cell.growth.imag == 0
    slope = rest_at(NEURONS["traub_miles"], cell.state["v"] + 1e-5).current - cell.current
    assert abs(slope) < 1e-3 * cell.current, "the current that holds it there is not at its largest"


@pytest.mark.parametrize("bad", [np.nan, "high"])
def test_a_voltage_that_is_none_is_refused(bad):
    with pytest.raises(NeuronError, match="the voltage is"):
        rest_at(NEURONS["quadratic"], bad)


def test_a_neuron_that_keeps_its_rest_is_said_to():
    with pytest.raises(NeuronError, match="lif_delta does not lose its rest between -70 and -60 mV"):
        last_rest(NEURONS["lif_delta"], np.linspace(-70e-3, -60e-3, 5))
