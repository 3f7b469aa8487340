"""A rule printed as lines of a kernel: how its variables advance between events, and what an instant does to them.

A kernel holds the variables of a synapse in locals while it works on it. Names of the record get an ending: `_x` a
variable, the weight too, `_p` a number (a parameter, a rest, a rate, a bound), `_s` a signal. Numbers are arguments of
a kernel, never part of it, so that rules that differ in numbers share one. Every line assigns a local of its own, so
that what is read "as before" needs no care, and what nobody reads costs nothing.
"""

import math
from collections.abc import Callable, Collection, Mapping
from functools import cached_property

import numpy as np

from plasticity.arrays import Floats
from plasticity.compiled.expressions import printed
from plasticity.compiled.weights.flowing import FlowText
from plasticity.expressions import above_zero, names
from plasticity.rules.conventions import HUGE, WEIGHT
from plasticity.rules.parts import Decay, Jump, Stage, Turn, before_mark
from plasticity.rules.system import System
from plasticity.rules.variables import Variable

Locals = dict[str, str]  # {variable: the local that holds it}


class RuleText:
    """The lines of a rule, as its system says.

    A kernel has `failed = -1` and `bad = 0.0` before an instant; after it `failed` is the place in `variables` of the
    first number that stopped being finite, and `bad` is that number.
    """

    def __init__(self, found: System) -> None:
        self.found = found
        self.variables = [variable.name for variable in found.rule.variables]

    @cached_property
    def numbers(self) -> dict[str, float]:
        """{printed name: value}, in the order of the array that a kernel gets: parameters; of what relaxes the rest,
        where it is not zero, and the rate, -1/tau; bounds."""
        found, values = self.found, {f"{name}_p": value for name, value in self.found.rule.values.items()}
        for name, decay in self.moving.items():
            values |= {f"{name}_rest_p": decay.rest} if decay.rest else {}
            values[f"{name}_rate_p"] = -1.0 / decay.tau
        for variable in found.rule.variables:
            if _is_bounded(variable) or variable.name == WEIGHT:
                lower, upper = variable.bounds.lower, variable.bounds.upper
                values |= {f"{variable.name}_lower_p": lower, f"{variable.name}_upper_p": upper}
        return {name: float(value) for name, value in values.items()}

    @cached_property
    def array(self) -> Floats:
        """The numbers as the array that a kernel gets."""
        return np.array(list(self.numbers.values()))

    @cached_property
    def moving(self) -> dict[str, Decay]:
        """{variable: how it relaxes}, of those that move between events in closed form."""
        return {name: decay for name, decay in self.found.relaxing.items() if math.isfinite(decay.tau)}

    @cached_property
    def flow(self) -> FlowText | None:
        """The lines of a weight that moves between events; None where it stands still, or has no closed form."""
        integral = self.found.integral
        return FlowText(integral, self.found.relaxing, self.found.rule.bounds) if integral else None

    def unpacked(self, array: str) -> list[str]:
        """The lines that make locals of the numbers in an array of the kernel."""
        return [f"{name} = {array}[{place}]" for place, name in enumerate(self.numbers)]

    def advanced(self, variables: Collection[str], age: str = "age") -> list[str]:
        """The lines that let some variables relax for a time.

        age : an expression for the seconds
        """
        lines = []
        for name, decay in self.moving.items():
            if name in variables:
                rest, x = f"{name}_rest_p", f"{name}_x"
                factor = f"np.exp({age}*{name}_rate_p)"
                lines.append(f"{x} = {rest} + ({x} - {rest})*{factor}" if decay.rest else f"{x} = {x}*{factor}")
        return lines

    def instant(
        self, events: Collection[str], *, only: Collection[str] | None = None, is_sent: bool = False
    ) -> list[str]:
        """The lines of an instant in which just these events come, from the locals `_x` just before it to themselves.

        only    : the variables that are changed; by default all
        is_sent : whether the local `sent` becomes what the presynaptic spike transmits
        """
        writer = _Writer(self, frozenset(events))
        before = {name: f"{name}_x" for name in self.variables}
        after = dict(before)
        for number, stage in enumerate(self.found.stages):
            after = writer.stage(number, stage, after, only)
        if is_sent:
            writer.send(before, after)
        return [*writer.lines, *(f"{name}_x = {after[name]}" for name in self.variables if after[name] != f"{name}_x")]


class _Writer:
    """The lines of one instant, while they are written."""

    def __init__(self, text: RuleText, events: frozenset[str]) -> None:
        self.text, self.found, self.events = text, text.found, events
        self.lines: list[str] = []
        self.bounds = {v.name: v for v in text.found.rule.variables}
        self._left: dict[tuple[int, str, str], str] = {}
        self._n_locals = 0

    def stage(self, number: int, stage: Stage, before: Locals, only: Collection[str] | None) -> Locals:
        """What one stage leaves; all reads are of `before`, but that of a change's own variable."""
        after = dict(before)
        here = [event for event in stage.events if event in self.events]
        for turn in stage.turns:
            if turn.jump.event in here and (only is None or WEIGHT in only):
                after[WEIGHT] = self._turn(number, turn, after[WEIGHT], before)
        for name, jumps in stage.updates.items():
            for jump in jumps:
                if jump.event in here and (only is None or name in only):
                    after[name] = self._changed(number, jump, after[name], before)
        return after

    def send(self, before: Locals, after: Locals) -> None:
        """What the presynaptic spike transmits, by the convention of the rule."""
        tree = self.found.transmits
        is_before = self.found.rule.conventions.transmitted == "before"
        called = dict(before if is_before else after)
        for name in names(tree):
            if name != (variable := before_mark(name)):
                called[name] = self._own_jumps(0, variable, "pre", before) if is_before else after[variable]
        self.lines.append(f"sent = {printed(tree, self._renamer(called))}")

    def _turn(self, number: int, turn: Turn, value: str, before: Locals) -> str:
        """A change of w; of a part only where it has the sign that the part is of, with w as it was before."""
        if turn.part == "whole":
            return self._changed(number, turn.jump, value, before)
        called = self._read(number, turn.jump, before[WEIGHT], before)
        hard, after = self._new(), self._new()
        self.lines += [f"{hard} = {printed(turn.jump.hard, self._renamer(called))}", f"{after} = {value}"]
        outer, self.lines = self.lines, []
        found = self._changed(number, turn.jump, value, before)
        inner, self.lines = [*self.lines, f"{after} = {found}"], outer
        condition = f"{hard} > 0.0" if turn.part == "up" else f"not {hard} > 0.0"
        self.lines += [f"if {condition}:", *(f"    {line}" for line in inner)]
        return after

    def _changed(self, number: int, jump: Jump, value: str, before: Locals) -> str:
        """A variable after one jump."""
        rename = self._renamer(self._read(number, jump, value, before))
        change, after = printed(jump.tree, rename), self._new()
        if arguments := [printed(argument, rename) for argument in above_zero(jump.tree)]:
            condition = " and ".join(f"{argument} > 0.0" for argument in arguments)
            change = f"({change} if {condition} else np.nan)"
        self.lines.append(f"{after} = {change if jump.is_set else f'{value} + {change}'}")
        place = self.text.variables.index(jump.variable)
        if jump not in self.found.traces.values():  # which are raised by a number
            self.lines += [
                f"if not abs({after}) < {HUGE!r} and failed < 0:",
                f"    failed = {place}",
                f"    bad = {after}",
            ]
        self._clip(jump.variable, value, after)
        return after

    def _clip(self, variable: str, value: str, after: str) -> None:
        """Keep a variable within its bounds: both, or that which the change leads to."""
        if not _is_bounded(self.bounds[variable]):
            return
        lower, upper = f"{variable}_lower_p", f"{variable}_upper_p"
        is_own_side = self.found.rule.conventions.clipping == "own side"
        up, down = (f" and {after} > {value}", f" and {after} < {value}") if is_own_side else ("", "")
        self.lines += [f"if {after} > {upper}{up}:", f"    {after} = {upper}"]
        self.lines += [f"elif {after} < {lower}{down}:", f"    {after} = {lower}"]

    def _read(self, number: int, jump: Jump, value: str, before: Locals) -> Locals:
        """What a jump reads: `value` for its own variable, all else as before, or as its own jump leaves it."""
        called = {**before, jump.variable: value}
        for name in {*jump.reads, *names(jump.hard)}:
            if name != (variable := before_mark(name)):
                called[name] = self._own_jumps(number, variable, jump.event, before)
        return called

    def _own_jumps(self, number: int, variable: str, event: str, before: Locals) -> str:
        """The local with a variable as its own jumps of one event leave it."""
        key = (number, variable, event)
        if key not in self._left:
            value = before[variable]
            if event in self.events:
                for jump in self.found.jumps[variable]:
                    if jump.event == event:
                        value = self._changed(number, jump, value, before)
            self._left[key] = value
        return self._left[key]

    def _renamer(self, called: Mapping[str, str]) -> Callable[[str], str]:
        signals = {signal.name for signal in self.found.rule.signals}

        def rename(name: str) -> str:
            return called.get(name) or (f"{name}_s" if name in signals else f"{name}_p")

        return rename

    def _new(self) -> str:
        self._n_locals += 1
        return f"made_{self._n_locals}"


def _is_bounded(variable: Variable) -> bool:
    return math.isfinite(variable.bounds.lower) or math.isfinite(variable.bounds.upper)
