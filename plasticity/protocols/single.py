"""Trains of one neuron, or of many that fire independently."""

import math
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError
from plasticity.inputs import generator, number, numbers
from plasticity.protocols.limits import apart, rate_of, require_spikes, time_of
from plasticity.trains import RESOLUTION, Trains, one


def regular(rate: Any, duration: Any, *, start: Any = 0.0) -> Floats:
    """A train of `rate` hertz from `start` (first spike) for `duration` seconds; rate 0 gives no spike.

    >>> from plasticity.protocols import regular
    >>> regular(20.0, 0.2).round(3).tolist()
    [0.0, 0.05, 0.1, 0.15]
    """
    frequency, seconds = number(rate, "rate", unit="Hz", least=0.0), number(duration, "duration", unit="s", above=0.0)
    first = time_of(start, "start")
    if frequency == 0:
        return np.empty(0)
    interval = 1 / rate_of(frequency)
    require_spikes(seconds / interval)
    n = math.ceil(seconds / interval - 1e-9)  # no spike at the very end
    return first + interval * np.arange(n)


def poisson(rate: Any, duration: Any, rng: Any, *, start: Any = 0.0) -> Floats:
    """A homogeneous Poisson train of `rate` hertz for `duration` seconds from `start`.

    The number of spikes is Poisson, their times uniform. Two spikes within a nanosecond are one spike.

    >>> from plasticity.protocols import poisson
    >>> poisson(20.0, 0.2, rng=1).round(4)
    array([0.0055, 0.0818, 0.1099, 0.1507, 0.1655])
    """
    seconds, random = number(duration, "duration", unit="s", above=0.0), generator(rng)
    mean = number(rate, "rate", unit="Hz", least=0.0) * seconds
    require_spikes(mean)
    times = random.uniform(0.0, seconds, random.poisson(mean))
    return time_of(start, "start") + apart(times)


def pattern_trains(rates: Any, onsets: Any, duration: Any, rng: Any, *, dt: Any = None) -> list[Floats]:
    """Poisson trains of many inputs that are shown patterns one after another, such as the pixels of images.

    rates    : hertz, (n_patterns, n_inputs): how fast each input fires while each pattern is shown
    onsets   : seconds, (n_patterns,): when each is shown, for `duration` seconds; increasing, without overlap
    dt       : seconds; moves each spike to the start of its step, where several become one; None leaves them
    returns  : one train an input; between two patterns there is no spike

    >>> import numpy as np
    >>> from plasticity.protocols import pattern_trains
    >>> trains = pattern_trains(np.array([[20.0, 0.0], [0.0, 20.0]]), [0.0, 0.5], 0.5, rng=1)
    >>> len(trains)
    2
    """
    frequencies, starts = numbers(rates, "rates", unit="Hz"), numbers(onsets, "onsets", unit="s")
    seconds, random = number(duration, "duration", unit="s", above=0.0), generator(rng)
    step = None if dt is None else number(dt, "dt", unit="s", least=RESOLUTION)
    if frequencies.ndim != 2 or starts.shape != frequencies.shape[:1] or (frequencies < 0).any():
        raise ArgumentError(
            f"rates have shape {frequencies.shape} and onsets {starts.shape}; allowed: rates of 0 or more, "
            "(n_patterns, n_inputs), and (n_patterns,)"
        )
    if np.any(np.diff(starts) < seconds) or np.any(starts < 0):
        raise ArgumentError(f"patterns shown for {seconds:g} s overlap, or begin before 0; set the onsets apart")
    with np.errstate(over="ignore"):
        require_spikes(float((frequencies * seconds).sum()))
    trains = []
    for many in random.poisson(frequencies * seconds).T:
        times = np.repeat(starts, many) + random.uniform(0.0, seconds, many.sum())
        trains.append(apart(times) if step is None else np.unique(np.floor(times / step)) * step)
    return trains


def superposed(*trains: Trains) -> Floats:
    """The spikes of several trains in one, in order. Two spikes within a nanosecond are one spike.

    >>> from plasticity.protocols import superposed
    >>> superposed([0.01, 0.03], [0.02]).tolist()
    [0.01, 0.02, 0.03]
    """
    return apart(np.concatenate([np.empty(0), *(one(train, "the train") for train in trains)]))


def on_grid(times: Trains, dt: Any) -> Floats:
    """A train moved to the nearest multiples of `dt`; spikes that fall together become one.

    >>> from plasticity.protocols import on_grid
    >>> on_grid([0.01004, 0.0301], 1e-3).tolist()
    [0.01, 0.03]
    """
    step = number(dt, "dt", unit="s", least=RESOLUTION)
    return np.unique(np.round(one(times, "the train") / step)) * step
