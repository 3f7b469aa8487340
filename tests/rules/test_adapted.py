"""A rule as a person asks for it: each text gives what the function of Python gives."""

import math

import pytest

from plasticity import events
from plasticity.errors import ArgumentError, ParameterError, RuleError, UnknownName
from plasticity.rules import RULES, Bounds, nearest, scaled, soft_bounds, with_bounds, with_conventions
from plasticity.rules.adapted import VARIANTS, Adaptation, read_settings

PAIR = RULES["pair_stdp"]


def test_what_is_typed_is_the_rule_that_python_makes():
    asked = Adaptation({"tau_plus": "15ms", "A_minus": "0.002"}, ("nearest",), 2.0, "nest").of(PAIR)

    made = with_conventions(nearest(with_bounds(PAIR, Bounds(0.0, 2.0))), "nest")
    assert asked.values == {**made.values, "tau_plus": 0.015, "A_minus": 0.002}
    assert (asked.name, asked.weight, asked.state, asked.conventions) == (
        "nearest(pair_stdp)",
        made.weight,
        made.state,
        made.conventions,
    )


def test_a_longer_window_by_hand():
    asked = Adaptation({"tau_plus": "15"}).of(PAIR)  # milliseconds, in which it is shown
    change = events.final_weight(asked, [0.010], [0.015], 0.5) - 0.5
    assert change == pytest.approx(0.005 * math.exp(-5 / 15), rel=1e-12)


def test_a_variant_brings_its_parameters():
    asked = Adaptation({"mu_plus": "0.5"}, ("soft_bounds",), 3.0).of(PAIR)
    assert asked.values["mu_plus"] == 0.5 and asked.bounds.upper == 3.0
    assert asked.weight == soft_bounds(PAIR, w_max=3.0).weight


def test_variants_follow_one_another_and_scaled_takes_its_factor():
    assert Adaptation(variants=("scaled=2", "anti")).of(PAIR).name == f"anti({scaled(PAIR, 2.0).name})"


def test_an_upper_bound_keeps_what_else_the_bounds_are():
    assert Adaptation(w_max=2.0).of(RULES["gutig_stdp"]).bounds.is_soft
    assert Adaptation(w_max=2.0).of(VARIANTS["unbounded"](PAIR)).bounds == Bounds(0.0, 2.0)


@pytest.mark.parametrize(
    ("rule", "asked", "error", "reason"),
    [
        ("hebbian", {"variants": ("nearest",)}, RuleError, "needs a rule with traces"),
        ("gutig_stdp", {"variants": ("soft_bounds",)}, RuleError, "has soft bounds already"),
        ("pair_stdp", {"variants": ("unbounded", "soft_bounds")}, ArgumentError, "need a finite w_max"),
        ("pair_stdp", {"variants": ("unbounded",), "w_max": 2.0}, ArgumentError, "takes the bound away"),
        ("pair_stdp", {"variants": ("anti", "anti")}, ArgumentError, "named 2 times"),
        ("pair_stdp", {"variants": ("nerest",)}, UnknownName, "did you mean nearest"),
        ("pair_stdp", {"variants": ("scaled",)}, ArgumentError, "write scaled=2"),
        ("pair_stdp", {"variants": ("anti=2",)}, ArgumentError, "takes no number"),
        ("pair_stdp", {"w_max": -1.0}, ArgumentError, "w_max is -1"),
        ("pair_stdp", {"settings": {"tau": "15ms"}}, UnknownName, "known: A_minus"),
        ("pair_stdp", {"settings": {"tau_plus": "15mV"}}, ArgumentError, "'15mV'"),
        ("pair_stdp", {"settings": {"tau_plus": "-5"}}, ParameterError, "0.001 ms or more"),
        ("pair_stdp", {"conventions": "nets"}, UnknownName, "nest"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_makes_no_sense_is_refused_as_the_records_refuse_it(rule, asked, error, reason):
    with pytest.raises(error, match=reason):
        Adaptation(**asked).of(RULES[rule])


@pytest.mark.parametrize("items", [("tau_plus",), ("tau_plus=",), ("=2",), ("a=1", "a=2")])
def test_a_setting_that_sets_nothing_or_twice_is_refused(items):
    with pytest.raises(ArgumentError, match="sets nothing|set twice"):
        read_settings(items)
