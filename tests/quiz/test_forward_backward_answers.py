"""The 2-2-1 network, the two graphs and the local derivatives, by plain arithmetic."""

import math

import numpy as np
import pytest
from lecture_answers import answered, claims_of

from plasticity.quiz.old.answers.forward_backward import chain_rule, local_gradients, two_layers
from plasticity.quiz.old.record import verdict


def logistic(z):
    return 1 / (1 + math.exp(-z))


def test_the_network_gives_what_plain_arithmetic_gives():
    found = answered("forward-2-2-1").answer.measurements
    y1, y2 = logistic(0.1 - 0.2), logistic(0.2 + 0.1)
    z3 = 0.1 + 0.2 * y1 + 0.1 * y2
    assert [*found["y2"], found["z3"], found["y3"]] == pytest.approx([y1, y2, z3, logistic(z3)], abs=1e-14)


def test_as_written_the_first_hidden_output_lies_on_the_wrong_side_of_a_half():
    found = answered("forward-2-2-1").answer.measurements
    assert found["y2_first_as_written"] + found["y2"][0] == pytest.approx(1)
    assert found["y2_first_as_written"] > 0.5 > found["y2"][0]


def test_but_for_that_expression_the_slide_agrees_when_the_hidden_outputs_are_cut():
    found = answered("forward-2-2-1")
    claims = [claim for claim in found.question.claims if claim.measurement != "y2_first_as_written"]
    held = [verdict(claims, {r: m}) for r, m in found.answer.readings.items()]
    assert held == ["differs", "agrees"]


def test_for_a_positive_sum_the_written_exponent_would_be_right(monkeypatch):
    monkeypatch.setattr(two_layers, "HIDDEN", ((-0.1, 0.2, 0.3), two_layers.HIDDEN[1]))
    exact = two_layers.study(np.random.default_rng(0), "auto")["exact"].measurements()
    assert exact["y2_first_as_written"] == pytest.approx(exact["y2"][0], abs=1e-14)


def test_the_product_has_the_gradients_of_the_chain_rule():
    found = answered("backprop-product").answer.measurements
    assert found["forward"] == {"x": -2, "y": 5, "z": -4, "q": 3, "f": -12}
    assert found["gradients"] == {"x": -4, "y": -4, "z": 3, "q": -4, "f": 1}


def test_as_machine_read_every_gradient_is_the_other_factor_times_the_slope():
    found = answered("backprop-sigmoid").answer.measurements
    slope = logistic(10) * (1 - logistic(10))
    expected = {"x0": 2 * slope, "x1": -3 * slope, "x2": -3 * slope, "w0": -slope, "w1": -2 * slope, "w2": -2 * slope}
    assert {name: found["gradients"][name] for name in expected} == pytest.approx(expected, rel=1e-9)
    assert found["forward"]["sum"] == 10


def test_with_the_bias_the_numbers_are_those_of_the_well_known_example():
    found = answered("backprop-sigmoid").answer.measurements
    gradients = {name: round(found["gradients_with_bias"][name], 2) for name in ("w0", "x0", "w1", "x1", "w2")}
    assert gradients == {"w0": -0.20, "x0": 0.39, "w1": -0.39, "x1": -0.59, "w2": 0.20}
    assert round(found["output_with_bias"], 2) == 0.73


def test_the_printed_output_is_that_of_the_first_two_products():
    found = answered("backprop-sigmoid").answer.measurements
    assert round(found["output_without_third"], 2) == 0.98
    assert found["output_without_third"] == pytest.approx(logistic(-2 + 6))


def test_the_products_and_the_sum_agree_as_machine_read_only():
    found = answered("backprop-sigmoid")
    claims = found.question.claims[:2]
    assert [verdict(claims, {r: m}) for r, m in found.answer.readings.items()] == ["agrees", "differs"]


@pytest.mark.parametrize("name", local_gradients.OPERATIONS)
def test_a_wrong_local_derivative_is_noticed(name, monkeypatch):
    on_graph, function, printed = local_gradients.OPERATIONS[name]
    wrong = {name: (on_graph, function, lambda x, c: 1.001 * printed(x, c))}
    monkeypatch.setattr(local_gradients, "OPERATIONS", local_gradients.OPERATIONS | wrong)
    answer = local_gradients.answer(local_gradients.study(np.random.default_rng(0), "auto"))
    assert verdict(claims_of("local-gradients"), answer.readings) == "differs"


def test_a_graph_is_read_from_its_last_node():
    x = chain_rule.graph.variable(3.0, "x")
    found = chain_rule.worked({"x": x, "f": x * x})
    assert found == chain_rule.Worked({"x": 3.0, "f": 9.0}, {"x": 6.0, "f": 1.0})
