"""Swish and acyclic networks: what a wrong study would show, and numbers of one's own."""

import math
from dataclasses import replace

import numpy as np
import pytest
from asked_once import answered
from scipy.special import expit, lambertw

from plasticity.quiz import LECTURE, ask
from plasticity.quiz.answers.networks import acyclic as acyclic_answer
from plasticity.quiz.answers.networks import swish as swish_answer
from plasticity.quiz.record import verdict
from plasticity.studies import acyclic, swish


def asked(id, *assignments):
    (found,) = ask([LECTURE[id]], assignments=assignments)
    assert all(check.holds(found.answer.measurements) for check in found.answer.checks)
    return found


def test_the_lowest_output_of_swish_is_lamberts():
    w = float(lambertw(1 / math.e).real)
    found = answered("swish").answer.measurements
    assert (found["minimum"], found["z_at_minimum"]) == pytest.approx((-w, -1 - w), abs=1e-9)


@pytest.mark.parametrize("z", [-40.0, -1.5, 0.0, 7.0])
def test_the_gate_of_swish_is_that_of_scipy_at_any_input(z):
    found = asked("swish", f"z={z}").answer.measurements
    assert (found["gate"], found["swish"]) == pytest.approx((expit(z), z * expit(z)), rel=1e-12)


def test_another_printed_formula_would_be_noticed():
    right = swish.study(swish.Parameters())
    wrong = replace(right, printed=right.z / (1 + np.exp(right.z)))
    answer = swish_answer.answer(wrong)
    assert verdict(LECTURE["swish"].question.claims, answer.readings) == "differs"
    assert not answer.measurements["is_swish"]


@pytest.mark.parametrize(
    ("edges", "expected"), [([(1, 0), (2, 1), (2, 0)], True), ([(0, 1), (1, 0)], False), ([(1, 1)], False)]
)
def test_both_definitions_see_a_way_back_where_there_is_one(edges, expected):
    connected = np.zeros((1, 3, 3), dtype=bool)
    connected[(0, *zip(*edges, strict=True))] = True
    assert acyclic.is_acyclic(connected) == acyclic.can_be_ordered(connected) == [expected]


@pytest.mark.parametrize("n, known", [(1, 1), (2, 3), (3, 25), (4, 543), (5, 29281)])
def test_robinson_counts_the_published_number_of_dags(n, known):
    assert acyclic_answer.robinson(n) == known


@pytest.mark.parametrize("wrong", ["is_dag", "is_feed_forward"])
def test_a_graph_that_breaks_either_direction_turns_the_verdict(wrong):
    result = acyclic.study(acyclic.Parameters(most_units=2))
    flipped = replace(result, **{wrong: {2: ~getattr(result, wrong)[2]}})
    answer = acyclic_answer.answer(flipped)
    assert verdict(LECTURE["acyclic-network"].question.claims, answer.readings) == "differs"
    assert not all(check.holds(answer.measurements) for check in answer.checks)


@pytest.mark.parametrize("most, known", [(2, 3), (3, 28)])
def test_networks_of_fewer_units_can_be_asked_about(most, known):
    found = asked("acyclic-network", f"most_units={most}")
    assert found.answer.measurements["n_dags"] == known and found.verdict == "agrees"
