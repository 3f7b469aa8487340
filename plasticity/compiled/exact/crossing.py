"""When a sum of decaying exponentials first rises above zero: certainly the first time, and to the last bits.

A linear neuron is a chain: y_0 is by how much it is above its threshold, and y_(k+1) = dy_k/dt + r_k y_k, with the
rates r of its equations in rising order. So y_k(t) = sum over m >= k of y_m(0) D(r_k .. r_m; t), where D, a divided
difference of exp(-r t), is never negative; computed here without cancellation, equal rates or nearly equal ones among
them (limits such as t exp(-r t)). Three consequences:

1. Where no y_m(0) is above zero, y_0 never is.
2. y_0 has no more zeros than the y_m(0) have changes of sign (Descartes).
3. Between two zeros of y_(k+1), exp(r_k t) y_k is monotonic (Rolle). So the zeros of y_k lie one each between them, and
   from the last level, which has none, all are found; no double crossing is missed.

The text of these functions is put into kernels, so they hold plain loops alone.
"""

import inspect
import math
from functools import lru_cache

import numpy as np

_TEXT = "divided spread_out levels changes_of_sign between zero first_crossing"  # what kernels get, in this order


def divided(rates, first, last, t, powers):
    """D(r_first .. r_last; t) for rates that lie close together, as a series of terms above zero.

    powers : room for as many numbers as there are rates
    """
    m = last - first
    factor = 1.0
    for k in range(1, m + 1):
        factor *= t / k
    for k in range(m):
        powers[k] = 1.0
    total, term, order = factor, factor, m
    while term > 1e-18 * total:
        order += 1
        factor /= order
        before = 0.0
        for k in range(m):  # complete homogeneous symmetric polynomials of the distances, of the next degree
            before += (rates[last] - rates[first + k]) * t * powers[k]
            powers[k] = before
        term = factor * before
        total += term
    return math.exp(-rates[last] * t) * total


def spread_out(rates, t, table, powers):
    """Fill `table[k, m]` with D(r_k .. r_m; t), (n_rates, n_rates)."""
    n = rates.shape[0]
    for k in range(n):
        table[k, k] = math.exp(-rates[k] * t)
    for k in range(n - 1):
        way = (rates[k + 1] - rates[k]) * t
        table[k, k + 1] = t * table[k, k] * (-math.expm1(-way) / way if way > 0.0 else 1.0)
    for span in range(2, n):
        for k in range(n - span):
            m = k + span
            way = rates[m] - rates[k]
            if way * t < 2.0:
                table[k, m] = divided(rates, k, m, t, powers)
            else:
                table[k, m] = (table[k, m - 1] - table[k + 1, m]) / way


def levels(rates, start, t, table, powers, values):
    """Fill `values` with all y_k(t), given those at 0."""
    n = rates.shape[0]
    spread_out(rates, t, table, powers)
    for k in range(n):
        total = 0.0
        for m in range(n - 1, k - 1, -1):
            total += start[m] * table[k, m]
        values[k] = total


def changes_of_sign(start, first):
    """How often the signs of start[first], start[first + 1], ... change; zeros do not count."""
    n, last = 0, 0.0
    for k in range(first, start.shape[0]):
        if start[k] != 0.0:
            if start[k] * last < 0.0:
                n += 1
            last = 1.0 if start[k] > 0.0 else -1.0
    return n


def between(low, high):
    """A time to look at between two: half way, or far nearer to the lower where the scale is not known yet."""
    if high <= 4.0 * low:
        return low + 0.5 * (high - low)
    return math.sqrt(low) * math.sqrt(high) if low > 0.0 else high / 16.0


def zero(rates, start, level, side, low, high, table, powers, values):
    """The zero of y_level between two times, where it has one; side : its sign at the lower."""
    t, step = between(low, high), high - low
    for _ in range(400):
        levels(rates, start, t, table, powers, values)
        value = values[level]
        if value == 0.0:
            return t
        if value * side > 0.0:
            low = t
        else:
            high = t
        slope = values[level + 1] - rates[level] * value
        found = t - value / slope if slope != 0.0 else high
        if not (low < found < high) or abs(found - t) > 0.5 * step:
            found = between(low, high)
        step = abs(found - t)
        t = found
        if step <= 2.3e-16 * t or high - low <= 2.3e-16 * high:
            return t
    return t


def first_crossing(rates, start, horizon):
    """The first time, up to `horizon` (s), from which on y_0 is above 0; infinity where there is none.

    rates : 1/s, rising, 0 or more; start : all y_k(0)
    """
    n = rates.shape[0]
    for k in range(n):
        if start[k] != 0.0:
            if start[k] > 0.0:
                return 0.0  # above, or on the threshold and on its way up
            break
    n_changes = changes_of_sign(start, 0)
    if n_changes == 0:
        return math.inf
    table, powers, values = np.empty((n, n)), np.empty(n), np.empty(n)
    turns, found = np.empty(n + 1), np.empty(n + 1)
    n_turns = 0
    for level in range(n - 2, -1, -1):
        if level > 0 and (n_changes == 1 or changes_of_sign(start, level) == 0):
            continue  # at most one crossing, which needs no turns; or no zero at this level
        side = 0.0
        for k in range(n - 1, level - 1, -1):
            if start[k] != 0.0:
                side = 1.0 if start[k] > 0.0 else -1.0
        low, n_found = 0.0, 0
        turns[n_turns] = horizon
        for k in range(n_turns + 1):
            high = turns[k]
            levels(rates, start, high, table, powers, values)
            if values[level] * side < 0.0:
                found[n_found] = zero(rates, start, level, side, low, high, table, powers, values)
                if level == 0:
                    return found[0]
                n_found += 1
                side = -side
            low = high
        n_turns = n_found
        for k in range(n_turns):
            turns[k] = found[k]
    return math.inf


@lru_cache(maxsize=1)
def crossing_source() -> str:
    """The functions of this page as text, for a kernel."""
    return "\n\n".join(inspect.getsource(globals()[name]) for name in _TEXT.split())
