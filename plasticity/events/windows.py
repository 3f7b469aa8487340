"""The STDP window: the change of weight against lag, all lags in one vectorised evaluation."""

from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError
from plasticity.events.evaluate import final_weight
from plasticity.inputs import count, number, numbers
from plasticity.memory import require_memory
from plasticity.rules import Rule, readable


def window(rule: Rule, lags: Any, *, n_pairs: int = 60, rate: Any = 1.0, w0: Any = None) -> Floats:
    """The change of weight after `n_pairs` pairings at `rate` hertz, for every lag.

    lags    : seconds or with a unit, t_post - t_pre, shape (n_lags,)
    w0      : start weight, the same for every lag; by default that of the rule
    returns : change of w, shape (n_lags,)
    raises as `final_weight`; ArgumentError when a lag does not fit between two pairings, or there is none

    >>> from plasticity import RULES, window
    >>> window(RULES["pair_stdp"], [-0.010, 0.010]).round(4).tolist()
    [-0.1911, 0.182]
    """
    found = readable(rule, "events")
    start = found.start_weight if w0 is None else number(w0, "w0")
    lags = numbers(lags, "lags", unit="s")
    # The trains as they are made, and as they are checked: asked before any of them is made.
    require_memory(50.0 * lags.size * count(n_pairs, "n_pairs"), f"a window of {lags.size} lags and {n_pairs} pairings")
    # loaded by what needs it: a question without a window starts sooner
    from plasticity.protocols.paired import paired_onsets

    lags, onsets = paired_onsets(np.atleast_1d(lags), n_pairs=n_pairs, rate=rate)
    if not lags.size:
        raise ArgumentError("no lag came; one or more are allowed")
    pre, post = (onsets + np.maximum(sign * lags[:, None], 0.0) for sign in (-1, 1))
    if len(onsets) == 1:  # one column would be one train
        return np.asarray(final_weight(rule, list(pre), list(post), start)) - start
    return np.asarray(final_weight(rule, pre, post, start)) - start
