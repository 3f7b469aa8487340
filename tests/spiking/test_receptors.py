"""Spikes arrive at the receptor that a projection names, or at the only one that takes them."""

from dataclasses import replace

import numpy as np
import pytest
from neurons.more_neurons import CURRENTS

from plasticity.errors import ArgumentError, NeuronError, UnknownName
from plasticity.networks import Network, Population, Projection, Replay
from plasticity.neurons import NEURONS, Receptor, Variable
from plasticity.spiking import simulate

# Excitation at two receptors: fast currents, and others that decay as slowly as inhibition
TWO = replace(
    CURRENTS, name="two", variables=(*CURRENTS.variables[:-1], Variable("I_n", "-I_n/tau_i", "pA"), replace(
        CURRENTS.variables[-1], flow="(E_L - v + R_m*(I_e + I_n + I_i + current))/tau_m")),
    receptors={**CURRENTS.receptors, "slow excitation": Receptor("I_n", "J_e", +1)},
)  # fmt: skip


def network(receptor="", *, neuron=TWO, sign=1, post=None):
    target = post or Population("post", neuron)
    return Network(
        [Replay("pre", [[0.001]], sign=sign), target],
        [Projection("s", "pre", "post", [(0, 0)], 0.5, receptor=receptor)],
    )


def state_after(*args, **how):
    """The variables of the neuron 1 ms after the end of the step in which a spike arrived."""
    return {name: values[0] for name, values in simulate(network(*args, **how), 0.0021).state.variables["post"].items()}


@pytest.mark.parametrize("name, variable, tau", [("excitation", "I_e", "tau_e"), ("slow excitation", "I_n", "tau_i")])
def test_a_spike_raises_the_variable_of_the_receptor_that_is_named(name, variable, tau):
    found = state_after(name)
    expected = 0.5 * TWO.values["J_e"] * np.exp(-1e-3 / TWO.values[tau])
    assert {key: found[key] for key in ("I_e", "I_n", "I_i")} == pytest.approx(
        {"I_e": 0.0, "I_n": 0.0, "I_i": 0.0, variable: expected}, rel=1e-12
    )


@pytest.mark.parametrize(
    "neuron, variable, tau, size",
    [(CURRENTS, "I_i", "tau_i", -0.5), (NEURONS["lif_conductance"], "g_inh", "tau_inh", 0.5)],
    ids=str,
)
def test_inhibition_goes_to_the_only_receptor_that_takes_it(neuron, variable, tau, size):
    found = state_after(sign=-1, neuron=neuron)
    arriving = size * neuron.values[neuron.receptors["inhibition"].size]
    assert found[variable] == pytest.approx(arriving * np.exp(-1e-3 / neuron.values[tau]), rel=1e-6)


def test_the_voltage_is_recorded_whatever_it_is_called():
    lif = NEURONS["lif_excitatory"]
    voltage, others = lif.variables[0], lif.variables[1:]
    assert voltage.name == "v"
    called_u = replace(
        lif, voltage="u", variables=(replace(voltage, name="u", flow=voltage.flow.replace("v", "u")), *others),
        threshold=lif.threshold.replace("v ", "u "), reset={"u": lif.reset["v"]}, closed_form=None,
    )  # fmt: skip
    runs = [simulate(Network([Population("p", n, 1, 3e-10)]), 0.03, record=["p"]) for n in (lif, called_u)]
    assert np.array_equal(runs[0].voltages["p"], runs[1].voltages["p"]) and np.ptp(runs[0].voltages["p"]) > 1e-3


REFUSED = {
    "none named": (lambda: network(), NeuronError, "^s: two has several receptors for excitatory spikes"),
    "unknown": (lambda: network("AMPA"), UnknownName, "^s: unknown receptor of two 'AMPA'; known: excitation"),
    "of the other sign": (lambda: network("inhibition"), NeuronError, "'inhibition' of two does not take excitatory"),
    "of spikes that are given": (
        lambda: network("excitation", post=Replay("post", [[]])), ArgumentError, "s names the receptor .* post has none"
    ),
    "no text": (lambda: network(5), ArgumentError, "the receptor of s is 5; one line"),
}  # fmt: skip


@pytest.mark.parametrize(("made", "error", "said"), REFUSED.values(), ids=REFUSED)
def test_a_receptor_that_does_not_fit_is_refused_when_the_network_is_made(made, error, said):
    with pytest.raises(error, match=said) as caught:
        made()
    assert "\n" not in str(caught.value)
