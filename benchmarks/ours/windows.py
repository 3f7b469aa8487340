"""An STDP window, as everybody asks for it."""

import numpy as np
from measuring import Work
from settings import WINDOW, Floats

import plasticity


def public() -> Work:
    """By the public function."""
    rule = plasticity.RULES["pair_stdp"]

    def do() -> Floats:
        return plasticity.window(rule, WINDOW.lags, n_pairs=WINDOW.n_pairs, rate=WINDOW.rate, w0=WINDOW.w0)

    return Work(do, lambda changes: {"change": float(np.abs(changes).sum())}, warm=do)
