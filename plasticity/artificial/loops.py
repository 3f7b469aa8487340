"""Two rate neurons, each driving the other: the smallest recurrent network.

Neuron 1 sees z1 = w12 r2 + I1, neuron 2 sees z2 = w21 r1 + I2. Weights may have either sign; the
external inputs I are constant (for a pulse, run on from the last state with another input:
`replace(loop, external=...)`). There are two kinds of time:

continuous  tau dr/dt = -r + f(z): a rate follows its drive with the time constant tau
discrete    r(t + 1) = f(z(t)): both neurons answer at once, to what the other did one step before

Both have the same fixed points, r = f(z), and differ in what happens around them.
"""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from plasticity.arrays import Floats
from plasticity.artificial.activations import SIGMOID, Activation, doubles
from plasticity.errors import ArgumentError, DivergenceError
from plasticity.inputs import count, instance, number, numbers
from plasticity.memory import require_memory

LARGEST = 1e30  # sizes beyond would overflow a few products later
MOST_STEPS = 1_000_000  # of one trajectory, about a minute
STEP_SIZE = 0.05  # of the fastest time constant; Runge and Kutta then err by less than 1e-7


@dataclass(frozen=True)
class Loop:
    """Two neurons that drive each other.

    weights  : (w12, w21), dimensionless; w12 leads from neuron 2 to neuron 1, w21 back
    external : (I1, I2), dimensionless, constant
    tau      : time constant of both rates in seconds, for continuous time; 10 ms is our choice, the
               order of a membrane time constant
    raises ArgumentError when a number is not finite or beyond 1e30, or tau is not above 0
    """

    weights: tuple[float, float]
    external: tuple[float, float] = (0.0, 0.0)
    activation: Activation = SIGMOID
    tau: float = 0.01

    def __post_init__(self) -> None:
        for name in ("weights", "external"):
            object.__setattr__(
                self, name, tuple(numbers(getattr(self, name), f"{name} of a loop", shape=(2,)).tolist())
            )
        instance(self.activation, Activation, "the activation of a loop")
        object.__setattr__(self, "tau", number(self.tau, "tau", unit="s"))
        if not 1 / LARGEST <= self.tau <= LARGEST:
            raise ArgumentError(f"tau is {self.tau} s; it must be above 0, from {1 / LARGEST:g} to {LARGEST:g}")
        if max(map(abs, self.weights + self.external)) > LARGEST:
            raise ArgumentError(f"a weight or input of the loop is beyond {LARGEST:g}; use smaller ones")


def summed_inputs(loop: Loop, rates: ArrayLike) -> Floats:
    """z of both neurons: (..., 2) -> (..., 2)."""
    rates = doubles(rates)
    if instance(loop, Loop, "the loop") and rates.shape[-1:] != (2,):
        raise ArgumentError(f"rates have shape {rates.shape}; (..., 2) is allowed")
    with np.errstate(over="ignore"):  # the callers look for infinities
        return np.multiply(loop.weights, rates[..., ::-1]) + loop.external


def nullclines(loop: Loop, rates: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Where one rate stands still: the curves to draw in the plane of r1 and r2.

    rates   : rates of the other neuron, any shape
    returns : (r1 at which neuron 1 stands still while r2 = rates,
               r2 at which neuron 2 stands still while r1 = rates); they cross in the fixed points
    """
    instance(loop, Loop, "the loop")
    rates = numbers(rates, "rates")
    (w12, w21), (I1, I2) = loop.weights, loop.external
    return loop.activation(w12 * rates + I1), loop.activation(w21 * rates + I2)


def iterate(loop: Loop, initial: ArrayLike, n_steps: int) -> Floats:
    """The loop in discrete time.

    initial : rates at the start, (..., 2); leading axes hold many starts at once
    returns : (n_steps + 1, ..., 2), the start first
    raises DivergenceError, naming the step, when the rates grow beyond all numbers
    """
    instance(loop, Loop, "the loop")
    n_steps = count(n_steps, "n_steps", least=0)
    states = [numbers(initial, "initial rates", shape=(..., 2))]
    require_memory((24.0 * states[0].size + 200.0) * n_steps, f"a run of {n_steps} steps")
    for step in range(1, n_steps + 1):
        states.append(loop.activation(summed_inputs(loop, states[-1])))
        _check_growth(states[-1], f"step {step}")
    return np.stack(states)


def trajectory(loop: Loop, initial: ArrayLike, times: ArrayLike) -> Floats:
    """The loop in continuous time, by the fourth-order method of Runge and Kutta.

    initial : rates at times[0], (..., 2); leading axes hold many starts at once
    times   : seconds, increasing, (n_times,); the steps in between are as short as the weights ask for
    returns : (n_times, ..., 2)
    raises DivergenceError, naming the time, when the rates grow beyond all numbers;
    ArgumentError when the times do not increase, or the run would take more than a million steps

    Differences to the exact solution stay below 1e-6 of the largest rate; with step and sign, whose
    jumps fall inside a time step, below 5 %.
    """
    instance(loop, Loop, "the loop")
    times = numbers(times, "times", unit="s", shape=(None,))
    if not len(times) or (np.diff(times) <= 0).any():
        raise ArgumentError("times: at least one is needed, and each must be later than the one before")
    states = [numbers(initial, "initial rates", shape=(..., 2))]
    require_memory((24.0 * states[0].size + 200.0) * len(times), f"the rates at {len(times)} times")
    with np.errstate(over="ignore"):
        needed = (times[-1] - times[0]) / _longest_step(loop)
    if needed > MOST_STEPS:
        raise ArgumentError(f"this run needs {needed:.2g} steps, more than {MOST_STEPS:,}; end it earlier")
    for start, stop in pairwise(times):
        states.append(_advanced(loop, states[-1], stop - start))
        _check_growth(states[-1], f"{stop:g} s")
    return np.stack(states)


def _longest_step(loop: Loop) -> float:
    # The eigenvalues of the Jacobian are (-1 +- sqrt(w12 f'(z1) w21 f'(z2))) / tau, and f' is near 1 at most.
    fastest = loop.tau / (1 + math.sqrt(abs(loop.weights[0] * loop.weights[1])))
    return STEP_SIZE * fastest


def _advanced(loop: Loop, rates: np.ndarray, duration: float) -> np.ndarray:
    n_steps = math.ceil(duration / _longest_step(loop))
    h = duration / n_steps
    for _ in range(n_steps):
        rates = _runge_kutta_step(loop, rates, h)
    return rates


def _runge_kutta_step(loop: Loop, rates: np.ndarray, h: float) -> np.ndarray:
    with np.errstate(over="ignore", invalid="ignore"):  # the caller looks for infinities
        k1 = _velocity(loop, rates)
        k2 = _velocity(loop, rates + h / 2 * k1)
        k3 = _velocity(loop, rates + h / 2 * k2)
        k4 = _velocity(loop, rates + h * k3)
        return rates + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)


def _velocity(loop: Loop, rates: np.ndarray) -> np.ndarray:
    return (loop.activation(summed_inputs(loop, rates)) - rates) / loop.tau


def _check_growth(rates: np.ndarray, when: str) -> None:
    if not np.isfinite(rates).all():
        raise DivergenceError(
            f"at {when} a rate is no finite number: the loop drives itself up without limit; "
            "make the product of its weights smaller, or use an activation with an upper bound"
        )
