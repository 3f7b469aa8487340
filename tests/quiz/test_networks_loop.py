"""The loop of two neurons: its arithmetic, its memory, and what a pair without a way back would show."""

import math
from dataclasses import replace

import numpy as np
import pytest
from asked_once import answered

from plasticity.quiz import LECTURE, ask
from plasticity.quiz.answers.networks import loop as loop_answer
from plasticity.quiz.record import verdict
from plasticity.studies import two_neuron_loop as loop

ID = "two-neuron-loop"


@pytest.fixture(scope="module")
def result():
    return loop.study(loop.Parameters())


def test_a_pair_of_neurons_is_what_two_lines_of_arithmetic_say(result):
    driven = result.pairs["one excites, one inhibits"]
    first, second, course = 0.0, 0.0, [[0.0, 0.0]]
    for _ in range(len(driven.free) - 1):
        first, second = 1 / (1 + math.exp(6 * second - 3)), 1 / (1 + math.exp(3 - 6 * first))
        course.append([first, second])
    assert driven.free == pytest.approx(np.array(course), abs=1e-12)


def test_without_the_way_back_a_pulse_is_forgotten_after_two_steps(result):
    p = result.parameters
    end = p.n_before + p.n_pulse
    left = {kind: max(c[end + 2 :].max() for c in one.changes.values()) for kind, one in result.pairs.items()}
    assert left.pop(loop.CUT) == 0 and min(left.values()) > 0.5


def test_a_pair_without_way_back_would_not_pass_for_an_rnn(result):
    cut = replace(result, pairs=dict.fromkeys(loop.KINDS, result.pairs[loop.CUT]))
    answer = loop_answer.answer(cut)
    assert verdict(LECTURE[ID].question.claims, answer.readings) == "differs"
    assert answer.measurements["outcome"] == "feed-forward"


@pytest.mark.parametrize("strength, remembers", [(3.5, False), (4.5, True)])
def test_it_remembers_from_the_strength_at_which_the_gain_of_a_round_is_1(strength, remembers):
    (found,) = ask([LECTURE[ID]], assignments=[f"strength={strength}", "n_after=900"])
    left = found.answer.measurements["change_left_of_input_to_first_both_excite"]
    assert (left > 0.01) == remembers and found.verdict == "agrees"
    assert all(check.holds(found.answer.measurements) for check in found.answer.checks)


def test_the_way_round_is_named_neuron_by_neuron():
    found = answered(ID)
    assert found.answer.measurements["cycle"][0] == found.answer.measurements["cycle"][-1]
    assert dict(found.told().numbers)["the way round"] in ("first, second, first", "second, first, second")
