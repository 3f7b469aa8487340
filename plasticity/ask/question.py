"""A question about one synapse: a rule, two trains, a start weight, and what would have been with other spikes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError
from plasticity.memory import require_memory
from plasticity.quantities import parsed
from plasticity.rules import Rule
from plasticity.rules.record import Train
from plasticity.trains import checked

SIDES: tuple[Train, ...] = ("pre", "post")


@dataclass(frozen=True)
class Question:
    """What happens to this synapse?

    rule      : as it is to be read, bounds included
    pre, post : one pattern of spikes, seconds
    w0        : the weight before
    n_repeats : how often the pattern comes; every : seconds from one to the next
    """

    rule: Rule
    pre: tuple[float, ...]
    post: tuple[float, ...]
    w0: float = 0.5
    n_repeats: int = 1
    every: float = 1.0

    def trains(self) -> tuple[Floats, Floats]:
        """All spikes of both sides, the pattern repeated. Raises ArgumentError when the repetitions overlap."""
        pattern = [checked(np.array(getattr(self, side)), f"the {side}synaptic train")[0] for side in SIDES]
        if self.n_repeats < 1 or not (np.isfinite(self.every) and self.every > 0):
            raise ArgumentError(f"{self.n_repeats} repetitions every {self.every} s; 1 or more, above 0 s, are allowed")
        if self.n_repeats > 1:
            spikes = np.concatenate(pattern)
            length = float(np.ptp(spikes)) if spikes.size else 0.0
            if length >= self.every:
                raise ArgumentError(
                    f"the pattern lasts {length * 1e3:g} ms and is repeated every {self.every * 1e3:g} ms; "
                    "repeat it less often"
                )
            require_memory(100.0 * self.n_repeats * max(spikes.size, 1), "so many repetitions")
        onsets = np.arange(self.n_repeats) * self.every
        pre, post = ((onsets[:, None] + train).ravel() for train in pattern)
        return pre, post


def altered(question: Question, *, without: Sequence[str] = (), move: Sequence[str] = ()) -> Question:
    """The question with some spikes of the pattern left out, others moved; numbers count from 1 in the given order.

    without : spikes such as 'pre:2', the second presynaptic one
    move    : spikes and by how much, such as 'post:1:+3ms', the first postsynaptic one 3 ms later
    raises ArgumentError for a spike that is not there, or a shift that is no time
    """
    times = {side: dict(enumerate(getattr(question, side))) for side in SIDES}
    for item in move:
        spike, _, shift = item.rpartition(":")
        if spike.count(":") != 1:
            raise ArgumentError(f"the move is {item!r}; allowed: side:number:shift, say post:1:+3ms")
        side, place = _spike(question, spike)
        times[side][place] += parsed(shift, "ms", f"the shift in {item!r}")
    for item in without:
        side, place = _spike(question, item)
        if place not in times[side]:
            raise ArgumentError(f"{', '.join(without)} names one spike twice; name each once")
        del times[side][place]
    pre, post = (tuple(sorted(times[side].values())) for side in SIDES)
    return replace(question, pre=pre, post=post)


def _spike(question: Question, spike: str) -> tuple[Train, int]:
    """The side, and the place in its train from 0, of a spike named 'pre:2'."""
    side, _, number = spike.partition(":")
    if side not in SIDES:
        raise ArgumentError(f"the spike {spike!r} is on neither side; allowed: pre:NUMBER or post:NUMBER, from 1 on")
    n = len(getattr(question, side))
    if not (number.isascii() and number.isdigit() and 1 <= int(number) <= n):
        allowed = f"{side}:1 to {side}:{n}" if n else f"none, for the {side}synaptic train is empty"
        raise ArgumentError(f"there is no spike {spike!r}; allowed: {allowed}")
    return ("pre" if side == "pre" else "post"), int(number) - 1
