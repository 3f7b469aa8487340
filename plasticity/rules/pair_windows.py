"""What one pair of spikes does, in the symbols of the rule: its window in closed form, derived from its System.

The first spike finds every variable at its start; what it leaves relaxes until the second, which changes the weight by
what it finds. So it is where the weight moves at spikes only and all else relaxes exponentially.
"""

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from plasticity.errors import RuleError
from plasticity.expressions import names, parse
from plasticity.expressions.sums import NoSum, Sum, by_power, minus, name_sum, over, plus, sum_of, text_of, times
from plasticity.rules.conventions import SPIKES, WEIGHT
from plasticity.rules.parts import LOWER, UPPER, Jump, Turn, before_mark
from plasticity.rules.record import Rule
from plasticity.rules.system import System, system
from plasticity.rules.variables import Variable


class NoClosedForm(ValueError):
    """Why there is no closed form, for who asked."""


@dataclass(frozen=True)
class PairWindow:
    """The change of w by one pair of spikes, while no bound clips it.

    lag         : the name that stands for t_post - t_pre, seconds
    turns_at    : the lag between its two sides, an expression: "0", or what delays make of it
    post_first, pre_first : the change of w at lags below and above it, expressions in lag, w and parameters
    coincident  : the change at it, by the conventions of the rule; empty where the order of its changes hangs on signs
    """

    lag: str
    turns_at: str
    post_first: str
    pre_first: str
    coincident: str

    @property
    def lines(self) -> tuple[str, ...]:
        """Both sides as equations."""
        sides = {">": self.pre_first, "<": self.post_first}
        return tuple(f"dw({self.lag} {sign} {self.turns_at}) = {text}" for sign, text in sides.items())


def pair_window(rule: Rule) -> PairWindow:
    """The window of a rule in closed form. Raises NoClosedForm, with the reason, where there is none."""
    found = system(rule)
    _require_form(found)
    lag = "lag" if "lag" not in found.known else "t_post_minus_t_pre"
    late = {event: name_sum(rule.delays[event]) if event in rule.delays else Sum() for event in SPIKES}
    elapsed = plus(name_sum(lag), late["post"], minus(late["pre"]))
    try:
        sides = [_Pair(found, first, plus(elapsed if first == "pre" else minus(elapsed))).change() for first in SPIKES]
        together = _coincident(found)
    except NoSum:
        raise NoClosedForm("its changes are outside what the algebra follows") from None
    pre_first, post_first = (text_of(side) for side in sides)
    return PairWindow(lag, text_of(plus(late["pre"], minus(late["post"]))), post_first, pre_first, together)


def _coincident(found: System) -> str:
    try:
        return text_of(_Pair(found, "pre", Sum()).at_once())
    except NoClosedForm:
        return ""


def _require_form(found: System) -> None:
    if "spikes" not in found.needs:
        raise NoClosedForm("it hears no spikes")
    if found.rule.signals:
        raise NoClosedForm(f"it reads {', '.join(signal.name for signal in found.rule.signals)}, not spikes alone")
    if not found.jumps[WEIGHT] and WEIGHT not in found.flows:
        raise NoClosedForm("its weight never changes")
    if found.begins is not None:
        raise NoClosedForm("its conventions imagine a spike before the pair")
    if WEIGHT in found.flows:
        raise NoClosedForm("its weight flows between spikes")
    for variable in found.rule.state:
        if variable.name not in found.relaxing or str(variable.bounds) != "unbounded":
            raise NoClosedForm(f"{variable.name} does not simply relax between spikes")


def ends(rule: Rule) -> dict[str, Sum]:
    """The ends of the weight as numbers, which soft bounds read."""
    found = {LOWER: rule.bounds.lower, UPPER: rule.bounds.upper} if rule.bounds.is_soft else {}
    return {name: {(): end} if end else {} for name, end in found.items()}


def is_inside(rule: Rule, of: Sum) -> bool:
    """Whether what hangs on w alone, and straight, is never negative between the bounds."""
    slope = of.get(((WEIGHT, 1),), 0.0)
    if not set(of) <= {(), ((WEIGHT, 1),)}:
        return False
    return all(of.get((), 0.0) + (slope * end if slope else 0.0) >= 0 for end in (rule.bounds.lower, rule.bounds.upper))


@dataclass(frozen=True)
class _Pair:
    """Two spikes: `first`, and that of the other train a time later."""

    found: System
    first: str
    elapsed: Sum

    def change(self) -> Sum:
        """What both change of w."""
        second = SPIKES[1 - SPIKES.index(self.first)]
        first, after = self._acted((self.first,), self._start(), {})
        later = {v.name: self._relaxed(v, after[v.name]) for v in self.found.rule.state}
        return plus(first, self._acted((second,), later, first)[0])

    def at_once(self) -> Sum:
        """What both change of w in one instant."""
        return self._acted(SPIKES, self._start(), {})[0]

    def _start(self) -> dict[str, Sum]:
        return {v.name: sum_of(self._tree(v.start, f"the start of {v.name}"), {}) for v in self.found.rule.state}

    def _acted(self, events: tuple[str, ...], state: dict[str, Sum], before: Sum) -> tuple[Sum, dict[str, Sum]]:
        """What events of one instant add to w, which has changed by `before`, and the state that they leave."""
        total = Sum()
        for stage in self.found.stages:
            turns = [turn for turn in stage.turns if turn.jump.event in events]
            total = plus(total, self._change(turns, state, plus(before, total)))
            here = {name: [jump for jump in all_ if jump.event in events] for name, all_ in stage.updates.items()}
            state = state | {name: self._left(name, jumps, state) for name, jumps in here.items()}
        return total, state

    def _change(self, turns: Sequence[Turn], state: dict[str, Sum], before: Sum) -> Sum:
        """What these changes, made one after another, add to w; what changes nothing has no turn."""
        jumps = [jump for jump in dict.fromkeys(turn.jump for turn in turns) if self._added(jump, state, before)]
        n_turns = sum(turn.jump in jumps for turn in turns)
        if len(jumps) > 1 and len(jumps) < n_turns and any(WEIGHT in jump.reads for jump in jumps):
            raise NoClosedForm("the order of its changes hangs on their signs")
        total = Sum()
        for jump in jumps:
            total = plus(total, self._added(jump, state, plus(before, total)))
        return total

    def _added(self, jump: Jump, state: dict[str, Sum], before: Sum) -> Sum:
        """What one change adds to w, which has changed by `before`."""
        given = {**state, WEIGHT: plus(name_sum(WEIGHT), before), **self._marked(jump, state)}
        return sum_of(jump.tree, given | ends(self.found.rule), partial(is_inside, self.found.rule))

    def _marked(self, jump: Jump, state: dict[str, Sum]) -> dict[str, Sum]:
        """What is read as the jump of the same event leaves it."""
        marks = {mark: before_mark(mark) for mark in names(jump.tree) if before_mark(mark) != mark}
        own = {name: [one for one in self.found.jumps[name] if one.event == jump.event] for name in marks.values()}
        return {mark: self._left(name, own[name], state) for mark, name in marks.items()}

    def _left(self, name: str, jumps: Sequence[Jump], state: dict[str, Sum]) -> Sum:
        """A variable after its jumps; each reads it as the one before left it."""
        value = state[name]
        for jump in jumps:
            change = sum_of(jump.tree, {**state, **self._marked(jump, state), name: value})
            value = change if jump.is_set else plus(value, change)
        return value

    def _relaxed(self, variable: Variable, value: Sum) -> Sum:
        """A variable the time between the spikes later."""
        if variable.name not in self.found.flows:
            return value
        powers = by_power(sum_of(self.found.flows[variable.name], {}), variable.name)
        rate = minus(powers[1])
        rest = over(powers.get(0, {}), rate)
        exponent = {"exponent": minus(times(rate, self.elapsed))}
        decay = sum_of(ast.Call(ast.Name("exp"), [ast.Name("exponent")], []), exponent)
        return plus(rest, times(plus(value, minus(rest)), decay))

    def _tree(self, text: str, what: str) -> ast.expr:
        return parse(text, known=self.found.values, where=what, error=RuleError)
