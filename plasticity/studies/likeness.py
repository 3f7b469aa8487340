"""Do like pictures get like codes? Autoencoders of digits, before and after training.

An encoder that has learnt nothing is the yardstick: whatever its weights, near inputs get near codes, as no layer of
sigmoid units can move two codes further apart than a quarter of its largest gain times the distance of the inputs.

Source: alpaydin1998 (the digits).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.autoencoders import Autoencoder, codes, random_autoencoder
from plasticity.artificial.descent import Descent
from plasticity.artificial.examples import teacher
from plasticity.artificial.losses import MULTICLASS_CROSS_ENTROPY
from plasticity.artificial.side_by_side import train_autoencoders
from plasticity.experiment import parameter
from plasticity.studies.digits import N_PIXELS, Digits, draw_digits, in_parts

RATE, BATCH_SIZE = 0.2, 32  # our choice
ROWS = 32  # of a matrix of distances, computed together


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    sizes: tuple[int, ...] = parameter((2, 4, 8, 16, 32), "1", "hidden units of the networks", least=1, most=64)
    n_shown: int = parameter(300, meaning="digits to learn from", least=20, most=1500)
    n_unseen: int = parameter(300, meaning="other digits, which are compared", least=20, most=1000)
    n_seeds: int = parameter(4, meaning="draws of digits and first weights", least=2, most=50)
    n_epochs: int = parameter(30, meaning="epochs", least=1, most=500)
    seed: int = 0


@dataclass(frozen=True)
class Likeness:
    """How far distances of codes tell those of the pictures (rank correlation), and the digit (the fraction of the
    codes whose nearest neighbour is the same digit), by seed; the same by another route; and the largest ratio of a
    distance of codes to that of their pictures, with what bounds it."""

    rank_correlation: Floats
    same_digit: Floats
    rank_again: Floats
    same_again: Floats
    ratio: Floats
    bound: Floats


@dataclass(frozen=True)
class Result:
    """By size before and after training; the pictures' own fraction of same digits, by seed and by both routes."""

    parameters: Parameters
    random: dict[int, Likeness]
    trained: dict[int, Likeness]
    pictures: Floats
    pictures_again: Floats


def study(parameters: Parameters) -> Result:
    """Encode unseen digits before and after training."""
    p = parameters
    rngs = np.random.default_rng(p.seed).spawn(p.n_seeds)
    samples = [draw_digits(p.n_shown, p.n_unseen, rng=rng) for rng in rngs]
    seen = [_Pictures.of(digits) for digits in samples]
    descent = Descent(MULTICLASS_CROSS_ENTROPY, RATE, batch_size=BATCH_SIZE, n_epochs=p.n_epochs)
    random, trained = dict[int, Likeness](), dict[int, Likeness]()
    for size in dict.fromkeys(p.sizes):
        starts = [random_autoencoder(N_PIXELS, size, rng=rng) for rng in rngs]
        learnt = train_autoencoders(starts, np.array([one.shown.inputs for one in samples]), descent=descent, rngs=rngs)
        random[size], trained[size] = _likeness(starts, seen), _likeness(learnt, seen)
    same = np.array([[same_label(apart, one.labels) for apart in (one.apart, one.again)] for one in seen]).T
    return Result(p, random, trained, same[0], same[1])


@dataclass(frozen=True)
class _Pictures:
    """Unseen digits, their labels, and how far they are apart: distances by two routes, ranks of the pairs likewise."""

    images: Floats
    labels: Floats
    apart: Floats
    again: Floats
    ranks: Floats
    order: Floats

    @classmethod
    def of(cls, digits: Digits) -> "_Pictures":
        images = digits.unseen.inputs
        apart = distances(images)
        labels = teacher(digits.unseen).argmax(axis=1).astype(float)
        return cls(images, labels, apart, by_differences(images), ranks(pairs(apart)), order(pairs(apart)))


def _likeness(autoencoders: Sequence[Autoencoder], seen: Sequence[_Pictures]) -> Likeness:
    runs = []
    for autoencoder, one in zip(autoencoders, seen, strict=True):
        hidden = in_parts(partial(codes, autoencoder), one.images)
        apart, again = distances(hidden), by_differences(hidden)
        between = pairs(again)
        runs.append(
            (
                float(np.corrcoef(one.ranks, ranks(pairs(apart)))[0, 1]),
                same_label(apart, one.labels),
                1 - 6 * np.sum((one.order - order(between)) ** 2) / (len(between) * (len(between) ** 2 - 1.0)),
                same_label(again, one.labels),
                np.max(between / pairs(one.again)),
                np.linalg.norm(autoencoder.encoder.weights[:, 1:], ord=2) / 4,
            )
        )
    return Likeness(*np.array(runs, dtype=float).T)


def distances(points: Floats) -> Floats:
    """Between all rows, (n, n), from their lengths and products."""
    squares = np.sum(points**2, axis=1)
    products = np.einsum("id,jd->ij", points, points)
    return np.sqrt(np.maximum(squares[:, np.newaxis] + squares - 2 * products, 0.0))


def by_differences(points: Floats) -> Floats:
    """The same, coordinate by coordinate."""
    found, columns = np.zeros((len(points), len(points))), np.ascontiguousarray(points.T)
    for first in range(0, len(points), ROWS):  # a few rows at a time, which stay in the processor's cache
        squares = found[first : first + ROWS]
        for column in columns:
            apart = column[first : first + ROWS, np.newaxis] - column
            apart *= apart
            squares += apart
    return np.sqrt(found)


def pairs(apart: Floats) -> Floats:
    """The distance of every pair of different rows, once each."""
    return apart[_above(len(apart))]


@lru_cache(maxsize=4)
def _above(n: int) -> np.ndarray:
    """Where a square matrix has its upper half, without the diagonal."""
    return np.triu(np.ones((n, n), dtype=bool), 1)


def ranks(values: Floats) -> Floats:
    """Of each value, equal ones sharing theirs: the correlation of two such rows is Spearman's."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2)[inverse]


def order(values: Floats) -> Floats:
    """Of each value, equal ones in turn."""
    places = np.argsort(values)  # several times as fast as the stable order, which differs where some are equal
    if (np.diff(values[places]) == 0).any():
        places = np.argsort(values, kind="stable")
    found = np.empty(len(values))
    found[places] = np.arange(len(values))
    return found


def same_label(apart: Floats, labels: Floats) -> float:
    """The fraction of the rows whose nearest other row has the same label."""
    others = apart + np.diag(np.full(len(apart), np.inf))
    return float(np.mean(labels[others.argmin(axis=1)] == labels))
