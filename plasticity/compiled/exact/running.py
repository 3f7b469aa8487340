"""Networks without a step: spikes at exact times, from event to event, at a cost proportional to spikes.

Of neurons with linear equations, whatever happens between two events is known in closed form, and so is the time at
which one fires next (`crossing`). So nothing is rounded to a grid. A run in steps of dt stamps a spike at the
start of the step in which the threshold was crossed, and sets back and holds the voltage from there: with trains that
are replayed on the grid, every spike time of the two agrees to first order in dt, and so do weights, but for pairs of
spikes that fall into one step, which are coincident there and have an order here.

Coincidences are only those that are exact: of trains that are replayed, of groups that fire together; and of a neuron
whose voltage jumps, which fires at the very time at which the spike arrives that takes it above its threshold. There,
pre and post are one instant for a synapse that learns, and the convention of its rule says what that means; in steps
such a spike comes one step later, after the one that caused it. (The two agree where the rule says 'pre first'.)
Where a weight is transmitted after its change, what an arrival causes comes behind it, as if the rule said so.
All that arrives at one time is heard before a neuron fires then.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from plasticity.compiled.exact.drawing import Given, Streams, given_spikes, streams_of
from plasticity.compiled.exact.layout import Neurons, Synapses, neurons_of, planned, synapses_of
from plasticity.compiled.exact.plan import Plan, parts_of
from plasticity.compiled.exact.source import kernel_source
from plasticity.compiled.exact.state import Late, all_spikes, check_state, late_spikes, saved, trajectories
from plasticity.compiled.loading import functions
from plasticity.errors import ArgumentError, SimulationError
from plasticity.inputs import instance, number
from plasticity.inputs import seed as checked_seed
from plasticity.networks import Network, Recording, State
from plasticity.networks.checks import blown_up, warn_of_units
from plasticity.networks.network import check_recorded
from plasticity.noting import note
from plasticity.progress import tell

_MOST_STEPS = 5_000_000  # events between two looks whether somebody wants to stop the run: our choice, about a second
_ROOM = 100_000  # spikes


def simulate_exactly(
    network: Network,
    duration: Any,
    *,
    record: Sequence[str] = (),
    seed: int = 0,
    state: State | None = None,
    is_compiled: bool | None = None,
) -> Recording:
    """Run a network for `duration` seconds (or with a unit), without a step.

    record : names of projections whose weights are kept after every instant; voltages are kept in steps alone
    seed   : of nothing yet, for no neuron that fires at random has exact times; Poisson input has a seed of its own
    state  : of an earlier run without a step (`recording.state`), from which this one goes on: two halves give what the
             whole gives, Poisson input included
    returns : spikes at exact times; no `times`, for there are no steps
    raises UnsupportedRule for neurons, currents and rules that have no closed form; SimulationError when a neuron fires
    without end, or a number blows up; ArgumentError, SpikeTrainError, WeightError for impossible input. What would not
    fit into memory or into a day is refused by `plasticity.simulate`, which calls this
    """
    instance(network, Network, "the network")
    seconds = number(duration, "the duration", unit="s", above=0.0)
    checked_seed(seed)
    check_recorded(network, record)
    for name in record:
        if name in network.by_name:
            raise ArgumentError(f"the voltage of {name} is kept at every step, and there are none; give a dt")
    note("compiled")
    run = _prepared(network, seconds, record, state, is_compiled)
    _carry_out(run, network)
    warn_of_units(network)
    return _recording(network, run, record)


class Run(NamedTuple):
    """A run: its parts as arrays; `n_before`: how many spikes are of runs before it; the arguments of its kernel, and
    the functions."""

    plan: Plan
    begin: float
    end: float
    neurons: list[Neurons]
    synapses: list[Synapses]
    n_before: int
    common: dict[str, Any]
    parts: dict[str, Any]
    made: Mapping[str, Callable[..., Any]]


def _prepared(
    network: Network, duration: float, record: Sequence[str], state: State | None, is_compiled: bool | None
) -> Run:
    plan = planned(network, record)
    begin, variables = 0.0, dict[str, Any]()
    if state is not None:
        check_state(network, plan, instance(state, State, "the state"))
        begin, variables = state.time, dict(state.variables)
    end, sources = begin + duration, network.populations
    late, given = late_spikes(network, state), given_spikes(network, begin, end)
    streams = streams_of(network, begin, None if state is None else state.noise)
    expected = len(late.times) + len(given.times) + 1.1 * streams.expected * duration
    neurons = [
        neurons_of(sources[k], name, layout, begin, variables.get(sources[k].name, {}))  # type: ignore[arg-type]
        for k, (name, layout) in plan.neurons.items()
    ]
    synapses = [
        synapses_of(p, wiring, (network.sizes[p.source], network.sizes[p.target]), begin, variables)
        for p, wiring in zip(network.projections, plan.wirings, strict=True)
    ]
    common = _common(plan, neurons, (begin, end), given, streams) | _log(plan, begin, late, int(expected) + _ROOM)
    common["counts"][2] = len(late.times)
    for k, spike in enumerate(common["taps"][:-1].tolist()):
        if spike >= 0:
            common["slots"][1 + len(plan.streams) + k] = common["log_t"][spike] + common["delays"][k]
    parts, first = dict(streams.arrays), 0
    for one in neurons:
        parts |= one.arrays(first)
        first += len(one.rows)
    for synapse in synapses:
        parts |= synapse.arrays
    made = functions(kernel_source(plan), is_compiled=is_compiled)
    return Run(plan, begin, end, neurons, synapses, len(late.times), common, parts, made)


def _carry_out(run: Run, network: Network) -> None:
    """Call the kernel until the run is at its end, with more room where it needs some."""
    made, names = run.made, parts_of(run.plan)
    while True:
        arguments = [run.common[name] for name in _COMMON]
        with np.errstate(all="ignore"):  # what is no number stops the run, with its time
            status, *what = made["run"](*arguments, *(run.parts[name] for name in names))
        if status == 0:
            break
        if status in _FAILED:
            raise _FAILED[status](run, network, *what)
        _make_room(run)
        tell(
            "simulating", (float(run.common["log_t"][run.common["counts"][2] - 1]) - run.begin) / (run.end - run.begin)
        )
    for one in run.neurons:
        made[f"{one.name}_settle"](one.rows, run.end, one.numbers)


def _blown_up(run: Run, network: Network, what: int, place: int, synapse: int, value: float) -> SimulationError:
    k, event = run.plan.codes()[what]
    wiring, order = run.plan.wirings[k], run.synapses[k].out.order
    variable, index = wiring.text.variables[place], synapse if order is None else int(order[synapse])
    name = f"{variable} of {network.projections[k].name}"
    return blown_up(name, index, value, float(run.common["clock"][2]))


def _without_end(run: Run, network: Network, what: int, neuron: int, _: int, now: float) -> SimulationError:
    return SimulationError(
        f"neuron {neuron} of {network.populations[what].name} fires more than once in an instant, at {now:g} s; give "
        "it a refractory time, or a reset below its threshold"
    )


_FAILED = {2: _blown_up, 4: _without_end}


def _make_room(run: Run) -> None:
    """Twice the room for spikes, or for weights that are kept, where it is full."""
    common, parts = run.common, run.parts
    if common["counts"][2] == len(common["log_t"]):
        for name in ("log_t", "log"):
            common[name] = np.concatenate([common[name], np.empty_like(common[name])])
    for one in run.synapses:
        name = f"{one.wiring.name}_kept"
        if one.wiring.is_kept and parts[f"{one.wiring.name}_n_kept"][0] + len(one.start) > parts[name].shape[1]:
            parts[name] = np.concatenate([parts[name], np.empty_like(parts[name])], axis=1)


def _log(plan: Plan, begin: float, late: Late, size: int) -> dict[str, Any]:
    """Room for all spikes, which begins with those that are on their way."""
    n = len(late.times)
    times, log, latest = np.empty(size), np.empty((size, 3), np.int32), np.full(max(plan.sources, 1), -1, np.int64)
    times[:n], log[:n, 0], log[:n, 1], log[:n, 2] = late.times, late.source, late.of, -1
    for k, source in enumerate(late.source.tolist()):
        if latest[source] >= 0:
            log[latest[source], 2] = k
        latest[source] = k
    taps = []
    for source, delay in plan.taps:
        waiting = np.flatnonzero((late.source == source) & (late.times + delay >= begin))
        taps.append(int(waiting[0]) if waiting.size else -1)
    return {"log_t": times, "log": log, "latest": latest, "taps": np.array([*taps, -1], np.int64)}


_COMMON = (
    "clock", "counts", "slots", "given_t", "given", "log_t", "log", "latest", "taps", "delays", "ring_t", "ring",
    "random", "paces", "members_at", "fired", "times", "places",
)  # fmt: skip


def _common(plan: Plan, neurons: Sequence[Neurons], times: tuple[float, float], given: Given, streams: Streams) -> dict:
    """The arguments of a kernel that belong to no part of the network; see `source`."""
    spiked = np.concatenate([np.empty(0), *(one.spiked for one in neurons)])
    ready = np.concatenate([np.empty(0), *(one.rows[:, one.layout.ready] for one in neurons)])
    key = np.maximum(ready, times[0])
    heap = np.argsort(key, kind="stable")
    places = np.stack([heap, np.argsort(heap), np.full(len(heap), 2)], axis=1)
    n_plastic = sum(one.found is not None for one in plan.wirings)
    room = 1 << (16 + 4 * n_plastic * (len(heap) + len(streams.fired) + given.n_neurons)).bit_length()
    return {
        "clock": np.array([times[1], given.instant, -np.inf]),
        "counts": np.array([0, 0, 0, 0, _MOST_STEPS]),
        "slots": np.array(
            [given.times[0] if given.times.size else np.inf, *streams.next, *(np.inf for _ in plan.taps)]
        ),
        "given_t": given.times,
        "given": given.who,
        "delays": np.array([*(delay for _, delay in plan.taps), 0.0]),
        "ring_t": np.empty(room),
        "ring": np.empty((room, 2), np.int64),
        "random": streams.words,
        "paces": streams.paces,
        "members_at": streams.members_at,
        "fired": streams.fired,
        "times": np.stack([key, key, spiked], axis=1),
        "places": places,
    }


def _recording(network: Network, run: Run, record: Sequence[str]) -> Recording:
    fired = all_spikes(network, run)
    return Recording(
        spikes={population.name: fired[population.name] for population in network.populations},
        weights={p.name: one.weights for p, one in zip(network.projections, run.synapses, strict=True)},
        times=np.empty(0),
        state=saved(network, run),
        trajectories=trajectories(network, run, record),
    )
