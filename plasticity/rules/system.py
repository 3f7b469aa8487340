"""What is derived from a rule, once: every engine reads this, and none parses or decides an order.

Trees of all expressions, the closed forms of flows, the order of jumps at one instant, the place where each variable
lives, and what an engine must be able to do to read the rule.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from plasticity.errors import RuleError
from plasticity.expressions import MARK, evaluator, names, parse, sign
from plasticity.rules.conventions import SPIKES, WEIGHT
from plasticity.rules.polynomials import NoPolynomial, polynomial

if TYPE_CHECKING:
    from plasticity.rules.record import Rule, Variable

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


@dataclass(frozen=True)
class Turn:
    """A change of w, or the part of it that raises or lowers w, in the order of an instant."""

    jump: Jump
    part: Part


@dataclass(frozen=True)
class Stage:
    """What happens together at one instant: all reads, then the changes of w in turn, then the jumps of the state.

    events  : those that act in this stage
    turns   : the changes of w, in their order
    updates : {variable: its jumps, in their order}
    """

    events: tuple[str, ...]
    turns: tuple[Turn, ...]
    updates: Mapping[str, tuple[Jump, ...]]


@dataclass(frozen=True)
class Decay:
    """A flow towards `rest`, exponentially, with the time constant `tau` in seconds."""

    rest: float
    tau: float


@dataclass(frozen=True, eq=False)
class System:
    """A rule, taken apart. Made by `system`."""

    rule: Rule

    @cached_property
    def values(self) -> dict[str, float]:
        """The numbers that expressions read: the parameters, and the ends of the weight's bounds."""
        return {**self.rule.values, LOWER: self.rule.bounds.lower, UPPER: self.rule.bounds.upper}

    @cached_property
    def flows(self) -> dict[str, ast.expr]:
        """{variable: its change per second}, of those that flow."""
        text = self.rule.weight.flow
        tree = self._parsed(text, f"the flow of {WEIGHT}")
        if _is_zero(tree):
            return self._flows_of_state
        return {WEIGHT: self._parsed(self._softened(text), f"the flow of {WEIGHT}"), **self._flows_of_state}

    @cached_property
    def noises(self) -> dict[str, ast.expr]:
        """{variable: what multiplies white noise}, of those that have noise."""
        trees = {v.name: self._parsed(v.noise, f"the noise of {v.name}") for v in self.rule.variables}
        return {name: tree for name, tree in trees.items() if not _is_zero(tree)}

    @cached_property
    def transmits(self) -> ast.expr:
        """What a presynaptic spike delivers."""
        return self._parsed(self.rule.transmits, "what is transmitted", after=self._jumping("pre"))

    @cached_property
    def starts(self) -> dict[str, float]:
        """{variable of the state: its value before the first event}."""
        return {variable.name: self._start(variable) for variable in self.rule.state}

    @cached_property
    def start_weight(self) -> float:
        """Where w starts when nobody says: as the rule says, or 1 in units of itself, or the middle, 0.5."""
        if self.rule.weight.start:
            return self._start(self.rule.weight)
        bounds = self.rule.bounds
        return min(max(1.0 if self.rule.weight_unit == "w0" else 0.5, bounds.lower), bounds.upper)

    @cached_property
    def jumps(self) -> dict[str, tuple[Jump, ...]]:
        """{variable: its jumps, in the order of the record}; those of w as changes, set ones too."""
        return {variable.name: tuple(self._jumps_of(variable)) for variable in self.rule.variables}

    @cached_property
    def decays(self) -> dict[str, Decay]:
        """{variable of the state: its flow in closed form}, of those that relax exponentially by themselves."""
        found = {}
        for variable in self.rule.state:
            tree = self._flows_of_state.get(variable.name)
            decay = self._decay(variable.name, tree) if tree is not None else None
            if decay:
                found[variable.name] = decay
        return found

    @property
    def time_constants(self) -> tuple[float, ...]:
        """Those of the variables that relax by themselves, in seconds."""
        return tuple(decay.tau for decay in self.decays.values())

    @cached_property
    def traces(self) -> dict[str, Jump]:
        """{variable: its jump}, of plain traces: they decay to zero, and the spikes of one train raise them by a number
        or set them to one."""
        return {v.name: jumps[0] for v in self.rule.state if self._is_trace(v, jumps := self.jumps[v.name])}

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """What happens at one instant, by the conventions of the rule."""
        rest = tuple(event for event in self.rule.events if event not in SPIKES)
        spikes = tuple(event for event in SPIKES if event in self.rule.events)
        match self.rule.conventions.coincidence:
            case "pre first":
                return self._stage(("pre",)), self._stage(("post", *rest))
            case "post first":
                return self._stage(("post",)), self._stage(("pre", *rest))
        return (self._stage((*spikes, *rest)),)

    @cached_property
    def turns(self) -> tuple[tuple[int, Turn], ...]:
        """All changes of w at one instant in their order, each with the number of its stage."""
        return tuple((number, turn) for number, stage in enumerate(self.stages) for turn in stage.turns)

    def stage_of(self, event: str) -> int:
        """The number of the stage in which an event acts."""
        return next(number for number, stage in enumerate(self.stages) if event in stage.events)

    def amplitude(self, trace: str) -> float:
        """By how much an event raises a plain trace, or what it sets it to."""
        return float(evaluator(self.traces[trace].tree)(self.values))

    @cached_property
    def home(self) -> dict[str, Home]:
        """{variable of the state: whose it is}: a trace of one neuron is the same at all its synapses."""
        homes: dict[str, Home] = {}
        for side in SPIKES:
            own = {v.name for v in self.rule.state if self._can_live_at(v, side)}
            while True:  # until none reads a variable from elsewhere
                strangers = {name for name in own if self._read_by(name) - own}
                if not strangers:
                    break
                own -= strangers
            homes |= dict.fromkeys(own, side)  # type: ignore[arg-type]
        return {variable.name: homes.get(variable.name, "synapse") for variable in self.rule.state}

    @cached_property
    def needs(self) -> frozenset[str]:
        """What an engine must be able to do to read the rule; the words of `plasticity.rules.reading`."""
        found: set[str] = {signal.kind for signal in self.rule.signals}
        events = {jump.event for jumps in self.jumps.values() for jump in jumps}
        found |= {"spikes"} if events & set(SPIKES) else set()
        found |= {"third events"} if events - set(SPIKES) else set()
        found |= {"noise"} if self.noises else set()
        found |= {"moving weight"} if WEIGHT in self.flows and "rate" not in found else set()
        plain = {v.name for v in self.rule.state if v.name in self.traces}
        found |= {"general state"} if len(plain) < len(self.rule.state) else set()
        found |= {"flow without closed form"} if set(self.flows) - {*self.decays, WEIGHT} else set()
        found |= {"no polynomial"} if not self._is_polynomial() else set()
        return frozenset(found)

    def known(self) -> list[str]:
        """The names that expressions of the rule may use."""
        rule = self.rule
        own = [variable.name for variable in rule.variables] + [signal.name for signal in rule.signals]
        return [*rule.values, *own, *((LOWER, UPPER) if rule.bounds.is_soft else ())]

    def check(self) -> None:
        """Look at every expression; raises RuleError, which names the place, for one that cannot be, and for jumps that
        read each other's results in a circle."""
        _check_softness(self.rule)
        _ = (self.decays, self.jumps, self.flows, self.noises, self.starts, self.transmits, self.start_weight)
        _check_circles(self)

    # -- how it is derived

    def _parsed(self, text: str, what: str, *, after: frozenset[str] = frozenset()) -> ast.expr:
        return parse(text, known=self.known(), where=f"{self.rule.name}: {what}", error=RuleError, after=after)

    @cached_property
    def _flows_of_state(self) -> dict[str, ast.expr]:
        trees = {
            variable.name: self._parsed(variable.flow, f"the flow of {variable.name}") for variable in self.rule.state
        }
        return {name: tree for name, tree in trees.items() if not _is_zero(tree)}

    def _jumping(self, event: str) -> frozenset[str]:
        return frozenset(v.name for v in self.rule.state if event in v.jumps)

    def _start(self, variable: Variable) -> float:
        what = f"{self.rule.name}: the start of {variable.name}"
        tree = parse(variable.start, known=self.rule.values, where=what, error=RuleError)
        value = float(evaluator(tree)(self.rule.values))
        if not variable.bounds.lower <= value <= variable.bounds.upper:
            raise RuleError(f"{what} is {value:g}; {variable.bounds.lower:g} to {variable.bounds.upper:g} is allowed")
        return value

    def _jumps_of(self, variable: Variable) -> list[Jump]:
        found = []
        for event, texts in variable.changes.items():
            for text in texts:
                is_set = text.startswith("=")
                change = text.removeprefix("=")
                what = f"the jump of {variable.name} at {event}"
                after = self._jumping(event)
                hard = tree = self._parsed(change, what, after=after)
                if variable is self.rule.weight:
                    change = f"({change}) - {WEIGHT}" if is_set else change
                    is_set, hard = False, self._parsed(change, what, after=after)
                    tree = self._parsed(self._softened(change), what, after=after)
                found.append(Jump(variable.name, event, tree, hard, is_set, sign(hard, self._signs)))
        return found

    def _softened(self, change: str) -> str:
        """A change of w with the weight dependence of soft bounds: a power of the way to the bound that it leads to."""
        bounds = self.rule.bounds
        if not self.rule.bounds.is_soft:
            return change
        way = f"({WEIGHT} - {LOWER})/({UPPER} - {LOWER})"
        up = f"*rectify(1 - {way})**{bounds.soft_upper}" if bounds.soft_upper else ""
        down = f"*rectify({way})**{bounds.soft_lower}" if bounds.soft_lower else ""
        tree = self._parsed(change, "a change of w", after=frozenset(self._jumping_anywhere()))
        match sign(tree, self._signs):
            case 0:
                return change
            case 1:
                return f"({change}){up}"
            case -1:
                return f"({change}){down}"
        return f"rectify({change}){up} - rectify(-({change})){down}"

    def _jumping_anywhere(self) -> set[str]:
        return {variable.name for variable in self.rule.state if variable.jumps}

    @cached_property
    def _signs(self) -> dict[str, int]:
        """The signs of names that never change theirs, as `expressions.sign` takes them."""
        signs = {name: (value > 0) - (value < 0) for name, value in self.rule.values.items()}
        signs |= {WEIGHT: 1} if self.rule.bounds.lower >= 0 else {}
        for variable in self.rule.state:
            if self._is_never_negative(variable, signs):
                signs |= {variable.name: 1, f"after({variable.name})": 1}
        return signs

    def _is_never_negative(self, variable: Variable, signs: Mapping[str, int]) -> bool:
        if variable.bounds.lower >= 0:
            return True
        if variable.name in self.noises or self._start(variable) < 0:
            return False
        decay = self.decays.get(variable.name)
        if variable.name in self._flows_of_state and not (decay and decay.rest >= 0):
            return False
        after = frozenset(self._jumping_anywhere())
        texts = [text.removeprefix("=") for texts in variable.changes.values() for text in texts]
        trees = [self._parsed(text, f"a jump of {variable.name}", after=after) for text in texts]
        return all(sign(tree, signs) in (0, 1) for tree in trees)

    def _decay(self, name: str, tree: ast.expr) -> Decay | None:
        """A flow in closed form: it is linear in its variable, and nothing else in it changes."""
        if names(tree) - {name, *self.values}:
            return None
        try:
            with np.errstate(all="ignore"):  # a time constant of 0 is refused below
                terms = polynomial(tree, self.values, [name])
        except NoPolynomial:
            return None
        if set(terms) - {(), (name,)} or (name,) not in terms:
            return None
        rate, drive = float(-terms[(name,)]), float(terms.get((), 0.0))
        if not 0 < rate < math.inf:
            tau = 1 / rate if rate else math.inf
            what = f"{self.rule.name}: the flow of {name}, {ast.unparse(tree)}"
            raise RuleError(f"{what}, has the time constant {tau:g} s; more than 0 is needed")
        return Decay(drive / rate, 1 / rate)

    def _is_trace(self, variable: Variable, jumps: tuple[Jump, ...]) -> bool:
        decay = self.decays.get(variable.name)
        is_decaying = decay is not None and decay.rest == 0 and self.starts[variable.name] == 0
        if not is_decaying or variable.name in self.noises or str(variable.bounds) != "unbounded" or len(jumps) != 1:
            return False
        return jumps[0].event in SPIKES and jumps[0].reads <= set(self.rule.values)

    def _stage(self, events: tuple[str, ...]) -> Stage:
        found = [jump for jump in self.jumps[WEIGHT] if jump.event in events]
        found.sort(key=lambda jump: events.index(jump.event))
        up = [Turn(jump, "whole" if jump.sign is not None else "up") for jump in found if jump.sign in (0, 1, None)]
        down = [Turn(jump, "whole" if jump.sign is not None else "down") for jump in found if jump.sign in (-1, None)]
        is_up_first = self.rule.conventions.order == "potentiation first"
        if len(found) == 1 and (found[0].sign is not None or self.rule.conventions.clipping == "both sides"):
            # nothing to be put in order
            up, down = [Turn(found[0], "whole")], []
        updates = {
            variable.name: jumps
            for variable in self.rule.state
            if (jumps := tuple(jump for jump in self.jumps[variable.name] if jump.event in events))
        }
        return Stage(events, tuple([*up, *down] if is_up_first else [*down, *up]), updates)

    def _can_live_at(self, variable: Variable, side: str) -> bool:
        """Whether the events and signals of one neuron, and some of them, are all that moves a variable."""
        heard = {signal.of for signal in self.rule.signals if signal.name in self._read_by(variable.name, signals=True)}
        movers = {*variable.jumps, *heard}
        return bool(movers) and movers <= {side} and variable.name not in self.noises

    def _read_by(self, name: str, *, signals: bool = False) -> set[str]:
        """The variables, or all names, that a variable reads in its flow and jumps."""
        trees = [jump.tree for jump in self.jumps[name]] + [self.flows[name]] * (name in self.flows)
        read = {before_mark(item) for tree in trees for item in names(tree)}
        return read if signals else read & {variable.name for variable in self.rule.variables}

    def _is_polynomial(self) -> bool:
        """Whether the changes of w are polynomials in the state."""
        state = [variable.name for variable in self.rule.state]
        if any(not jump.reads <= {*state, *self.values, WEIGHT} for jump in self.jumps[WEIGHT]):
            return False
        values: dict[str, Any] = {**self.values, WEIGHT: 0.5 * (1 + self.start_weight)}
        try:
            with np.errstate(all="ignore"):  # whether it has a value is found where it is asked for
                for jump in self.jumps[WEIGHT]:
                    polynomial(jump.tree, values, state)
        except NoPolynomial:
            return False
        return True


def before_mark(name: str) -> str:
    """The variable that a name stands for: 'x' for 'after(x)', which is read as its jump leaves it, and for 'x'."""
    return name.removeprefix(f"{MARK}(").removesuffix(")")


@lru_cache(maxsize=1024)
def system(rule: Rule) -> System:
    """The rule, taken apart; kept, for it takes as long as a short run."""
    return System(rule)


def _check_softness(rule: Rule) -> None:
    for name in (rule.bounds.soft_lower, rule.bounds.soft_upper):
        if name and not rule.values.get(name, -1.0) >= 0:
            known = ", ".join(rule.values) or "none"
            raise RuleError(
                f"{rule.name}: the power {name} of its soft bounds is no parameter of 0 or more; known: {known}"
            )


def _check_circles(found: System) -> None:
    """Refuse `after(x)` in a jump of x, or in a circle of jumps at one event."""
    for event in found.rule.events:
        waits = {
            name: {
                item[6:-1] for jump in jumps if jump.event == event for item in jump.reads if item.startswith("after(")
            }
            for name, jumps in found.jumps.items()
        }
        while waits:
            free = [name for name, others in waits.items() if not others & set(waits)]
            if not free:
                circle = " and ".join(waits)
                raise RuleError(
                    f"{found.rule.name}: at {event} the jumps of {circle} read each other's results, which has no "
                    "order; let one of them read the value before, without after()"
                )
            waits = {name: others for name, others in waits.items() if name not in free}


def _awaited(jumps: tuple[Jump, ...], event: str) -> set[str]:
    """The variables whose jumps at an event these jumps read the results of."""
    read = {name for jump in jumps if jump.event == event for name in jump.reads}
    return {before_mark(name) for name in read if name.startswith(f"{MARK}(")}


def _is_zero(tree: ast.expr) -> bool:
    return isinstance(tree, ast.Constant) and tree.value == 0
