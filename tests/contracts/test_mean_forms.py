"""The mean drift in the rule's own symbols is that of the rates engine, for every rule that this engine reads."""

from dataclasses import replace

import hybrid_rules
import numpy as np
import pytest
from more_rules import MORE_RULES

from plasticity import rates
from plasticity.errors import SimulationError, UnsupportedRule
from plasticity.expressions import evaluator, parse
from plasticity.rules import RULES, Rule, is_readable, nearest, soft_bounds, weight
from plasticity.rules.mean_forms import mean_form
from plasticity.rules.pair_windows import NoClosedForm

MADE = [nearest(RULES["bi_poo"]), soft_bounds(RULES["pair_stdp"], mu_plus=0.3)]
OTHERS = [*MADE, *(rule for rule in vars(hybrid_rules).values() if isinstance(rule, Rule))]
READ = [rule for rule in [*RULES.values(), *MORE_RULES, *OTHERS] if is_readable(rule, "rates")]


def form_of(rule):
    try:
        return mean_form(rule)
    except NoClosedForm:
        return None


HAVE_ONE = [rule for rule in READ if form_of(rule)]
X, Y, W = np.array([1.0, 10.0, 30.0, 7.0]), np.array([3.0, 20.0, 50.0, 0.5]), np.array([0.2, 0.5, 0.4, 0.9])


def evaluated(rule, text, form, at):
    known = {**rule.values, "w": at[2], form.pre: at[0], form.post: at[1]}
    return evaluator(parse(text, known=known, where="a drift", error=ValueError))(known)


@pytest.mark.parametrize("rule", HAVE_ONE, ids=str)
def test_the_closed_form_is_the_drift_of_the_rates_engine(rule):
    form = mean_form(rule)
    found = evaluated(rule, form.drift, form, (X, Y, W))
    expected = rates.drift(rule, X, Y, W)

    assert np.abs(found - expected).max() <= 1e-12 * np.abs(expected).max()  # rounding, of sums of some twenty parts


@pytest.mark.parametrize("rule", [rule for rule in READ if rule not in HAVE_ONE], ids=str)
def test_a_rule_without_one_has_no_mean_at_all(rule):
    with pytest.raises((SimulationError, UnsupportedRule), match="drift"):
        rates.drift(rule, 7.0, 5.0, rule.start_weight)


@pytest.mark.parametrize("rule", [rule for rule in HAVE_ONE if mean_form(rule).post_at], ids=str)
def test_at_the_rate_that_it_names_the_drift_vanishes(rule):
    form = mean_form(rule)
    y = float(evaluated(rule, form.post_at, form, (7.0, 0.0, 0.4)))
    usual = np.abs(rates.drift(rule, 7.0, [1.0, 10.0, 50.0], 0.4)).max()

    assert y < 0 or abs(rates.drift(rule, 7.0, y, 0.4)) <= 1e-12 * usual


def test_the_threshold_of_the_triplet_rule_is_at_19_hz():
    rule, form = RULES["triplet_stdp"], mean_form(RULES["triplet_stdp"])
    assert form.post_at == "A2_minus*tau_minus/(A3_plus*tau_plus*tau_y)"
    assert evaluated(rule, form.post_at, form, (1, 1, 1)) == pytest.approx(19.22, abs=0.005)


@pytest.mark.parametrize(
    ("name", "drift"),
    {
        "pair_stdp": "x*y*(A_plus*tau_plus - A_minus*tau_minus)",
        "covariance": "k*(y - mean_post)*(x - mean_pre)",
        "anti_hebbian": "-k*x*y",
        "spiking_hebbian": "2*A*tau*x*y",
    }.items(),
)
def test_it_reads_as_on_paper(name, drift):
    assert mean_form(RULES[name]).drift == drift


def test_a_rule_without_one_says_why():
    jump = replace(RULES["pair_stdp"], weight=weight({"pre": "step(r_post - A_plus)"}))
    with pytest.raises(NoClosedForm, match="no polynomials with a mean in closed form"):
        mean_form(jump)
