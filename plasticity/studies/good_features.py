"""The same labels before and after a feature is added to the inputs: when can one unit learn them?

Source: lecture (the success of learning depends on "good" features); minsky1969 (XOR).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.examples import Examples, with_bias
from plasticity.artificial.perceptron import PerceptronRun, perceptron
from plasticity.artificial.separability import is_separable
from plasticity.errors import ArgumentError
from plasticity.experiment import parameter

POINTS = np.array(list(product((0, 1), repeat=2)))
FEATURES: Mapping[str, Callable[[Floats], Floats]] = {
    "product": lambda points: points[:, 0] * points[:, 1],
    "difference": lambda points: (points[:, 0] - points[:, 1]) ** 2,
    "sum": lambda points: points[:, 0] + points[:, 1],
}
NONE = "none"


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    labels: tuple[int, ...] = parameter((0, 1, 1, 0), meaning="of 00, 01, 10, 11; XOR", least=0, most=1)
    feature: str = parameter("product", meaning="that is added to x1 and x2", choices=tuple(FEATURES))


@dataclass(frozen=True, eq=False)
class Learning:
    """What the perceptron rule, from weights 0 at rate 1, makes of the labels with these inputs.

    inputs    : (4, 2) or (4, 3)
    run       : on the labels that were asked for
    separable : of all 16 labellings whether a unit gives them, decided exactly
    stopped   : whether the rule stops on them
    """

    inputs: Floats
    is_separable: bool
    run: PerceptronRun
    separable: tuple[bool, ...]
    stopped: tuple[bool, ...]


@dataclass(frozen=True, eq=False)
class Features:
    """The learning without a feature and with each, by its name."""

    labels: tuple[int, ...]
    feature: str
    learning: dict[str, Learning]


def study(parameters: Parameters) -> Features:
    """Learn every labelling of the four points without a feature and with each. Raises ArgumentError for no four."""
    p = parameters
    if len(p.labels) != len(POINTS):
        raise ArgumentError(f"labels has {len(p.labels)} values; allowed: 4, of 00, 01, 10, 11")
    learning = {name: _learning(with_feature(POINTS, name), p.labels) for name in (NONE, *FEATURES)}
    return Features(p.labels, p.feature, learning)


def with_feature(points: Floats, name: str) -> Floats:
    """The points with the feature as a last coordinate, or as they are."""
    return points if name == NONE else np.column_stack([points, FEATURES[name](points)])


def _learning(inputs: Floats, labels: tuple[int, ...]) -> Learning:
    every = list(product((0, 1), repeat=len(inputs)))
    separable = tuple(is_separable(inputs, some) for some in every)
    runs = [_run(inputs, some) for some in every]
    asked = every.index(labels)
    return Learning(inputs, separable[asked], runs[asked], separable, tuple(run.converged for run in runs))


def _run(inputs: Floats, labels: tuple[int, ...]) -> PerceptronRun:
    """Whole numbers do not round, and come back where there is no solution."""
    return perceptron(Examples(with_bias(inputs), np.array(labels)), np.zeros(1 + inputs.shape[1]))
