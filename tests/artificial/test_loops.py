from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.linalg import expm

from plasticity.artificial.activations import ACTIVATIONS, LINEAR, RELU, SIGMOID, STEP, TANH
from plasticity.artificial.loops import Loop, iterate, nullclines, summed_inputs, trajectory
from plasticity.artificial.units import Network, Unit, run
from plasticity.errors import ArgumentError, DivergenceError

LOOP = Loop((3.0, -2.0), (0.5, 1.0), SIGMOID)


def test_each_neuron_hears_the_other_and_its_own_input():
    assert summed_inputs(LOOP, np.array([0.1, 0.2])).tolist() == pytest.approx([3 * 0.2 + 0.5, -2 * 0.1 + 1])


@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=str)
def test_the_loop_in_discrete_time_is_a_recurrent_network(activation):
    units = Unit("1", {"2": 3.0}, 0.5, activation), Unit("2", {"1": -2.0}, 1.0, activation)
    states = iterate(replace(LOOP, activation=activation), [0.3, 0.6], 5)
    assert states == pytest.approx(run(Network((), units), np.zeros((5, 0)), [0.3, 0.6]), rel=1e-13)


def test_a_linear_loop_in_continuous_time_follows_the_matrix_exponential():
    loop = Loop((1.5, -2.0), (0.3, -0.1), LINEAR, tau=0.02)
    W, rest = np.array([[0, 1.5], [-2.0, 0]]), np.linalg.solve([[1, -1.5], [2, 1]], [0.3, -0.1])
    times = np.array([0.0, 0.005, 0.03, 0.1])
    exact = [rest + expm((W - np.eye(2)) * t / 0.02) @ ([1.0, 2.0] - rest) for t in times]
    assert trajectory(loop, [1.0, 2.0], times) == pytest.approx(np.array(exact), abs=1e-6)


@pytest.mark.parametrize("weights", [(3, -2), (40, 40), (-40, 0.1)])
@pytest.mark.parametrize("activation", [SIGMOID, TANH], ids=str)
def test_a_smooth_loop_in_continuous_time_agrees_with_scipy(weights, activation):
    loop, times = Loop(weights, (0.5, -1.0), activation), np.linspace(0, 0.05, 6)

    def velocity(_, rates):
        return (activation(summed_inputs(loop, rates)) - rates) / loop.tau

    reference = solve_ivp(velocity, (0, 0.05), [0.9, 0.1], t_eval=times, rtol=1e-10, atol=1e-12)
    assert trajectory(loop, [0.9, 0.1], times) == pytest.approx(reference.y.T, abs=1e-6)


def test_the_jump_of_a_step_costs_no_more_than_the_stated_five_percent():
    # Neuron 2 stays at 1, so neuron 1 rises to 1 exponentially after 2 has passed 1/2, at tau ln 2.
    loop, times = Loop((1.0, 0.0), (-0.5, 1.0), STEP), np.linspace(0, 0.05, 11)
    delay = loop.tau * np.log(2)
    exact = np.where(times > delay, -np.expm1(-(times - delay) / loop.tau), 0)
    assert trajectory(loop, [0.0, 0.0], times)[:, 0] == pytest.approx(exact, abs=0.05)


def test_time_scales_with_tau():
    fast, slow = replace(LOOP, tau=0.001), replace(LOOP, tau=1.0)
    ends = trajectory(fast, [1, 0], [0, 0.002])[-1], trajectory(slow, [1, 0], [0, 2])[-1]
    assert ends[0] == pytest.approx(ends[1], rel=1e-12)


def test_many_starts_run_at_once():
    starts = np.random.default_rng(1).random((3, 4, 2))
    times = [0, 0.001, 0.004]
    assert trajectory(LOOP, starts, times)[:, 2, 1] == pytest.approx(trajectory(LOOP, starts[2, 1], times))
    assert iterate(LOOP, starts, 7)[:, 2, 1] == pytest.approx(iterate(LOOP, starts[2, 1], 7))


def test_on_its_nullcline_a_rate_stands_still():
    others = np.linspace(-1, 2, 7)
    r1, r2 = nullclines(LOOP, others)
    short = [0, 1e-9]
    assert trajectory(LOOP, np.stack([r1, others], axis=-1), short)[1, :, 0] == pytest.approx(r1, abs=1e-13)
    assert trajectory(LOOP, np.stack([others, r2], axis=-1), short)[1, :, 1] == pytest.approx(r2, abs=1e-13)


def test_a_pulse_of_input_switches_a_bistable_loop_and_it_remembers():
    rest = Loop((8.0, 8.0), (-4.0, -4.0))
    pulsed = trajectory(replace(rest, external=(4.0, 4.0)), [0.02, 0.02], [0, 0.05])[-1]
    assert trajectory(rest, [0.02, 0.02], [0, 0.4])[-1].max() < 0.1
    assert trajectory(rest, pulsed, [0, 0.4])[-1].min() > 0.9


@pytest.mark.parametrize(
    "run_away",
    [lambda loop: iterate(loop, [1, 1], 2000), lambda loop: trajectory(loop, [1e290, 1e290], [0, 0.1, 2])],
)
def test_a_loop_that_drives_itself_up_without_limit_is_stopped(run_away):
    with pytest.raises(DivergenceError, match=r"at (step 1024|2 s) a rate is no finite number"):
        run_away(Loop((2.0, 2.0), (0.0, 0.0), RELU))


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda: Loop((1, 2, 3)), "weights of a loop: the shape"),
        (lambda: Loop((1, np.nan)), "weights of a loop is nan"),
        (lambda: Loop((1, 1), (0, np.inf)), "external of a loop is inf"),
        (lambda: Loop((1, 1), tau=0), "tau is 0.0 s; it must be above 0"),
        (lambda: Loop((1, 1), tau=np.nan), "tau is nan"),
        (lambda: Loop((1, -1e31)), "a weight or input of the loop is beyond 1e.30"),
        (lambda: Loop((1, 1), (1e31, 0)), "a weight or input of the loop is beyond 1e.30"),
        (lambda: trajectory(LOOP, [0, 0], [0, 1e6]), "this run needs 6.9e.09 steps, more than 1,000,000"),
        (lambda: iterate(LOOP, [1, 2, 3], 1), "initial rates: the shape"),
        (lambda: iterate(LOOP, [1, np.nan], 1), "initial rates is nan"),
        (lambda: iterate(LOOP, [1, 2], -1), "n_steps is -1"),
        (lambda: iterate(LOOP, [1, 2], 0.5), "n_steps is 0.5"),
        (lambda: trajectory(LOOP, [1], [0, 1]), "initial rates: the shape"),
        (lambda: trajectory(LOOP, [1, 1], []), "times: at least one"),
        (lambda: trajectory(LOOP, [1, 1], [0, 0]), "later than the one before"),
        (lambda: trajectory(LOOP, [1, 1], [0, np.nan]), "times is nan"),
        (lambda: nullclines(LOOP, [np.nan]), "rates is nan"),
    ],
)
def test_what_does_not_fit_is_refused(call, message):
    with pytest.raises(ArgumentError, match=message):
        call()
