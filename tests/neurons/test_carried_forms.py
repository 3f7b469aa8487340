"""A closed form belongs to the equations that it was declared with: carried along by other neurons, it is refused."""

from dataclasses import replace

import pytest
from neurons.more_neurons import ADAPTIVE

from plasticity.errors import NeuronError
from plasticity.neurons import (
    NEURONS,
    Clamp,
    Parameter,
    closed_form_rate,
    known_in_closed_form,
    rate_in_steps,
    rheobase,
    synaptic_potential,
    white_noise,
    with_parameters,
)
from plasticity.spiking import rates

LIF, DT = NEURONS["lif_excitatory"], 1e-4


def test_white_noise_of_another_neuron_has_no_closed_form():
    # once the leaky integrator's 10.604737564663683 Hz
    v, i_syn = LIF.variables
    sharp = (Parameter("Delta_T", 2e-3, "mV"),)
    flow = v.flow.replace("E_L - v +", "E_L - v + Delta_T*exp((v - V_threshold)/Delta_T) +")
    carried = replace(
        LIF, parameters=(*LIF.parameters, *sharp), variables=(replace(v, flow=flow), i_syn), integration="euler"
    )
    for neuron in (replace(NEURONS["exponential"], closed_form=None), carried):
        noisy = white_noise(neuron, 4e-3)
        assert noisy.variable("v").noise == "sigma*sqrt(2/tau_m)" and noisy.closed_form is None
        for asked in (neuron, noisy):
            for formula in (closed_form_rate, rheobase, lambda n: rate_in_steps(n, 0.0, 1e-4)):
                with pytest.raises(NeuronError, match="closed form"):
                    formula(asked)


def test_white_noise_goes_to_the_voltage_wherever_it_stands():
    noisy = white_noise(ADAPTIVE, 4e-3)
    assert [variable.noise for variable in noisy.variables] == ["0", "sigma*sqrt(2/tau_m)"]


SIGMA = Parameter("sigma", 0.0, "mV", "standard deviation of the free voltage")
V, I_SYN = LIF.variables
QUIET = replace(
    LIF, parameters=(*LIF.parameters, SIGMA), variables=(replace(V, noise="sigma*sqrt(2/tau_m)"), I_SYN),
    integration="euler",
)  # fmt: skip
STALE = {
    "noise": (lambda: replace(QUIET, parameters=(*LIF.parameters, replace(SIGMA, value=1e-3))), "another noise"),
    "noise through a parameter": (lambda: with_parameters(QUIET, sigma=1e-3), "another noise"),
    "equations": (lambda: replace(LIF, variables=(replace(V, flow="(E_L - v)/tau_m"), I_SYN)), "another equations"),
    "held": (lambda: replace(LIF, variables=(replace(V, held=""), I_SYN)), "another reset"),
    "threshold": (lambda: replace(LIF, threshold="v - E_L"), "another threshold"),
    "hazard": (lambda: replace(LIF, threshold="", hazard="1/tau_m"), "another threshold"),
    "crossing": (lambda: replace(LIF, fires_on="crossing"), "another threshold"),
    "reset": (lambda: replace(LIF, reset={"v": "E_L"}), "another reset"),
    "clamp": (lambda: replace(LIF, clamps={"v": Clamp("E_L", "t_ref")}), "another reset"),
    "refractory time": (lambda: replace(LIF, refractory=""), "another refractory time"),
    "another neuron": (
        lambda: replace(NEURONS["hodgkin_huxley"], closed_form=LIF.closed_form),
        "another equations and",
    ),
}


@pytest.mark.parametrize("made, said", STALE.values(), ids=STALE)
def test_a_closed_form_is_refused_by_every_neuron_that_it_is_not_true_of(made, said):
    with pytest.raises(NeuronError, match=f"carries is that of a neuron with {said}") as caught:
        closed_form_rate(made(), 3e-10)
    assert "\n" not in str(caught.value)


def test_the_rate_in_steps_is_of_the_integration_and_the_potential_of_the_receptors():
    euler, delta = replace(LIF, integration="euler"), replace(LIF, receptors={})
    assert closed_form_rate(euler, 3e-10) == closed_form_rate(delta, 3e-10) == closed_form_rate(LIF, 3e-10)
    with pytest.raises(NeuronError, match="another integration"):
        rate_in_steps(euler, 3e-10, 1e-4)
    with pytest.raises(NeuronError, match="another receptors"):
        synaptic_potential(delta, 1.0)


def test_what_is_known_in_closed_form_is_told_of_each_neuron():
    known = ["rate", "rate in steps", "rheobase", "synaptic potential"]
    assert known_in_closed_form(LIF) == known and known_in_closed_form(NEURONS["hodgkin_huxley"]) == []
    assert known_in_closed_form(NEURONS["escape_lif"]) == [*known, "probability of firing"]
    assert known_in_closed_form(replace(LIF, receptors={}, integration="euler")) == ["rate", "rheobase"]


def test_noise_that_is_zero_leaves_the_closed_form_as_it_is():
    assert closed_form_rate(QUIET, 3e-10) == closed_form_rate(LIF, 3e-10)


def test_other_parameters_keep_the_closed_form():
    faster = with_parameters(LIF, tau_m=10e-3)
    (found,) = rates(faster, [3e-10], duration=0.5)
    assert found.rate == pytest.approx(float(rate_in_steps(faster, 3e-10, DT)), rel=1e-9)


def test_white_noise_brings_no_closed_form_that_the_neuron_without_it_lacks():
    noisy = white_noise(replace(LIF, receptors={}), 4e-3)
    assert closed_form_rate(noisy, 3e-10) == closed_form_rate(white_noise(LIF, 4e-3), 3e-10)
    with pytest.raises(NeuronError, match="another receptors"):
        synaptic_potential(noisy, 1.0)
