"""Sums of products: what is written is what is meant, and reads as on paper."""

import numpy as np
import pytest

from plasticity.expressions import evaluator, parse
from plasticity.expressions.sums import NoSum, by_power, over, solved, sum_of, text_of

NAMES = {"A": 0.3, "B": 1.7, "mu": 0.4, "tau": 2.5, "w": 0.6, "x": 3.0, "y": 1.3}
READ = {
    "A*x - B*x": "x*(A - B)",
    "-(A - B)*x/(tau*y)": "x*(B - A)/(tau*y)",
    "2*exp(-x/tau)*A": "2*A*exp(-x/tau)",
    "(1 - w)**mu*A": "A*(1 - w)**mu",
    "0.5*A/tau": "A/(2*tau)",
    "-A*x - B*x": "-x*(A + B)",
    "x*(y + 1) - x*y": "x",
    "A*(w - 2*exp(-x))": "A*(w - 2*exp(-x))",
    "1/(1/tau + 1/B)": "1/(1/B + 1/tau)",
    "exp(0*x) + rectify(-3)*A": "1",
    "A - A": "0",
}
OTHERS = ["(A + B)**3/(x - y)**2", "abs(w - A)*(B - y)**-1", "minimum(A, x)**2*(w*x)**mu", "-x - y*(A - w)/(B*tau*x)"]


def tree(text):
    return parse(text, known=NAMES, where="a text", error=ValueError)


@pytest.mark.parametrize("text", READ)
def test_a_sum_is_written_as_on_paper(text):
    assert text_of(sum_of(tree(text), {})) == READ[text]


@pytest.mark.parametrize("text", [*READ, *OTHERS])
def test_what_is_written_has_the_value_of_what_came(text):
    written = text_of(sum_of(tree(text), {}))

    assert evaluator(tree(written))(NAMES) == pytest.approx(evaluator(tree(text))(NAMES), rel=1e-13)
    assert text_of(sum_of(tree(written), {})) == written


def test_a_name_stands_for_what_it_is_given_as():
    assert text_of(sum_of(tree("A*x"), {"x": sum_of(tree("y + 1"), {})})) == "A*(1 + y)"


def test_a_zero_is_found_where_a_sum_is_linear_but_for_a_power():
    assert text_of(solved(sum_of(tree("x*y*(A*y - B*tau)"), {}), "y")) == "B*tau/A"
    assert text_of(solved(sum_of(tree("A*(y - B)*(x - tau)"), {}), "y")) == "B"
    for text in ("A*y**3 - y", "A*exp(y) - y", "A*x"):
        assert solved(sum_of(tree(text), {}), "y") is None


def test_what_has_no_value_is_refused():
    for text in ("1/(A - A)", "(x - x)**-2"):
        with pytest.raises(NoSum):
            sum_of(tree(text), {})
    with pytest.raises(NoSum):
        by_power(sum_of(tree("exp(x)*x"), {}), "x")


def test_a_quotient_cancels_what_both_have():
    assert text_of(over(sum_of(tree("A*x - A*y"), {}), sum_of(tree("x - y"), {}))) == "A"
    assert np.isclose(evaluator(tree(text_of(over(sum_of(tree("x"), {}), sum_of(tree("x - y"), {})))))(NAMES), 3 / 1.7)
