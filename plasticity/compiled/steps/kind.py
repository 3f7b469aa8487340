"""What decides the lines of a projection in the kernel of a network, and where its numbers and variables are kept.

What is the same at all synapses of a neuron is kept once a neuron, as it was at its last event, and relaxes when it is
read; where something flows in steps, everything is kept as it is now.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from plasticity.compiled.instants import RuleText
from plasticity.rules.conventions import SPIKES
from plasticity.rules.parts import Home
from plasticity.rules.system import System

Lines = list[str]
INDEX = {"pre": "i", "post": "j"}
SIDES: tuple[Home, ...] = ("pre", "post")


@dataclass(frozen=True)
class Kind:
    """What decides the lines of a projection.

    found   : the rule, as it acts; None for a fixed weight
    homes   : {variable of the state: whose it is}
    is_sent : whether its spikes are delivered, to neurons that are simulated
    is_deaf : whether its receptor loses spikes while its neuron is refractory
    is_apart: whether a spike is delivered at another time than it changes the synapse
    steps   : the variables that flow in steps
    late    : the signals that are read late
    """

    found: System | None
    homes: tuple[tuple[str, Home], ...] = ()
    is_sent: bool = True
    is_deaf: bool = False
    is_apart: bool = False
    steps: tuple[str, ...] = ()
    late: tuple[str, ...] = ()

    @cached_property
    def text(self) -> RuleText:
        """The rule, printed."""
        assert self.found is not None
        return RuleText(self.found)

    @property
    def events(self) -> list[str]:
        """Those at which anything happens."""
        if self.found is None:
            return []
        movers = {jump.event for jumps in self.found.jumps.values() for jump in jumps} | set(self.found.scatters)
        return [event for event in (*SPIKES, *self.third) if event in movers]

    @property
    def third(self) -> list[str]:
        """Events other than spikes."""
        return [event for event in self.found.rule.events if event not in SPIKES] if self.found else []

    def at(self, home: Home) -> list[str]:
        """The variables that are kept there, in their order."""
        return [name for name, place in self.homes if place == home]

    @property
    def is_flowing(self) -> bool:
        """Whether something flows in steps; then all variables are as they are now, else as at their last event."""
        return bool(self.steps)


def assigned(values: Mapping[str, str], lines: Sequence[str]) -> Lines:
    """Locals that lines read, each made of an expression, which may read those before it."""
    text, head = "\n".join(lines), list[str]()
    for name, value in reversed(list(values.items())):
        if re.search(rf"\b{name}\b", text):
            head.insert(0, f"{name} = {value}")
            text += f"\n{value}"
    return head


def unpacked(kind: Kind, lines: Sequence[str]) -> Lines:
    """Lines, behind the numbers of the rule that they read."""
    numbers = {} if kind.found is None else kind.text.numbers
    values = {name: f"numbers[projections[q, NUMBERS] + {place}]" for place, name in enumerate(numbers)}
    return [*assigned(values, lines), *lines]


def used(kind: Kind, home: Home, lines: Iterable[str]) -> list[str]:
    """The variables kept there that lines name; of a synapse with one stamp for all, all of them are moved on."""
    if home == "synapse" and not kind.is_flowing:
        return kind.at(home)
    text = "\n".join(lines)
    return [name for name in kind.at(home) if re.search(rf"\b{name}_x\b", text)]


def loaded(kind: Kind, home: Home, lines: Iterable[str]) -> Lines:
    """What lines read of what is kept at a neuron or synapse, as it is now, and signals of this neuron."""
    text, read = "\n".join(lines), used(kind, home, lines)
    found = [f"{name}_x = {place_of(kind, name)}" for name in read]
    if not kind.is_flowing and any(name in kind.text.moving for name in read):
        stamp = "own_stamps[own_stamp + s]" if home == "synapse" else f"stamps[{home}_stamp + {INDEX[home]}]"
        found += [f"age = (now - {stamp})*dt", *kind.text.advanced(read)]
    if home != "synapse":
        found += [
            f"{signal.name}_s = {_signal(signal.name, home, signal.name in kind.late)}"
            for signal in kind.text.found.rule.signals
            if signal.of == home and re.search(rf"\b{signal.name}_s\b", text)
        ]
    return found


def _signal(name: str, side: Home, is_late: bool) -> str:
    """Where the voltage of a neuron is found: now, or as it was some steps ago."""
    index = INDEX[side]
    size = "n_source" if side == "pre" else "n_target"
    if is_late:
        return f"past[{name}_past + (now % {name}_length)*{size} + {index}]"
    return f"state[{side}_voltage + {index}]"


def place_of(kind: Kind, name: str) -> str:
    """Where a variable of the state is kept."""
    home = dict(kind.homes)[name]
    number = kind.at(home).index(name)
    if home == "synapse":
        return f"own[own_first + {number}*n_synapses + s]"
    return f"traces[{home}_trace + {number}*{'n_source' if home == 'pre' else 'n_target'} + {INDEX[home]}]"


def clipped(kind: Kind, name: str, x: str) -> Lines:
    """Keep a local within the bounds of a variable."""
    upper, lower = f"{name}_upper_p", f"{name}_lower_p"
    if upper not in kind.text.numbers:
        return []
    return [f"if {x} > {upper}:", f"    {x} = {upper}", f"elif {x} < {lower}:", f"    {x} = {lower}"]


def stopped(index: str) -> Lines:
    return ["if failed >= 0:", f"    return now, n_log, failed, q, {index}, bad"]


def indented(lines: Iterable[str]) -> Lines:
    return [f"    {line}" for line in lines]
