"""Sums of exponentials: their zeros against a fine grid and closed forms, their integrals against sums."""

import math

import numpy as np
import pytest

from plasticity.events.exponentials import driven, integral, mean_decay, value, zeros

RNG = np.random.default_rng(7)
N = 500  # synapses


@pytest.mark.parametrize("n_terms", [2, 3, 4, 5])
def test_every_change_of_sign_is_found_and_no_other(n_terms):
    rates = np.array([0.0, 3.0, 11.0, 12.0, 40.0])[:n_terms]
    amplitudes, end = RNG.normal(size=(n_terms, N)), np.full(N, 0.4)

    found = zeros(rates, amplitudes, end)

    grid = np.linspace(0.0, 0.4, 20001)
    heights = np.einsum("kn,kt->nt", amplitudes, np.exp(-rates[:, None] * grid))
    for column in range(N):
        turns = np.flatnonzero(np.diff(np.sign(heights[column])))
        here = found[:, column][found[:, column] < 0.4]
        np.testing.assert_allclose(here, (grid[turns] + grid[turns + 1]) / 2, rtol=0, atol=2.1e-5)


def test_a_zero_is_found_to_the_last_bits():
    # a polynomial in x = exp(-t): x (x - 1/2) (x - 1/4) is zero at log 2 and log 4
    found = zeros(np.array([1.0, 2.0, 3.0]), np.array([[1 / 8], [-3 / 4], [1.0]]), np.array([5.0]))

    np.testing.assert_allclose(found[:, 0], [math.log(2), math.log(4)], rtol=1e-15)


def test_the_crossing_of_one_variable_is_a_logarithm():
    found = zeros(np.array([0.0, 50.0]), np.array([[-1.0], [3.0]]), np.array([1.0]))

    assert found[0, 0] == pytest.approx(math.log(3) / 50, rel=1e-15)


def test_no_zero_is_the_end():
    assert zeros(np.array([0.0, 1.0]), np.array([[1.0], [1.0]]), np.array([2.0])).tolist() == [[2.0]]
    assert zeros(np.array([2.0]), np.array([[1.0]]), np.array([2.0])).shape == (0, 1)


@pytest.mark.parametrize("slope", [-3.0, -3.0 - 1e-9, -2.0, 0.0, 0.5, -1e3])
def test_a_driven_weight_is_the_sum_of_what_flowed_in(slope):
    rates, amplitudes, t = np.array([0.0, 3.0, 7.0]), np.array([[0.3], [2.0], [-1.0]]), np.array([0.8])
    nodes, weights = np.polynomial.legendre.leggauss(200)
    at = (1 + nodes) * 0.4

    inflow = [float(value(rates, amplitudes, np.array([s]))[0]) for s in at]
    expected = np.sum(weights * 0.4 * inflow * np.exp(slope * (0.8 - at)))
    found = driven(rates, amplitudes, np.array([slope]), t)[0]

    assert found == pytest.approx(expected, rel=1e-6 if slope == -1e3 else 1e-13)
    if slope == 0.0:
        assert integral(rates, amplitudes, t)[0] == pytest.approx(found, rel=1e-14)


def test_a_mean_decay_is_one_over_no_time():
    assert mean_decay(np.array([0.0, -1.0, -800.0])).tolist() == [1.0, 1 - math.exp(-1.0), 1 / 800]
