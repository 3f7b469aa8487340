"""Brian2 scripts run by themselves and give the weights, and the spikes, of the record that they were made from."""

import re

import numpy as np
import pytest

from plasticity import events
from plasticity.errors import UnsupportedRule
from plasticity.export import brian2_text, exported
from plasticity.export.brian2_names import brian2_name
from plasticity.export.brian2_run import ran
from plasticity.neurons import NEURONS
from plasticity.rules import RULES, noiseless, soft_bounds, unbounded, with_conventions, with_parameters
from plasticity.rules.system import system

ROUNDING = 1e-12  # the same sums of exponentials, in another order
# Steps of 0.1 ms: a threshold is crossed within one, 321.8/150 s a second of the weight, a few times
IN_STEPS = 2e-4
ON_SPIKES = [rule for rule in RULES.values() if "rate" not in system(rule).needs]
FORMS = [
    RULES["triplet_all_to_all:hippocampal_culture"],
    with_conventions(RULES["inhibitory_stdp"], "nest"),
    with_conventions(RULES["reduced_symmetric_stdp"], "nest", imagined="pre at 0"),
    with_conventions(RULES["suppression_stdp"], clipping="own side"),
    with_conventions(soft_bounds(RULES["pair_stdp"], mu_plus=0.3), "brian2-example"),
    with_conventions(RULES["tsodyks_markram_stdp"], coincidence="post first", transmitted="after"),
    with_conventions(RULES["heterosynaptic_decay"], order="depression first"),
    unbounded(RULES["pair_stdp"]),
    RULES["calcium:P"],
]


def with_trains(script, **trains):
    """The script with other trains, in ms, as somebody edits them."""
    for event, times in trains.items():
        script = re.sub(rf'(    "{event}": )\[.*\],', rf"\g<1>{times!r},", script, count=1)
    return script


def residual(script):
    """What the script says that was measured by running it."""
    return float(re.search(r"# Residual: ([0-9.e+-]+)", script).group(1).rstrip(","))


def test_a_script_of_other_events_asks_brian2_for_no_reset_and_draws_no_warning():
    assert 'NeuronGroup(1, "", threshold="pre_table(t) > 0", reset=""' in brian2_text.senders(RULES["reward_stdp"])


def test_a_script_keeps_to_the_rule_when_its_trains_are_edited():
    rule, pre, post = (
        RULES["triplet_all_to_all:hippocampal_culture"],
        [10.0, 30.2, 47.0, 60.0, 61.1],
        [10.0, 12.3, 60.0],
    )
    script = exported(rule, "brian2")

    found = ran(re.sub("start_weight = .*", "start_weight = 0.7", with_trains(script, pre=pre, post=post)))

    expected = events.final_weight(rule, np.array(pre) / 1e3, np.array(post) / 1e3, 0.7)
    assert found["final weight"] == pytest.approx(expected, abs=ROUNDING)
    assert "expected" not in found


@pytest.mark.whole
def test_third_events_are_heard_and_the_residual_is_told():
    script = exported(RULES["reward_stdp"], "brian2", command="plasticity export reward_stdp")

    assert residual(script) < 1e-10  # Runge-Kutta of order 4, in steps of 0.1 ms
    assert "# Written by plasticity" in script and "doi:" in script


@pytest.mark.whole
def test_a_neuron_fires_in_its_script_as_here():
    script = exported(NEURONS["lif_excitatory"], "brian2")

    assert residual(script) == 0
    assert "75.7576 Hz, 75.7576 in closed form" in script


@pytest.mark.whole
@pytest.mark.parametrize("rule", [*ON_SPIKES, *FORMS], ids=lambda rule: f"{rule}-{rule.conventions.coincidence}")
def test_every_rule_on_spikes_is_the_same_in_its_script(rule):
    rule = noiseless(rule) if {"noise", "random jumps"} & system(rule).needs else rule

    script = exported(rule, "brian2")  # which is run in a process of its own while it is written

    assert residual(script) <= (IN_STEPS if "moving weight" in system(rule).needs else ROUNDING)


@pytest.mark.whole
@pytest.mark.parametrize("neuron", NEURONS.values(), ids=str)
def test_every_neuron_has_a_script(neuron):
    assert "# Residual: " in exported(neuron, "brian2")


def test_what_brian2_cannot_hear_is_refused_with_the_reason():
    with pytest.raises(UnsupportedRule, match="firing rates.*spiking_hebbian"):
        exported(RULES["hebbian"], "brian2")
    with pytest.raises(UnsupportedRule, match="at random"):
        exported(RULES["calcium_noisy"], "brian2")
    with pytest.raises(UnsupportedRule, match=r"13\.75 ms.*whole number"):
        exported(with_parameters(RULES["calcium"], D=13.75e-3), "brian2")
    with pytest.raises(UnsupportedRule, match=r"18\.8008 ms.*whole number"):
        exported(RULES["calcium:hippocampal_slices"], "brian2")


def test_no_name_that_brian2_keeps_is_used():
    from brian2.core.functions import DEFAULT_FUNCTIONS
    from brian2.core.namespace import DEFAULT_CONSTANTS, DEFAULT_UNITS

    kept = [name for name in (*DEFAULT_UNITS, *DEFAULT_CONSTANTS, *DEFAULT_FUNCTIONS) if name.isidentifier()]
    assert [name for name in kept if brian2_name(name) == name] == []
    assert brian2_name("r_pre", ["r_pre_value"]) == "r_pre_value_value" and brian2_name("tau_plus") == "tau_plus"
