"""The parts of a network that fire: neurons, and trains that are replayed."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError, said
from plasticity.inputs import count, is_scalar, items, number, numbers, plain
from plasticity.neurons import NEURONS, Neuron

_RESERVED = ("_", "plasticity_")  # Brian2 refuses the first, our own objects are called the second


@dataclass(frozen=True)
class Population:
    """Neurons of one kind.

    neuron  : a record, such as NEURONS["lif_excitatory"]
    current : injected, amperes or with a unit: a number, (size,), or (n_steps, size) for one that changes from step to
              step; row k is that of the step from k dt on, and rows beyond the end of a run are left
    raises ArgumentError for another neuron or size
    """

    name: str
    neuron: Neuron
    size: int = 1
    current: Any = 0.0

    def __post_init__(self) -> None:
        name = checked_name(self.name)
        if not isinstance(self.neuron, Neuron):
            known = isinstance(self.neuron, str) and self.neuron in NEURONS
            cure = f"NEURONS[{self.neuron!r}]" if known else "one of plasticity.neurons.NEURONS"
            raise ArgumentError(f"the neuron of {name} is {said(self.neuron)}; a record is needed: {cure}")
        object.__setattr__(self, "size", count(self.size, f"the size of {name}"))
        plain(self.current, f"the current of {name}", unit="A")  # refused here already; read when it is simulated

    @property
    def sign(self) -> int:
        """What its synapses deliver: +1 excitation, -1 inhibition."""
        return self.neuron.sign


@dataclass(frozen=True)
class Replay:
    """Neurons whose spikes are given: trains in seconds, on the grid of the run, one a neuron.

    trains : a list of trains, or an array (n_neurons, n_spikes); from time 0 on, for a network starts there
    sign   : what their synapses deliver, +1 excitation, -1 inhibition
    raises ArgumentError for one train in place of a list of trains, and for another sign
    """

    name: str
    trains: Any
    sign: int = 1

    def __post_init__(self) -> None:
        name = checked_name(self.name)
        object.__setattr__(self, "trains", _separate(self.trains, name))
        if not self.size:
            raise ArgumentError(f"{name} has 0 neurons; one train or more, one a neuron, is allowed")
        object.__setattr__(self, "sign", checked_sign(self.sign, name))

    @property
    def size(self) -> int:
        """The number of neurons."""
        return len(self.trains)


def checked_name(name: Any) -> str:
    """The name of a part, if it can be one: an identifier in ASCII. Raises ArgumentError."""
    if not isinstance(name, str) or not (name.isidentifier() and name.isascii()) or name.startswith(_RESERVED):
        raise ArgumentError(
            f"the name {said(name)} is no identifier, or begins with {' or '.join(_RESERVED)}; give another"
        )
    return name


def checked_sign(sign: Any, name: str) -> int:
    """What the synapses of the population `name` deliver, if it is +1 or -1. Raises ArgumentError."""
    found = number(sign, f"the sign of {name}")
    if found not in (1, -1):
        raise ArgumentError(f"{name} has the sign {found:g}; +1 (excitation) or -1 (inhibition) is allowed")
    return int(found)


def checked_current(population: Population, n_steps: int) -> Floats:
    """The current (A) of a population in a run of so many steps: one number, (size,), or a row for every step or more.

    raises ArgumentError for another shape
    """
    current, size = numbers(population.current, f"the current of {population.name}", unit="A"), population.size
    is_table = current.ndim == 2 and current.shape[1] == size and len(current) >= n_steps
    if current.shape not in ((), (size,)) and not is_table:
        raise ArgumentError(
            f"the current of {population.name} has shape {current.shape}; allowed: a number, ({size},), or one row for "
            f"each step of the run, ({n_steps}, {size})"
        )
    return current


def _separate(trains: Any, name: str) -> Any:
    """Trains, one a neuron, in a container that has a length; refused when they are one train."""
    shape = getattr(trains, "shape", None)
    if shape is None or getattr(getattr(trains, "dtype", None), "kind", "") == "O":
        trains = items(trains, f"the trains of {name}")
        trains = trains.ravel().tolist() if isinstance(trains, np.ndarray) else trains
        is_one = not isinstance(trains, list) or any(is_scalar(train) for train in trains)
    else:
        is_one = len(shape) != 2 or (shape[1] == 1 and shape[0] > 1)
    if is_one:
        came = f"of shape {tuple(shape)}" if shape else said(trains)
        raise ArgumentError(
            f"the trains of {name} are {came}; a list of trains is needed, one a neuron: for one neuron [times], "
            "or [times.ravel()] for a column; for n neurons of a spike each [[t] for t in times]"
        )
    return trains
