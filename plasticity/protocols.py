"""Stimulation recipes: from what an experimenter sets to spike times, in seconds.

Paired recipes return `(pre, post)`. A lag is t_post - t_pre throughout. The first spike falls on `start`.
"""

import math
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError, SpikeTrainError
from plasticity.trains import checked

START = 0.1  # seconds before the first spike; our choice, any time will do


class Pair(NamedTuple):
    """The trains on both sides of a synapse, in seconds: (n_spikes,) or (n_synapses, n_spikes) each."""

    pre: Floats
    post: Floats


def by_hand(pre: ArrayLike, post: ArrayLike) -> Pair:
    """One train a side as given, checked: finite, not negative, increasing. Raises SpikeTrainError."""
    return Pair(_one_train(pre, "the presynaptic train"), _one_train(post, "the postsynaptic train"))


def pairing(lag: ArrayLike, *, n_pairs: int = 60, rate: float = 1.0, start: float = START) -> Pair:
    """Pre and post spike `n_pairs` times, `lag` seconds apart, `rate` times a second.

    lag     : seconds, scalar or (n_lags,), smaller in size than the interval between pairings
    returns : trains of shape (n_pairs,), or (n_lags, n_pairs)
    """
    lags = _numbers(lag, "lag")
    onsets = _positive_or_zero(start, "start") + np.arange(_count(n_pairs, "n_pairs")) / _positive(rate, "rate")
    if np.any(np.abs(lags) >= 1 / rate):
        raise ArgumentError(f"a lag of {np.abs(lags).max():g} s does not fit between pairings {1 / rate:g} s apart")
    lags = lags[..., None]
    return Pair(onsets + np.maximum(-lags, 0.0), onsets + np.maximum(lags, 0.0))


def frequency_series(frequencies: ArrayLike, lag: float, *, n_pairs: int = 60, start: float = START) -> Pair:
    """Pairings in one continuous train at each of `frequencies` (hertz): shape (n_frequencies, n_pairs).

    This is how `pfister2006` models `sjostrom2001`, whose experiment gave 15 short trains 10 s apart.
    """
    rates = np.atleast_1d(_numbers(frequencies, "frequencies"))
    if rates.ndim > 1 or not rates.size:
        raise ArgumentError(f"frequencies have shape {rates.shape}; (n_frequencies,) with one or more is allowed")
    lag = _number(lag, "lag")
    series = [pairing(lag, n_pairs=n_pairs, rate=rate, start=start) for rate in rates.tolist()]
    return Pair(np.stack([pair.pre for pair in series]), np.stack([pair.post for pair in series]))


def triplets(
    kind: Literal["pre-post-pre", "post-pre-post"],
    lags: tuple[float, float],
    *,
    n_triplets: int = 60,
    rate: float = 1.0,
    start: float = START,
) -> Pair:
    """Three spikes, `rate` times a second (`wang2005`, as tabulated by `pfister2006`).

    lags : (first, second) t_post - t_pre of the first and the second pair: (+, -) for pre-post-pre, (-, +)
           for post-pre-post
    """
    if kind not in ("pre-post-pre", "post-pre-post"):
        raise ArgumentError(f"the triplet is {kind!r}; allowed: pre-post-pre, post-pre-post")
    if _numbers(lags, "lags").shape != (2,):
        raise ArgumentError(f"the lags of {kind} are {lags!r}; two lags are allowed")
    first, second = (lags[0], -lags[1]) if kind == "pre-post-pre" else (-lags[0], lags[1])
    if not (first > 0 and second > 0):
        raise ArgumentError(f"the lags of {kind} are {lags} s; the signs must be those of its two pairs, in order")
    onsets = _onsets(first + second, n=_count(n_triplets, "n_triplets"), rate=rate, start=start)
    outer = np.sort(np.concatenate([onsets, onsets + first + second]))
    inner = onsets + first
    return Pair(outer, inner) if kind == "pre-post-pre" else Pair(inner, outer)


def quadruplets(
    interval: float, lag: float, *, n_quadruplets: int = 60, rate: float = 1.0, start: float = START
) -> Pair:
    """A post-pre and a pre-post pair, each `lag` apart, `rate` times a second (`wang2005`).

    interval : seconds from the middle of the post-pre pair to the middle of the pre-post pair; negative when
               the pre-post pair comes first; larger in size than `lag`
    lag      : seconds between the two spikes of each pair, above zero
    """
    gap = abs(_number(interval, "interval")) - _positive(lag, "lag")
    if gap <= 0:
        raise ArgumentError(f"pairs of {lag:g} s overlap at an interval of {interval:g} s; make it larger than the lag")
    onsets = _onsets(2 * lag + gap, n=_count(n_quadruplets, "n_quadruplets"), rate=rate, start=start)
    outer = np.sort(np.concatenate([onsets, onsets + 2 * lag + gap]))
    inner = np.sort(np.concatenate([onsets + lag, onsets + lag + gap]))
    return Pair(inner, outer) if interval > 0 else Pair(outer, inner)


def regular(rate: float, duration: float, *, start: float = 0.0) -> Floats:
    """A train of `rate` hertz from `start` (first spike) for `duration` seconds; rate 0 gives no spike."""
    if rate == 0:
        return np.empty(0)
    interval = 1 / _positive(rate, "rate")
    n = math.ceil(_positive(duration, "duration") / interval - 1e-9)  # no spike at the very end
    return _positive_or_zero(start, "start") + interval * np.arange(n)


def poisson(rate: float, duration: float, rng: np.random.Generator, *, start: float = 0.0) -> Floats:
    """A homogeneous Poisson train of `rate` hertz for `duration` seconds from `start`.

    The number of spikes is Poisson, their times uniform. Two spikes within a nanosecond are one spike.
    """
    mean = _positive_or_zero(rate, "rate") * _positive(duration, "duration")
    times = rng.uniform(0.0, duration, rng.poisson(mean))
    return _positive_or_zero(start, "start") + _apart(times)


def pattern_trains(
    rates: ArrayLike, onsets: ArrayLike, duration: float, rng: np.random.Generator, *, dt: float | None = None
) -> list[Floats]:
    """Poisson trains of many inputs that are shown patterns one after another, such as the pixels of images.

    rates    : hertz, (n_patterns, n_inputs): how fast each input fires while each pattern is shown
    onsets   : seconds, (n_patterns,): when each is shown, for `duration` seconds; increasing, without overlap
    dt       : seconds; moves each spike to the start of its step, where several become one; None leaves them
    returns  : one train an input; between two patterns there is no spike
    """
    frequencies, starts = _numbers(rates, "rates"), _numbers(onsets, "onsets")
    if frequencies.ndim != 2 or starts.shape != frequencies.shape[:1] or (frequencies < 0).any():
        raise ArgumentError(
            f"rates have shape {frequencies.shape} and onsets {starts.shape}; allowed: rates of 0 or more, "
            "(n_patterns, n_inputs), and (n_patterns,)"
        )
    if np.any(np.diff(starts) < _positive(duration, "duration")) or np.any(starts < 0):
        raise ArgumentError(f"patterns shown for {duration:g} s overlap, or begin before 0; set the onsets apart")
    counts = rng.poisson(frequencies * duration)
    trains = []
    for number in counts.T:
        times = np.repeat(starts, number) + rng.uniform(0.0, duration, number.sum())
        if dt is None:
            trains.append(_apart(times))
        else:
            trains.append(np.unique(np.floor(times / dt)) * dt)
    return trains


def superposed(*trains: ArrayLike) -> Floats:
    """The spikes of several trains in one, in order. Two spikes within a nanosecond are one spike."""
    return _apart(np.concatenate([_one_train(train, "the train") for train in trains]))


def on_grid(times: ArrayLike, dt: float) -> Floats:
    """A train moved to the nearest multiples of `dt`; spikes that fall together become one."""
    steps = np.unique(np.round(_one_train(times, "the train") / _positive(dt, "dt")))
    return np.asarray(steps * dt, dtype=np.float64)


def coupled_both_ways(a: ArrayLike, b: ArrayLike) -> dict[str, Pair]:
    """Two neurons that drive each other: synapse 'A' from A to B, synapse 'B' from B to A.

    a, b    : spike times of the neurons
    returns : the trains at either synapse; what is pre at one is post at the other
    """
    forth = by_hand(a, b)
    return {"A": forth, "B": Pair(forth.post, forth.pre)}


def _apart(times: Floats) -> Floats:
    """The times in order, without those less than two nanoseconds behind another."""
    ordered = np.sort(times)
    return ordered[np.diff(ordered, prepend=-1.0) > 2e-9]


def _onsets(length: float, *, n: int, rate: float, start: float) -> Floats:
    """The first spikes of `n` groups, each `length` seconds long."""
    if length >= 1 / _positive(rate, "rate"):
        raise ArgumentError(f"a group of {length:g} s does not fit between repetitions {1 / rate:g} s apart")
    return _positive_or_zero(start, "start") + np.arange(n) / rate


def _one_train(times: ArrayLike, name: str) -> Floats:
    trains = checked(times, name)
    if len(trains) > 1:
        raise SpikeTrainError(f"{name} is {len(trains)} trains; one is allowed here")
    return trains[0]


def _count(n: int, name: str) -> int:
    if isinstance(n, bool) or _number(n, name) != int(n) or n < 1:
        raise ArgumentError(f"{name} is {n}; a whole number of 1 or more is allowed")
    return int(n)


def _positive(value: float, name: str) -> float:
    if not _number(value, name) > 0:
        raise ArgumentError(f"{name} is {value}; a finite number above 0 is allowed")
    return float(value)


def _positive_or_zero(value: float, name: str) -> float:
    if not _number(value, name) >= 0:
        raise ArgumentError(f"{name} is {value}; a finite number of 0 or more is allowed")
    return float(value)


def _number(value: float, name: str) -> float:
    numbers = _numbers(value, name)
    if numbers.ndim:
        raise ArgumentError(f"{name} has shape {numbers.shape}; one number is allowed")
    return float(numbers)


def _numbers(values: ArrayLike, name: str) -> Floats:
    """Finite numbers as an array."""
    try:
        numbers = np.asarray(values, dtype=float)
    except (TypeError, ValueError):
        raise ArgumentError(f"{name} is {values!r}; finite numbers are allowed") from None
    if not np.isfinite(numbers).all():
        raise ArgumentError(f"{name} holds {numbers[~np.isfinite(numbers)].flat[0]}; finite numbers are allowed")
    return numbers


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
