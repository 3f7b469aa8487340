"""Rules run over time on rates: fixed points of the literature, another solver, bounds, pieces of a run."""

import math

import numpy as np
import pytest
from rules_on_rates import BCM, ETA, rule
from scipy.integrate import solve_ivp

from plasticity import rates
from plasticity.rates import WeightedSum, trajectory
from plasticity.rules import BIOLOGICAL, RULES, low_pass, soft_bounds, unbounded, with_parameters

OJA = with_parameters(RULES["oja"], k=ETA)
COVARIANCE = rule(
    "eta*(rate_pre - mean_pre)*(rate_post - mean_post)",
    low_pass("mean_pre", "rate_pre", "tau", start="usual", unit="Hz"),
    low_pass("mean_post", "rate_post", "tau", start="usual", unit="Hz"),
)


def test_one_weight_of_ojas_rule_ends_at_one_on_the_logistic_curve():
    # v = w**2 obeys v' = 2 eta x**2 v (1 - v)
    times = np.linspace(0.0, 40.0, 9)

    run = trajectory(OJA, 10.0, WeightedSum(), [0.2], times=times)

    growth = np.exp(-2 * ETA * 10.0**2 * times)
    np.testing.assert_allclose(run.weights[:, 0], 1 / np.sqrt(1 + (1 / 0.04 - 1) * growth), rtol=1e-9)


def solved(flow, start, times):
    """What another solver finds, (n_times, n_variables)."""
    return solve_ivp(flow, (times[0], times[-1]), start, "DOP853", times, rtol=1e-13, atol=1e-13).y.T


def test_a_sliding_threshold_slides_as_another_solver_says():
    times, x = np.linspace(0.0, 30.0, 16), np.array([12.0, 5.0])

    def flow(t, y):
        w, theta = y[:2], y[2]
        post = w @ x
        return [*(1e-4 / 10 * x * post * (post - theta)), (post**2 / 10 - theta) / 2]

    run = trajectory(BCM, x, WeightedSum(), [0.5, 0.4], times=times)

    other = solved(flow, [0.5, 0.4, 10.0], times)
    np.testing.assert_allclose(run.weights, other[:, :2], rtol=1e-9)
    np.testing.assert_allclose(run.states["theta"], np.repeat(other[:, 2:], 2, axis=1), rtol=1e-9)
    assert np.ptp(other[:, 2]) > 1.0  # it has slid


def test_covariance_with_running_means_is_what_another_solver_finds():
    times = np.linspace(0.0, 20.0, 11)

    def pre(t):
        return 10 + 5 * np.sin(t)

    def post(t):
        return 9 + 3 * np.sin(t - 0.5)

    def flow(t, y):
        return [ETA * (pre(t) - y[1]) * (post(t) - y[2]), (pre(t) - y[1]) / 2, (post(t) - y[2]) / 2]

    run = trajectory(COVARIANCE, pre, post, 0.5, times=times)

    found = np.stack([run.weights, run.states["mean_pre"], run.states["mean_post"]], axis=1)
    np.testing.assert_allclose(found, solved(flow, [0.5, 8.0, 8.0], times), rtol=1e-9)


def test_rates_at_given_times_go_in_straight_lines():
    times, ramp = np.array([0.0, 1.0, 3.0]), np.array([0.0, 10.0, 10.0])
    hebb = with_parameters(unbounded(RULES["hebbian"]), k=1e-3)

    run = trajectory(hebb, ramp, 10.0, 0.5, times=times)
    two = trajectory(hebb, ramp[:, None] * [1.0, 2.0], [[10.0, 10.0]] * 3, [0.5, 0.5], times=times)

    np.testing.assert_allclose(run.weights, [0.5, 0.5 + 1e-2 * 5, 0.5 + 1e-2 * 25], rtol=1e-9)
    np.testing.assert_allclose(two.weights[-1], [0.5 + 1e-2 * 25, 0.5 + 1e-2 * 50], rtol=1e-9)


def test_a_weight_stays_at_its_bound_while_the_flow_points_outwards():
    # the flow is k cos t: the weight meets 1 at pi/6, and leaves it when the flow turns
    swinging = rule("eta*rate_pre*(rate_post - usual)", bounds=BIOLOGICAL)
    times = np.array([0.0, 0.4, 1.0, math.pi / 2, 3.0])

    run = trajectory(swinging, 1 / ETA / 2, lambda t: 8.0 + np.cos(t), 0.75, times=times)

    np.testing.assert_allclose(run.weights, [0.75, 0.75 + np.sin(0.4) / 2, 1, 1, 1 - (1 - np.sin(3.0)) / 2], atol=1e-9)


def test_a_rule_on_spikes_moves_by_its_mean_drift():
    soft, times = soft_bounds(RULES["pair_stdp"]), np.linspace(0.0, 300.0, 4)
    a_plus, a_minus, tau = (soft.values[name] for name in ("A_plus", "A_minus", "tau_plus"))

    run = trajectory(soft, 10.0, 20.0, [0.1, 0.9], times=times)

    speed, settled = 200 * tau * (a_plus + a_minus), a_plus / (a_plus + a_minus)
    expected = settled + np.outer(np.exp(-speed * times), np.array([0.1, 0.9]) - settled)
    np.testing.assert_allclose(run.weights, expected, rtol=1e-9)
    assert run.states == {}


def test_a_rule_on_spikes_moves_to_its_stable_point():
    soft = soft_bounds(RULES["pair_stdp"], mu_plus=0.3, mu_minus=0.4)
    (point,) = rates.fixed_points(soft, 20.0, 20.0)

    run = trajectory(soft, 20.0, 20.0, duration=5000.0)

    assert run.weights[0] == 0.5 and run.weights[-1] == pytest.approx(point.weight, abs=1e-9)


def test_pieces_of_a_run_give_what_the_whole_gives():
    times, x = np.linspace(0.0, 20.0, 11), np.array([12.0, 5.0])
    whole = trajectory(BCM, x, WeightedSum(), [0.5, 0.4], times=times)

    first = trajectory(BCM, x, WeightedSum(), [0.5, 0.4], times=times[:5])
    rest = trajectory(BCM, x, WeightedSum(), times=times[4:], state=first.state)

    np.testing.assert_allclose(np.vstack([first.weights, rest.weights[1:]]), whole.weights, rtol=1e-9)
    np.testing.assert_allclose(rest.states["theta"], whole.states["theta"][4:], rtol=1e-9)


def test_the_activation_shapes_the_rate():
    saturating = WeightedSum(lambda drive: 20 * np.tanh(drive / 20))
    hebb = unbounded(RULES["hebbian"])

    run = trajectory(hebb, [10.0, 30.0], saturating, [0.5, 0.5], times=[0.0, 1e-3])

    post = 20 * math.tanh(1.0)
    np.testing.assert_allclose((run.weights[1] - 0.5) / 1e-3, 2e-4 * post * np.array([10.0, 30.0]), rtol=1e-3)


def test_quantities_are_read_in_their_units():
    quantities = pytest.importorskip("quantities")
    bare = trajectory(BCM, 20.0, 12.0, 0.5, duration=3.0, state={"theta": 30.0})

    run = trajectory(
        BCM,
        0.02 * quantities.kHz,
        lambda t: 12.0 * quantities.Hz,
        0.5,
        duration=3000 * quantities.ms,
        state={"theta": 0.03 * quantities.kHz},
    )

    np.testing.assert_allclose(run.weights, bare.weights, rtol=1e-9)
    assert run.states["theta"][0] == 30.0
