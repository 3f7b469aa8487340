"""Networks of a few neurons, as data: populations, trains that are replayed, synapses with or without a rule.

Time passes in steps of `dt`; a spike is stamped at the start of the step in which the threshold was crossed.
Spikes arrive in the step in which they are fired, plus the delay of their projection; the weight that is
transmitted is the one before the spike's own update. A neuron whose spikes raise a variable that is held while it is
refractory, such as the voltage itself, is deaf for exactly its refractory time: from the stamp t of its spike on,
arrivals stamped t to before t + t_ref are lost, one stamped t + t_ref counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from numbers import Integral
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plasticity.errors import ArgumentError, said, unknown
from plasticity.inputs import count, is_scalar, items, number, plain, text
from plasticity.neurons import NEURONS, Neuron
from plasticity.rules import Rule, readable
from plasticity.rules.system import system

_RESERVED = ("_", "plasticity_")  # Brian2 refuses the first, our own objects are called the second


@dataclass(frozen=True)
class Population:
    """Neurons of one kind.

    neuron  : a record, such as NEURONS["lif_excitatory"]
    current : injected, amperes or with a unit: a number, (size,), or (n_steps, size) for one that changes from step to
              step
    raises ArgumentError for another neuron or size
    """

    name: str
    neuron: Neuron
    size: int = 1
    current: Any = 0.0

    def __post_init__(self) -> None:
        name = _checked_name(self.name)
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
        name = _checked_name(self.name)
        object.__setattr__(self, "trains", _separate(self.trains, name))
        sign = number(self.sign, f"the sign of {name}")
        if sign not in (1, -1) or not self.size:
            raise ArgumentError(
                f"{name} has {self.size} neurons and the sign {sign:g}; one neuron or more, and +1 or -1, are allowed"
            )
        object.__setattr__(self, "sign", int(sign))

    @property
    def size(self) -> int:
        """The number of neurons."""
        return len(self.trains)


@dataclass(frozen=True)
class Projection:
    """Synapses between two populations.

    pairs  : (i, j) of every synapse, from neuron i of `source` to neuron j of `target`; many are checked faster as
             an array of whole numbers, (n_synapses, 2)
    weight : start weight, scalar or (n_synapses,)
    rule   : the rule that changes it; None for a fixed weight
    delay  : seconds, or with a unit, from a presynaptic spike to its arrival
    raises ArgumentError for impossible names and delays; what depends on the populations is checked by `Network`
    """

    name: str
    source: str
    target: str
    pairs: Sequence[tuple[int, int]] | NDArray[np.integer[Any]]
    weight: Any
    rule: Rule | None = None
    delay: float = 0.0

    def __post_init__(self) -> None:
        name = _checked_name(self.name)
        for end in (self.source, self.target):
            text(end, f"an end of {name}")
        object.__setattr__(self, "delay", number(self.delay, f"{name}.delay", unit="s", least=0.0))
        if not isinstance(self.pairs, np.ndarray):
            object.__setattr__(self, "pairs", items(self.pairs, f"the pairs of {name}"))
        is_list = isinstance(self.pairs, list) or getattr(self.pairs, "ndim", 0) > 0
        if not is_list or not len(self.pairs):
            raise ArgumentError(f"{name} has the pairs {said(self.pairs)}; at least one pair (i, j) is needed")

    @property
    def size(self) -> int:
        """The number of synapses."""
        return len(self.pairs)


@dataclass(frozen=True)
class Network:
    """Populations and the projections between them."""

    populations: Sequence[Population | Replay]
    projections: Sequence[Projection] = ()

    def __post_init__(self) -> None:
        for field_name, kinds in (("populations", (Population, Replay)), ("projections", (Projection,))):
            object.__setattr__(self, field_name, _checked_parts(getattr(self, field_name), field_name, kinds))
        names = [part.name for part in self.parts]
        for name in names:
            if names.count(name) > 1:
                raise ArgumentError(f"the name '{name}' is used twice; give another")
        for projection in self.projections:
            for end in (projection.source, projection.target):
                if end not in self.by_name:
                    raise unknown("population", end, self.by_name)
            _check_projection(projection, self.by_name)

    @property
    def parts(self) -> list[Population | Replay | Projection]:
        """Everything that has a name."""
        return [*self.populations, *self.projections]

    @property
    def by_name(self) -> dict[str, Population | Replay]:
        """The populations as {name: population}."""
        return {population.name: population for population in self.populations}


def time_constants(network: Network) -> dict[str, float]:
    """All time constants (s) that a step must resolve, by name."""
    found: dict[str, float] = {}
    for population in network.populations:
        if isinstance(population, Population):
            values = population.neuron.values
            found |= {f"{population.name}.{name}": values[name] for name in population.neuron.time_constants}
    for projection in network.projections:
        if projection.rule is not None:
            decays = system(projection.rule).decays
            found |= {f"{projection.name}.{name}": decay.tau for name, decay in decays.items()}
    return found


def delays(network: Network) -> dict[str, float]:
    """All delays (s), which must be multiples of the step, by name."""
    found: dict[str, float] = {}
    for projection in network.projections:
        found[f"{projection.name}.delay"] = projection.delay
        if projection.rule is not None:
            rule = projection.rule
            found |= {f"{rule}.{name}": rule.values[name] for name in rule.delays.values()}
    return found


def refractory_times(network: Network) -> dict[str, float]:
    """All refractory times (s), which must be multiples of the step, by name."""
    neurons = {p.name: p.neuron for p in network.populations if isinstance(p, Population)}
    return {f"{name}.{neuron.refractory}": neuron.values[neuron.refractory] for name, neuron in neurons.items()}


def _checked_name(name: Any) -> str:
    if not isinstance(name, str) or not (name.isidentifier() and name.isascii()) or name.startswith(_RESERVED):
        raise ArgumentError(
            f"the name {said(name)} is no identifier, or begins with {' or '.join(_RESERVED)}; give another"
        )
    return name


def _checked_parts(parts: Any, what: str, kinds: tuple[type, ...]) -> tuple[Any, ...]:
    allowed = " or ".join(kind.__name__ for kind in kinds)
    if isinstance(parts, (*kinds, str, Mapping)) or not isinstance(parts, Iterable):
        raise ArgumentError(f"the {what} are {said(parts)}; a list of {allowed} is allowed")
    found = tuple(parts)
    for part in found:
        if not isinstance(part, kinds):
            raise ArgumentError(f"the {what} hold {said(part)}; {allowed} is allowed")
    return found


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


def _check_projection(projection: Projection, populations: Mapping[str, Population | Replay]) -> None:
    if projection.rule is not None:
        readable(projection.rule, "spiking")
    sizes = populations[projection.source].size, populations[projection.target].size
    for pair in _suspects(projection.pairs, sizes):
        if not _is_pair(pair, sizes):
            came = tuple(pair) if isinstance(pair, list | np.ndarray) else pair
            raise ArgumentError(
                f"{projection.name} has the pair {said(came)} between {sizes[0]} and {sizes[1]} neurons; "
                "two whole numbers, counted from 0, are allowed"
            )


def _is_pair(pair: Any, sizes: tuple[int, int]) -> bool:
    if not isinstance(pair, tuple | list | np.ndarray) or len(pair) != 2:
        return False
    return all(isinstance(k, Integral) and 0 <= k < n for k, n in zip(pair, sizes, strict=True))  # type: ignore[operator]


def _suspects(pairs: Any, sizes: tuple[int, int]) -> Iterable[Any]:
    """The pairs that must be looked at one by one: all, or of an array of whole numbers the first out of range."""
    if not (isinstance(pairs, np.ndarray) and pairs.dtype.kind in "iu" and pairs.ndim == 2 and pairs.shape[1] == 2):
        return pairs
    return pairs[((pairs < 0) | (pairs >= sizes)).any(axis=1)][:1].tolist()
