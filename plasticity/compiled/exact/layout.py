"""The arrays of a network without a step: what its kernel moves on, made from the records and a state."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.compiled.exact.linear import chain, linear
from plasticity.compiled.exact.plan import Action, Plan, Stream
from plasticity.compiled.exact.rows import Layout, starts_of
from plasticity.compiled.exact.wiring import Target, Wiring
from plasticity.compiled.layout import Outgoing, incoming, outgoing
from plasticity.errors import UnsupportedRule
from plasticity.inputs import numbers
from plasticity.networks import Network, PoissonInput, Population, Projection
from plasticity.networks.populations import checked_current
from plasticity.networks.projections import plasticity_delays
from plasticity.rules import Bounds, readable
from plasticity.rules.conventions import SPIKES, WEIGHT
from plasticity.rules.system import System, system
from plasticity.trains import start_weights

Arrays = dict[str, Any]


def planned(network: Network, record: Any) -> Plan:
    """The structure of a network. Raises UnsupportedRule for what has no exact time, and says what reads it."""
    sources = [*network.populations, *network.events]
    neurons = {k: (f"p{k}", _layout(part)) for k, part in enumerate(sources) if isinstance(part, Population)}
    wirings, actions = [], list[Action]()
    for k, projection in enumerate(network.projections):
        wirings.append(_wiring(f"s{k}", projection, network, neurons, is_kept=projection.name in record))
        actions += _actions(k, projection, wirings[-1], network)
    streams = [
        Stream(k, is_group)
        for k, part in enumerate(sources)
        if isinstance(part, PoissonInput)
        for is_group in (False, *(True for _ in part.groups))
    ]
    return Plan(len(sources), neurons, tuple(streams), tuple(wirings), tuple(actions))


def _layout(population: Population) -> Layout:
    found = linear(population.neuron, population.name)
    return Layout(found, len(chain(found, np.zeros(1)).rates))


def _wiring(
    name: str, projection: Projection, network: Network, neurons: Mapping[int, tuple[str, Layout]], *, is_kept: bool
) -> Wiring:
    acting, to = projection.acting, network.by_name[projection.target]
    if acting is not None:
        _require_still(readable(acting, "compiled"), projection.name)
    target = None
    if isinstance(to, Population):
        place = [population.name for population in network.populations].index(to.name)
        receptor = to.neuron.receptor(network.by_name[projection.source].sign, projection.receptor)
        target = Target(*neurons[place], receptor)
    is_together = plasticity_delays(projection).get("pre") == projection.delay
    return Wiring(
        name=name,
        found=system(acting) if acting is not None else None,
        target=target,
        is_late=acting is not None and acting.conventions.transmitted == "after" and is_together,
        is_kept=is_kept and acting is not None,
    )


def _require_still(found: System, where: str) -> None:
    """Refuse a weight that moves between events: what is sent from here reads it as the last event left it."""
    if "moving weight" in found.needs:
        raise UnsupportedRule(
            f"{where}: {found.rule} has a weight that moves between events, which is not followed without a step; "
            "simulate in steps, with a dt"
        )


def _actions(k: int, projection: Projection, wiring: Wiring, network: Network) -> list[Action]:
    names = [part.name for part in (*network.populations, *network.events)]
    found = []
    if wiring.target and not wiring.is_late:
        found.append(Action(names.index(projection.source), projection.delay, k))
    ends = {"pre": projection.source, "post": projection.target}
    for event, delay in plasticity_delays(projection).items():
        found.append(Action(names.index(ends.get(event, event)), delay, k, event))
    return found


@dataclass(frozen=True, eq=False)
class Neurons:
    """A population as arrays; `spiked`: when each fired last (s)."""

    name: str
    layout: Layout
    rows: Floats
    numbers: Floats
    spiked: Floats

    def arrays(self, first: int) -> Arrays:
        """What its kernel is given; `first`: the number of its first neuron."""
        return {f"{self.name}_x": self.rows, f"{self.name}_numbers": self.numbers, f"{self.name}_first": first}


def neurons_of(population: Population, name: str, layout: Layout, time: float, state: Mapping[str, Floats]) -> Neurons:
    """A population at a time (s), in a state; without one, as it starts."""
    neuron, size, found = population.neuron, population.size, layout.found
    current = _constant_current(population)
    levels = chain(found, current)
    given = starts_of(found) | {"lastspike": -np.inf} | dict(state)
    variables = np.stack([np.broadcast_to(given[one], (size,)) for one in found.names], axis=1)
    spiked = np.broadcast_to(given["lastspike"], (size,)).astype(float)
    hold = max(neuron.held.values(), default=0.0)
    times = np.stack([np.full(size, time), spiked + hold, spiked + neuron.dead_time], axis=1)
    rows = layout.rows(variables, times, found.constants(current), levels)
    return Neurons(name, layout, rows, layout.numbers(levels), spiked)


def _constant_current(population: Population) -> Floats:
    """The current of each neuron (A). Raises UnsupportedRule for one that changes from step to step."""
    current = numbers(population.current, f"the current of {population.name}", unit="A")
    if current.ndim > 1:
        raise UnsupportedRule(
            f"the current of {population.name} changes from step to step, and there are none; give a dt"
        )
    return np.broadcast_to(checked_current(population, 0), (population.size,)).astype(float)


@dataclass(frozen=True, eq=False)
class Synapses:
    """A projection as arrays, sorted by source; `start`: the weights before the run, as in the record."""

    wiring: Wiring
    out: Outgoing
    arrays: Arrays
    start: Floats

    @property
    def weights(self) -> Floats:
        """As they are, in the order of the record."""
        return self.out.as_given(self.array("w")[0])

    def array(self, name: str) -> Any:
        """One of its arrays."""
        return self.arrays[f"{self.wiring.name}_{name}"]


def synapses_of(
    projection: Projection, wiring: Wiring, sizes: tuple[int, int], time: float, state: Mapping[str, Any]
) -> Synapses:
    """A projection at a time (s), in a state; without one, as it starts."""
    out = outgoing(projection, sizes[0])
    bounds = projection.rule.bounds if projection.rule else Bounds()
    weights = start_weights(projection.weight, projection.size, bounds.lower, bounds.upper)
    weights = np.array(state.get(projection.name, {}).get(WEIGHT, weights), dtype=float)
    arrays: Arrays = {"w": out.sorted(weights)[None].copy(), "to": out.targets, "first": out.first}
    if wiring.found is not None:
        back = incoming(out, sizes[1])
        by_place = np.repeat(np.arange(sizes[0], dtype=np.int32), np.diff(out.first))
        arrays |= {"of": by_place, "places": back.places, "back": back.first}
        arrays |= _plastic(projection.name, wiring, sizes, (out, time), state)
        arrays["w"][0] = out.sorted(weights)
        n_third = sum(event not in SPIKES for event in wiring.events)
        arrays["third"] = np.stack([np.full(n_third, np.inf), np.full(n_third, -np.inf)])
        arrays["rule"] = np.array(list(wiring.text.numbers.values()))
    if wiring.is_kept:
        arrays |= {"kept": np.empty((3, 4 * projection.size)), "n_kept": np.zeros(1, np.int64)}
    return Synapses(wiring, out, {f"{wiring.name}_{name}": array for name, array in arrays.items()}, weights)


def _plastic(
    name: str, wiring: Wiring, sizes: tuple[int, int], where: tuple[Outgoing, float], state: Mapping[str, Any]
) -> Arrays:
    """The variables of the state, where they are kept, and since when: of synapses if they have some, of neurons
    always, with when events come and came."""
    assert wiring.found is not None
    out, time = where
    found = {}
    for home, size in zip(("synapse", *SPIKES), (len(out.targets), *sizes), strict=True):
        is_own = home == "synapse"
        own = state.get(name if is_own else f"{name}_{home}", {})
        rows = [np.broadcast_to(own.get(one, wiring.found.starts[one]), (size,)) for one in wiring.at(home)]
        rows = [out.sorted(row) if is_own else row for row in rows]
        if is_own:
            rows = [np.zeros(size), *rows, *([np.full(size, time)] if rows else [])]
        else:
            rows = [*rows, np.full(size, time), np.full(size, np.inf), np.full(size, -np.inf)]
        found["w" if is_own else home] = np.array(rows, dtype=float)
    return found
