"""Two sigmoid neurons that drive each other, in steps: what a pulse of input does to them, and what is left of it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import SIGMOID
from plasticity.artificial.units import Network, Unit, run
from plasticity.experiment import parameter

# Sign of the synapse from the first neuron to the second, of the one back; rates at the start
KINDS: Mapping[str, tuple[int, int, tuple[float, float]]] = {
    "both excite": (1, 1, (0.0, 0.0)),
    "both inhibit": (-1, -1, (0.0, 1.0)),
    "one excites, one inhibits": (1, -1, (0.0, 0.0)),
    "the way back cut": (1, 0, (0.0, 0.0)),
}
CUT = "the way back cut"
NEURONS = ("first", "second")
N_BEFORE, N_PULSE = 40, 10  # steps before the pulse, and of the pulse, where nothing else is asked for


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    strength: float = parameter(6.0, "1", "weight of the synapses, and of the pulse", least=0.1, most=50)
    n_before: int = parameter(N_BEFORE, meaning="steps before the pulse", least=1, most=1000)
    n_pulse: int = parameter(N_PULSE, meaning="steps of the pulse", least=1, most=1000)
    n_after: int = parameter(60, meaning="steps after it", least=12, most=1000)


@dataclass(frozen=True)
class Driven:
    """A pair of neurons, and how far a pulse of input to either takes it from its course without.

    free    : the rates without input, (n_steps + 1, 2)
    changes : {neuron that gets the pulse: largest change of either rate after each step, (n_steps + 1,)}
    """

    network: Network
    free: Floats
    changes: dict[str, Floats]


@dataclass(frozen=True)
class Result:
    """The pairs of every kind, and what they were run with."""

    pairs: dict[str, Driven]
    parameters: Parameters


def study(parameters: Parameters) -> Result:
    """Run every kind of pair without input, with a pulse to the first, and with one to the second neuron."""
    return Result({name: _driven(parameters, *kind) for name, kind in KINDS.items()}, parameters)


def pair(strength: float, forward: int, back: int) -> Network:
    """Two sigmoid neurons, each with an input of its own; the bias makes half a partner's rate neutral."""
    read = {"input 1": 1.0, "second": back * strength} if back else {"input 1": 1.0}
    first = Unit("first", read, -back * strength / 2, SIGMOID)
    second = Unit("second", {"input 2": 1.0, "first": forward * strength}, -forward * strength / 2, SIGMOID)
    return Network(("input 1", "input 2"), (first, second))


def _driven(p: Parameters, forward: int, back: int, start: tuple[float, float]) -> Driven:
    network, silence = pair(p.strength, forward, back), np.zeros((p.n_before + p.n_pulse + p.n_after, 2))
    free, changes = run(network, silence, start), {}
    for column, neuron in enumerate(NEURONS):
        pulse = silence.copy()
        pulse[p.n_before : p.n_before + p.n_pulse, column] = p.strength
        changes[neuron] = np.abs(run(network, pulse, start) - free).max(axis=1)
    return Driven(network, free, changes)
