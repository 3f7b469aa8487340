"""Descent of a loss: batches, steps, momentum, and when to stop because the numbers blow up.

This is the engine; it knows neither units nor layers. It is given a function that tells the loss
and its gradients on some patterns, and gives back every step. Single units (learning), networks
(layers) and autoencoders all descend by it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity.arrays import Rng
from plasticity.artificial.losses import MSE, Loss
from plasticity.errors import ArgumentError, DivergenceError
from plasticity.inputs import count, function, generator, instance, listed, number, numbers
from plasticity.memory import require_memory

Weights = tuple[np.ndarray, ...]
Objective = Callable[..., tuple[float, Weights]]  # (weights, patterns) -> (loss, gradients)

# Descent that diverges grows geometrically and so passes any limit within few steps; descent that
# works never comes near a million times its start (our choice).
BLOW_UP = 1e6


@dataclass(frozen=True)
class Descent:
    """Which loss to descend, and how.

    rate       : learning rate lambda, above 0: a step is -rate * gradient
    momentum   : mu from 0 to below 1: the fraction of the last step that is added to this one,
                 v <- mu v - rate * gradient, w <- w + v (Polyak 1964)
    batch_size : patterns per step: None all of them (gradient descent), 1 on-line (SGD), between them
                 a mini-batch; the last batch of an epoch may be smaller
    n_epochs   : how often the whole set is shown
    """

    loss: Loss = MSE
    rate: float = 0.1
    momentum: float = 0.0
    batch_size: int | None = None
    n_epochs: int = 1

    def __post_init__(self) -> None:
        instance(self.loss, Loss, "the loss")
        size = self.batch_size
        checked = {
            "rate": number(self.rate, "rate", above=0.0),
            "momentum": number(self.momentum, "momentum", least=0.0, below=1.0),
            "batch_size": None if size is None else count(size, "batch_size (None is all patterns)"),
            "n_epochs": count(self.n_epochs, "n_epochs"),
        }
        for name, value in checked.items():
            object.__setattr__(self, name, value)

    def n_steps(self, n_patterns: int) -> int:
        """How often the weights change in all."""
        return self.n_epochs * -(-n_patterns // (self.batch_size or n_patterns))


@dataclass(frozen=True, eq=False)
class Step:
    """One step: the patterns shown, the loss on them before it, and all weights after it."""

    patterns: np.ndarray
    loss: float
    weights: Weights


def batches(n_patterns: int, descent: Descent, rng: Rng | None = None) -> Iterator[np.ndarray]:
    """The pattern indices of each step, epoch after epoch.

    rng : a generator or a seed, draws a new order in every epoch; None keeps the given order
    """
    n_patterns, rng = count(n_patterns, "n_patterns"), None if rng is None else generator(rng)
    size = instance(descent, Descent, "descent").batch_size or n_patterns
    require_memory(16.0 * n_patterns, f"the order of {n_patterns} patterns")
    for _ in range(descent.n_epochs):
        order = np.arange(n_patterns) if rng is None else rng.permutation(n_patterns)
        yield from (order[first : first + size] for first in range(0, n_patterns, size))


def descend(
    weights: Sequence[Any],
    objective: Objective,
    n_patterns: int,
    *,
    descent: Descent,
    rng: Rng | None = None,
) -> Iterator[Step]:
    """Walk down the loss from `weights`, giving each step.

    weights   : arrays of any shapes
    objective : (weights, patterns) -> (loss, gradients), gradients of the shapes of the weights
    raises DivergenceError, naming the step and the cause, when the loss or a weight is no longer
    finite, or the loss has grown beyond a million times its start (or beyond a million, if more)
    """
    n_patterns = count(n_patterns, "n_patterns")
    require_memory(16.0 * n_patterns, f"the order of {n_patterns} patterns")
    function(objective, "the objective")
    weights = tuple(numbers(array, "weights", is_matrix=True) for array in listed(weights, "the weights"))
    instance(descent, Descent, "descent")
    velocity = tuple(np.zeros_like(array) for array in weights)
    start, _ = _evaluated(0, objective, weights, np.arange(n_patterns))
    _check(0, start, weights, start=start, descent=descent)
    for now, patterns in enumerate(batches(n_patterns, descent, rng)):
        loss, gradients = _evaluated(now, objective, weights, patterns)
        with np.errstate(over="ignore", invalid="ignore"):  # said in words by _check
            velocity = tuple(descent.momentum * v - descent.rate * g for v, g in zip(velocity, gradients, strict=True))
            weights = tuple(w + v for w, v in zip(weights, velocity, strict=True))
        _check(now, loss, weights, start=start, descent=descent)
        yield Step(patterns, loss, weights)


def _evaluated(number: int, objective: Objective, weights: Weights, patterns: np.ndarray) -> tuple[float, Weights]:
    try:
        with np.errstate(over="ignore", invalid="ignore"):  # said in words by _check
            return objective(weights, patterns)
    except ArgumentError as error:  # an output has left the domain of the loss on the way
        raise DivergenceError(f"step {number}: {error}") from None


def _check(number: int, loss: float, weights: Weights, *, start: float, descent: Descent) -> None:
    if not np.isfinite(loss):
        cause = f"the {descent.loss} is {loss}: an output rules out its target, or has overflowed"
    elif loss > BLOW_UP * max(start, 1.0):
        cause = f"the {descent.loss} has grown from {start:.3g} to {loss:.3g}"
    elif not all(np.isfinite(array).all() for array in weights):
        cause = "a weight is no longer a finite number"
    else:
        return
    raise DivergenceError(f"step {number}: {cause}; try a rate below {descent.rate:g}, or rescale the inputs")
