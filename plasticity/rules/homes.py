"""Whose each variable of a rule is: a trace of one neuron is the same at all its synapses, and is kept once."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from plasticity.expressions import names
from plasticity.rules.conventions import SPIKES
from plasticity.rules.parts import Home, before_mark

if TYPE_CHECKING:
    from plasticity.rules.system import System
    from plasticity.rules.variables import Side, Variable

# What is the same at all synapses of a neuron is kept once a neuron where it has so many: below, what it takes to keep
# it apart, an element and a connection a neuron, outweighs what it saves
SYNAPSES_TO_SHARE = 10


def homes_of(found: "System") -> dict[str, Home]:
    """{variable of the state: the neuron that it belongs to, or the synapse}."""
    homes: dict[str, Home] = {}
    for side in SPIKES:
        own = {v.name for v in found.rule.state if _can_live_at(found, v, side)}
        while True:  # until none reads a variable from elsewhere
            strangers = {name for name in own if _read_by(found, name) - own}
            if not strangers:
                break
            own -= strangers
        homes |= dict.fromkeys(own, side)  # type: ignore[arg-type]
    return {variable.name: homes.get(variable.name, "synapse") for variable in found.rule.state}


def apart(found: "System", size: int, ends: Mapping["Side", int]) -> list["Side"]:
    """The sides whose neurons keep once what is the same at all their synapses, in a network that moves in steps.

    size : the number of synapses; ends : {side: number of neurons}
    """
    if any(event not in SPIKES for event in found.rule.events):
        return []  # what such an event does to a synapse could not read it there
    return [side for side in ends if side in found.home.values() and size >= SYNAPSES_TO_SHARE * ends[side]]


def stepped(found: "System") -> list[str]:
    """The variables whose flow is taken in steps where time passes in steps: it has no closed form, or is noisy."""
    moving = {*found.noises, *(found.flows.keys() - found.decays.keys())}
    return [variable.name for variable in found.rule.variables if variable.name in moving]


def _can_live_at(found: "System", variable: "Variable", side: str) -> bool:
    """Whether the events and signals of one neuron, and some of them, are all that moves a variable."""
    read = _read_by(found, variable.name, signals=True)
    movers = {*variable.jumps, *(signal.of for signal in found.rule.signals if signal.name in read)}
    return bool(movers) and movers <= {side} and variable.name not in found.noises


def _read_by(found: "System", name: str, *, signals: bool = False) -> set[str]:
    """The variables, or all names, that a variable reads in its flow and jumps."""
    trees = [jump.tree for jump in found.jumps[name]] + [tree for own, tree in found.flows.items() if own == name]
    read = {before_mark(item) for tree in trees for item in names(tree)}
    return read if signals else read & {variable.name for variable in found.rule.variables}
