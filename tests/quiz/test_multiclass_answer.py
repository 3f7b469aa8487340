"""Multi-class cross entropy: which of the two printed formulas has its bracket, and what the other costs."""

import math

import numpy as np
import pytest
from asked_once import answered

from plasticity.errors import ArgumentError
from plasticity.quiz import LECTURE, ask
from plasticity.quiz.answers.gradient import multiclass

ID = "multiclass-cross-entropy"


def asked(*assignments):
    (found,) = ask([LECTURE[ID]], assignments=assignments)
    return found.answer.measurements


def test_the_formula_for_one_example_has_its_bracket_and_that_for_the_set_lacks_it():
    (mcc, one), (mcce, many) = LECTURE[ID].question.slides
    assert (mcc, mcce) == (362, 367)
    after_sum = [text.split(r"\sum")[-1].split(" ", 1)[1] for text in (one, many)]
    assert after_sum[0].startswith("(t_i") and after_sum[0].count("(") == after_sum[0].count(")")
    assert after_sum[1].startswith("t_{pi}")


def test_only_the_formula_for_the_set_depends_on_the_reading():
    found = answered(ID)
    assert found.held() == {"over both terms": True, "up to the plus": False} and found.verdict == "depends"
    assert all(reading["mcc_is_negative_log_likelihood"] for reading in found.answer.readings.values())


def test_without_the_bracket_a_sure_mistake_is_rewarded():
    y, t = np.array([[0.9]]), np.array([[0.0]])
    assert multiclass.over_both(y, t) == pytest.approx(-math.log(0.1))
    assert multiclass.over_the_first(y, t) == pytest.approx(math.log(0.1))


@pytest.mark.parametrize("y, t", [((0.8, 0.99), (1, 0)), ((0.1, 0.2, 0.7), (1, 1, 0)), ((0.3,), (0,))])
def test_the_cost_is_a_cross_entropy_for_each_unit(y, t):
    found = asked(f"y={','.join(map(str, y))}", f"t={','.join(map(str, t))}")
    each = [-math.log(one if is_on else 1 - one) for one, is_on in zip(y, t, strict=True)]
    signed = [cost if is_on else -cost for cost, is_on in zip(each, t, strict=True)]
    assert (found["cost"], found["cost_without_bracket"]) == pytest.approx((sum(each), sum(signed)))
    assert found["without_is"] == ("negative" if sum(signed) < 0 else "other")


def test_targets_of_another_number_than_outputs_are_refused():
    with pytest.raises(ArgumentError, match="y has the length 3, t 2"):
        asked("y=0.1,0.2,0.3")
