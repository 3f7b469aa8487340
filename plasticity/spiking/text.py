"""Rules printed as Brian2 text. Numbers are parameters of the printed model, never literals in it.

Names of a record get an ending (`_p` parameter, `_x` trace or variable, `_last` time of a trace's last spike,
`_now` decayed trace), so that none collides with a name of Brian2, nor with its endings `_pre` and `_post`.
Everything is dimensionless, in SI; `now` is the time in seconds.
"""

from dataclasses import dataclass

from plasticity.expressions import above_zero, written
from plasticity.rules.conventions import HUGE, SPIKES, WEIGHT
from plasticity.rules.parts import LOWER, UPPER, Turn, before_mark
from plasticity.rules.system import System


@dataclass(frozen=True)
class SynapseText:
    """A plastic synapse: the model, and what a spike does, as {pathway: code}; `order` is that of execution."""

    model: str
    on_pre: dict[str, str]
    on_post: dict[str, str]
    order: tuple[str, ...]


def synapse_text(found: System, *, now: str) -> SynapseText:
    """The rule as pathways, in the derived order: of each stage the changes of w in turn, then the jumps of traces.

    now : an expression for the time in seconds, 't/second' or a table of instants
    """
    numbers = [f"{name} : 1 (shared)" for name in numbers_of(found)]
    states = [f"{trace}_{kind} : 1" for trace in found.traces for kind in ("x", "last")]
    codes: dict[str, dict[str, str]] = {event: {} for event in SPIKES}
    order: list[str] = []

    def add(event: str, what: str, code: str) -> None:
        name = f"{event}_{what}"
        codes[event][name] = code
        order.append(name)

    is_split = any(turn.part != "whole" for _, turn in found.turns)
    for stage in found.stages:
        if is_split:  # the sign of a change is that which it has with the weight before the instant
            for event in stage.events:
                add(event, "look", "w_before = w")
        for turn in stage.turns:
            event, k = turn.jump.event, found.jumps[WEIGHT].index(turn.jump)
            add(event, {"whole": "change"}.get(turn.part, turn.part) + f"_{k}", _change(found, turn, now))
        for event in stage.events:
            add(event, "traces", _updates(found, event, now))
    model = ["w : 1", "blown_up_at : 1", *numbers, *states, *(["w_before : 1"] if is_split else [])]
    return SynapseText("\n".join(model), codes["pre"], codes["post"], tuple(order))


def numbers_of(found: System) -> dict[str, float]:
    """The numbers of the printed rule: its parameters, time constants, amplitudes, and its bounds."""
    parameters = {f"{name}_p": value for name, value in found.rule.values.items()}
    taus = {f"{trace}_tau": found.decays[trace].tau for trace in found.traces}
    amplitudes = {f"{trace}_jump": found.amplitude(trace) for trace in found.traces}
    return {**parameters, **taus, **amplitudes, LOWER: found.rule.bounds.lower, UPPER: found.rule.bounds.upper}


def _change(found: System, turn: Turn, now: str) -> str:
    """One change of w, from traces as they are now: those of earlier stages have been raised already."""
    jump = turn.jump
    traces = sorted({before_mark(name) for name in jump.reads} & set(found.traces))
    raised = sorted(before_mark(name) for name in jump.reads if name.startswith("after("))
    lines = [f"now = {now}", *(f"{name}_now = {_decayed(name)}" for name in traces)]
    lines += [f"{name}_then = {_raised(found, name)}" for name in raised]
    change = written(jump.tree, lambda name: _named(name, found))
    acts = _acts(found, turn)
    arguments = [written(part, lambda name: _named(name, found)) for part in above_zero(jump.tree)]
    # outside of its part a change is not made, so that it may be no number there
    defined = "".join(
        f"*(1 - {acts}*int(not ({argument} > 0)))" if acts else f"*int({argument} > 0)" for argument in arguments
    )
    return "\n".join(
        [
            *lines,
            f"w_free = w + {f'{acts}*' if acts else ''}{change}",
            # Not "not (abs(w_free) < HUGE)": that is turned into "abs(w_free) >= HUGE", which NaN fails too.
            f"is_number = int(abs(w_free) < {HUGE!r}){defined}",
            "blown_up_at = blown_up_at + (now - blown_up_at)*int(blown_up_at < 0)*(1 - is_number)",
            f"w = {_clipped(found, turn)}",
        ]
    )


def _acts(found: System, turn: Turn) -> str:
    """Whether a change is made in this turn, 0 or 1, from the weight before the instant; empty when it always is."""
    if turn.part == "whole":
        return ""
    before = written(turn.jump.hard, lambda name: "w_before" if name == WEIGHT else _named(name, found))
    return f"int({before} > 0)" if turn.part == "up" else f"(1 - int({before} > 0))"


def _clipped(found: System, turn: Turn) -> str:
    """The weight within its bounds: both, or that which the change leads to."""
    if found.rule.conventions.clipping == "both sides":
        return f"clip(w_free, {LOWER}, {UPPER})"
    is_up = turn.part == "up" or (turn.part == "whole" and turn.jump.sign == 1)
    return f"clip(w_free, -inf, {UPPER})" if is_up else f"clip(w_free, {LOWER}, inf)"


def _updates(found: System, event: str, now: str) -> str:
    lines = [f"now = {now}"]
    for trace, jump in found.traces.items():
        if jump.event == event:
            lines += [f"{trace}_x = {_raised(found, trace)}", f"{trace}_last = now"]
    return "\n".join(lines)


def _raised(found: System, trace: str) -> str:
    return f"{trace}_jump" if found.traces[trace].is_set else f"{_decayed(trace)} + {trace}_jump"


def _decayed(trace: str) -> str:
    return f"{trace}_x*exp(-(now - {trace}_last)/{trace}_tau)"


def _named(name: str, found: System) -> str:
    """A name of the record as it is printed in a change."""
    if name in (WEIGHT, LOWER, UPPER):
        return name
    if name in found.rule.values:
        return f"{name}_p"
    return f"{before_mark(name)}_then" if name.startswith("after(") else f"{name}_now"
