"""A rule as a synapse of Brian2: its model, and its pathways in the order of what happens at one instant."""

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from plasticity.export.brian2_names import brian2_name
from plasticity.export.instants import BEFORE, SENT, Act, acts, change, together
from plasticity.export.words import Call, called, folded, printed
from plasticity.expressions import names
from plasticity.rules import Bounds
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.homes import stepped
from plasticity.rules.parts import LOWER, UPPER
from plasticity.rules.system import System


def _between(x: ast.expr, lower: str, upper: str) -> ast.expr:
    return called("clip", x, ast.parse(lower, mode="eval").body, ast.parse(upper, mode="eval").body)


CALLS: dict[str, Call] = {
    "rectify": lambda x: _between(x, "0", "inf"),
    "step": lambda x: called("int", ast.Compare(x, [ast.Gt()], [ast.Constant(0)])),
    "minimum": lambda x, y: called("clip", x, ast.parse("-inf", mode="eval").body, y),
    "maximum": lambda x, y: called("clip", x, y, ast.Name("inf")),
}


@dataclass(frozen=True)
class Pathway:
    """What an event does in one go."""

    name: str
    event: str
    lines: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Synapse:
    """The text of a rule for Brian2's Synapses."""

    found: System

    @cached_property
    def is_stepped(self) -> bool:
        """Whether time passes for it in steps: something flows that has no closed form of its own."""
        return bool(stepped(self.found))

    @cached_property
    def model(self) -> list[str]:
        """The equations."""
        found, kind = self.found, "clock-driven" if self.is_stepped else "event-driven"
        lines = []
        for variable in (found.rule.weight, *found.rule.state):
            name = self.name(variable.name)
            flow = found.flows.get(variable.name)
            lines.append(f"d{name}/dt = ({self._flow(flow)})/second : 1 ({kind})" if flow else f"{name} : 1")
        for signal in found.rule.signals:
            late = f" - {self.name(signal.delay)}*second" if signal.delay else ""
            prompt = found.rule.prompt(signal).name
            lines.append(f"{self.name(signal.name)} = {prompt}_course(t{late}) : 1")
        kept = {act.variable for stage in self._stages for act in stage} & {BEFORE, SENT}
        return [*lines, *(f"{name} : 1" for name in sorted(kept))]

    @cached_property
    def pathways(self) -> list[Pathway]:
        """In the order in which they run."""
        runs = [run for stage in self._stages for run in together(stage)]
        numbers = dict.fromkeys(self.found.rule.events, 0)
        made = []
        for run in runs:
            event = run[0].event
            numbers[event] += 1
            lines = tuple(line for act in run for line in self._lines(act))
            made.append(Pathway(f"{event}_{numbers[event]}", event, lines))
        return made

    @cached_property
    def numbers(self) -> dict[str, float]:
        """{printed name: value} of the parameters and bounds that are read."""
        text = " ".join([*self.model, *(line for path in self.pathways for line in path.lines), *self.ends])
        read = set(re.findall(r"\w+", text))
        delays = {self.name(name) for name in self.found.rule.delays.values()}
        found = {self.name(name): value for name, value in self.found.values.items()}
        return {name: value for name, value in found.items() if np.isfinite(value) and name in read | delays}

    @cached_property
    def ends(self) -> list[str]:
        """What keeps flowing variables within their bounds, at the end of a step."""
        if not self.is_stepped:
            return []
        flowing = [v for v in self.found.rule.variables if v.name in self.found.flows]
        return [
            f"{x} = {self._bounded(x, v.bounds, v.name)}"
            for v in flowing
            if _is_bounded(v.bounds) and (x := self.name(v.name))
        ]

    def name(self, name: str) -> str:
        """What a name of the rule is called."""
        return brian2_name(name, self.found.known)

    def text(self, tree: ast.expr) -> str:
        """An expression."""
        return printed(tree, self.name, CALLS)

    def _flow(self, tree: ast.expr) -> str:
        """A flow. Switches in it that only parameters move are numbers: Brian2 solves it in symbols, without them."""
        return self.text(tree if self.is_stepped else folded(tree, self.found.values))

    @cached_property
    def _stages(self) -> list[list[Act]]:
        return acts(self.found)

    def _lines(self, act: Act) -> Sequence[str]:
        if act.variable == BEFORE:
            return [f"{BEFORE} = {WEIGHT}"]
        if act.variable == SENT:
            return [f"{SENT} = {self.text(act.tree)}"]
        if act.variable == WEIGHT:
            return self._change(act)
        bounds = next(v.bounds for v in self.found.rule.state if v.name == act.variable)
        x, lines = self.name(act.variable), []
        for jump in act.jumps:
            what = self.text(change(self.found, jump))
            free = what if jump.is_set else _sum(x, what)
            lines.append(f"{x} = {self._bounded(free, bounds, act.variable)}")
        return lines

    def _change(self, act: Act) -> list[str]:
        """A change of the weight, or the part of it that raises or lowers it."""
        jump, bounds = act.jumps[0], self.found.rule.bounds
        what, lines = self.text(change(self.found, jump)), []
        if act.part != "whole":
            if WEIGHT in names(jump.hard):
                sign = printed(jump.hard, lambda name: BEFORE if name == WEIGHT else self.name(name), CALLS)
                lines.append(f"acts = int({sign} > 0)")
                what = f"{'acts' if act.part == 'up' else '(1 - acts)'}*({what})"
            else:
                what = f"clip({what}, 0, inf)" if act.part == "up" else f"clip({what}, -inf, 0)"
        if self.found.rule.conventions.clipping == "own side":
            is_up = act.part == "up" or (act.part == "whole" and jump.sign != -1)
            bounds = Bounds(upper=bounds.upper) if is_up else Bounds(lower=bounds.lower)
        return [*lines, f"{WEIGHT} = {self._bounded(_sum(WEIGHT, what), bounds, WEIGHT)}"]

    def _bounded(self, what: str, bounds: Bounds, variable: str) -> str:
        """Clipped to bounds; those of the weight have names."""
        if not _is_bounded(bounds):
            return what
        lower, upper = (LOWER, UPPER) if variable == WEIGHT else (repr(bounds.lower), repr(bounds.upper))
        lower = lower if np.isfinite(bounds.lower) else "-inf"
        return f"clip({what}, {lower}, {upper if np.isfinite(bounds.upper) else 'inf'})"


def _is_bounded(bounds: Bounds) -> bool:
    return bool(np.isfinite(bounds.lower) or np.isfinite(bounds.upper))


def _sum(x: str, what: str) -> str:
    tree = ast.parse(what, mode="eval").body
    if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Add | ast.Sub):
        return f"{x} + ({what})"
    return f"{x} - {what[1:]}" if what.startswith("-") else f"{x} + {what}"
