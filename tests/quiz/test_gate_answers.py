"""Gates, their inversion, and what no unit can do: by enumeration and by pencil."""

import itertools
from dataclasses import replace

import pytest
from lecture_answers import answered

from plasticity.artificial.gates import bird_circuit
from plasticity.quiz.old.answers.gates import bird, by_hand

PATTERNS = list(itertools.product((0, 1), repeat=2))


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
