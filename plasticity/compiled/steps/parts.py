"""What fires in a network, as rows of a table and the numbers behind them."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from plasticity.compiled.steps.joined import Joined, Kept
from plasticity.compiled.steps.neurons import kept_variables, numbers_of, starts_of
from plasticity.compiled.steps.tables import PART
from plasticity.networks import EventTrain, PoissonInput, Population, Replay
from plasticity.networks.given import spikes_of
from plasticity.networks.poisson import chances
from plasticity.networks.populations import checked_current
from plasticity.networks.steps import Steps
from plasticity.neurons.rounding import threshold_rounding

AnyPart = Population | Replay | PoissonInput | EventTrain
NEVER = -(2**40)  # the step of the last spike of a neuron that has not fired: longer ago than any refractory time
_AFTER_ALL = 2**62  # a trial that never comes
_LONGEST_GAP = 1e18  # trials
_JOINED: dict[str, Any] = {
    **dict.fromkeys(("state", "rounding", "currents", "chances"), float),
    "given_step": np.int64,
    "given_neuron": np.int32,
}


def is_drawn(part: AnyPart) -> bool:
    """Whether the kernel draws its spikes; those of groups that fire together are drawn before."""
    return isinstance(part, PoissonInput) and not part.groups


def size_of(part: AnyPart) -> int:
    """How many neurons it has; an event is one."""
    return 1 if isinstance(part, EventTrain) else part.size


def stream(seed: int, name: str, n: int = 1) -> list[int]:
    """The first numbers of a stream of random numbers, another for each name, whatever the rest of the network."""
    return np.random.SeedSequence([seed, *name.encode()]).generate_state(n, np.uint64).tolist()


@dataclass
class Parts:
    """The table of parts while it is made, row by row, and what its columns point to."""

    steps: Steps
    seed: int
    numbers: Joined
    kept: Kept
    rows: list[list[int]] = field(default_factory=list)
    size: int = 0
    random: list[tuple[int, int, float]] = field(default_factory=list)  # of each: stream, next trial, what makes gaps
    cursors: list[int] = field(default_factory=list)
    joined: dict[str, Joined] = field(default_factory=lambda: {name: Joined(kind) for name, kind in _JOINED.items()})

    def add(self, part: AnyPart) -> None:
        """The next row."""
        n, first = size_of(part), self.size
        row = dict.fromkeys(PART, 0) | {"SIZE": n, "FIRST": first, "STATE": -1, "KEPT": -1}
        self.cursors.append(self.joined["given_step"].size)
        random = (stream(self.seed, part.name)[0], _AFTER_ALL, 0.0)
        rounding: Any = 0.0
        if isinstance(part, Population):
            row |= self._population(part)
            current = checked_current(part, self.steps.end)
            largest = np.abs(current).max(axis=0) if current.ndim == 2 else current
            rounding = threshold_rounding(part.neuron, largest, self.steps.dt, is_constant=current.ndim < 2)
        elif isinstance(part, PoissonInput) and is_drawn(part):
            random = self._drawn(part, row)
        else:
            self._given(part, row)
        self.joined["rounding"].add(np.broadcast_to(rounding, n))
        self.random.append(random)
        self.rows.append(list(row.values()))
        self.size += n

    def values(self) -> dict[str, Any]:
        """The arguments of the kernel that are of parts."""
        streams, trials, inverses = zip(*self.random, strict=True) if self.random else ((), (), ())
        return {
            **{name: joined.whole() for name, joined in self.joined.items()},
            "parts": np.array(self.rows, dtype=np.int64),
            "cursors": np.array(self.cursors, dtype=np.int64),
            "randoms": np.array(streams, dtype=np.uint64),
            "trials": np.array(trials, dtype=np.int64),
            "inverses": np.array(inverses, dtype=float),
            "fired_at": np.full(self.size, NEVER, dtype=np.int64),
            "is_pre": np.zeros(self.size, np.int8),
            "is_post": np.zeros(self.size, np.int8),
        }

    def _population(self, part: Population) -> dict[str, int]:
        neuron, current = part.neuron, checked_current(part, self.steps.end)
        at = self.joined["state"].add(np.repeat(starts_of(neuron), part.size))
        is_table = current.ndim == 2
        return {
            "STATE": at,
            "PART_NUMBERS": self.numbers.add(list(numbers_of(neuron, self.steps.dt).values())),
            "CURRENT": self.joined["currents"].add(current if is_table else np.broadcast_to(current, part.size)),
            "CURRENT_STRIDE": part.size if is_table else 0,
            "DEAD": round(neuron.dead_time / self.steps.dt),
            "VOLTAGE": at + kept_variables(neuron).index(neuron.voltage) * part.size,
            "KEPT": self.kept.place(part),
        }

    def _given(self, part: AnyPart, row: dict[str, int]) -> None:
        assert not isinstance(part, Population)
        spikes = spikes_of(part, self.steps.end, self.steps.dt)
        is_now = spikes.step >= self.steps.first
        self.joined["given_step"].add(spikes.step[is_now])
        self.joined["given_neuron"].add(spikes.neuron[is_now] + row["FIRST"])
        row["END"] = self.joined["given_step"].size

    def _drawn(self, part: PoissonInput, row: dict[str, int]) -> tuple[int, int, float]:
        """Its stream, the first trial that succeeds, and what makes gaps of logarithms."""
        p = chances(part, self.steps.dt)
        highest = float(p.max())
        first, second = stream(part.seed, part.name, 2)
        if p.min() < highest:
            row["STATE"] = self.joined["chances"].add(p / highest)
        if highest == 0:
            return first, _AFTER_ALL, 0.0
        inverse = 1 / float(np.log1p(-highest))
        gap = min(float(np.log((second + 0.5) * 2.0**-64)) * inverse, _LONGEST_GAP)
        return first, self.steps.first * part.size + int(gap), inverse
