"""Records of neurons: what is impossible gets one clear error when the record is made."""

from dataclasses import replace

import numpy as np
import pytest

from plasticity.errors import NeuronError, UnknownName
from plasticity.neurons import (
    NEURONS,
    Constant,
    Variable,
    closed_form_rate,
    firing_probability,
    white_noise,
    with_constants,
)

LIF, ESCAPE = NEURONS["lif_excitatory"], NEURONS["escape_lif"]
V, I_SYN = LIF.variables


def with_v(**changes):
    return replace(LIF, variables=(replace(V, **changes), I_SYN))


IMPOSSIBLE = {
    "derivative": (lambda: with_v(derivative="(E_L - u)/tau_m"), "dv/dt.* uses 'u', which is not known.*E_L"),
    "start": (lambda: with_v(start="v"), "start of v.* uses 'v'"),
    "noise": (lambda: with_v(noise="sigma"), "noise of v.* uses 'sigma'"),
    "syntax": (lambda: with_v(derivative="[v]"), "dv/dt.* uses syntax that is not allowed"),
    "call": (lambda: with_v(derivative="eval(v)"), "dv/dt.* calls 'eval'; functions allowed: exp"),
    "threshold": (lambda: replace(LIF, threshold="v - V_th"), "threshold.* uses 'V_th'"),
    "hazard": (lambda: replace(ESCAPE, hazard="rho"), "hazard.* uses 'rho'"),
    "threshold and hazard": (lambda: replace(LIF, hazard="v"), "needs either a threshold or a hazard"),
    "neither of them": (lambda: replace(LIF, threshold=""), "needs either a threshold or a hazard"),
    "reset of nothing": (
        lambda: replace(LIF, reset=(("u", "0"),)),
        "resets 'u', which is no variable; known: v, I_syn",
    ),
    "reset": (lambda: replace(LIF, reset=(("v", "V_r"),)), "reset of v.* uses 'V_r'"),
    "refractory": (lambda: replace(LIF, refractory="t_r"), "unknown constant of lif_excitatory 't_r'; known: .*t_ref"),
    "unit current": (lambda: replace(LIF, unit_current="J"), "unknown constant of lif_excitatory 'J'"),
    "input": (lambda: replace(LIF, input_variable="g"), "spikes raise 'g', which is no variable; known: v, I_syn"),
    "time constant": (lambda: replace(LIF, time_constants=("tau",)), "unknown constant of lif_excitatory 'tau'"),
    "source": (lambda: replace(LIF, source="nobody1900"), "'nobody1900', no key of plasticity.sources"),
    "name twice": (lambda: replace(LIF, variables=(V, V)), "the name 'v' is .*used twice"),
    "reserved name": (
        lambda: replace(LIF, constants=(*LIF.constants, Constant("exp", 1.0, "1", ""))),
        "the name 'exp' is .*reserved",
    ),
    "name of white noise": (
        lambda: replace(LIF, constants=(*LIF.constants, Constant("xi_1", 1.0, "1", ""))),
        "the name 'xi_1' is .*reserved",
    ),
    "private name": (
        lambda: replace(LIF, constants=(*LIF.constants, Constant("_J", 1.0, "1", ""))),
        "the name '_J' is impossible",
    ),
    "time constant of zero": (lambda: with_constants(LIF, tau_m=0.0), "tau_m is 0.0 s; more than 0 is needed"),
    "time constant below zero": (lambda: with_constants(LIF, tau_syn=-1.0), "tau_syn is -1.0 s; more than 0"),
    "refractory time": (lambda: with_constants(LIF, t_ref=-1e-3), "t_ref is negative; 0 or more is needed"),
    "NaN": (lambda: with_constants(LIF, R_m=np.nan), "constant R_m is nan; every number must be finite"),
    "infinity": (lambda: with_constants(LIF, bias=np.inf), "constant bias is inf; every number must be finite"),
    "text": (lambda: with_constants(LIF, bias="1"), "constant bias is '1'"),
    "unit": (lambda: Constant("R", 1.0, "furlong", ""), "the unit of constant R is 'furlong'; allowed: 1, s"),
    "source of a constant": (
        lambda: Constant("R", 1.0, "1", "", "nobody1900"),
        "the source of constant R is 'nobody1900', no key",
    ),
    "constant": (lambda: with_constants(LIF, tau=1.0), "unknown constant of lif_excitatory 'tau'; known: E_L"),
    "neuron": (lambda: NEURONS["lif"], "unknown neuron 'lif'; known: escape_lif, lif_excitatory"),
    "noise of zero": (lambda: white_noise(LIF, 0.0), "sigma is 0 V; more than 0 V is allowed"),
    "noise NaN": (lambda: white_noise(LIF, np.nan), "sigma is nan; every number must be finite"),
    "noise twice": (lambda: white_noise(white_noise(LIF, 1e-3), 1e-3), "has noise already"),
    "noise and hazard": (lambda: white_noise(ESCAPE, 1e-3), "escape_lif has noise already"),
    "rate unknown": (lambda: closed_form_rate(replace(LIF, rate=None)), "no closed form .*plasticity.spiking.rates"),
    "no hazard": (lambda: firing_probability(LIF, 0.0, 1e-3), "lif_excitatory has no escape noise"),
    "probability at no current": (
        lambda: firing_probability(ESCAPE, np.nan, 1e-3),
        "the current is nan; every number must be finite",
    ),
    "window of zero": (lambda: firing_probability(ESCAPE, 0.0, 0.0), "the window is 0 s; more than 0 s is allowed"),
}


@pytest.mark.parametrize("made, said", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_what_is_impossible_is_refused_in_one_line(made, said):
    with pytest.raises((NeuronError, UnknownName), match=said) as caught:
        made()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", NEURONS)
def test_every_neuron_is_found_by_its_name(name):
    assert NEURONS[name].name == name == str(NEURONS[name])


def test_other_constants_leave_the_record_as_it_was_and_are_our_choice():
    changed = with_constants(LIF, tau_m=10e-3)
    found = {constant.name: constant for constant in changed.constants}["tau_m"]
    assert (found.value, found.source, LIF.values["tau_m"]) == (10e-3, "our choice", 20e-3)


def test_a_constant_is_written_in_its_unit():
    assert [str(constant) for constant in LIF.constants[:2]] == ["tau_m = 20 ms", "E_L = -70 mV"]


def test_inhibitory_and_excitatory_neurons_differ_in_nothing_but_their_sign():
    inhibitory = NEURONS["lif_inhibitory"]
    same = replace(inhibitory, name=LIF.name, summary=LIF.summary, effect=LIF.effect)
    assert same == LIF and (LIF.sign, inhibitory.sign) == (1, -1)


def test_white_noise_adds_to_the_voltage_alone():
    noisy = white_noise(LIF, 2e-3)
    assert noisy.values == {**LIF.values, "sigma": 2e-3}
    assert noisy.variables == (Variable(**{**vars(V), "noise": noisy.variables[0].noise}), I_SYN)
