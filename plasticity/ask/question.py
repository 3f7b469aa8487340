"""A question about one synapse: a rule, its trains, a start weight, and what would have been with other spikes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError, SpikeTrainError, WeightError, said
from plasticity.frozen import FrozenMap
from plasticity.inputs import count, instance, listed, number, numbers, plain, text
from plasticity.memory import require_memory
from plasticity.quantities import parsed
from plasticity.rules import Rule, readable
from plasticity.rules.variables import Side
from plasticity.trains import RESOLUTION, Taken, checked, taken

SIDES: tuple[Side, ...] = ("pre", "post")


@dataclass(frozen=True)
class Question:
    """What happens to this synapse?

    rule      : as it is to be read, bounds included
    pre, post : one pattern of spikes, seconds or with a unit; kept as tuples of seconds
    w0        : the weight before; by default the one that the rule starts from
    n_repeats : how often the pattern comes; every : seconds, or with a unit, from one to the next
    events    : {name: times} of events other than spikes, of the same pattern, such as {"reward": [0.12]}; the rule
                hears them by these names
    instant   : seconds; spikes closer than this coincide. It grows to the spacing of times in single precision
    raises UnsupportedRule for a rule that the exact engine does not read; SpikeTrainError, WeightError, ArgumentError
    for no numbers, and for an event that the rule does not hear
    """

    rule: Rule
    pre: Any
    post: Any
    w0: Any = None
    n_repeats: int = 1
    every: Any = 1.0
    instant: float = RESOLUTION
    events: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rule = readable(self.rule, "events").rule
        kept: dict[str, Any] = {"instant": number(self.instant, "the instant", unit="s", least=RESOLUTION)}
        _check_heard(rule, instance(self.events, Mapping, "the events of a question"))
        trains = {}
        for event, times in {"pre": self.pre, "post": self.post, **self.events}.items():
            given = plain(times, called(event), unit="s", error=SpikeTrainError)
            if given.values.ndim != 1:
                raise SpikeTrainError(
                    f"{called(event)} has shape {given.values.shape}; a question is about one train a side, "
                    "(n_spikes,); of a column, give times.ravel()"
                )
            trains[event] = tuple(numbers(given.values, called(event), error=SpikeTrainError).tolist())
            kept["instant"] = max(kept["instant"], given.spacing)
        kept |= {side: trains.pop(side) for side in SIDES} | {"events": FrozenMap(trains)}
        kept["w0"] = rule.start_weight if self.w0 is None else number(self.w0, "w0", error=WeightError)
        kept["n_repeats"] = count(self.n_repeats, "the number of repetitions")
        kept["every"] = number(self.every, "the time from one repetition to the next", unit="s", above=0.0)
        for name, value in kept.items():
            object.__setattr__(self, name, value)

    def pattern(self) -> dict[str, tuple[float, ...]]:
        """The times of every event, once: {"pre": ..., "post": ..., and what else the rule hears}."""
        return {"pre": self.pre, "post": self.post, **self.events}

    def trains(self) -> tuple[Floats, Floats]:
        """All spikes of both sides, the pattern repeated. Raises ArgumentError when the repetitions overlap."""
        times = self.times()
        return times["pre"], times["post"]

    def times(self) -> dict[str, Floats]:
        """The same of every event. Raises ArgumentError when the repetitions overlap."""
        pattern = {event: checked(np.array(times), called(event))[0] for event, times in self.pattern().items()}
        if self.n_repeats > 1:
            spikes = np.concatenate(list(pattern.values()))
            length = float(np.ptp(spikes)) if spikes.size else 0.0
            if length >= self.every:
                raise ArgumentError(
                    f"the pattern lasts {length * 1e3:g} ms and is repeated every {self.every * 1e3:g} ms; "
                    "repeat it less often"
                )
            require_memory(100.0 * self.n_repeats * max(spikes.size, 1), "so many repetitions")
        onsets = np.arange(self.n_repeats) * self.every
        return {event: (onsets[:, None] + train).ravel() for event, train in pattern.items()}

    def taken(self) -> tuple[Taken, Taken, dict[str, Taken]]:
        """All times, checked, for an engine, which hears what coincides: pre, post, and {name: other events}."""
        found = {
            event: taken(times, called(event))._replace(instant=self.instant) for event, times in self.times().items()
        }
        return found.pop("pre"), found.pop("post"), found


def called(event: str) -> str:
    """The train of an event, as a message calls it."""
    return f"the {event}synaptic train" if event in SIDES else f"the train of {event}"


def _check_heard(rule: Rule, events: Mapping[str, Any]) -> None:
    """Raise ArgumentError for an event that the rule does not hear."""
    heard = [event for event in rule.events if event not in SIDES]
    for event in events:
        if event not in heard:
            allowed = ", ".join(heard) if heard else "none, for it hears spikes only"
            raise ArgumentError(f"{rule} does not hear the event {said(event)}; allowed: {allowed}")


def altered(question: Question, *, without: Sequence[str] = (), move: Sequence[str] = ()) -> Question:
    """The question with some spikes of the pattern left out, others moved; numbers count from 1 in the given order.

    without : spikes such as 'pre:2', the second presynaptic one
    move    : spikes and by how much, such as 'post:1:+3ms', the first postsynaptic one 3 ms later
    raises ArgumentError for a spike that is not there, or a shift that is no time

    >>> from plasticity import RULES
    >>> from plasticity.ask import Question, altered
    >>> asked = Question(RULES["pair_stdp"], [0.010, 0.030], [0.015, 0.035], w0=0.5)
    >>> altered(asked, without=["pre:2"]).pre
    (0.01,)
    """
    instance(question, Question, "the question")
    without, move = (
        [text(item, f"a spike to {what}") for item in listed(spikes, f"the spikes to {what}")]
        for spikes, what in ((without, "leave out"), (move, "move"))
    )
    times = {event: dict(enumerate(train)) for event, train in question.pattern().items()}
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
    left = {event: tuple(sorted(train.values())) for event, train in times.items()}
    return replace(question, pre=left.pop("pre"), post=left.pop("post"), events=left)


def _spike(question: Question, spike: str) -> tuple[str, int]:
    """The event, and the place in its train from 0, of a spike named 'pre:2'."""
    pattern = question.pattern()
    event, _, number = spike.partition(":")
    if event not in pattern:
        allowed = " or ".join(f"{known}:NUMBER" for known in pattern)
        raise ArgumentError(f"the spike {said(spike)} is on neither side; allowed: {allowed}, from 1 on")
    n = len(pattern[event])
    if not (number.isascii() and number.isdigit() and len(number) < 10 and 1 <= int(number) <= n):
        allowed = f"{event}:1 to {event}:{n}" if n else f"none, for {called(event)} is empty"
        raise ArgumentError(f"there is no spike {said(spike)}; allowed: {allowed}")
    return event, int(number) - 1
