import math
from fractions import Fraction

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plasticity.artificial import graph
from plasticity.artificial.activations import ACTIVATIONS
from plasticity.artificial.graph import gradients, nodes, variable, worked_example
from plasticity.errors import ArgumentError

# Each operation of the graph, the same for autograd, and points away from kinks and poles.
ONE = {
    "negation": (lambda x: -x, lambda x: -x, (-2.0, 0.5)),
    "square": (lambda x: x**2, lambda x: x**2, (-2.0, 0.5)),
    "inverse cube": (lambda x: x**-3, lambda x: x**-3.0, (-2.0, 0.5)),
    "root": (lambda x: x**0.5, lambda x: x**0.5, (0.5, 4.0)),
    "exp": (graph.exp, anp.exp, (-2.0, 3.0)),
    "log": (graph.log, anp.log, (0.1, 3.0)),
    "reciprocal": (graph.reciprocal, lambda x: 1 / x, (-2.0, 0.5)),
    "sigmoid": (graph.sigmoid, lambda x: 1 / (1 + anp.exp(-x)), (-3.0, 2.0)),
    "tanh": (graph.tanh, anp.tanh, (-3.0, 2.0)),
    "relu": (graph.relu, lambda x: anp.maximum(x, 0.0), (-3.0, 2.0)),
    "constants on the left": (
        lambda x: 3 - 2 * (4 / x) + (1 + x),
        lambda x: 3 - 2 * (4 / x) + (1 + x),
        (-2.0, 3.0),
    ),
    "constants on the right": (lambda x: (x - 3) * 2 / 4 + 1, lambda x: (x - 3) * 2 / 4 + 1, (-2.0, 3.0)),
}
TWO = {
    "sum": (lambda x, y: x + y, lambda x, y: x + y),
    "difference": (lambda x, y: x - y, lambda x, y: x - y),
    "product": (lambda x, y: x * y, lambda x, y: x * y),
    "quotient": (lambda x, y: x / y, lambda x, y: x / y),
    "maximum": (graph.maximum, anp.maximum),
}


@pytest.mark.parametrize("name", ONE)
def test_each_operation_on_one_number_agrees_with_automatic_differentiation(name):
    operation, reference, points = ONE[name]
    for point in points:
        x = variable(point, "x")
        y = operation(x)
        assert y.value == pytest.approx(reference(point), rel=1e-14)
        assert gradients(y)[x] == pytest.approx(autograd.grad(reference)(point), rel=1e-13)


@pytest.mark.parametrize("name", TWO)
@pytest.mark.parametrize(("a", "b"), [(2.0, -3.0), (-0.5, 4.0), (1.5, 1.5)])
def test_each_operation_on_two_numbers_agrees_with_automatic_differentiation(name, a, b):
    operation, reference = TWO[name]
    x, y = variable(a, "x"), variable(b, "y")
    gradient = gradients(operation(x, y))
    expected = [float(autograd.grad(reference, place)(a, b)) for place in (0, 1)]
    assert [gradient.get(x), gradient.get(y)] == pytest.approx(expected, rel=1e-13)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["add", "mul", "sub", "div", "exp", "tanh", "max"]), min_size=1, max_size=15),
    st.data(),
)
def test_random_graphs_with_shared_nodes_agree_with_automatic_differentiation(operations, data):
    numbers = st.integers(0, 1000)
    picks = [(data.draw(numbers), data.draw(numbers)) for _ in operations]
    plain = {"exp": anp.exp, "tanh": anp.tanh, "max": anp.maximum}
    own = {"exp": graph.exp, "tanh": graph.tanh, "max": graph.maximum}

    def computed(x, y, functions):
        known = [x, y]
        for operation, (first, second) in zip(operations, picks, strict=True):
            known.append(operated(operation, known[first % len(known)], known[second % len(known)], functions))
        return sum(known[2:], start=0.0) + x * y

    x, y = variable(0.7, "x"), variable(-1.3, "y")
    gradient = gradients(computed(x, y, own))
    expected = [autograd.grad(computed, place)(0.7, -1.3, plain) for place in (0, 1)]
    # Up to 15 nodes, each a few roundings; sums of large terms may cancel.
    assert [gradient[x], gradient[y]] == pytest.approx(expected, rel=1e-9, abs=1e-9)


def operated(operation, a, b, functions):
    if operation in ("exp", "tanh"):  # tanh inside keeps towers of exp small
        return functions[operation](functions["tanh"](a))
    if operation == "max":
        return functions["max"](a, b)
    if operation == "div":
        return a / (functions["tanh"](b) + 2)
    return {"add": a + b, "sub": a - b, "mul": functions["tanh"](a) * b}[operation]


@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=str)
def test_every_activation_is_an_operation(activation):
    x = variable(0.3, "x")
    y = graph.apply(activation, x)
    assert (y.value, gradients(y)[x]) == (activation(0.3), activation.derivative(0.3))


def test_the_product_of_the_lecture():
    x, y, z = variable(-2, "x"), variable(5, "y"), variable(-4, "z")
    f = (x + y) * z
    gradient = gradients(f)
    assert (f.value, gradient[x], gradient[y], gradient[z]) == (-12, -4, -4, 3)


def test_the_sigmoid_in_steps_has_the_gradients_of_the_sigmoid_at_once():
    values = {"w0": 2, "x0": -1, "w1": -3, "x1": -2, "w2": -3}
    given = {name: variable(value, name) for name, value in values.items()}
    z = given["w0"] * given["x0"] + given["w1"] * given["x1"] + given["w2"]
    stepwise, at_once = gradients(1 / (1 + graph.exp(-z))), gradients(graph.sigmoid(z))
    for node in given.values():
        assert stepwise[node] == pytest.approx(at_once[node], rel=1e-14)


def test_a_node_used_twice_adds_its_gradients():
    x = variable(3, "x")
    assert gradients(x * x + x)[x] == 7


def test_the_worked_example_shows_values_local_derivatives_and_gradients():
    x, y, z = variable(-2, "x"), variable(5, "y"), variable(-4, "z")
    q = x + y
    f = q * z
    assert worked_example(f, q=q, f=f) == (
        "node  computation  value  local derivatives      df/dnode\n"
        "x     given        -2                            -4\n"
        "y     given        5                             -4\n"
        "q     x + y        3      dq/dx = 1, dq/dy = 1   -4\n"
        "z     given        -4                            3\n"
        "f     q * z        -12    df/dq = -4, df/dz = 3  1"
    )


def test_unnamed_results_are_numbered_and_constants_written_where_they_are_used():
    v1 = variable(2, "v1")
    lines = worked_example(1 / (3 * v1 * v1)).splitlines()
    assert [line.split("  ")[0] for line in lines] == ["node", "v1", "v2", "v3", "v4"]
    assert "3 * v1" in lines[2] and "1 / v3" in lines[4] and "dv4/dnode" in lines[0]


def test_a_parent_used_twice_is_written_with_one_local_derivative():
    x = variable(2, "x")
    row = worked_example(x * x).splitlines()[-1]
    assert [part.strip() for part in row.split("  ") if part] == ["v1", "x * x", "4", "dv1/dx = 4", "1"]


def test_two_nodes_of_one_name_are_refused():
    with pytest.raises(ArgumentError, match="'x' stands for two nodes"):
        worked_example(variable(1, "x") + variable(2, "x"))


def test_a_chain_longer_than_the_recursion_limit_is_walked():
    x = variable(0, "x")
    y = x
    for _ in range(5000):
        y = y + 1
    assert y.value == 5000 and gradients(y)[x] == 1 and len(nodes(y)) == 10_001


def test_numbers_of_numpy_and_fractions_are_constants_on_both_sides():
    x = variable(np.float64(3), "x")
    assert (np.float64(2) * x + x * Fraction(1, 2)).value == 7.5


def test_a_power_of_zero_exponent_is_flat_even_at_zero():
    x = variable(0, "x")
    assert ((x**0).value, gradients(x**0)[x]) == (1, 0)


@pytest.mark.parametrize(
    ("compute", "words"),
    [
        (lambda x: graph.log(-x), "log of -2"),
        (lambda x: graph.log(x - 2), "log of 0"),
        (lambda x: 1 / (x - 2), "reciprocal of 0"),
        (lambda x: (-x) ** 0.5, r"-2\^0.5 or its slope is no real number"),
        (lambda x: (x - 2) ** 0.5, r"0\^0.5 or its slope"),
        (lambda x: x**x, "must be a constant"),
        (lambda x: graph.exp(500 * x), r"exp\(1000\) or its slope is too large"),
        (lambda x: x * np.array([1, 2]), "one number is allowed"),
        (lambda x: x + math.nan, "is nan; every number must be finite"),
        (lambda x: variable("2", "y"), "is '2'; real numbers"),
        (lambda x: variable(2, ""), "the name of a variable is ''"),
    ],
)
def test_impossible_computations_are_refused(compute, words):
    with pytest.raises(ArgumentError, match=words):
        compute(variable(2, "x"))
