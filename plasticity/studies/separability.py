"""Can one threshold unit, a line in the plane, tell labelled points apart? Decided exactly, and by sweeping a line."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import product

import numpy as np
from numpy.typing import ArrayLike

from plasticity.arrays import Floats
from plasticity.artificial.certificates import Contradiction, Separation, common_point
from plasticity.artificial.exact import exact
from plasticity.artificial.separability import is_separable, separate
from plasticity.errors import ArgumentError
from plasticity.experiment import parameter

NEAREST = 1e-3  # distance of two points that differ: what is nearer, a swept line tells from equal by rounding alone
MOST_POINTS = 7  # all labellings of them are decided exactly, 128 in about a second
XOR = (0, 1, 1, 0)
_ROUNDING = 12  # decimals of projections: nearer to one another than this, points are on one line of the sweep


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    points: tuple[float, ...] = parameter(
        (0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0), meaning="x1 and x2 of each point in turn", least=-100, most=100
    )
    labels: tuple[int, ...] = parameter(XOR, meaning="label of each point", least=0, most=1)


@dataclass(frozen=True)
class Settled:
    """What is known of labelled points of the plane.

    decided     : the unit that separates them, or the contradiction
    without_one : for each point whether a unit separates the others
    labellings  : all that a unit can give these points, (n_separable, n_points), decided exactly one by one
    swept       : the same, found by sweeping a line across them in every direction
    """

    points: tuple[tuple[Fraction, ...], ...]
    decided: Separation | Contradiction
    without_one: tuple[bool, ...]
    labellings: np.ndarray
    swept: np.ndarray

    @property
    def labels(self) -> tuple[int, ...]:
        """0 or 1 for each point."""
        return self.decided.labels

    @property
    def is_separable(self) -> bool:
        """Whether one unit gives every point its label."""
        return isinstance(self.decided, Separation)

    @property
    def multipliers(self) -> tuple[int, ...]:
        """Of the constraints, which then add up to 0 > 0; all 0 where there is no contradiction."""
        return self.decided.multipliers if isinstance(self.decided, Contradiction) else (0,) * len(self.points)

    @property
    def meeting(self) -> tuple[Fraction, ...]:
        """The point that lies among both classes; () when they are separable."""
        return common_point(self.decided) if isinstance(self.decided, Contradiction) else ()

    def most_right(self, labellings: np.ndarray) -> int:
        """The points that the best of these labellings gets right."""
        return int((labellings == self.labels).sum(axis=1).max())


def study(parameters: Parameters) -> Settled:
    """Settle the points, with each of them left out, and under every labelling.

    raises ArgumentError for coordinates that are no pairs, another number of labels, more than MOST_POINTS points, or
    two that are nearly the same
    """
    n = len(parameters.labels)
    if len(parameters.points) != 2 * n:
        raise ArgumentError(f"points has {len(parameters.points)} numbers; allowed: {2 * n}, two for each label")
    if not 2 <= n <= MOST_POINTS:
        raise ArgumentError(f"there are {n} points; from 2 to {MOST_POINTS} are allowed")
    _check_distances(np.reshape(parameters.points, (n, 2)))
    points = tuple(map(tuple, exact(np.reshape(parameters.points, (n, 2)).tolist())))
    labels = np.array(parameters.labels)
    return Settled(
        points,
        separate(points, labels),
        tuple(is_separable(np.delete(points, i, axis=0), np.delete(labels, i)) for i in range(n)),
        np.array([some for some in product((0, 1), repeat=n) if is_separable(points, some)]),
        labellings_of_lines(points),
    )


def _check_distances(points: Floats) -> None:
    apart = np.linalg.norm(points[:, np.newaxis] - points, axis=-1)
    if ((apart > 0) & (apart < NEAREST)).any():
        least = apart[apart > 0].min()
        raise ArgumentError(f"two points are {least:g} apart; allowed: the same point twice, or {NEAREST:g} and more")


def labellings_of_lines(points: ArrayLike) -> np.ndarray:
    """All labellings of points of the plane that a line can give, (n_different, n_points).

    A line that separates strictly can be turned a little, into a direction along which no two different points lie
    level. Between two directions in which some do, the order of the points does not change: one direction between
    each two is enough, and in it every threshold is tried.
    """
    places = np.array(points, dtype=float)
    apart = (places[:, np.newaxis] - places).reshape(-1, 2)
    apart = apart[np.any(apart != 0, axis=1)]
    level = np.unique(np.round((np.arctan2(apart[:, 1], apart[:, 0]) + np.pi / 2) % (2 * np.pi), 12))
    between = (level + np.append(level[1:], level[:1] + 2 * np.pi)) / 2 if level.size else np.zeros(1)
    along = np.round(np.stack([np.cos(between), np.sin(between)], axis=1) @ places.T, _ROUNDING)
    above = along[:, np.newaxis, :] > along[:, :, np.newaxis]  # direction, threshold at a point, points
    every = np.concatenate([above.reshape(-1, len(places)), np.ones((1, len(places)), dtype=bool)])
    return np.unique(every, axis=0).astype(int)


def labellings_of_small_units(points: ArrayLike, largest: int) -> np.ndarray:
    """The different labellings, (n_different, n_points), of units with whole weights up to `largest` and half biases.

    points : whole numbers, (n_points, n_inputs)
    """
    places = np.asarray(points, dtype=float)
    weights = np.array(list(product(range(-largest, largest + 1), repeat=places.shape[1])))
    sums, reach = weights @ places.T, largest * int(np.abs(places).sum(axis=1).max())
    every = np.concatenate([sums > threshold for threshold in np.arange(-reach - 1, reach + 1) + 0.5])
    return np.unique(every, axis=0).astype(int)


def null_vector(rows: Floats) -> Floats:
    """The vector of sum 1 that the rows (m, n) nearly send to 0: the last one of their singular value decomposition."""
    vector = np.linalg.svd(rows)[2][-1]
    return vector / vector.sum()
