from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from plasticity.artificial.linear_systems import nonnegative_solution, rank

steady = settings(derandomize=True, deadline=None)  # the same examples in every run, however slow

small = st.integers(-2, 2)
systems = st.integers(1, 4).flatmap(
    lambda m: st.tuples(
        st.integers(1, 6).flatmap(lambda n: st.lists(st.lists(small, min_size=n, max_size=n), min_size=m, max_size=m)),
        st.lists(st.integers(0, 2), min_size=m, max_size=m),
    )
)


@steady
@given(system=systems)
def test_every_answer_is_a_solution_or_a_reason_why_there_is_none(system):
    A, b = map(np.array, system)
    x, y = nonnegative_solution(A, b)
    if y is None:
        assert min(x) >= 0 and (A @ x == b).all() and np.count_nonzero(x) <= len(b)
    else:
        assert x is None and max(y @ A) <= 0 and y @ b > 0


@pytest.mark.parametrize("seed", range(60))
def test_a_solution_is_found_exactly_when_a_linear_program_of_scipy_is_feasible(seed):
    rng = np.random.default_rng(seed)
    A, b = rng.integers(-2, 3, (3, 5)), rng.integers(0, 3, 3)
    program = linprog(np.zeros(5), A_eq=A, b_eq=b, method="highs")
    assert (nonnegative_solution(A, b)[0] is not None) == (program.status == 0)


def test_a_system_with_one_solution_gives_it_exactly():
    x, _ = nonnegative_solution([[3, 1], [1, 2]], [Fraction(1, 3), Fraction(2, 7)])
    assert x == [Fraction(8, 105), Fraction(11, 105)]


@pytest.mark.timeout(20)
def test_ties_are_broken_so_that_the_pivots_never_run_in_circles():
    # Found by search: taking the highest instead of the lowest number among tied rows never ends here.
    A = np.array([[-5, 4, -8, 0, 4, 9, 9], [-1, -6, 0, 8, -8, 7, 8], [-5, -9, -1, -5, -2, -6, 7]])
    x, _ = nonnegative_solution(A, [0, 0, 1])
    assert (A @ x).tolist() == [0, 0, 1] and min(x) >= 0


def test_a_zero_right_hand_side_has_the_zero_solution():
    assert nonnegative_solution([[1, -1], [2, 1]], [0, 0]) == ([0, 0], None)


def test_the_rank_of_an_ill_conditioned_matrix_is_exact():
    hilbert = [[Fraction(1, i + j + 1) for j in range(14)] for i in range(14)]
    assert rank(hilbert) == 14 != np.linalg.matrix_rank(np.array(hilbert, dtype=float))


@pytest.mark.parametrize("seed", range(30))
def test_the_rank_of_a_product_of_small_matrices_agrees_with_numpy(seed):
    rng = np.random.default_rng(seed)
    inner = rng.integers(1, 4)
    matrix = rng.integers(-2, 3, (5, inner)) @ rng.integers(-2, 3, (inner, 4))
    assert rank(matrix) == np.linalg.matrix_rank(matrix)
