"""An STDP window, as everybody asks for it."""

import numpy as np
from measuring import Work
from settings import WINDOW, Floats

import plasticity


def compiled() -> Work:
    """By the public function, which is told to compile: for a single window of this size that does not pay."""
    return public(engine="compiled")


def public(engine: str = "auto") -> Work:
    """By the public function."""
    rule = plasticity.RULES["pair_stdp"]

    def do() -> Floats:
        return plasticity.window(
            rule, WINDOW.lags, n_pairs=WINDOW.n_pairs, rate=WINDOW.rate, w0=WINDOW.w0, engine=engine
        )

    return Work(do, lambda changes: {"change": float(np.abs(changes).sum())}, warm=do)
