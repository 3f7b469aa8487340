"""Synapses between two populations, as data: who is joined to whom, with which weight, rule and delay."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plasticity.errors import ArgumentError, WeightError, said
from plasticity.inputs import instance, items, number, plain, text
from plasticity.networks.populations import checked_name
from plasticity.rules import Rule


@dataclass(frozen=True)
class Projection:
    """Synapses between two populations.

    pairs  : (i, j) of every synapse, from neuron i of `source` to neuron j of `target`; many are checked faster as
             an array of whole numbers, (n_synapses, 2)
    weight : start weight, scalar or (n_synapses,)
    rule   : the rule that changes it; None for a fixed weight
    delay  : seconds, or with a unit, from a presynaptic spike to its arrival, which is when it acts on the neuron. It
             changes the synapse then, too, unless the rule has a delay of its own for presynaptic spikes, which is
             counted from the spike as well: the two never add up
    is_frozen : whether the weight stays as it is, as in a test phase. It is transmitted, and all else that the rule
             keeps goes on, so that learning can go on from the state of a frozen run
    receptor  : where its spikes arrive, a name of `neuron.receptors`; empty for the only one that takes spikes of this
             source, excitation or inhibition
    raises ArgumentError for impossible names and delays; what depends on the populations is checked by `Network`
    """

    name: str
    source: str
    target: str
    pairs: Sequence[tuple[int, int]] | NDArray[np.integer[Any]]
    weight: Any
    rule: Rule | None = None
    delay: float = 0.0
    is_frozen: bool = False
    receptor: str = ""

    def __post_init__(self) -> None:
        name = checked_name(self.name)
        instance(self.is_frozen, (bool, np.bool_), f"{name}.is_frozen")
        for end in (self.source, self.target):
            text(end, f"an end of {name}")
        text(self.receptor, f"the receptor of {name}")
        object.__setattr__(self, "delay", number(self.delay, f"{name}.delay", unit="s", least=0.0))
        plain(self.weight, f"the weight of {name}", error=WeightError)  # refused here already, read by the simulation
        if not isinstance(self.pairs, np.ndarray):
            object.__setattr__(self, "pairs", items(self.pairs, f"the pairs of {name}"))
        is_list = isinstance(self.pairs, list) or getattr(self.pairs, "ndim", 0) > 0
        if not is_list or not len(self.pairs):
            raise ArgumentError(f"{name} has the pairs {said(self.pairs)}; at least one pair (i, j) is needed")
        if isinstance(self.pairs, np.ndarray) and self.pairs.dtype.kind not in "iuO":
            raise ArgumentError(f"{name} has pairs of {self.pairs.dtype}; whole numbers, counted from 0, are allowed")

    @property
    def size(self) -> int:
        """The number of synapses."""
        return len(self.pairs)

    @property
    def acting(self) -> Rule | None:
        """The rule as it acts: frozen, it leaves the weight alone."""
        if self.rule is None or not self.is_frozen:
            return self.rule
        return replace(self.rule, weight=replace(self.rule.weight, jumps={}, flow="0", noise="0", scatter={}))


def plasticity_delays(projection: Projection) -> dict[str, float]:
    """By how much (s) each event reaches the plasticity of a synapse later: {event: delay}, counted from the spike.

    A delay that the rule itself has for an event is the whole of it; nothing is added. Without one, a presynaptic spike
    changes its synapse when it arrives, after the delay of the projection, and every other event at once. So a rule
    with a pre delay splits the projection's into an axonal part, before the plasticity, and a dendritic part behind.
    """
    rule = projection.rule
    if rule is None:
        return {}
    without = {"pre": projection.delay}
    return {event: rule.delay(event) if event in rule.delays else without.get(event, 0.0) for event in rule.events}
