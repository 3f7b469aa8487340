"""Printed synapses as Brian2 objects: their numbers and order, what they share, what they hear besides spikes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from plasticity.rules.homes import stepped
from plasticity.rules.system import System
from plasticity.rules.variables import Side
from plasticity.spiking.flows import method
from plasticity.spiking.text import SynapseText, numbers_of, starts_of

_INDEX = {"pre": "_presynaptic_idx", "post": "_postsynaptic_idx"}


@dataclass(frozen=True)
class Plastic:
    """Synapses that follow a rule, as Brian2 objects.

    made   : the synapses
    shared : {side: what its neurons keep for all their synapses}
    ears   : {(event, home): what brings the events there}, other than the synapses themselves
    pasts  : {late signal: what remembers it}
    """

    made: Any
    text: SynapseText
    shared: dict[Side, Any] = field(default_factory=dict)
    ears: dict[tuple[str, str], Any] = field(default_factory=dict)
    pasts: dict[str, Any] = field(default_factory=dict)

    @property
    def beside(self) -> list[Any]:
        """All objects but the synapses."""
        return [*self.shared.values(), *self.ears.values(), *self.pasts.values()]

    def pathways(self) -> list[tuple[Any, str]]:
        """Brian2's pathways of the rule, in the order of the rule, each with its event."""
        return [(getattr(self.ears.get((p.event, p.home), self.made), p.name), p.event) for p in self.text.pathways]


@dataclass(frozen=True)
class Past:
    """What is to be remembered of a group: a variable, for so many steps, and its value before the first."""

    variable: str
    n_steps: int
    start: float


def set_numbers(made: Any, found: System, first: Any = 0.0) -> None:
    """Give printed synapses, or what they share, the numbers of their rule, and its state before the first event.

    first : seconds, when the state begins to flow, scalar or one a synapse
    """
    for name, value in (numbers_of(found) | starts_of(found, first) | {"blown_up_at": -1}).items():
        if name in made.variables:
            setattr(made, name, value)
    if stepped(found):  # after the events of its step, and after a monitor has looked
        made.state_updater.when, made.state_updater.order = "end", 1


def share(b2: Any, plastic: Plastic, found: System, side: Side, sender: Any) -> None:
    """Keep what is the same at all synapses of a neuron once a neuron.

    sender : the group of the neurons
    """
    made, text = plastic.made, plastic.text
    moving = [name for name in stepped(found) if found.home.get(name) == side]
    kept = b2.NeuronGroup(
        len(sender),
        text.homes[side].replace(" (clock-driven)", ""),  # a flag of synapses alone
        method=method(b2, found, moving, is_dated=text.is_dated),
        clock=made.clock,
        name=f"plasticity_{made.name}_{side}",
    )
    set_numbers(kept, found)
    kept.state_updater.order = 2  # synapses flow with what it was at the start of the step
    for name in text.shared[side]:
        made.variables.add_reference(name, kept, name, index=_INDEX[side])
    plastic.shared[side] = kept
    if code := text.on(side, side):
        plastic.ears[side, side] = _ear(b2, kept, code, sender, len(sender))


def listen(b2: Any, plastic: Plastic, senders: Mapping[str, Any], *, size: int) -> None:
    """Bring events other than spikes to synapses.

    senders : {event: the group that fires it}, of one element, or of as many as there are synapses
    size    : the number of synapses
    """
    for event, sender in senders.items():
        if code := plastic.text.on(event):
            plastic.ears[event, "synapse"] = _ear(b2, plastic.made, code, sender, size)


def read_signal(plastic: Plastic, side: Side, name: str, group: Any, variable: str) -> None:
    """Let the rule read a variable of the neurons of one side under the printed name of a signal."""
    plastic.made.variables.add_reference(name, group, variable, index=_INDEX[side])
    if side in plastic.shared:
        plastic.shared[side].variables.add_reference(name, group, variable)


def remember(b2: Any, plastic: Plastic, signal: str, group: Any, past: Past) -> Any:
    """A group of as many elements, whose variable `late` is what `past.variable` was `past.n_steps` steps ago."""
    names = ["late", *(f"past_{number}" for number in reversed(range(past.n_steps)))]
    kept = b2.NeuronGroup(
        len(group),
        "\n".join(f"{name} : 1" for name in names),
        clock=plastic.made.clock,
        name=f"plasticity_{plastic.made.name}_{signal}",
    )
    kept.variables.add_reference("present", group, past.variable)
    for name in names:
        setattr(kept, name, past.start)
    moved = "\n".join(f"{older} = {newer}" for older, newer in zip(names, [*names[1:], "present"], strict=True))
    # after neurons have moved, before synapses flow
    kept.run_regularly(moved, when="end", order=0, clock=plastic.made.clock, name=f"{kept.name}_moves")
    plastic.pasts[signal] = kept
    return kept


def _ear(b2: Any, made: Any, code: dict[str, str], sender: Any, size: int) -> Any:
    """A connection from a group to each of `size` elements, which runs code with their variables, under their names."""
    name = f"{made.name if made.name.startswith('plasticity') else f'plasticity_{made.name}'}_hears_{sender.name}"
    ear = b2.Synapses(sender, made, on_pre=code, clock=made.clock, name=name)
    ear.connect(i=np.arange(size) if len(sender) == size else np.zeros(size, int), j=np.arange(size))
    # None comes twice: without being told, Brian2 goes through them one by one in Python
    ear.variables["_postsynaptic_idx"].unique = True
    for variable in made.equations.names:
        index = "0" if made.variables[variable].scalar else "_postsynaptic_idx"
        ear.variables.add_reference(variable, made, variable, index=index)
    return ear
