from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from plasticity.artificial.exact import alike, exact, numbers, written
from plasticity.errors import ArgumentError


def test_a_float_is_read_as_the_decimal_it_prints_as():
    assert exact(0.9) == Fraction(9, 10) != Fraction(0.9)
    assert exact([[0.1, 1], ["1/3", Decimal("2.5")]]).tolist() == [
        [Fraction(1, 10), 1],
        [Fraction(1, 3), Fraction(5, 2)],
    ]


def test_exact_sums_do_not_round():
    assert sum([0.1] * 3) != 0.3
    assert sum(exact([0.1] * 3)) == exact(0.3)


def test_one_fraction_makes_all_numbers_exact():
    array = numbers([Fraction(1, 2), 1, 2.0, Decimal("0.1")], "inputs")
    assert array.tolist() == [Fraction(1, 2), 1, 2, Fraction(1, 10)]
    assert all(isinstance(value, Fraction) for value in array)


def test_plain_numbers_become_a_copy_in_double_precision():
    given = np.array([1, 2])
    array = numbers(given, "inputs")
    assert array.dtype == float and array is not given


def test_arrays_beside_fractions_become_fractions():
    whole, tenth = alike(np.array([1.0, 2.0]), exact([0.1]))
    assert isinstance(whole[0], Fraction) and (whole * tenth).tolist() == [Fraction(1, 10), Fraction(1, 5)]
    assert alike(np.ones(2))[0].dtype == float


@pytest.mark.parametrize("bad", [[Fraction(1, 2), 0.9], [np.float64(0.9), Decimal(1)]])
def test_a_rounded_float_next_to_exact_numbers_is_refused(bad):
    with pytest.raises(ArgumentError, match=r"float 0.9 stands next to exact numbers; write exact\(0.9\)"):
        numbers(bad, "inputs")


@pytest.mark.parametrize("bad", [[Fraction(1), float("nan")], [Decimal("inf")], ["a"], [[1, 2], [3]], None, [1j]])
def test_what_is_no_finite_number_is_refused(bad):
    with pytest.raises(ArgumentError, match="^inputs "):
        numbers(bad, "inputs")


@pytest.mark.parametrize("bad", [float("nan"), "abc", "1/0", None, [float("inf")]])
def test_what_is_no_finite_number_has_no_exact_value(bad):
    with pytest.raises(ArgumentError, match="no finite number|must be finite|real numbers"):
        exact(bad)


def test_numbers_are_written_as_on_paper():
    assert [written(n) for n in (Fraction(-6, 5), Fraction(1, 3), 0.1 + 0.2, 3)] == [
        "-1.2",
        "1/3",
        "0.3",
        "3",
    ]


@pytest.mark.parametrize("bad", ["1e999999999", Decimal("1e-999999"), "1" * 500, True, [[0.1], [2, 3]], {"a": 1}])
def test_a_number_of_millions_of_digits_has_no_exact_value(bad):
    with pytest.raises(ArgumentError):
        exact(bad)
