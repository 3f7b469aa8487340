"""All points of a sweep: the grid of its axes, each point as often as there are seeds, and the seed of each."""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from plasticity.errors import ArgumentError
from plasticity.runs.sweeping.axes import Axis

MOST_UNASKED = 100_000  # points, our choice: an hour of questions, days of experiments; more is likelier a slip
MOST_POINTS = 10_000_000  # our choice: their table has a gigabyte


class Point(NamedTuple):
    """A point of a sweep.

    number : from 0 on, in the order of the table: the last axis fastest, and the seeds within it
    texts  : {axis: value as `--set` takes it}; values : the same in SI
    """

    number: int
    texts: Mapping[str, str]
    values: Mapping[str, Any]
    replicate: int
    seed: int


@dataclass(frozen=True)
class Plan:
    """The axes, how many seeds each point of their grid has, and the seed of the whole.

    raises ArgumentError for more than MOST_POINTS
    """

    axes: tuple[Axis, ...]
    n_seeds: int = 1
    seed: int = 0

    def __post_init__(self) -> None:
        if self.n > MOST_POINTS:
            raise ArgumentError(
                f"the sweep has {self.n} points; at most {MOST_POINTS} are allowed: sweep some at a time"
            )

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """How many values each axis has, and how many seeds there are."""
        return (*(len(axis.texts) for axis in self.axes), self.n_seeds)

    @property
    def n(self) -> int:
        """The number of points."""
        return math.prod(self.shape)

    def places(self, number: int) -> tuple[int, ...]:
        """Where a point lies along each axis, and the number of its replicate."""
        return tuple(int(k) for k in np.unravel_index(number, self.shape))

    def point(self, number: int) -> Point:
        """The point of that number."""
        *places, replicate = self.places(number)
        texts = {axis.name: axis.texts[k] for axis, k in zip(self.axes, places, strict=True)}
        values = {axis.name: axis.values[k] for axis, k in zip(self.axes, places, strict=True)}
        return Point(number, texts, values, replicate, seed_of(values, replicate, self.seed))


def seed_of(values: Mapping[str, Any], replicate: int, seed: int) -> int:
    """The seed of a point, 0 to 2**32 - 1: by its values and its replicate, whatever else is swept, in any order.

    values : {axis: value in SI}
    seed   : that of the sweep
    """
    words = "\n".join(f"{name}={values[name]!r}" for name in sorted(values))
    digest = np.frombuffer(hashlib.sha256(words.encode()).digest(), dtype="<u4")
    return int(np.random.SeedSequence([seed, replicate, *digest.tolist()]).generate_state(1)[0])
