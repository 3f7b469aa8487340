"""What happens at one instant, as blocks of code in an order, and pathways made of them, as few as the order allows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from plasticity.rules.conventions import WEIGHT
from plasticity.rules.parts import Home, Jump, Stage, Turn


@dataclass(frozen=True)
class Block:
    """Code that one event runs in one go.

    home   : where: 'synapse', or 'pre' or 'post' for what is kept once a neuron
    nows   : {local name: expression} of values that it looks up first
    lines  : what it does with them
    reads  : variables of the synapse that it reads, of those for which it matters when
    writes : those that it changes
    """

    event: str
    lines: tuple[str, ...]
    nows: Mapping[str, str] = field(default_factory=dict)
    reads: frozenset[str] = frozenset()
    writes: frozenset[str] = frozenset()
    home: Home = "synapse"

    def is_together_with(self, other: "Block") -> bool:
        """Whether both can be in one pathway."""
        return (self.event, self.home) == (other.event, other.home)

    def may_pass(self, earlier: "Block") -> bool:
        """Whether it does the same before a block as behind it."""
        return not (earlier.writes & (self.reads | self.writes) or earlier.reads & self.writes)


def drawn_together(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a stage, each moved up to the one before it of its event, where that changes nothing."""
    found: list[Block] = []
    for block in blocks:
        place = len(found)
        while place and not block.is_together_with(found[place - 1]) and block.may_pass(found[place - 1]):
            place -= 1
        is_met = place and block.is_together_with(found[place - 1])
        found.insert(place if is_met else len(found), block)
    return found


def merged(blocks: Iterable[Block]) -> list[tuple[Block, str]]:
    """Neighbours that can be together in one: (the first of them, code), in the order of execution."""
    runs: list[list[Block]] = []
    for block in blocks:
        if not runs or not block.is_together_with(runs[-1][-1]):
            runs.append([])
        runs[-1].append(block)
    return [(together[0], "\n".join(_code(together))) for together in runs]


def joined(turns: Sequence[Turn], clipping: str) -> list[Turn]:
    """The turns of a stage, with the two parts of a change in one where only changes of one sign lie between them.

    Changes that all raise w, or all lower it, and do not read it, may come in any order: clipped after each or after
    all, between the same bounds, w is the same. So the first part may wait for the second.
    """
    found = list(turns)
    for first in turns:
        second = next((turn for turn in found if turn.jump is first.jump and turn.part != first.part), None)
        if first.part == "whole" or second is None or first not in found or clipping != "both sides":
            continue
        start, end = sorted((found.index(first), found.index(second)))
        sign = 1 if found[start].part == "up" else -1
        passed = found[start:end]
        if all(_sign(turn) in (0, sign) and WEIGHT not in turn.jump.reads for turn in passed):
            found[end] = Turn(first.jump, "whole")
            del found[start]
    return found


def _sign(turn: Turn) -> int | None:
    """The sign of a turn: that of its part, or of its whole change, None where that varies."""
    return {"up": 1, "down": -1, "whole": turn.jump.sign}[turn.part]


def updates_in_turn(stage: Stage, left_out: Iterable[str]) -> list[tuple[str, dict[str, tuple[Jump, ...]]]]:
    """The jumps of the state in a stage by event, each variable's own in their order: (event, {variable: jumps})."""
    left = {name: list(jumps) for name, jumps in stage.updates.items() if name not in left_out}
    found = []
    while left := {name: jumps for name, jumps in left.items() if jumps}:
        heads = [event for event in stage.events if any(jumps[0].event == event for jumps in left.values())]
        event = next((event for event in heads if not _comes_later(event, left)), heads[0])
        taken = {name: _leading(jumps, event) for name, jumps in left.items()}
        found.append((event, {name: jumps for name, jumps in taken.items() if jumps}))
        left = {name: jumps[len(taken[name]) :] for name, jumps in left.items()}
    return found


def _leading(jumps: Sequence[Jump], event: str) -> tuple[Jump, ...]:
    n = next((number for number, jump in enumerate(jumps) if jump.event != event), len(jumps))
    return tuple(jumps[:n])


def _comes_later(event: str, left: Mapping[str, Sequence[Jump]]) -> bool:
    """Whether a variable jumps at the event again, after jumps at others."""
    return any(any(jump.event == event for jump in jumps[len(_leading(jumps, event)) :]) for jumps in left.values())


def _code(blocks: Iterable[Block]) -> list[str]:
    """The lines of blocks one after another; what was looked up once is not looked up again, unless it has changed."""
    lines: list[str] = []
    known: dict[str, str] = {}
    for block in blocks:
        for name, value in block.nows.items():
            if known.get(name) != value:
                lines.append(f"{name} = {value}")
                known[name] = value
        lines += block.lines
        for name in block.writes:
            known.pop(f"{name}_now", None)
    return lines
