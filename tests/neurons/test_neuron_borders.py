"""What comes into neurons: units and numbers of any kind are taken, what is impossible is refused by name."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from plasticity.errors import NeuronError, ParameterError, PlasticityError
from plasticity.neurons import (
    NEURONS,
    Clamp,
    Parameter,
    Receptor,
    Variable,
    closed_form_rate,
    firing_probability,
    known_in_closed_form,
    rate_in_steps,
    rheobase,
    synaptic_potential,
    white_noise,
    with_parameters,
)

LIF, ESCAPE, WHITE = NEURONS["lif_excitatory"], NEURONS["escape_lif"], NEURONS["white_noise_lif"]
V, I_SYN = LIF.variables

FIELDS = {
    "effect": ["Excitatory", "", None, 1, "excitatory ", ["excitatory"]],
    "integration": ["rk9", "Exact", None, 0, "exponential_euler"],
    "name": ["", None, 5, "a\nb", "\x1b[2J"],
    "source": [None, 5, ["song2000"], "Song2000"],
    "summary": [None, 5, "two\nlines"],
    "parameters": [None, 5, "tau_m", {}, (5,)],
    "variables": [None, (), (None,), "v", (V, "I_syn")],
    "voltage": [None, 5, "", "V", ["v"]],
    "threshold": [None, 5, "(" * 99],
    "fires_on": [None, 5, "", "Crossing", True],
    "hazard": [None, 5],
    "reset": [None, 5, (("v", "V_reset"),), {"v": 5}, {5: "v"}, {"v": "(" * 99}],
    "clamps": [None, 5, {"v": "V_reset"}, {"v": ("V_reset", "t_ref")}, {5: Clamp("V_reset", "t_ref")}],
    "refractory": [None, 5, "T_ref", "v", ["t_ref"]],
    "receptors": [None, 5, "v", {"excitation": ("I_syn", "J_syn", 1)}, {5: LIF.receptors["excitation"]}],
    "time_constants": ["tau_m", None, (5,), ("tau",)],
    "membrane_time_constant": [None, 5, "v", "tau"],
    "closed_form": [5, "lif_rate", LIF.closed_form.rate],
}


def shown(value):
    """The id of a case, which holds no address: those differ between processes."""
    return value.__name__ if callable(value) else repr(value)


@pytest.mark.parametrize("field, value", [(f, v) for f, values in FIELDS.items() for v in values], ids=shown)
def test_every_word_of_a_neuron_is_checked_when_it_is_made(field, value):
    with pytest.raises(PlasticityError):
        replace(LIF, **{field: value})


@pytest.mark.parametrize("field", ["flow", "unit", "start", "noise", "held", "name"])
@pytest.mark.parametrize("value", [None, 5, ["v"], np.nan])
def test_every_word_of_a_variable_is_checked_when_it_is_made(field, value):
    with pytest.raises(NeuronError):
        replace(V, **{field: value})


@pytest.mark.parametrize("field", ["variable", "size", "sign", "reversal", "while_refractory"])
@pytest.mark.parametrize("value", [None, 5, ["v"], np.nan, "\x07"])
def test_every_word_of_a_receptor_is_checked_when_a_neuron_has_it(field, value):
    with pytest.raises(PlasticityError):
        replace(LIF, receptors={"excitation": replace(LIF.receptors["excitation"], **{field: value})})


@pytest.mark.parametrize("sign", [np.int64(-1), -1.0, np.float32(-1), np.array(-1)], ids=repr)
def test_a_sign_may_be_a_number_of_any_kind(sign):
    inhibition = Receptor("I_syn", "J_syn", sign)
    assert type(inhibition.sign) is int and inhibition == LIF.receptors["inhibition"]
    assert LIF.receptor(sign) is LIF.receptors["inhibition"]


@pytest.mark.parametrize("field", ["value", "time"])
@pytest.mark.parametrize("value", [None, 5, ["v"], np.nan, "\x07", ""])
def test_every_word_of_a_clamp_is_checked_when_a_neuron_has_it(field, value):
    with pytest.raises(PlasticityError):
        replace(LIF, clamps={"v": replace(Clamp("V_reset", "t_ref"), **{field: value})})


def test_white_noise_in_exact_steps_is_refused_and_not_dropped():
    with pytest.raises(NeuronError, match="white noise, which no step is exact for; integration 'euler'"):
        replace(WHITE, integration="exact")


TAKEN = [np.float32(0.5), np.int64(2), np.array(0.005), Fraction(1, 3), np.float16(0.25), 1, True + 1]


@pytest.mark.parametrize("value", TAKEN, ids=repr)
def test_a_parameter_is_any_real_number_and_kept_as_a_float(value):
    kept = with_parameters(LIF, bias=value).values["bias"]
    assert type(kept) is float and kept == float(value)


@pytest.mark.parametrize("value", [True, "1", None, 1j, [1.0], np.array([1.0, 2.0]), 10**400, np.inf, print], ids=repr)
def test_what_is_no_finite_real_number_is_no_parameter(value):
    with pytest.raises(ParameterError, match="parameter bias"):
        with_parameters(LIF, bias=value)


IMPOSSIBLE = {
    "rate of a name": lambda: closed_form_rate("lif_excitatory"),
    "rate without a parameter": lambda: closed_form_rate(replace(LIF, closed_form=LIF.closed_form.under_white_noise)),
    "current of text": lambda: closed_form_rate(LIF, "1"),
    "current in ragged lists": lambda: closed_form_rate(LIF, [[1e-10], [1e-10, 2e-10]]),
    "parameters of nobody": lambda: with_parameters(None, tau_m=1.0),
    "step below zero": lambda: rate_in_steps(LIF, 3e-10, -1.0),
    "step of zero": lambda: rate_in_steps(LIF, 3e-10, 0),
    "step NaN": lambda: rate_in_steps(LIF, 3e-10, np.nan),
    "step without end": lambda: rate_in_steps(LIF, 3e-10, np.inf),
    "step too fine for escape noise": lambda: rate_in_steps(ESCAPE, 3e-10, 1e-9),
    "step far too fine": lambda: rate_in_steps(LIF, 3e-10, 5e-324),
    "steps of nobody": lambda: rate_in_steps(None, 3e-10, 1e-4),
    "window below zero": lambda: firing_probability(ESCAPE, 3e-10, -1.0),
    "window of text": lambda: firing_probability(ESCAPE, 3e-10, "1 ms"),
    "probability of nobody": lambda: firing_probability(None, 3e-10, 1e-3),
    "rheobase of a name": lambda: rheobase("lif_excitatory"),
    "rheobase without resistance": lambda: rheobase(with_parameters(LIF, R_m=0.0)),
    "weight NaN": lambda: synaptic_potential(LIF, np.nan),
    "weight beyond numbers": lambda: synaptic_potential(with_parameters(LIF, J_syn=1e300), 1e300),
    "potential of nobody": lambda: synaptic_potential(5, 0.5),
    "noise below zero": lambda: white_noise(LIF, -1e-3),
    "noise of text": lambda: white_noise(LIF, "1 mV"),
    "noise of nobody": lambda: white_noise(None, 1e-3),
    "neuron by number": lambda: NEURONS[5],
    "neuron by list": lambda: NEURONS[["lif_excitatory"]],
}


@pytest.mark.filterwarnings("ignore::plasticity.errors.UnitWarning")  # of a size that no constant has
@pytest.mark.parametrize("made", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_what_is_impossible_is_refused_in_one_line_of_ours(made):
    with pytest.raises(PlasticityError) as caught:
        made()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", [name for name in NEURONS if "rate" in known_in_closed_form(NEURONS[name])])
def test_a_current_beyond_all_currents_fires_once_a_refractory_time_or_never(name):
    neuron = NEURONS[name]
    waits = 1 / neuron.values.get("rate_most", np.inf)  # a sigmoid hazard has a largest value
    assert closed_form_rate(neuron, [1e308, -1e308]) == pytest.approx([1 / (neuron.values["t_ref"] + waits), 0.0])


def test_a_closed_form_says_which_parameter_a_neuron_lacks():
    bare = replace(
        LIF, name="bare", parameters=(Parameter("tau", 0.01, "ms"), Parameter("V_0", 1.0, "V")), refractory="",
        variables=(Variable("v", "-v/tau", "mV"),), threshold="v - V_0", reset={"v": "V_0"}, time_constants=("tau",),
        membrane_time_constant="tau", receptors={}, closed_form=replace(LIF.closed_form, of=None),
    )  # fmt: skip
    for formula in (rheobase, closed_form_rate, lambda neuron: synaptic_potential(neuron, 1.0)):
        with pytest.raises(NeuronError, match="closed form of bare needs the parameter '.*', which it lacks; add it"):
            formula(bare)
