"""Networks in steps as compiled loops: what `plasticity.spiking.simulate` means, at the cost of the spikes."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.compiled.costs import estimate
from plasticity.compiled.loading import functions
from plasticity.compiled.steps.arrays import Arrays, arrays_of
from plasticity.compiled.steps.log import Log, separated, together
from plasticity.compiled.steps.parts import size_of
from plasticity.compiled.steps.state import saved, take_up
from plasticity.compiled.steps.tables import ARGUMENTS
from plasticity.errors import SimulationError
from plasticity.inputs import instance, number
from plasticity.inputs import seed as checked_seed
from plasticity.memory import require_memory
from plasticity.networks import Network, Population, Recording, State
from plasticity.networks.checks import (
    blown_up,
    check_finite,
    check_on_grid,
    check_step,
    checked_steps,
    warn_of_units,
)
from plasticity.networks.network import check_recorded, delays, refractory_times, time_constants
from plasticity.networks.poisson import Drawn
from plasticity.networks.steps import Steps, late_spikes, on_steps, seed_from, steps_before
from plasticity.noting import note
from plasticity.progress import tell
from plasticity.trains import Trajectory

# Between two looks for numbers that blew up, and for a person who wants to stop: about a second at most
_STEPS_AT_ONCE, _MOVED_AT_ONCE = 10_000, 200_000_000


def simulate(
    network: Network,
    duration: Any,
    *,
    dt: Any = 1e-4,
    record: Sequence[str] = (),
    seed: int = 0,
    state: State | None = None,
    is_compiled: bool | None = None,
) -> Recording:
    """Run a network for `duration` seconds; arguments, meaning and errors as `plasticity.spiking.simulate`.

    raises UnsupportedRule for a rule that this engine does not read; MemoryLimitError for a run that does not fit

    On spikes that are given it is equal to Brian2. What it draws itself, Poisson input and noise, has the same
    statistics and other numbers.
    """
    instance(network, Network, "the network")
    seconds, step = number(duration, "the duration", unit="s", above=0.0), number(dt, "the step", unit="s", above=0.0)
    checked_seed(seed)
    check_recorded(network, record)
    check_step(step, time_constants(network))
    first = 0 if state is None else steps_before(network, state, step)
    steps = Steps(checked_steps(seconds, step), step, first)
    check_on_grid(step, delays(network) | refractory_times(network))
    cost, n_bytes = estimate(network, seconds, step, record)
    require_memory(n_bytes, f"a run of {seconds:g} s, compiled,", cost)
    note("compiled")
    arrays = arrays_of(network, steps, seed_from(seed, first), record)
    arrays.values.update(dt=steps.dt, first_kept=steps.first, last_kept=steps.end)
    earlier = {} if state is None else {name: on_steps(trains, step) for name, trains in state.spikes.items()}
    if state is not None:
        take_up(arrays, state, steps)
    log = Log(arrays, steps, round(max(delays(network).values(), default=0.0) / step), together(arrays, earlier))
    _run(arrays, steps, log, is_compiled)
    recording = _recording(network, arrays, steps, log.whole(), record)
    warn_of_units(network)
    return recording


def _run(arrays: Arrays, steps: Steps, log: Log, is_compiled: bool | None) -> None:
    """Run the kernel to the end."""
    values, run = arrays.values, functions(arrays.source, is_compiled=is_compiled)["run"]
    flowing = sum(one.projection.size for one in arrays.synapses if one.kind.is_flowing)
    at_once = max(1, min(_STEPS_AT_ONCE, _MOVED_AT_ONCE // (log.n_neurons + 10 * flowing)))
    now = steps.first
    with np.errstate(all="ignore"):  # what is no number stops the run, with its time
        while now < steps.end:
            values |= {"first_step": now, "last_step": min(now + at_once, steps.end), "n_log": log.n}
            now, n, failed, q, index, bad = run(*(values[name] for name in ARGUMENTS))
            if failed >= 0:
                raise _failure(arrays, int(failed), int(q), int(index), float(bad), now * steps.dt)
            log.take(now, n)
            _check_state(arrays, now * steps.dt)
            tell("simulating", (now - steps.first) / steps.n)


def _failure(arrays: Arrays, failed: int, q: int, index: int, bad: float, when: float) -> SimulationError:
    synapses = arrays.synapses[q]
    name = synapses.kind.text.variables[failed]
    is_own = name not in [*synapses.kind.at("pre"), *synapses.kind.at("post")]
    if is_own and synapses.out.order is not None:
        index = int(synapses.out.order[index])
    return blown_up(f"{name} of {synapses.projection.name}", index, bad, when)


def _late(network: Network, arrays: Arrays, steps: Steps, fired: Drawn) -> dict[str, list[Floats]]:
    """The spikes that may be on their way at the end."""
    spikes = {}
    for part in arrays.parts:
        first = arrays.table[part.name]["FIRST"]
        is_own = (fired.neuron >= first) & (fired.neuron < first + size_of(part))
        spikes[part.name] = Drawn(fired.neuron[is_own] - first, fired.step[is_own])
    return late_spikes(network, steps, spikes, {})


def _check_state(arrays: Arrays, when: float) -> None:
    if np.isfinite(arrays.values["state"]).all():
        return
    for part in arrays.parts:
        if isinstance(part, Population):
            at = arrays.table[part.name]["STATE"]
            for place, variable in enumerate(part.neuron.variables):
                begin = at + place * part.size
                values = arrays.values["state"][begin : begin + part.size]
                check_finite(f"{variable.name} of {part.name}", values[None], np.array([when]))


def _recording(network: Network, arrays: Arrays, steps: Steps, fired: Drawn, record: Sequence[str]) -> Recording:
    times = np.arange(steps.first, steps.end, dtype=float)
    times *= steps.dt
    values = arrays.values
    longest = round(max(delays(network).values(), default=0.0) / steps.dt)
    n_earlier, begin = np.searchsorted(fired.step, [steps.first, steps.end - longest])
    trajectories, voltages = {}, {}
    for part in arrays.parts:
        if isinstance(part, Population) and part.name in record:
            at = arrays.table[part.name]["KEPT"]
            voltages[part.name] = values["kept"][at : at + part.size * steps.n].reshape(steps.n, part.size)
            check_finite(f"{part.neuron.voltage} of {part.name}", voltages[part.name], times)
    weights = {}
    for row, synapses in enumerate(arrays.synapses):
        name, size = synapses.projection.name, synapses.projection.size
        weights[name] = synapses.out.as_given(values["weights"][synapses.place : synapses.place + size])
        if name in record:
            at = arrays.row(row)["TRACED"]
            course = values["kept"][at : at + size * steps.n].reshape(size, steps.n)
            course = course if synapses.out.order is None else course[np.argsort(synapses.out.order)]
            trajectories[name] = Trajectory(np.broadcast_to(times, course.shape), course)
    return Recording(
        spikes=_trains(network, arrays, Drawn(*(column[n_earlier:] for column in fired)), steps.dt),
        weights={p.name: weights[p.name] for p in network.projections},
        times=times,
        state=saved(arrays, steps, _late(network, arrays, steps, Drawn(*(column[begin:] for column in fired)))),
        trajectories=trajectories,
        voltages=voltages,
    )


def _trains(network: Network, arrays: Arrays, fired: Drawn, dt: float) -> dict[str, list[Floats]]:
    """The spikes of every neuron of every population."""
    every, found = separated(fired, len(arrays.values["fired_at"]), dt), {}
    for population in network.populations:
        first = arrays.table[population.name]["FIRST"]
        found[population.name] = every[first : first + population.size]
    return found
