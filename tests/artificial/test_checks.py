from fractions import Fraction

import numpy as np
import pytest

from plasticity.artificial.checks import finite, is_count, is_real
from plasticity.errors import ArgumentError


def test_numbers_of_any_real_kind_become_new_doubles():
    given = np.arange(3.0)
    assert finite(given, "x") is not given
    assert finite([True, 2, Fraction(1, 4)], "x").tolist() == [1.0, 2.0, 0.25]


@pytest.mark.parametrize("bad", ["1.5", ["a"], [1j], [[1], [1, 2]], [10**400], {"a": 1}])
def test_what_is_no_array_of_numbers_is_refused(bad):
    with pytest.raises(ArgumentError, match="weights: .* is no array of real numbers"):
        finite(bad, "weights")


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_the_error_names_the_place_of_the_number_that_is_not_finite(bad):
    with pytest.raises(ArgumentError, match=r"x: (nan|inf|-inf) at index 1, 0; every number must be finite"):
        finite([[1, 2], [bad, 3]], "x")


@pytest.mark.parametrize("bad", [np.nan, None])
def test_a_single_number_is_checked_too(bad):
    with pytest.raises(ArgumentError, match="bias: nan; every number must be finite"):
        finite(bad, "bias")


@pytest.mark.parametrize("shape", [(2, 3), (None, 3), (2, None), (..., 3), (..., 2, 3), None])
def test_shapes_that_fit_are_let_through(shape):
    assert finite(np.zeros((2, 3)), "x", shape).shape == (2, 3)


@pytest.mark.parametrize(
    "shape, written",
    [((), r"\(\)"), ((3,), r"\(3,\)"), ((None, 2), r"\(any, 2\)"), ((..., 4, 2, 3), r"\(\.\.\., 4, 2, 3\)")],
)
def test_another_shape_is_refused_and_the_wanted_one_named(shape, written):
    with pytest.raises(ArgumentError, match=rf"the shape is \(2, 3\); it must be {written}"):
        finite(np.zeros((2, 3)), "x", shape)


def test_a_count_is_a_whole_number_of_any_type_that_is_not_too_small():
    assert is_count(1) and is_count(np.int64(3)) and is_count(0, least=0)
    assert not any(map(is_count, [0, -1, 1.0, np.nan, "1", None, [1]]))


def test_a_real_number_is_one_number():
    assert is_real(1) and is_real(np.float32(0.5)) and is_real(Fraction(1, 2))
    assert not any(map(is_real, ["1", None, 1j, [1.0], np.ones(1)]))
