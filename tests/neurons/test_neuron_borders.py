"""What comes into neurons: units and numbers of any kind are taken, what is impossible is refused by name."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from plasticity.errors import NeuronError, PlasticityError
from plasticity.neurons import (
    NEURONS,
    Constant,
    Variable,
    closed_form_rate,
    find,
    firing_probability,
    rate_in_steps,
    rheobase,
    synaptic_potential,
    white_noise,
    with_constants,
)

LIF, ESCAPE, WHITE = NEURONS["lif_excitatory"], NEURONS["escape_lif"], NEURONS["white_noise_lif"]
V, I_SYN = LIF.variables
REST = {name: getattr(LIF, name) for name in ("constants", "variables", "reset")}

FIELDS = {
    "effect": ["Excitatory", "", None, 1, "excitatory ", ["excitatory"]],
    "integration": ["rk9", "Exact", None, 0, "exponential_euler"],
    "name": ["", None, 5, "a\nb", "\x1b[2J"],
    "source": [None, 5, ["song2000"], "Song2000"],
    "summary": [None, 5, "two\nlines"],
    "constants": [None, 5, "tau_m", {}, (5,), [*LIF.constants]],
    "variables": [None, (), (None,), "v", (V, "I_syn")],
    "threshold": [None, 5, "(" * 99],
    "hazard": [None, 5],
    "reset": [None, 5, {"v": "V_reset"}, ("v",), (("v",),), (("v", 5),), (("v", "V_reset", "0"),)],
    "refractory": [None, 5, "", "T_ref", "v"],
    "time_constants": ["tau_m", None, (5,), ("tau",)],
    "input_variable": [None, 5, "", "V"],
    "unit_current": [None, 5, "", "j_syn"],
    "rate": [5, "lif_rate"],
}


@pytest.mark.parametrize("field, value", [(f, v) for f, values in FIELDS.items() for v in values], ids=repr)
def test_every_word_of_a_neuron_is_checked_when_it_is_made(field, value):
    with pytest.raises(PlasticityError):
        replace(LIF, **{field: value})


@pytest.mark.parametrize("field", ["derivative", "start", "noise", "is_held", "name"])
@pytest.mark.parametrize("value", [None, 5, ["v"], np.nan])
def test_every_word_of_a_variable_is_checked_when_it_is_made(field, value):
    with pytest.raises(NeuronError):
        replace(V, **{field: value})


@pytest.mark.parametrize("field", ["unit", "source", "name", "meaning"])
@pytest.mark.parametrize("value", [None, 5, ["V"], "\x07"])
def test_every_word_of_a_constant_is_checked_when_it_is_made(field, value):
    with pytest.raises(NeuronError):
        replace(LIF.constants[0], **{field: value})


def test_white_noise_in_exact_steps_is_refused_and_not_dropped():
    with pytest.raises(NeuronError, match="white noise, which no step is exact for; integration 'euler'"):
        replace(WHITE, integration="exact")


TAKEN = [np.float32(0.5), np.int64(2), np.array(0.005), Fraction(1, 3), np.float16(0.25), 1, True + 1]


@pytest.mark.parametrize("value", TAKEN, ids=repr)
def test_a_constant_is_any_real_number_and_kept_as_a_float(value):
    kept = with_constants(LIF, bias=value).values["bias"]
    assert type(kept) is float and kept == float(value)


@pytest.mark.parametrize("value", [True, "1", None, 1j, [1.0], np.array([1.0, 2.0]), 10**400, np.inf, print], ids=repr)
def test_what_is_no_finite_real_number_is_no_constant(value):
    with pytest.raises(NeuronError, match="constant bias"):
        with_constants(LIF, bias=value)


IMPOSSIBLE = {
    "rate of a name": lambda: closed_form_rate("lif_excitatory"),
    "rate without a constant": lambda: closed_form_rate(replace(ESCAPE, rate=WHITE.rate, constants=ESCAPE.constants)),
    "current of text": lambda: closed_form_rate(LIF, "1"),
    "current in ragged lists": lambda: closed_form_rate(LIF, [[1e-10], [1e-10, 2e-10]]),
    "constants of nobody": lambda: with_constants(None, tau_m=1.0),
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
    "rheobase without resistance": lambda: rheobase(with_constants(LIF, R_m=0.0)),
    "weight NaN": lambda: synaptic_potential(LIF, np.nan),
    "weight beyond numbers": lambda: synaptic_potential(with_constants(LIF, J_syn=1e300), 1e300),
    "potential of nobody": lambda: synaptic_potential(5, 0.5),
    "noise below zero": lambda: white_noise(LIF, -1e-3),
    "noise of text": lambda: white_noise(LIF, "1 mV"),
    "noise of nobody": lambda: white_noise(None, 1e-3),
    "neuron by number": lambda: find(5),
    "neuron by list": lambda: find(["lif_excitatory"]),
}


@pytest.mark.filterwarnings("ignore::plasticity.errors.UnitWarning")  # of a size that no constant has
@pytest.mark.parametrize("made", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_what_is_impossible_is_refused_in_one_line_of_ours(made):
    with pytest.raises(PlasticityError) as caught:
        made()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", NEURONS)
def test_a_current_beyond_all_currents_fires_once_a_refractory_time_or_never(name):
    neuron = NEURONS[name]
    assert closed_form_rate(neuron, [1e308, -1e308]) == pytest.approx([1 / neuron.values["t_ref"], 0.0])


def test_a_formula_of_the_membrane_says_which_constant_a_neuron_lacks():
    bare = replace(
        LIF, name="bare", constants=(Constant("tau", 0.01, "ms", ""), Constant("t", 0.0, "ms", "")),
        variables=(Variable("v", "-v/tau", "0"),), threshold="v - 1", reset=(("v", "0"),), refractory="t",
        time_constants=("tau",), input_variable="v", unit_current="tau",
    )  # fmt: skip
    for formula in (rheobase, closed_form_rate, lambda neuron: synaptic_potential(neuron, 1.0)):
        with pytest.raises(NeuronError, match="bare (has no|needs the) constant|closed form of bare needs"):
            formula(bare)


def test_noise_on_a_neuron_of_another_kind_has_no_closed_form():
    assert white_noise(replace(LIF, rate=None), 1e-3).rate is None
