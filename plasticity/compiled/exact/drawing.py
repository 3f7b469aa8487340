"""Spikes from outside, without a step: trains that are given, and Poisson processes that a kernel draws as it goes."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from plasticity.arrays import Floats
from plasticity.compiled.exact.queue import waiting
from plasticity.errors import ArgumentError, SpikeTrainError
from plasticity.networks import Network, PoissonInput, Population, Replay
from plasticity.trains import RESOLUTION, taken


class Given(NamedTuple):
    """Spikes and events that are known, in order: seconds, and `who`, the source and its neuron of each; `instant`:
    seconds, of the coarsest of them; `n_neurons`: how many there are that could have some."""

    times: Floats
    who: NDArray[np.int64]
    instant: float
    n_neurons: int


def given_spikes(network: Network, begin: float, end: float) -> Given:
    """What is replayed from `begin` to before `end` (s). Raises SpikeTrainError for times before 0."""
    parts, instant, most = [], RESOLUTION, 0
    for source, part in enumerate([*network.populations, *network.events]):
        if isinstance(part, (Population, PoissonInput)):
            continue
        times = part.trains if isinstance(part, Replay) else part.times
        found = taken(times, f"a train of {part.name}")
        instant, most = max(instant, found.instant), most + len(found.times)
        neuron, slot = np.nonzero(np.isfinite(found.times))
        seconds = found.times[neuron, slot]
        if seconds.size and seconds.min() < 0:
            raise SpikeTrainError(
                f"a train of {part.name} holds the time {seconds.min():g} s, and a network starts at 0; shift all "
                "trains together: plasticity.trains.from_start"
            )
        is_now = (seconds >= begin) & (seconds < end)
        parts.append((seconds[is_now], np.full(is_now.sum(), source), neuron[is_now]))
    empty = (np.empty(0), np.empty(0, np.int64), np.empty(0, np.int64))
    times, sources, of = (np.concatenate(column) for column in zip(empty, *parts, strict=True))
    order = np.lexsort((of, sources, times))
    return Given(times[order], np.stack([sources[order], of[order]], axis=1), instant, most)


class Streams(NamedTuple):
    """What is drawn, a row a stream: words of its random numbers, hertz of its events, the place in its group, its next
    event (s); for every neuron when it fired (s); the arrays of each stream; and how many spikes a second come."""

    words: NDArray[np.int64]
    paces: Floats
    members_at: NDArray[np.int64]
    next: Floats
    fired: Floats
    arrays: dict[str, Any]
    expected: float


def streams_of(network: Network, begin: float, noise: Mapping[str, Any] | None) -> Streams:
    """The streams of a network at a time (s), as new or as a state left them.

    Neurons that fire by themselves share a stream, of which each spike is given to one of them by their rates. Of a
    group with the correlation c there is a hidden train, 1/c as fast, of which each neuron keeps each spike with the
    probability c: the limit of the process in steps (see `plasticity.networks.poisson`). Two spikes of a neuron in one
    instant are one, which lowers a rate by itself times a nanosecond.
    """
    rows, arrays, first, expected = list[list[float]](), dict[str, Any](), 0, 0.0
    for source in network.populations:
        if isinstance(source, PoissonInput):
            made = _streams_of(source, begin, noise)
            for row, own in made:
                arrays |= {f"d{len(rows)}_{name}": array for name, array in (own | {"first": first}).items()}
                rows.append(row)
            first += source.size
            expected += float(source.rates.sum())
    table = np.array(rows, dtype=float).reshape(len(rows), 7)
    words, members = table[:, :4].astype(np.int64), table[:, 6].astype(np.int64)
    fired = np.full(first, -np.inf)
    return Streams(words, table[:, 4].copy(), members, table[:, 5].copy(), fired, arrays, expected)


def left_behind(network: Network, common: Mapping[str, Any]) -> dict[str, Floats]:
    """{source: where its random numbers stand, and its next events}, for a state."""
    found, k = {}, 0
    for source in network.populations:
        if isinstance(source, PoissonInput):
            n = 1 + len(source.groups)
            rows = slice(k, k + n)
            columns = (
                common["random"][rows],
                common["slots"][1 + k : 1 + k + n, None],
                common["members_at"][rows, None],
            )
            found[source.name] = np.concatenate(columns, axis=1)
            k += n
    return found


def _streams_of(
    source: PoissonInput, begin: float, noise: Mapping[str, Any] | None
) -> list[tuple[list[float], dict[str, Any]]]:
    """Of each stream its row, and its arrays: the neurons that fire by themselves, then the groups."""
    seeds = np.random.SeedSequence([source.seed, *source.name.encode()]).spawn(1 + len(source.groups))
    grouped = {k for group in source.groups for k in group.neurons}
    alone = np.array([k for k in range(source.size) if k not in grouped], dtype=np.int64)
    found = [_new(seeds[0], float(source.rates[alone].sum()), begin, _shared_out(alone, source.rates[alone]))]
    for group, stream in zip(source.groups, seeds[1:], strict=True):
        own = {"neurons": np.array(group.neurons, dtype=np.int64), "kept": np.array([group.correlation])}
        found.append(_new(stream, float(source.rates[group.neurons[0]]) / group.correlation, begin, own))
    if noise is None:
        return found
    kept = noise.get(source.name)
    if kept is None or np.shape(kept) != (len(found), 6):
        raise ArgumentError(
            f"the noise of {source.name} in the state is none that a run without a step has left behind; go on from "
            "one, or leave the state out"
        )
    return [
        ([*row[:4], new[4], *row[4:]], own) for row, (new, own) in zip(np.asarray(kept).tolist(), found, strict=True)
    ]


def _new(stream: np.random.SeedSequence, pace: float, begin: float, own: dict[str, Any]) -> tuple[list[float], dict]:
    words = stream.generate_state(4).astype(np.int64)[None]
    first = begin + waiting(words, 0, pace)
    return [*words[0].tolist(), pace, first, -1.0], own


def _shared_out(neurons: NDArray[np.int64], rates: Floats) -> dict[str, Any]:
    """Walker's table: at each place, drawn evenly, one neuron with a chance, else another."""
    n = len(neurons)
    if n == 0 or rates.sum() == 0:
        return {"neurons": np.zeros(1, np.int64), "chance": np.ones(1), "alias": np.zeros(1, np.int64)}
    chance, alias = rates * (n / rates.sum()), np.arange(n)
    poor, rich = ([int(k) for k in np.flatnonzero(is_so)] for is_so in (chance < 1, chance >= 1))
    while poor and rich:
        low, high = poor.pop(), rich[-1]
        alias[low] = high
        chance[high] -= 1 - chance[low]
        if chance[high] < 1:
            poor.append(rich.pop())
    chance[poor + rich] = 1.0  # what rounding has left
    return {"neurons": neurons, "chance": chance, "alias": alias}
