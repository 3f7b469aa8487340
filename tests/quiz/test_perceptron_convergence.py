"""Where the perceptron rule stops and where it circles, on the lecture's four points and on others."""

from dataclasses import replace

import numpy as np
import pytest
from asked_once import answered

from plasticity.errors import ArgumentError
from plasticity.quiz import LECTURE, ask
from plasticity.quiz.answers.perceptron import convergence
from plasticity.quiz.record import verdict

ID = "perceptron-convergence"


def asked(*assignments, seed=0):
    (found,) = ask([LECTURE[ID]], assignments=assignments, seed=seed)
    return found


def test_on_xor_the_weights_walk_in_the_circle_that_the_answer_shows():
    weights = np.array(answered(ID).answer.measurements["xor_weights"])
    period = answered(ID).answer.measurements["xor_period_epochs"]
    assert np.array_equal(weights[-1], weights[-1 - 4 * period])
    assert len(np.unique(weights[-4 * period :], axis=0)) > 1


def test_runs_cut_short_leave_growth_undecided_and_the_answer_says_so(monkeypatch):
    monkeypatch.setattr(convergence, "MOST_EPOCHS", 2)
    found = convergence.answer(convergence.study(convergence.Parameters()))
    assert found.measurements["outcome"] == "unexpected"  # some of those that have a solution do not reach it in two
    assert found.readings["unbounded"]["weights_diverge"] is True


def test_printing_that_weights_stay_bounded_turns_the_reading():
    claims, readings = LECTURE[ID].question.claims, answered(ID).answer.readings
    bounded = [replace(c, value=False) if c.measurement == "weights_diverge" else c for c in claims]
    held = {name: verdict(bounded, {name: found}) for name, found in readings.items()}
    assert held == {"unbounded": "agrees", "no limit": "differs"}


@pytest.mark.parametrize(
    ("assignments", "square", "length"),
    [
        (("rate=0.3",), "circles", 0.3 * 5**0.5),  # from weights 0 the rate is only a scale
        (("labels=1,0,0,1",), "circles", None),
        (("labels=0,0,0,1", "rate=2"), "stops", None),
        (("labels=1,1,0,1",), "stops", None),
    ],
)
@pytest.mark.parametrize("language", ["en", "he"])
def test_four_points_of_ones_own_stop_or_circle(assignments, square, length, language):
    found = asked(*assignments)
    measured = found.answer.measurements
    assert measured["square"] == square and found.verdict == "depends"
    assert length is None or measured["xor_largest_length"] == pytest.approx(length)
    assert found.told(language).numbers and all(check.holds(measured) for check in found.answer.checks)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_answer_does_not_hang_on_the_sets_drawn(seed):
    one, other = asked(seed=seed), answered(ID)
    assert (one.verdict, one.told().answer) == (other.verdict, other.told().answer)
    assert all(check.holds(one.answer.measurements) for check in one.answer.checks)


def test_three_labels_for_four_points_are_refused():
    with pytest.raises(ArgumentError, match="labels has 3 values; allowed: 4"):
        asked("labels=0,1,1")
