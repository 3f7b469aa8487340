"""Networks of a few neurons, as data: populations, trains that are replayed, synapses with or without a rule.

Time passes in steps of `dt`; a spike is stamped at the start of the step in which the threshold was crossed.
Spikes arrive in the step in which they are fired, plus the delay of their projection; the weight that is
transmitted is the one before the spike's own update.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from numbers import Integral
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError, unknown
from plasticity.neurons import Neuron
from plasticity.rules import AnyRule, Rule
from plasticity.rules.record import spike_rule
from plasticity.trains import Trajectory

_RESERVED = ("_", "plasticity_")  # Brian2 refuses the first, our own objects are called the second


@dataclass(frozen=True)
class Population:
    """Neurons of one kind.

    current : injected, amperes: a number, (size,), or (n_steps, size) for one that changes from step to step
    """

    name: str
    neuron: Neuron
    size: int = 1
    current: ArrayLike = 0.0

    @property
    def sign(self) -> int:
        """What its synapses deliver: +1 excitation, -1 inhibition."""
        return self.neuron.sign


@dataclass(frozen=True)
class Replay:
    """Neurons whose spikes are given: trains in seconds, on the grid of the run, one a neuron.

    sign : what their synapses deliver, +1 excitation, -1 inhibition
    """

    name: str
    trains: Sequence[ArrayLike]
    sign: int = 1

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
    delay  : seconds from a presynaptic spike to its arrival
    """

    name: str
    source: str
    target: str
    pairs: Sequence[tuple[int, int]] | NDArray[np.integer[Any]]
    weight: ArrayLike
    rule: AnyRule | None = None
    delay: float = 0.0

    @property
    def size(self) -> int:
        """The number of synapses."""
        return len(self.pairs)


@dataclass(frozen=True)
class Recording:
    """What a run left behind, as plain arrays.

    spikes       : {population: one array of times (s) a neuron}
    weights      : {projection: final weights, (n_synapses,)}
    trajectories : {projection: weight after every step}, only for those that were asked for
    times        : seconds, at the start of every step, (n_steps,)
    voltages     : {population: volts, (n_steps, size)}, at `times`, only for those that were asked for
    """

    spikes: dict[str, list[Floats]]
    weights: dict[str, Floats]
    times: Floats
    trajectories: dict[str, Trajectory] = field(default_factory=dict)
    voltages: dict[str, Floats] = field(default_factory=dict)


@dataclass(frozen=True)
class Network:
    """Populations and the projections between them."""

    populations: Sequence[Population | Replay]
    projections: Sequence[Projection] = ()

    def __post_init__(self) -> None:
        names = [part.name for part in self.parts]
        for name in names:
            if names.count(name) > 1 or not (name.isidentifier() and name.isascii()) or name.startswith(_RESERVED):
                raise ArgumentError(
                    f"the name '{name}' is used twice, is no identifier, or begins with {' or '.join(_RESERVED)}; "
                    "give another"
                )
        for population in self.populations:
            _check_population(population)
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
        if isinstance(projection.rule, Rule):
            values = projection.rule.values
            names = [trace.time_constant for trace in projection.rule.traces]
            found |= {f"{projection.name}.{name}": values[name] for name in names}
    return found


def delays(network: Network) -> dict[str, float]:
    """All delays (s), which must be multiples of the step, by name."""
    found: dict[str, float] = {}
    for projection in network.projections:
        found[f"{projection.name}.delay"] = projection.delay
        if isinstance(projection.rule, Rule):
            found[f"{projection.rule}.axonal_delay"] = projection.rule.axonal_delay
            found[f"{projection.rule}.dendritic_delay"] = projection.rule.dendritic_delay
    return found


def _check_population(population: Population | Replay) -> None:
    if not (isinstance(population.size, Integral) and population.size >= 1 and population.sign in (1, -1)):
        raise ArgumentError(
            f"{population.name} has {population.size} neurons and the sign {population.sign}; "
            "one neuron or more, and +1 or -1, are allowed"
        )


def _check_projection(projection: Projection, populations: Mapping[str, Population | Replay]) -> None:
    if projection.rule is not None:
        spike_rule(projection.rule, "a synapse")
    sizes = populations[projection.source].size, populations[projection.target].size
    for pair in _suspects(projection.pairs, sizes):
        if len(pair) != 2 or not all(isinstance(k, Integral) and 0 <= k < n for k, n in zip(pair, sizes, strict=True)):
            raise ArgumentError(
                f"{projection.name} has the pair {tuple(pair)} between {sizes[0]} and {sizes[1]} neurons; "
                "two whole numbers, counted from 0, are allowed"
            )
    if not len(projection.pairs) or not (np.isfinite(projection.delay) and projection.delay >= 0):
        raise ArgumentError(f"{projection.name} needs at least one pair and a delay of 0 or more")


def _suspects(pairs: Any, sizes: tuple[int, int]) -> Iterable[tuple[int, int]]:
    """The pairs that must be looked at one by one: all, or of an array of whole numbers the first out of range."""
    if not (isinstance(pairs, np.ndarray) and pairs.dtype.kind in "iu" and pairs.ndim == 2 and pairs.shape[1] == 2):
        return pairs
    return pairs[((pairs < 0) | (pairs >= sizes)).any(axis=1)][:1].tolist()
