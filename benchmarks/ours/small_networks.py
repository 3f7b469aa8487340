"""A hundred small networks, one for each input that is drawn."""

from functools import partial
from typing import Any

import numpy as np
from measuring import Figures, Work
from settings import SMALL

from ours.by_hand import as_by_hand
from plasticity import NEURONS, RULES, Network, Population, Projection, Replay
from plasticity.networks import Recording, all_to_all
from plasticity.runs import Networks, sweep
from plasticity.spiking.loading import brian


def network(number: int) -> Network:
    """The network of this input."""
    of, pairs = SMALL, all_to_all(SMALL.n_inputs, SMALL.n_neurons)
    made = Network(
        [Replay("inputs", of.trains(number)), Population("neurons", NEURONS["lif_excitatory"], of.n_neurons)],
        [Projection("learning", "inputs", "neurons", pairs, of.w0, RULES["pair_stdp"])],
    )
    return as_by_hand(made, of.dt)


def measured(recording: Recording) -> dict[str, float]:
    """The mean weight at the end."""
    return {"weight": float(np.mean(recording.weights["learning"]))}


def swept() -> Work:
    """As a sweep over the inputs, in this process; Brian2 is loaded before, as by hand."""
    subject = Networks(network, measured, SMALL.seconds, dt=SMALL.dt)
    return Work(partial(sweep, subject, {"number": range(SMALL.n_networks)}), facts, warm=brian)


def facts(found: Any) -> Figures:
    """The mean weight over all networks."""
    return {"weight": float(np.mean(found.array("weight")))}
