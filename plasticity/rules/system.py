"""What is derived from a rule, once: every engine reads this, and none parses or decides an order.

Trees of all expressions, the closed forms of flows, the order of jumps at one instant, the place where each variable
lives, and what an engine must be able to do to read the rule.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING

from plasticity.errors import RuleError
from plasticity.expressions import evaluator, parse
from plasticity.faults import Check
from plasticity.rules.changes import jumps_of, lasting_signs, softened_change
from plasticity.rules.conventions import SPIKES, WEIGHT
from plasticity.rules.deriving import check_softness, decay, start_of
from plasticity.rules.instants import stages_of
from plasticity.rules.needs import needs_of
from plasticity.rules.parts import LOWER, UPPER, Decay, Home, Jump, Stage, Turn

if TYPE_CHECKING:
    from plasticity.rules.integrals import Integral
    from plasticity.rules.record import Rule
    from plasticity.rules.variables import Variable


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
        tree = self.parsed(text, f"the flow of {WEIGHT}")
        if _is_zero(tree):
            return self.flows_of_state
        return {WEIGHT: self.parsed(softened_change(self, text), f"the flow of {WEIGHT}"), **self.flows_of_state}

    @cached_property
    def noises(self) -> dict[str, ast.expr]:
        """{variable: what multiplies white noise}, of those that have noise."""
        trees = {v.name: self.parsed(v.noise, f"the noise of {v.name}") for v in self.rule.variables}
        return {name: tree for name, tree in trees.items() if not _is_zero(tree)}

    @cached_property
    def scatters(self) -> dict[str, ast.expr]:
        """{event: the standard deviation of what it adds to w at random}."""
        scatter = self.rule.weight.scatter.items()
        return {event: self.parsed(text, f"the scatter of {WEIGHT} at {event}") for event, text in scatter}

    @cached_property
    def transmits(self) -> ast.expr:
        """What a presynaptic spike delivers."""
        return self.parsed(self.rule.transmits, "what is transmitted", after=self.jumping("pre"))

    @cached_property
    def starts(self) -> dict[str, float]:
        """{variable of the state: its value before the first event}."""
        return {v.name: self._imagined.get(v.name, self.start(v)) for v in self.rule.state}

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
            return self.start(self.rule.weight)
        bounds = self.rule.bounds
        return min(max(1.0 if self.rule.weight_unit == "w0" else 0.5, bounds.lower), bounds.upper)

    @cached_property
    def jumps(self) -> dict[str, tuple[Jump, ...]]:
        """{variable: its jumps, in the order of the record}; those of w as changes, set ones too."""
        return {variable.name: jumps_of(self, variable) for variable in self.rule.variables}

    @cached_property
    def decays(self) -> dict[str, Decay]:
        """{variable of the state: its flow in closed form}, of those that relax exponentially by themselves."""
        found = {name: decay(self.rule, name, tree) for name, tree in self.flows_of_state.items()}
        return {name: one for name, one in found.items() if one}

    @cached_property
    def relaxing(self) -> dict[str, Decay]:
        """{variable of the state: how it relaxes}, of all whose course between events is known: those of `decays` that
        reach no bound on the way, and those that stand still, with an infinite time constant."""
        found = {}
        for variable in self.rule.state:
            decay = self.decays.get(variable.name)
            if variable.name not in self.flows_of_state:
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
        return stages_of(self)

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
        from plasticity.rules.homes import (
            homes_of,  # loaded by what needs it: a question about one synapse starts sooner
        )

        return homes_of(self)

    @cached_property
    def needs(self) -> frozenset[str]:
        """What an engine must be able to do to read the rule; the words of `plasticity.rules.needs`."""
        return needs_of(self)

    @cached_property
    def known(self) -> tuple[str, ...]:
        """The names that expressions of the rule may use."""
        own = [variable.name for variable in self.rule.variables] + [signal.name for signal in self.rule.signals]
        return (*self.rule.values, *own, *((LOWER, UPPER) if self.rule.bounds.is_soft else ()))

    def checks(self) -> Iterator[Check]:
        """Of the numbers that follow from expressions that can be: each raises RuleError, which names the place."""
        yield partial(check_softness, self.rule)
        yield from (partial(decay, self.rule, name, tree) for name, tree in self.flows_of_state.items())
        yield from (partial(self.start, variable) for variable in self.rule.state)
        yield lambda: (self.decays, self.jumps, self.flows, self.noises, self.scatters)
        yield lambda: (self.starts, self.transmits, self.start_weight)

    # -- how it is derived

    def parsed(self, text: str, what: str, *, after: frozenset[str] = frozenset()) -> ast.expr:
        """An expression of the rule as a tree, checked; `after`: the variables that it may read as they become."""
        return parse(text, known=self.known, where=f"{self.rule.name}: {what}", error=RuleError, after=after)

    @cached_property
    def flows_of_state(self) -> dict[str, ast.expr]:
        """{variable of the state: its change per second}, of those that flow."""
        trees = {
            variable.name: self.parsed(variable.flow, f"the flow of {variable.name}") for variable in self.rule.state
        }
        return {name: tree for name, tree in trees.items() if not _is_zero(tree)}

    def jumping(self, event: str = "") -> frozenset[str]:
        """The variables of the state that jump at an event; without one, at any."""
        return frozenset(v.name for v in self.rule.state if (event in v.jumps if event else v.jumps))

    def start(self, variable: Variable) -> float:
        """Where a variable starts. Raises RuleError for what is no number, or beyond its bounds."""
        if variable.name not in self._known_starts:
            self._known_starts[variable.name] = start_of(self.rule, variable)
        return self._known_starts[variable.name]

    @cached_property
    def _known_starts(self) -> dict[str, float]:
        return {}

    @cached_property
    def empty_first(self) -> tuple[str, ...]:
        """The variables that are 0 until something raises them, and tend to 0 again."""
        relaxing = [v for v in self.rule.state if v.name in self.decays]
        return tuple(v.name for v in relaxing if self.decays[v.name].rest == 0 and self.start(v) == 0)

    @cached_property
    def signs(self) -> dict[str, int]:
        """The signs of names that never change theirs, as `expressions.sign` takes them."""
        return lasting_signs(self)

    def _is_trace(self, variable: Variable, jumps: tuple[Jump, ...]) -> bool:
        decay = self.decays.get(variable.name)
        is_decaying = decay is not None and decay.rest == 0 and self.starts[variable.name] == 0
        if not is_decaying or variable.name in self.noises or str(variable.bounds) != "unbounded" or len(jumps) != 1:
            return False
        return jumps[0].event in SPIKES and jumps[0].reads <= set(self.rule.values)


@lru_cache(maxsize=1024)
def system(rule: Rule) -> System:
    """The rule, taken apart; kept, for it takes as long as a short run."""
    return System(rule)


def _is_zero(tree: ast.expr) -> bool:
    return isinstance(tree, ast.Constant) and tree.value == 0
