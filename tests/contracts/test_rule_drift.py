"""The drift that `rates` derives is the mean of what `events` computes, for every rule that reads spikes.

The rule is unbounded and scaled down, so that its weight stays put; the trains are independent Poisson trains.
Each side of the rule is looked at alone: together they nearly cancel, and hide an error in the noise.
"""

import math

import numpy as np
import pytest
from changing import with_changes
from more_rules import MORE_RULES, TARGET_RATE
from rule_cases import CATALOGUE

from plasticity import events, protocols, rates
from plasticity.errors import UnsupportedRule
from plasticity.rules import RULES, Rule, anti, is_readable, nearest, scaled, soft_bounds, unbounded

RATE_PRE, RATE_POST, WEIGHT = 12.0, 7.0, 0.4
N_SYNAPSES, MEASURED = 300, 20.0  # seconds after the traces have settled
FAINT = 1e-6


def variants(rule: Rule) -> list[Rule]:
    made = [rule, nearest(rule), anti(rule)]
    if math.isfinite(rule.bounds.upper) and not rule.bounds.is_soft:
        made.append(soft_bounds(rule, mu_plus=0.5, mu_minus=0.3))
    return [case for case in made if is_readable(case, "rates")]


HAVE_SPIKING_FORM = [rule for rule in RULES.values() if rule.spiking_form]
DRIFTING = [case for rule in (*CATALOGUE, *MORE_RULES) for case in variants(rule)]


@pytest.fixture(scope="module")
def trains():
    rng = np.random.default_rng(3)
    duration = 10.0 + MEASURED
    return [[protocols.poisson(rate, duration, rng) for _ in range(N_SYNAPSES)] for rate in (RATE_PRE, RATE_POST)]


def measured_drift(rule: Rule, pre, post):
    """Mean and standard error of the change per second, after ten seconds in which the traces settle."""
    early = [[train[train < 10.0] for train in side] for side in (pre, post)]
    change = events.final_weight(rule, pre, post, WEIGHT) - events.final_weight(rule, *early, WEIGHT)
    return change.mean() / MEASURED, change.std(ddof=1) / MEASURED / math.sqrt(N_SYNAPSES)


@pytest.mark.parametrize("silent", ["pre", "post"])
@pytest.mark.parametrize("rule", DRIFTING, ids=str)
def test_the_derived_drift_is_the_mean_over_poisson_trains(rule, silent, trains):
    half = unbounded(scaled(with_changes(rule, **{silent: "0"}), FAINT))

    mean, error = measured_drift(half, *trains)

    assert mean == pytest.approx(float(rates.drift(half, RATE_PRE, RATE_POST, WEIGHT)), abs=5 * error)
    assert error < 0.05 * abs(mean)  # else the comparison would say little


@pytest.mark.parametrize("rule", HAVE_SPIKING_FORM, ids=str)
def test_a_rate_rule_is_the_drift_of_its_spiking_form(rule):
    pre, post = np.meshgrid([0.0, 1.0, 10.0], [0.0, 3.0, 30.0])

    spiking_drift = rates.drift(RULES[rule.spiking_form], pre, post, WEIGHT)

    np.testing.assert_allclose(rates.drift(rule, pre, post, WEIGHT), spiking_drift, rtol=1e-12)


def test_a_change_cut_in_two_by_its_sign_is_refused_not_approximated():
    with pytest.raises(UnsupportedRule, match="no polynomials .*; average plasticity.events over Poisson"):
        rates.drift(soft_bounds(TARGET_RATE), RATE_PRE, RATE_POST, WEIGHT)
