"""The rules on rates of the library: what they end at, by closed forms and linear algebra that know nothing of them."""

import numpy as np
import pytest

from plasticity.errors import RuleError
from plasticity.rates import Patterns, WeightedSum, drift, trajectory
from plasticity.rules import RULES, Signal, anti, unbounded, with_parameters

OJA, SANGER, BCM = (with_parameters(RULES[name], k=1e-3) for name in ("oja", "sanger", "bcm"))
INPUTS = np.random.default_rng(6).gamma(2.0, 4.0, (50, 4)) @ np.array(
    [[1, 0.6, 0, 0], [0.6, 1, 0, 0], [0, 0, 0.5, 0.2], [0, 0, 0.2, 0.5]]
)
TWO = np.array([[20.0, 2.0], [2.0, 20.0]])


def principal(inputs):
    """The unit vectors along which the mean square is largest, in falling order, a row each."""
    _, vectors = np.linalg.eigh(inputs.T @ inputs / len(inputs))
    return vectors.T[::-1]


def test_ojas_rule_ends_at_unit_norm_along_the_first_principal_component():
    run = trajectory(OJA, Patterns(INPUTS), WeightedSum(), np.full(4, 0.1), duration=2000.0)

    first = principal(INPUTS)[0]
    np.testing.assert_allclose(run.weights[-1], first * np.sign(first.sum()), atol=1e-8)
    assert run.weights.shape == (101, 4) and abs(np.linalg.norm(run.weights[0]) - 0.2) < 1e-12


def test_sangers_rule_ends_at_the_components_in_order():
    start = np.random.default_rng(1).uniform(0.05, 0.2, (3, 4))

    run = trajectory(SANGER, Patterns(INPUTS), WeightedSum(), start, duration=20000.0)

    expected = principal(INPUTS)[:3]
    turned = expected * np.sign((expected * run.weights[-1]).sum(axis=1, keepdims=True))
    np.testing.assert_allclose(run.weights[-1], turned, atol=1e-6)


def test_sangers_rule_is_ojas_for_a_neuron_alone():
    alone = [trajectory(rule, Patterns(INPUTS), WeightedSum(), np.full(4, 0.1), duration=5.0) for rule in (OJA, SANGER)]

    np.testing.assert_array_equal(alone[0].weights, alone[1].weights)
    assert drift(SANGER, 12.0, 7.0, 0.3) == drift(OJA, 12.0, 7.0, 0.3)


def test_the_first_step_of_sangers_rule_is_its_sum_written_out():
    w, x = np.array([[0.3, 0.1], [0.2, 0.4]]), np.array([12.0, 5.0])
    y = w @ x
    expected = [[1e-3 * y[i] * (x[j] - sum(y[k] * w[k, j] for k in range(i + 1))) for j in (0, 1)] for i in (0, 1)]

    run = trajectory(SANGER, x, WeightedSum(), w, times=[0.0, 1e-6])

    np.testing.assert_allclose((run.weights[1] - w) / 1e-6, expected, rtol=1e-4)  # the curvature within the step


def test_neurons_whose_rates_are_given_take_away_what_they_account_for():
    w, y = np.array([[0.3, 0.1], [0.2, 0.4]]), np.array([[8.0], [3.0]])
    left = np.array([12.0, 5.0]) - [[0.0, 0.0], 8.0 * w[0]]

    run = trajectory(SANGER, [12.0, 5.0], y, w, times=[0.0, 1e-6])

    np.testing.assert_allclose((run.weights[1] - w) / 1e-6, 1e-3 * y * (left - y * w), rtol=1e-6)


def test_only_a_presynaptic_rate_can_be_a_residual():
    with pytest.raises(RuleError, match="^signal 'v' is a residual; only a presynaptic rate can be one$"):
        Signal("v", "post", "voltage", "mV", is_residual=True)


def settling(answers, usual=10.0):
    """The eigenvalues of the flow of BCM's answers and threshold about a fixed point, linearised by hand; 1/s."""
    theta, gram = (answers**2).mean() / usual, TWO @ TWO.T / len(TWO)
    slope = 1e-3 / usual * gram * (2 * answers - theta)  # of dy_a/dt, over each y_b
    matrix = np.block([[slope, -1e-3 / usual * gram @ answers[:, None]], [2 * answers / len(TWO) / usual, -np.eye(1)]])
    return np.linalg.eigvals(matrix).real


@pytest.mark.parametrize("start", [[0.42, 0.38], [0.38, 0.42], [0.9, 0.85], [0.1, 0.12]])
def test_bcm_ends_answering_one_pattern_with_twice_the_usual_rate(start):
    run = trajectory(BCM, Patterns(TWO), WeightedSum(), start, duration=2000.0)

    preferred = np.argmax(start)
    answers = TWO @ run.weights[-1]
    np.testing.assert_allclose(answers, np.where(np.arange(2) == preferred, 20.0, 0.0), atol=1e-6)
    assert settling(answers).max() < 0


def test_bcm_does_not_stay_where_it_answers_both_patterns_alike():
    alike = np.linalg.solve(TWO, [10.0, 10.0])

    resting = trajectory(BCM, Patterns(TWO), WeightedSum(), alike, duration=1.0)
    pushed = trajectory(BCM, Patterns(TWO), WeightedSum(), alike + [1e-6, -1e-6], duration=2000.0)

    np.testing.assert_allclose(resting.weights[-1], alike, rtol=1e-12)
    assert settling(np.array([10.0, 10.0])).max() > 0 and np.ptp(TWO @ pushed.weights[-1]) > 19.9


def test_the_reversed_presynaptic_gate_brings_the_rate_to_its_threshold():
    rule = anti(unbounded(with_parameters(RULES["presynaptically_gated"], theta_post=9.0)))
    x, w = np.array([12.0, 0.0, 5.0]), np.array([0.2, 0.3, 0.1])

    run = trajectory(rule, x, WeightedSum(), w, duration=1000.0)

    # every change is along x: the way to the plane w x = 9 is the shortest
    np.testing.assert_allclose(run.weights[-1], w + x * (9.0 - w @ x) / (x @ x), rtol=1e-9)


def test_the_postsynaptic_gate_moves_along_a_line_at_an_exponential_pace():
    rule = unbounded(with_parameters(RULES["postsynaptically_gated"], theta_pre=8.0))
    x, w, times = np.array([12.0, 5.0, 8.0]), np.array([0.2, 0.3, 0.1]), np.linspace(0.0, 50.0, 6)
    pace = 2e-4 * (x - 8.0) @ x

    run = trajectory(rule, x, WeightedSum(), w, times=times)

    way = (x @ w) * (np.exp(pace * times) - 1) / pace * 2e-4
    np.testing.assert_allclose(run.weights, w + np.outer(way, x - 8.0), rtol=1e-9)


def test_gates_are_shut_while_their_own_side_is_silent():
    assert drift(RULES["presynaptically_gated"], 0.0, 50.0, 0.5) == 0
    assert drift(RULES["postsynaptically_gated"], 50.0, 0.0, 0.5) == 0
