"""What the events of one instant do, in their order, by the conventions of a rule."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from plasticity.errors import RuleError
from plasticity.expressions import MARK, names
from plasticity.rules.conventions import SPIKES, WEIGHT, Conventions
from plasticity.rules.parts import Jump, Stage, Turn, before_mark

if TYPE_CHECKING:
    from plasticity.rules.system import System
    from plasticity.rules.variables import Variable


def stages_of(found: "System") -> tuple[Stage, ...]:
    """What happens at one instant when all events of the rule come in it."""
    rest = tuple(event for event in found.rule.events if event not in SPIKES)
    spikes = tuple(event for event in SPIKES if event in found.rule.events)
    match found.rule.conventions.coincidence:
        case "pre first":
            return _together(found, ("pre",)), _together(found, ("post", *rest))
        case "post first":
            return _together(found, ("post",)), _together(found, ("pre", *rest))
    opened = _opened(found)
    together = _together(found, (*spikes, *rest))
    if not opened:
        return (together,)
    left = {name: tuple(j for j in jumps if j not in opened) for name, jumps in together.updates.items()}
    together = together._replace(updates={name: jumps for name, jumps in left.items() if jumps})
    return _opened_first(opened), together


def check_circle(found: "System", event: str) -> None:
    """Raise RuleError for `after(x)` in a jump of x, or in a circle of jumps at an event."""
    waiting = _circle({variable.name: _awaited(found, variable, event) for variable in found.rule.variables})
    if waiting:
        raise RuleError(
            f"{found.rule.name}: at {event} the jumps of {' and '.join(waiting)} read each other's results, which "
            "has no order; let one of them read the value before, without after()"
        )


def _together(found: "System", events: tuple[str, ...]) -> Stage:
    return stage(events, found.jumps, found.rule.conventions)


def _opened_first(opened: Sequence[Jump]) -> Stage:
    """The stage in which the postsynaptic spike moves gates before anything reads them."""
    gates = dict.fromkeys(jump.variable for jump in opened)
    return Stage(("post",), (), {name: tuple(jump for jump in opened if jump.variable == name) for name in gates})


def _opened(found: "System") -> tuple[Jump, ...]:
    """The jumps of gates that come before all else in an instant."""
    if found.rule.conventions.gates == "as before":
        return ()
    gates = [variable.name for variable in found.rule.state if _is_gate(found, variable)]
    return tuple(jump for name in gates for jump in found.jumps[name] if jump.event == "post")


def _is_gate(found: "System", variable: "Variable") -> bool:
    is_moving = variable.name in found.flows_of_state or variable.name in found.noises
    return not is_moving and all(j.is_set and j.reads <= set(found.values) for j in found.jumps[variable.name])


def stage(events: tuple[str, ...], jumps: Mapping[str, Sequence[Jump]], conventions: Conventions) -> Stage:
    """What these events do together at one instant, the changes of w in their turn."""
    found = [jump for jump in jumps[WEIGHT] if jump.event in events]
    found.sort(key=lambda jump: events.index(jump.event))
    up = [Turn(jump, "whole" if jump.sign is not None else "up") for jump in found if jump.sign in (0, 1, None)]
    down = [Turn(jump, "whole" if jump.sign is not None else "down") for jump in found if jump.sign in (-1, None)]
    if len(found) == 1 and (found[0].sign is not None or conventions.clipping == "both sides"):
        up, down = [Turn(found[0], "whole")], []  # nothing to be put in order
    turns = [*up, *down] if conventions.order == "potentiation first" else [*down, *up]
    here = {name: tuple(jump for jump in all_ if jump.event in events) for name, all_ in jumps.items()}
    return Stage(events, tuple(turns), {name: found for name, found in here.items() if found and name != WEIGHT})


def _circle(waits: Mapping[str, set[str]]) -> list[str]:
    """The variables that wait for each other's results, so that they have no order; empty when none.

    waits : {variable: those whose results it reads}
    """
    while waits:
        free = [name for name, others in waits.items() if not others & set(waits)]
        if not free:
            break
        waits = {name: others for name, others in waits.items() if name not in free}
    return list(waits)


def _awaited(found: "System", variable: "Variable", event: str) -> set[str]:
    """The variables whose jumps at an event the jumps of this one read the results of."""
    read = set[str]()
    for text in variable.changes.get(event, ()):
        with suppress(RuleError):  # a text that is no expression is refused elsewhere
            read |= names(found.parsed(text.removeprefix("="), "a jump", after=found.jumping(event)))
    return {before_mark(name) for name in read if name.startswith(f"{MARK}(")}
