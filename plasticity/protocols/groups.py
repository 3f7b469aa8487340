"""Protocols of several spikes at a time, and of independent firing."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError
from plasticity.inputs import count
from plasticity.parameters import Parameter
from plasticity.protocols.limits import require_spikes
from plasticity.protocols.paired import quadruplets, triplets
from plasticity.protocols.record import Protocol, number_of, rate_named, start_of
from plasticity.protocols.single import poisson
from plasticity.sources import OUR_CHOICE

NEVIAN = "Nevian & Sakmann 2006, J Neurosci 26:11001, doi:10.1523/JNEUROSCI.1749-06.2006"


def _bursts(values: Mapping[str, float], rng: Any) -> dict[str, Floats]:
    """A burst on either side, again and again."""
    n, n_pre, n_post = (count(values[name], name) for name in ("n_bursts", "n_pre", "n_post"))
    require_spikes(float(n) * (n_pre + n_post))
    interval, within = 1 / values["rate"], 1 / values["burst_rate"]
    pre, post = within * np.arange(n_pre), values["lag"] + within * np.arange(n_post)
    first = min(pre[0], post[0])
    length = max(pre[-1], post[-1]) - first
    if length >= interval:
        raise ArgumentError(f"bursts of {length:g} s do not fit between bursts {interval:g} s apart")
    onsets = values["start"] + interval * np.arange(n)[:, None]
    return {"pre": (onsets + (pre - first)).ravel(), "post": (onsets + (post - first)).ravel()}


def _pre_post_pre(values: Mapping[str, float], rng: Any) -> dict[str, Floats]:
    return _triplets("pre-post-pre", values)


def _post_pre_post(values: Mapping[str, float], rng: Any) -> dict[str, Floats]:
    return _triplets("post-pre-post", values)


def _triplets(kind: Any, values: Mapping[str, float]) -> dict[str, Floats]:
    lags, n = (values["lag_1"], values["lag_2"]), count(values["n_triplets"], "n_triplets")
    return triplets(kind, lags, n_triplets=n, rate=values["rate"], start=values["start"])._asdict()


def _quadruplets(values: Mapping[str, float], rng: Any) -> dict[str, Floats]:
    interval, lag, n = values["interval"], values["lag"], count(values["n_quadruplets"], "n_quadruplets")
    return quadruplets(interval, lag, n_quadruplets=n, rate=values["rate"], start=values["start"])._asdict()


def _independent(values: Mapping[str, float], rng: Any) -> dict[str, Floats]:
    duration, start = values["duration"], values["start"]
    return {side: poisson(values[f"rate_{side}"], duration, rng, start=start) for side in ("pre", "post")}


def _of_triplets(name: str, summary: str, lags: tuple[float, float]) -> Protocol:
    return Protocol(
        name=name,
        source="wang2005",
        summary=summary,
        parameters=(
            Parameter("lag_1", lags[0], "ms", "t_post - t_pre of the first pair", "wang2005"),
            Parameter("lag_2", lags[1], "ms", "t_post - t_pre of the second pair", "wang2005"),
            number_of("n_triplets", 60, "triplets", "wang2005"),
            rate_named("rate", 1.0, "triplets a second", "wang2005"),
            start_of(),
        ),
        recipe=_pre_post_pre if lags[0] > 0 else _post_pre_post,
    )


BURSTS = Protocol(
    name="bursts",
    source=NEVIAN,
    summary="a burst on one side, a spike or a burst on the other, again and again",
    parameters=(
        Parameter("lag", 10e-3, "ms", "from the first spike of pre to the first of post", NEVIAN),
        number_of("n_pre", 1, "presynaptic spikes in a burst", NEVIAN),
        number_of("n_post", 3, "postsynaptic spikes in a burst", NEVIAN),
        rate_named("burst_rate", 50.0, "rate within a burst, on both sides", NEVIAN),
        number_of("n_bursts", 60, "repetitions", NEVIAN),
        rate_named("rate", 0.1, "repetitions a second", NEVIAN),
        start_of(),
    ),
    recipe=_bursts,
)

PRE_POST_PRE = _of_triplets("pre_post_pre", "a postsynaptic spike between two presynaptic ones", (5e-3, -5e-3))
POST_PRE_POST = _of_triplets("post_pre_post", "a presynaptic spike between two postsynaptic ones", (-5e-3, 5e-3))

QUADRUPLETS = Protocol(
    name="quadruplets",
    source="wang2005",
    summary="a post-pre and a pre-post pair, an interval apart",
    parameters=(
        Parameter(
            "interval", 20e-3, "ms", "from the middle of post-pre to that of pre-post; may be negative", "wang2005"
        ),
        Parameter("lag", 5e-3, "ms", "between the two spikes of each pair", "wang2005", least=0.0),
        number_of("n_quadruplets", 60, "quadruplets", "wang2005"),
        rate_named("rate", 1.0, "quadruplets a second", "wang2005"),
        start_of(),
    ),
    recipe=_quadruplets,
)

POISSON = Protocol(
    name="poisson",
    source=OUR_CHOICE,
    summary="both sides fire at random, and know nothing of each other",
    parameters=(
        Parameter("rate_pre", 10.0, "Hz", "mean presynaptic rate", least=0.0),
        Parameter("rate_post", 10.0, "Hz", "mean postsynaptic rate", least=0.0),
        Parameter("duration", 10.0, "s", "how long", least=0.0),
        start_of(0.0, "the beginning"),
    ),
    recipe=_independent,
    is_random=True,
)
