import numpy as np
import pytest

from plasticity.artificial.roots import all_roots

SCAN = np.linspace(-4.0, 4.0, 81)


def test_all_roots_of_a_sine_are_found():
    assert all_roots(np.sin, np.cos, SCAN) == pytest.approx([-np.pi, 0, np.pi], abs=1e-15)


@pytest.mark.parametrize("distance", [1e-1, 1e-3, 1e-6])
def test_two_roots_between_two_points_of_the_scan_are_found(distance):
    # 0.03 lies inside an interval; the product form loses half the digits of the distance at worst.
    low, high = 0.03, 0.03 + distance
    roots = all_roots(lambda x: (x - low) * (x - high), lambda x: 2 * x - low - high, SCAN)
    assert roots == pytest.approx([low, high], abs=1e-14)


def test_a_root_that_only_touches_zero_is_found_once():
    assert all_roots(lambda x: (x - 0.5) ** 2, lambda x: 2 * (x - 0.5), SCAN) == pytest.approx([0.5], abs=1e-15)


def test_a_function_that_almost_touches_zero_has_no_root():
    assert len(all_roots(lambda x: x**2 + 1e-8, lambda x: 2 * x, SCAN)) == 0


def test_a_change_of_sign_in_a_jump_is_no_root():
    assert len(all_roots(lambda x: np.sign(x - 0.03) - 0.5, lambda x: 0.0 * x, SCAN)) == 0


def test_a_steep_crossing_is_a_root_and_no_jump():
    def value(x):
        return np.tanh(1e12 * (x**2 - 0.05))  # 7e-6 at the doubles nearest to the root

    roots = all_roots(value, lambda x: 2e12 * x * (1 - value(x) ** 2), [0, 1])
    assert abs(value(roots)).min() > 1e-7 and roots == pytest.approx([np.sqrt(0.05)], rel=1e-15)


def test_roots_at_the_ends_and_on_points_of_the_scan_are_found_once():
    assert all_roots(lambda x: x * (x**2 - 16), lambda x: 3 * x**2 - 16, SCAN).tolist() == [-4, 0, 4]


def test_of_two_neighbouring_numbers_the_one_nearer_to_zero_is_taken():
    assert all_roots(lambda x: x - 0.5, lambda x: 1 + 0 * x, [0, 1.2]).tolist() == [0.5]


def test_a_kink_below_zero_gives_a_root_on_either_side():
    roots = all_roots(lambda x: np.abs(x - 0.03) - 0.01, lambda x: np.sign(x - 0.03), SCAN)
    assert roots == pytest.approx([0.02, 0.04], abs=1e-15)


def test_a_tiny_root_keeps_its_size():
    assert all_roots(lambda x: x - 1e-44, lambda x: 1 + 0 * x, [-1.0, 1.0])[0] == pytest.approx(1e-44, rel=1e-12, abs=0)
