"""Running a network: checks before, Brian2, plain arrays after."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError, said, unknown
from plasticity.grid import whole_steps
from plasticity.inputs import instance, number, numbers
from plasticity.inputs import seed as checked_seed
from plasticity.networks import Network, Population, Recording, Replay, SpikeStatistics, statistics
from plasticity.networks.network import delays, refractory_times, time_constants
from plasticity.neurons import Neuron
from plasticity.spiking import build
from plasticity.spiking.backend import Session, session
from plasticity.spiking.checks import blown_up, check_finite, check_on_grid, check_step, checked_steps, warn_of_units
from plasticity.spiking.costs import require_possible
from plasticity.trains import Trajectory

_LOOK_EVERY = 1000  # steps between two looks for numbers that blew up


def simulate(
    network: Network,
    duration: Any,
    *,
    dt: Any = 1e-4,
    record: Sequence[str] = (),
    seed: int = 0,
    target: str = "auto",
) -> Recording:
    """Run a network for `duration` seconds.

    duration : seconds or with a unit, a multiple of the step
    dt       : seconds or with a unit, at most a tenth of the smallest time constant; delays and refractory times are
               multiples of it
    record   : names of populations (voltages) and projections (weights) to be kept at every step
    seed     : of escape noise and white noise, 0 to 2**32 - 1; the same seed gives the same numbers
    target   : 'auto', 'numpy', 'cython' or 'cpp_standalone'
    raises SimulationError when the step is too coarse, a time lies beside its grid, or a number blows up;
    MemoryLimitError, TimeLimitError when the run would not fit into memory, or last longer than a day; ArgumentError,
    SpikeTrainError, WeightError for impossible input. Warns (UnitWarning) when the trains replayed at both ends of a
    synapse that learns look like milliseconds.
    """
    instance(network, Network, "the network")
    seconds, step = number(duration, "the duration", unit="s", above=0.0), number(dt, "the step", unit="s", above=0.0)
    checked_seed(seed)
    _check_recorded(network, record)
    check_step(step, time_constants(network))
    picked = require_possible(network, seconds / step, record, target)
    n_steps = checked_steps(seconds, step)
    check_on_grid(step, delays(network) | refractory_times(network))
    with session(picked, seed) as running:
        recording = _run(running, network, n_steps, step, record)
    warn_of_units(network)
    return recording


def rates(
    neuron: Neuron,
    current: Any,
    *,
    duration: Any = 1.0,
    settle: Any = 0.2,
    dt: Any = 1e-4,
    seed: int = 0,
    target: str = "auto",
) -> list[SpikeStatistics]:
    """The firing of a neuron under each of many constant currents, all in one vectorised run.

    current  : amperes or with a unit, beside the bias, one or (n_currents,)
    duration : seconds that are measured, after `settle` seconds that are not; multiples of the step
    returns  : one SpikeStatistics for each current
    raises as `simulate`
    """
    currents = np.atleast_1d(numbers(current, "the current", unit="A"))
    if currents.ndim > 1:
        raise ArgumentError(f"the current has shape {currents.shape}; one, or (n_currents,), is allowed")
    step = number(dt, "the step", unit="s", above=0.0)
    measured = number(duration, "the duration", unit="s", above=0.0)
    unmeasured = number(settle, "the settling time", unit="s", least=0.0)
    network = Network([Population("neurons", neuron, currents.size, currents)])
    check_step(step, time_constants(network))
    require_possible(network, (unmeasured + measured) / step, [], target)
    n_measured = checked_steps(measured, step)
    n_settle = whole_steps(unmeasured, step, "the settling time")
    recording = simulate(network, (n_settle + n_measured) * step, dt=step, seed=seed, target=target)
    start = n_settle * step
    return [statistics(times[times >= start] - start, measured) for times in recording.spikes["neurons"]]


def voltages(
    neuron: Neuron,
    current: Any,
    *,
    duration: Any = 0.1,
    dt: Any = 1e-4,
    seed: int = 0,
    target: str = "auto",
) -> Recording:
    """Voltages and spikes of a neuron under each of many currents.

    current : amperes or with a unit, beside the bias, (n_currents,), or (n_steps, n_currents) when it changes
    returns : a Recording; `voltages['neurons']` has shape (n_steps, n_currents)
    raises as `simulate`
    """
    currents = np.atleast_1d(numbers(current, "the current", unit="A"))
    network = Network([Population("neurons", neuron, currents.shape[-1], currents)])
    return simulate(network, duration, dt=dt, record=["neurons"], seed=seed, target=target)


def _check_recorded(network: Network, record: Sequence[str]) -> None:
    if not isinstance(record, list | tuple | set | frozenset) or not all(isinstance(name, str) for name in record):
        raise ArgumentError(f"what is recorded is {said(record)}; a list of names is allowed")
    known = {part.name: part for part in network.parts if not isinstance(part, Replay)}
    for name in record:
        if name not in known:
            raise unknown("population or projection", name, known)
        part = known[name]
        if isinstance(part, Population) and "v" not in [variable.name for variable in part.neuron.variables]:
            raise ArgumentError(f"{name} has no variable v, which is what is recorded of a population")


def _run(running: Session, network: Network, n_steps: int, dt: float, record: Sequence[str]) -> Recording:
    b2, namespace = running.b2, dict[str, Any]()
    groups = {p.name: build.group(b2, p, dt, n_steps, namespace) for p in network.populations}
    synapses = {p.name: build.synapses(b2, p, network, groups, dt) for p in network.projections}
    spikes = {name: b2.SpikeMonitor(part, name=f"plasticity_spikes_of_{name}") for name, part in groups.items()}
    kept = {}
    for part in network.parts:
        if part.name in record:
            variable, when = ("w", "end") if part.name in synapses else ("v_x", "start")
            source = synapses.get(part.name, groups.get(part.name))
            # C++ standalone cannot tell by itself how many synapses there will be, hence the list of all
            kept[part.name] = b2.StateMonitor(
                source,
                variable,
                record=np.arange(part.size),
                when=when,
                dt=dt * b2.second,
                name=f"plasticity_kept_{part.name}",
            )
    everything = b2.Network(*groups.values(), *synapses.values(), *spikes.values(), *kept.values())
    plastic = {p.name: synapses[p.name] for p in network.projections if p.rule is not None}
    if running.can_stop:
        look = _look(everything, plastic, lambda: _states(network, groups))
        every = dt * _LOOK_EVERY * b2.second
        everything.add(b2.NetworkOperation(look, dt=every, when="end", name="plasticity_look"))
    running.run(everything, n_steps * dt, namespace)
    for name, part in plastic.items():
        _stop_if_blown_up(name, np.array(part.w[:]), np.array(part.blown_up_at[:]))
    for name, monitor in kept.items():
        if name not in synapses:
            check_finite(f"v of {name}", np.array(monitor.v_x).T, np.array(monitor.t_[:]))
    end = np.ravel(everything.t_) if running.can_stop else np.array([n_steps * dt])
    for name, values in _states(network, groups).items():
        check_finite(name, values[None], end)
    return _recording(network, n_steps, dt, spikes, synapses, kept)


def _recording(network: Network, n_steps: int, dt: float, spikes: dict, synapses: dict, kept: dict) -> Recording:
    times = np.arange(n_steps, dtype=float)
    times *= dt  # in place, for it may be most of the memory
    trajectories, recorded = {}, {}
    for name, monitor in kept.items():
        if name in synapses:
            weights = np.array(monitor.w)
            trajectories[name] = Trajectory(np.broadcast_to(times, weights.shape), weights)
        else:
            recorded[name] = np.array(monitor.v_x).T
    return Recording(
        spikes={p.name: _trains(spikes[p.name], p.size, dt) for p in network.populations},
        weights={name: np.array(part.w[:]) for name, part in synapses.items()},
        times=times,
        trajectories=trajectories,
        voltages=recorded,
    )


def _trains(monitor: Any, size: int, dt: float) -> list[Floats]:
    """Spike times a neuron; from step numbers, so that they are the same floats as those of a grid k dt."""
    index, steps = np.array(monitor.i), np.round(np.array(monitor.t_[:]) / dt)
    order = np.argsort(index, kind="stable")  # in one go, for there may be thousands of neurons
    return np.split(steps[order] * dt, np.searchsorted(index[order], np.arange(1, size)))


def _states(network: Network, groups: dict[str, Any]) -> dict[str, Floats]:
    """The variables of all neurons as they are now, by a name for messages."""
    return {
        f"{variable.name} of {population.name}": np.array(getattr(groups[population.name], f"{variable.name}_x")[:])
        for population in network.populations
        if isinstance(population, Population)
        for variable in population.neuron.variables
    }


def _look(network: Any, plastic: dict[str, Any], states: Callable[[], dict[str, Floats]]) -> Callable[[], None]:
    """A function that stops the run soon after a weight or a neuron blew up."""

    def look() -> None:
        is_sound = all(np.isfinite(values).all() for values in states().values())
        if not is_sound or any((part.blown_up_at[:] >= 0).any() for part in plastic.values()):
            network.stop()

    return look


def _stop_if_blown_up(name: str, weights: Floats, blown_up_at: Floats) -> None:
    if (blown_up_at >= 0).any():
        index = int(np.argmax(blown_up_at >= 0))
        raise blown_up(f"w of {name}", index, float(weights[index]), float(blown_up_at[index]))
