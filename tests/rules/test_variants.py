"""Functions from rule to rule: each changes what it says, and nothing else."""

import math
from dataclasses import replace

import numpy as np
import pytest
import quantities
from one_path import BOUNDED, PAIR, path

from plasticity import events, rates
from plasticity.errors import ArgumentError, ParameterError, RuleError, UnitWarning, UnknownName
from plasticity.neurons import NEURONS
from plasticity.rules import (
    RULES,
    UNBOUNDED,
    Bounds,
    anti,
    biological,
    is_readable,
    nearest,
    noiseless,
    scaled,
    soft_bounds,
    unbounded,
    weight,
    with_bounds,
    with_parameters,
)
from plasticity.rules.system import system

TRACED = [rule for rule in RULES.values() if system(rule).traces]
GROWING = {"synaptic_scaling"}  # with a sum that has no mean, so no drift either
DRIFTING = [
    rule
    for rule in RULES.values()
    if is_readable(rule, "rates") and (rule.weight.jumps or rule.weight.flow != "0") and rule.name not in GROWING
]
RATE_RULES = [rule for rule in RULES.values() if "rate" in system(rule).needs]


@pytest.mark.parametrize("rule", RULES.values(), ids=str)
def test_unbounded_takes_the_bounds_away_and_nothing_else(rule):
    assert unbounded(rule) == replace(with_bounds(rule, UNBOUNDED), name=f"unbounded({rule})")


@pytest.mark.parametrize("rule", RULES.values(), ids=str)
def test_biological_clamps_at_zero_and_on_demand_above(rule):
    assert biological(rule).bounds == Bounds(0.0, math.inf)
    assert biological(unbounded(rule), 2.0).bounds == Bounds(0.0, 2.0)


@pytest.mark.parametrize("rule", [rule for rule in TRACED if not rule.signals], ids=str)
def test_nearest_spikes_are_all_spikes_while_there_is_one_of_each(rule):
    one = events.final_weight(noiseless(rule), [0.1], [0.11], 0.5)

    assert events.final_weight(nearest(noiseless(rule)), [0.1], [0.11], 0.5) == one


@pytest.mark.parametrize("rule", RULES.values(), ids=str)
def test_nearest_twice_is_nearest(rule):
    if rule in TRACED:
        assert nearest(nearest(rule)).state == nearest(rule).state
    else:
        with pytest.raises(RuleError, match=rf"nearest\(\) needs a rule with traces of spikes; {rule} has none"):
            nearest(rule)


@pytest.mark.parametrize("rule", BOUNDED, ids=str)
def test_anti_turns_every_change_over(rule):
    turned, straight = np.diff(path(anti(unbounded(rule)))), np.diff(path(unbounded(rule)))

    np.testing.assert_allclose(turned, -straight, rtol=1e-12, atol=1e-15)
    assert straight.any()


@pytest.mark.parametrize("rule", DRIFTING, ids=str)
def test_anti_twice_is_the_rule_again(rule):
    twice = anti(anti(rule))

    assert system(twice).start_weight == system(rule).start_weight
    assert rates.drift(twice, 7.0, 11.0, 0.5) == rates.drift(rule, 7.0, 11.0, 0.5)


def test_anti_turns_the_order_at_one_instant_so_that_potentiation_still_comes_first():
    turned = anti(PAIR)

    # both start at a bound at which the side that depresses would be lost if it came first
    gain = PAIR.values["A_minus"] * math.exp(-0.5) - PAIR.values["A_plus"] * math.exp(-0.5)
    assert [turn.jump.event for _, turn in system(turned).turns] == ["pre", "post"]
    assert events.final_weight(turned, [0.1, 0.11], [0.1, 0.11], 0.0) == pytest.approx(gain, rel=1e-9)


@pytest.mark.parametrize("rule", RATE_RULES, ids=str)
@pytest.mark.parametrize("change", [anti, lambda rule: scaled(rule, 2.0)])
def test_a_changed_rate_rule_loses_its_spiking_form(rule, change):
    assert change(rule).spiking_form == ""


@pytest.mark.parametrize("rule", DRIFTING, ids=str)
@pytest.mark.parametrize("factor", [1e-3, 2.5])
def test_scaled_multiplies_the_drift(rule, factor):
    expected = factor * rates.drift(rule, 7.0, 11.0, 0.5)

    assert rates.drift(scaled(rule, factor), 7.0, 11.0, 0.5) == pytest.approx(expected, rel=1e-12)
    assert rates.drift(scaled(scaled(rule, factor), 2.0), 7.0, 11.0, 0.5) == pytest.approx(2 * expected, rel=1e-12)


def test_scaled_twice_is_scaled_once_by_the_product():
    assert scaled(scaled(PAIR, 2.0), 3.0).values["scale"] == 6.0
    assert scaled(scaled(PAIR, 2.0), 3.0).weight == scaled(PAIR, 6.0).weight


@pytest.mark.parametrize("factor", [0.0, -1.0, math.nan, math.inf])
def test_a_factor_that_is_not_above_zero_is_refused(factor):
    with pytest.raises(ArgumentError, match=rf"the factor .* is {factor:g}; (more than 0|every number must be finite)"):
        scaled(PAIR, factor)


@pytest.mark.parametrize("upper", [0.0, -1.0, math.nan])
def test_an_upper_bound_that_is_not_above_zero_is_refused(upper):
    with pytest.raises(ArgumentError, match=f"the upper bound is {upper:g}; (more than 0|every number must be finite)"):
        biological(PAIR, upper)


NO_CHANGE = replace(PAIR, name="still", weight=weight({}))
SENSELESS = {
    "soft bounds twice": (lambda: soft_bounds(soft_bounds(PAIR)), "has soft bounds already"),
    "anti of nothing": (lambda: anti(NO_CHANGE), r"anti\(\) needs a rule that changes the weight; still never does"),
    "scaled nothing": (lambda: scaled(NO_CHANGE, 2.0), "changes the weight"),
    "soft bounds of nothing": (lambda: soft_bounds(NO_CHANGE), "changes the weight"),
}


@pytest.mark.parametrize(("make", "message"), SENSELESS.values(), ids=SENSELESS)
def test_a_variant_that_makes_no_sense_is_refused(make, message):
    with pytest.raises(RuleError, match=message):
        make()


def test_other_parameters_are_our_choice_and_the_rest_stays():
    changed = with_parameters(PAIR, A_plus=0.01)

    assert changed.values == {**PAIR.values, "A_plus": 0.01}
    assert [parameter.source for parameter in changed.parameters] == ["our choice", *["song2000"] * 3]


def test_an_unknown_parameter_is_answered_with_the_known_ones():
    with pytest.raises(UnknownName, match="unknown parameter of pair_stdp 'tau'; known: A_minus, A_plus, tau_minus, t"):
        with_parameters(PAIR, tau=0.02)


@pytest.mark.parametrize("value", [-0.02, 0.0, math.nan])
def test_an_impossible_time_constant_is_refused(value):
    with pytest.raises((RuleError, ParameterError), match="tau_plus"):
        with_parameters(PAIR, tau_plus=value)


def test_a_bare_number_that_may_be_in_milliseconds_is_doubted():
    rule = RULES["pair_stdp"]
    words = r"tau_plus = 20 s, 1000 times what it was \(20 ms\): parameters are in SI; did you mean 20 ms\?"
    with pytest.warns(UnitWarning, match=words):
        assert with_parameters(rule, tau_plus=20).values["tau_plus"] == 20.0
    with pytest.warns(UnitWarning, match="did you mean 5 ms"):
        with_parameters(rule, tau_plus=5)
    neuron = NEURONS["lif_excitatory"]
    with pytest.warns(UnitWarning, match="did you mean 2 ms"):
        with_parameters(neuron, t_ref=2)


@pytest.mark.parametrize("tau", [0.02, 1.9, 20 * quantities.s, 20 * quantities.ms])
def test_a_number_with_its_unit_or_of_a_possible_size_is_not_doubted(tau):
    with_parameters(RULES["pair_stdp"], tau_plus=tau)  # a warning would be an error
