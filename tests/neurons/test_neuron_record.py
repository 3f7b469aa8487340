"""Records of neurons: what is impossible gets one clear error when the record is made."""

from dataclasses import replace

import numpy as np
import pytest

from plasticity.errors import NeuronError, ParameterError, UnknownName
from plasticity.neurons import (
    NEURONS,
    Clamp,
    ClosedForm,
    Parameter,
    Receptor,
    Variable,
    closed_form_rate,
    firing_probability,
    white_noise,
    with_parameters,
)
from plasticity.neurons.library.lif import lif_rate

LIF, ESCAPE = NEURONS["lif_excitatory"], NEURONS["escape_lif"]
V, I_SYN = LIF.variables
EXCITATION = LIF.receptors["excitation"]


def with_v(**changes):
    return replace(LIF, variables=(replace(V, **changes), I_SYN))


def with_parameter(name, value=1.0, unit="1"):
    return replace(LIF, parameters=(*LIF.parameters, Parameter(name, value, unit)))


def with_receptor(**changes):
    return replace(LIF, receptors={"excitation": replace(EXCITATION, **changes)})


def clamped(value="V_threshold", time="t_ref", name="v", **changes):
    return replace(LIF, clamps={name: Clamp(value, time)}, **changes)


IMPOSSIBLE = {
    "flow": (lambda: with_v(flow="(E_L - u)/tau_m"), "dv/dt.* uses 'u', which is not known.*E_L"),
    "start": (lambda: with_v(start="v"), "start of v.* uses 'v'"),
    "noise": (lambda: with_v(noise="sigma"), "noise of v.* uses 'sigma'"),
    "noise of a state": (lambda: with_v(noise="v"), "noise of v.* uses 'v'"),
    "syntax": (lambda: with_v(flow="[v]"), "dv/dt.* uses syntax that is not allowed"),
    "call": (lambda: with_v(flow="eval(v)"), "dv/dt.* calls 'eval'; functions allowed: exp"),
    "unit of a variable": (lambda: with_v(unit="furlong"), "the unit of variable v is 'furlong'; allowed: 1, s"),
    "voltage": (lambda: replace(LIF, voltage="u"), "the voltage .* is 'u', which is no variable; known: v, I_syn"),
    "voltage in amperes": (lambda: replace(LIF, voltage="I_syn"), "the voltage .*I_syn, is in pA; V, mV or 1"),
    "volts against seconds": (
        lambda: replace(LIF, threshold="V_threshold - tau_m"),
        "lif_excitatory: threshold: V_threshold - tau_m: V minus s; like units are needed",
    ),
    "threshold against a number": (lambda: replace(LIF, threshold="v + 1"), "threshold: v . 1: V plus a number with"),
    "hazard in volts": (lambda: replace(ESCAPE, hazard="v"), "hazard: v is in V; 1/s is needed"),
    "flow in volts": (lambda: with_v(flow="E_L - v"), "dv/dt: E_L - v is in V; V/s is needed"),
    "flow of amperes into volts": (lambda: with_v(flow="(E_L - v + current)/tau_m"), "dv/dt: .*: V plus A; like units"),
    "start in amperes": (lambda: with_v(start="J_syn"), "start of v: J_syn is in A; V is needed"),
    "noise in volts": (
        lambda: replace(LIF, variables=(replace(V, noise="E_L"), I_SYN), integration="euler"),
        "noise of v is in V; mV per square root of a second is needed",
    ),
    "reset to seconds": (lambda: replace(LIF, reset={"v": "t_ref"}), "reset of v: t_ref is in s; V is needed"),
    "clamp to seconds": (lambda: clamped("t_ref"), "clamp of v: t_ref is in s; V is needed"),
    "exponential of volts": (lambda: with_v(flow="E_L*exp(v)/tau_m"), "exp of V; it takes a number without unit"),
    "after a jump": (lambda: replace(LIF, reset={"v": "after(v)"}), "reset of v.*after"),
    "no variable": (lambda: replace(LIF, variables=()), "has no variable"),
    "threshold": (lambda: replace(LIF, threshold="v - V_th"), "threshold.* uses 'V_th'"),
    "hazard": (lambda: replace(ESCAPE, hazard="rho"), "hazard.* uses 'rho'"),
    "threshold and hazard": (lambda: replace(LIF, hazard="v"), "needs either a threshold or a hazard"),
    "neither of them": (lambda: replace(LIF, threshold=""), "needs either a threshold or a hazard"),
    "hazard crossed": (lambda: replace(ESCAPE, fires_on="crossing"), "a hazard, which is not crossed; .*'condition'"),
    "fires on": (lambda: replace(LIF, fires_on="above"), "fires_on of .* is 'above'; allowed: condition, crossing"),
    "reset of nothing": (
        lambda: replace(LIF, reset={"u": "0"}),
        "resets is 'u', which is no variable",
    ),
    "reset": (lambda: replace(LIF, reset={"v": "V_r"}), "reset of v.* uses 'V_r'"),
    "reset to a number": (
        lambda: replace(LIF, reset={"v": -0.06}),
        "'v' in the reset of .* is -0.06; a str is",
    ),
    "refractory": (lambda: replace(LIF, refractory="t_r"), "unknown parameter of lif_excitatory 't_r'; .*mean t_ref"),
    "refractory volts": (lambda: replace(LIF, refractory="E_L"), "the refractory time .* E_L, in mV; a time is needed"),
    "held for what": (lambda: with_v(held="t"), "unknown parameter of lif_excitatory 't'"),
    "held for volts": (lambda: with_v(held="E_L"), "the time for which v is held .* E_L, in mV; a time is needed"),
    "clamp of nothing": (lambda: clamped(name="u"), "clamps is 'u', which is no variable; known: v, I_syn"),
    "clamp to what": (lambda: clamped("V_peak"), "clamp of v.* uses 'V_peak'"),
    "clamp for what": (lambda: clamped(time="t_c"), "unknown parameter of lif_excitatory 't_c'"),
    "clamp for longer": (lambda: clamped(time="tau_m"), "clamps v for 0.02 s, .* refractory time is 0.002 s; at least"),
    "clamp of text": (lambda: replace(LIF, clamps={"v": "V_peak"}), "'v' in the clamps of .* is 'V_peak'; a Clamp"),
    "kept in a clamp": (
        lambda: clamped(receptors={"in": Receptor("v", "V_reset")}),
        "the receptor 'in' .*keeps spikes that the clamp of v undoes; 'discarded' fits",
    ),
    "receptor of nothing": (lambda: with_receptor(variable="g"), "'excitation' .* is 'g', which is no variable"),
    "size": (lambda: with_receptor(size="J"), "unknown parameter of lif_excitatory 'J'; known: E_L, J_syn"),
    "size in volts": (lambda: with_receptor(size="E_L"), "raises I_syn, in pA, by E_L, in mV; units of one dimension"),
    "sign": (lambda: with_receptor(sign=0), "the sign of a receptor is 0; .1 for excitation and -1"),
    "sign in words": (lambda: with_receptor(sign="+"), r"the sign of a receptor is '\+'"),
    "reversal": (lambda: with_receptor(reversal="E_e"), "unknown parameter of lif_excitatory 'E_e'"),
    "reversal unused": (
        lambda: with_receptor(reversal="V_reset"),
        "potential V_reset, which no equation reads",
    ),
    "reversal in amperes": (
        lambda: with_receptor(reversal="J_syn"),
        "J_syn, in pA; one in the unit of v, mV",
    ),
    "while refractory": (lambda: with_receptor(while_refractory="lost"), "is 'lost'; allowed: kept, discarded"),
    "deaf for no time": (
        lambda: replace(LIF, refractory="", receptors={"in": replace(EXCITATION, while_refractory="discarded")}),
        "discards spikes while refractory, but there is no refractory time; 'kept' fits",
    ),
    "receptor of text": (lambda: replace(LIF, receptors={"in": "v"}), "'in' in the receptors .* is 'v'; a Receptor is"),
    "receptors in a list": (lambda: replace(LIF, receptors=[EXCITATION]), "receptors of .* a mapping is allowed"),
    "receptor without a name": (lambda: replace(LIF, receptors={"": EXCITATION}), "the name of a receptor .* is ''"),
    "time constant": (lambda: replace(LIF, time_constants=("tau",)), "unknown parameter of lif_excitatory 'tau'"),
    "time constant of ohms": (lambda: replace(LIF, time_constants=("R_m",)), "R_m, in Mohm; a time is needed"),
    "time constant of no time": (lambda: replace(LIF, time_constants=("R_m*tau_m",)), "is in V.s/A; s is needed"),
    "time constant that is negative": (
        lambda: replace(LIF, time_constants=("-2*tau_m",)),
        "-2.tau_m = -0.04 s; a time abov",
    ),
    "endless time constant": (lambda: replace(LIF, time_constants=("tau_m/0.0",)), "= inf s; a time above 0 is needed"),
    "membrane": (lambda: replace(LIF, membrane_time_constant="C"), "unknown parameter of lif_excitatory 'C'"),
    "membrane of volts": (lambda: replace(LIF, membrane_time_constant="E_L"), "E_L, in mV; a time is needed"),
    "membrane of zero": (
        lambda: replace(with_parameter("tau", 0.0, "s"), membrane_time_constant="tau"),
        "tau is 0.0 s; more than 0 is needed",
    ),
    "integration": (lambda: replace(LIF, integration="rk9"), "is 'rk9'; allowed: exact, euler, rk4, exponential euler"),
    "exact of what is not linear": (
        lambda: with_v(flow="v*v/(tau_m*E_L)"),
        "says integration 'exact', but dv/dt is not linear; 'rk4', 'euler' and 'exponential euler' are allowed",
    ),
    "exact of a current that multiplies": (lambda: with_v(flow="v*current/(tau_m*J_syn)"), "dv/dt is not linear"),
    "exponential of an exponential": (
        lambda: replace(
            LIF, variables=(replace(V, flow="E_L*exp(v/E_L)/tau_m"), I_SYN), integration="exponential euler"
        ),
        "'exponential euler', but dv/dt is not linear in v; 'rk4' and 'euler' are allowed",
    ),
    "closed form": (
        lambda: replace(LIF, closed_form=lif_rate),
        "is <function lif_rate.*; a ClosedForm or None",
    ),
    "closed form of a number": (
        lambda: ClosedForm(rate=40.0),
        "the rate of a closed form is 40.0; a function or",
    ),
    "source": (lambda: replace(LIF, source="nobody1900"), "'nobody1900', no key of plasticity.sources"),
    "name twice": (lambda: replace(LIF, variables=(V, V)), "the name 'v' is .*used twice"),
    "parameter called as a variable": (lambda: with_parameter("v"), "the name 'v' is used twice"),
    "name of the current": (lambda: with_parameter("current"), "the name 'current' is impossible or reserved"),
    "reserved name": (lambda: with_parameter("exp"), "the name 'exp' is .*reserved"),
    "name of white noise": (lambda: with_parameter("xi_1"), "the name 'xi_1' is .*reserved"),
    "private name": (lambda: with_parameter("_J"), "the name '_J' is impossible"),
    "time constant of zero": (lambda: with_parameters(LIF, tau_m=0.0), "tau_m is 0 ms; 0.001 ms or more is allowed"),
    "time constant below zero": (lambda: with_parameters(LIF, tau_syn=-1.0), "tau_syn is -1000 ms; 0.001 ms or more"),
    "resistance below zero": (lambda: with_parameters(LIF, R_m=-1e8), "R_m is -100 Mohm; 1e-06 Mohm or more"),
    "refractory time": (lambda: with_parameters(LIF, t_ref=-1e-3), "t_ref is -1 ms; 0 ms or more is allowed"),
    "refractory time without least": (
        lambda: replace(with_parameter("t", -1.0, "s"), refractory="t"),
        "lif_excitatory.t is -1.0 s; 0 or more is needed",
    ),
    "NaN": (lambda: with_parameters(LIF, R_m=np.nan), "parameter R_m is nan; every number must be finite"),
    "infinity": (lambda: with_parameters(LIF, bias=np.inf), "parameter bias is inf; every number must be finite"),
    "text": (lambda: with_parameters(LIF, bias="1"), "parameter bias is '1'"),
    "parameter": (lambda: with_parameters(LIF, tau=1.0), "unknown parameter of lif_excitatory 'tau'; known: E_L"),
    "neuron": (lambda: NEURONS["lif"], "unknown neuron 'lif'; known: .*lif_excitatory"),
    "noise of zero": (lambda: white_noise(LIF, 0.0), "sigma is 0 V; more than 0 V is allowed"),
    "noise NaN": (lambda: white_noise(LIF, np.nan), "sigma is nan; every number must be finite"),
    "noise twice": (lambda: white_noise(white_noise(LIF, 1e-3), 1e-3), "has noise already"),
    "noise and hazard": (lambda: white_noise(ESCAPE, 1e-3), "escape_lif has noise already"),
    "noise without a membrane": (
        lambda: white_noise(replace(LIF, membrane_time_constant=""), 1e-3),
        "lif_excitatory says no membrane_time_constant, .*declare it",
    ),
    "noise in exact steps": (lambda: with_v(noise="E_L/sqrt(tau_m)"), "has white noise, .*'euler' is needed"),
    "rate unknown": (lambda: closed_form_rate(replace(LIF, closed_form=None)), "no closed form .*spiking.rates"),
    "no hazard": (lambda: firing_probability(LIF, 0.0, 1e-3), "lif_excitatory has no escape noise"),
    "probability at no current": (
        lambda: firing_probability(ESCAPE, np.nan, 1e-3),
        "the current is nan; every number must be finite",
    ),
    "window of zero": (lambda: firing_probability(ESCAPE, 0.0, 0.0), "the window is 0 s; more than 0 s is allowed"),
    "no such receptor": (lambda: LIF.receptor(1, "NMDA"), "unknown receptor of lif_excitatory 'NMDA'; known: excit"),
    "receptor of the other sign": (
        lambda: LIF.receptor(-1, "excitation"),
        "'excitation' of lif_excitatory does not take inhibitory spikes; receptors that do: inhibition",
    ),
    "no receptor for the sign": (
        lambda: with_receptor().receptor(-1),
        "no receptor .* takes inhibitory .*sign -1",
    ),
    "two receptors": (
        lambda: replace(LIF, receptors={"AMPA": EXCITATION, "NMDA": EXCITATION}).receptor(1),
        "several receptors for excitatory spikes: AMPA, NMDA; name one",
    ),
    "sign of nothing": (lambda: LIF.receptor(0), "the sign of spikes is 0; .1 for excitation and -1"),
    "receptor by number": (lambda: LIF.receptor(1, 5), "the name of a receptor of lif_excitatory is 5; a str is"),
    "variable by number": (lambda: LIF.variable(5), "the name of a variable of lif_excitatory is 5; a str is"),
    "key of two lines": (lambda: replace(LIF, reset={"v\n": None}), r"'v\\n' in the reset of lif_excitatory is None"),
    "no such variable": (lambda: LIF.variable("u"), "unknown variable of lif_excitatory 'u'; known: I_syn, v"),
}


@pytest.mark.parametrize("made, said", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_what_is_impossible_is_refused_in_one_line(made, said):
    with pytest.raises((NeuronError, ParameterError, UnknownName), match=said) as caught:
        made()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", NEURONS)
def test_every_neuron_is_found_by_its_name(name):
    assert NEURONS[name].name == name == str(NEURONS[name])


def test_other_parameters_leave_the_record_as_it_was_and_are_our_choice():
    changed = with_parameters(LIF, tau_m=10e-3)
    found = {parameter.name: parameter for parameter in changed.parameters}["tau_m"]
    assert (found.value, found.source, LIF.values["tau_m"]) == (10e-3, "our choice", 20e-3)


def test_a_parameter_is_written_in_its_unit():
    assert [str(parameter) for parameter in LIF.parameters[:2]] == ["tau_m = 20 ms", "E_L = -70 mV"]


def test_inhibitory_and_excitatory_neurons_differ_in_nothing_but_their_sign():
    inhibitory = NEURONS["lif_inhibitory"]
    words = {part: getattr(LIF, part) for part in ("name", "summary", "purpose", "effect")}
    same = replace(inhibitory, **words)
    assert same == LIF and (LIF.sign, inhibitory.sign) == (1, -1)


def test_white_noise_adds_to_the_voltage_alone():
    noisy = white_noise(LIF, 2e-3)
    assert noisy.values == {**LIF.values, "sigma": 2e-3}
    assert noisy.variables == (Variable(**{**vars(V), "noise": noisy.variables[0].noise}), I_SYN)
