"""Can a compact code be learnt in which like objects have like codes: from one-hot inputs, or from features?

Objects of several kinds. The features of an object are those that its whole kind has, and one that it has alone. Small
networks of sigmoid units learn one of TASKS, and their hidden codes are compared with what the objects share.

Source: rumelhart1986 (codes learnt from one-hot inputs, by what is to be said of each).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import SIGMOID
from plasticity.artificial.descent import Descent
from plasticity.artificial.examples import Examples
from plasticity.artificial.layers import forward, random_network
from plasticity.artificial.losses import MULTICLASS_CROSS_ENTROPY
from plasticity.artificial.side_by_side import train_all
from plasticity.experiment import parameter
from plasticity.studies.digits import Mean, mean
from plasticity.studies.likeness import distances, pairs, ranks, same_label

ONE_HOT, FEATURES, TOLD = "one_hot", "features", "told"  # the last: from one-hot inputs, the features are to be told
TASKS = (ONE_HOT, FEATURES, TOLD)


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    n_kinds: int = parameter(2, meaning="kinds of objects", least=2, most=6)
    n_each: int = parameter(4, meaning="objects of each kind", least=2, most=8)
    n_shared: int = parameter(3, meaning="features that all of a kind have", least=1, most=20)
    n_hidden: int = parameter(3, meaning="hidden units", least=1, most=16)
    n_networks: int = parameter(40, meaning="networks from different weights", least=2, most=500)
    n_steps: int = parameter(500, meaning="steps of gradient descent", least=1, most=20_000)
    rate: float = parameter(2.0, "1", "learning rate", least=0.01, most=6)
    seed: int = 0

    @property
    def n_objects(self) -> int:
        return self.n_kinds * self.n_each

    @property
    def chance(self) -> float:
        """How often an object drawn from the others is of the same kind."""
        return (self.n_each - 1) / (self.n_objects - 1)

    @property
    def kinds(self) -> Floats:
        """The kind of each object."""
        return np.repeat(np.arange(self.n_kinds), self.n_each).astype(float)

    @property
    def features(self) -> Floats:
        """(n_objects, n_kinds * n_shared + n_objects), zeros and ones."""
        of_kind = np.kron(np.eye(self.n_kinds), np.ones((self.n_each, self.n_shared)))
        return np.hstack([of_kind, np.eye(self.n_objects)])


@dataclass(frozen=True)
class Codes:
    """Of each network, before and after training: how often the object with the nearest code is of the same kind; after
    it, the rank correlation of the distances of codes with those of the features. All by a second route as well."""

    same_before: Floats
    same_after: Floats
    correlation: Floats
    same_before_again: Floats
    same_after_again: Floats
    correlation_again: Floats

    @property
    def rank_correlation(self) -> Mean:
        """Of all networks, with its standard error."""
        return mean(self.correlation)

    @property
    def is_alike(self) -> bool:
        """Whether like objects have like codes: a correlation that exceeds 0 by three standard errors."""
        return self.rank_correlation.value > 3 * self.rank_correlation.error


def study(parameters: Parameters, wanted: Sequence[str] = TASKS) -> tuple[Parameters, dict[str, Codes]]:
    """Learn every task, or only those wanted, from random starts."""
    p = parameters
    one_hot, features = np.eye(p.n_objects), p.features
    tasks = {ONE_HOT: (one_hot, one_hot), FEATURES: (features, features), TOLD: (one_hot, features)}
    seeds = np.random.default_rng(p.seed).spawn(len(tasks))
    return p, {
        task: _codes(p, *pair, rng=rng)
        for rng, (task, pair) in zip(seeds, tasks.items(), strict=True)
        if task in wanted
    }


def _codes(p: Parameters, inputs: Floats, targets: Floats, *, rng: np.random.Generator) -> Codes:
    sizes = inputs.shape[1], p.n_hidden, targets.shape[1]
    starts = [random_network(sizes, (SIGMOID, SIGMOID), rng=rng) for _ in range(p.n_networks)]
    descent = Descent(MULTICLASS_CROSS_ENTROPY, p.rate, n_epochs=p.n_steps)
    trained = train_all(starts, Examples(inputs, targets), descent=descent)
    before, after = ([forward(one, inputs)[0][1] for one in networks] for networks in (starts, trained))
    wanted = ranks(pairs(distances(p.features)))
    return Codes(
        np.array([same_label(distances(one), p.kinds) for one in before]),
        np.array([same_label(distances(one), p.kinds) for one in after]),
        np.array([np.corrcoef(wanted, ranks(pairs(distances(one))))[0, 1] for one in after]),
        np.array([_same_kind(one, p.kinds) for one in before]),
        np.array([_same_kind(one, p.kinds) for one in after]),
        np.array([_two_groups(one, p.kinds) for one in after]),
    )


def _same_kind(hidden: Floats, kinds: Floats) -> float:
    """Object by object: is the nearest other one of the same kind?"""
    found = []
    for k, code in enumerate(hidden):
        others = [(math.dist(code, other), kinds[n]) for n, other in enumerate(hidden) if n != k]
        found.append(min(others)[1] == kinds[k])
    return sum(found) / len(found)


def _two_groups(hidden: Floats, kinds: Floats) -> float:
    """The rank correlation from the mean ranks of the pairs of one kind and of two: features know no other distance."""
    apart = [(math.dist(a, b), i != j) for (a, i), (b, j) in combinations(zip(hidden, kinds, strict=True), 2)]
    values, is_far = (np.array(column) for column in zip(*apart, strict=True))
    ranked = np.sum(values[:, np.newaxis] > values, axis=1) + np.sum(values[:, np.newaxis] == values, axis=1) / 2
    share = is_far.mean()
    return float((ranked[is_far].mean() - ranked[~is_far].mean()) / ranked.std() * np.sqrt(share * (1 - share)))
