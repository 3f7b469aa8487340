"""An STDP window with the package as it was."""

import numpy as np
from measuring import Work
from settings import WINDOW, Floats

from plasticity import events
from plasticity.rules import RULES


def public() -> Work:
    """By the public function."""

    def do() -> Floats:
        return events.window(RULES["pair_stdp"], WINDOW.lags, n_pairs=WINDOW.n_pairs, rate=WINDOW.rate, w0=WINDOW.w0)

    return Work(do, lambda changes: {"change": float(np.abs(changes).sum())}, warm=do)
