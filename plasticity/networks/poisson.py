"""Poisson trains on the grid of a run, with groups of neurons that fire together more often than by chance.

In each step of `dt` a neuron fires at most once, with the probability p = rate*dt: the mean rate is exact, and the
intervals, which are geometric, have the coefficient of variation sqrt(1 - p) in place of 1. A p above 0.1 is refused.

A group is the multiple-interaction process of `kuhn2003`: one hidden train, of which each neuron keeps each spike by
itself with the same probability. In steps, a hidden train that fires with probability m, of which each neuron keeps
p/m, gives two neurons the correlation p*(1/m - 1)/(1 - p) within a step, and none between steps. It is c exactly where
m = p/(p + c*(1 - p)), which for short steps is p/c, as in the paper. Spike counts in windows of any length have the
same correlation.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError, SimulationError, said
from plasticity.inputs import count, fields, number, numbers
from plasticity.inputs import seed as checked_seed
from plasticity.memory import require_memory
from plasticity.networks.populations import checked_name, checked_sign
from plasticity.networks.trials import successes

MOST_IN_A_STEP = 0.1  # spikes; our choice: the intervals are then regular by no more than a twentieth
_BYTES_PER_SPIKE = 60.0  # its step and neuron, and what is needed to draw and to sort them
_DRAWN_AT_ONCE = 1_000_000  # numbers


class Drawn(NamedTuple):
    """Spikes on a grid, in the order of time: the neuron and the step of each, (n_spikes,)."""

    neuron: NDArray[np.int64]
    step: NDArray[np.int64]


@dataclass(frozen=True)
class Correlated:
    """Neurons that share spikes.

    neurons     : their numbers, from 0 on
    correlation : of the spike counts of any two of them, more than 0 and at most 1
    """

    neurons: tuple[int, ...]
    correlation: float

    def __post_init__(self) -> None:
        fields(self)
        if len(self.neurons) < 2 or len(set(self.neurons)) < len(self.neurons) or min(self.neurons) < 0:
            raise ArgumentError(
                f"the neurons of a group are {said(self.neurons)}; two or more, each once, counted from 0, are allowed"
            )
        number(self.correlation, "the correlation of a group", above=0.0, most=1.0)


@dataclass(frozen=True)
class PoissonInput:
    """Neurons that fire at random, whatever the network does.

    rate   : hertz, or with a unit: a number, or (size,); the neurons of a group have one rate
    sign   : what their synapses deliver, +1 excitation, -1 inhibition
    seed   : 0 to 2**32 - 1. Spikes depend on the seed, the name, and the fields here, and on nothing else: neither on
             the rest of the network nor on the seed and the target of a run; a longer run begins with the same spikes
    groups : those that are correlated; a neuron in none fires by itself
    raises ArgumentError for what cannot be; SimulationError, when it is run, for steps in which it would fire too often
    """

    name: str
    size: int
    rate: Any
    sign: int = 1
    seed: int = 0
    groups: tuple[Correlated, ...] = ()

    def __post_init__(self) -> None:
        name = checked_name(self.name)
        fields(self)
        object.__setattr__(self, "size", count(self.size, f"the size of {name}"))
        object.__setattr__(self, "sign", checked_sign(self.sign, name))
        object.__setattr__(self, "seed", checked_seed(self.seed, f"the seed of {name}"))
        rate = numbers(self.rate, f"the rate of {name}", unit="Hz")
        if rate.shape not in ((), (self.size,)) or (rate < 0).any():
            raise ArgumentError(
                f"the rate of {name} is {said(self.rate)}; 0 Hz or more is allowed, a number or ({self.size},)"
            )
        object.__setattr__(self, "rate", tuple(rate.tolist()) if rate.ndim else float(rate))
        _check_groups(self)

    @property
    def rates(self) -> Floats:
        """Hertz, (size,)."""
        return np.broadcast_to(np.array(self.rate, dtype=float), (self.size,))


def drawn(source: PoissonInput, n_steps: int, dt: float) -> Drawn:
    """The spikes of the first `n_steps` steps of `dt` seconds.

    raises SimulationError for a step so long that a neuron would fire in more than a tenth of them
    """
    p = chances(source, dt)
    require_memory(_BYTES_PER_SPIKE * float(p.sum()) * n_steps, f"the spikes of {source.name}")
    # The name is mixed in, so that two populations with one seed, say that of the default, are independent
    streams = np.random.SeedSequence([source.seed, *source.name.encode()]).spawn(1 + len(source.groups))
    parts = [_independent(_alone(source), p, n_steps, streams[0])]
    for group, stream in zip(source.groups, streams[1:], strict=True):
        parts.append(_together(group, float(p[group.neurons[0]]), n_steps, stream))
    neuron, step = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    order = np.lexsort((neuron, step))
    return Drawn(neuron[order], step[order])


def chances(source: PoissonInput, dt: float) -> Floats:
    """The probability of a spike in a step of `dt` seconds, (size,).

    raises SimulationError for a step so long that a neuron would fire in more than a tenth of them
    """
    p = source.rates * dt
    if p.max() > MOST_IN_A_STEP * (1 + 1e-9):
        raise SimulationError(
            f"a step of {dt * 1e3:g} ms is too coarse for {source.name}, which fires at {source.rates.max():g} Hz; "
            f"{MOST_IN_A_STEP / source.rates.max() * 1e3:.6g} ms or less is allowed, or a lower rate"
        )
    return p


def _independent(neurons: NDArray[np.int64], p: Floats, n_steps: int, stream: np.random.SeedSequence) -> Drawn:
    """Spikes at the highest of the rates, of which each neuron keeps as many as its own says."""
    highest = float(p[neurons].max(initial=0.0))
    first, second = map(np.random.default_rng, stream.spawn(2))
    step, place = np.divmod(successes(n_steps * len(neurons), highest, first), max(len(neurons), 1))
    is_kept = second.random(len(step)) * highest < p[neurons[place]]
    return Drawn(neurons[place[is_kept]], step[is_kept])


def _together(group: Correlated, p: float, n_steps: int, stream: np.random.SeedSequence) -> Drawn:
    first, second = map(np.random.default_rng, stream.spawn(2))
    kept = p + group.correlation * (1 - p)
    hidden = successes(n_steps, p / kept, first)
    parts = list(_kept(hidden, kept, len(group.neurons), second))
    place, step = (np.concatenate([np.empty(0, np.int64), *columns]) for columns in zip(*parts, strict=True))
    return Drawn(np.array(group.neurons)[place], step)


def _kept(hidden: NDArray[np.int64], probability: float, size: int, rng: np.random.Generator) -> Iterator[Drawn]:
    """What each of `size` neurons keeps of the hidden spikes, some of these at a time."""
    n_at_once = max(1, _DRAWN_AT_ONCE // size)
    for start in range(0, max(len(hidden), 1), n_at_once):
        some = hidden[start : start + n_at_once]
        spike, place = np.nonzero(rng.random((len(some), size)) < probability)
        yield Drawn(place, some[spike])


def _alone(source: PoissonInput) -> NDArray[np.int64]:
    grouped = [k for group in source.groups for k in group.neurons]
    return np.setdiff1d(np.arange(source.size), np.array(grouped, dtype=np.int64))


def _check_groups(source: PoissonInput) -> None:
    seen = set[int]()
    for group in source.groups:
        wrong = [k for k in group.neurons if k >= source.size or k in seen]
        if wrong:
            raise ArgumentError(
                f"a group of {source.name} holds neuron {wrong[0]}; each of {source.size} neurons, counted from 0, can "
                "be in one group"
            )
        seen |= set(group.neurons)
        rates = source.rates[list(group.neurons)]
        if rates.min() < rates.max():
            raise ArgumentError(
                f"the rates in a group of {source.name} are {rates.min():g} to {rates.max():g} Hz; one rate for all of "
                "a group is allowed"
            )
