"""The projections of a network, as rows of a table and the numbers behind them."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from plasticity.compiled.layout import Outgoing, incoming, outgoing
from plasticity.compiled.steps.joined import Joined, Kept
from plasticity.compiled.steps.kind import Kind
from plasticity.compiled.steps.neurons import kept_variables, starts_of
from plasticity.compiled.steps.parts import AnyPart, stream
from plasticity.compiled.steps.tables import PART, PROJECTION
from plasticity.networks import Network, Population, Projection
from plasticity.networks.network import end_of
from plasticity.networks.projections import plasticity_delays
from plasticity.rules import Bounds
from plasticity.trains import start_weights

_JOINED: dict[str, Any] = {
    **dict.fromkeys(("weights", "traces", "own", "past", "sizes"), float),
    **dict.fromkeys(("rows", "columns"), np.int64),
    **dict.fromkeys(("targets", "incoming", "origins"), np.uint32),
    "streams": np.uint64,
}


class Synapses(NamedTuple):
    """A projection, and how its synapses lie; `place`: that of the first in the arrays of all."""

    projection: Projection
    kind: Kind
    out: Outgoing
    place: int


@dataclass
class Projections:
    """The table of projections while it is made, row by row, and what its columns point to.

    table    : {part: its row in the table of parts, by column}
    expected : {array: how many numbers will come}, of large ones
    """

    network: Network
    parts: list[AnyPart]
    table: dict[str, dict[str, int]]
    dt: float
    seed: int
    numbers: Joined
    kept: Kept
    found: list[Synapses] = field(default_factory=list)
    rows: list[list[int]] = field(default_factory=list)
    n_stamps: int = 0
    n_own_stamps: int = 0
    expected: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.joined = {name: Joined(kind, self.expected.get(name, 0)) for name, kind in _JOINED.items()}

    def add(self, projection: Projection, kind: Kind) -> None:
        """The next row."""
        source, target = self.network.by_name[projection.source], self.network.by_name[projection.target]
        out = outgoing(projection, source.size)
        into = incoming(out, target.size) if "post" in kind.events else None
        bounds = projection.rule.bounds if projection.rule else Bounds()
        start = start_weights(projection.weight, projection.size, bounds.lower, bounds.upper)
        first = self.joined["weights"].add(out.sorted(start))
        self.joined["targets"].add(out.targets)
        self.found.append(Synapses(projection, kind, out, first))
        self.joined["streams"].add(stream(self.seed, projection.name))
        row = dict.fromkeys(PROJECTION, 0) | {
            "SOURCE": self._place(source.name),
            "TARGET": self._place(target.name),
            "ROWS": self.joined["rows"].add(out.first + first),
            "SYNAPSES": first,
            "N_SYNAPSES": projection.size,
            "TRACED": self.kept.place(projection),
        }
        if into is not None:
            row["COLUMNS"] = self.joined["columns"].add(into.first + self.joined["incoming"].size)
            self.joined["incoming"].add(into.places)
            self.joined["origins"].add(into.sources)
        row |= {**self._delays(projection), **self._receptor(projection), **self._state(projection, kind, first)}
        self.rows.append(list(row.values()))

    def values(self) -> dict[str, Any]:
        """The arguments of the kernel that are of projections."""
        return {
            **{name: joined.whole() for name, joined in self.joined.items()},
            "projections": np.array(self.rows, dtype=np.int64).reshape(-1, len(PROJECTION)),
            "stamps": np.zeros(self.n_stamps, np.int64),
            "own_stamps": np.zeros(self.n_own_stamps, np.int64),
        }

    def _place(self, name: str) -> int:
        return next(place for place, part in enumerate(self.parts) if part.name == name)

    def _delays(self, projection: Projection) -> dict[str, int]:
        later = plasticity_delays(projection)
        pre, post = later.get("pre", projection.delay), later.get("post", 0.0)
        delays = {"DELAY": projection.delay, "PRE_DELAY": pre, "POST_DELAY": post}
        return {name: round(delay / self.dt) for name, delay in delays.items()}

    def _receptor(self, projection: Projection) -> dict[str, int]:
        """Where spikes arrive, and by how much a weight of 1 raises what is there."""
        source, target = self.network.by_name[projection.source], self.network.by_name[projection.target]
        if not isinstance(target, Population):
            self.joined["sizes"].add(0.0)
            return {}
        neuron = target.neuron
        receptor = neuron.receptor(source.sign, projection.receptor)
        self.joined["sizes"].add(receptor.direction * neuron.values[receptor.size])
        row = self.table[target.name]
        place = kept_variables(neuron).index(receptor.variable)
        return {"RECEPTOR": row["STATE"] + place * target.size, "DEAF": row["DEAD"]}

    def _state(self, projection: Projection, kind: Kind, first: int) -> dict[str, int]:
        """Where the numbers and the state of a rule are."""
        if kind.found is None:
            return {}
        n_source, n_target = (self.network.by_name[name].size for name in (projection.source, projection.target))
        starts, traces = kind.found.starts, self.joined["traces"]
        own = [starts[name] for name in kind.at("synapse")]
        row = {
            "NUMBERS": self.numbers.add(kind.text.array),
            "PRE_TRACE": traces.add(np.repeat([starts[name] for name in kind.at("pre")], n_source)),
            "POST_TRACE": traces.add(np.repeat([starts[name] for name in kind.at("post")], n_target)),
            "PRE_STAMP": self.n_stamps,
            "POST_STAMP": self.n_stamps + n_source,
            "OWN": self.joined["own"].add(np.repeat(own, projection.size)) - first,
            "OWN_STAMP": self.n_own_stamps - first,
        }
        self.n_stamps += n_source + n_target
        self.n_own_stamps += projection.size if own and not kind.is_flowing else 0
        for number, event in enumerate(event for event in kind.events if event in kind.third):
            late = round(kind.found.rule.delay(event) / self.dt)
            row |= {_column("THIRD", 2 * number): self._place(event), _column("THIRD", 2 * number + 1): late}
        return row | self._signals(projection, kind)

    def _signals(self, projection: Projection, kind: Kind) -> dict[str, int]:
        """Where voltages are, and their past."""
        assert kind.found is not None
        rule, row = kind.found.rule, dict[str, int]()
        for signal in rule.signals:
            side, population = end_of(signal, projection, self.network)
            row[f"{side.upper()}_VOLTAGE"] = self.table[population.name]["VOLTAGE"]
            if signal.name in kind.late:
                column, neuron = 2 * kind.late.index(signal.name), population.neuron
                length = round(rule.values[signal.delay] / self.dt) + 1
                start = starts_of(neuron)[kept_variables(neuron).index(neuron.voltage)]
                begin = self.joined["past"].add(np.full(length * population.size, start))
                row |= {_column("LATE", column): begin, _column("LATE", column + 1): length}
        return row


def _column(name: str, number: int) -> str:
    return PROJECTION[PROJECTION.index(name) + number]


def table_of(parts: list[AnyPart], rows: list[list[int]]) -> dict[str, dict[str, int]]:
    """{part: its row, by column}."""
    return {part.name: dict(zip(PART, row, strict=True)) for part, row in zip(parts, rows, strict=True)}
