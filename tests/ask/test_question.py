"""A question of one's own: the pattern, its repetitions, and what would have been with other spikes."""

import numpy as np
import pytest

from plasticity import events
from plasticity.ask import Question, altered, answer
from plasticity.errors import ArgumentError, MemoryLimitError, SpikeTrainError
from plasticity.rules.library.pair_stdp import PAIR_STDP

ASKED = Question(PAIR_STDP, pre=(0.010, 0.030), post=(0.015, 0.035))


def of(**changes):
    return Question(PAIR_STDP, **({"pre": ASKED.pre, "post": ASKED.post} | changes))


def test_the_pattern_is_repeated_on_both_sides():
    pre, post = of(n_repeats=3, every=0.5).trains()
    np.testing.assert_allclose(pre, [0.01, 0.03, 0.51, 0.53, 1.01, 1.03], rtol=1e-15)
    np.testing.assert_allclose(post - pre, 0.005, rtol=1e-12)


def test_an_empty_train_stays_empty():
    pre, post = of(post=(), n_repeats=2).trains()
    assert (pre.size, post.size) == (4, 0)


def test_repetitions_that_overlap_are_refused():
    with pytest.raises(ArgumentError, match="lasts 25 ms and is repeated every 20 ms"):
        of(n_repeats=2, every=0.020).trains()


def test_a_pattern_just_as_long_as_its_repetition_overlaps_by_one_spike():
    with pytest.raises(ArgumentError, match="lasts 25 ms and is repeated every 25 ms"):
        of(pre=(0.0,), post=(0.025,), n_repeats=2, every=0.025).trains()


@pytest.mark.parametrize("changes", [{"n_repeats": 0}, {"every": 0.0}, {"every": float("nan")}])
def test_impossible_repetitions_are_refused(changes):
    with pytest.raises(ArgumentError, match="repetition"):
        of(**changes)


def test_more_repetitions_than_fit_into_memory_are_refused():
    with pytest.raises(MemoryLimitError, match="so many repetitions would take"):
        of(n_repeats=10**12).trains()


def test_a_spike_left_out_is_gone_and_numbers_count_from_one():
    assert altered(ASKED, without=["pre:2"]).pre == (0.010,)
    assert altered(ASKED, without=["post:1", "post:2"]).post == ()


def test_a_spike_moved_past_another_takes_its_place():
    assert altered(ASKED, move=["pre:1:+25ms"]).pre == (0.030, pytest.approx(0.035, abs=1e-15))


def test_numbers_are_those_of_the_pattern_asked_whatever_is_moved_first():
    changed = altered(ASKED, move=["pre:1:+25ms"], without=["pre:1"])
    assert changed.pre == (0.030,)


@pytest.mark.parametrize("spike", ["pre:0", "pre:3", "pre:x", "pre:-1", "pre", "post:²", "pre:" + "9" * 5000])
def test_a_spike_that_is_not_there_is_refused_with_those_that_are(spike):
    with pytest.raises(ArgumentError, match="there is no spike .*; allowed: (pre|post):1 to (pre|post):2"):
        altered(ASKED, without=[spike])


@pytest.mark.parametrize("move", ["post:1", "post:1:", "post:1:3mV", "post:1:+3ms:x", "3ms"])
def test_a_move_that_is_none_is_refused(move):
    with pytest.raises(ArgumentError, match="allowed:"):
        altered(ASKED, move=[move])


def test_a_side_that_is_none_and_a_spike_named_twice_are_refused():
    with pytest.raises(ArgumentError, match="on neither side; allowed: pre:NUMBER or post:NUMBER"):
        altered(ASKED, without=["both:1"])
    with pytest.raises(ArgumentError, match="twice"):
        altered(ASKED, without=["pre:1", "pre:1"])


def test_a_spike_moved_onto_another_is_refused_by_the_reader():
    with pytest.raises(SpikeTrainError, match="two spikes in one instant"):
        altered(ASKED, move=["pre:1:20ms"]).trains()


def test_a_spike_that_came_in_both_precisions_coincides_in_a_question_too():
    times = np.arange(1, 21) * 0.1
    question = Question(PAIR_STDP, times.astype(np.float32), times)
    without = altered(question, without=["pre:3"])

    expected = events.final_weight(PAIR_STDP, times.astype(np.float32), times, 0.5)
    assert answer(question).w_after == pytest.approx(expected, abs=1e-15)
    assert without.instant == question.instant > 1e-9


@pytest.mark.parametrize("train", [[[0.01], [0.02]], [[0.01, 0.02]], 0.01])
def test_a_train_of_another_shape_is_refused_with_the_cure(train):
    with pytest.raises(SpikeTrainError, match=r"the presynaptic train has shape .*; of a column, give times.ravel\(\)"):
        of(pre=train)
