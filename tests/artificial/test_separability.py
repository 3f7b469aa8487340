from itertools import combinations, product
from math import comb, gcd

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from plasticity.artificial.certificates import Contradiction, Separation
from plasticity.artificial.separability import is_separable, separate, separating_unit, smallest_inseparable
from plasticity.artificial.units import Network, output
from plasticity.errors import ArgumentError

steady = settings(derandomize=True, deadline=None)  # the same examples in every run, however slow

CORNERS = np.array(list(product((0, 1), repeat=2)))


def labelled_points(n_inputs):
    point = st.tuples(*[st.integers(-2, 2)] * n_inputs)
    return st.lists(st.tuples(point, st.integers(0, 1)), min_size=1, max_size=9)


def n_separable_labellings(points):
    return sum(is_separable(points, labels) for labels in product((0, 1), repeat=len(points)))


@pytest.mark.parametrize("n_inputs", [1, 2, 3])
def test_the_decision_agrees_with_a_linear_program_of_scipy(n_inputs):
    # Small whole numbers: many points coincide or lie on one line, and no feasible margin is tiny.
    rng = np.random.default_rng(n_inputs)
    for _ in range(80):
        points, labels = rng.integers(-2, 3, (rng.integers(2, 9), n_inputs)), rng.integers(0, 2, 8)
        labels = labels[: len(points)]
        rows = np.column_stack([points, np.ones(len(points))]) * (1 - 2 * labels)[:, None]
        program = linprog(np.zeros(n_inputs + 1), rows, -np.ones(len(points)), bounds=(None, None), method="highs")
        assert is_separable(points, labels) == (program.status == 0)


@steady
@given(pairs=labelled_points(1))
def test_on_a_line_separable_means_that_one_cut_is_enough(pairs):
    points, labels = zip(*pairs, strict=True)
    ones = [x for (x,), label in pairs if label]
    zeros = [x for (x,), label in pairs if not label]
    one_cut = not ones or not zeros or max(ones) < min(zeros) or max(zeros) < min(ones)
    assert is_separable(points, labels) == one_cut


@steady
@given(pairs=labelled_points(2))
def test_a_separating_unit_gives_every_point_its_label(pairs):
    points, labels = zip(*pairs, strict=True)
    answer = separate(points, labels)
    if isinstance(answer, Separation):
        unit = separating_unit(answer)
        assert output(Network(("x1", "x2"), (unit,)), points)[:, 0].tolist() == list(labels)


@steady
@given(pairs=labelled_points(2))
def test_a_contradiction_needs_at_most_two_points_more_than_inputs(pairs):
    answer = separate(*zip(*pairs, strict=True))
    if isinstance(answer, Contradiction):
        needed = [m for m in answer.multipliers if m]
        assert 2 <= len(needed) <= 4 and gcd(*needed) == 1


@steady
@given(pairs=labelled_points(2), matrix=st.tuples(*[st.integers(-3, 3)] * 4), shift=st.integers(-5, 5))
def test_an_invertible_linear_map_and_a_shift_change_nothing(pairs, matrix, shift):
    points, labels = map(np.array, zip(*pairs, strict=True))
    matrix = np.reshape(matrix, (2, 2)) + 7 * np.eye(2, dtype=int)
    assert is_separable(points @ matrix + shift, labels) == is_separable(points, labels)


@pytest.mark.parametrize("n_inputs, n_points", [(1, 5), (2, 3), (2, 4), (2, 6), (3, 6)])
def test_the_number_of_separable_labellings_is_that_of_covers_theorem(n_inputs, n_points):
    # Points on the moment curve are in general position; Cover (1965), doi:10.1109/PGEC.1965.264137.
    moment_curve = [[t**k for k in range(1, n_inputs + 1)] for t in range(n_points)]
    expected = 2 * sum(comb(n_points - 1, k) for k in range(n_inputs + 1))
    assert n_separable_labellings(moment_curve) == expected


def test_one_point_with_two_labels_is_inseparable():
    assert not is_separable([[3, 4], [1, 1], [3, 4]], [1, 0, 0])
    assert is_separable([[3, 4], [1, 1], [3, 4]], [1, 0, 1])


def test_an_interval_on_a_line_is_inseparable():
    assert separate([[0], [1], [2]], [0, 1, 0]).multipliers == (1, 2, 1)


def test_a_gap_too_small_for_floating_point_still_decides():
    gap = [[0, 0], [1, "1e-40"], [2, 0]]
    assert is_separable(gap, [1, 0, 1])
    assert not is_separable([[0, 0], [1, 0], [2, 0]], [1, 0, 1])


def test_floats_are_read_as_the_decimals_they_print_as():
    on_a_line = [[0.1, 0.3], [0.2, 0.6], [0.3, 0.9]]  # in binary 0.3 is less than three times 0.1
    assert not is_separable(on_a_line, [1, 0, 1])


def test_weights_are_whole_numbers_without_a_common_divisor():
    answer = separate([[0.75], [0.25]], [0, 1])
    assert (*answer.weights, answer.bias) == (-2, 1)


def test_one_class_alone_is_separable():
    assert all(is_separable(CORNERS, [label] * 4) for label in (0, 1))


def test_labels_may_be_minus_one_and_one():
    assert separate(CORNERS, [-1, -1, -1, 1]) == separate(CORNERS, [0, 0, 0, 1])


def test_hundreds_of_points_are_no_trouble():
    points = np.random.default_rng(1).normal(size=(300, 2)).round(3)
    labels = (points @ [1, 2] > 0.3).astype(int)
    assert is_separable(points, labels)
    middle = np.argmin(np.abs(points).sum(axis=1))
    assert not is_separable(points, np.where(np.arange(300) == middle, 1 - labels, labels))


def test_the_unit_of_a_separation_takes_the_names_of_its_inputs():
    unit = separating_unit(separate(CORNERS, [0, 0, 0, 1]), ("a", "b"), "and")
    assert unit.name == "and" and list(unit.weights) == ["a", "b"]


@pytest.mark.parametrize("n_inputs, independence", [(1, 1), (1, 2), (2, 1), (2, 2), (2, 3), (3, 4)])
def test_the_smallest_inseparable_set_has_one_point_more_than_are_independent(n_inputs, independence):
    found = smallest_inseparable(n_inputs, independence)
    assert len(found.points) == independence + 1


def test_in_the_plane_the_smallest_sets_are_a_double_a_line_and_xor():
    doubled, line, square = (smallest_inseparable(2, k) for k in (1, 2, 3))
    assert doubled.points[0] == doubled.points[1]
    assert line.points == ((0, 0), (0, 1), (0, 2)) and line.labels == (0, 1, 0)
    assert square.points == tuple(map(tuple, CORNERS)) and square.labels == (0, 1, 1, 0)


def test_no_three_points_in_general_position_on_a_grid_are_inseparable():
    # The search tries one triangle and argues that it stands for all; here all triangles are tried.
    for triangle in combinations(product(range(3), repeat=2), 3):
        is_on_a_line = round(np.linalg.det([[*p, 1] for p in triangle])) == 0
        assert n_separable_labellings(triangle) == (6 if is_on_a_line else 8)


@pytest.mark.parametrize(
    "points, labels, message",
    [
        ([1, 2], [0, 1], r"points: the shape is \(2,\); it must be \(n_points, n_inputs\)"),
        (np.zeros((0, 2)), [], r"points: the shape is \(0, 2\)"),
        ([[], []], [0, 1], r"points: the shape is \(2, 0\)"),
        ([[0], [1]], [0], r"labels: the shape is \(1,\); it must be \(2,\)"),
        ([[0], [np.nan]], [0, 1], "no finite number"),
        ([[0], [np.inf]], [0, 1], "no finite number"),
        ([[0], [1, 2]], [0, 1], "no finite number"),
        ([[0], ["one"]], [0, 1], "no finite number"),
        ([[0], [1], [2]], [0, 1, 2], r"labels: \[0.0, 1.0, 2.0\]; they must be two classes"),
        ([[0], [1], [2]], [-1, 0, 1], "two classes"),
        ([[0], [1]], [0, 0.5], "two classes"),
        ([[0], [1]], [0, np.nan], "labels is nan at index 1"),
        ([[0], [1]], ["a", "b"], "labels is 'a'"),
    ],
)
def test_points_and_labels_that_do_not_fit_are_refused(points, labels, message):
    with pytest.raises(ArgumentError, match=message):
        separate(points, labels)


@pytest.mark.parametrize("n_inputs, independence", [(0, 1), (4, 2), (2, 0), (2, 4), (1.5, 1), (2, 1.5)])
def test_a_search_that_makes_no_sense_is_refused(n_inputs, independence):
    with pytest.raises(ArgumentError, match="inputs"):
        smallest_inseparable(n_inputs, independence)


def test_names_that_do_not_fit_the_weights_are_refused():
    with pytest.raises(ArgumentError, match="3 names of inputs for 2 weights"):
        separating_unit(separate(CORNERS, [0, 0, 0, 1]), "abc")
