"""Trees made from trees: what is put in for a name, compared with values by the evaluator."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plasticity.errors import ArgumentError
from plasticity.expressions import evaluator, names, parse, substituted, written

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
    ],
)
def test_what_is_no_tree_is_refused(call, message):
    with pytest.raises(ArgumentError, match=f"^{message}"):
        call()
