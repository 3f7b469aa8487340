"""Answers on descent that draw random numbers: other draws change figures and no verdict."""

import pytest
from asked_once import answered

from plasticity.quiz import LECTURE, ask

DRAWN = (
    "gd-algorithm gd-general batch-and-online sgd-path lms-vs-perceptron vanishing-gradient mse-justification".split()
)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("id", DRAWN)
def test_the_verdict_and_the_second_routes_do_not_hang_on_the_seed(id, seed):
    (found,) = ask([LECTURE[id]], seed=seed)
    assert found.verdict == answered(id).verdict
    assert all(check.holds(found.answer.measurements) for check in found.answer.checks)
