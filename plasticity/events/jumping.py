"""What happens at one instant to a state of any kind, by the stages of its system."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plasticity.arrays import Floats
from plasticity.events.defined import defined
from plasticity.expressions import evaluator
from plasticity.rules import Variable
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.limits import clipped, require_numbers
from plasticity.rules.parts import Jump, Stage, Turn, before_mark
from plasticity.rules.system import System

Values = dict[str, Floats]  # {variable: (n_synapses,)}
Fires = Mapping[str, NDArray[np.bool_]]  # {event: (n_synapses,)}


@dataclass(frozen=True)
class Instant:
    """One instant of several synapses: what each hears, and what is read beside variables.

    times : seconds, (n_synapses,); fires : {event: whether it comes}; read : parameters, and signals as they are now
    """

    times: Floats
    fires: Fires
    read: Mapping[str, Any]


class Jumps:
    """The jumps of a rule, each ready to be evaluated."""

    def __init__(self, found: System) -> None:
        self.found = found
        self.variables: dict[str, Variable] = {variable.name: variable for variable in found.rule.variables}
        every = [jump for jumps in found.jumps.values() for jump in jumps]
        self._whole: dict[Jump, Callable[[Mapping[str, Any]], Any]] = {jump: defined(jump.tree) for jump in every}
        self._hard = {jump: evaluator(jump.hard) for jump in every}

    def after(self, values: Values, now: Instant) -> Values:
        """The variables after an instant, from those just before it."""
        for stage in self.found.stages:
            if any(now.fires[event].any() for event in stage.events):
                values = self._after_stage(stage, values, now)
        return values

    def left(self, variable: str, event: str, before: Values, now: Instant) -> Floats:
        """A variable as its own jumps of one event leave it."""
        value = before[variable]
        for jump in self.found.jumps[variable]:
            if jump.event == event:
                value = self._changed(jump, value, before, now, now.fires[event])
        return value

    def _after_stage(self, stage: Stage, before: Values, now: Instant) -> Values:
        """All reads are of `before`, but that each change reads its own variable as the one before it left it."""
        after = dict(before)
        for turn in stage.turns:
            acts = self._acts(turn, before, now)
            after[WEIGHT] = self._changed(turn.jump, after[WEIGHT], before, now, acts)
        for name, jumps in stage.updates.items():
            for jump in jumps:
                after[name] = self._changed(jump, after[name], before, now, now.fires[jump.event])
        return after

    def _acts(self, turn: Turn, before: Values, now: Instant) -> NDArray[np.bool_]:
        """Where a change of w has its turn: where its event comes, by its sign with w as it was before."""
        fires = now.fires[turn.jump.event]
        if turn.part == "whole" or not fires.any():
            return fires
        is_up = self._hard[turn.jump](self._read(turn.jump, before[WEIGHT], before, now)) > 0
        return fires & (is_up if turn.part == "up" else ~is_up)

    def _changed(self, jump: Jump, value: Floats, before: Values, now: Instant, acts: NDArray[np.bool_]) -> Floats:
        """A variable after one jump, where it acts."""
        if not acts.any():
            return value
        found = self._whole[jump](self._read(jump, value, before, now))
        after = np.where(acts, found if jump.is_set else value + found, value)
        require_numbers(self.found.rule, jump.variable, after, now.times)
        bounds = self.variables[jump.variable].bounds
        return np.where(acts, clipped(self.found.rule, bounds, after, after - value), value)

    def _read(self, jump: Jump, value: Floats, before: Values, now: Instant) -> dict[str, Any]:
        """What a jump reads: `value` for its own variable, all else as it was before, or as its own jump leaves it."""
        read = {**now.read, **before, jump.variable: value}
        for name in jump.reads:
            if name != (variable := before_mark(name)):
                read[name] = self.left(variable, jump.event, before, now)
        return read
