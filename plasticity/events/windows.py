"""The STDP window: the change of weight against lag, all lags in one vectorised evaluation."""

import numpy as np
from numpy.typing import ArrayLike

from plasticity import protocols
from plasticity.arrays import Floats
from plasticity.events.evaluate import final_weight
from plasticity.rules import AnyRule


def window(rule: AnyRule, lags: ArrayLike, *, n_pairs: int = 60, rate: float = 1.0, w0: float = 0.5) -> Floats:
    """The change of weight after `n_pairs` pairings at `rate` hertz, for every lag.

    lags    : seconds, t_post - t_pre, shape (n_lags,)
    w0      : start weight, the same for every lag
    returns : change of w, shape (n_lags,)
    raises as `final_weight`; ArgumentError when a lag does not fit between two pairings
    """
    pre, post = protocols.pairing(np.atleast_1d(lags), n_pairs=n_pairs, rate=rate)
    return np.asarray(final_weight(rule, pre, post, w0)) - w0
