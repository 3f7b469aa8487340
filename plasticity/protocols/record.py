"""The record that declares a stimulation protocol, once, as data: its settings with their units, and its trains."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from plasticity.arrays import Floats
from plasticity.displayed import Displayed, brief
from plasticity.errors import ArgumentError, said
from plasticity.faults import in_one
from plasticity.inputs import fields, generator, instance, text
from plasticity.parameters import Parameter, is_name, values_of
from plasticity.protocols.limits import FASTEST, SLOWEST, START
from plasticity.sources import check_source
from plasticity.trains import one

Recipe = Callable[[Mapping[str, float], Any], Mapping[str, Any]]


@dataclass(frozen=True)
class Protocol(Displayed):
    """A stimulation protocol.

    source     : where it is from: a key of SOURCES, a reference with its DOI, or 'our choice'
    parameters : what the experimenter sets; `with_parameters` changes them
    recipe     : (values in SI, generator) -> {event: times in seconds}; the generator is None unless it `is_random`
    events     : whose times there are
    raises ArgumentError for a name twice or impossible, and for a source that is none
    """

    name: str
    source: str
    summary: str
    parameters: tuple[Parameter, ...]
    recipe: Recipe
    events: tuple[str, ...] = ("pre", "post")
    is_random: bool = False

    @in_one
    def __post_init__(self) -> None:
        fields(self, ArgumentError)
        name = text(self.name, "the name of a protocol", is_empty_allowed=False)
        text(self.summary, f"the summary of {name}")
        check_source(self.source, f"protocol {name}", ArgumentError)
        for names, what in (([item.name for item in self.parameters], "parameter"), (list(self.events), "event")):
            wrong = [one for one in names if names.count(one) > 1 or not is_name(one)]
            if wrong:
                raise ArgumentError(f"{name}: {said(wrong[0])} is impossible, or used twice, for its {what}s")

    @property
    def values(self) -> dict[str, float]:
        """The parameters as {name: SI value}."""
        return values_of(self)

    def __repr__(self) -> str:
        return brief("protocol", self.name, self.summary)

    def __str__(self) -> str:
        return self.name


def spike_trains(protocol: Protocol, rng: Any = None) -> dict[str, Floats]:
    """The times of each event of a protocol, {event: (n,) seconds}, in order.

    rng : a generator or a seed; needed by a protocol that `is_random`, and not looked at by another
    raises ArgumentError for settings that do not fit together, and for a recipe that gives other events

    >>> from plasticity import PROTOCOLS, spike_trains, with_parameters
    >>> trains = spike_trains(with_parameters(PROTOCOLS["pairing"], n_pairs=2, lag=10e-3))
    >>> {name: times.round(3).tolist() for name, times in trains.items()}
    {'pre': [0.1, 1.1], 'post': [0.11, 1.11]}
    """
    instance(protocol, Protocol, "the protocol")
    found = protocol.recipe(protocol.values, generator(rng) if protocol.is_random else None)
    if not isinstance(found, Mapping) or sorted(map(str, found)) != sorted(protocol.events):
        raise ArgumentError(f"{protocol} gives {said(found)}; times of {', '.join(protocol.events)} are allowed")
    return {event: one(found[event], f"the {event} train of {protocol}") for event in protocol.events}


def start_of(value: float = START, meaning: str = "the first spike") -> Parameter:
    """The setting that all protocols have."""
    return Parameter("start", value, "s", meaning, least=0.0)


def number_of(name: str, value: int, meaning: str, source: str) -> Parameter:
    """A setting that is a count."""
    return Parameter(name, value, "1", meaning, source, least=1)


def rate_named(name: str, value: float, meaning: str, source: str) -> Parameter:
    """A setting that is a rate."""
    return Parameter(name, value, "Hz", meaning, source, least=SLOWEST, most=FASTEST)
