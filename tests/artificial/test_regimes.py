import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import root

from plasticity.artificial.activations import (
    ACTIVATIONS,
    GELU,
    LINEAR,
    RELU,
    SIGMOID,
    SIGN,
    STEP,
    SWISH,
    TANH,
)
from plasticity.artificial.loops import Loop, iterate, summed_inputs, trajectory
from plasticity.artificial.regimes import CONTINUOUS, DISCRETE, REGIMES, fixed_points, regime, stable_cycles
from plasticity.errors import ArgumentError

SMOOTH_AND_BOUNDED = (SIGMOID, TANH)
weight = st.floats(-12, 12).map(lambda w: round(w, 2))
# The same 15 loops in every run; 1,500 others of each test passed once.
few = settings(max_examples=15, derandomize=True, deadline=None)
loops = st.builds(Loop, st.tuples(weight, weight), st.tuples(weight, weight), st.sampled_from(SMOOTH_AND_BOUNDED))


def rates_of(loop, time=CONTINUOUS):
    return np.array([point.rates for point in fixed_points(loop, time)])


def fold_inputs(w):
    """The inputs between which the symmetric sigmoid loop r = sigmoid(w r + I) has three fixed points.

    At a fold w r (1 - r) = 1 too, so r = (1 +- sqrt(1 - 4/w)) / 2 and I = ln(r / (1 - r)) - w r.
    """
    r = (1 + np.array([1, -1]) * np.sqrt(1 - 4 / w)) / 2
    return np.log(r / (1 - r)) - w * r


@few
@given(loop=loops)
def test_every_fixed_point_stays_in_both_kinds_of_time(loop):
    for rates in rates_of(loop):
        # A steep unstable point magnifies the last digit of r by its gain, up to 144 here, in each step.
        assert iterate(loop, rates, 1)[-1] == pytest.approx(rates, abs=1e-12)
        assert trajectory(loop, rates, [0, 1e-4])[-1] == pytest.approx(rates, abs=1e-12)


@few
@given(loop=loops, seed=st.integers(0, 99))
def test_no_fixed_point_that_newton_finds_is_missed(loop, seed):
    known = rates_of(loop)
    for start in np.random.default_rng(seed).uniform(*loop.activation.range, (8, 2)):
        found = root(lambda r: loop.activation(summed_inputs(loop, r)) - r, start, tol=1e-12)
        if found.success and np.abs(found.fun).max() < 1e-11:
            assert np.abs(known - found.x).max(axis=1).min() < 1e-5  # near a fold Newton stops early


@few
@given(loop=loops)
def test_in_continuous_time_every_start_ends_in_a_stable_fixed_point(loop):
    stable = np.array([point.rates for point in fixed_points(loop) if point.is_stable])
    starts = np.random.default_rng(1).uniform(*loop.activation.range, (8, 2))
    ends = trajectory(loop, starts, [0, 40 * loop.tau])[-1]
    # Near a bifurcation the approach is slow: there only the speed at the end can be asked for.
    speed = np.abs(loop.activation(summed_inputs(loop, ends)) - ends).max(axis=1)
    distance = np.abs(ends[:, None] - stable).max(axis=2).min(axis=1)
    assert ((distance < 1e-3) | (speed > 1e-6)).all() and (speed < 0.05).all()


@few
@given(loop=loops)
def test_in_discrete_time_every_start_ends_in_a_stable_fixed_point_or_cycle(loop):
    ends = [np.array([point.rates]) for point in fixed_points(loop, DISCRETE) if point.is_stable]
    states = np.concatenate([*ends, *stable_cycles(loop)])
    last = iterate(loop, np.random.default_rng(1).uniform(*loop.activation.range, (8, 2)), 2004)[-5:]
    distance = np.abs(last[-1][:, None] - states).max(axis=2).min(axis=1)
    is_creeping = np.abs(last[-1] - last[0]).max(axis=1) > 1e-9  # at a bifurcation 2000 steps are too few
    assert ((distance < 1e-4) | is_creeping).all()


@few
@given(loop=loops)
def test_cycles_return_after_their_period_and_not_before(loop):
    for states in stable_cycles(loop):
        again = iterate(loop, states[0], len(states))
        assert again[:-1] == pytest.approx(states, abs=1e-9) and again[-1] == pytest.approx(states[0], abs=1e-9)
        assert len(states) in (2, 4) and np.abs(states[1:] - states[0]).max(axis=1).min() > 1e-6


@pytest.mark.parametrize("w", [4.1, 5, 8, 50, 300])
def test_the_bistable_regime_of_the_sigmoid_lies_between_its_two_folds(w):
    low, high = fold_inputs(w)
    inside, outside = (high - low) * 1e-9, -(high - low) * 1e-9
    for shift, number, name in ((inside, 3, "bistable"), (outside, 1, "one fixed point")):
        for external in (low + shift, high - shift):
            loop = Loop((w, w), (external, external))
            assert len(fixed_points(loop)) == number and regime(loop) == name
            assert len(stable_cycles(loop)) == (number - 1) / 2


def test_fixed_points_beside_a_very_steep_rise_are_found():
    # Neuron 2 switches at r1 = 0.30012, within 1e-5, and lifts neuron 1 from 0.30007 to 0.5.
    rest = np.log(0.30007 / (1 - 0.30007))
    loop = Loop((-rest, 1e6), (rest, -0.30012e6))
    assert rates_of(loop)[:, 0] == pytest.approx([0.30007, 0.30012, 0.5], abs=1e-5)


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("w, number", [(0.5, 1), (0.999, 1), (1.001, 3), (3, 3)])
def test_two_tanh_neurons_become_bistable_where_their_weight_passes_one(w, number, sign):
    rates = rates_of(Loop((sign * w, sign * w), activation=TANH))
    assert len(rates) == number
    assert rates[:, 1] == pytest.approx(sign * rates[:, 0], abs=1e-9)


@pytest.mark.parametrize("weights", [(0.3, 0.4), (2, -3), (-0.5, -0.7), (5, 0), (3, 4)])
def test_a_linear_loop_has_the_one_fixed_point_of_its_equations(weights):
    loop = Loop(weights, (1.0, -2.0), LINEAR)
    W = np.array([[0, weights[0]], [weights[1], 0]])
    assert rates_of(loop) == pytest.approx(np.linalg.solve(np.eye(2) - W, [1.0, -2.0])[None], rel=1e-12)


@pytest.mark.parametrize("activation", [a for a in ACTIVATIONS.values() if a.name not in ("step", "sign")], ids=str)
def test_the_jacobian_agrees_with_central_differences(activation):
    loop, rates, h = Loop((1.5, -2.5), (0.4, 1.1), activation), np.array([0.3, 0.2]), 1e-6
    ahead, behind = (iterate(loop, rates + s * h * np.eye(2), 1)[1] for s in (1, -1))
    slopes = (ahead - behind).T / (2 * h)
    assert DISCRETE.jacobian(loop, rates) == pytest.approx(slopes, abs=1e-8)
    assert CONTINUOUS.jacobian(loop, rates) == pytest.approx((slopes - np.eye(2)) / loop.tau, abs=1e-6)


@few
@given(loop=loops)
def test_the_eigenvalues_are_the_roots_of_the_gain_of_one_round(loop):
    for now, later in zip(fixed_points(loop, DISCRETE), fixed_points(loop, CONTINUOUS), strict=True):
        slopes = loop.activation.derivative(summed_inputs(loop, np.array(now.rates)))
        root_of_gain = np.emath.sqrt(np.prod(loop.weights) * np.prod(slopes)) + 0j
        for expected, point in ((root_of_gain, now), ((root_of_gain - 1) / loop.tau, later)):
            assert np.abs(np.array(point.eigenvalues) - expected).min() < 1e-9 * (1 + abs(expected))
    assert all(p.is_stable == (max(map(abs, p.eigenvalues)) < 1) for p in fixed_points(loop, DISCRETE))


def test_deviations_spiral_inwards_at_the_frequency_of_the_eigenvalue():
    loop = Loop((8.0, -8.0), (-4.0, 4.0))  # gain -4: eigenvalues (-1 +- 2i) / tau
    (point,) = fixed_points(loop)
    assert sorted(z.imag * loop.tau for z in point.eigenvalues) == pytest.approx([-2, 2])
    after = np.pi / 2 * loop.tau  # half a turn of 2 pi tau / 2
    end = trajectory(loop, np.array(point.rates) + [1e-5, 0], [0, after])[-1] - point.rates
    assert end == pytest.approx([-1e-5 * np.exp(-np.pi / 2), 0], abs=1e-9)


@pytest.mark.parametrize(
    "weights, external, activation, continuous, discrete",
    [
        ((1, 1), (0, 0), SIGMOID, "one fixed point", "one fixed point"),
        ((8, 8), (-4, -4), SIGMOID, "bistable", "bistable"),
        ((-8, -8), (4, 4), SIGMOID, "bistable", "bistable"),
        ((2, -2), (0, 0), SIGMOID, "damped oscillation", "damped oscillation"),
        ((8, -8), (-4, 4), SIGMOID, "damped oscillation", "oscillating"),
        ((8, -8), (-4, 4), TANH, "damped oscillation", "oscillating"),
        ((-11.7, -0.8), (0.9, 0.1), SWISH, "bistable", "resting or oscillating"),
        ((9.0, -5.9), (-3.4, 0.5), GELU, "damped oscillation", "undecided"),
        ((8, -8), (-4, 4), STEP, "undecided", "oscillating"),
        ((2, 2), (-1, -1), STEP, "bistable", "bistable"),
        ((1, 0), (0, 1), STEP, "one fixed point", "one fixed point"),
        ((2, 2), (-1, -1), RELU, "unbounded", "unbounded"),
        ((-2, -2), (1, 1), RELU, "bistable", "bistable"),
        ((2, -2), (1, 1), LINEAR, "damped oscillation", "unbounded"),
        ((0.5, 0.5), (1, 1), LINEAR, "one fixed point", "one fixed point"),
    ],
)
def test_the_regimes_are_told_apart(weights, external, activation, continuous, discrete):
    loop = Loop(weights, external, activation)
    assert (regime(loop, CONTINUOUS), regime(loop, DISCRETE)) == (continuous, discrete)
    assert {continuous, discrete} <= set(REGIMES)


def test_two_stable_states_also_alternate_when_the_neurons_start_on_different_sides():
    loop = Loop((8.0, 8.0), (-4.0, -4.0))
    low, high = (p.rates[0] for p in fixed_points(loop, DISCRETE) if p.is_stable)
    (states,) = stable_cycles(loop)
    assert states == pytest.approx(np.array([[low, high], [high, low]]), abs=1e-12)


def test_a_loop_that_is_not_monotone_may_rest_or_oscillate():
    loop = Loop((-11.7, -0.8), (0.9, 0.1), SWISH)
    (rest,) = [p.rates for p in fixed_points(loop, DISCRETE) if p.is_stable]
    assert iterate(loop, np.add(rest, 1e-3), 3000)[-1] == pytest.approx(rest, abs=1e-9)
    (states,) = [c for c in stable_cycles(loop) if len(c) == 4][:1]
    assert iterate(loop, states[0] + 1e-3, 4000)[-1] == pytest.approx(states[0], abs=1e-9)


def test_an_excitatory_and_an_inhibitory_neuron_take_turns_with_period_four():
    (states,) = stable_cycles(Loop((1.0, -1.0), (-0.5, 0.5), STEP))
    turns = [[1, 1], [1, 0], [0, 0], [0, 1]]
    start = turns.index(states[0].tolist())
    assert states.tolist() == turns[start:] + turns[:start]


@pytest.mark.parametrize("activation", [STEP, SIGN], ids=str)
def test_a_fixed_point_at_the_edge_of_a_jump_is_not_stable(activation):
    points = fixed_points(Loop((1.0, 1.0), activation=activation))
    assert [p.is_stable for p in points if p.rates == (0, 0)] == [False]
    assert [p.is_stable for p in points if p.rates == (1, 1)] == [True]
    cycles = stable_cycles(Loop((1.0, 1.0), activation=activation))
    assert all(np.abs(states).min() == 1 for states in cycles) and len(cycles) == (activation is SIGN)


def test_a_jump_that_no_deviation_can_reach_does_no_harm():
    (point,) = fixed_points(Loop((0.0, 1.0), (0.0, -0.5), STEP))
    assert point.rates == (0, 0) and point.is_stable


@pytest.mark.parametrize(
    "activation, weights", [(LINEAR, (1, 1)), (LINEAR, (3, 1 / 3)), (RELU, (1, 1)), (SWISH, (1, 1))]
)
def test_fixed_points_that_fill_a_line_are_refused(activation, weights):
    with pytest.raises(ArgumentError, match="fill a line"):
        fixed_points(Loop(weights, activation=activation))


@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=str)
@pytest.mark.parametrize("size", [1e-30, 1e30])
def test_the_smallest_and_largest_weights_overflow_nowhere(activation, size):
    loop = Loop((size, -size), (size, size), activation, tau=size)
    assert {regime(loop, time) for time in (CONTINUOUS, DISCRETE)} <= set(REGIMES)


def test_cycles_that_fill_a_line_are_refused():
    with pytest.raises(ArgumentError, match="fill a line"):
        stable_cycles(Loop((1.0, -1.0), activation=LINEAR))


def test_a_loop_that_only_grows_has_no_fixed_point():
    assert fixed_points(Loop((1.0, 1.0), (1.0, 0.0), LINEAR)) == ()
