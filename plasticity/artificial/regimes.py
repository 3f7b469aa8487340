"""What a two-neuron loop does in the end: fixed points, their stability, cycles, and its regime.

One round of the loop takes a rate r1 to G(r1) = f(w12 f(w21 r1 + I2) + I1), so the fixed points are
the roots of G(r) - r: the nullcline of neuron 1, followed along the nullcline of neuron 2.

Around a fixed point the Jacobian moves small deviations. With the gain of one round,
p = w12 f'(z1) w21 f'(z2), its eigenvalues are

continuous time  (-1 +- sqrt(p)) / tau: stable when p < 1; spiralling inwards when p < 0
discrete time    +- sqrt(p): stable when |p| < 1; turning by a quarter in each step when p < 0

In continuous time a loop never oscillates for ever: its flow shrinks every area (the divergence is
-2 / tau), so no orbit can close (Bendixson's criterion). In discrete time it can. A loop whose weights
differ in sign may oscillate with period 4, and a loop with two stable states also alternates between
them, with period 2, when its neurons start on different sides.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from plasticity.arrays import Floats
from plasticity.artificial.loops import Loop, nullclines, summed_inputs
from plasticity.artificial.roots import all_roots
from plasticity.errors import ArgumentError
from plasticity.inputs import function, instance, numbers, text

SCAN_POINTS = 4001
MANY = 100  # isolated roots; two S-shaped curves cross far less often, a line gives thousands
FAR = 1e6  # times the size of weights and inputs: so far out every activation is a straight line

REGIMES: Mapping[str, str] = MappingProxyType(
    {
        "one fixed point": "one stable fixed point, whose eigenvalues are real",
        "damped oscillation": "one stable fixed point, whose eigenvalues are complex: a spiral inwards",
        "bistable": "two or more stable fixed points",
        "oscillating": "no stable fixed point, but a stable cycle; discrete time only",
        "resting or oscillating": "one stable fixed point and a stable cycle; discrete time only",
        "unbounded": "from some starts the rates grow without limit, whatever happens elsewhere",
        "undecided": "no stable fixed point or cycle found: exactly at a bifurcation, or held in the jump of "
        "step or sign (continuous time), or in a longer cycle (activations that are not monotone)",
    }
)


@dataclass(frozen=True)
class Time:
    """One of the two kinds of time: how deviations from a fixed point move, and when they decay."""

    name: str
    jacobian: Callable[[Loop, ArrayLike], np.ndarray]
    is_decaying: Callable[[np.ndarray], bool]

    def __post_init__(self) -> None:
        text(self.name, "the name of a kind of time")
        function(self.jacobian, "the Jacobian")
        function(self.is_decaying, "is_decaying")


@dataclass(frozen=True)
class FixedPoint:
    """A state that stays as it is.

    rates       : (r1, r2)
    eigenvalues : of the Jacobian, (2,), complex; per second in continuous, per step in discrete time
    is_stable   : every small deviation decays; never so at the edge of a jump (step or sign with z = 0)
    """

    rates: tuple[float, float]
    eigenvalues: tuple[complex, complex]
    is_stable: bool


def _flow_jacobian(loop: Loop, rates: ArrayLike) -> Floats:
    return (_map_jacobian(loop, rates) - np.eye(2)) / loop.tau


def _map_jacobian(loop: Loop, rates: ArrayLike) -> Floats:
    slopes = loop.activation.derivative(summed_inputs(loop, numbers(rates, "rates", shape=(2,))))
    return np.array([[0.0, slopes[0] * loop.weights[0]], [slopes[1] * loop.weights[1], 0.0]])


CONTINUOUS = Time("continuous", _flow_jacobian, lambda eigenvalues: bool((np.real(eigenvalues) < 0).all()))
DISCRETE = Time("discrete", _map_jacobian, lambda eigenvalues: bool((np.abs(eigenvalues) < 1).all()))


def fixed_points(loop: Loop, time: Time = CONTINUOUS) -> tuple[FixedPoint, ...]:
    """All fixed points, in the order of r1; the same in both kinds of time, but for their stability.

    returns : tuple of FixedPoint; empty when there is none (an unbounded loop)
    raises ArgumentError when they fill a line to within rounding, as in a linear loop with w12 w21 = 1

    Found by a scan and by halving (see `all_roots`), to the last digits of r1. At a bifurcation, where
    p is 1 or -1, rounding decides about existence and stability.
    """
    _check(loop, time)
    roots = all_roots(lambda r: _round(loop, r) - r, lambda r: _gain(loop, r) - 1, _scan(loop))
    return tuple(_fixed_point(loop, r1, time) for r1 in _isolated(roots))


def stable_cycles(loop: Loop) -> tuple[np.ndarray, ...]:
    """The stable cycles of the loop in discrete time.

    returns : tuple of arrays (period, 2), the states run through for ever; the period is 2 or 4

    Neuron 1 hears at step t + 2 what it said at step t, so its even and its odd steps are independent
    sequences, both driven by G. Where each of them can stay, a fixed point or a pair that G
    exchanges, is a root of G(G(r)) - r; all combinations of an even and an odd one are cycles.
    Activations that are not monotone (swish, gelu) may also have longer ones, which are not looked for.
    """
    _check(loop, DISCRETE)
    roots = all_roots(lambda r: _two_rounds(loop, r) - r, lambda r: _gain_of_two(loop, r) - 1, _scan(loop))
    stable = _isolated(roots)
    at_edge = _is_at_edge(loop, stable) | _is_at_edge(loop, _round(loop, stable))
    stable = stable[~at_edge & (np.abs(_gain_of_two(loop, stable)) < 1)]
    following = np.abs(stable[None, :] - _round(loop, stable)[:, None]).argmin(axis=1) if len(stable) else []
    orbits = _orbits(following)
    return tuple(_states(loop, stable, orbit) for orbit in orbits if len(orbit) > 1)


def regime(loop: Loop, time: Time = CONTINUOUS) -> str:
    """The name of what the loop does in the end, one of REGIMES (the meaning is the value there)."""
    _check(loop, time)
    if _is_unbounded(loop, time):
        return "unbounded"
    stable = [point for point in fixed_points(loop, time) if point.is_stable]
    if len(stable) > 1:
        return "bistable"
    has_cycle = time is DISCRETE and bool(stable_cycles(loop))
    if not stable:
        return "oscillating" if has_cycle else "undecided"
    if has_cycle:
        return "resting or oscillating"
    is_turning = any(eigenvalue.imag for eigenvalue in stable[0].eigenvalues)
    return "damped oscillation" if is_turning else "one fixed point"


def _check(loop: Loop, time: Time) -> None:
    instance(loop, Loop, "the loop")
    instance(time, Time, "the kind of time")


def _fixed_point(loop: Loop, r1: float, time: Time) -> FixedPoint:
    rates = (float(r1), float(nullclines(loop, r1)[1]))
    eigenvalues = np.linalg.eigvals(time.jacobian(loop, rates)).astype(complex)
    is_stable = time.is_decaying(eigenvalues) and not _is_at_edge(loop, np.array(r1))
    return FixedPoint(rates, tuple(eigenvalues.tolist()), is_stable)


def _round(loop: Loop, r1: np.ndarray) -> np.ndarray:
    """G: what neuron 1 says two steps after r1."""
    return nullclines(loop, nullclines(loop, r1)[1])[0]


def _gain(loop: Loop, r1: np.ndarray) -> np.ndarray:
    """The slope of G."""
    (w12, w21), (I1, I2), slope = loop.weights, loop.external, loop.activation.derivative
    r2 = nullclines(loop, r1)[1]
    return w12 * slope(w12 * r2 + I1) * w21 * slope(w21 * r1 + I2)


def _is_at_edge(loop: Loop, r1: np.ndarray) -> np.ndarray:
    """True where a small deviation of a rate makes an activation jump."""
    rates = np.stack([r1, nullclines(loop, r1)[1]], axis=-1)
    z = summed_inputs(loop, rates)
    nearby = 1e-12 * (1 + np.abs(z))
    jumps = np.abs(loop.activation(z + nearby) - loop.activation(z - nearby)) > 1e-6
    return (jumps & np.not_equal(loop.weights, 0)).any(axis=-1)


def _two_rounds(loop: Loop, r1: np.ndarray) -> np.ndarray:
    return _round(loop, _round(loop, r1))


def _gain_of_two(loop: Loop, r1: np.ndarray) -> np.ndarray:
    return _gain(loop, r1) * _gain(loop, _round(loop, r1))


def _far(loop: Loop) -> float:
    return FAR * (1 + max(map(abs, loop.weights))) * (1 + max(map(abs, loop.external)))


def _scan(loop: Loop) -> np.ndarray:
    """Points on the axis of r1, dense where something can happen: at small r1, and at small z2."""
    low, high = loop.activation.range
    if np.isfinite([low, high]).all():
        rates = np.linspace(low, high, SCAN_POINTS)
    else:
        limit = np.arcsinh(_far(loop))
        rates = np.sinh(np.linspace(-limit, limit, SCAN_POINTS))
    if loop.weights[1]:
        z2 = np.linspace(-40.0, 40.0, SCAN_POINTS)  # beyond, every activation is flat or straight
        rates = np.concatenate([rates, (z2 - loop.external[1]) / loop.weights[1]])
    return np.unique(rates)


def _isolated(roots: np.ndarray) -> np.ndarray:
    """The roots, unless they fill a line: then the scan is full of them."""
    if len(roots) > MANY:
        raise ArgumentError("the fixed points or cycles of this loop fill a line; change a weight or an input a little")
    return roots


def _is_unbounded(loop: Loop, time: Time) -> bool:
    ends = np.array([-1.0, 1.0]) * _far(loop)
    if time is DISCRETE:
        return bool((np.abs(_two_rounds(loop, ends)) > np.abs(ends)).any())
    return bool((_round(loop, ends) * np.sign(ends) > np.abs(ends)).any())


def _orbits(following: Sequence[int] | np.ndarray) -> list[list[tuple[int, int]]]:
    """Where the pair (now, one step ago) goes when each step t + 2 follows from step t."""
    unseen = {(now, before) for now in range(len(following)) for before in range(len(following))}
    orbits = []
    while unseen:
        now, before = min(unseen)
        orbit = []
        while (now, before) in unseen:
            unseen.remove((now, before))
            orbit.append((now, before))
            now, before = int(following[before]), now
        orbits.append(orbit)
    return orbits


def _states(loop: Loop, stable: np.ndarray, orbit: Sequence[tuple[int, int]]) -> np.ndarray:
    now, before = np.array(orbit).T
    return np.stack([stable[now], nullclines(loop, stable[before])[1]], axis=-1)
