"""What one line can do with points of the plane: XOR by algebra and as a picture, and the smallest sets."""

import itertools

import numpy as np
import pytest
from asked_once import answered

from plasticity.errors import ArgumentError
from plasticity.quiz import LECTURE, ask
from plasticity.quiz.answers.gates import smallest_sets, xor
from plasticity.studies.separability import Parameters, labellings_of_lines, study

SQUARE = list(itertools.product((0, 1), repeat=2))
CENTRE = ("points=0,0,2,0,0,2,0.5,0.5", "labels=1,1,1,0")  # a 0 inside a triangle of 1s
LEVEL = ("points=0,0,1,1,2,2", "labels=0,1,0")  # three points on a line


def asked(id, *assignments):
    (found,) = ask([LECTURE[id]], assignments=assignments)
    return found


def test_the_multipliers_cancel_the_constraints_of_xor():
    multipliers = answered("xor-inseparable").answer.measurements["multipliers"]
    signed = [m * (1 if y else -1) for m, y in zip(multipliers, (0, 1, 1, 0), strict=True)]
    assert not np.any(np.array(signed) @ np.array([(a, b, 1) for a, b in SQUARE])) and sum(multipliers)


@pytest.mark.parametrize(("text", "step"), xor.CHAIN.items())
def test_every_printed_line_is_the_sum_of_the_constraints_named_behind_it(text, step):
    constraints = [((0, 0, -1), False), ((0, 1, 1), True), ((1, 0, 1), True), ((-1, -1, -1), False)]
    used = [constraints[number - 1] for number in xor.derivation(step, study(Parameters()))]
    assert tuple(map(sum, zip(*(left for left, _ in used), strict=True))) == step[0]
    assert any(strict for _, strict in used) >= step[1]


@pytest.mark.parametrize("step", [((1, 1, 3), True), ((-1, -1, 0), False), ((0, 0, -1), True)])
def test_a_line_of_the_proof_that_does_not_follow_is_found_out(step, monkeypatch):
    monkeypatch.setitem(xor.CHAIN, "w1 + w2 > -2b", step)
    settled = study(Parameters())
    assert xor.derivation(step, settled) == [] and not xor.follows(step, settled)
    assert asked("xor-inseparable").verdict == "differs"


@pytest.mark.parametrize("points", [SQUARE, [(0, 0), (1, 1), (2, 2)], [(0, 0), (0, 0), (3, 1)], [(1, 2)]])
def test_a_swept_line_gives_every_labelling_that_random_units_give(points):
    vectors = np.array([(*point, 1) for point in points], dtype=float)
    random = np.random.default_rng(0).normal(size=(20_000, 3)) @ vectors.T > 0
    assert labellings_of_lines(points).tolist() == np.unique(random, axis=0).astype(int).tolist()


@pytest.mark.parametrize(
    ("assignments", "multipliers", "meeting"),
    [((), [1, 1, 1, 1], [0.5, 0.5]), (CENTRE, [2, 1, 1, 4], [0.5, 0.5]), (LEVEL, [1, 2, 1], [1.0, 1.0])],
)
def test_where_no_line_separates_the_classes_meet(assignments, multipliers, meeting):
    algebra, picture = (asked(f"xor-{name}", *assignments) for name in ("inseparable", "geometric"))
    assert algebra.answer.measurements["multipliers"] == multipliers
    assert picture.answer.measurements["meeting"] == pytest.approx(meeting)
    assert all(check.holds(one.answer.measurements) for one in (algebra, picture) for check in one.answer.checks)


@pytest.mark.parametrize("labels", ["0,0,0,1", "0,1,1,1", "1,1,0,0"])
@pytest.mark.parametrize("language", ["en", "he"])
def test_labels_that_a_line_gives_have_no_proof_and_a_unit(labels, language):
    for id in ("xor-inseparable", "xor-geometric"):
        found = asked(id, f"labels={labels}")
        told = found.told(language)
        assert found.verdict == "differs" and "y = [" in told.why and told.answer != answered(id).told(language).answer
        assert all(check.holds(found.answer.measurements) for check in found.answer.checks)


@pytest.mark.parametrize(
    ("assignments", "said"),
    [
        (("labels=0,1",), "points has 8 numbers; allowed: 4"),
        (("points=1,1", "labels=1"), "from 2 to 7 are allowed"),
        (("points=0,0,1e-6,0,1,1", "labels=0,1,0"), "two points are 1e-06 apart"),
    ],
)
def test_points_that_do_not_fit_their_labels_are_refused(assignments, said):
    with pytest.raises(ArgumentError, match=said):
        asked("xor-geometric", *assignments)


@pytest.mark.parametrize("kind", smallest_sets.KINDS)
def test_no_unit_of_a_fine_grid_separates_the_smallest_sets(kind):
    found = smallest_sets.study(smallest_sets.Parameters()).found[kind]
    units = np.array(list(itertools.product(np.arange(-3, 3.1, 0.25), repeat=3)))
    z = units @ np.array([(*map(int, point), 1) for point in found.points]).T
    assert not ((z > 0) == np.array(found.labels, dtype=bool)).all(axis=1).any()


@pytest.mark.parametrize("n_inputs", [1, 2, 3])
def test_random_units_give_all_labellings_to_one_point_more_than_there_are_inputs(n_inputs):
    found = asked("points-inseparable", f"n_inputs={n_inputs}").answer.measurements
    units = np.random.default_rng(0).normal(size=(20_000, n_inputs + 1))
    corners = np.vstack([np.zeros(n_inputs), np.eye(n_inputs)])
    given = np.unique(units @ np.insert(corners, 0, 1, axis=1).T > 0, axis=0)
    assert len(given) == found["separable_labellings_of_independent"] == 2 ** (n_inputs + 1)
    assert found["minimum_general_position"] == n_inputs + 2


@pytest.mark.parametrize(("n_inputs", "verdict"), [(1, "differs"), (2, "depends"), (3, "differs")])
def test_the_printed_four_is_for_two_inputs(n_inputs, verdict):
    found = asked("points-inseparable", f"n_inputs={n_inputs}")
    assert found.verdict == verdict and all(check.holds(found.answer.measurements) for check in found.answer.checks)
