"""Stimulation recipes: from what an experimenter sets to spike times, in seconds.

Paired recipes return `(pre, post)`: a train each, or a list of trains each. A lag is t_post - t_pre throughout. The
first spike falls on `start`. Times, lags and rates are SI, or carry a unit; where random numbers are drawn, `rng` is a
generator or a seed.
"""

import math
from typing import Any, Literal, NamedTuple

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError
from plasticity.inputs import choice, count, generator, number, numbers
from plasticity.memory import require_memory
from plasticity.trains import RESOLUTION, Trains, one, taken

START = 0.1  # seconds before the first spike; our choice, any time will do
_SLOWEST, _FASTEST = 1e-6, 1e9  # hertz: a spike in 12 days, a spike in an instant
_BYTES_PER_SPIKE = 40.0  # its time, and what is needed to draw and to sort it


class Pair(NamedTuple):
    """The trains on both sides of a synapse, in seconds: (n_spikes,) each, or a list of such for many synapses."""

    pre: Any
    post: Any


def by_hand(pre: Trains, post: Trains) -> Pair:
    """One train a side as given, checked: finite, increasing; in single precision where they came so.

    raises SpikeTrainError
    """
    return Pair(_as_it_came(pre, "the presynaptic train"), _as_it_came(post, "the postsynaptic train"))


def pairing(lag: Any, *, n_pairs: int = 60, rate: Any = 1.0, start: Any = START) -> Pair:
    """Pre and post spike `n_pairs` times, `lag` seconds apart, `rate` times a second.

    lag     : seconds, scalar or (n_lags,), smaller in size than the interval between pairings
    returns : trains of shape (n_pairs,), or lists of n_lags such trains
    """
    lags = numbers(lag, "lag", unit="s")
    if lags.ndim > 1:
        raise ArgumentError(f"lag has shape {lags.shape}; one lag, or (n_lags,), is allowed")
    n, frequency = count(n_pairs, "n_pairs"), _rate(rate)
    _require_spikes(2.0 * n * max(lags.size, 1))
    onsets = _time(start, "start") + np.arange(n) / frequency
    if np.any(np.abs(lags) >= 1 / frequency):
        raise ArgumentError(
            f"a lag of {np.abs(lags).max():g} s does not fit between pairings {1 / frequency:g} s apart"
        )
    pre, post = (onsets + np.maximum(sign * lags[..., None], 0.0) for sign in (-1, 1))
    return Pair(list(pre), list(post)) if lags.ndim else Pair(pre, post)


def frequency_series(frequencies: Any, lag: Any, *, n_pairs: int = 60, start: Any = START) -> Pair:
    """Pairings in one continuous train at each of `frequencies` (hertz): lists of (n_pairs,), one a frequency.

    This is how `pfister2006` models `sjostrom2001`, whose experiment gave 15 short trains 10 s apart.
    """
    rates = np.atleast_1d(numbers(frequencies, "frequencies", unit="Hz"))
    if rates.ndim > 1 or not rates.size:
        raise ArgumentError(f"frequencies have shape {rates.shape}; (n_frequencies,) with one or more is allowed")
    _require_spikes(2.0 * rates.size * count(n_pairs, "n_pairs"))
    lag = number(lag, "lag", unit="s")
    series = [pairing(lag, n_pairs=n_pairs, rate=rate, start=start) for rate in rates.tolist()]
    return Pair([pair.pre for pair in series], [pair.post for pair in series])


def triplets(
    kind: Literal["pre-post-pre", "post-pre-post"],
    lags: Any,
    *,
    n_triplets: int = 60,
    rate: Any = 1.0,
    start: Any = START,
) -> Pair:
    """Three spikes, `rate` times a second (`wang2005`, as tabulated by `pfister2006`).

    lags : (first, second) t_post - t_pre of the first and the second pair: (+, -) for pre-post-pre, (-, +)
           for post-pre-post
    """
    choice(kind, ("pre-post-pre", "post-pre-post"), "the triplet")
    one, other = numbers(lags, f"the lags of {kind}", unit="s", shape=(2,)).tolist()
    first, second = (one, -other) if kind == "pre-post-pre" else (-one, other)
    if not (first > 0 and second > 0):
        raise ArgumentError(
            f"the lags of {kind} are {one:g} s and {other:g} s; the signs must be those of its two pairs, in order"
        )
    onsets = _onsets(first + second, n=count(n_triplets, "n_triplets"), rate=rate, start=start)
    outer = np.sort(np.concatenate([onsets, onsets + first + second]))
    inner = onsets + first
    return Pair(outer, inner) if kind == "pre-post-pre" else Pair(inner, outer)


def quadruplets(interval: Any, lag: Any, *, n_quadruplets: int = 60, rate: Any = 1.0, start: Any = START) -> Pair:
    """A post-pre and a pre-post pair, each `lag` apart, `rate` times a second (`wang2005`).

    interval : seconds from the middle of the post-pre pair to the middle of the pre-post pair; negative when
               the pre-post pair comes first; larger in size than `lag`
    lag      : seconds between the two spikes of each pair, above zero
    """
    interval, lag = number(interval, "interval", unit="s"), number(lag, "lag", unit="s", above=0.0)
    gap = abs(interval) - lag
    if gap <= 0:
        raise ArgumentError(f"pairs of {lag:g} s overlap at an interval of {interval:g} s; make it larger than the lag")
    onsets = _onsets(2 * lag + gap, n=count(n_quadruplets, "n_quadruplets"), rate=rate, start=start)
    outer = np.sort(np.concatenate([onsets, onsets + 2 * lag + gap]))
    inner = np.sort(np.concatenate([onsets + lag, onsets + lag + gap]))
    return Pair(inner, outer) if interval > 0 else Pair(outer, inner)


def regular(rate: Any, duration: Any, *, start: Any = 0.0) -> Floats:
    """A train of `rate` hertz from `start` (first spike) for `duration` seconds; rate 0 gives no spike."""
    frequency, seconds = number(rate, "rate", unit="Hz", least=0.0), number(duration, "duration", unit="s", above=0.0)
    first = _time(start, "start")
    if frequency == 0:
        return np.empty(0)
    interval = 1 / _rate(frequency)
    _require_spikes(seconds / interval)
    n = math.ceil(seconds / interval - 1e-9)  # no spike at the very end
    return first + interval * np.arange(n)


def poisson(rate: Any, duration: Any, rng: Any, *, start: Any = 0.0) -> Floats:
    """A homogeneous Poisson train of `rate` hertz for `duration` seconds from `start`.

    The number of spikes is Poisson, their times uniform. Two spikes within a nanosecond are one spike.
    """
    seconds, random = number(duration, "duration", unit="s", above=0.0), generator(rng)
    mean = number(rate, "rate", unit="Hz", least=0.0) * seconds
    _require_spikes(mean)
    times = random.uniform(0.0, seconds, random.poisson(mean))
    return _time(start, "start") + _apart(times)


def pattern_trains(rates: Any, onsets: Any, duration: Any, rng: Any, *, dt: Any = None) -> list[Floats]:
    """Poisson trains of many inputs that are shown patterns one after another, such as the pixels of images.

    rates    : hertz, (n_patterns, n_inputs): how fast each input fires while each pattern is shown
    onsets   : seconds, (n_patterns,): when each is shown, for `duration` seconds; increasing, without overlap
    dt       : seconds; moves each spike to the start of its step, where several become one; None leaves them
    returns  : one train an input; between two patterns there is no spike
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
        _require_spikes(float((frequencies * seconds).sum()))
    trains = []
    for many in random.poisson(frequencies * seconds).T:
        times = np.repeat(starts, many) + random.uniform(0.0, seconds, many.sum())
        trains.append(_apart(times) if step is None else np.unique(np.floor(times / step)) * step)
    return trains


def superposed(*trains: Trains) -> Floats:
    """The spikes of several trains in one, in order. Two spikes within a nanosecond are one spike."""
    return _apart(np.concatenate([np.empty(0), *(one(train, "the train") for train in trains)]))


def on_grid(times: Trains, dt: Any) -> Floats:
    """A train moved to the nearest multiples of `dt`; spikes that fall together become one."""
    step = number(dt, "dt", unit="s", least=RESOLUTION)
    return np.unique(np.round(one(times, "the train") / step)) * step


def coupled_both_ways(a: Trains, b: Trains) -> dict[str, Pair]:
    """Two neurons that drive each other: synapse 'A' from A to B, synapse 'B' from B to A.

    a, b    : spike times of the neurons
    returns : the trains at either synapse; what is pre at one is post at the other
    """
    forth = by_hand(a, b)
    return {"A": forth, "B": Pair(forth.post, forth.pre)}


def _apart(times: Floats) -> Floats:
    """The times in order, without those less than two nanoseconds behind another; they may be negative."""
    ordered = np.sort(times)
    return ordered[np.diff(ordered, prepend=-np.inf) > 2e-9]


def _onsets(length: float, *, n: int, rate: Any, start: Any) -> Floats:
    """The first spikes of `n` groups, each `length` seconds long."""
    frequency = _rate(rate)
    _require_spikes(4.0 * n)
    if length >= 1 / frequency:
        raise ArgumentError(f"a group of {length:g} s does not fit between repetitions {1 / frequency:g} s apart")
    return _time(start, "start") + np.arange(n) / frequency


def _as_it_came(times: Trains, name: str) -> Any:
    """One train, of the type whose spacing says what coincides with it."""
    came = taken(times, name)
    train = one(came, name)
    if came.instant == RESOLUTION:
        return train
    return train.astype(
        np.float16 if came.instant >= np.spacing(np.abs(train).max().astype(np.float16)) else np.float32
    )


def _rate(rate: Any) -> float:
    return number(rate, "rate", unit="Hz", least=_SLOWEST, most=_FASTEST)


def _time(start: Any, name: str) -> float:
    return number(start, name, unit="s", least=0.0)


def _require_spikes(n: float) -> None:
    """Refuse trains that would not fit into memory, before they are made."""
    require_memory(_BYTES_PER_SPIKE * n, f"{n:.3g} spikes")


__all__ = [
    "START",
    "Pair",
    "by_hand",
    "coupled_both_ways",
    "frequency_series",
    "on_grid",
    "pairing",
    "pattern_trains",
    "poisson",
    "quadruplets",
    "regular",
    "superposed",
    "triplets",
]
