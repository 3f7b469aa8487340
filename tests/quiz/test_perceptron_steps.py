"""Single steps of the perceptron rule, with the lecture's rate and with others."""

from dataclasses import replace

import numpy as np
import pytest
from asked_once import answered

from plasticity.quiz import LECTURE, ask
from plasticity.quiz.answers.perceptron import steps
from plasticity.quiz.record import verdict

ID = "perceptron-step-logic"


def asked(*assignments, seed=0):
    (found,) = ask([LECTURE[ID]], assignments=assignments, seed=seed)
    return found


def test_a_step_does_to_every_sum_what_the_inner_product_says():
    found = steps.study(steps.Parameters(n_sets=20, seed=3))
    x = found.own(found.inputs)
    moved = np.einsum("spi,si->sp", found.inputs, x) * found.error[:, None] * found.rate
    assert np.allclose(found.sums(found.after) - found.sums(found.before), moved, atol=1e-9)


def test_a_rule_that_forgot_the_error_would_move_sums_the_wrong_way():
    study = steps.study(steps.Parameters(n_sets=20))
    found = steps.answer(replace(study, after=study.before + study.rate * study.own(study.inputs)))
    assert found.measurements["steps_with_z_moved_the_wrong_way"] == np.sum(study.error < 0)
    assert verdict(LECTURE[ID].question.claims, found.readings) == "differs"
    assert not all(check.holds(found.measurements) for check in found.checks)


@pytest.mark.parametrize("assignments", [("rate=0.01",), ("rate=20", "n_points=5"), ("n_inputs=1", "n_points=2")])
@pytest.mark.parametrize("language", ["en", "he"])
def test_at_other_rates_the_direction_stays_right(assignments, language):
    found = asked(*assignments)
    assert found.verdict == "agrees" and found.told(language).answer and found.told(language).numbers
    assert all(check.holds(found.answer.measurements) for check in found.answer.checks)


def test_a_larger_rate_puts_more_examples_right():
    shares = [asked(f"rate={rate}").answer.measurements["own_example_put_right"] for rate in (0.01, 0.1, 10)]
    at_half = answered(ID).answer.measurements["own_example_put_right"]
    assert shares[0] < shares[1] < at_half < shares[2] < 1.0


@pytest.mark.parametrize("seed", [1, 2])
def test_the_answer_does_not_hang_on_the_draw(seed):
    one, other = asked(seed=seed), answered(ID)
    assert one.verdict == other.verdict and one.told().answer == other.told().answer
    share = "own_example_put_right"
    within = 5 * (2 * 0.81 * 0.19 / 6000) ** 0.5  # five standard errors of the difference of two shares of 6000 steps
    assert one.answer.measurements[share] == pytest.approx(other.answer.measurements[share], abs=within)


def test_one_example_alone_harms_no_other():
    study = steps.study(steps.Parameters(n_sets=20))
    alone = replace(study, inputs=study.own(study.inputs)[:, None], targets=study.own(study.targets)[:, None],
                    shown=np.zeros_like(study.shown), solution=np.full_like(study.solution, np.nan))  # fmt: skip
    found = steps.answer(alone).measurements
    assert (found["harm"], found["solved"]) == ("none", "none")
