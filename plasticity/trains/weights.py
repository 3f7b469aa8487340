"""Weights before a run: numbers, one for each synapse, inside the bounds."""

from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import WeightError, said
from plasticity.inputs import count, plain
from plasticity.memory import require_memory

# A weight computed in another way, say as a sum, misses a bound by its rounding; so near, it is taken as the bound.
_ROUNDING = 1e-12


def start_weights(w0: Any, n_synapses: int, lower: float, upper: float) -> Floats:
    """Start weights of shape (n_synapses,), checked to be numbers inside the bounds.

    w0 : one number, or (n_synapses,); beyond a bound by no more than rounding, it is the bound
    raises WeightError

    >>> from plasticity import trains
    >>> trains.start_weights(0.5, 3, 0.0, 1.0)
    array([0.5, 0.5, 0.5])
    """
    n_synapses = count(n_synapses, "the number of synapses", least=0)
    require_memory(24.0 * n_synapses, f"the weights of {n_synapses} synapses")
    given = plain(w0, "w0", error=WeightError).values
    try:
        weights = np.broadcast_to(given, (n_synapses,)).copy()
    except ValueError:
        raise WeightError(f"w0 = {said(w0)} is no weight, nor one for each of {n_synapses} synapses") from None
    check_weights(weights[:1] if given.ndim == 0 else weights, lower, upper)
    return np.clip(weights, _bound(lower, "lower"), _bound(upper, "upper"))


def _bound(value: Any, name: str) -> float:
    if type(value) is float and value == value:  # not NaN
        return value
    bound = plain(value, f"the {name} bound", error=WeightError).values
    if bound.ndim or np.isnan(bound):
        raise WeightError(f"the {name} bound is {said(value)}; one number is allowed")
    return float(bound)


def check_weights(weights: Floats, lower: float, upper: float) -> None:
    """Raise WeightError for a weight that is not finite, or outside the bounds by more than rounding.

    >>> from plasticity import trains
    >>> trains.check_weights([0.0, 0.5], 0.0, 1.0)
    """
    weights = plain(weights, "the weights", error=WeightError).values
    lower, upper = (_bound(bound, name) for bound, name in ((lower, "lower"), (upper, "upper")))
    room = [_ROUNDING * max(1.0, abs(bound)) if np.isfinite(bound) else 0.0 for bound in (lower, upper)]
    outside = ~(np.isfinite(weights) & (weights >= lower - room[0]) & (weights <= upper + room[1]))
    if outside.any():
        raise WeightError(f"a weight of {float(weights[outside][0])!r} is outside the bounds [{lower:g}, {upper:g}]")
