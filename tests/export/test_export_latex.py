"""The equations in LaTeX are drawn by matplotlib's mathtext, and say what the record says."""

import re
from functools import cache

import pytest
from matplotlib.mathtext import MathTextParser

from plasticity.export import exported
from plasticity.export.latex_fragment import fragment
from plasticity.export.latex_neuron import neuron_rows
from plasticity.export.latex_rule import rule_rows
from plasticity.export.latex_words import number, quantity, symbol
from plasticity.neurons import NEURONS
from plasticity.parameters import Parameter
from plasticity.rules import RULES, anti, nearest, soft_bounds

ROWS = {rule.name: rule_rows for rule in RULES.values()} | {neuron.name: neuron_rows for neuron in NEURONS.values()}
parser = cache(lambda: MathTextParser("path"))


@pytest.mark.parametrize("name", ROWS)
def test_every_equation_is_drawn(name):
    record = RULES[name] if name in RULES else NEURONS[name]

    for row in ROWS[name](record):
        assert row.count("&") == 1
        assert parser().parse(f"${row.replace('&', '')}$").width > 0


def test_what_is_no_mathematics_is_not_drawn():
    with pytest.raises(ValueError, match="Parse"):
        parser().parse(r"$\frac{a}{$")


def test_symbols_are_those_of_papers():
    written = [symbol(name) for name in ("tau_plus", "A3_minus", "r_pre", "w_upper", "Delta_T", "g_Na", "after(u)")]

    expected = [
        r"\tau_{+}",
        "A_{3,-}",
        r"r_{\mathrm{pre}}",
        r"w_{\max}",
        r"\Delta_{T}",
        r"g_{\mathrm{Na}}",
        "{u}^{\\prime}",
    ]
    assert written == expected
    assert [number(0.02), number(1e-7), number(2.5e-12)] == ["0.02", "10^{-7}", r"2.5 \times 10^{-12}"]
    assert quantity(80.0, "1/mV**2") == r"80\;\mathrm{mV}^{-2}" and quantity(0.5, "1") == "0.5"


def test_a_minus_stays_with_all_that_it_belongs_to():
    rows = "\n".join([*rule_rows(anti(RULES["triplet_all_to_all"])), *rule_rows(soft_bounds(RULES["pair_stdp"]))])

    assert r"w - r_{1}\,\left(A_{2,+} + A_{3,+}\,o_{2}\right)" in rows
    assert r"w - A_{-}\,r_{\mathrm{post}}" in rows


def test_the_window_and_the_mean_drift_stand_below_the_jumps():
    text = exported(nearest(RULES["pair_stdp"]), "latex", command="plasticity export")

    assert r"\Delta w &= A_{+}\,\exp\left(-\frac{\Delta t}{\tau_{+}}\right) \quad\text{for } \Delta t > 0" in text
    assert re.search(r"^% Residual: [0-9.e-]+ of the largest weight, 1e-12 allowed", text, re.MULTILINE)
    assert r"$\tau_{+}$ & $20\;\mathrm{ms}$ & window of potentiation \\" in text


def test_no_text_of_a_record_is_taken_for_a_command():
    text = fragment("% x", ["w &= 1"], [Parameter("k", 1.0, meaning="50% of \\input{x} & more_")])

    assert r"{llp{0.55\linewidth}}" in text, "a long meaning breaks into lines on the page"
    assert r"50\% of \textbackslash{}input\{x\} \& more\_" in text


@pytest.mark.parametrize("name", ["delayed_accelerating", "delayed_regular_bursting"])
def test_a_neuron_that_waits_long_or_has_no_known_rheobase_is_fired_all_the_same(name):
    text = exported(NEURONS[f"adex:{name}"], "latex")

    assert re.search(r"[1-9]\d* spikes", text), "it is said to have fired"
