"""Descent example by example: many runs side by side, and what theory knows of where they end.

A linear neuron with bias and one weight; the on-line (LMS) rule dw = rate (t - y) x, its examples drawn at random with
replacement. Around the least-squares solution w* the distance d = w - w* then obeys d' = (1 - rate x x^T) d + rate e x
with e the error of w* on the example drawn, so that the covariance of d settles at the solution of a linear equation.
"""

from dataclasses import dataclass

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import LINEAR
from plasticity.artificial.descent import Descent
from plasticity.artificial.examples import Examples, with_bias
from plasticity.artificial.learning import gradient_descent


@dataclass(frozen=True)
class Regression:
    """Examples of a linear neuron: inputs with x0 = 1, targets; the curvature of the loss, and its minimum."""

    inputs: Floats
    targets: Floats
    hessian: Floats
    solution: Floats

    def excess(self, weights: Floats) -> Floats:
        """Loss above that of the minimum; weights (..., 2)."""
        away = weights - self.solution
        return 0.5 * np.einsum("...i,ij,...j", away, self.hessian, away)


def regression(n: int, noise: float, rng: np.random.Generator) -> Regression:
    """n examples of t = 1 + 2 x + noise, x normal with deviation 2."""
    x = rng.normal(scale=2.0, size=n)
    inputs, targets = with_bias(x[:, np.newaxis]), 1 + 2 * x + noise * rng.normal(size=n)
    hessian = inputs.T @ inputs / n
    return Regression(inputs, targets, hessian, np.linalg.solve(hessian, inputs.T @ targets / n))


def batch_path(data: Regression, start: Floats, rate: float, n_steps: int) -> Floats:
    """Gradient descent: (n_steps + 1, 2)."""
    descent = Descent(rate=rate, n_epochs=n_steps)
    return gradient_descent(Examples(data.inputs, data.targets), start, activation=LINEAR, descent=descent).weights


def online_paths(data: Regression, start: Floats, rates: Floats, n_runs: int, rng: np.random.Generator) -> Floats:
    """On-line descent, one rate a step: (n_steps + 1, n_runs, 2)."""
    weights = np.tile(start, (n_runs, 1))
    paths = [weights]
    for rate, drawn in zip(rates, rng.integers(0, len(data.targets), (len(rates), n_runs)), strict=True):
        x = data.inputs[drawn]
        errors = data.targets[drawn] - np.sum(weights * x, axis=1)
        weights = weights + rate * errors[:, np.newaxis] * x
        paths.append(weights)
    return np.array(paths)


def settled_covariance(data: Regression, rate: float) -> Floats:
    """The covariance S of w - w* in the long run: S = mean of (1 - rate xx^T) S (1 - rate xx^T) + rate^2 e^2 xx^T."""
    outer = np.einsum("pi,pj->pij", data.inputs, data.inputs)
    shrink = np.eye(2) - rate * outer
    carried = np.mean([np.kron(a, a) for a in shrink], axis=0)
    errors = data.targets - data.inputs @ data.solution
    added = rate**2 * np.mean(errors[:, np.newaxis, np.newaxis] ** 2 * outer, axis=0)
    return np.linalg.solve(np.eye(4) - carried, added.ravel()).reshape(2, 2)


def angles_to_contour(data: Regression, points: Floats, steps: Floats) -> Floats:
    """Degrees, 0 to 90, between each step and the contour through its point; the contour is traced, not derived."""
    chords = _on_contour(data, points, 1e-4) - _on_contour(data, points, -1e-4)
    return _degrees(np.abs(_cosines(chords, steps)))


def turns(path: Floats) -> Floats:
    """Degrees between successive steps: 0 straight on, 180 straight back."""
    steps = np.diff(path, axis=0)
    return _degrees(_cosines(steps[1:], steps[:-1]))


def _on_contour(data: Regression, points: Floats, turn: float) -> Floats:
    """From w*, turn the ray to each point a little and go out to the same loss."""
    away = points - data.solution
    turned = away @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    ratio = data.excess(points) / data.excess(data.solution + turned)
    return data.solution + turned * np.sqrt(ratio)[..., np.newaxis]


def _cosines(a: Floats, b: Floats) -> Floats:
    return np.sum(a * b, axis=-1) / (np.linalg.norm(a, axis=-1) * np.linalg.norm(b, axis=-1))


def _degrees(cosines: Floats) -> Floats:
    return np.degrees(np.arccos(np.clip(cosines, -1.0, 1.0)))
