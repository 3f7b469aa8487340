"""The little language: what is accepted means what Python means by it."""

import ast
import math

import numpy as np
import pytest
from expression_texts import FIXED, KNOWN, OPERATIONS, PYTHON, combined, parsed
from hypothesis import given
from hypothesis import strategies as st

from plasticity.expressions import evaluator, names, sign, written


def test_an_expression_is_evaluated_on_arrays_by_broadcasting():
    w, r_pre = np.array([[0.1], [0.2]]), np.array([1.0, 2.0, 3.0])

    value = evaluator(parsed("A_plus*r_pre - w"))({**KNOWN, "w": w, "r_pre": r_pre})

    np.testing.assert_array_equal(value, 0.005 * r_pre - w)


def test_names_are_renamed_where_they_are_written_and_functions_are_not():
    assert written(parsed("exp(w)*r_pre"), str.upper) == "(exp(W) * R_PRE)"


def test_names_are_those_of_values_not_of_functions():
    assert names(parsed("exp(w)*A_plus + tanh(2)")) == {"w", "A_plus"}


@pytest.mark.parametrize(("x", "expected"), [(-1.0, 0.0), (0.0, 0.0), (-0.0, 0.0), (5e-324, 1.0), (math.inf, 1.0)])
def test_a_step_is_one_above_zero_and_not_at_zero(x, expected):
    assert evaluator(parsed("step(w)"))({"w": x}) == expected


@pytest.mark.parametrize("text", ["step(w)", "minimum(w, 1)", "minimum(1, w)", "maximum(w, 1)", "maximum(1, w)"])
def test_no_function_makes_a_number_of_nan(text):
    assert math.isnan(evaluator(parsed(text))({"w": math.nan}))


# Marks: `after(u)` is one name, beside `u`.


def test_a_marked_name_is_a_name_of_its_own():
    tree = parsed("-after(w)*w + step(after(r_pre))", after=["w", "r_pre"])

    assert names(tree) == {"after(w)", "w", "after(r_pre)"}
    assert evaluator(tree)({"after(w)": 3.0, "w": 2.0, "after(r_pre)": 1.0}) == -5.0
    assert sign(tree, {"after(w)": -1, "w": 1}) == 1


def test_a_marked_name_is_renamed_whole():
    names_there = {"after(w)": "w_new", "w": "w_x"}

    assert written(parsed("-after( w )*w", after=["w"]), names_there.__getitem__) == "((-w_new) * w_x)"


NUMBERS = st.floats(0.0, 1e3) | st.integers(0, 10**6)
LEAVES = NUMBERS.map(lambda x: (repr(x), float(x))) | st.sampled_from(list(KNOWN.items()))
TREES = st.recursive(LEAVES, combined, max_leaves=12).filter(lambda tree: tree[1] is not None and len(tree[0]) < 1000)
# NumPy's functions may differ from the C library's in the last bit; powers magnify that, differences lay it bare.
CLOSE = {"rel": 1e-9, "abs": 1e-12}


@FIXED
@given(TREES)
def test_the_evaluator_agrees_with_the_arithmetic_of_python(tree):
    text, expected = tree

    assert float(evaluator(parsed(text))(KNOWN)) == pytest.approx(expected, **CLOSE)


@FIXED
@given(TREES)
def test_what_is_written_out_means_the_same(tree):
    again = written(parsed(tree[0]))
    clip = {"clip": lambda x, low, high: min(max(x, low), high), "inf": math.inf, "int": int}

    value = _by_python(ast.parse(again, mode="eval").body, KNOWN | clip | PYTHON)

    assert value == pytest.approx(tree[1], **CLOSE)


def _by_python(node, scope):
    """Walks written text with Python's operators, as a code generator would."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        return scope[node.id]
    if isinstance(node, ast.UnaryOp):
        return -_by_python(node.operand, scope)
    if isinstance(node, ast.Call):
        return scope[node.func.id](*(_by_python(argument, scope) for argument in node.args))
    if isinstance(node, ast.Compare):
        assert isinstance(node.ops[0], ast.Gt)
        return _by_python(node.left, scope) > _by_python(node.comparators[0], scope)
    symbol = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}[type(node.op)]
    return OPERATIONS[symbol](_by_python(node.left, scope), _by_python(node.right, scope))
