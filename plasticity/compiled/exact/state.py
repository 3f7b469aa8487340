"""What a run without a step leaves behind: spikes by neuron, weights at all instants, and the state to go on from."""

from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from plasticity.arrays import Floats
from plasticity.compiled.exact.drawing import left_behind
from plasticity.compiled.exact.layout import Neurons, Synapses
from plasticity.compiled.exact.plan import Plan
from plasticity.errors import ArgumentError, SimulationError, listed, said
from plasticity.networks import Network, State
from plasticity.networks.network import delays
from plasticity.rules.conventions import HUGE, SPIKES, WEIGHT
from plasticity.trains import Trajectory

if TYPE_CHECKING:
    from plasticity.compiled.exact.running import Run


class Late(NamedTuple):
    """Spikes that may be on their way, in order: seconds, and the source and its neuron of each."""

    times: Floats
    source: NDArray[np.int64]
    of: NDArray[np.int64]


def late_spikes(network: Network, state: State | None) -> Late:
    """Those of a state. Raises ArgumentError when it is that of another network."""
    if state is None:
        return Late(np.empty(0), np.empty(0, np.int64), np.empty(0, np.int64))
    sizes = network.sizes
    if {name: len(found) for name, found in state.spikes.items()} != sizes:
        raise ArgumentError(
            f"the state has spikes of {listed(state.spikes)}, the network has {listed(sizes)}; as many neurons of the "
            "same are needed"
        )
    parts = [(times, k, of) for k, name in enumerate(sizes) for of, times in enumerate(state.spikes[name])]
    times = np.concatenate([np.empty(0), *(one for one, _, _ in parts)])
    source, of = (np.repeat([part[k] for part in parts], [len(part[0]) for part in parts]) for k in (1, 2))
    order = np.lexsort((of, source, times))
    return Late(times[order], source[order], of[order])


def check_state(network: Network, plan: Plan, state: State) -> None:
    """Raise ArgumentError for a state that is that of another network, or of a run in steps."""
    expected = {
        network.populations[k].name: (layout.found.names, "lastspike") for k, (_, layout) in plan.neurons.items()
    }
    sizes = {name: {one: network.sizes[name] for one in (*names, last)} for name, (names, last) in expected.items()}
    for projection, wiring in zip(network.projections, plan.wirings, strict=True):
        sizes[projection.name] = dict.fromkeys((WEIGHT, *wiring.at("synapse")), projection.size)
        for side, end in zip(SPIKES, (projection.source, projection.target), strict=True):
            if mine := wiring.at(side):
                sizes[f"{projection.name}_{side}"] = dict.fromkeys(mine, network.sizes[end])
    found = {name: {one: len(values) for one, values in own.items()} for name, own in state.variables.items()}
    for name in (*sizes, *found):
        if found.get(name) != sizes.get(name):
            raise ArgumentError(
                f"the state holds {listed(found.get(name, {}))} of {said(name)}, and the run needs "
                f"{listed(sizes.get(name, {}))} of as many as the network has; go on from a run of this network "
                "without a step"
            )


def all_spikes(network: Network, run: "Run", first: int | None = None) -> dict[str, list[Floats]]:
    """{population or event: the times (s) of each neuron} of the spikes of a run, or of all from one on."""
    first, n = run.n_before if first is None else first, int(run.common["counts"][2])
    sizes = [0, *np.cumsum(list(network.sizes.values())).tolist()]
    ends, found = np.zeros(sizes[-1] + 1, np.int64), np.empty(n - first)
    run.made["arranged"](run.common["log_t"][:n], run.common["log"][:n], first, np.array(sizes), ends, found)
    each: list[Floats] = list(np.split(found, ends[2:]))
    return {name: each[sizes[k] : sizes[k + 1]] for k, name in enumerate(network.sizes)}


def saved(network: Network, run: "Run") -> State:
    """The state at the end of a run. Raises SimulationError for a number that blew up."""
    log_t = run.common["log_t"][: int(run.common["counts"][2])]
    # Added as the kernel adds it: what arrives at the very end is still on its way
    first = int(np.searchsorted(log_t + max(delays(network).values(), default=0.0), run.end))
    variables, place = dict[str, dict[str, Floats]](), 0
    for one, k in zip(run.neurons, run.plan.neurons, strict=True):
        spiked = run.common["times"][place : place + len(one.rows), 2]
        variables[network.populations[k].name] = _of_neurons(network.populations[k].name, one, spiked)
        place += len(one.rows)
    for projection, synapses in zip(network.projections, run.synapses, strict=True):
        variables |= _of_synapses(projection.name, synapses, run.end)
    return State(run.end, variables, all_spikes(network, run, first), left_behind(network, run.common))


def _of_neurons(name: str, one: Neurons, spiked: Floats) -> dict[str, Floats]:
    values = {variable: one.rows[:, k].copy() for k, variable in enumerate(one.layout.found.names)}
    for variable, found in values.items():
        if not np.isfinite(found).all():
            index = int(np.argmin(np.isfinite(found)))
            raise SimulationError(f"{variable} of {name}[{index}] became {found[index]}; check its parameters")
    return {**values, "lastspike": np.maximum(spiked, -HUGE)}


def _of_synapses(name: str, one: Synapses, end: float) -> dict[str, dict[str, Floats]]:
    """The weights and the state of a projection, as they are at the end (s)."""
    found = {name: {WEIGHT: one.weights}}
    for home in ("synapse", *SPIKES):
        mine, is_own = one.wiring.at(home), home == "synapse"
        for k, variable in enumerate(mine):
            array = one.array("w" if is_own else home)
            values = array[k + is_own].copy()
            if decay := one.wiring.text.moving.get(variable):
                age = end - array[len(mine) + is_own]
                values = decay.rest + (values - decay.rest) * np.exp(-age / decay.tau)
            part = name if is_own else f"{name}_{home}"
            found.setdefault(part, {})[variable] = one.out.as_given(values) if is_own else values
    return found


def trajectories(network: Network, run: "Run", record: Collection[str]) -> dict[str, Trajectory]:
    """{projection: the weights after every instant}, of those that were asked for; a fixed weight has none."""
    found = {}
    for projection, one in zip(network.projections, run.synapses, strict=True):
        if projection.name in record:
            times, weights = _path(one, run) if one.wiring.is_kept else np.empty((2, projection.size, 0))
            found[projection.name] = Trajectory(times, weights, start=one.start)
    return found


def _path(one: Synapses, run: "Run") -> Floats:
    """Times and weights of each synapse, (2, n_synapses, n_instants), padded with NaN."""
    kept, n = run.parts[f"{one.wiring.name}_kept"], len(one.start)
    times, synapse, weights = kept[:, : int(one.array("n_kept")[0])]
    index = synapse.astype(np.int64)
    index = index if one.out.order is None else one.out.order[index]
    order, counts = np.argsort(index, kind="stable"), np.bincount(index, minlength=n)
    slot = np.arange(len(order)) - np.repeat(np.cumsum(counts) - counts, counts)
    rows = np.full((2, n, max(counts.max(initial=0), 0)), np.nan)
    rows[0, index[order], slot], rows[1, index[order], slot] = times[order], weights[order]
    return rows
