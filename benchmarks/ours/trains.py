"""The weight after trains that are given."""

from collections.abc import Callable
from typing import Any

import numpy as np
from measuring import Work
from settings import MANY, ONE, Many

import plasticity
from plasticity.rules import Rule, soft_bounds


def pair() -> Work:
    """One synapse under pair STDP, at its bounds."""
    return weighed(plasticity.RULES["pair_stdp"], ONE, plasticity.final_weight)


def triplet() -> Work:
    """One synapse under the triplet rule."""
    return weighed(plasticity.RULES["triplet_stdp"], ONE, plasticity.final_weight)


def soft() -> Work:
    """One synapse whose bounds are soft."""
    return weighed(soft_bounds(plasticity.RULES["pair_stdp"]), ONE, plasticity.final_weight)


def many() -> Work:
    """A thousand synapses under pair STDP."""
    return weighed(plasticity.RULES["pair_stdp"], MANY, plasticity.final_weight)


def weighed(rule: Rule, of: Many, final_weight: Callable[..., Any]) -> Work:
    """The weights after these trains, by a function that takes rule, trains of both sides and start weight."""
    pre, post = (of.trains(side) if of.n_synapses > 1 else of.trains(side)[0] for side in (0, 1))

    def do() -> Any:
        return final_weight(rule, pre, post, of.w0)

    return Work(
        do,
        lambda weights: {"weight": float(np.sum(weights))},
        parts=2 * of.n_spikes * of.n_synapses,
        warm=do,
    )
