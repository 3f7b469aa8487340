"""One step of gradient descent by hand: hand-computed steps, the printed slip, examples of one's own."""

import pytest
from asked_once import answered

from plasticity.errors import ArgumentError
from plasticity.quiz import LECTURE, ask
from plasticity.quiz.answers.gradient import hand_steps
from plasticity.quiz.record import verdict


def asked(id, *assignments):
    (found,) = ask([LECTURE[id]], assignments=assignments)
    return found


def test_the_verdicts_are_those_of_reading_the_slides_by_hand():
    verdicts = {id: answered(id).verdict for id in hand_steps.SOLUTIONS}
    assert verdicts == {"gd-single-weight": "differs", "gd-two-weights": "scan"}


def test_the_printed_step_is_what_follows_from_the_printed_slip():
    found = answered("gd-single-weight")
    slipped = {
        claim.measurement: found.answer.measurements[f"{claim.measurement}_if_borrow_forgotten"]
        for claim in found.question.claims
    }
    assert verdict(found.question.claims, {"slip": slipped}) == "agrees"


def test_the_slide_with_two_weights_is_right_in_the_targets_of_its_own_arithmetic_alone():
    assert answered("gd-two-weights").held() == {"own arithmetic": True, "machine-read": False}


def test_other_examples_give_the_step_of_paper_and_pencil():
    # y = 3, 6: errors 2, 7, products 2, 14, mean 8, w1 = 3 - 0.1 * 8
    found = asked("gd-single-weight", "inputs=1,2", "targets=1,-1", "w1=3", "rate=0.1").answer
    assert found.measurements["gradient"] == pytest.approx(8) and found.measurements["w1_new"] == pytest.approx(2.2)
    assert all(check.holds(found.measurements) for check in found.checks)


def test_other_examples_give_both_weights_of_paper_and_pencil():
    # y = 1, 2: errors 2, -2, means 0 and -1, w0 stays, w1 = 1 + 0.5
    found = asked("gd-two-weights", "inputs=1,2", "targets=-1,4", "w0=0", "w1=1", "rate=0.5").answer.measurements
    assert (found["w0_new"], found["w1_new"]) == pytest.approx((0, 1.5))
    assert (found["w0_moves"], found["w1_moves"]) == ("stays", "rises")


def test_examples_of_ones_own_were_not_misread():
    held = asked("gd-two-weights", "inputs=8", "targets=8")
    assert held.answer.readings["machine-read"] == held.answer.readings["own arithmetic"]


def test_a_rate_beyond_the_stable_one_makes_the_loss_grow():
    for rate, grows in ((0.048, False), (0.049, True)):  # 2 over the mean of x^2, 41.2, is 0.0485
        found = asked("gd-single-weight", f"rate={rate}").answer.measurements
        assert (found["loss_after"] > found["loss_before"]) == grows


def test_inputs_and_targets_of_different_number_are_refused():
    with pytest.raises(ArgumentError, match="3 inputs and 5 targets"):
        asked("gd-single-weight", "inputs=1,2,3")
