"""Gates, their inversion, and what no unit can do: by enumeration and by pencil."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from lecture_answers import answered, claims_of

from plasticity.artificial.gates import bird_circuit
from plasticity.quiz.old.answers.gates import bird, by_hand, smallest_sets, xor
from plasticity.quiz.old.record import verdict

PATTERNS = list(itertools.product((0, 1), repeat=2))


def test_the_multipliers_cancel_the_constraints_of_xor():
    multipliers = answered("xor-inseparable").answer.measurements["multipliers"]
    signed = [m * (1 if y else -1) for m, y in zip(multipliers, (0, 1, 1, 0), strict=True)]
    assert not np.any(np.array(signed) @ np.array([(a, b, 1) for a, b in PATTERNS])) and sum(multipliers)


@pytest.mark.parametrize(("text", "step"), xor.CHAIN.items())
def test_every_printed_line_is_the_sum_of_the_constraints_named_behind_it(text, step):
    constraints = [((0, 0, -1), False), ((0, 1, 1), True), ((1, 0, 1), True), ((-1, -1, -1), False)]
    used = [constraints[number - 1] for number in xor.derivation(step)]
    assert tuple(map(sum, zip(*(left for left, _ in used), strict=True))) == step[0]
    assert any(strict for _, strict in used) >= step[1]


@pytest.mark.parametrize("step", [((1, 1, 3), True), ((-1, -1, 0), False), ((0, 0, -1), True)])
def test_a_line_that_does_not_follow_is_found_out(step, monkeypatch):
    monkeypatch.setitem(xor.CHAIN, "w1 + w2 > -2b", step)
    answer = xor.answer(np.array([3]))
    assert xor.derivation(step) == [] and answer.measurements["printed_steps_that_follow"] == 5
    assert verdict(claims_of("xor-inseparable"), answer.readings) == "differs"


@pytest.mark.parametrize("name", ["general", "different", "repeated"])
def test_no_unit_of_a_fine_grid_separates_the_smallest_sets(name):
    found = getattr(smallest_sets.study(np.random.default_rng(0), "auto"), name)
    units = np.array(list(itertools.product(np.arange(-3, 3.1, 0.25), repeat=3)))
    z = units @ np.array([(*map(int, point), 1) for point in found.points]).T
    assert not ((z > 0) == np.array(found.labels, dtype=bool)).all(axis=1).any()


def test_three_points_are_one_too_few_in_general_position():
    units = np.random.default_rng(0).normal(size=(3000, 3))
    three, four = (np.array([(*p, 1) for p in PATTERNS[:n]]) for n in (3, 4))
    found = answered("points-inseparable").answer.measurements
    assert len(np.unique(units @ three.T > 0, axis=0)) == found["separable_labellings_of_3_independent"] == 8
    assert len(np.unique(units @ four.T > 0, axis=0)) == found["separable_labellings_of_4_in_general_position"]


@pytest.mark.parametrize("feedback", bird.FEEDBACK)
def test_the_bird_is_stable_where_its_neuron_obeys_its_senses_alone(feedback):
    def settles(senses):
        return {e: senses - 1.5 + feedback * e > 0 for e in (0, 1)}

    obeys = all(len(set(settles(senses).values())) == 1 for senses in (0, 1, 2))
    found = answered("bird-circuit").answer.measurements
    assert found["is_stable"][found["feedback_weights"].index(feedback)] == obeys


def test_beyond_the_tolerance_a_copy_of_the_bird_can_fail():
    plain = bird_circuit()
    edible = plain.units[-1]
    off = replace(edible, weights={s: w * 0.85 for s, w in edible.weights.items()}, bias=edible.bias * 1.15)
    assert bird._tolerance(plain) < 0.15
    assert by_hand.output(replace(plain, units=(*plain.units[:-1], off)), (1, 1)) == 0
