"""Differential equations: closed forms, the declared order, bounds, and what cannot be followed."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from plasticity.errors import SimulationError
from plasticity.integration import Motion, one_step, solution

CIRCLE = Motion(lambda t, y: np.array([y[1], -y[0]]))
TIMES = np.array([0.0, 0.3, 1.0, 2.5])


def test_a_decay_is_the_exponential_at_every_time():
    rates = np.array([[0.0, 1.0], [20.0, 0.3]])

    found = solution(Motion(lambda t, y: -rates * y), np.full((2, 2), 2.0), TIMES)

    np.testing.assert_allclose(found, 2.0 * np.exp(-rates * TIMES[:, None, None]), rtol=1e-9, atol=1e-9)


def test_a_flow_may_depend_on_time():
    found = solution(Motion(lambda t, y: np.cos(3 * t) + 0 * y), np.zeros(1), TIMES)

    np.testing.assert_allclose(found[:, 0], np.sin(3 * TIMES) / 3, atol=1e-9)


def test_an_oscillator_is_what_another_solver_finds():
    def van_der_pol(t, y):
        return np.array([y[1], 3 * (1 - y[0] ** 2) * y[1] - y[0]])

    other = solve_ivp(van_der_pol, (0.0, 2.5), [2.0, 0.0], "DOP853", TIMES, rtol=1e-12, atol=1e-12)

    np.testing.assert_allclose(solution(Motion(van_der_pol), np.array([2.0, 0.0]), TIMES).T, other.y, atol=1e-8)


@pytest.mark.parametrize("n_steps", [10, 20, 40])
def test_the_error_of_a_run_falls_with_the_fifth_power_of_the_step(n_steps):
    ratio = error_on_a_circle(n_steps) / error_on_a_circle(2 * n_steps)

    assert np.log2(ratio) == pytest.approx(5, abs=0.05)  # the next power of the step is still seen


def error_on_a_circle(n_steps):
    """After two units of time on the unit circle, in steps of one length."""
    values, step = np.array([1.0, 0.0]), 2.0 / n_steps
    for _ in range(n_steps):
        values = one_step(CIRCLE, CIRCLE.start(0.0, values), step).after
    return np.linalg.norm(values - [np.cos(2.0), -np.sin(2.0)])


def test_what_a_step_may_be_off_falls_with_its_fifth_power():
    ratio = first_error(0.05) / first_error(0.025)

    assert np.log2(ratio) == pytest.approx(5, abs=0.1)  # as above


def first_error(step):
    return np.linalg.norm(one_step(CIRCLE, CIRCLE.start(0.0, np.array([1.0, 0.0])), step).error)


@pytest.mark.parametrize("tolerance", [1e-5, 1e-8, 1e-11])
def test_the_error_keeps_to_the_tolerance(tolerance):
    found = solution(Motion(lambda t, y: -y * np.cos(t)), np.ones(1), TIMES, tolerance=tolerance)

    assert np.abs(found[:, 0] - np.exp(-np.sin(TIMES))).max() < 20 * tolerance  # tens of steps


def test_a_value_stays_at_its_bound_while_the_flow_points_outwards():
    # y rises with cos(t), meets 0.5 at pi/6, and leaves when the flow turns at pi/2
    motion = Motion(lambda t, y: np.cos(t) + 0 * y, upper=0.5)

    found = solution(motion, np.zeros(1), np.array([0.0, 0.5, 1.0, np.pi / 2, 2.5]))[:, 0]

    np.testing.assert_allclose(found, [0, np.sin(0.5), 0.5, 0.5, 0.5 - 1 + np.sin(2.5)], atol=1e-9)


@pytest.mark.parametrize("side", [1, -1])
def test_a_bound_that_is_met_and_left_within_a_step_is_seen(side):
    # t - t**2 meets 0.24 at 0.4, and leaves it at 0.5; the last step of a solver that saw no bound begins before 0.4
    motion = Motion(lambda t, y: side * (1 - 2 * t) + 0 * y, lower=-0.24, upper=0.24)

    found = solution(motion, np.zeros(1), np.array([0.0, 1.0]))

    np.testing.assert_allclose(found[-1], side * (0.24 - 0.25), atol=1e-9)


@pytest.mark.parametrize("side", [1, -1])
def test_a_bound_that_is_left_and_met_within_a_step_is_seen(side):
    # the flow points inwards from 0.4 to 0.6: after the way in, and a longer way out, the bound is met for good
    bound = np.array([1.0, np.inf])
    motion = Motion(lambda t, y: np.array([side * (t - 0.4) * (t - 0.6), y[0]]), lower=-bound, upper=bound)

    found = solution(motion, np.array([side, 0.0]), np.array([0.0, 1.0]))

    # with x = t - 0.5 the way in is x**3/3 - x/100 + 1/1500 less, until it is 0 again at x = 0.2
    def below(x):
        return x**4 / 12 - x**2 / 200 - x / 1500

    np.testing.assert_allclose(found[-1], [side, side * (1 + below(0.2) - below(-0.1))], atol=1e-9)


def test_what_reads_a_bounded_value_reads_it_at_its_bound():
    def flow(t, y):
        return np.array([1.0 + 0 * y[0], y[0]])

    found = solution(Motion(flow, upper=np.array([1.0, np.inf])), np.zeros(2), np.array([0.0, 3.0]))[-1]

    np.testing.assert_allclose(found, [1.0, 0.5 + 2.0], atol=1e-9)


def test_a_small_scale_keeps_small_values_exact():
    found = solution(Motion(lambda t, y: -y, scale=1e-12), np.array([1e-9]), TIMES)

    np.testing.assert_allclose(found[:, 0], 1e-9 * np.exp(-TIMES), rtol=1e-9)


def test_what_grows_without_limit_is_said_with_its_time():
    with pytest.raises(SimulationError, match="the weight of x grows without limit, .*, at 0.5 s"):
        solution(Motion(lambda t, y: y**2, what="the weight of x"), np.array([2.0]), np.array([0.0, 1.0]))


def test_what_is_no_number_is_said():
    with pytest.raises(SimulationError, match="at 0 s"):
        solution(Motion(lambda t, y: np.log(y - 5)), np.array([2.0]), np.array([0.0, 1.0]))
