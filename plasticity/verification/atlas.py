"""What each convention changes: the smallest pair of trains on which it matters, found by trying all small ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product

import numpy as np

from plasticity import events
from plasticity.arrays import Floats
from plasticity.rules import PRESETS, RULES, Bounds, Rule, with_bounds, with_conventions
from plasticity.rules.conventions import words

# Tried in this order; bounds on both sides, so that all conventions can be met
_RULES = ("pair_stdp", "nearest_symmetric_stdp", "reduced_symmetric_stdp", "inhibitory_stdp")
_TIMES = (0.01, 0.02, 0.03, 0.04)  # seconds
_WEIGHTS = (0.5, 0.0, 1.0)
_FELT = 1e-9  # a difference, not a rounding

Train = tuple[float, ...]


@dataclass(frozen=True)
class Smallest:
    """The fewest spikes on which the words of a convention differ.

    results : {word: the weight after the last spike; of `transmitted`, what the last presynaptic spike transmits}
    """

    field: str
    rule: Rule
    pre: Train
    post: Train
    w0: float
    results: dict[str, float]


def smallest(field: str) -> Smallest | None:
    """The smallest pair of trains of up to four instants on which a field of `Conventions` matters; None for none."""
    found = [one for name in _RULES if (one := _of_rule(field, _bounded(RULES[name])))]
    return min(found, key=lambda one: len(one.pre) + len(one.post)) if found else None


def presets_of(field: str, word: str) -> list[str]:
    """The presets in which a field has this word."""
    return [name for name, conventions in PRESETS.items() if getattr(conventions, field) == word]


def _bounded(rule: Rule) -> Rule:
    return with_bounds(rule, Bounds(0.0, 1.0)) if not np.isfinite(rule.bounds.upper) else rule


def _of_rule(field: str, rule: Rule) -> Smallest | None:
    cases = _cases()
    forms = {word: with_conventions(rule, "default", **{field: word}) for word in words()[field]}
    results = {word: _results(form, field, cases) for word, form in forms.items()}
    differ = np.flatnonzero(np.ptp(list(results.values()), axis=0) > _FELT)
    if not differ.size:
        return None
    first = int(differ[0])  # cases come in the order of their number of spikes
    return Smallest(field, rule, *cases[first], {word: float(found[first]) for word, found in results.items()})


@cache
def _cases() -> list[tuple[Train, Train, float]]:
    """All trains of some of the times, the fewest spikes first, with each start weight."""
    trains = [train for n in range(len(_TIMES) + 1) for train in combinations(_TIMES, n)]
    pairs = [(pre, post) for pre, post in product(trains, trains) if pre or post]
    pairs.sort(key=lambda pair: (len(pair[0]) + len(pair[1]), max(*pair[0], *pair[1], 0.0, 0.0)))
    return [(pre, post, w0) for pre, post in pairs for w0 in _WEIGHTS]


def _results(rule: Rule, field: str, cases: Sequence[tuple[Train, Train, float]]) -> Floats:
    """What is looked at, of each case."""
    pre, post, w0 = ([case[place] for case in cases] for place in range(3))
    path = events.trajectory(rule, pre, post, w0)
    if field != "transmitted":
        return np.array([weights[np.isfinite(weights)][-1] for weights in path.weights])
    rows = zip(cases, path.times, path.weights, strict=True)
    return np.array([_transmitted(rule, case, times, weights) for case, times, weights in rows])


def _transmitted(rule: Rule, case: tuple[Train, Train, float], times: Floats, weights: Floats) -> float:
    """The weight that the last presynaptic spike transmits; 0 without one."""
    pre, _, w0 = case
    if not pre:
        return 0.0
    if rule.conventions.transmitted == "after":
        return float(weights[np.flatnonzero(times <= pre[-1])[-1]])
    earlier = np.flatnonzero(times < pre[-1])
    return float(weights[earlier[-1]]) if earlier.size else w0
