"""The perceptron rule (Rosenblatt 1958), and what is known about it.

dw = rate (t - y) x after every pattern, y = 1 if z > 0 else 0, until a whole epoch has no mistake.

If some unit separates the patterns, the number of mistakes has a bound that knows neither their
number nor their order: `novikoff_bound`. If none does, the rule never stops, but its weights do not
run away either: they stay within a bound (the perceptron cycling theorem, Block & Levin 1970), and
with whole or rational numbers, of which there are finitely many within a bound, they must repeat.

With Fractions (see `exact`) all this is computed without rounding. With floats, z = 0 is decided
by comparing the rounded z with 0; steps at which rounding could have turned the sign are listed as
`doubtful`, so that nobody need trust them.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from plasticity.artificial import exact
from plasticity.artificial.exact import alike
from plasticity.artificial.examples import Examples, teacher
from plasticity.artificial.history import History
from plasticity.errors import ArgumentError
from plasticity.inputs import count, number, numbers
from plasticity.memory import require_memory


@dataclass(frozen=True, eq=False)
class PerceptronRun:
    """What the perceptron rule did.

    history      : every step; its loss is (y - t) z, 0 where the unit is right (perceptron criterion)
    converged    : whether the last epoch had no mistake
    n_epochs     : epochs shown
    cycle        : (first epoch, period in epochs) if the weights came back exactly, else None
    largest_norm : the largest length that the weights of a unit had
    doubtful     : steps whose z was too near 0 for floats to tell its sign; empty with Fractions
    """

    history: History
    converged: bool
    n_epochs: int
    cycle: tuple[int, int] | None
    largest_norm: float
    doubtful: tuple[int, ...]

    @property
    def n_mistakes(self) -> int:
        """The number of wrong answers, each of which changed the weights of its unit."""
        targets = teacher(self.history.examples)
        shown = zip(self.history.outputs, self.history.patterns, strict=True)
        return sum(int(np.count_nonzero(y != targets[patterns])) for y, patterns in shown)


def perceptron(examples: Examples, start: Any, *, rate: Any = 1, n_epochs: int = 1000) -> PerceptronRun:
    """Learn by the perceptron rule until an epoch without mistake, an exact cycle, or `n_epochs`.

    examples : targets 0 or 1, (n_patterns,) for one unit or (n_patterns, n_units); patterns are
               shown in the given order
    start    : the weights before, (n_inputs,) or (n_units, n_inputs)
    returns  : PerceptronRun
    raises ArgumentError when shapes do not fit, a target is neither 0 nor 1, or n_epochs is no 1, 2, ...

    The history keeps the weights of every step: n_epochs * n_patterns * n_inputs numbers per unit.
    """
    n_epochs, targets = count(n_epochs, "n_epochs"), teacher(examples)
    inputs, targets, weights, rate = alike(
        examples.inputs, targets, exact.numbers(start, "start weights"), exact.numbers(rate, "rate")
    )
    _check(inputs, targets, weights, rate)
    course, outputs, losses = [weights], [], []
    seen: dict[tuple, int] = {}
    converged = False
    while not converged and len(seen) < n_epochs and _key(course[-1]) not in seen:
        seen[_key(course[-1])] = len(seen)
        _require_epoch(inputs, weights)
        converged = True
        for pattern in range(len(inputs)):
            x, t = inputs[[pattern]], targets[[pattern]]
            z = x @ course[-1].T
            y = np.array(z > 0, dtype=int)
            outputs.append(y)
            losses.append(float(np.sum((y - t) * z)))
            course.append(course[-1] + rate * ((t - y).T @ x))
            converged = converged and np.array_equal(y, t)
    returned = None if converged else seen.get(_key(course[-1]))
    shown = tuple(np.array([step % len(inputs)]) for step in range(len(outputs)))
    with np.errstate(over="ignore"):  # a length beyond all numbers is infinite
        largest = float(np.max(np.linalg.norm(np.array(course).astype(float), axis=-1)))
    history = History(examples, shown, tuple(outputs), np.array(course), np.array(losses))
    return PerceptronRun(
        history,
        converged,
        len(seen),
        None if returned is None else (returned, len(seen) - returned),
        largest,
        () if _is_exact(inputs, weights, rate) else _doubtful(history, inputs),
    )


def novikoff_bound(
    examples: Examples, separating: ArrayLike, *, start: ArrayLike | None = None, rate: float = 1.0
) -> float:
    """The largest number of mistakes that the perceptron rule can make (Novikoff 1962).

    examples   : targets 0 or 1, (n_patterns,)
    separating : weights of any unit that separates the patterns, (n_inputs,)
    start      : the weights before, (n_inputs,); zeros when left out
    returns    : (R / gamma)^2 from a start at 0, with R the longest input and gamma the margin, the
                 least distance from the separating plane. Any other start w adds to it: the bound
                 is then the largest k with (w.u / rate + k gamma)^2 <= (|w| / rate)^2 + k R^2
    raises ArgumentError when the unit does not separate the patterns

    Each separating unit gives a bound; the one of the widest margin gives the smallest.
    """
    targets = numbers(teacher(examples), "targets", shape=(len(examples),))
    inputs = numbers(examples.inputs, "inputs")
    n_inputs = inputs.shape[1]
    u = numbers(separating, "separating weights", shape=(n_inputs,))
    start = np.zeros(n_inputs) if start is None else numbers(start, "start weights", shape=(n_inputs,))
    step = np.array(number(rate, "rate", above=0.0))
    _check(inputs, targets, start, step)
    u = u / (np.abs(u).max() or 1.0)  # first, for the square of a large number overflows
    u = u / (np.linalg.norm(u) or 1.0)
    margin = float(np.min(np.where(targets == 1, 1.0, -1.0) * (inputs @ u)))
    if margin <= 0:
        raise ArgumentError(f"the unit does not separate the patterns (least margin {margin:.3g}); find one that does")
    square = float(np.max(np.sum(inputs**2, axis=1)))
    ahead: Any = start @ u / step
    length: Any = start @ start / step**2
    half = 0.5 * square - ahead * margin
    return float((half + np.sqrt(half**2 + margin**2 * max(length - ahead**2, 0.0))) / margin**2)


def _require_epoch(inputs: np.ndarray, weights: np.ndarray) -> None:
    """Refuse one more epoch when there is no memory for its steps: nobody knows beforehand how many are needed."""
    require_memory(len(inputs) * (32.0 * weights.size + 400.0), "the history of one more epoch")


def _key(weights: np.ndarray) -> tuple[Any, ...]:
    return tuple(weights.ravel().tolist())


def _is_exact(*arrays: np.ndarray) -> bool:
    """True for Fractions, and for floats that are small multiples of 1/1024, whose sums do not round."""
    return all(
        array.dtype == object or bool(np.all((array * 1024 % 1 == 0) & (np.abs(array) < 1024))) for array in arrays
    )


def _doubtful(history: History, inputs: np.ndarray) -> tuple[int, ...]:
    """Steps with |z| within the rounding that z can have collected.

    Each of the numbers read, each product, each sum and each change so far (two roundings) adds at
    most half a unit in the last place of the largest weights seen.
    """
    x = inputs[np.concatenate(history.patterns)]
    before = history.before.astype(float)
    n_changes = np.cumsum(np.any(np.diff(history.weights, axis=0) != 0, axis=tuple(range(1, before.ndim))))
    largest = np.maximum.accumulate(np.abs(before), axis=0)
    z = np.einsum("s...i,si->s...", before, x)
    scale = np.einsum("s...i,si->s...", largest, np.abs(x))
    n_roundings = (inputs.shape[1] + 2 + 2 * n_changes).reshape(-1, *[1] * (z.ndim - 1))
    near = np.abs(z) <= np.finfo(float).eps * n_roundings * scale
    return tuple(int(step) for step in np.flatnonzero(near.reshape(len(near), -1).any(axis=1)))


def _check(inputs: np.ndarray, targets: np.ndarray, weights: np.ndarray, rate: np.ndarray) -> None:
    wanted = (*targets.shape[1:], inputs.shape[1])
    if weights.shape != wanted:
        raise ArgumentError(f"start weights have shape {weights.shape}; these examples need {wanted}")
    wrong = (targets != 0) & (targets != 1)
    if wrong.any():
        raise ArgumentError(f"label {targets[wrong][0]} lies outside the range of a step unit; use 0 and 1")
    if rate.ndim or not rate > 0:
        raise ArgumentError(f"rate is {rate}; it must be a number above 0")
