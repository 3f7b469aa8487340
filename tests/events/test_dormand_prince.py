"""The adaptive method: its order, its stops at switches and bounds, and what it refuses."""

import math

import numpy as np
import pytest

from plasticity.errors import SimulationError
from plasticity.events.dormand_prince import followed, step


class Equation:
    """dy/dt = slope(t, y, whether the switch is on), the switch hanging on height(t, y)."""

    scales = np.ones((1, 1))
    lower = np.full((1, 1), -np.inf)

    def __init__(self, slope, height=None, upper=np.inf):
        self.slope, self.height, self.upper = slope, height, np.full((1, 1), upper)

    def slopes(self, t, y, switches):
        return np.broadcast_to(self.slope(t, y, switches), y.shape)

    def heights(self, t, y, switches):
        return self.height(t, y) if self.height else np.empty((0, t.size))

    def clipped(self, y):
        return np.minimum(y, self.upper)


NONE = np.zeros((0, 1), bool)
GROWING = Equation(lambda t, y, switches: y * np.cos(t))  # y = exp(sin t)


def error_of(n_steps):
    t, y, h = np.zeros(1), np.ones((1, 1)), np.full(1, 2.0 / n_steps)
    for _ in range(n_steps):
        y, t = step(GROWING, NONE, t, y, h).after, t + h
    return abs(float(y[0, 0]) - math.exp(math.sin(2.0)))


def test_half_the_step_leaves_a_thirty_second_of_the_error():
    errors = [error_of(n) for n in (8, 16, 32, 64)]
    orders = np.log2(np.array(errors[:-1]) / errors[1:])
    assert orders[-1] == pytest.approx(5.0, abs=0.3)


def test_the_estimate_of_the_error_is_of_order_five_in_one_step():
    t, y = np.zeros(1), np.ones((1, 1))
    first, second = (abs(step(GROWING, NONE, t, y, np.array([h])).error[0, 0]) for h in (0.1, 0.05))
    assert math.log2(first / second) == pytest.approx(5.0, abs=0.4)


def test_steps_are_as_short_as_the_tolerance_asks_for_each_synapse():
    start, until = np.array([0.0, 1.0, 2.0]), np.array([2.0, 1.0, 12.0])
    found = followed(GROWING, np.ones((1, 3)), start, until)
    expected = np.exp(np.sin(until) - np.sin(start))
    np.testing.assert_allclose(found[0], expected, rtol=1e-8)
    assert found[0, 1] == 1.0


def test_a_threshold_on_time_is_crossed_where_it_is():
    turning = Equation(lambda t, y, switches: switches * 1.0, lambda t, y: (np.sin(t) - 0.3)[None])
    until = np.array([10.0, 6.0])
    found = followed(turning, np.zeros((1, 2)), np.zeros(2), until)[0]
    low = math.asin(0.3)
    assert found == pytest.approx([2 * (math.pi - 2 * low), math.pi - 2 * low], rel=1e-12)


def test_a_threshold_on_the_variable_turns_its_own_flow():
    # up with 1 per second to 0.7, from there on with 3
    bent = Equation(lambda t, y, switches: 1.0 + 2.0 * switches, lambda t, y: y - 0.7)
    found = followed(bent, np.zeros((1, 1)), np.zeros(1), np.ones(1))
    assert found[0, 0] == pytest.approx(0.7 + 0.3 * 3, rel=1e-13)


def test_a_switch_that_turns_and_turns_back_is_not_passed_over():
    narrow = Equation(lambda t, y, switches: switches * 1.0, lambda t, y: (0.05 - np.abs(t - 4.63))[None])
    found = followed(narrow, np.zeros((1, 1)), np.array([4.0]), np.array([6.0]))
    assert found[0, 0] == pytest.approx(0.1, rel=1e-12)


def test_a_bound_that_is_met_and_left_within_a_step_is_seen():
    # t - t**2 meets 0.24 at 0.4, and leaves it at 0.5; one step would lead to the end
    bounded = Equation(lambda t, y, switches: np.where((y >= 0.24) & (t < 0.5), 0.0, 1 - 2 * t), upper=0.24)
    found = followed(bounded, np.zeros((1, 2)), np.zeros(2), np.array([1.0, 0.3]))
    assert found[0] == pytest.approx([0.24 - 0.25, 0.3 - 0.3**2], abs=1e-8)


def test_a_flow_into_a_pole_is_refused():
    pole = Equation(lambda t, y, switches: 1 / (1.0 - t) ** 2)
    with np.errstate(all="ignore"), pytest.raises(SimulationError, match="cannot be followed beyond (1|0.99)"):
        followed(pole, np.zeros((1, 1)), np.zeros(1), np.full(1, 2.0))
