"""The network, the two graphs and the local derivatives, by plain arithmetic; with other numbers too."""

import math

import pytest
from asked_once import answered

from plasticity.errors import ArgumentError
from plasticity.quiz import LECTURE, ask
from plasticity.quiz.answers.forward_backward import local_gradients
from plasticity.quiz.record import verdict


def logistic(z):
    return 1 / (1 + math.exp(-z))


def asked(id, *assignments):
    (found,) = ask([LECTURE[id]], assignments=assignments)
    return found.answer.measurements


def network(w1, w2, x):
    """The output of the network, by plain sums."""
    n = len(x) + 1
    units = [w1[k : k + n] for k in range(0, len(w1), n)]
    hidden = [logistic(bias + sum(map(math.prod, zip(rest, x, strict=True)))) for bias, *rest in units]
    return hidden, logistic(w2[0] + sum(map(math.prod, zip(w2[1:], hidden, strict=True))))


@pytest.mark.parametrize(
    "w1, w2, x",
    [
        ((0.1, -0.2, 0.3, 0.2, 0.1, -0.3), (0.1, 0.2, 0.1), (1, 0)),
        ((-0.4, 1, 2, 0.5, -1.5, 0.25), (-1, 2, 0.5), (0.5, -2)),
        ((0.5, 1, 0, -1, -2, 3), (0.1, 2, -1, 0.3), (0.7,)),
    ],
)
def test_the_network_gives_what_plain_arithmetic_gives(w1, w2, x):
    settings = [f"{name}={','.join(map(str, value))}" for name, value in (("w1", w1), ("w2", w2), ("x", x))]
    found, (hidden, output) = asked("forward-2-2-1", *settings), network(w1, w2, x)
    assert [*found["y2"], found["y3"]] == pytest.approx([*hidden, output], abs=1e-14)


def test_weights_that_do_not_fit_the_inputs_are_refused():
    with pytest.raises(ArgumentError, match="w1 has 6 numbers, w2 3, x 3"):
        asked("forward-2-2-1", "x=1,2,3")


def test_as_written_the_first_hidden_output_lies_on_the_wrong_side_of_a_half():
    found = answered("forward-2-2-1").answer.measurements
    assert found["y2_first_as_written"] + found["y2"][0] == pytest.approx(1)
    assert found["y2_first_as_written"] > 0.5 > found["y2"][0]


def test_but_for_that_expression_the_slide_agrees_when_the_hidden_outputs_are_cut():
    found = answered("forward-2-2-1")
    claims = [claim for claim in found.question.claims if claim.measurement != "y2_first_as_written"]
    held = {r: verdict(claims, {r: m}) for r, m in found.answer.readings.items()}
    assert held == {"all digits": "differs", "cut": "agrees"} and found.verdict == "differs"


def test_for_a_positive_sum_the_written_exponent_would_be_right():
    found = asked("forward-2-2-1", "w1=-0.1,0.2,0.3,0.2,0.1,-0.3")
    assert found["y2_first_as_written"] == pytest.approx(found["y2"][0], abs=1e-14)


@pytest.mark.parametrize("x, y, z", [(-2, 5, -4), (3, -1, 0.5), (7, 2, 0), (-1.5, 1.5, 3)])
def test_the_product_has_the_gradients_of_the_chain_rule(x, y, z):
    found = asked("backprop-product", f"x={x}", f"y={y}", f"z={z}")
    assert found["forward"] == {"x": x, "y": y, "z": z, "q": x + y, "f": (x + y) * z}
    assert found["gradients"] == {"x": z, "y": z, "z": x + y, "q": z, "f": 1}


@pytest.mark.parametrize("w, x", [((2, -3, -3), (-1, -2, -2)), ((0.5, 1, -0.25), (2, -1, 3)), ((1, -2), (0.3, 0.4))])
def test_every_gradient_is_the_other_factor_times_the_slope(w, x):
    found = asked("backprop-sigmoid", f"w={','.join(map(str, w))}", f"x={','.join(map(str, x))}")
    total = sum(map(math.prod, zip(w, x, strict=True)))
    slope = logistic(total) * logistic(-total)
    assert found["gradients_w"] == pytest.approx([slope * one for one in x], rel=1e-9)
    assert found["gradients_x"] == pytest.approx([slope * one for one in w], rel=1e-9)


def test_with_the_bias_the_numbers_are_those_of_the_well_known_example():
    found = answered("backprop-sigmoid").answer.measurements
    gradients = {name: round(found["gradients_with_bias"][name], 2) for name in ("w0", "x0", "w1", "x1", "w2")}
    assert gradients == {"w0": -0.20, "x0": 0.39, "w1": -0.39, "x1": -0.59, "w2": 0.20}
    assert round(found["output_with_bias"], 2) == 0.73


def test_the_printed_output_is_that_of_the_first_two_products():
    found = answered("backprop-sigmoid").answer.measurements
    assert round(found["output_without_third"], 2) == 0.98
    assert found["products"] == [-2, 6, 6] and found["sum"] == 10


def test_only_the_well_known_example_gives_the_printed_figures_and_the_scan_is_to_blame():
    found = answered("backprop-sigmoid")
    assert found.held() == {"as read": False, "with a bias": True} and found.verdict == "scan"


def test_weights_and_inputs_of_different_numbers_are_refused():
    with pytest.raises(ArgumentError, match="w has the length 2, x 3"):
        asked("backprop-sigmoid", "w=1,2")


@pytest.mark.parametrize("name", local_gradients.OPERATIONS)
def test_a_wrong_local_derivative_is_noticed(name, monkeypatch):
    on_graph, function, printed = local_gradients.OPERATIONS[name]
    wrong = {name: (on_graph, function, lambda x, c: 1.001 * printed(x, c))}
    monkeypatch.setattr(local_gradients, "OPERATIONS", local_gradients.OPERATIONS | wrong)
    answer = local_gradients.answer(local_gradients.study(local_gradients.Parameters()))
    assert verdict(LECTURE["local-gradients"].question.claims, answer.readings) == "differs"
    assert answer.measurements["outcome"] == "some"


@pytest.mark.parametrize("x, a, c", [(2, 3, 5), (-0.5, -7, 0), (0.1, 0, 2)])
def test_the_local_derivatives_are_those_of_central_differences(x, a, c):
    rows = asked("local-gradients", f"x={x}", f"a={a}", f"c={c}")["rows"]
    functions = (math.exp, lambda x: a * x, lambda x: 1 / x, lambda x: c + x)
    expected = [(f(x + 1e-6) - f(x - 1e-6)) / 2e-6 for f in functions]
    assert [row["slope"] for row in rows] == pytest.approx(expected, rel=1e-6, abs=1e-8)


def test_at_zero_one_over_x_has_no_derivative_and_is_refused():
    with pytest.raises(ArgumentError, match="x is 0, where 1/x has no derivative"):
        asked("local-gradients", "x=0")
