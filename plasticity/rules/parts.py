"""What a rule is taken apart into: jumps, their turns and stages at one instant, and flows in closed form."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from plasticity.expressions import MARK, names

Home = Literal["pre", "post", "synapse"]
Part = Literal["whole", "up", "down"]
# The ends of the weight's bounds, as the changes of a rule with soft bounds read them.
LOWER, UPPER = "w_lower", "w_upper"


@dataclass(frozen=True)
class Jump:
    """One change at an event.

    tree : what is added; `is_set`: what the variable becomes
    hard : the same without the weight dependence of soft bounds; its sign says when the change has its turn
    sign : of what is added, for all states: 1 never negative, -1 never positive, 0; None when it can vary
    """

    variable: str
    event: str
    tree: ast.expr
    hard: ast.expr
    is_set: bool
    sign: int | None

    @cached_property
    def reads(self) -> frozenset[str]:
        """The names in it; 'after(x)' for an x that is read as its jump at the same event leaves it."""
        return frozenset(names(self.tree))


class Turn(NamedTuple):
    """A change of w, or the part of it that raises or lowers w, in the order of an instant."""

    jump: Jump
    part: Part


class Stage(NamedTuple):
    """What happens together at one instant: all reads, then the changes of w in turn, then the jumps of the state.

    events  : those that act in this stage
    turns   : the changes of w, in their order
    updates : {variable: its jumps, in their order}
    """

    events: tuple[str, ...]
    turns: tuple[Turn, ...]
    updates: Mapping[str, tuple[Jump, ...]]


class Decay(NamedTuple):
    """A flow towards `rest`, exponentially, with the time constant `tau` in seconds."""

    rest: float
    tau: float


def before_mark(name: str) -> str:
    """The variable that a name stands for: 'x' for 'after(x)', which is read as its jump leaves it, and for 'x'."""
    return name.removeprefix(f"{MARK}(").removesuffix(")")
