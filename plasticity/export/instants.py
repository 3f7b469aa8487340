"""What happens at one instant as a list of acts, each of one event, in an order in which none hides from another what
it should read: for languages whose lines are carried out one after another."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from plasticity.errors import UnsupportedRule
from plasticity.expressions import names, substituted
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.parts import Jump, Stage, Turn, before_mark
from plasticity.rules.system import System
from plasticity.spiking.instants import joined

BEFORE = "w_before"  # the weight as it was before the instant
SENT = "sent"  # what a presynaptic spike transmits


@dataclass(frozen=True, eq=False)
class Act:
    """One thing that an event does.

    variable : that it changes; `BEFORE` where it keeps the weight for later
    jumps    : of a variable of the state, one after another; of the weight, one
    tree     : of what is no jump, what it becomes
    part     : of a change of w: 'whole', 'up' or 'down'
    reads    : the variables that it reads as they were before the instant
    """

    event: str
    variable: str
    jumps: tuple[Jump, ...] = ()
    part: str = "whole"
    reads: frozenset[str] = frozenset()
    tree: ast.expr = ast.Name(WEIGHT)


def acts(found: System) -> list[list[Act]]:
    """What an instant does in which all events come, stage by stage, each in an order that needs no look ahead.

    raises UnsupportedRule where there is no such order
    """
    stages = [_acts_of(found, stage) for stage in found.stages]
    if found.rule.transmits != WEIGHT and found.rule.conventions.transmitted == "before":
        tree = _written_out(found, found.transmits, "pre")
        stages[0].append(Act("pre", SENT, reads=names(tree) & _variables(found), tree=tree))
    elif found.rule.transmits != WEIGHT:
        own = {name: ast.Name(before_mark(name)) for name in names(found.transmits) if name != before_mark(name)}
        stages.append([Act("pre", SENT, tree=substituted(found.transmits, own))])
    return [_ordered(found, stage) for stage in stages]


def together(acts: Sequence[Act]) -> list[list[Act]]:
    """Neighbours of one event in one list."""
    runs: list[list[Act]] = []
    for act in acts:
        if not runs or runs[-1][0].event != act.event:
            runs.append([])
        runs[-1].append(act)
    return runs


def change(found: System, jump: Jump) -> ast.expr:
    """What a jump adds, or sets, with the results of other jumps that it reads written out."""
    return _written_out(found, jump.tree, jump.event)


def _written_out(found: System, tree: ast.expr, event: str) -> ast.expr:
    marked = [name for name in names(tree) if name != before_mark(name)]
    return substituted(tree, {name: _result(found, before_mark(name), event) for name in marked}) if marked else tree


def _result(found: System, variable: str, event: str) -> ast.expr:
    """A variable as its jumps at an event leave it."""
    result: ast.expr = ast.Name(variable)
    for jump in found.jumps[variable]:
        if jump.event == event:
            tree = substituted(change(found, jump), {variable: result})
            result = tree if jump.is_set else ast.BinOp(result, ast.Add(), tree)
    return result


def _acts_of(found: System, stage: Stage) -> list[Act]:
    turns = joined(stage.turns, found.rule.conventions.clipping)
    kept = [turn for turn in turns if turn.part != "whole" and WEIGHT in names(turn.jump.hard)]
    looks = [Act(event, BEFORE, reads=frozenset({WEIGHT})) for event in dict.fromkeys(t.jump.event for t in kept)]
    changes = [_turn(found, turn) for turn in turns]
    updates = [
        Act(event, name, own, reads=_read(found, own) - {name})
        for name, jumps in stage.updates.items()
        for event in dict.fromkeys(jump.event for jump in jumps)
        if (own := tuple(jump for jump in jumps if jump.event == event))
    ]
    return [*looks, *changes, *updates]


def _turn(found: System, turn: Turn) -> Act:
    return Act(turn.jump.event, WEIGHT, (turn.jump,), turn.part, _read(found, (turn.jump,)) - {WEIGHT})


def _read(found: System, jumps: Sequence[Jump]) -> frozenset[str]:
    return frozenset[str]().union(*(names(change(found, jump)) for jump in jumps)) & _variables(found)


def _variables(found: System) -> frozenset[str]:
    return frozenset(variable.name for variable in found.rule.variables)


def _ordered(found: System, left: list[Act]) -> list[Act]:
    """Each act before those that change what it reads, and those on one variable in their turn."""
    done: list[Act] = []
    while left:
        free = [act for act in left if not any(_is_awaited(act, other, left) for other in left)]
        if not free:
            raise UnsupportedRule(
                f"{found.rule.name}: at one instant {' and '.join(sorted({act.variable for act in left}))} each read "
                "what the other changes, which lines one after another cannot; plasticity.events reads it"
            )
        # one that stays with the event before it makes one pathway less
        act = next((act for act in free if done and act.event == done[-1].event), free[0])
        done.append(act)
        left.remove(act)
    return done


def _is_awaited(act: Act, other: Act, left: Sequence[Act]) -> bool:
    """Whether `act` has to wait for `other`."""
    if other is act:
        return False
    if other.variable == act.variable:
        return left.index(other) < left.index(act)
    return act.variable in other.reads
