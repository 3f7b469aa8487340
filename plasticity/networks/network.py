"""Networks of a few neurons, as data: populations, trains that are replayed, synapses with or without a rule.

Time passes in steps of `dt`; a spike is stamped at the start of the step in which the threshold was crossed.
Spikes arrive in the step in which they are fired, plus the delay of their projection; the weight that is
transmitted is the one before the spike's own update. A receptor that discards spikes while its neuron is refractory is
deaf for exactly the refractory time: from the stamp t of a spike on, arrivals stamped t to before t + t_ref are lost,
one stamped t + t_ref counts. Other receptors hear every spike.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from numbers import Integral
from typing import Any

import numpy as np

from plasticity.errors import ArgumentError, NeuronError, UnknownName, listed, said, unknown
from plasticity.inputs import instance
from plasticity.networks.given import EventTrain
from plasticity.networks.poisson import PoissonInput
from plasticity.networks.populations import Population, Replay
from plasticity.networks.projections import Projection
from plasticity.rules import Rule, Signal, readable
from plasticity.rules.conventions import SPIKES
from plasticity.rules.system import system
from plasticity.rules.variables import Side

AnyPopulation = Population | Replay | PoissonInput
_KINDS: dict[str, tuple[type, ...]] = {
    "populations": (Population, Replay, PoissonInput),
    "projections": (Projection,),
    "events": (EventTrain,),
}


@dataclass(frozen=True)
class Network:
    """Populations and the projections between them.

    events : trains of events besides spikes, such as rewards, one for each event that a rule hears; all synapses of the
             network hear the same
    raises ArgumentError, UnknownName, RuleError, UnsupportedRule, NeuronError for parts that do not fit together
    """

    populations: Sequence[AnyPopulation]
    projections: Sequence[Projection] = ()
    events: Sequence[EventTrain] = ()

    def __post_init__(self) -> None:
        for field_name, kinds in _KINDS.items():
            object.__setattr__(self, field_name, _checked_parts(getattr(self, field_name), field_name, kinds))
        names = [part.name for part in (*self.parts, *self.events)]
        for name in names:
            if names.count(name) > 1:
                raise ArgumentError(f"the name '{name}' is used twice; give another")
        for projection in self.projections:
            for end in (projection.source, projection.target):
                if end not in self.by_name:
                    raise unknown("population", end, self.by_name)
        _check_events(self)
        for projection in self.projections:
            _check_projection(projection, self.by_name)

    @property
    def parts(self) -> list[AnyPopulation | Projection]:
        """Everything that has a name."""
        return [*self.populations, *self.projections]

    @property
    def sizes(self) -> dict[str, int]:
        """What fires, as {name: number of neurons}; an event is one."""
        return {population.name: population.size for population in self.populations} | {e.name: 1 for e in self.events}

    @property
    def by_name(self) -> dict[str, AnyPopulation]:
        """The populations as {name: population}."""
        return {population.name: population for population in self.populations}


def frozen(network: Network, *names: str) -> Network:
    """The same network with the weights of these projections as they are; without names, of all.

    raises UnknownName for a name that no projection has

    >>> from plasticity import RULES, Network, Projection, Replay
    >>> from plasticity.networks import frozen, one_to_one
    >>> ends = [Replay("a", [[0.01]]), Replay("b", [[0.02]])]
    >>> network = Network(ends, [Projection("s", "a", "b", one_to_one(1), 0.5, RULES["pair_stdp"])])
    >>> frozen(network).projections[0].is_frozen
    True
    """
    instance(network, Network, "the network")
    known = [projection.name for projection in network.projections]
    for name in names:
        if name not in known:
            raise unknown("projection", name, known)
    projections = [replace(p, is_frozen=p.is_frozen or not names or p.name in names) for p in network.projections]
    return replace(network, projections=projections)


def time_constants(network: Network) -> dict[str, float]:
    """All time constants (s) that a step must resolve, by name."""
    found: dict[str, float] = {}
    for population in network.populations:
        if isinstance(population, Population):
            found |= {f"{population.name}.{said}": time for said, time in population.neuron.resolved.items()}
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
            late = [signal.delay for signal in rule.signals if signal.delay]
            found |= {f"{rule}.{name}": rule.values[name] for name in (*rule.delays.values(), *late)}
    return found


def refractory_times(network: Network) -> dict[str, float]:
    """All refractory times (s), which must be multiples of the step, by name."""
    neurons = {p.name: p.neuron for p in network.populations if isinstance(p, Population)}
    return {f"{name}.{key}": value for name, neuron in neurons.items() for key, value in neuron.times.items()}


def check_recorded(network: Network, record: Any) -> None:
    """Raise ArgumentError, UnknownName for what is no list of names of populations and projections that can be kept."""
    if not isinstance(record, list | tuple | set | frozenset) or not all(isinstance(name, str) for name in record):
        raise ArgumentError(f"what is recorded is {said(record)}; a list of names is allowed")
    known = {part.name: part for part in network.parts if isinstance(part, (Population, Projection))}
    for name in record:
        if name not in known:
            raise unknown("population or projection", name, known)


def end_of(signal: Signal, projection: Projection, network: Network) -> tuple[Side, Population]:
    """The side of a projection at which a signal of its rule is read, and the neurons there.

    raises ArgumentError for a signal that no network has, or not at this place
    """
    name = {"pre": projection.source, "post": projection.target}.get(signal.of, "")
    population = network.by_name.get(name)
    if signal.of == "world" or signal.kind != "voltage" or not isinstance(population, Population):
        where = f"{name}, which has none" if name else "the world, which no network has"
        raise ArgumentError(
            f"{projection.name}: {projection.rule} reads the {signal.kind} {signal.name} of {where}; use a Population "
            "there, or plasticity.spiking.final_weight with signals"
        )
    return signal.of, population


def _checked_parts(parts: Any, what: str, kinds: tuple[type, ...]) -> tuple[Any, ...]:
    allowed = " or ".join(kind.__name__ for kind in kinds)
    if isinstance(parts, (*kinds, str, Mapping)) or not isinstance(parts, Iterable):
        raise ArgumentError(f"the {what} are {said(parts)}; a list of {allowed} is allowed")
    found = tuple(parts)
    for part in found:
        if not isinstance(part, kinds):
            raise ArgumentError(f"the {what} hold {said(part)}; {allowed} is allowed")
    return found


def _check_projection(projection: Projection, populations: Mapping[str, AnyPopulation]) -> None:
    if projection.rule is not None:
        readable(projection.rule, "spiking")
    _check_receptor(projection, populations)
    sizes = populations[projection.source].size, populations[projection.target].size
    for pair in _suspects(projection.pairs, sizes):
        if not _is_pair(pair, sizes):
            came = tuple(pair) if isinstance(pair, list | np.ndarray) else pair
            raise ArgumentError(
                f"{projection.name} has the pair {said(came)} between {sizes[0]} and {sizes[1]} neurons; "
                "two whole numbers, counted from 0, are allowed"
            )


def _check_events(network: Network) -> None:
    """That every event that a rule hears has a train, and every train a rule that hears it."""
    given, heard = {event.name for event in network.events}, set[str]()
    for projection in network.projections:
        for event in projection.rule.events if isinstance(projection.rule, Rule) else ():
            if event not in (*SPIKES, *given):
                raise ArgumentError(
                    f"{projection.rule} of {projection.name} hears '{event}', of which the network has no times; give "
                    f"events=[EventTrain('{event}', times)]"
                )
            heard.add(event)
    for name in sorted(given - heard):
        others = listed(heard - set(SPIKES))
        raise ArgumentError(f"no rule of the network hears '{name}'; events besides spikes that are heard: {others}")


def _check_receptor(projection: Projection, populations: Mapping[str, AnyPopulation]) -> None:
    source, target = populations[projection.source], populations[projection.target]
    if isinstance(target, Population):
        try:
            target.neuron.receptor(source.sign, projection.receptor)
        except (NeuronError, UnknownName) as error:
            raise type(error)(f"{projection.name}: {error}") from None
    elif projection.receptor:
        raise ArgumentError(
            f"{projection.name} names the receptor {said(projection.receptor)}, and {target.name} has none, for its "
            "spikes are given; leave it out"
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
