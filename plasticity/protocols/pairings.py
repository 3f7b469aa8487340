"""Protocols that pair one presynaptic with one postsynaptic spike, again and again."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError
from plasticity.inputs import count
from plasticity.parameters import Parameter
from plasticity.protocols.limits import apart, require_spikes
from plasticity.protocols.paired import pairing
from plasticity.protocols.record import Protocol, number_of, rate_named, start_of
from plasticity.sources import OUR_CHOICE

_MOST_DEVIATIONS = 5.0  # jitter beyond so many standard deviations, one in two million, is cut to it
IZHIKEVICH = "Izhikevich 2007, Cereb Cortex 17:2443, doi:10.1093/cercor/bhl152"


def _lag(source: str) -> Parameter:
    return Parameter("lag", 10e-3, "ms", "t_post - t_pre", source)


def _paired(values: Mapping[str, float], rng: Any = None) -> dict[str, Floats]:
    n_pairs = count(values["n_pairs"], "n_pairs")
    return pairing(values["lag"], n_pairs=n_pairs, rate=values["rate"], start=values["start"])._asdict()


def _in_trains(values: Mapping[str, float], rng: Any) -> dict[str, Floats]:
    """Short trains of pairings, each `interval` after the one before."""
    n_trains, interval = count(values["n_trains"], "n_trains"), values["interval"]
    require_spikes(2.0 * n_trains * values["n_pairs"])
    train = _paired(values)
    length = max(side[-1] for side in train.values()) - min(side[0] for side in train.values())
    if length >= interval:
        raise ArgumentError(f"a train of {length:g} s does not fit between trains {interval:g} s apart")
    onsets = interval * np.arange(n_trains)[:, None]
    return {event: (onsets + times).ravel() for event, times in train.items()}


def _jittered(values: Mapping[str, float], rng: Any) -> dict[str, Floats]:
    """Pairings whose lags are normal around `lag`, cut at five standard deviations."""
    n, interval, sigma = count(values["n_pairs"], "n_pairs"), 1 / values["rate"], values["sigma"]
    require_spikes(2.0 * n)
    longest = abs(values["lag"]) + _MOST_DEVIATIONS * sigma
    if longest >= interval / 2:  # else a spike could be paired with that of its neighbour
        raise ArgumentError(
            f"lags up to {longest:g} s do not fit between pairings {interval:g} s apart; half is allowed"
        )
    lags = values["lag"] + sigma * np.clip(rng.standard_normal(n), -_MOST_DEVIATIONS, _MOST_DEVIATIONS)
    pre = values["start"] - min(lags[0], 0.0) + interval * np.arange(n)
    return {"pre": pre, "post": pre + lags}


def _rewarded(values: Mapping[str, float], rng: Any) -> dict[str, Floats]:
    """Pairings, each followed by a reward after a delay drawn between two limits, all alike likely."""
    soonest, latest = values["soonest"], values["latest"]
    if soonest > latest:
        raise ArgumentError(f"the soonest reward, after {soonest:g} s, is later than the latest, {latest:g} s")
    pairs = _paired(values)
    second = np.maximum(pairs["pre"], pairs["post"])
    return {**pairs, "reward": apart(second + rng.uniform(soonest, latest, second.size))}


PAIRING = Protocol(
    name="pairing",
    source="bipoo1998",
    summary="pre and post spike a lag apart, again and again",
    parameters=(
        _lag("bipoo1998"),
        number_of("n_pairs", 60, "pairings", "bipoo1998"),
        rate_named("rate", 1.0, "pairings a second", "bipoo1998"),
        start_of(),
    ),
    recipe=_paired,
)

PAIRING_AT_FREQUENCY = Protocol(
    name="pairing_at_frequency",
    source="pfister2006",
    summary="pairings in one continuous train, as sjostrom2001 is modelled",
    parameters=(
        _lag("sjostrom2001"),
        number_of("n_pairs", 60, "pairings", "pfister2006"),
        rate_named("rate", 20.0, "pairings a second", "sjostrom2001"),
        start_of(),
    ),
    recipe=_paired,
)

REPEATED_TRAINS = Protocol(
    name="repeated_trains",
    source="sjostrom2001",
    summary="short trains of pairings, repeated after a pause",
    parameters=(
        _lag("sjostrom2001"),
        number_of("n_pairs", 5, "pairings in a train", "sjostrom2001"),
        rate_named("rate", 20.0, "pairings a second in a train", "sjostrom2001"),
        number_of("n_trains", 15, "trains", "sjostrom2001"),
        Parameter("interval", 10.0, "s", "from one train to the next, start to start", "sjostrom2001", least=0.0),
        start_of(),
    ),
    recipe=_in_trains,
)

JITTERED_PAIRING = Protocol(
    name="jittered_pairing",
    source=OUR_CHOICE,
    summary="pairings whose lags vary around their mean, normally",
    parameters=(
        _lag(OUR_CHOICE),
        Parameter("sigma", 2e-3, "ms", "standard deviation of the lag", least=0.0),
        number_of("n_pairs", 60, "pairings", OUR_CHOICE),
        rate_named("rate", 1.0, "pairings a second", OUR_CHOICE),
        start_of(),
    ),
    recipe=_jittered,
    is_random=True,
)

REWARDED_PAIRING = Protocol(
    name="rewarded_pairing",
    source=IZHIKEVICH,
    summary="each pairing is followed by a reward, seconds later",
    parameters=(
        _lag(OUR_CHOICE),
        number_of("n_pairs", 60, "pairings", OUR_CHOICE),
        rate_named("rate", 0.1, "pairings a second", OUR_CHOICE),
        Parameter("soonest", 1.0, "s", "from a pairing to its reward, at least", IZHIKEVICH, least=0.0),
        Parameter("latest", 3.0, "s", "from a pairing to its reward, at most", IZHIKEVICH, least=0.0),
        start_of(),
    ),
    recipe=_rewarded,
    events=("pre", "post", "reward"),
    is_random=True,
)
