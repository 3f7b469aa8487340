"""The window in the rule's own symbols is that of the exact engine, for every rule that has one."""

from dataclasses import replace

import hybrid_rules
import numpy as np
import pytest
from more_rules import MORE_RULES

from plasticity import events, rates
from plasticity.errors import UnsupportedRule
from plasticity.expressions import evaluator, parse
from plasticity.parameters import Parameter
from plasticity.rules import PRESETS, RULES, Rule, soft_bounds, with_conventions
from plasticity.rules.pair_windows import NoClosedForm, pair_window
from plasticity.rules.variables import Signal, trace, weight
from plasticity.studies.stimulated import quiet

LATE = Rule(
    name="late",
    source="our choice",
    parameters=(Parameter("A", 0.01), Parameter("tau", 20e-3, "ms"), Parameter("late", 7e-3, "ms")),
    weight=weight({"pre": "-A*r", "post": "A*s*(1 - w)"}),
    state=(trace("s", "pre", "tau"), trace("r", "post", "tau")),
    delays={"post": "late"},
)
SOFT = soft_bounds(RULES["pair_stdp"], mu_plus=0.3, mu_minus=0.7)
OTHERS = [rule for rule in vars(hybrid_rules).values() if isinstance(rule, Rule)]
ALL = [*RULES.values(), *MORE_RULES, *OTHERS, LATE, SOFT]
FLOWING = replace(LATE, weight=weight({}, flow="-r*w/tau"))
READING = replace(FLOWING, weight=weight({"pre": "-A*v*r"}), signals=(Signal("v", "post", "level"),))


def form_of(rule):
    try:
        return pair_window(rule)
    except NoClosedForm:
        return None


HAVE_ONE = [rule for rule in ALL if form_of(rule)]
START = 0.45  # of the weight: no single pair leads from here to a bound
ABOUT_ONE_INSTANT = np.array([-40e-3, -2e-9, -0.4e-9, 0.0, 0.4e-9, 2e-9, 40e-3])  # within 1 ns is coincident
SETTINGS = [*((preset, {}) for preset in PRESETS), ("default", {"coincidence": "post first"})]


def evaluated(rule, text, lags):
    tree = parse(text, known=[*rule.values, "w", "lag"], where="a window", error=ValueError)
    return np.broadcast_to(evaluator(tree)({**rule.values, "w": START, "lag": lags}), lags.shape)


def turn(rule):
    """The lag at which both spikes reach the synapse at once."""
    return float(evaluated(rule, pair_window(rule).turns_at, np.zeros(1))[0])


@pytest.mark.parametrize("rule", HAVE_ONE, ids=str)
def test_the_closed_form_is_the_window_of_the_exact_engine(rule):
    form, lags = pair_window(rule), np.linspace(-0.15, 0.15, 600)
    lags = lags[np.abs(lags - turn(rule)) > 1e-6]
    is_later = lags > evaluated(rule, form.turns_at, lags)
    expected = np.where(is_later, evaluated(rule, form.pre_first, lags), evaluated(rule, form.post_first, lags))

    found = events.window(quiet(rule), lags, n_pairs=1, w0=START)
    assert np.abs(found - expected).max() < 1e-14  # rounding, of weights and changes below 1


@pytest.mark.parametrize(("preset", "fields"), SETTINGS, ids=[*PRESETS, "post first"])
@pytest.mark.parametrize("rule", [rule for rule in HAVE_ONE if pair_window(rule).coincident], ids=str)
def test_its_numbers_are_those_of_the_exact_engine_under_every_convention(rule, preset, fields):
    rule = with_conventions(rule, preset, **fields)

    found = rates.pair_window(rule, ABOUT_ONE_INSTANT + turn(rule), w0=START)

    expected = events.window(quiet(rule), ABOUT_ONE_INSTANT + turn(rule), n_pairs=1, w0=START)
    assert np.abs(found - expected).max() < 1e-14  # rounding, of weights and changes below 1


def test_a_coincident_pair_whose_order_hangs_on_signs_is_refused_alone():
    varying = next(rule for rule in MORE_RULES if rule.name == "varying-sign")

    assert np.isfinite(rates.pair_window(varying, [-0.01, 0.01])).all()
    with pytest.raises(UnsupportedRule, match="coincident pair"):
        rates.pair_window(varying, [-0.01, 0.0])


def test_pairs_of_plain_traces_all_have_one():
    names = {rule.name for rule in HAVE_ONE}
    assert {"pair_stdp", "anti_stdp", "bi_poo", "triplet_stdp", "spiking_hebbian", "late"} <= names


@pytest.mark.parametrize(
    ("name", "lines"),
    {
        "pair_stdp": ("dw(lag > 0) = A_plus*exp(-lag/tau_plus)", "dw(lag < 0) = -A_minus*exp(lag/tau_minus)"),
        "triplet_stdp": ("dw(lag > 0) = 0", "dw(lag < 0) = -A2_minus*exp(lag/tau_minus)"),
    }.items(),
)
def test_it_reads_as_on_paper(name, lines):
    assert pair_window(RULES[name]).lines == lines


def test_soft_bounds_and_delays_are_in_it():
    assert pair_window(SOFT).pre_first == "A_plus*(1 - w)**mu_plus*exp(-lag/tau_plus)"
    assert pair_window(LATE).lines == (
        "dw(lag > -late) = A*(1 - w)*exp(-(lag + late)/tau)",
        "dw(lag < -late) = -A*exp((lag + late)/tau)",
    )


@pytest.mark.parametrize(
    ("rule", "reason"),
    [(RULES["hebbian"], "hears no spikes"), (READING, "reads v"), (FLOWING, "flows between spikes")],
    ids=["rates", "a signal", "a flow"],
)
def test_a_rule_without_one_says_why(rule, reason):
    with pytest.raises(NoClosedForm, match=reason):
        pair_window(rule)
