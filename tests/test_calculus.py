"""Trees made from trees: what is put in for a name, and slopes, both compared with values by the evaluator."""

import ast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plasticity.errors import ArgumentError
from plasticity.expressions import above_zero, derivative, evaluator, names, parse, substituted, written

FIXED = settings(derandomize=True, deadline=None, max_examples=600)
KNOWN = ("x", "y", "z")


def tree_of(text):
    return parse(text, known=KNOWN, where="here", error=ArgumentError, after=["x"])


LEAVES = st.sampled_from(["x", "x", "y", "z", "2", "0.5", "0"])


def _longer(parts):
    binary = st.tuples(parts, st.sampled_from(["+", "-", "*", "/", "**"]), parts).map(lambda t: "({}{}{})".format(*t))
    of_one = st.tuples(st.sampled_from("exp log sqrt abs tanh rectify step - +".split()), parts)
    of_two = st.tuples(st.sampled_from(["minimum", "maximum"]), parts, parts)
    return binary | of_one.map(lambda t: "{}({})".format(*t)) | of_two.map(lambda t: "{}({}, {})".format(*t))


TEXTS = st.recursive(LEAVES, _longer, max_leaves=6)
VALUES = st.fixed_dictionaries({name: st.floats(0.3, 2.0).map(np.float64) for name in KNOWN})


def value(tree, values):
    with np.errstate(all="ignore"):
        return float(evaluator(tree)(values))


@FIXED
@given(TEXTS, VALUES)
def test_a_derivative_is_the_slope_of_the_value(text, values):
    try:
        tree = tree_of(text)
    except ArgumentError:  # such as log(0)
        return
    h = 1e-5
    far_below, below, here, above, far_above = (value(tree, values | {"x": values["x"] + k * h}) for k in range(-2, 3))
    slope = (above - below) / (2 * h)
    slopes = [slope, (far_above - far_below) / (4 * h), (above - here) / h, (here - below) / h]
    # Where they disagree there is a corner nearby, or the slope is too steep to be measured so.
    if not np.isfinite(slopes).all() or slopes != pytest.approx([slope] * 4, rel=1e-3, abs=1e-3):
        return

    found = derivative(tree, "x")
    if all(value(part, values) > 0 for part in above_zero(found)):  # 0**x has a slope, its formula a logarithm of 0
        assert value(found, values) == pytest.approx(slope, rel=1e-3, abs=1e-3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-x/y", "-(1.0)/y"),
        ("(z - x)/y", "-(1.0)/y"),
        ("2*x + z", "2"),
        ("y**z", "0.0"),
        ("x*y*z", "y*z"),
        ("exp(x)", "exp(x)"),
        ("rectify(x - 1)", "step(x - 1)"),
        ("step(x)", "0.0"),
        ("x**2", "2*x**(2 - 1.0)"),
    ],
)
def test_a_derivative_has_no_more_terms_than_it_needs(text, expected):
    assert ast.unparse(derivative(tree_of(text), "x")) == ast.unparse(tree_of(expected))


def test_the_derivative_of_what_is_linear_does_not_hold_the_name():
    assert "x" not in names(derivative(tree_of("(z - x)/y + tanh(y)*(2*x - 3)"), "x"))


@pytest.mark.parametrize(("text", "at", "expected"), [("minimum(x, 1)", 1.0, 1.0), ("maximum(x, 1)", 1.0, 1.0)])
def test_at_a_corner_the_slope_is_that_of_one_side(text, at, expected):
    assert value(derivative(tree_of(text), "x"), {"x": at}) == expected


@FIXED
@given(TEXTS, TEXTS, VALUES)
def test_what_is_put_in_for_a_name_counts_with_its_value(text, inner, values):
    try:
        tree, part = tree_of(text), tree_of(inner)
    except ArgumentError:
        return

    put_in = substituted(tree, {"x": part})

    expected = value(tree, values | {"x": np.float64(value(part, values))})
    assert value(put_in, values) == pytest.approx(expected, rel=1e-12, nan_ok=True)
    assert names(put_in) <= (names(tree) - {"x"}) | names(part)


def test_names_are_put_in_all_at_once_and_the_tree_stays_as_it_is():
    tree = tree_of("x - exp(y)*after(x)")

    put_in = substituted(tree, {"x": tree_of("y"), "y": tree_of("x"), "after(x)": tree_of("z"), "exp": tree_of("2")})

    assert written(put_in) == "(y - (exp(x) * z))" and names(tree) == {"x", "y", "after(x)"}


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: substituted(tree_of("x"), "x"), "what stands for names is 'x'; a mapping"),
        (lambda: substituted(tree_of("x"), {"x": 2}), "the tree of an expression is 2"),
        (lambda: derivative("x", "x"), "the tree of an expression is 'x'"),
        (lambda: derivative(tree_of("x"), 1), "the name is 1; a name of the expression"),
    ],
)
def test_what_is_no_tree_is_refused(call, message):
    with pytest.raises(ArgumentError, match=f"^{message}"):
        call()
