"""Two neurons that drive each other: what fires, what it changes, and which rules give the printed answer."""

import numpy as np
import pytest

from plasticity import events, protocols
from plasticity.quiz.old.answers import mutual
from plasticity.rules import RULES

STDP = RULES["pair_stdp"].values


def test_the_neurons_fire_once_when_they_are_meant_to(mutual_study):
    a_and_b = {"B_then_A": [1, 1], "B_alone": [0, 1], "A_alone": [1, 0]}
    assert mutual_study.n_spikes == [n for order in mutual.ORDERS for n in a_and_b[order]]


def test_every_rule_of_the_lecture_answers_under_every_reading(mutual_study):
    assert set(mutual_study.changes) == {*mutual.ON_RATES, *mutual.ON_SPIKES}
    assert all(set(by_order) == set(mutual.ORDERS) for by_order in mutual_study.changes.values())


def test_pair_stdp_changes_both_synapses_by_its_window(mutual_study):
    away = np.exp(-mutual.LAG / STDP["tau_plus"])  # at synapse A, from A to B, post came first
    expected = (-STDP["A_minus"] * away, STDP["A_plus"] * away)
    assert mutual_study.changes["pair_stdp"]["B_then_A"] == pytest.approx(expected, abs=1e-12)  # weights of about 1


@pytest.mark.parametrize("order", ["B_alone", "A_alone"])
def test_no_rule_on_spikes_changes_anything_when_one_neuron_fires_alone(mutual_study, order):
    changes = [mutual_study.changes[name][order] for name in mutual.ON_SPIKES]
    assert changes == [(0.0, 0.0)] * len(changes) and changes


def test_the_printed_answer_comes_out_for_the_rules_that_see_the_order(answers):
    trains = protocols.coupled_both_ways([0.06], [0.05])  # B fires, then A
    expected = {
        f"B then A, {name}"
        for name in mutual.ON_SPIKES
        if events.final_weight(RULES[name], *trains["A"], 0.5)
        < 0.5
        < events.final_weight(RULES[name], *trains["B"], 0.5)
    }
    found = answers["mutual-pair"]
    claims = found.question.claims
    held = {name for name, dw in found.answer.readings.items() if all(claim.holds(dw) for claim in claims)}
    assert held == expected and expected
    assert all(name in found.answer.sentence for name in expected)


@pytest.mark.parametrize("order", ["B_alone", "A_alone"])
def test_of_the_rules_on_rates_only_covariance_needs_no_partner(mutual_study, order):
    # k (0 - mean) (20 Hz - mean), both means 10 Hz
    alone = {name: mutual_study.changes[name][order] for name in mutual.ON_RATES}
    assert alone.pop("covariance") == pytest.approx((-0.02, -0.02), rel=1e-12)
    assert set(alone.values()) == {(0.0, 0.0)}


def test_measurements_are_those_of_the_study_and_name_the_rule(mutual_study):
    measurements = mutual.answer(mutual_study).measurements
    assert measurements["dw_A_when_B_then_A"] == mutual_study.changes["pair_stdp"]["B_then_A"][0]
    assert measurements["dw_B_when_B_then_A_under_bi_poo"] == mutual_study.changes["bi_poo"]["B_then_A"][1]
    assert measurements["dw_B_when_A_alone_under_covariance_per_s"] == mutual_study.changes["covariance"]["A_alone"][1]
