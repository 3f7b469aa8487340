"""10,000 neurons that excite and inhibit each other, as a network of records."""

from functools import partial
from typing import Any

import numpy as np
from measuring import Figures, Work
from settings import LARGE, WEIGHTS, Large

from ours.by_hand import as_by_hand
from plasticity import NEURONS, RULES, Network, Population, Projection, engines, with_parameters

KINDS = {"E": "lif_excitatory", "I": "lif_inhibitory"}


def network(of: Large) -> Network:
    """The network as records; inhibition of excitation learns."""
    rule = with_parameters(RULES["inhibitory_stdp"], eta=1e-2, alpha=0.12)
    made = Network(
        [Population(name, NEURONS[KINDS[name]], size, of.currents(name)) for name, size in of.sizes.items()],
        [
            Projection(name, *name, of.pairs(name), weight, rule if name == "IE" else None)
            for name, weight in WEIGHTS.items()
        ],
    )
    return as_by_hand(made, of.dt)


def compiled() -> Work:
    """By the compiled engine."""
    return _simulated(parts=1.0)


def memory() -> Work:
    """The same, for one synapse; the pairs that were given are not counted."""
    return _simulated(parts=sum(len(LARGE.pairs(name)) for name in WEIGHTS))


def _simulated(parts: float) -> Work:
    run = partial(engines.simulate, network(LARGE), LARGE.seconds, dt=LARGE.dt, engine="compiled")
    return Work(run, facts, parts=parts, warm=run)


def facts(recording: Any) -> Figures:
    """The spikes of excitation, and the mean weight of what learns."""
    return {"n_spikes": sum(map(len, recording.spikes["E"])), "weight": float(np.mean(recording.weights["IE"]))}
