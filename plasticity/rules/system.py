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
from typing import TYPE_CHECKING, Any

import numpy as np

from plasticity.errors import RuleError
from plasticity.expressions import evaluator, names, parse, sign, terms
from plasticity.rules.conventions import SPIKES, WEIGHT
from plasticity.rules.deriving import circle, decay, softened, stage, with_partner
from plasticity.rules.parts import LOWER, UPPER, Decay, Home, Jump, Stage, Turn, before_mark
from plasticity.rules.polynomials import NoPolynomial, polynomial
from plasticity.rules.units import check_units

if TYPE_CHECKING:
    from plasticity.rules.integrals import Integral
    from plasticity.rules.record import Rule, Variable


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
    def scatters(self) -> dict[str, ast.expr]:
        """{event: the standard deviation of what it adds to w at random}."""
        scatter = self.rule.weight.scatter.items()
        return {event: self._parsed(text, f"the scatter of {WEIGHT} at {event}") for event, text in scatter}

    @cached_property
    def transmits(self) -> ast.expr:
        """What a presynaptic spike delivers."""
        return self._parsed(self.rule.transmits, "what is transmitted", after=self._jumping("pre"))

    @cached_property
    def starts(self) -> dict[str, float]:
        """{variable of the state: its value before the first event}."""
        return {v.name: self._imagined.get(v.name, self._start(v)) for v in self.rule.state}

    @property
    def begins(self) -> float | None:
        """When (s) the state has its start, by the conventions of the rule; None where the first event says it."""
        return None if self.rule.conventions.imagined == "none" else 0.0

    @cached_property
    def _imagined(self) -> dict[str, float]:
        """{variable: its value after the presynaptic spike that the conventions imagine}."""
        if self.begins is None:
            return {}
        last = {name: [jump for jump in self.jumps[name] if jump.event == "pre"] for name in self.decays}
        return {
            name: float(evaluator(jumps[-1].tree)(self.values))
            for name, jumps in last.items()
            if jumps and jumps[-1].is_set and jumps[-1].reads <= set(self.values)
        }

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
        flows = self._flows_of_state
        try:
            found = {name: decay(name, tree, self.values) for name, tree in flows.items()}
        except RuleError as error:
            raise RuleError(f"{self.rule.name}: {error}") from None
        return {name: one for name, one in found.items() if one}

    @cached_property
    def relaxing(self) -> dict[str, Decay]:
        """{variable of the state: how it relaxes}, of all whose course between events is known: those of `decays` that
        reach no bound on the way, and those that stand still, with an infinite time constant."""
        found = {}
        for variable in self.rule.state:
            decay = self.decays.get(variable.name)
            if variable.name not in self._flows_of_state:
                decay = Decay(0.0, math.inf)
            if decay and (math.isinf(decay.tau) or variable.bounds.lower <= decay.rest <= variable.bounds.upper):
                found[variable.name] = decay
        return {name: decay for name, decay in found.items() if name not in self.noises}

    @cached_property
    def integral(self) -> Integral | None:
        """The flow of w in closed form, with the thresholds at which it turns; None where there is none."""
        if WEIGHT not in self.flows or WEIGHT in self.noises:
            return None
        from plasticity.rules.integrals import (
            integral,  # loaded by what needs it: a question about plain traces starts sooner
        )

        bounds = (self.rule.bounds.lower, self.rule.bounds.upper)
        return integral(self.flows[WEIGHT], self.values, self.relaxing, bounds)

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
                return self._together(("pre",)), self._together(("post", *rest))
            case "post first":
                return self._together(("post",)), self._together(("pre", *rest))
        return (*self._opened_first(), self._together((*spikes, *rest)))

    @cached_property
    def turns(self) -> tuple[tuple[int, Turn], ...]:
        """All changes of w at one instant in their order, each with the number of its stage."""
        return tuple((number, turn) for number, stage in enumerate(self.stages) for turn in stage.turns)

    def stage_of(self, event: str) -> int:
        """The number of the stage in which an event acts on all but gates; -1 for one that the rule does not hear."""
        return max((number for number, stage in enumerate(self.stages) if event in stage.events), default=-1)

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
        found: set[str] = {"level" if signal.of == "world" else signal.kind for signal in self.rule.signals}
        events = {jump.event for jumps in self.jumps.values() for jump in jumps} | set(self.scatters)
        found |= {"spikes"} if events & set(SPIKES) else set()
        found |= {"third events"} if events - set(SPIKES) else set()
        found |= {"noise"} if self.noises else set()
        found |= {"random jumps"} if self.scatters else set()
        found |= {"moving weight"} if WEIGHT in self.flows and "rate" not in found else set()
        plain = {v.name for v in self.rule.state if v.name in self.traces}
        found |= {"general state"} if len(plain) < len(self.rule.state) else set()
        is_open = "moving weight" in found and not self.integral
        found |= {"flow without closed form"} if is_open or set(self.flows) - {*self.relaxing, WEIGHT} else set()
        found |= {"no polynomial"} if events and not self._has_mean() else set()
        return frozenset(found)

    def known(self) -> list[str]:
        """The names that expressions of the rule may use."""
        rule = self.rule
        own = [variable.name for variable in rule.variables] + [signal.name for signal in rule.signals]
        return [*rule.values, *own, *((LOWER, UPPER) if rule.bounds.is_soft else ())]

    def check(self) -> None:
        """Look at every expression; raises RuleError, which names the place, for one that cannot be, for jumps that
        read each other's results in a circle, and for units that do not fit."""
        _check_softness(self.rule)
        _ = (
            self.decays,
            self.jumps,
            self.flows,
            self.noises,
            self.scatters,
            self.starts,
            self.transmits,
            self.start_weight,
        )
        _check_circles(self)
        check_units(self.rule)

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
        with np.errstate(all="ignore"):  # what is no number is refused
            value = float(evaluator(tree)(self.rule.values))
        if not (math.isfinite(value) and variable.bounds.lower <= value <= variable.bounds.upper):
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
                tree = self._parsed(change, what, after=after)
                if variable is not self.rule.weight:
                    found.append(Jump(variable.name, event, tree, tree, is_set, sign(tree, self._signs)))
                    continue
                change = f"({change}) - {WEIGHT}" if is_set else change
                for term in self._terms(change, self._parsed(change, what, after=after)):
                    hard = with_partner(self._parsed(term, what, after=after), self._empty_first)
                    tree = with_partner(self._parsed(self._softened(term), what, after=after), self._empty_first)
                    found.append(Jump(variable.name, event, tree, hard, False, sign(hard, self._signs)))
        return found

    def _terms(self, change: str, tree: ast.expr) -> list[str]:
        """A change of w as it is made by the conventions of the rule: whole, or in terms."""
        is_whole = self.rule.conventions.terms == "together" or WEIGHT in names(tree) or self.rule.bounds.is_soft
        if is_whole or sign(tree, self._signs) is not None:
            return [change]
        return [ast.unparse(term) for term in terms(tree)]

    @property
    def _empty_first(self) -> list[str]:
        """The variables that are 0 until something raises them, and tend to 0 again."""
        return [v.name for v in self.rule.state if self._tends_to_zero(v)]

    def _tends_to_zero(self, variable: Variable) -> bool:
        decay = self.decays.get(variable.name)
        return decay is not None and decay.rest == 0 and self._start(variable) == 0

    def _softened(self, change: str) -> str:
        """A change of w as it is with soft bounds, if the rule has them."""
        if not self.rule.bounds.is_soft:
            return change
        tree = self._parsed(change, "a change of w", after=frozenset(self._jumping_anywhere()))
        return softened(change, sign(tree, self._signs), self.rule.bounds)

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

    def _is_trace(self, variable: Variable, jumps: tuple[Jump, ...]) -> bool:
        decay = self.decays.get(variable.name)
        is_decaying = decay is not None and decay.rest == 0 and self.starts[variable.name] == 0
        if not is_decaying or variable.name in self.noises or str(variable.bounds) != "unbounded" or len(jumps) != 1:
            return False
        return jumps[0].event in SPIKES and jumps[0].reads <= set(self.rule.values)

    def _together(self, events: tuple[str, ...]) -> Stage:
        found = stage(events, self.jumps, self.rule.conventions)
        if not self._opened:
            return found
        left = {name: tuple(j for j in jumps if j not in self._opened) for name, jumps in found.updates.items()}
        return Stage(events, found.turns, {name: jumps for name, jumps in left.items() if jumps})

    def _opened_first(self) -> tuple[Stage, ...]:
        """The stage in which the postsynaptic spike moves gates before anything reads them, if there is one."""
        updates = {name: own for name in self.jumps if (own := tuple(j for j in self._opened if j.variable == name))}
        return (Stage(("post",), (), updates),) if updates else ()

    @cached_property
    def _opened(self) -> tuple[Jump, ...]:
        """The jumps of gates that come before all else in an instant."""
        conventions = self.rule.conventions
        if conventions.gates == "as before" or conventions.coincidence != "ignored":
            return ()
        gates = [v.name for v in self.rule.state if self._is_gate(v)]
        return tuple(jump for name in gates for jump in self.jumps[name] if jump.event == "post")

    def _is_gate(self, variable: Variable) -> bool:
        is_moving = variable.name in self._flows_of_state or variable.name in self.noises
        return not is_moving and all(j.is_set and j.reads <= set(self.values) for j in self.jumps[variable.name])

    def _can_live_at(self, variable: Variable, side: str) -> bool:
        """Whether the events and signals of one neuron, and some of them, are all that moves a variable."""
        heard = {signal.of for signal in self.rule.signals if signal.name in self._read_by(variable.name, signals=True)}
        movers = {*variable.jumps, *heard}
        return bool(movers) and movers <= {side} and variable.name not in self.noises

    def _read_by(self, name: str, *, signals: bool = False) -> set[str]:
        """The variables, or all names, that a variable reads in its flow and jumps."""
        trees = [jump.tree for jump in self.jumps[name]] + [tree for own, tree in self.flows.items() if own == name]
        read = {before_mark(item) for tree in trees for item in names(tree)}
        return read if signals else read & {variable.name for variable in self.rule.variables}

    def _reads_plain_traces(self) -> bool:
        known = {*self.traces, *self.values, WEIGHT}
        is_still = WEIGHT not in self.flows and len(self.traces) == len(self.rule.state)
        return is_still and all(jump.reads <= known for jump in self.jumps[WEIGHT])

    def _has_mean(self) -> bool:
        """Whether the mean change of w has a closed form while all events come at random."""
        values: dict[str, Any] = {**self.values, WEIGHT: 0.5 * (1 + self.start_weight)}
        values |= {signal.name: 1.0 for signal in self.rule.signals}
        try:
            with np.errstate(all="ignore"):  # whether it has a value is found where it is asked for
                if self._reads_plain_traces():  # of those, every polynomial has a mean
                    for jump in self.jumps[WEIGHT]:
                        polynomial(jump.tree, values, list(self.traces))
                    return True
                from plasticity.rules.moments import Moments

                Moments(self, values, dict.fromkeys(self.rule.events, 1.0)).parts()
        except NoPolynomial:
            return False
        return True


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
        names_ = circle(found.jumps, event)
        if names_:
            raise RuleError(
                f"{found.rule.name}: at {event} the jumps of {' and '.join(names_)} read each other's results, which "
                "has no order; let one of them read the value before, without after()"
            )


def _is_zero(tree: ast.expr) -> bool:
    return isinstance(tree, ast.Constant) and tree.value == 0
