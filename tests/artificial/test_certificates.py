from fractions import Fraction

import pytest

from plasticity.artificial.certificates import Contradiction, Separation, common_point, constraint, proof
from plasticity.artificial.separability import separate
from plasticity.errors import ArgumentError

CORNERS = ((0, 0), (0, 1), (1, 0), (1, 1))
XOR = (0, 1, 1, 0)


def test_the_proof_for_xor_can_be_read_and_followed():
    assert proof(separate(CORNERS, XOR)) == [
        "Suppose a unit with the weights w1, w2 and the bias b gave every point its label. Then:",
        "  (1) at (0, 0), label 0:           + b <= 0",
        "  (2) at (0, 1), label 1:      + w2 + b > 0",
        "  (3) at (1, 0), label 1: + w1      + b > 0",
        "  (4) at (1, 1), label 0: + w1 + w2 + b <= 0",
        "Turn every ... <= 0 into -(...) >= 0, multiply, and add:",
        "  1 times (1):           - b >= 0",
        "  1 times (2):      + w2 + b > 0",
        "  1 times (3): + w1      + b > 0",
        "  1 times (4): - w1 - w2 - b >= 0",
        "On the left everything cancels. On the right stands > 0, because at least one line says so.",
        "0 > 0 is impossible: there is no such unit.",
        "In the picture: (1/2, 1/2) lies among the points with label 1, as 1/2 (0, 1) + 1/2 (1, 0), "
        "and among those with label 0, as 1/2 (0, 0) + 1/2 (1, 1).",
    ]


def test_a_proof_names_only_the_points_it_needs_and_multiplies_them():
    lines = proof(separate([[5], [0], [1], [2.5], [9]], [1, 1, 0, 1, 1]))
    assert lines[4:8] == [
        "Turn every ... <= 0 into -(...) >= 0, multiply, and add:",
        "  1 times (1): + 5 w1   + b > 0",
        "  4 times (2):        + 4 b > 0",
        "  5 times (3): - 5 w1 - 5 b >= 0",
    ]
    assert lines[-1].endswith("label 1, as 1/5 (5) + 4/5 (0), and among those with label 0, as 1 (1).")


def test_a_unit_that_misses_a_point_is_no_separation():
    Separation(CORNERS, (0, 0, 0, 1), (2, 2), -3)
    with pytest.raises(ArgumentError, match=r"does not separate: at \(0, 1\), label 1, z is -1"):
        Separation(CORNERS, XOR, (2, 2), -3)


def test_a_point_with_label_zero_may_lie_on_the_boundary_and_one_with_label_one_may_not():
    Separation(CORNERS, (0, 1, 1, 1), (1, 1), 0)
    with pytest.raises(ArgumentError, match="z is 0"):
        Separation(CORNERS, (0, 0, 0, 1), (1, 1), -2)


@pytest.mark.parametrize("multipliers, why", [((0, 0, 0, 0), "not all 0"), ((1, 1, -1, 1), "0 or more")])
def test_multipliers_that_are_negative_or_nothing_are_no_contradiction(multipliers, why):
    with pytest.raises(ArgumentError, match=why):
        Contradiction(CORNERS, XOR, multipliers)


def test_constraints_that_do_not_cancel_are_no_contradiction():
    with pytest.raises(ArgumentError, match=r"the left sides add up to \(0, 1, 1\), not to 0"):
        Contradiction(CORNERS, XOR, (1, 2, 1, 1))


def test_a_constraint_is_the_point_and_a_one_turned_round_for_label_zero():
    assert constraint((3, -2), 1) == (3, -2, 1) and constraint((3, -2), 0) == (-3, 2, -1)


def test_the_common_point_of_xor_is_where_the_diagonals_cross():
    assert common_point(separate(CORNERS, XOR)) == (Fraction(1, 2), Fraction(1, 2))


def test_the_common_point_is_the_same_mixture_of_either_class():
    contradiction = separate([(0, 0), (6, 0), (0, 6), (1, 2), (9, 9)], [0, 0, 0, 1, 0])
    negated = separate([(0, 0), (6, 0), (0, 6), (1, 2), (9, 9)], [1, 1, 1, 0, 1])
    assert common_point(contradiction) == common_point(negated) == (1, 2)
