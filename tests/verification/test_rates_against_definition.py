"""Rules on rates against their definition: a small layer, one synapse at a time, in equal steps."""

from dataclasses import replace

import numpy as np
import pytest

from plasticity import rates
from plasticity.rules import RULES, with_parameters
from plasticity.verification import rates_by_definition, verified
from plasticity.verification.findings import Course
from plasticity.verification.rates_by_definition import CORNERS, N_INPUTS, N_NEURONS, TIMES, is_on_rates

ON_RATES = [rule for rule in RULES.values() if is_on_rates(rule)]


def test_all_rules_that_hear_rates_are_among_them():
    wanted = {"hebbian", "anti_hebbian", "covariance", "presynaptically_gated", "postsynaptically_gated"}
    assert wanted | {"oja", "sanger", "bcm"} <= {rule.name for rule in ON_RATES}


@pytest.mark.parametrize("rule", ON_RATES, ids=str)
def test_a_rule_on_rates_gives_what_its_definition_gives(rule):
    finding = verified(rule, "events", seeds=1)

    assert (finding.status, finding.partner) == ("agrees", "the definition")
    assert finding.difference <= 1e-9 and finding.n >= 2 * N_NEURONS * N_INPUTS * TIMES.size and finding.reason


def test_rules_with_bounds_are_led_into_them():
    up, down = (verified(RULES[name], "events", seeds=1) for name in ("hebbian", "anti_hebbian"))
    assert up.at_upper > 50 and down.at_lower > 50


@pytest.mark.parametrize(("name", "parameter"), [("bcm", "tau_theta"), ("covariance", "mean_post"), ("sanger", "k")])
def test_a_parameter_that_is_a_hair_off_is_felt(name, parameter, monkeypatch):
    rule, whole = RULES[name], rates.trajectory
    off = {parameter: (1 + 1e-5) * rule.values[parameter]}
    monkeypatch.setattr(
        rates, "trajectory", lambda rule, *given, **more: whole(with_parameters(rule, **off), *given, **more)
    )
    assert verified(rule, "events", seeds=1).status == "differs"


def test_a_layer_whose_neurons_hear_all_of_the_input_is_no_layer_of_sanger(monkeypatch):
    whole = rates.trajectory
    monkeypatch.setattr(rates, "trajectory", lambda rule, *given, **more: whole(RULES["oja"], *given, **more))
    finding = verified(RULES["sanger"], "events", seeds=1)
    assert finding.status == "differs" and "neuron 2" in finding.place.kind


def test_a_difference_where_a_bound_is_met_is_not_hidden_by_the_courses_that_meet_none():
    flat = np.full(3, 0.5)
    free = Course("free", np.arange(3.0), flat, flat, flat)
    bound = replace(free, ours=np.ones(3), theirs=np.array([1.0, 1.0, 0.99]), whole=np.ones(3))
    found = rates_by_definition._both(RULES["hebbian"], [free], [bound])
    assert (found.status, found.tolerance, found.at_upper) == ("differs", 1e-4, 3)


def test_each_seed_draws_other_rates():
    drives = [rates_by_definition._cornered(np.random.default_rng(seed)) for seed in range(1, 11)]
    assert len({drive.pre[0](CORNERS[3]) for drive in drives}) == 10
