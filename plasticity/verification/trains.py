"""Random pairs of trains that ask much of a rule: coincidences, bursts, delays, and drives into either bound."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from plasticity.arrays import Floats

STEP = 1e-4  # seconds: all times are whole steps, so that an engine with a clock meets them
BEGIN = 60  # steps before the first spike, so that every delay is over before it, and NEST has time to feed it
LONGEST_DELAY = 50  # steps
KINDS = ("independent", "coincident", "pre before post", "post before pre", "coincident only", "bursts")

Steps = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Pair:
    """Two trains in steps; `delay` by which the postsynaptic one reaches the synapse later, steps.

    start : the weight before, as the part of the way from the lower to the upper bound
    """

    kind: str
    pre: Steps
    post: Steps
    delay: int
    start: float

    @cached_property
    def times(self) -> tuple[Floats, Floats]:
        """Both trains, seconds."""
        return self.pre * STEP, self.post * STEP


def random_pairs(seeds: int, *, per_seed: int = 12, longest: int = 12_000) -> list[Pair]:
    """Pairs of all kinds, for each seed from 1 on.

    longest : steps from the first to the last spike, about; each presynaptic train ends in a spike after all others,
              for there are engines that touch a weight at presynaptic spikes alone
    """
    found = []
    for seed in range(1, seeds + 1):
        rng = np.random.default_rng(seed)
        found += [_pair(rng, KINDS[number % len(KINDS)], longest) for number in range(per_seed)]
    return found


def _pair(rng: np.random.Generator, kind: str, longest: int) -> Pair:
    delay = int(rng.integers(1, LONGEST_DELAY + 1))
    length = int(rng.integers(longest // 3, longest))
    pre, post = (np.flatnonzero(rng.random(length) < rate * STEP) for rate in rng.choice([3.0, 10.0, 30.0, 80.0], 2))
    near = rng.integers(10, 60, pre.size)
    match kind:
        case "coincident":
            post = np.union1d(post, pre[::3] - delay)
        case "pre before post":
            post = np.union1d(post[::4], pre + near)
        case "post before pre":
            post = np.union1d(post[::4], pre - delay - near)
        case "coincident only":
            post = pre - delay
        case "bursts":
            pre, post = (_bursts(train, rng) for train in (pre, post))
    first = BEGIN + LONGEST_DELAY + 60
    pre, post = pre + first, post + first
    end = max([first, *pre.tolist(), *post.tolist()]) + int(rng.integers(60, 3_000))
    start = [0.0, 1.0, 0.5, *rng.random(3)][rng.integers(6)]
    return Pair(kind, np.append(np.unique(pre), end), np.unique(post), delay, float(start))


def _bursts(train: Steps, rng: np.random.Generator) -> Steps:
    """Every third spike followed by some more, few milliseconds apart."""
    more = [spike + np.cumsum(rng.integers(15, 50, rng.integers(2, 6))) for spike in train[::3]]
    return np.unique(np.concatenate([train, *more]))


def on_the_way(pairs: Sequence[Pair], lower: float, upper: float) -> list[float]:
    """The weights before, of a rule with these bounds, both finite."""
    return [lower + pair.start * (upper - lower) for pair in pairs]
