"""Sums of exponentials A_1 exp(-k_1 t) + A_2 exp(-k_2 t) + ...: their integrals, and where they cross zero.

Rates (per second) are the same for all synapses, (n_terms,); amplitudes differ, (n_terms, n_synapses).
"""

import numpy as np

from plasticity.arrays import Floats

_MOST_STEPS = 200  # of a search; halving alone needs 64


def value(rates: Floats, amplitudes: Floats, t: Floats) -> Floats:
    """The sum at `t` seconds, (n_synapses,)."""
    return (amplitudes * np.exp(-rates[:, None] * t)).sum(axis=0)


def mean_decay(x: Floats) -> Floats:
    """(exp(x) - 1)/x, the mean of an exponential over its course; 1 at 0."""
    with np.errstate(all="ignore"):
        return np.where(x == 0, 1.0, np.expm1(x) / np.where(x == 0, 1.0, x))


def integral(rates: Floats, amplitudes: Floats, t: Floats) -> Floats:
    """The integral of the sum from 0 to `t`, (n_synapses,)."""
    return (amplitudes * t * mean_decay(-rates[:, None] * t)).sum(axis=0)


def driven(rates: Floats, amplitudes: Floats, slope: Floats, t: Floats) -> Floats:
    """The solution at `t` of dw/dt = sum + slope*w that starts at 0; slope (n_synapses,), any equal to a rate too.

    Each exponential of the sum gives a difference of two, divided by that of their rates: it is written so that the
    faster one of them is the only factor that can vanish.
    """
    apart = rates[:, None] + slope
    slower = np.exp(np.maximum(-rates[:, None], slope) * t)
    return (amplitudes * slower * t * mean_decay(-np.abs(apart) * t)).sum(axis=0)


def zeros(rates: Floats, amplitudes: Floats, end: Floats) -> Floats:
    """Where the sum changes its sign between 0 and `end`, in order, (n_terms - 1, n_synapses), filled up with `end`.

    A sum of n exponentials has n - 1 zeros or fewer. Divided by its slowest one, its slope is a sum of n - 1; between
    two zeros of the slope there is one zero or none.
    """
    n_terms = len(rates)
    if n_terms < 2:
        return np.empty((0, *end.shape))
    order = np.argsort(rates)
    rates, amplitudes = rates[order] - rates[order[0]], amplitudes[order]
    if n_terms == 2:
        with np.errstate(all="ignore"):
            crossing = np.log(-amplitudes[1] / amplitudes[0]) / rates[1]
        return np.where((crossing > 0) & (crossing < end), crossing, end)[None]
    turns = zeros(rates[1:], amplitudes[1:] * rates[1:, None], end)
    edges = np.concatenate([np.zeros((1, *end.shape)), turns, end[None]])
    found = [_between(rates, amplitudes, low, high, end) for low, high in zip(edges[:-1], edges[1:], strict=True)]
    return np.sort(np.stack(found), axis=0)


def _between(rates: Floats, amplitudes: Floats, low: Floats, high: Floats, none: Floats) -> Floats:
    """The zero between `low` and `high`, where the sum only rises or only falls; `none` where it has no zero there.

    Newton's steps, which the ends keep from leaving, to the last bits.
    """
    at_low, at_high = value(rates, amplitudes, low), value(rates, amplitudes, high)
    has_zero = at_low * at_high < 0
    if not has_zero.any():
        return none
    is_rising = at_high > at_low
    low, high, t = low.copy(), high.copy(), (low + high) / 2
    for _ in range(_MOST_STEPS):
        terms = amplitudes * np.exp(-rates[:, None] * t)
        height, slope = terms.sum(axis=0), -(rates[:, None] * terms).sum(axis=0)
        is_right = (height > 0) == is_rising
        low, high = np.where(is_right, low, t), np.where(is_right, t, high)
        with np.errstate(all="ignore"):
            step = t - height / slope
        after = np.where((step > low) & (step < high), step, (low + high) / 2)
        is_found = (np.abs(after - t) <= 1e-16 * np.abs(t)) | (height == 0)
        t = np.where(height == 0, t, after)
        if (is_found | ~has_zero).all():
            break
    return np.where(has_zero, t, none)
