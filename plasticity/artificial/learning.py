"""Learning in one unit, or one layer of units that share their inputs.

Hebb            dw = +rate y x      what fires together is wired together
anti-Hebb       dw = -rate y x      what fires together is parted
LMS             dw = rate (t - y) x, y linear, after every pattern (Widrow & Hoff 1960)
gradient        dw = -rate dloss/dw, any unit and loss: batch, mini-batch or on-line, with momentum

(The perceptron has a module of its own.) x is shown as it stands: a bias is the weight of an input
x0 = 1, see `with_bias`. Weights are (n_inputs,) for one unit or (n_units, n_inputs) for a layer;
outputs and targets then are (n_patterns,) or (n_patterns, n_units). Every rule returns a History.
"""

import numpy as np
from numpy.typing import ArrayLike

from plasticity.arrays import Floats, Rng
from plasticity.artificial.activations import LINEAR, Activation
from plasticity.artificial.descent import Descent, Weights, batches, descend
from plasticity.artificial.examples import Examples, teacher
from plasticity.artificial.history import History
from plasticity.artificial.losses import MSE, check_targets, value_and_gradient
from plasticity.errors import ArgumentError, DivergenceError
from plasticity.inputs import instance, number, numbers
from plasticity.memory import require_memory


def hebb(
    inputs: ArrayLike, start: ArrayLike, *, rate: float, activation: Activation = LINEAR, n_epochs: int = 1
) -> History:
    """Hebb's rule without a teacher: dw = rate y x after every pattern, y the unit's own output.

    inputs  : (n_patterns, n_inputs), shown in order, n_epochs times
    start   : the weights before, (n_inputs,) or (n_units, n_inputs)
    rate    : above 0 for Hebb, below 0 for anti-Hebb
    returns : History without targets and losses
    raises ArgumentError when shapes do not fit or a number is not finite, or the rate is 0;
    DivergenceError when a weight overflows: with a linear unit Hebb's rule climbs y^2 / 2,
    which has no top, so the weights grow without bound
    """
    examples = Examples(numbers(inputs, "inputs", is_matrix=True))
    instance(activation, Activation, "the activation")
    weights, rate = _start(examples, start), number(rate, "rate")
    descent = Descent(rate=abs(rate), batch_size=1, n_epochs=n_epochs)
    _require_history(weights, descent.n_steps(len(examples)))
    patterns, outputs, course = [], [], [weights]
    for step, shown in enumerate(batches(len(examples), descent)):
        x = examples.inputs[shown]
        with np.errstate(over="ignore", invalid="ignore"):
            outputs.append(activation(x @ weights.T))
            weights = weights + rate * (outputs[-1].T @ x)
        if not np.isfinite(weights).all():
            raise DivergenceError(f"step {step}: a weight of Hebb's rule overflows; show fewer patterns")
        patterns.append(shown)
        course.append(weights)
    return History(examples, tuple(patterns), tuple(outputs), np.array(course))


def anti_hebb(
    inputs: ArrayLike, start: ArrayLike, *, rate: float, activation: Activation = LINEAR, n_epochs: int = 1
) -> History:
    """Anti-Hebbian learning, dw = -rate y x; all else as in `hebb`.

    A linear unit falls silent on the patterns shown, if rate |x|^2 < 2 for each; beyond that every
    step overshoots and the weights may grow without bound.
    """
    return hebb(inputs, start, rate=-number(rate, "rate"), activation=activation, n_epochs=n_epochs)


def lms(
    examples: Examples,
    start: ArrayLike,
    *,
    rate: float,
    n_epochs: int = 1,
    rng: Rng | None = None,
) -> History:
    """Least mean squares: dw = rate (t - y) x after every pattern, y = w . x.

    The perceptron's rule with a linear y: on-line descent of the mean squared error (with its 1/2),
    which has a minimum also where no separation is perfect. Arguments as in `gradient_descent`.
    """
    descent = Descent(MSE, rate, batch_size=1, n_epochs=n_epochs)
    return gradient_descent(examples, start, activation=LINEAR, descent=descent, rng=rng)


def gradient_descent(
    examples: Examples,
    start: ArrayLike,
    *,
    activation: Activation,
    descent: Descent,
    rng: Rng | None = None,
) -> History:
    """Descend the loss of one unit or one layer; `descent` says whether batch, mini-batch or on-line.

    start   : the weights before, (n_inputs,) or (n_units, n_inputs)
    rng     : a generator or a seed, draws the order of the patterns anew in every epoch; None keeps the given order
    returns : History
    raises ArgumentError when shapes do not fit, the loss or unit cannot have the targets, or the
    unit has no slope to descend (step, sign); DivergenceError with the step and the cause
    """
    targets = numbers(teacher(examples), "targets")
    weights, inputs = _start(examples, start), numbers(examples.inputs, "inputs")
    instance(activation, Activation, "the activation")
    _require_history(weights, instance(descent, Descent, "descent").n_steps(len(examples)))
    _check_shapes(weights, targets)
    check_learnable(activation)
    check_targets(descent.loss, activation, targets)

    def objective(weights: Weights, shown: np.ndarray) -> tuple[float, Weights]:
        x = inputs[shown]
        loss, gradient = value_and_gradient(descent.loss, activation, x @ weights[0].T, targets[shown])
        return loss, (gradient.T @ x,)

    steps = list(descend((weights,), objective, len(examples), descent=descent, rng=rng))
    course = np.array([weights, *(step.weights[0] for step in steps)])
    patterns = tuple(step.patterns for step in steps)
    outputs = tuple(activation(inputs[shown] @ w.T) for shown, w in zip(patterns, course[:-1], strict=True))
    return History(examples, patterns, outputs, course, np.array([step.loss for step in steps]))


def largest_stable_rate(inputs: ArrayLike) -> float:
    """The rate at which batch descent of the mean squared error of a linear unit stops converging.

    inputs  : (n_patterns, n_inputs)
    returns : 2 / the largest eigenvalue of the mean of x x^T. Below it the error shrinks in every
              direction; above it, it grows in the steepest. Without momentum.
    raises ArgumentError for inputs that are all 0, or none: then no weight ever moves
    """
    inputs = numbers(inputs, "inputs", shape=(None, None))
    if not inputs.any():
        raise ArgumentError(f"inputs of shape {inputs.shape} hold nothing but 0; every rate is stable")
    return float(2.0 * len(inputs) / np.linalg.norm(inputs, ord=2) ** 2)


def check_learnable(activation: Activation) -> None:
    """Raise ArgumentError for a unit whose slope is 0 wherever it exists, so that no gradient moves it."""
    if instance(activation, Activation, "the activation").name in ("step", "sign"):
        raise ArgumentError(f"a {activation} unit has slope 0, its gradient never moves a weight; use `perceptron`")


def _start(examples: Examples, start: ArrayLike) -> Floats:
    weights = numbers(start, "start weights", is_matrix=True)
    n_inputs = examples.inputs.shape[1]
    if weights.ndim not in (1, 2) or weights.shape[-1] != n_inputs:
        raise ArgumentError(
            f"start weights have shape {weights.shape}; they must be ({n_inputs},) or (n_units, {n_inputs})"
        )
    return weights


def _require_history(weights: np.ndarray, n_steps: int) -> None:
    """Refuse a history that would not fit into memory: its weights, and what is kept of each step besides."""
    require_memory((16.0 * weights.size + 400.0) * n_steps, f"a history of {n_steps} steps")


def _check_shapes(weights: np.ndarray, targets: np.ndarray) -> None:
    if weights.shape[:-1] != targets.shape[1:]:
        raise ArgumentError(
            f"weights of shape {weights.shape} do not fit targets of shape {targets.shape}; one unit takes "
            "(n_inputs,) and (n_patterns,), a layer (n_units, n_inputs) and (n_patterns, n_units)"
        )
