"""A question about one synapse: a rule, two trains, a start weight, and what would have been with other spikes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError, SpikeTrainError, WeightError, said
from plasticity.inputs import count, instance, listed, number, numbers, plain, text
from plasticity.memory import require_memory
from plasticity.quantities import parsed
from plasticity.rules import Rule, readable
from plasticity.rules.record import Side
from plasticity.trains import RESOLUTION, Taken, checked, taken

SIDES: tuple[Side, ...] = ("pre", "post")


@dataclass(frozen=True)
class Question:
    """What happens to this synapse?

    rule      : as it is to be read, bounds included
    pre, post : one pattern of spikes, seconds or with a unit; kept as tuples of seconds
    w0        : the weight before; by default the one that the rule starts from
    n_repeats : how often the pattern comes; every : seconds, or with a unit, from one to the next
    instant   : seconds; spikes closer than this coincide. It grows to the spacing of times in single precision
    raises UnsupportedRule for a rule that reads rates; SpikeTrainError, WeightError, ArgumentError for no numbers
    """

    rule: Rule
    pre: Any
    post: Any
    w0: Any = None
    n_repeats: int = 1
    every: Any = 1.0
    instant: float = RESOLUTION

    def __post_init__(self) -> None:
        rule = readable(self.rule, "events").rule
        kept: dict[str, Any] = {"instant": number(self.instant, "the instant", unit="s", least=RESOLUTION)}
        for side in SIDES:
            given = plain(getattr(self, side), f"the {side}synaptic train", unit="s", error=SpikeTrainError)
            if given.values.ndim != 1:
                raise SpikeTrainError(
                    f"the {side}synaptic train has shape {given.values.shape}; a question is about one train a side, "
                    "(n_spikes,); of a column, give times.ravel()"
                )
            kept[side] = tuple(numbers(given.values, f"the {side}synaptic train", error=SpikeTrainError).tolist())
            kept["instant"] = max(kept["instant"], given.spacing)
        kept["w0"] = rule.start_weight if self.w0 is None else number(self.w0, "w0", error=WeightError)
        kept["n_repeats"] = count(self.n_repeats, "the number of repetitions")
        kept["every"] = number(self.every, "the time from one repetition to the next", unit="s", above=0.0)
        for name, value in kept.items():
            object.__setattr__(self, name, value)

    def trains(self) -> tuple[Floats, Floats]:
        """All spikes of both sides, the pattern repeated. Raises ArgumentError when the repetitions overlap."""
        pattern = [checked(np.array(getattr(self, side)), f"the {side}synaptic train")[0] for side in SIDES]
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

    def taken(self) -> tuple[Taken, Taken]:
        """All spikes as `trains`, checked, for an engine: it hears which of them coincide."""
        trains = zip(self.trains(), SIDES, strict=True)
        pre, post = (taken(times, f"the {side}synaptic train") for times, side in trains)
        return replace(pre, instant=self.instant), replace(post, instant=self.instant)


def altered(question: Question, *, without: Sequence[str] = (), move: Sequence[str] = ()) -> Question:
    """The question with some spikes of the pattern left out, others moved; numbers count from 1 in the given order.

    without : spikes such as 'pre:2', the second presynaptic one
    move    : spikes and by how much, such as 'post:1:+3ms', the first postsynaptic one 3 ms later
    raises ArgumentError for a spike that is not there, or a shift that is no time
    """
    instance(question, Question, "the question")
    without, move = (
        [text(item, f"a spike to {what}") for item in listed(spikes, f"the spikes to {what}")]
        for spikes, what in ((without, "leave out"), (move, "move"))
    )
    times = {side: dict(enumerate(getattr(question, side))) for side in SIDES}
    for item in move:
        spike, _, shift = item.rpartition(":")
        if spike.count(":") != 1:
            raise ArgumentError(f"the move is {said(item)}; allowed: side:number:shift, say post:1:+3ms")
        side, place = _spike(question, spike)
        times[side][place] += parsed(shift, "ms", f"the shift in {said(item)}")
    for item in without:
        side, place = _spike(question, item)
        if place not in times[side]:
            raise ArgumentError(f"{said(', '.join(without))} names one spike twice; name each once")
        del times[side][place]
    pre, post = (tuple(sorted(times[side].values())) for side in SIDES)
    return replace(question, pre=pre, post=post)


def _spike(question: Question, spike: str) -> tuple[Side, int]:
    """The side, and the place in its train from 0, of a spike named 'pre:2'."""
    side, _, number = spike.partition(":")
    if side not in SIDES:
        raise ArgumentError(
            f"the spike {said(spike)} is on neither side; allowed: pre:NUMBER or post:NUMBER, from 1 on"
        )
    n = len(getattr(question, side))
    if not (number.isascii() and number.isdigit() and len(number) < 10 and 1 <= int(number) <= n):
        allowed = f"{side}:1 to {side}:{n}" if n else f"none, for the {side}synaptic train is empty"
        raise ArgumentError(f"there is no spike {said(spike)}; allowed: {allowed}")
    return ("pre" if side == "pre" else "post"), int(number) - 1
