"""Printed synapses as Brian2 objects: their numbers, their order, and what they hear besides spikes."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from plasticity.rules.system import System
from plasticity.spiking.flows import stepped
from plasticity.spiking.text import SynapseText, numbers_of, starts_of


def set_numbers(made: Any, found: System, first: Any = 0.0) -> None:
    """Give printed synapses the numbers of their rule, and its state before the first event.

    first : seconds, when the state begins to flow, scalar or one a synapse
    """
    for name, value in (numbers_of(found) | starts_of(found, first)).items():
        setattr(made, name, value)
    made.blown_up_at = -1
    if stepped(found):  # after the events of its step, and after a monitor has looked
        made.state_updater.when, made.state_updater.order = "end", 1


def listeners(b2: Any, made: Any, text: SynapseText, senders: Mapping[str, Any], *, size: int) -> dict[str, Any]:
    """What brings events other than spikes to synapses, {event: Brian2's object}: a connection to each synapse.

    senders : {event: the group that fires it}, of one element, or of as many as there are synapses
    size    : the number of synapses
    """
    found = {}
    for event, sender in senders.items():
        if code := text.on(event):
            heard = b2.Synapses(sender, made, on_pre=code, clock=made.clock, name=f"plasticity_{event}_at_{made.name}")
            heard.connect(i=np.arange(size) if len(sender) == size else np.zeros(size, int), j=np.arange(size))
            _share(heard, made)
            found[event] = heard
    return found


def in_order(made: Any, text: SynapseText, heard: Mapping[str, Any]) -> list[tuple[Any, str]]:
    """Brian2's pathways of a rule, in the order of the rule, each with its event."""
    return [(getattr(heard.get(path.event, made), path.name), path.event) for path in text.pathways]


def _share(heard: Any, made: Any) -> None:
    """Let a connection to synapses use their variables, under their names."""
    # No synapse comes twice: without being told, Brian2 goes through them one by one in Python
    heard.variables["_postsynaptic_idx"].unique = True
    for name in made.equations.names:
        index = "0" if made.variables[name].scalar else "_postsynaptic_idx"
        heard.variables.add_reference(name, made, name, index=index)
