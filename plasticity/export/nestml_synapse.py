"""The text of a synapse in NESTML.

Its handlers of spikes run one after another. So a handler that comes second in an instant reads what the first has
changed as it was before, kept for this, where the rule says so.
"""

import ast
import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from plasticity.errors import UnsupportedRule
from plasticity.export.header import plain
from plasticity.export.instants import BEFORE, SENT, Act, acts, change
from plasticity.export.nestml_words import declared, identifier, nestml_name, nestml_text, nestml_unit, quantity
from plasticity.export.words import folded
from plasticity.expressions import names
from plasticity.rules import Bounds
from plasticity.rules.conventions import SPIKES, WEIGHT
from plasticity.rules.parts import LOWER, UPPER
from plasticity.rules.system import System

_EVENT = {"pre": "pre_spikes", "post": "post_spikes"}
DELAY = "dendritic_delay"


@dataclass(frozen=True, eq=False)
class SynapseModel:
    """The model of a rule: `.text`. Raises UnsupportedRule, with the reason, for what NESTML cannot say."""

    found: System

    @property
    def text(self) -> str:
        """The whole model."""
        rule = self.found.rule
        self._check_delays()
        name = identifier(rule.name) + "_synapse"
        blocks = {
            "state": self._state,
            "parameters": self._parameters,
            "equations": self._equations,
            "input": [f"{port} <- spike" for port in self._ports.values()],
            "output": ["spike"],
            **{
                f"onReceive({self._ports[event]}{self._priority(event)})": self._handler(event) for event in self._heard
            },
            "update": self._update,
        }
        lines = [f"model {name}:"]
        for block, inner in blocks.items():
            if inner:
                lines += [f"    {block}:", *(f"        {line}" for line in inner), ""]
        return "\n".join(lines).rstrip() + "\n"

    @cached_property
    def _heard(self) -> list[str]:
        """Events in the order of an instant. The presynaptic spike is always heard: it is transmitted."""
        order = list(dict.fromkeys(act.event for act in self._acts))
        return order if "pre" in order else [*order, "pre"]

    @cached_property
    def _ports(self) -> dict[str, str]:
        return {event: _EVENT.get(event, f"{event}_spikes") for event in self._heard}

    @cached_property
    def _acts(self) -> list[Act]:
        """What happens at one instant: all of one event, then all of the next."""
        stages = [[act for act in stage if act.variable != SENT] for stage in acts(self.found)]
        order = self._order(stages)
        found = [act for stage in stages for act in stage]
        return sorted(found, key=lambda act: order.index(act.event))

    def _order(self, stages: list[list[Act]]) -> list[str]:
        """In which events act. Raises UnsupportedRule where their changes alternate."""
        every = [act for stage in stages for act in stage]
        turns = [act for act in every if act.variable in (WEIGHT, BEFORE)]
        chains = [turns, *([a for a in every if a.variable == v.name] for v in self.found.rule.state)]
        order = list(dict.fromkeys([act.event for act in turns] + [act.event for act in every]))
        for chain in chains:
            places = [order.index(act.event) for act in chain]
            if places != sorted(places):
                raise UnsupportedRule(
                    f"at one instant the changes of {chain[0].variable} by {' and '.join(order)} alternate, and NESTML "
                    "runs one handler after the other; conventions that NESTML can say: --conventions "
                    "'coincidence=post first'"
                )
        if len(stages) > 1:  # each has its own event, or events
            return list(dict.fromkeys(act.event for stage in stages for act in stage))
        return order

    @cached_property
    def _kept(self) -> set[str]:
        """The variables that the first of two events changes, and the second reads as they were."""
        if len(self.found.stages) > 1:
            return set()
        kept = set()
        for number, act in enumerate(self._acts):
            for earlier in self._acts[:number]:
                if earlier.event != act.event and earlier.variable in act.reads:
                    kept.add(earlier.variable)
        return kept

    @cached_property
    def _is_timed(self) -> bool:
        if self._kept and not set(self._heard) <= set(SPIKES):
            pairs = {(a.event, b.event) for a in self._acts for b in self._acts if a.variable in self._kept & b.reads}
            if any(event not in SPIKES for pair in pairs for event in pair):
                raise UnsupportedRule("other events and spikes read in one instant what each other changes")
        return bool(self._kept)

    @cached_property
    def _state(self) -> list[str]:
        units = {variable.name: variable.unit for variable in self.found.rule.variables}
        lines = [f"w real = {self.found.start_weight!r}  # in units of {plain(self.found.rule.weight_unit)}"]
        for name, start in self.found.starts.items():
            lines.append(f"{nestml_name(name)} {nestml_unit(units[name])} = {quantity(start, units[name])}")
        lines += [
            f"{nestml_name(name)}_before {nestml_unit(units[name])} = {quantity(0.0, units[name])}"
            for name in sorted(self._kept)
        ]
        lines += ["w_before real = 0"] if any(act.variable == BEFORE for act in self._acts) else []
        return lines + ([f"t_{self._first} ms = -1e9 ms  # when it came last"] if self._is_timed else [])

    @property
    def _first(self) -> str:
        return next(event for event in self._heard if event in SPIKES)

    @cached_property
    def _parameters(self) -> list[str]:
        rule = self.found.rule
        used = " ".join([*self._equations, *self._update, *(line for e in self._heard for line in self._handler(e))])
        words = set(re.findall(r"\w+", used))
        lines = [declared(p, comment=plain(p.meaning)) for p in rule.parameters if nestml_name(p.name) in words]
        bounds = {LOWER: rule.bounds.lower, UPPER: rule.bounds.upper}
        lines += [f"{name} real = {value!r}" for name, value in bounds.items() if np.isfinite(value) and name in words]
        return lines + ([f"{DELAY} ms = 1 ms"] if self._is_timed else [])

    @cached_property
    def _equations(self) -> list[str]:
        return [
            f"{nestml_name(name)}' = {self._said(_folded(tree, self.found))}" for name, tree in self.found.flows.items()
        ]

    @cached_property
    def _update(self) -> list[str]:
        bounded = [v for v in self.found.rule.variables if v.name in self.found.flows]
        lines = ["integrate_odes()"] if self.found.flows else []
        return lines + [
            f"{nestml_name(v.name)} = {text}"
            for v in bounded
            if (text := _bounded(nestml_name(v.name), v.bounds, v.name)) != nestml_name(v.name)
        ]

    def _priority(self, event: str) -> str:
        return f", priority={self._heard.index(event) + 1}" if len(self._heard) > 1 else ""

    def _handler(self, event: str) -> list[str]:
        own, lines = [act for act in self._acts if act.event == event], []
        seen = {}
        if self._is_timed and event == self._first:
            lines += [f"{nestml_name(name)}_before = {nestml_name(name)}" for name in sorted(self._kept)]
            lines.append(f"t_{event} = t")
        elif self._is_timed and event in SPIKES:
            lines += self._look(event, own)
            read = {name for act in own for name in act.reads} & self._kept
            seen = {name: f"{nestml_name(name)}_seen" for name in read}
        sends = self._sends(event)
        before = self.found.rule.conventions.transmitted == "before"
        lines += sends if before else []
        for act in own:
            lines += self._lines(act, seen)
        return [*lines, *(sends if not before else [])]

    def _look(self, event: str, own: list[Act]) -> list[str]:
        """What the second of two spikes in an instant reads."""
        units = {variable.name: variable.unit for variable in self.found.rule.variables}
        read = sorted({name for act in own for name in act.reads} & self._kept)
        late = f"+ {DELAY}" if self._first == "pre" else f"- {DELAY}"
        lines = [f"is_coincident boolean = abs(t - t_{self._first} {late}) < 1e-6 ms"] if read else []
        for name in read:
            x = nestml_name(name)
            lines.append(f"{x}_seen {nestml_unit(units[name])} = is_coincident ? {x}_before : {x}")
        return lines

    def _sends(self, event: str) -> list[str]:
        if event != "pre":
            return []
        if self.found.rule.transmits == WEIGHT:
            return ["emit_spike(w)"]
        sent = next(act.tree for stage in acts(self.found) for act in stage if act.variable == SENT)
        return [f"emit_spike({self._said(_folded(sent, self.found))})"]

    def _lines(self, act: Act, seen: dict[str, str]) -> list[str]:
        if act.variable == BEFORE:
            return [f"{BEFORE} = w"]
        rule, x, lines = self.found.rule, nestml_name(act.variable), []
        for jump in act.jumps:
            others = {name: word for name, word in seen.items() if name != act.variable}
            what = self._said(_folded(change(self.found, jump), self.found), others)
            bounds = next(v.bounds for v in rule.variables if v.name == act.variable)
            if act.variable == WEIGHT and act.part != "whole":
                if WEIGHT in names(jump.hard):
                    raise UnsupportedRule("the sign of a change hangs on w; a handler of NESTML makes it whole")
                what = f"max(0, {what})" if act.part == "up" else f"min(0, {what})"
            if act.variable == WEIGHT and rule.conventions.clipping == "own side":
                is_up = act.part == "up" or (act.part == "whole" and jump.sign != -1)
                bounds = Bounds(upper=bounds.upper) if is_up else Bounds(lower=bounds.lower)
            free = what if jump.is_set else f"{x} + {what}" if re.fullmatch(r"[\w.]+", what) else f"{x} + ({what})"
            lines.append(f"{x} = {_bounded(free, bounds, act.variable)}")
        return lines

    def _said(self, tree: ast.expr, others: dict[str, str] | None = None) -> str:
        return nestml_text(tree, others)

    def _check_delays(self) -> None:
        late = [event for event in self.found.rule.delays if event != "post" and self.found.rule.delay(event)]
        if late:
            raise UnsupportedRule(
                f"{' and '.join(late)} spikes come late to the synapse by a delay of the rule, and NEST delays "
                "postsynaptic ones alone; set it to 0"
            )
        if self.found.rule.delay("post"):
            raise UnsupportedRule(
                "its delay of the postsynaptic spike is the delay of the connection in NEST; set it to 0"
            )


def _folded(tree: ast.expr, found: System) -> ast.expr:
    """Switches that only parameters move as numbers."""
    return folded(tree, found.values)


def _bounded(what: str, bounds: Bounds, variable: str) -> str:
    lower, upper = (LOWER, UPPER) if variable == WEIGHT else (repr(bounds.lower), repr(bounds.upper))
    what = f"min({upper}, {what})" if np.isfinite(bounds.upper) else what
    return f"max({lower}, {what})" if np.isfinite(bounds.lower) else what
