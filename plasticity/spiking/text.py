"""Rules printed as Brian2 text. Numbers are parameters of the printed model, never literals in it.

Names of a record get an ending (`_p` parameter, `_x` state, `_last` the time at which it had that value, `_now` what it
has become, `_then` what a jump makes of it, `_seen` what it was before the instant, `_flow` what it is between events,
`_s` signal; of a neuron `_n` parameter, `_y` variable), so that none collides with a name of Brian2, with its endings
`_pre` and `_post`, nor a rule with its neurons. Everything is dimensionless, in SI; `now` is the time in seconds.

A plain trace is kept as it was just before its last event, with the time of that: in the same instant it still reads as
before, later as raised. So an event may raise it when it acts, whatever else acts in the instant, and for most rules
one pathway an event is enough.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, get_args

from plasticity.expressions import above_zero, names
from plasticity.rules.conventions import HUGE, WEIGHT
from plasticity.rules.homes import stepped
from plasticity.rules.parts import LOWER, UPPER, Home, Jump, Stage, Turn, before_mark
from plasticity.rules.system import System
from plasticity.rules.variables import Side
from plasticity.spiking.flows import equations, kept_name
from plasticity.spiking.instants import Block, drawn_together, joined, merged, updates_in_turn
from plasticity.spiking.printer import Printer, is_bounded, is_timed, mark, seen, value

NEVER = -HUGE  # seconds: when the last event was of a trace that has had none


@dataclass(frozen=True)
class Pathway:
    """What the events of one kind do to a synapse, or to what it shares with others of one neuron.

    name : that which Brian2 gives to it
    home : 'synapse', or 'pre' or 'post' for what is kept once a neuron
    """

    name: str
    event: str
    code: str
    home: Home = "synapse"


@dataclass(frozen=True)
class SynapseText:
    """A plastic synapse: its variables, and its pathways in the order of execution.

    moving : the variables of the synapse that flow in steps
    homes  : {side: the model of what is kept once a neuron of it}
    shared : {side: the printed names of these variables}
    is_dated : whether every synapse notes when it stopped being a number
    """

    model: str
    pathways: tuple[Pathway, ...]
    moving: tuple[str, ...] = ()
    homes: Mapping[Side, str] = field(default_factory=dict)
    shared: Mapping[Side, tuple[str, ...]] = field(default_factory=dict)
    is_dated: bool = False

    def on(self, event: str, home: Home = "synapse") -> dict[str, str]:
        """{pathway: code} of an event."""
        return {path.name: path.code for path in self.pathways if (path.event, path.home) == (event, home)}


def synapse_text(found: System, *, now: str, apart: Collection[Side] = (), is_dated: bool = False) -> SynapseText:
    """The rule as pathways, in the derived order of what happens at one instant.

    now   : an expression for the time in seconds, 't/second' or a table of instants
    apart : sides at whose neurons is kept, once each, what is the same at all synapses of a neuron
    is_dated : whether every synapse notes when it stopped being a number, in `blown_up_at`; else w or the state is no
               number from then on
    """
    homes: dict[str, Home] = {name: home if home in apart else "synapse" for name, home in found.home.items()}
    blocks = [
        block
        for number, stage in enumerate(found.stages)
        for block in _stage(Printer(found, number, "", is_dated=is_dated), stage, homes)
    ]
    pathways = [
        Pathway(f"{block.event}_{number}", block.event, f"now = {now}\n{code}", block.home)
        for number, (block, code) in enumerate(merged(blocks))
    ]
    writes = {name for block in blocks for name in block.writes}
    kept = [seen(variable.name) for variable in found.rule.variables if mark(variable.name) in writes]
    own = [name for name in found.starts if homes[name] == "synapse"]
    states = {side: names for side in apart if (names := [name for name in found.starts if homes[name] == side])}
    return SynapseText(
        _model(found, [WEIGHT, *own], [*(["blown_up_at"] if is_dated else []), *kept]),
        tuple(pathways),
        tuple(name for name in stepped(found) if homes.get(name, "synapse") == "synapse"),
        {side: _model(found, names, ["blown_up_at"] if is_dated else []) for side, names in states.items()},
        {side: tuple(held for name in names for held in _held(found, name)) for side, names in states.items()},
        is_dated,
    )


def _model(found: System, variables: list[str], kept: list[str]) -> str:
    """The printed model of some of the variables, of the numbers of the rule, and of what is kept besides."""
    moving = [name for name in variables if name in stepped(found)]
    still = [held for name in variables if name not in moving for held in _held(found, name)]
    shared = [f"{name} : 1 (shared)" for name in numbers_of(found)]
    return "\n".join([*equations(found, moving), *(f"{name} : 1" for name in (*still, *kept)), *shared])


def _held(found: System, name: str) -> list[str]:
    """The printed names of what a variable is kept in."""
    return [kept_name(name), *([f"{name}_last"] if name != WEIGHT and is_timed(found, name) else [])]


def transmitted_text(found: System) -> tuple[list[str], str]:
    """What a presynaptic spike delivers, and the lines that make what it reads.

    By the convention of the rule it is worked out before the spike changes anything, or after it has changed all.
    """
    reads = names(found.transmits)
    is_before = found.rule.conventions.transmitted == "before"
    printer = Printer(found, 0 if is_before else len(found.stages), "pre")
    after = {} if is_before else {name: f"{before_mark(name)}_now" for name in reads if name != before_mark(name)}
    block = printer.block(printer.results(reads) if is_before else [], reads, [])
    lines = [f"{name} = {now}" for name, now in block.nows.items()]
    return [*(["now = t/second"] if lines else []), *lines, *block.lines], printer.printed(found.transmits, after)


def numbers_of(found: System) -> dict[str, float]:
    """The numbers of the printed rule: its parameters, time constants, rests, amplitudes, and its bounds."""
    numbers = {f"{name}_p": value for name, value in found.rule.values.items()}
    for variable in found.rule.state:
        name, bounds, decay = variable.name, variable.bounds, found.decays.get(variable.name)
        numbers |= {f"{name}_tau": decay.tau} if decay else {}
        numbers |= {f"{name}_rest": decay.rest} if decay and decay.rest else {}
        numbers |= {f"{name}_jump": found.amplitude(name)} if name in found.traces else {}
        numbers |= {f"{name}_lower": bounds.lower, f"{name}_upper": bounds.upper} if is_bounded(found, name) else {}
    return {**numbers, LOWER: found.rule.bounds.lower, UPPER: found.rule.bounds.upper}


def starts_of(found: System, first: Any) -> dict[str, Any]:
    """The state before the first event, by its names in the printed model.

    first : seconds, when it begins to flow, scalar or one a synapse
    """
    starts = {f"{name}_x": value for name, value in found.starts.items()}
    timed = [name for name in found.starts if is_timed(found, name)]
    return starts | {f"{name}_last": NEVER if name in found.traces else first for name in timed}


def _stage(plain: Printer, stage: Stage, homes: Mapping[str, Home]) -> list[Block]:
    """What happens together: looks at what will have changed when it is read, changes of w, jumps of the state."""
    found, in_turn = plain.found, joined(stage.turns, plain.found.rule.conventions.clipping)
    looks = {event: set[str]() for event in stage.events}
    for turn in in_turn:  # the parts of a change go by the sign that it has with the weight before the instant
        looks[turn.jump.event] |= {WEIGHT} & names(turn.jump.hard) if turn.part != "whole" else set()
    whole = [event for event in stage.events if found.stage_of(event) == plain.stage]  # others move gates alone
    scattered = [event for event in whole if event in found.scatters]
    changed, updates = {WEIGHT} if in_turn or scattered else set[str](), list[Block]()
    for event, jumps in updates_in_turn(stage, found.traces):
        of_event = replace(plain, event=event)
        read = set[str]().union(*(of_event.read_by({name: own}) - {name} for name, own in jumps.items()))
        looks[event] |= of_event.block([], read, []).reads & changed
        updates += _at_home(replace(of_event, seen=frozenset(looks[event])), jumps, homes)
        changed |= set(jumps)
    seen_first = [replace(plain, event=event).look(sorted(names)) for event, names in looks.items() if names]
    turns = [_change(replace(plain, event=turn.jump.event), turn) for turn in in_turn]
    turns += [_scatter(replace(plain, event=event)) for event in scattered]
    plain_traces = [block for event in whole for block in _raised(found, event, homes)]
    return drawn_together([*seen_first, *turns, *plain_traces, *updates])


def _at_home(printer: Printer, jumps: Mapping[str, tuple[Jump, ...]], homes: Mapping[str, Home]) -> list[Block]:
    """Jumps of the state at one event, each where its variable is kept; those in synapses first, which may read the
    others as they were."""
    found = []
    for home in get_args(Home)[::-1]:
        if own := {name: jump for name, jump in jumps.items() if homes[name] == home}:
            found.append(replace(printer.update(own), home=home))
    return found


def _raised(found: System, event: str, homes: Mapping[str, Home]) -> list[Block]:
    """The plain traces of an event, where they are kept."""
    blocks = []
    for home in get_args(Home):
        lines: list[str] = []
        for name, jump in found.traces.items():
            if jump.event == event and homes[name] == home:
                lines += [f"{name}_x = {value(found, name, is_raised=False)}", f"{name}_last = now"]
        if lines:
            blocks.append(Block(event, tuple(lines), home=home))
    return blocks


def _change(printer: Printer, turn: Turn) -> Block:
    """One change of w."""
    jump = turn.jump
    arguments = [printer.printed(part) for part in above_zero(jump.tree)]
    is_part = turn.part != "whole"
    lines = [
        *printer.results(jump.reads),
        *(_part(printer, turn) if is_part else [f"w_free = w + {printer.printed(jump.tree)}"]),
        *printer.sound(WEIGHT, _clipped(printer.found), "w_free", arguments, "acts" if is_part else ""),
    ]
    return printer.block(lines, {*jump.reads, WEIGHT}, {WEIGHT})


def _scatter(printer: Printer) -> Block:
    """The random change of w at an event."""
    tree = printer.found.scatters[printer.event]
    arguments = [printer.printed(part) for part in above_zero(tree)]
    lines = [
        f"w_free = w + ({printer.printed(tree)})*randn()",
        *printer.sound(WEIGHT, _clipped(printer.found), "w_free", arguments),
    ]
    return printer.block(lines, {*names(tree), WEIGHT}, {WEIGHT})


def _part(printer: Printer, turn: Turn) -> list[str]:
    """The part of a change that raises w, or lowers it, by the sign that it has with the weight before the instant.

    In lines of their own: Brian2 simplifies within a line, and stumbles over the comparison of what is no number. Where
    the change is not made it may be infinite; a limit, itself infinite where it is made, leaves a number.
    """
    zero = "0*blown_up_at" if printer.is_dated else "0*w"
    return [
        # of one synapse, even if it is the same for all: Brian2 wants what is shared to come first
        f"before = {printer.printed(turn.jump.hard, {WEIGHT: seen(WEIGHT)})} + {zero}",
        "acts = int(before > 0)" if turn.part == "up" else "acts = 1 - int(before > 0)",
        f"change = {printer.printed(turn.jump.tree)} + {zero}",
        "limit = 1e308*(1 + 10*acts)",
        "w_free = w + acts*clip(change, -limit, limit)",
    ]


def _clipped(found: System) -> str:
    """The weight within its bounds: both, or that which the change leads to."""
    if found.rule.conventions.clipping == "both sides":
        return f"clip(w_free, {LOWER}, {UPPER})"
    upper, lower = f"clip(w_free, -inf, {UPPER})", f"clip(w_free, {LOWER}, inf)"
    return f"w_free + ({upper} - w_free)*int(w_free > w) + ({lower} - w_free)*int(w_free < w)"
