"""A network as the source and the arguments of its kernel."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from plasticity.compiled.steps.flows import flow_lines
from plasticity.compiled.steps.joined import Joined, Kept
from plasticity.compiled.steps.kind import Kind
from plasticity.compiled.steps.kinds import kind_of
from plasticity.compiled.steps.neurons import neuron_lines
from plasticity.compiled.steps.parts import AnyPart, Parts, is_drawn
from plasticity.compiled.steps.projections import Projections, Synapses, table_of
from plasticity.compiled.steps.source import network_source
from plasticity.compiled.steps.synapses import event_lines, sending_lines
from plasticity.compiled.steps.tables import PROJECTION
from plasticity.networks import Network, Population, Projection
from plasticity.networks.steps import Steps


@dataclass(frozen=True)
class Arrays:
    """A network, ready to be run.

    parts    : what fires, in the order of the table; synapses: the projections, in the order of theirs
    table    : {part: its row, by column}
    source   : of the kernel
    values   : the arguments of the kernel, by name
    """

    parts: list[AnyPart]
    synapses: list[Synapses]
    table: dict[str, dict[str, int]]
    source: str
    values: dict[str, Any]

    def row(self, number: int) -> dict[str, int]:
        """A row of the table of projections, by column."""
        return dict(zip(PROJECTION, self.values["projections"][number].tolist(), strict=True))


def arrays_of(network: Network, steps: Steps, seed: int, record: Sequence[str]) -> Arrays:
    """A run that begins with every variable at its start; a state is put into it afterwards."""
    lines = {p.name: neuron_lines(p.neuron, steps.dt) for p in network.populations if isinstance(p, Population)}
    shapes = list(dict.fromkeys(lines.values()))
    groups: list[list[AnyPart]] = [[], [], *([] for _ in shapes)]
    for part in (*network.populations, *network.events):
        number = 2 + shapes.index(lines[part.name]) if isinstance(part, Population) else int(is_drawn(part))
        groups[number].append(part)
    kinds = dict[str, list[tuple[Any, Kind]]]()
    for projection in network.projections:
        kind = kind_of(network, projection, steps.dt)
        kinds.setdefault(_key(kind), []).append((projection, kind))
    numbers, kept = Joined(float), Kept(record, steps.n)
    parts = Parts(steps, seed, numbers, kept)
    found = [part for group in groups for part in group]
    for part in found:
        parts.add(part)
    table = table_of(found, parts.rows)
    expected = _expected([member for members in kinds.values() for member in members])
    projections = Projections(network, found, table, steps.dt, seed, numbers, kept, expected=expected)
    for members in kinds.values():
        for projection, kind in members:
            projections.add(projection, kind)
    values = {**parts.values(), **projections.values(), "numbers": numbers.whole(), "kept": np.empty(kept.size)}
    values["randoms"] = np.concatenate([values["randoms"], values.pop("streams")])
    values["kinds"] = np.cumsum([0, *(len(group) for group in groups)])
    values["projection_kinds"] = np.cumsum([0, *(len(members) for members in kinds.values())])
    source = _source(tuple(shapes), tuple(members[0][1] for members in kinds.values()))
    return Arrays(found, projections.found, table, source, values)


def _expected(members: Sequence[tuple[Projection, Kind]]) -> dict[str, int]:
    """{array: how many numbers it will hold}, of those that are of synapses."""
    n = sum(projection.size for projection, _ in members)
    n_incoming = sum(projection.size for projection, kind in members if "post" in kind.events)
    n_own = sum(projection.size * len(kind.at("synapse")) for projection, kind in members)
    return {"weights": n, "targets": n, "incoming": n_incoming, "origins": n_incoming, "own": n_own}


@lru_cache(maxsize=256)
def _source(shapes: Any, kinds: Any) -> str:
    return network_source(shapes, kinds)


@lru_cache(maxsize=256)
def _key(kind: Kind) -> str:
    """What kinds have in common that share their lines: these."""
    flows = flow_lines(kind) if kind.is_flowing else []
    return "\n".join([repr((kind.is_sent, kind.late)), *sending_lines(kind), *event_lines(kind), *flows])
