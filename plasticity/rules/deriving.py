"""What is derived from single expressions and jumps of a rule: soft bounds, closed forms, the order of an instant."""

import ast
import math
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from plasticity.errors import RuleError
from plasticity.expressions import MARK, above_zero, names, parse, substituted
from plasticity.rules.conventions import WEIGHT, Conventions
from plasticity.rules.parts import LOWER, UPPER, Decay, Jump, Stage, Turn, before_mark
from plasticity.rules.polynomials import NoPolynomial, polynomial

if TYPE_CHECKING:
    from plasticity.rules.record import Bounds


# What stands for an empty trace where its logarithm is taken: the trace of a spike 230 time constants ago, or more.
FAINTEST = 1e-100


def softened(change: str, sign: int | None, bounds: "Bounds") -> str:
    """A change of w with the weight dependence of soft bounds: a power of the way to the bound that it leads to.

    sign : of the change, for all states; None when it can vary
    """
    way = f"({WEIGHT} - {LOWER})/({UPPER} - {LOWER})"
    up = f"*rectify(1 - {way})**{bounds.soft_upper}" if bounds.soft_upper else ""
    down = f"*rectify({way})**{bounds.soft_lower}" if bounds.soft_lower else ""
    match sign:
        case 0:
            return change
        case 1:
            return f"({change}){up}"
        case -1:
            return f"({change}){down}"
    return f"rectify({change}){up} - rectify(-({change})){down}"


def with_partner(change: ast.expr, traces: Collection[str]) -> ast.expr:
    """A change that takes the logarithm of a trace, or divides by it, as nothing while that trace is empty: without a
    partner there is no change. Else a function around it, such as tanh, would make a number of an infinity.

    traces : the variables that are 0 until the first spike
    """
    empty = sorted({name for part in above_zero(change) for name in names(part)} & set(traces))
    if not empty:
        return change
    text = "*".join(f"step({name})" for name in empty)
    filled = {name: _tree(f"maximum({name}, {FAINTEST})", [name]) for name in empty}
    return ast.BinOp(_tree(text, empty), ast.Mult(), substituted(change, filled))


def _tree(text: str, known: Collection[str]) -> ast.expr:
    return parse(text, known=known, where="a change", error=RuleError)


def decay(name: str, flow: ast.expr, values: Mapping[str, float]) -> Decay | None:
    """A flow in closed form, when it is linear in its variable, and nothing else in it changes.

    raises RuleError when it leads away from its rest, or knows none
    """
    if names(flow) - {name, *values}:
        return None
    try:
        with np.errstate(all="ignore"):  # a time constant of 0 is refused below
            terms = polynomial(flow, values, [name])
    except NoPolynomial:
        return None
    if set(terms) - {(), (name,)} or (name,) not in terms:
        return None
    rate, drive = float(-terms[(name,)]), float(terms.get((), 0.0))
    if not 0 < rate < math.inf:
        tau = 1 / rate if rate else math.inf
        what = f"the flow of {name}, {ast.unparse(flow)}"
        raise RuleError(f"{what}, has the time constant {tau:g} s; more than 0 is needed")
    return Decay(drive / rate, 1 / rate)


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


def circle(jumps: Mapping[str, Sequence[Jump]], event: str) -> list[str]:
    """The variables whose jumps at an event read each other's results, so that they have no order; empty when none."""
    waits = {name: _awaited(own, event) for name, own in jumps.items()}
    while waits:
        free = [name for name, others in waits.items() if not others & set(waits)]
        if not free:
            break
        waits = {name: others for name, others in waits.items() if name not in free}
    return list(waits)


def _awaited(jumps: Sequence[Jump], event: str) -> set[str]:
    """The variables whose jumps at an event these jumps read the results of."""
    read = {name for jump in jumps if jump.event == event for name in jump.reads}
    return {before_mark(name) for name in read if name.startswith(f"{MARK}(")}
