"""Two neurons that fire together: by hand, with other numbers, under every rule of the catalogue."""

from functools import cache

import numpy as np
import pytest
from asked_once import answered

from plasticity import rates
from plasticity.errors import ArgumentError, UnknownName
from plasticity.quiz import LECTURE, ask
from plasticity.rules import RULES

KINDS = ("hebbian", "anti_hebbian")
SIGNS = {"hebbian": 1, "anti_hebbian": -1}
both = pytest.mark.parametrize("kind", KINDS)


def id_of(kind):
    return f"{kind.replace('_', '-')}-together"


@cache
def found(kind, *assignments):
    (one,) = ask([LECTURE[id_of(kind)]], assignments=assignments)
    return one


@both
def test_the_rule_of_the_slide_says_what_the_slide_says_in_either_order_and_at_once(kind):
    held = answered(id_of(kind)).held()
    for case in ("pre_first", "same_instant", "post_first"):
        assert held[f"{case} / spiking_{kind}"]
    assert held[f"rates / {kind}"]


@both
@pytest.mark.parametrize("together, n", [(20e-3, 10), (8e-3, 3)])
def test_the_window_is_that_of_the_record(kind, together, n):
    one = found(kind, f"together={together * 1e3:g}ms", f"n_pairings={n}").answer.measurements
    values = RULES["spiking_hebbian"].values
    lags = np.linspace(-2.5, 2.5, 21) * together  # the pairings are a second apart and do not see each other
    expected = SIGNS[kind] * n * values["A"] * np.exp(-np.abs(lags) / values["tau"])
    assert one[f"dw_{kind}_by_lag"] == pytest.approx(expected, abs=1e-12)
    near = np.abs(lags) <= together * (1 + 1e-9)
    assert one[f"dw_{kind}"] == one["dw_chosen"] == pytest.approx(expected[near].mean(), abs=1e-12)


@pytest.mark.parametrize("kind, asked_too", [("hebbian", "pair_stdp"), ("anti_hebbian", "anti_stdp")])
def test_a_rule_that_sees_the_order_gives_the_printed_answer_in_one_order_alone(kind, asked_too):
    held = answered(id_of(kind)).held()
    cases = [held[f"{case} / {asked_too}"] for case in ("pre_first", "same_instant", "post_first")]
    assert cases == [True, False, False] and answered(id_of(kind)).verdict == "depends"


def test_covariance_is_a_reading_that_needs_rates_away_from_the_usual_one():
    dw = found("hebbian", "rule=covariance").answer.measurements["rows"]
    by_hand = [2e-4 * (rate - 10) ** 2 for rate in (5, 10, 20)]  # both rates alike, both means 10 Hz
    assert [row["dw"] for row in dw] == pytest.approx(by_hand, abs=1e-15)
    assert not answered("hebbian-together").held()["rates / covariance"]


@both
def test_every_rule_is_a_reading_or_said_not_to_be_asked(kind):
    answer = answered(id_of(kind)).answer
    asked = {reading.split(" / ")[1] for reading in answer.readings}
    refused = {row["rule"] for row in answer.measurements["not_asked"]}
    assert asked | refused == {*RULES} and not asked & refused


@both
@pytest.mark.parametrize("firing", [10.0, 25.0])
def test_the_rate_rule_is_the_mean_drift_of_its_spiking_form(kind, firing):
    drift = found(kind, f"firing={firing}").answer.measurements[f"drift_{kind}_per_s"]
    assert drift == pytest.approx(float(rates.drift(RULES[f"spiking_{kind}"], firing, firing, 0.5)), rel=1e-12)


@pytest.mark.parametrize(
    "rule, said",
    [
        ("pair_stdp", "it strengthens if pre fires first, and weakens if post does"),
        ("anti_stdp", "it weakens if pre fires first, and strengthens if post does"),
        ("hebbian", "whether the two fire slowly or fast"),
        ("covariance", "depends on how fast"),
        ("inhibitory_stdp", "depends on which"),
    ],
)
def test_the_first_sentence_follows_the_rule_that_is_asked(rule, said):
    assert said in found("hebbian", f"rule={rule}").told().answer


def test_at_a_bound_nothing_is_said_to_grow():
    one = found("hebbian", "w0=1")
    assert "does not change" in one.told().answer and "change nothing" in one.told().why
    assert "not right for the slide's own rule from w = 1" in one.told().text(one.told().texts.condition)


@pytest.mark.parametrize("rule", ["calcium", "oja", "van_rossum_stdp", "mstdp", "pair_stdp"])
def test_every_second_route_bears_out_rules_of_every_kind(rule):
    answer = found("anti_hebbian", f"rule={rule}").answer
    assert {check.measurement for check in answer.checks} >= {"rows.dw", "n_always"}
    assert all(check.holds(answer.measurements) for check in answer.checks)


@pytest.mark.parametrize(
    "assignment, error, said",
    [("rule=nope", UnknownName, "known: .*pair_stdp"), ("rule=tsodyks_markram", ArgumentError, "never changes")],
)
def test_what_cannot_be_asked_is_refused_with_what_can(assignment, error, said):
    with pytest.raises(error, match=said):
        found("hebbian", assignment)


@both
def test_the_measurements_that_others_read_keep_their_names(kind):
    names = {"dw_hebbian", "dw_anti_hebbian", "dw_pair_stdp", "lag_ms", "dw_pair_stdp_by_lag"}
    assert names <= {*answered(id_of(kind)).answer.measurements}


def test_a_rule_that_finds_no_rest_claims_no_second_route_to_its_change():
    answer = found("anti_hebbian", "rule=synaptic_scaling").answer
    assert all(np.isfinite(np.asarray(check.confirmed, dtype=float)).all() for check in answer.checks)


def test_pairings_that_would_be_followed_for_minutes_are_refused():
    with pytest.raises(ArgumentError, match="reads a voltage, and n_pairings is 11; at most 10"):
        found("anti_hebbian", "rule=voltage_stdp", "n_pairings=11")
