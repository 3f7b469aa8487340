"""What compares printed formulas with right ones must notice a wrong one."""

import numpy as np

from plasticity.quiz.formulas import are_same, largest_difference
from plasticity.studies.complex_step import slope

X = np.linspace(0.2, 3.0, 20)


def test_a_complex_step_gives_the_derivative_to_the_last_digits():
    assert largest_difference(slope(lambda x: np.exp(x) / x**2, X), np.exp(X) * (X - 2) / X**3) < 1e-13


def test_rounding_is_no_difference_and_a_part_in_a_million_is():
    assert are_same(X * 3 / 3, X) and not are_same(X * (1 + 1e-6), X)


def test_small_values_are_compared_by_their_distance():
    assert are_same(1e-12, 0.0) and not are_same(1e-6, 0.0)


def test_one_wrong_input_among_many_is_enough():
    assert not are_same(np.where(np.arange(20) == 7, X + 0.1, X), X)
