"""Gates, their inversion, and what no unit can do: by enumeration and by pencil."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from lecture_answers import answered

from plasticity.artificial.gates import bird_circuit
from plasticity.quiz.old.answers.gates import bird, by_hand, smallest_sets

PATTERNS = list(itertools.product((0, 1), repeat=2))


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
