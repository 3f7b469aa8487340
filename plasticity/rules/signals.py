"""What a rule reads from outside: signals given as functions of time, or as samples."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError, SpikeTrainError, said, told, unknown
from plasticity.inputs import instance, numbers, plain
from plasticity.rules.record import Rule
from plasticity.trains import Merged

Course = Callable[[Floats], Floats]  # of times (n_synapses,) to values (n_synapses,)


class Signals(NamedTuple):
    """The signals of a rule.

    courses    : {signal: its value at times}
    stops      : seconds, in order: where samples stand, and a signal may bend
    start, end : seconds, between which all samples are; NaN where none are given
    """

    courses: Mapping[str, Course]
    stops: Floats
    start: float
    end: float

    def at(self, times: Floats) -> dict[str, Floats]:
        """The value of each signal, (n_synapses,); where a time is NaN, any."""
        if self.courses and np.isnan(times).any():
            times = np.where(np.isnan(times), np.nanmax(times), times)
        return {name: course(times) for name, course in self.courses.items()}


def taken_signals(rule: Rule, signals: Any, n_synapses: int) -> Signals:
    """The signals that came, checked.

    signals : {signal: a function of seconds, an array, to values of its shape; or samples (seconds, values), which are
              joined by straight lines; values of shape (n_samples,) or (n_synapses, n_samples), in SI}. Every sample is
              met; of a function, a peak that is brief between two quiet times may be passed over: give samples of it.
              One that is late is not given: it is the past of another
    raises ArgumentError for what is none, or one that lacks; UnknownName for one that the rule does not read
    """
    given = {} if signals is None else instance(signals, Mapping, "the signals")
    known = {signal.name: signal for signal in rule.signals if not signal.delay}
    for name in given:
        if name not in known:
            raise unknown(f"signal of {rule}", name, known)
    if missing := [name for name in known if name not in given]:
        example = f"signals={{'{missing[0]}': (times, values)}}, or a function of time"
        raise ArgumentError(f"{rule} reads {', '.join(missing)}, which did not come; give {example}")
    courses, spans = dict[str, Course](), list[Floats]()
    for name, course in given.items():
        if callable(course):
            courses[name] = _function(course, name)
        else:
            times, values = _samples(course, name, known[name].unit, n_synapses)
            courses[name] = _lines(times, values)
            spans.append(times)
    late = {signal: rule.values[signal.delay] for signal in rule.signals if signal.delay}
    courses |= {signal.name: _later(courses[rule.prompt(signal).name], delay) for signal, delay in late.items()}
    bends = {time for times in spans for time in times.tolist()}
    stops = np.array(sorted({time + delay for time in bends for delay in (0.0, *late.values())}))
    start, end = (max(s[0] for s in spans), min(s[-1] for s in spans)) if spans else (np.nan, np.nan)
    return Signals(courses, stops, float(start), float(end))


def _later(course: Course, delay: float) -> Course:
    """A course, late; before its first sample it is as there."""
    return lambda times: course(times - delay)


def require_within(signals: Signals, spikes: Merged) -> None:
    """Raise SpikeTrainError for an event at which no sample says what a signal is."""
    is_event = np.arange(len(spikes.times))[:, None] < spikes.n_spikes
    outside = is_event & ((spikes.times < signals.start) | (spikes.times > signals.end))
    if outside.any():
        raise SpikeTrainError(
            f"an event comes at {spikes.times[outside][0]:g} s, and the samples of the signals go from "
            f"{signals.start:g} to {signals.end:g} s; give samples for all events, or a function of time"
        )


def _function(course: Callable[[Floats], Any], name: str) -> Course:
    def value(times: Floats) -> Floats:
        try:
            given = course(times)
        except Exception as error:  # of the person's own code
            raise ArgumentError(
                f"the function of signal {name} failed: {told(error)}; it takes an array of seconds and gives as many "
                "numbers"
            ) from error
        found = plain(given, f"the signal {name}").values
        if found.shape not in ((), times.shape) or not np.isfinite(found).all():
            raise ArgumentError(
                f"the function of signal {name} gave {said(found)}; a finite number for each of {times.size} times is "
                "needed"
            )
        return np.broadcast_to(found, times.shape)

    return value


def _samples(course: Any, name: str, unit: str, n_synapses: int) -> tuple[Floats, Floats]:
    if not isinstance(course, tuple | list) or len(course) != 2:
        raise ArgumentError(f"the signal {name} is {said(course)}; a function of time, or (times, values), is allowed")
    times = numbers(course[0], f"the times of signal {name}", unit="s", shape=(None,))
    values = numbers(course[1], f"the values of signal {name}", unit=unit, is_matrix=True)
    if len(times) < 2 or not (np.diff(times) > 0).all():
        raise ArgumentError(f"the times of signal {name} must increase, and be two or more")
    if values.shape not in (times.shape, (n_synapses, len(times))):
        raise ArgumentError(
            f"the values of signal {name} have shape {values.shape}; {times.shape} or {(n_synapses, len(times))} is "
            "needed"
        )
    return times, values[0] if len(values) == 1 and values.ndim == 2 else values


def _lines(times: Floats, values: Floats) -> Course:
    if values.ndim == 1:
        return lambda at: np.interp(at, times, values)

    gaps, rows = np.diff(times), len(times) * np.arange(len(values))  # of the table in one row
    flat = np.ravel(values)

    def value(at: Floats) -> Floats:
        place = np.minimum(np.maximum(times.searchsorted(at, side="right") - 1, 0), len(gaps) - 1)
        part = np.minimum(np.maximum((at - times[place]) / gaps[place], 0.0), 1.0)
        left = rows + place
        return flat[left] * (1 - part) + flat[left + 1] * part

    return value
