"""What one instant does to a rule's variables, printed as the lines of a function.

`$s` holds the variables, the weight first; `$e` says what comes, a bit an event. Names of the record stand for the
variables as they were just before; with a $ behind them, as the instant leaves them, stage by stage. Which change of w
has its turn first goes by the sign that it has then, so that a parameter may be anything.
"""

import ast
import math
from collections.abc import Mapping, Sequence

from plasticity.expressions import above_zero, names
from plasticity.javascript.expressions import local, printed, written_number
from plasticity.javascript.shares import share_lines
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.parts import LOWER, UPPER, Jump, Stage, before_mark
from plasticity.rules.system import System

Locals = dict[str, str]  # {variable: the local that holds it}


def instant_lines(found: System) -> list[str]:
    """The body of the function."""
    return _Writer(found).body()


def bit(found: System, event: str) -> int:
    """What stands for an event among those that come in one instant."""
    return 1 << found.rule.events.index(event)


class _Writer:
    """The lines of an instant, while they are written."""

    def __init__(self, found: System) -> None:
        self.found, self.lines = found, list[str]()
        self.variables = {variable.name: variable for variable in found.rule.variables}
        self.changes = {jump: number for number, jump in enumerate(found.jumps[WEIGHT])}

    def body(self) -> list[str]:
        named = [f"{local(name)} = $s[{place}]" for place, name in enumerate(self.variables)]
        self.lines.append(f"const {', '.join(named)};")
        before = {name: local(name) for name in self.variables}
        after = dict(before)
        for number, stage in enumerate(self.found.stages):
            after = self._stage(number, stage, after)
        self._send(before, after)
        self.lines += [
            f"$s[{place}] = {after[name]};" for place, name in enumerate(self.variables) if after[name] != before[name]
        ]
        return self.lines

    def _stage(self, number: int, stage: Stage, before: Locals) -> Locals:
        """What one stage leaves; all reads are of `before`, but that of a change's own variable."""
        turned = {turn.jump for turn in stage.turns}
        changes = [jump for event in stage.events for jump in self.changes if jump.event == event and jump in turned]
        changed = [*([WEIGHT] if changes else []), *stage.updates]
        if not changed:
            return before
        after = {**before, **{name: f"{local(name)}${number + 1}" for name in changed}}
        self.lines.append(f"let {', '.join(f'{after[name]} = {before[name]}' for name in changed)};")
        read = self._read(number, [*changes, *(jump for jumps in stage.updates.values() for jump in jumps)], before)
        self._turns(changes, after[WEIGHT], read)
        for name, jumps in stage.updates.items():
            for jump in jumps:
                self.lines.append(f"if ($e & {self._bit(jump)}) {self._changed(jump, after[name], read[jump])}")
        return after

    def _read(self, number: int, jumps: Sequence[Jump], before: Locals) -> dict[Jump, Locals]:
        """{jump: what each name in it is called}; before them, lines for what is read as its own jumps leave it."""
        found: dict[Jump, Locals] = {}
        for jump in jumps:
            found[jump] = dict(before)
            for name in sorted({*jump.reads, *names(jump.hard)}):
                if name != (variable := before_mark(name)):
                    found[jump][name] = self._left(number, variable, jump.event, before)
        return found

    def _left(self, number: int, variable: str, event: str, before: Locals) -> str:
        """The local with a variable as its own jumps of one event leave it."""
        left = f"{local(variable)}${event}{number}"
        if f"let {left} = {before[variable]};" in self.lines:
            return left
        jumps = [jump for jump in self.found.jumps[variable] if jump.event == event]
        read = self._read(number, jumps, before)
        self.lines.append(f"let {left} = {before[variable]};")
        self.lines += [f"if ($e & {self._bit(jump)}) {self._changed(jump, left, read[jump])}" for jump in jumps]
        return left

    def _turns(self, changes: Sequence[Jump], after: str, read: Mapping[Jump, Locals]) -> None:
        """The changes of w; of several those first that raise it, or those that lower it, by the conventions."""
        if len(changes) == 1:
            self.lines += self._guarded(f"$e & {self._bit(changes[0])}", self._change(changes[0], after, read))
            return
        if not changes:
            return
        for jump in changes:
            sign = f"{self._whole(jump.hard, read[jump])} > 0 ? 1 : 0"
            self.lines.append(f"const $up{self.changes[jump]} = $e & {self._bit(jump)} ? ({sign}) : -1;")
        is_up_first = self.found.rule.conventions.order == "potentiation first"
        order = "let $up = 1; $up >= 0; $up--" if is_up_first else "let $up = 0; $up <= 1; $up++"
        inner = [
            f"  {line}"
            for jump in changes
            for line in self._guarded(f"$up{self.changes[jump]} === $up", self._change(jump, after, read))
        ]
        self.lines += [f"for ({order}) {{", *inner, "}"]

    def _change(self, jump: Jump, after: str, read: Mapping[Jump, Locals]) -> list[str]:
        called = {**read[jump], WEIGHT: after}
        number = self.changes[jump]
        return [
            *share_lines(self.found, jump, number, lambda name: _called(name, called)),
            f"{after} = $kit.change({number}, {after}, {self._whole(jump.tree, called)});",
        ]

    def _guarded(self, condition: str, lines: Sequence[str]) -> list[str]:
        if len(lines) == 1:
            return [f"if ({condition}) {lines[0]}"]
        return [f"if ({condition}) {{", *(f"  {line}" for line in lines), "}"]

    def _changed(self, jump: Jump, after: str, read: Locals) -> str:
        """The statement of a jump of the state."""
        value = self._whole(jump.tree, {**read, jump.variable: after})
        value = value if jump.is_set else f"{after} + {value if _is_plain(value) else f'({value})'}"
        bounds, what = self.variables[jump.variable].bounds, f'"{jump.variable}"'
        if math.isfinite(bounds.lower) or math.isfinite(bounds.upper):
            ends = f"{written_number(bounds.lower)}, {written_number(bounds.upper)}"
            return f"{after} = $kit.within({what}, {value}, {after}, {ends});"
        is_number = names(jump.tree) <= set(self.found.values)
        return f"{after} = {value};" if is_number else f"{after} = $kit.number({what}, {value});"

    def _send(self, before: Locals, after: Locals) -> None:
        """What the presynaptic spike transmits, by the convention of the rule."""
        if "pre" not in self.found.rule.events:
            return
        tree, is_before = self.found.transmits, self.found.rule.conventions.transmitted == "before"
        called = dict(before if is_before else after)
        for name in names(tree):
            if name != (variable := before_mark(name)):
                called[name] = self._left(0, variable, "pre", before) if is_before else after[variable]
        self.lines.append(
            f"if ($e & {bit(self.found, 'pre')}) $kit.sent = {printed(tree, lambda n: _called(n, called))};"
        )

    def _whole(self, tree: ast.expr, called: Locals) -> str:
        """A change; NaN where it divides by zero, or takes the logarithm of what is not above zero."""
        text = printed(tree, lambda name: _called(name, called))
        if not (arguments := above_zero(tree)):
            return text
        conditions = " && ".join(f"{printed(argument, lambda n: _called(n, called))} > 0" for argument in arguments)
        return f"({conditions} ? {text} : NaN)"

    def _bit(self, jump: Jump) -> int:
        return bit(self.found, jump.event)


def _called(name: str, called: Mapping[str, str]) -> str:
    """A variable as it is read; the ends of the weight's bounds; a parameter."""
    ends = {LOWER: "$kit.lower", UPPER: "$kit.upper"}
    return called.get(name) or ends.get(name) or local(name)


def _is_plain(text: str) -> bool:
    return not text.startswith("-")
