"""The formulas that are tried are those that the slides print: their TeX, evaluated, gives what the code gives."""

from pathlib import Path

import numpy as np
import pytest
import tex

from plasticity.artificial.activations import softmax
from plasticity.artificial.losses import CATEGORICAL_CROSS_ENTROPY
from plasticity.quiz.answers.gradient import cross_entropy, multiclass, rectifier

SLIDES = (Path(__file__).parent / "lecture.he.txt").read_text(encoding="utf-8").splitlines()
RNG = np.random.default_rng(0)
Y, T, X, Z = RNG.uniform(0.1, 0.9, (5, 3)), RNG.uniform(size=(5, 3)), RNG.normal(size=(5, 3)), RNG.normal(size=(5, 3))
Y1, T1 = Y[:, :1], T[:, :1]  # one unit


def printed(line, part):
    """The part of a line between its equals signs."""
    return SLIDES[line - 1].strip("$ ").split("=")[part]


@pytest.mark.parametrize("k", [0, 1, 2])
def test_the_expressions_of_the_derivative_of_cross_entropy_are_those_of_line_340(k):
    assert tex.value(printed(340, k + 1), y=Y, t=T) == pytest.approx(cross_entropy.EXPRESSIONS[k](Y, T))


def test_the_cost_and_its_gradient_are_those_of_lines_338_and_342():
    assert tex.value(printed(338, 1), y=Y, t=T) == pytest.approx(cross_entropy.cost(Y, T))
    assert tex.value(printed(342, 3), y=Y, t=T, x=X) == pytest.approx((Y - T) * X)


def test_the_step_of_a_batch_is_that_of_line_347():
    rate, found = 0.3, cross_entropy.batch_study(cross_entropy.Batch(rate=0.3, m=5, seed=4))
    rng = np.random.default_rng(4)
    x, w = rng.normal(size=(5, 3)), rng.normal(size=3)
    t = rng.integers(0, 2, (5, 1))
    step = tex.value(printed(347, 1), rate=rate, m=5, t=t, x=x, y=1 / (1 + np.exp(-x @ w[:, None])))
    assert step[0] == pytest.approx(found.printed)


def test_the_multi_class_cost_is_that_of_line_362_and_without_a_bracket_that_of_367():
    one = SLIDES[361].strip("$ ").split("y, t) =")[1]
    assert tex.value(one, y=Y, t=T)[:, 0] == pytest.approx(multiclass.mcc(Y, T))
    strict = tex.value(SLIDES[366].strip("$ ").split("y, t) =")[1], y=Y, t=T, m=5)  # its second term is not summed
    second = (1 - T) * np.log(1 - Y)
    assert strict - second == pytest.approx(np.full_like(Y, multiclass.over_the_first(Y, T) - second.sum() / 5))


def test_the_gradient_and_the_update_of_a_relu_are_those_of_lines_381_and_385():
    gradient = SLIDES[380].strip("$ ").split(r"\quad")[0]
    assert tex.value(gradient, y=Y, t=T, x=X) == pytest.approx(rectifier.printed_gradient(Y, T) * X)
    update = tex.value(printed(385, 1), rate=0.3, m=5, y=Y1, t=T1, x=X)
    assert update[0] == pytest.approx(0.3 * rectifier.printed_update(Y1[:, 0], T1[:, 0], X))


def test_softmax_its_slope_and_its_cost_are_those_of_lines_393_398_and_415():
    assert tex.value(printed(393, 1), z=Z) == pytest.approx(softmax(Z))
    assert tex.value(printed(398, 1).split(r"\quad")[0], y=Y) == pytest.approx(Y * (1 - Y))
    cost = tex.value(SLIDES[414].strip("$ ").split("y, t) =")[1], y=Y, t=T / T.sum(axis=1, keepdims=True))
    assert cost.mean() == pytest.approx(CATEGORICAL_CROSS_ENTROPY.value(Y, T / T.sum(axis=1, keepdims=True)))
