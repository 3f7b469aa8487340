"""Functions that tests sweep, which other processes find by their names."""

import os
import signal
import time
from pathlib import Path

from plasticity import NEURONS, RULES, Network, Population, Projection
from plasticity.networks import PoissonInput, all_to_all


def sums(x, y=0.0, seed=0):
    """Numbers, a truth value and a text; no point at x = 3."""
    if x == 3:
        raise ValueError("three is not computed")
    return {"total": x + y, "whole": int(x), "is_large": x > 1, "word": f"x{x:g}", "drawn": seed}


def slow(x, folder):
    """Says that it ran, once a call, after a tenth of a second."""
    time.sleep(0.1)
    with (Path(folder) / f"{os.getpid()}").open("a") as file:
        file.write(f"{x:g}\n")
    return {"square": x * x}


def dies_once(x, folder):
    """Kills its process the first time that it is called with 2."""
    mark = Path(folder) / "died"
    if x == 2 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return {"square": x * x}


def always_dies(x):
    """Kills its process whenever it is called with 2."""
    if x == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return {"square": x * x}


def threads(x):
    """How many threads this process is told to have."""
    return {name.lower(): int(os.environ[name]) for name in ("OMP_NUM_THREADS", "NUMBA_NUM_THREADS")} | {"x": x}


def small_network(rate, seed):
    """Three inputs and a cell that fires."""
    return Network(
        [PoissonInput("inputs", 3, rate, seed=seed), Population("cell", NEURONS["lif_excitatory"], 1, 3e-10)],
        [Projection("learns", "inputs", "cell", all_to_all(3, 1), 0.5, RULES["pair_stdp"])],
    )


def mean_weight(recording):
    """Of its synapses, and how often its cell fired."""
    return {"mean": recording.weights["learns"].mean(), "n": len(recording.spikes["cell"][0])}
