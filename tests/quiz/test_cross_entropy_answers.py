"""Cross entropy and its step: the printed expressions by central differences, with other numbers too."""

import math

import numpy as np
import pytest
from asked_once import answered

from plasticity.errors import ArgumentError
from plasticity.quiz import LECTURE, ask
from plasticity.quiz.answers.gradient import cross_entropy

RNG = np.random.default_rng(0)
Y, T = RNG.uniform(0.1, 0.9, 50), RNG.uniform(size=50)


def difference(function, at, step=1e-6):
    """Central difference."""
    return (function(at + step) - function(at - step)) / (2 * step)


def asked(id, *assignments):
    (found,) = ask([LECTURE[id]], assignments=assignments)
    return found


def test_the_first_expression_is_minus_the_derivative_and_the_others_are_the_derivative():
    expressions = [expression(Y, T) for expression in cross_entropy.EXPRESSIONS]
    slopes = difference(lambda y: -T * np.log(y) - (1 - T) * np.log(1 - y), Y)
    assert np.allclose(expressions, [-slopes, slopes, slopes], rtol=1e-6, atol=1e-6)


def test_only_the_sign_of_the_first_expression_is_wrong():
    found = answered("cross-entropy-gradient")
    assert found.verdict == "differs"
    assert found.differing() == [("expression_1_over_dC_dy", "1.000", "-1")]


@pytest.mark.parametrize("w, x, t", [((1, -2), (1, 2), 1), ((0.5, 1, -1), (1, 0.3, 2), 0), ((2,), (-0.5,), 0.25)])
def test_the_gradient_is_the_error_times_the_input(w, x, t):
    settings = [f"w={','.join(map(str, w))}", f"x={','.join(map(str, x))}", f"t={t}", "rate=0.5"]
    found = asked("cross-entropy-gradient", *settings).answer.measurements
    y = 1 / (1 + math.exp(-np.dot(w, x)))
    assert found["dC_dw"] == pytest.approx([(y - t) * one for one in x], rel=1e-12)
    assert found["dw"] == pytest.approx([-0.5 * (y - t) * one for one in x], rel=1e-9)


def test_where_the_output_rounds_to_one_the_expressions_are_refused():
    with pytest.raises(ArgumentError, match="up to 12 is allowed"):
        asked("cross-entropy-gradient", "w=4,4", "x=4,4")


@pytest.mark.parametrize("rate, expected", [(1, "agrees"), (0.5, "differs")])
def test_the_doubled_rate_does_no_harm_at_rate_one_only(rate, expected):
    found = asked("cross-entropy-minibatch", f"rate={rate}")
    assert found.answer.measurements["printed_over_right"] == pytest.approx(rate, rel=1e-9)
    assert found.verdict == expected


@pytest.mark.parametrize("m", [1, 3, 50])
def test_the_step_of_a_batch_is_the_slope_of_its_mean_loss(m):
    found = asked("cross-entropy-minibatch", f"m={m}", "n_weights=2").answer.measurements
    rng = np.random.default_rng(0)
    inputs, w, targets = rng.normal(size=(m, 2)), rng.normal(size=2), rng.integers(0, 2, m)

    def loss(w):
        return np.mean(np.logaddexp(0, inputs @ w) - targets * (inputs @ w))

    slopes = [difference(lambda s, e=e: loss(w + s * e), 0.0) for e in np.eye(2)]
    assert found["dw_right"] == pytest.approx([-0.1 * one for one in slopes], abs=1e-9)
