"""The structure of a network without a step: what its kernel is printed from."""

from collections.abc import Mapping
from dataclasses import dataclass

from plasticity.compiled.exact.rows import Layout
from plasticity.compiled.exact.wiring import Wiring


@dataclass(frozen=True)
class Action:
    """What a spike of a source does, after a delay: `event` of a projection's rule, or '' for what it sends."""

    source: int
    delay: float
    projection: int
    event: str = ""


@dataclass(frozen=True)
class Stream:
    """A source that is drawn: its place, and whether it is a group."""

    source: int
    is_group: bool


@dataclass(frozen=True, eq=False)
class Plan:
    """The structure of a network: what its kernel is printed from.

    sources  : how many there are
    neurons  : {place among sources: (name, layout)} of those that are neurons
    streams  : what is drawn
    wirings  : the projections
    actions  : what spikes do, in order
    """

    sources: int
    neurons: Mapping[int, tuple[str, Layout]]
    streams: tuple[Stream, ...]
    wirings: tuple[Wiring, ...]
    actions: tuple[Action, ...]

    @property
    def taps(self) -> list[tuple[int, float]]:
        """(source, delay) of all that is on its way."""
        return sorted({(action.source, action.delay) for action in self.actions if action.delay > 0})

    @property
    def is_late(self) -> bool:
        """Whether something is transmitted behind what its instant did to the synapse."""
        return any(wiring.is_late for wiring in self.wirings)

    def codes(self) -> list[tuple[int, str]]:
        """(projection, event) of all that rules do; a code is the place here."""
        return [(k, event) for k, wiring in enumerate(self.wirings) for event in wiring.events]


def parts_of(plan: Plan) -> list[str]:
    """The names of the arguments that belong to parts of the network, in order."""
    names = [f"{p}_{name}" for p, _ in plan.neurons.values() for name in ("x", "numbers", "first")]
    for k, stream in enumerate(plan.streams):
        own = ("neurons", "first", *(("kept",) if stream.is_group else ("chance", "alias")))
        names += [f"d{k}_{name}" for name in own]
    return [*names, *(name for wiring in plan.wirings for name in wiring.arrays)]
