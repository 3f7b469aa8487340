"""Where the numbers of a population stand: a row a neuron, and what all its neurons share."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from plasticity.arrays import Floats
from plasticity.compiled.exact.linear import Chain, Linear
from plasticity.neurons.equations import constant


@dataclass(frozen=True, eq=False)
class Layout:
    """Where the numbers of a population stand.

    A row a neuron: its variables as they were at `last`, `free` (until then some stand still), `ready` (until then it
    is refractory), what moves each variable whatever the state, and the offsets of its chain. Of all: `numbers`.
    """

    found: Linear
    n_levels: int

    @property
    def n(self) -> int:
        """How many variables there are."""
        return len(self.found.names)

    @property
    def last(self) -> int:
        """A column."""
        return self.n

    @property
    def free(self) -> int:
        """A column."""
        return self.n + 1

    @property
    def ready(self) -> int:
        """A column."""
        return self.n + 2

    def drive(self, place: int) -> int:
        """The column of what moves a variable whatever the state."""
        return self.n + 3 + place

    def offset(self, level: int) -> int:
        """The column of the offset of a level."""
        return 2 * self.n + 3 + level

    @cached_property
    def held(self) -> Linear:
        """The neuron while a spike holds some of its variables."""
        return Linear(self.found.neuron, held=True)

    def motion(self, *, held: bool) -> int:
        """The place among the numbers of the rates, then the gains, of its motion."""
        return len(self.found.rates) + len(self.found.gains) if held else 0

    @property
    def levels(self) -> int:
        """The place of the gains of the chain; behind them what its D never exceed, and its rates."""
        return self.motion(held=True) + len(self.held.rates) + len(self.held.gains)

    @property
    def most(self) -> int:
        """A place."""
        return self.levels + self.n_levels * self.n

    @property
    def rates(self) -> int:
        """A place."""
        return self.most + self.n_levels

    @property
    def parameters(self) -> int:
        """The place of the parameters of the neuron; behind them the refractory time, and for how long it holds."""
        return self.rates + self.n_levels

    @property
    def times(self) -> int:
        """A place."""
        return self.parameters + len(self.found.neuron.values)

    def parameter(self, name: str) -> int:
        """The place of a parameter."""
        return self.parameters + list(self.found.neuron.values).index(name)

    def numbers(self, chain: Chain) -> Floats:
        """The numbers that all neurons share."""
        neuron = self.found.neuron
        motions = [number for one in (self.found, self.held) for number in (*one.rates, *one.gains.values())]
        hold = max(neuron.held.values(), default=0.0)
        parts = (chain.gains.ravel(), chain.most, chain.rates, list(neuron.values.values()), [neuron.dead_time, hold])
        return np.concatenate([motions, *parts])

    def rows(self, variables: Floats, times: Floats, drives: Floats, chain: Chain) -> Floats:
        """The rows of neurons; `times`: last, free and ready, (n_neurons, 3)."""
        return np.ascontiguousarray(np.concatenate([variables, times, drives, chain.offsets], axis=1))


def starts_of(found: Linear) -> dict[str, float]:
    """The variables at time 0."""
    return {variable.name: constant(found.neuron, variable.start) for variable in found.neuron.variables}
