"""What one event does to a synapse in one stage of an instant, printed as Brian2 text."""

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from plasticity.expressions import above_zero, written
from plasticity.rules.conventions import HUGE, WEIGHT
from plasticity.rules.parts import LOWER, UPPER, Jump, before_mark
from plasticity.rules.system import System
from plasticity.spiking.instants import Block

_TO_INFINITY = "1e8"  # takes HUGE, and more, beyond all numbers


@dataclass(frozen=True)
class Printer:
    """Prints what `event` does in the stage of that number.

    seen : the variables, and w, that the stage has changed when the event reads them: it has looked at them before
    is_dated : whether it is noted when a new value is no number
    """

    found: System
    stage: int
    event: str
    seen: frozenset[str] = frozenset()
    is_dated: bool = False

    def printed(self, tree: ast.expr, names: Mapping[str, str] | None = None) -> str:
        """An expression; names : what to call some of its variables, in place of the usual."""
        own = names or {}

        def name(item: str) -> str:
            if item in own:
                return own[item]
            if item in (LOWER, UPPER):
                return item
            if item == WEIGHT:
                return seen(WEIGHT) if WEIGHT in self.seen else WEIGHT
            if item in self.found.rule.values:
                return f"{item}_p"
            if any(item == signal.name for signal in self.found.rule.signals):
                return f"{item}_s"
            return f"{item}_now" if item == before_mark(item) else f"{before_mark(item)}_then"

        return written(tree, name)

    def look(self, names: Iterable[str]) -> Block:
        """Keeps variables as they are, for when they have been changed."""
        lines = [f"{seen(name)} = {name if name == WEIGHT else f'{name}_now'}" for name in names]
        return self.block(lines, names, {mark(name) for name in names})

    def update(self, jumps: Mapping[str, tuple[Jump, ...]]) -> Block:
        """The jumps of variables of the state: all are worked out, then written."""
        lines = self.after(jumps)
        for name in jumps:
            lines += [f"{name}_x = {name}_then", *([f"{name}_last = now"] if is_timed(self.found, name) else [])]
        return self.block(lines, self.read_by(jumps), set(jumps))

    def after(self, jumps: Mapping[str, tuple[Jump, ...]]) -> list[str]:
        """What makes `x_then` of each variable, behind those whose results it reads."""
        lines, done = list[str](), set[str]()

        def make(name: str, own: tuple[Jump, ...]) -> None:
            if name not in done:
                done.add(name)
                then(name, own, f"{name}_now")

        def then(name: str, own: tuple[Jump, ...], start: str) -> None:
            for other in sorted(_awaited(own)):
                make(other, self._own(other))
            lines.extend(self._then(name, own, start))

        for name in sorted(jumps, key=lambda name: name in self.seen):
            if name not in self.seen:
                make(name, jumps[name])
            else:  # itself it reads as it is, the others and `after` read it as it was
                then(name, jumps[name], f"({value(self.found, name)})")
        return lines

    def results(self, reads: Iterable[str]) -> list[str]:
        """What makes `x_then` for an expression that reads `after(x)`."""
        names = sorted(before_mark(name) for name in reads if name != before_mark(name))
        return self.after({name: self._own(name) for name in names})

    def read_by(self, jumps: Mapping[str, tuple[Jump, ...]]) -> set[str]:
        """The names that jumps of the state read, their own variables among them."""
        read = {name for own in jumps.values() for jump in own for name in jump.reads}
        is_own_side = self.found.rule.conventions.clipping == "own side"  # which compares with the value before
        return read | {
            name for name, own in jumps.items() if not own[0].is_set or (is_own_side and is_bounded(self.found, name))
        }

    def sound(self, target: str, value: str, free: str, arguments: Iterable[str], acts: str = "") -> list[str]:
        """What gives a new value to a variable, and tells if it is no number."""
        return sound(target, value, free, arguments, acts, is_dated=self.is_dated)

    def block(self, lines: Iterable[str], reads: Iterable[str], writes: Iterable[str]) -> Block:
        """Lines, with the values that they read looked up before them."""
        names = self._all(reads)
        state = sorted(names & self.found.starts.keys())
        nows = {f"{name}_now": self.now(name) for name in state}
        matter = {mark(name) if name in self.seen else name for name in names if name not in self.found.traces}
        return Block(self.event, tuple(lines), nows, frozenset(matter), frozenset(writes))

    def _all(self, reads: Iterable[str]) -> set[str]:
        """The variables that are read, those behind `after(x)` too."""
        found = {before_mark(name) for name in reads}
        waiting = {before_mark(name) for name in reads if name != before_mark(name)}
        while waiting:
            name = waiting.pop()
            more = self.read_by({name: self._own(name)})
            waiting |= {before_mark(item) for item in more if item != before_mark(item)} - found
            found |= {before_mark(item) for item in more}
        return found

    def now(self, name: str) -> str:
        """A variable of the state as a jump reads it."""
        return seen(name) if name in self.seen else value(self.found, name, is_raised=self.is_raised(name))

    def is_raised(self, name: str) -> bool:
        """Whether a plain trace is read as its events of this instant leave it: those of an earlier stage."""
        return name in self.found.traces and self.found.stage_of(self.found.traces[name].event) < self.stage

    def _own(self, name: str) -> tuple[Jump, ...]:
        return tuple(jump for jump in self.found.jumps[name] if jump.event == self.event)

    def _then(self, name: str, own: tuple[Jump, ...], current: str) -> list[str]:
        """The jumps of a variable one after another: each reads it as the one before left it."""
        lines = []
        for jump in own:
            change = self.printed(jump.tree, {name: current})
            # of one element, even if it is the same for all: Brian2 wants what is shared to come first
            own_zero = "0*blown_up_at" if self.is_dated else f"0*{name}_x"
            lines.append(f"{name}_free = {f'{change} + {own_zero}' if jump.is_set else f'{current} + {change}'}")
            arguments = [self.printed(part, {name: current}) for part in above_zero(jump.tree)]
            lines += self.sound(f"{name}_then", self._clipped(name, current), f"{name}_free", arguments)
            current = f"{name}_then"
        return lines

    def _clipped(self, name: str, current: str) -> str:
        """A new value within the bounds of its variable: both, or that which the change leads to."""
        free = f"{name}_free"
        if not is_bounded(self.found, name):
            return free
        if self.found.rule.conventions.clipping == "both sides":
            return f"clip({free}, {name}_lower, {name}_upper)"
        lower, upper = f"clip({free}, {name}_lower, inf)", f"clip({free}, -inf, {name}_upper)"
        return f"{free} + ({lower} - {free})*int({free} < {current}) + ({upper} - {free})*int({free} > {current})"


def sound(
    target: str, value: str, free: str, arguments: Iterable[str] = (), acts: str = "", *, is_dated: bool
) -> list[str]:
    """Gives `value` to a variable, and tells if it would be no number where bounds did not hide it.

    free      : the new value before bounds
    arguments : what must be above 0 for the value to be defined
    acts      : 1 where the change is made, 0 where it may be no number; empty when it always is
    is_dated  : whether the time is noted, which costs a number in every synapse; else the variable itself is no number
                from then on, for infinity times 0 is none
    """
    defined = "".join(
        f"*(1 - {acts}*int(not ({argument} > 0)))" if acts else f"*int({argument} > 0)" for argument in arguments
    )
    if not is_dated:
        # In a line of its own: where a variable is read in what it becomes, Brian2 simplifies, and 0*x is 0 to it
        told = f"0*({_TO_INFINITY}*{free})" + (f"/(1{defined})" if defined else "")
        return [f"{target}_sound = {value}", f"{target} = {target}_sound + {told}"]
    return [
        # Not "not (abs(w_free) < HUGE)": that is turned into "abs(w_free) >= HUGE", which NaN fails too.
        f"is_number = int(abs({free}) < {HUGE!r}){defined}",
        "blown_up_at = blown_up_at + (now - blown_up_at)*int(blown_up_at < 0)*(1 - is_number)",
        f"{target} = {value}",
    ]


def value(found: System, name: str, *, is_raised: bool = True, now: str = "now") -> str:
    """A variable of the state at the time `now`; is_raised : of a plain trace, whether events of this instant count."""
    if not is_timed(found, name):
        return f"{name}_x"
    x, decayed = f"{name}_x", f"exp(-({now} - {name}_last)/{name}_tau)"
    if name in found.traces:
        is_over = f"int({name}_last < {now})"
        if found.traces[name].is_set:
            x = f"{name}_jump" if is_raised else f"({name}_jump*{is_over} + {name}_x*(1 - {is_over}))"
        else:
            x = f"({name}_x + {name}_jump{'' if is_raised else f'*{is_over}'})"
    return f"{name}_rest + ({x} - {name}_rest)*{decayed}" if found.decays[name].rest else f"{x}*{decayed}"


def is_timed(found: System, name: str) -> bool:
    """Whether a variable of the state is kept with the time at which it had its value, and relaxes in closed form."""
    return name in found.decays and name not in found.noises


def is_bounded(found: System, name: str) -> bool:
    """Whether a variable of the state is clipped."""
    return any(str(v.bounds) != "unbounded" for v in found.rule.state if v.name == name)


def seen(name: str) -> str:
    """The printed name of a variable as it was before the instant."""
    return f"{name}_seen"


def mark(name: str) -> str:
    """What blocks call a variable as it was before the instant; no variable is called so."""
    return f"seen({name})"


def _awaited(jumps: Iterable[Jump]) -> set[str]:
    """The variables whose results jumps read."""
    return {before_mark(name) for jump in jumps for name in jump.reads if name != before_mark(name)}
