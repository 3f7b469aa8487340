"""What pairs of spikes change, written out by hand: the one formula that claims compare engines with.

It reads the values of a rule's parameters, and neither its expressions nor what an engine makes of them. What follows
from the expressions is `plasticity.rules.pair_windows`.
"""

from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.rules import Rule
from plasticity.trains import RESOLUTION


def one_pair(rule: Rule, lags: Any, *, coincident: float = 0.0) -> Floats:
    """The change of w by one pair at each lag, away from bounds, of the shape of the lags.

    rule       : with A_plus, tau_plus, A_minus and tau_minus, an exponential on each side of lag 0, the left one down;
                 or with A and tau, one on both sides, which counts a coincident pair
    lags       : t_post - t_pre, seconds
    coincident : the change by a coincident pair where there are two sides
    """
    lags, values = np.asarray(lags, dtype=float), rule.values
    if "A" in values:
        return np.asarray(values["A"] * np.exp(-np.abs(lags) / values["tau"]))
    up, down = (values[f"A_{side}"] * np.exp(-np.abs(lags) / values[f"tau_{side}"]) for side in ("plus", "minus"))
    return np.where(np.abs(lags) < RESOLUTION, coincident, np.where(lags > 0, up, -down))


def all_pairs(rule: Rule, pre: Floats, post: Floats) -> float:
    """The changes by all pairs of spikes of two trains, (n_pre,) and (n_post,), added up; coincident ones as above."""
    return float(one_pair(rule, np.subtract.outer(post, pre)).sum())
