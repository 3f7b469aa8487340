"""Pair STDP as a user would write it with Numba: one kernel for two trains, and one for a window."""

import math

import numpy as np
from measuring import Work
from numba import njit
from settings import PAIR, WINDOW, Floats, Pair


@njit
def final_weight(pre: Floats, post: Floats, w: float, p: Pair) -> float:
    """The weight after two trains (s), kept between 0 and 1; two spikes at one time do not see each other."""
    x, y, last, i, j = 0.0, 0.0, 0.0, 0, 0
    while i < len(pre) or j < len(post):
        is_pre = i < len(pre) and (j == len(post) or pre[i] <= post[j])
        is_post = j < len(post) and (i == len(pre) or post[j] <= pre[i])
        now = pre[i] if is_pre else post[j]
        x *= math.exp((last - now) / p.tau_plus)
        y *= math.exp((last - now) / p.tau_minus)
        if is_post:
            w = min(w + p.a_plus * x, 1.0)
        if is_pre:
            w = max(w - p.a_minus * y, 0.0)
        x, y, last, i, j = x + is_pre, y + is_post, now, i + is_pre, j + is_post
    return w


@njit
def window(lags: Floats, n_pairs: int, rate: float, w0: float, p: Pair) -> Floats:
    """The change of the weight for every lag from pre to post (s)."""
    changes, onsets = np.empty(len(lags)), np.arange(n_pairs) / rate
    for k, lag in enumerate(lags):
        pre, post = (onsets, onsets + lag) if lag >= 0 else (onsets - lag, onsets)
        changes[k] = final_weight(pre, post, w0, p) - w0
    return changes


def of_window() -> Work:
    """The window of `settings`."""

    def do() -> Floats:
        return window(WINDOW.lags, WINDOW.n_pairs, WINDOW.rate, WINDOW.w0, PAIR)

    return Work(do, lambda changes: {"change": float(np.abs(changes).sum())}, warm=do)
