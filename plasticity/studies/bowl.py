"""The loss bowl of a linear neuron with a bias and one weight: its contours, the paths down, and what theory knows.

The on-line (LMS) rule is dw = rate (t - y) x, here with examples drawn at random with replacement. The distance from
the least-squares solution w* then obeys d' = (1 - rate x x^T) d + rate e x, with e the error of w* on the example
drawn, so that the means of d and of d d^T follow linear equations without any drawing.
"""

from dataclasses import dataclass

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import LINEAR
from plasticity.artificial.descent import Descent
from plasticity.artificial.examples import Examples, with_bias
from plasticity.artificial.learning import gradient_descent


@dataclass(frozen=True)
class Bowl:
    """Examples of a linear neuron, (n, 2) with x0 = 1 and (n,); the curvature of their loss, and its minimum."""

    inputs: Floats
    targets: Floats
    hessian: Floats
    solution: Floats

    def excess(self, weights: Floats) -> Floats:
        """Loss above that of the minimum; weights (..., 2)."""
        away = weights - self.solution
        return 0.5 * np.einsum("...i,ij,...j", away, self.hessian, away)

    @property
    def errors(self) -> Floats:
        """t - y of each example at the minimum."""
        return self.targets - self.inputs @ self.solution


def bowl(inputs: Floats, targets: Floats) -> Bowl:
    """The bowl of these examples, inputs (n, 2)."""
    return Bowl(inputs, targets, inputs.T @ inputs / len(inputs), np.linalg.lstsq(inputs, targets, rcond=None)[0])


def noisy_line(n: int, noise: float, rng: np.random.Generator) -> Bowl:
    """n examples of t = 1 + 2 x + noise, x normal with deviation 2."""
    x = rng.normal(scale=2.0, size=n)
    return bowl(with_bias(x[:, np.newaxis]), 1 + 2 * x + noise * rng.normal(size=n))


def batch_path(data: Bowl, start: Floats, rate: float, n_steps: int) -> Floats:
    """Gradient descent: (n_steps + 1, 2)."""
    descent = Descent(rate=rate, n_epochs=n_steps)
    return gradient_descent(Examples(data.inputs, data.targets), start, activation=LINEAR, descent=descent).weights


def batch_path_in_closed_form(data: Bowl, start: Floats, rate: float, n_steps: int) -> Floats:
    """The same: along each axis of the bowl a step multiplies the distance by 1 - rate * curvature."""
    values, axes = np.linalg.eigh(data.hessian)
    factors = (1 - rate * values) ** np.arange(n_steps + 1)[:, np.newaxis]
    return data.solution + factors * ((start - data.solution) @ axes) @ axes.T


def online_paths(
    data: Bowl, start: Floats, rates: Floats, n_runs: int, rng: np.random.Generator, *, drift: Floats | None = None
) -> Floats:
    """On-line descent from `start`, one rate a step: (n_steps + 1, n_runs, 2).

    drift : (2,), by which the weights of the line that is to be learned move with every step
    """
    weights, moved = np.tile(start, (n_runs, 1)), np.zeros(2) if drift is None else drift
    paths = [weights]
    for k, (rate, drawn) in enumerate(
        zip(rates, rng.integers(0, len(data.targets), (len(rates), n_runs)), strict=True)
    ):
        x = data.inputs[drawn]
        errors = data.targets[drawn] + x @ (k * moved) - np.sum(weights * x, axis=1)
        weights = weights + rate * errors[:, np.newaxis] * x
        paths.append(weights)
    return np.array(paths)


def expected_squares(data: Bowl, start: Floats, rates: Floats, *, drift: Floats | None = None) -> Floats:
    """The mean of d d^T before the first and after each step of on-line descent, (n_steps + 1, 2, 2), exactly.

    d is the distance from the minimum, which moves by `drift` with every step. The state (d, 1) goes to B (d, 1) with
    B = ((1 - rate x x^T, rate e x - drift), (0, 1)) of the example drawn, and its square to the mean of B . B^T.
    """
    outer = np.einsum("pi,pj->pij", data.inputs, data.inputs)
    steps = np.zeros((2, len(data.targets), 3, 3))  # B is the first and rate times the second of them
    steps[0] = np.eye(3)
    steps[0, :, :2, 2] = 0.0 if drift is None else -drift
    steps[1, :, :2, :2], steps[1, :, :2, 2] = -outer, data.errors[:, np.newaxis] * data.inputs
    products = np.einsum("apij,bpkl->abikjl", steps, steps) / len(data.targets)
    parts = products.reshape(2, 2, 9, 9)
    linear, step, last = parts[0, 1] + parts[1, 0], parts[0, 0], 0.0
    state = np.append(start - data.solution, 1.0)
    squares = np.outer(state, state).ravel()
    found = [squares]
    for rate in rates:
        if rate != last:
            step, last = parts[0, 0] + rate * linear + rate**2 * parts[1, 1], rate
        squares = step @ squares
        found.append(squares)
    return np.array(found).reshape(-1, 3, 3)[:, :2, :2]


def settled_covariance(data: Bowl, rate: float, size: int = 1) -> Floats:
    """The covariance S of d in the long run: S = mean of (1 - rate A) S (1 - rate A) + rate^2 N.

    A is the mean of x x^T over a batch of `size` drawn with replacement, N the covariance of its slope at the minimum.
    """
    outer, one = np.einsum("pi,pj->pij", data.inputs, data.inputs), np.eye(2)
    mean = outer.mean(axis=0)
    every = np.einsum("pij,pkl->pikjl", outer, outer).reshape(-1, 4, 4)  # the Kronecker product of each with itself
    fourth = np.mean(every, axis=0) / size + (1 - 1 / size) * np.kron(mean, mean)
    carried = np.eye(4) - rate * (np.kron(mean, one) + np.kron(one, mean)) + rate**2 * fourth
    added = rate**2 / size * np.mean(data.errors[:, np.newaxis, np.newaxis] ** 2 * outer, axis=0)
    return np.linalg.solve(np.eye(4) - carried, added.ravel()).reshape(2, 2)


def tangents(data: Bowl, points: Floats) -> Floats:
    """Along the contour at each point, (..., 2); an ellipse is a circle stretched by 1/sqrt(curvature)."""
    values, vectors = np.linalg.eigh(data.hessian)
    circle = (points - data.solution) @ vectors * np.sqrt(values)
    return np.stack([-circle[..., 1], circle[..., 0]], axis=-1) / np.sqrt(values) @ vectors.T


def angles_between_lines(a: Floats, b: Floats) -> Floats:
    """Degrees, 0 to 90."""
    return _degrees(np.abs(_cosines(a, b)))


def turns(steps: Floats, following: Floats) -> Floats:
    """Degrees between steps and those that follow: 0 straight on, 180 straight back."""
    return _degrees(_cosines(steps, following))


def _cosines(a: Floats, b: Floats) -> Floats:
    return np.sum(a * b, axis=-1) / (np.linalg.norm(a, axis=-1) * np.linalg.norm(b, axis=-1))


def _degrees(cosines: Floats) -> Floats:
    return np.degrees(np.arccos(np.clip(cosines, -1.0, 1.0)))
