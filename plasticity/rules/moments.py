"""Means over a rule's state while its events come as independent Poisson trains, in closed form where there is one.

In a stationary state the mean of a product of state variables stays as it is: what it loses and gains by flowing, and
at each event, sums to zero. Where flows and jumps are linear, that is an equation for this mean and smaller ones.
For one trace it is Campbell's theorem; the state of a rule without events rests, and its means are its values.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np

from plasticity.expressions import names
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.parts import Jump, before_mark
from plasticity.rules.polynomials import MAX_DEGREE, NoPolynomial, Polynomial, added, multiplied, polynomial

if TYPE_CHECKING:
    from plasticity.rules.system import System

_ONE: Polynomial = {(): np.float64(1.0)}


@dataclass(frozen=True, eq=False)
class Moments:
    """The stationary means of one rule.

    values : of the parameters, the weight and the signals, numbers or arrays that broadcast together
    rates  : {event: hertz}, likewise
    Its methods raise NoPolynomial where there is no closed form.
    """

    found: System
    values: Mapping[str, Any]
    rates: Mapping[str, Any]
    _known: dict[tuple[str, ...], Any] = field(default_factory=dict)

    def parts(self) -> list[Any]:
        """What the mean change of w per second is the sum of: each change at an event, as often as it comes, and what
        flows."""
        jumps = [self.rates[jump.event] * self.mean(self._change(jump)) for jump in self.found.jumps[WEIGHT]]
        flow = self.found.flows.get(WEIGHT)
        return jumps if flow is None else [*jumps, self.mean(self._polynomial(flow))]

    def mean(self, of: Polynomial) -> Any:
        """The mean of a polynomial in the state."""
        return sum((coefficient * self.moment(powers) for powers, coefficient in of.items()), 0.0)

    def moment(self, powers: tuple[str, ...]) -> Any:
        """The mean of a product of state variables, with repetition; infinite where it only grows."""
        if not powers:
            return 1.0
        if powers not in self._known:
            self._known[powers] = None  # asked for again before it is known, it would wait for itself
            gain = {of: part for of, part in self._gain(powers).items() if np.any(part) or not np.size(part)}
            loss = -gain.pop(powers, np.float64(0.0))
            with np.errstate(divide="ignore", invalid="ignore"):  # what nothing takes away only grows
                self._known[powers] = np.where(loss > 0, self.mean(gain) / loss, np.inf)
        if self._known[powers] is None:
            raise NoPolynomial
        return self._known[powers]

    def _gain(self, powers: tuple[str, ...]) -> Polynomial:
        """What a product gains per second, as a polynomial in the state."""
        if len(powers) > MAX_DEGREE or any(self._is_bounded(name) or self._adds_up(name) for name in powers):
            raise NoPolynomial
        total: Polynomial = {}
        for place, name in enumerate(powers):
            if name in self.found.flows:
                others = {powers[:place] + powers[place + 1 :]: np.float64(1.0)}
                total = added(total, multiplied(others, self._polynomial(self.found.flows[name])))
        for event, rate in self.rates.items():
            after = reduce(multiplied, (self._after(name, event) for name in powers), _ONE)
            change = added(after, {powers: np.float64(-1.0)})
            total = added(total, {of: rate * coefficient for of, coefficient in change.items()})
        return total

    def _after(self, name: str, event: str) -> Polynomial:
        """A state variable as an event leaves it, in the state before."""
        value: Polynomial = {(name,): np.float64(1.0)}
        for jump in self.found.jumps[name]:
            if jump.event == event:
                change = _substituted(self._change(jump), {name: value})
                value = change if jump.is_set else added(value, change)
        return value

    def _change(self, jump: Jump) -> Polynomial:
        change = self._polynomial(jump.tree)
        marked = {mark: before_mark(mark) for powers in change for mark in powers if mark != before_mark(mark)}
        return _substituted(change, {mark: self._after(name, jump.event) for mark, name in marked.items()})

    def _polynomial(self, tree: ast.expr) -> Polynomial:
        read = names(tree)
        state = {variable.name for variable in self.found.rule.state}
        varying = {name for name in read if before_mark(name) in state}
        if read - varying - set(self.values):
            raise NoPolynomial
        return polynomial(tree, self.values, varying)

    def _adds_up(self, name: str) -> bool:
        """Whether nothing leads a variable back, so that it has no stationary mean: the integral of something."""
        flow = self.found.flows.get(name)
        jumps = self.found.jumps[name]
        returns = [jump.is_set or name in jump.reads for jump in jumps]
        return not any(returns) and (flow is None or name not in names(flow)) and not (flow is None and not jumps)

    def _is_bounded(self, name: str) -> bool:
        variable = next(variable for variable in self.found.rule.state if variable.name == name)
        return str(variable.bounds) != "unbounded"


def _substituted(within: Polynomial, values: Mapping[str, Polynomial]) -> Polynomial:
    """A polynomial with others in place of some of its variables."""
    total: Polynomial = {}
    for powers, coefficient in within.items():
        factors = (values.get(name, {(name,): np.float64(1.0)}) for name in powers)
        total = added(total, reduce(multiplied, factors, {(): coefficient}))
    return total
