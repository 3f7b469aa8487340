"""Both sides of a synapse: what an experimenter sets, and the trains that follow."""

from typing import Any, Literal, NamedTuple

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError
from plasticity.inputs import choice, count, number, numbers
from plasticity.protocols.limits import START, rate_of, require_spikes, time_of
from plasticity.trains import RESOLUTION, Trains, one, taken


class Pair(NamedTuple):
    """The trains on both sides of a synapse, in seconds: (n_spikes,) each, or a list of such for many synapses."""

    pre: Any
    post: Any


def by_hand(pre: Trains, post: Trains) -> Pair:
    """One train a side as given, checked: finite, increasing; in single precision where they came so.

    raises SpikeTrainError

    >>> from plasticity.protocols import by_hand
    >>> by_hand([0.010], [0.020]).post
    array([0.02])
    """
    return Pair(_as_it_came(pre, "the presynaptic train"), _as_it_came(post, "the postsynaptic train"))


def pairing(lag: Any, *, n_pairs: int = 60, rate: Any = 1.0, start: Any = START) -> Pair:
    """Pre and post spike `n_pairs` times, `lag` seconds apart, `rate` times a second.

    lag     : seconds, scalar or (n_lags,), smaller in size than the interval between pairings
    returns : trains of shape (n_pairs,), or lists of n_lags such trains

    >>> from plasticity.protocols import pairing
    >>> pre, post = pairing(0.010, n_pairs=2, rate=1.0)
    >>> pre.tolist(), post.tolist()
    ([0.1, 1.1], [0.11, 1.11])
    """
    lags, onsets = paired_onsets(lag, n_pairs=n_pairs, rate=rate, start=start)
    require_spikes(2.0 * onsets.size * max(lags.size, 1))
    pre, post = (onsets + np.maximum(sign * lags[..., None], 0.0) for sign in (-1, 1))
    return Pair(list(pre), list(post)) if lags.ndim else Pair(pre, post)


def paired_onsets(lag: Any, *, n_pairs: int = 60, rate: Any = 1.0, start: Any = START) -> tuple[Floats, Floats]:
    """The lags of `pairing`, checked, and when its pairs begin, (n_pairs,); seconds. Arguments and errors as there."""
    lags = numbers(lag, "lag", unit="s")
    if lags.ndim > 1:
        raise ArgumentError(f"lag has shape {lags.shape}; one lag, or (n_lags,), is allowed")
    n, frequency = count(n_pairs, "n_pairs"), rate_of(rate)
    require_spikes(float(n))
    if np.any(np.abs(lags) >= 1 / frequency):
        raise ArgumentError(
            f"a lag of {np.abs(lags).max():g} s does not fit between pairings {1 / frequency:g} s apart"
        )
    return lags, time_of(start, "start") + np.arange(n) / frequency


def frequency_series(frequencies: Any, lag: Any, *, n_pairs: int = 60, start: Any = START) -> Pair:
    """Pairings in one continuous train at each of `frequencies` (hertz): lists of (n_pairs,), one a frequency.

    This is how `pfister2006` models `sjostrom2001`, whose experiment gave 15 short trains 10 s apart.

    >>> from plasticity.protocols import frequency_series
    >>> [train.round(3).tolist() for train in frequency_series([10.0, 50.0], 10e-3, n_pairs=2).post]
    [[0.11, 0.21], [0.11, 0.13]]
    """
    rates = np.atleast_1d(numbers(frequencies, "frequencies", unit="Hz"))
    if rates.ndim > 1 or not rates.size:
        raise ArgumentError(f"frequencies have shape {rates.shape}; (n_frequencies,) with one or more is allowed")
    require_spikes(2.0 * rates.size * count(n_pairs, "n_pairs"))
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

    >>> from plasticity.protocols import triplets
    >>> triplets("pre-post-pre", (5e-3, -5e-3), n_triplets=1).pre.round(4).tolist()
    [0.1, 0.11]
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

    >>> from plasticity.protocols import quadruplets
    >>> quadruplets(50e-3, 5e-3, n_quadruplets=1).pre.round(4).tolist()
    [0.105, 0.15]
    """
    interval, lag = number(interval, "interval", unit="s"), number(lag, "lag", unit="s", above=0.0)
    gap = abs(interval) - lag
    if gap <= 0:
        raise ArgumentError(f"pairs of {lag:g} s overlap at an interval of {interval:g} s; make it larger than the lag")
    onsets = _onsets(2 * lag + gap, n=count(n_quadruplets, "n_quadruplets"), rate=rate, start=start)
    outer = np.sort(np.concatenate([onsets, onsets + 2 * lag + gap]))
    inner = np.sort(np.concatenate([onsets + lag, onsets + lag + gap]))
    return Pair(inner, outer) if interval > 0 else Pair(outer, inner)


def coupled_both_ways(a: Trains, b: Trains) -> dict[str, Pair]:
    """Two neurons that drive each other: synapse 'A' from A to B, synapse 'B' from B to A.

    a, b    : spike times of the neurons
    returns : the trains at either synapse; what is pre at one is post at the other
    """
    forth = by_hand(a, b)
    return {"A": forth, "B": Pair(forth.post, forth.pre)}


def _onsets(length: float, *, n: int, rate: Any, start: Any) -> Floats:
    """The first spikes of `n` groups, each `length` seconds long."""
    frequency = rate_of(rate)
    require_spikes(4.0 * n)
    if length >= 1 / frequency:
        raise ArgumentError(f"a group of {length:g} s does not fit between repetitions {1 / frequency:g} s apart")
    return time_of(start, "start") + np.arange(n) / frequency


def _as_it_came(times: Trains, name: str) -> Any:
    """One train, of the type whose spacing says what coincides with it."""
    came = taken(times, name)
    train = one(came, name)
    if came.instant == RESOLUTION:
        return train
    return train.astype(
        np.float16 if came.instant >= np.spacing(np.abs(train).max().astype(np.float16)) else np.float32
    )
