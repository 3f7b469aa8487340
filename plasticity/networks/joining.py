"""Networks that are alike, side by side as one: its neurons are those of the first, then those of the second, ...

A simulator pays for every step of every group of neurons, not for neurons: a hundred small networks take little longer
as one than one of them. They stay apart, for no synapse joins two of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError
from plasticity.grid import whole_steps
from plasticity.inputs import instance, listed, number, numbers
from plasticity.networks.given import spikes_of, trains
from plasticity.networks.network import AnyPopulation, Network
from plasticity.networks.poisson import PoissonInput
from plasticity.networks.populations import Population, Replay
from plasticity.networks.projections import Projection
from plasticity.networks.recording import Recording
from plasticity.rules.system import system
from plasticity.trains import Trajectory


@dataclass(frozen=True)
class Joined:
    """Networks as one, and where each of them is in it.

    places : for each network {part: its first element and the one behind its last}
    """

    network: Network
    places: tuple[Mapping[str, tuple[int, int]], ...]


def joined(networks: Sequence[Network], duration: Any, dt: Any) -> Joined:
    """Networks as one, for a run of `duration` seconds in steps of `dt`, seconds or with a unit.

    What fires at random is drawn here, from the seeds of each, and replayed: it fires as it does alone.
    raises ArgumentError for networks that are not alike, or draw noise in the run; and as a simulation does for spikes
    """
    networks = [instance(one, Network, "a network to join") for one in listed(networks, "the networks to join")]
    step = number(dt, "the step", unit="s", above=0.0)
    n_steps = whole_steps(number(duration, "the duration", unit="s", above=0.0), step, "the duration")
    if not networks:
        raise ArgumentError("no network came; one or more are joined")
    for network in networks:
        if not (is_joinable(network) and are_alike(networks[0], network)):
            raise ArgumentError(
                "networks are joined that differ in parts, neurons, rules, delays or events, or have noise of their "
                "own; simulate them one by one"
            )
    names = [part.name for part in networks[0].parts]
    ends = {name: np.cumsum([0, *(_named(one, name).size for one in networks)]) for name in names}
    places = tuple({name: (int(ends[name][k]), int(ends[name][k + 1])) for name in names} for k in range(len(networks)))
    populations = [
        _population([one.by_name[p.name] for one in networks], n_steps, step) for p in networks[0].populations
    ]
    projections = [
        _projection(
            [_named(one, p.name) for one in networks], [(place[p.source][0], place[p.target][0]) for place in places]
        )
        for p in networks[0].projections
    ]
    return Joined(Network(populations, projections, networks[0].events), places)


def split(whole: Joined, recording: Recording) -> list[Recording]:
    """What a run of networks as one left behind, for each of them as if it had run alone."""
    instance(whole, Joined, "the networks that were joined")
    instance(recording, Recording, "the recording")
    return [_part_of(recording, place) for place in whole.places]


def are_alike(one: Network, other: Network) -> bool:
    """Whether two networks have the same parts, neurons, rules, delays and events: whether one code runs both."""
    return _kind(one) == _kind(other)


def is_joinable(network: Network) -> bool:
    """Whether a run of the network draws no noise, which would be other noise beside others."""
    neurons = [p.neuron for p in network.populations if isinstance(p, Population)]
    rules = [p.acting for p in network.projections if p.acting is not None]
    is_noisy = any(neuron.hazard or any(v.noise != "0" for v in neuron.variables) for neuron in neurons)
    return not is_noisy and not any(system(rule).noises or system(rule).scatters for rule in rules)


def _kind(network: Network) -> tuple[Any, ...]:
    populations = tuple(
        (p.name, "neurons", p.neuron, np.ndim(p.current) > 1)
        if isinstance(p, Population)
        else (p.name, "given", p.sign)
        for p in network.populations
    )
    projections = tuple(
        (p.name, p.source, p.target, p.rule, p.delay, p.is_frozen, p.receptor) for p in network.projections
    )
    events = tuple((event.name, np.asarray(event.times, dtype=float).tobytes()) for event in network.events)
    return populations, projections, events


def _named(network: Network, name: str) -> AnyPopulation | Projection:
    return next(part for part in network.parts if part.name == name)


def _population(parts: Sequence[AnyPopulation], n_steps: int, dt: float) -> AnyPopulation:
    first = parts[0]
    if isinstance(first, Population):
        currents = [_current(part, n_steps) for part in parts if isinstance(part, Population)]
        return replace(first, size=sum(part.size for part in parts), current=np.concatenate(currents, axis=-1))
    given = list[Floats]()
    for part in parts:
        if isinstance(part, PoissonInput):
            given += trains(spikes_of(part, n_steps, dt), part.size, dt)
        elif isinstance(part, Replay):
            given += list(part.trains)
    return Replay(first.name, given, first.sign)


def _current(part: Population, n_steps: int) -> Floats:
    current = numbers(part.current, f"the current of {part.name}", unit="A")
    return current[:n_steps] if current.ndim > 1 else np.broadcast_to(current, (part.size,))


def _projection(parts: Sequence[Any], firsts: Sequence[tuple[int, int]]) -> Projection:
    """The synapses of all; firsts : for each, where its source and its target begin."""
    pairs = [
        np.array(part.pairs, dtype=np.int64).reshape(-1, 2) + first for part, first in zip(parts, firsts, strict=True)
    ]
    weights = [np.broadcast_to(numbers(part.weight, f"the weight of {part.name}"), (part.size,)) for part in parts]
    return replace(parts[0], pairs=np.concatenate(pairs), weight=np.concatenate(weights))


def _part_of(recording: Recording, place: Mapping[str, tuple[int, int]]) -> Recording:
    def own(name: str) -> slice:
        return slice(*place[name])

    state = recording.state
    variables = {
        name: {variable: values[own(name)] for variable, values in found.items()}
        for name, found in state.variables.items()
        if name in place
    }
    late = {name: times[own(name)] if name in place else times for name, times in state.spikes.items()}
    return replace(
        recording,
        spikes={name: times[own(name)] for name, times in recording.spikes.items()},
        weights={name: weights[own(name)] for name, weights in recording.weights.items()},
        state=replace(state, variables=variables, spikes=late, noise={}),
        trajectories={
            name: Trajectory(path.times[own(name)], path.weights[own(name)])
            for name, path in recording.trajectories.items()
        },
        voltages={name: values[:, own(name)] for name, values in recording.voltages.items()},
    )
