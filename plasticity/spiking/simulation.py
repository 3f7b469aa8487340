"""Running a network: checks before, Brian2, plain arrays after."""

from collections.abc import Callable, Sequence
from typing import Any, get_args

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError
from plasticity.grid import whole_steps
from plasticity.inputs import choice, instance, number, numbers
from plasticity.inputs import seed as checked_seed
from plasticity.networks import (
    EventTrain,
    Network,
    Population,
    Projection,
    Recording,
    SpikeStatistics,
    State,
    statistics,
)
from plasticity.networks.checks import check_on_grid, check_step, checked_steps, warn_of_units
from plasticity.networks.given import Given, spikes_of, trains
from plasticity.networks.network import check_recorded, delays, refractory_times, time_constants
from plasticity.networks.poisson import Drawn
from plasticity.networks.steps import Steps, late_spikes, seed_from, steps_before
from plasticity.neurons import Neuron
from plasticity.spiking import build
from plasticity.spiking.backend import Flags, Session
from plasticity.spiking.costs import require_possible
from plasticity.spiking.running import Run, carry_out, in_session
from plasticity.spiking.state import saved, taken_up, target_from_state
from plasticity.trains import Trajectory


def simulate(
    network: Network,
    duration: Any,
    *,
    dt: Any = 1e-4,
    record: Sequence[str] = (),
    seed: int = 0,
    target: str = "auto",
    state: State | None = None,
    flags: str = "plasticity",
) -> Recording:
    """Run a network for `duration` seconds.

    duration : seconds or with a unit, a multiple of the step
    dt       : seconds or with a unit, at most a tenth of the smallest time constant; delays and refractory times are
               multiples of it
    record   : names of populations (voltages) and projections (weights) to be kept at every step
    seed     : of escape noise and white noise, 0 to 2**32 - 1; the same seed gives the same numbers
    target   : 'auto', 'numpy', 'cython' or 'cpp_standalone'
    state    : of an earlier run of this network (`recording.state`), from which this one goes on, by `duration`: two
               halves give what the whole gives. Time goes on, too: trains, and tables of currents, count from the start
               of the first run. On 'numpy', which is then what 'auto' means, noise goes on where it stood, whatever
               the seed; on 'cython' it is drawn anew; 'cpp_standalone' takes up no state
    flags    : of the C++ compiler. 'plasticity' keeps sums in their order, so that all targets give the same numbers to
               1e-12; 'brian2' takes what Brian2 does by itself (-O3 -ffast-math -march=native): up to 1.4 times faster
               where millions of synapses are moved, no faster for one neuron; numbers then depend on the processor
    raises SimulationError when the step is too coarse, a time lies beside its grid, or a number blows up;
    MemoryLimitError, TimeLimitError when the run would not fit into memory, or last longer than a day; ArgumentError,
    SpikeTrainError, WeightError for impossible input. Warns (UnitWarning) when the trains replayed at both ends of a
    synapse that learns look like milliseconds.

    >>> from plasticity import NEURONS, Network, Population, simulate, with_parameters
    >>> neuron = with_parameters(NEURONS["lif_excitatory"], bias=0.25)
    >>> recording = simulate(Network([Population("A", neuron)]), 0.1)
    >>> recording.spikes["A"][0].round(4).tolist()
    [0.0321, 0.0525, 0.0729, 0.0933]
    """
    instance(network, Network, "the network")
    seconds, step = number(duration, "the duration", unit="s", above=0.0), number(dt, "the step", unit="s", above=0.0)
    checked_seed(seed)
    choice(flags, get_args(Flags), "the set of flags")
    check_recorded(network, record)
    check_step(step, time_constants(network))
    asked = target if state is None else target_from_state(target)
    picked = require_possible(network, seconds / step, step, record, asked)
    first = 0 if state is None else steps_before(network, state, step)
    steps = Steps(checked_steps(seconds, step), step, first)
    check_on_grid(step, delays(network) | refractory_times(network))
    recording = in_session(
        lambda running: _run(running, network, steps, record, state), picked, seed_from(seed, first), flags=flags
    )
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

    >>> from plasticity import NEURONS, spiking
    >>> (firing,) = spiking.rates(NEURONS["lif_excitatory"], [2e-10], duration=0.2)
    >>> round(firing.rate)
    49
    """
    currents = np.atleast_1d(numbers(current, "the current", unit="A"))
    if currents.ndim > 1:
        raise ArgumentError(f"the current has shape {currents.shape}; one, or (n_currents,), is allowed")
    step = number(dt, "the step", unit="s", above=0.0)
    measured = number(duration, "the duration", unit="s", above=0.0)
    unmeasured = number(settle, "the settling time", unit="s", least=0.0)
    network = Network([Population("neurons", neuron, currents.size, currents)])
    check_step(step, time_constants(network))
    require_possible(network, (unmeasured + measured) / step, step, [], target)
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


def _run(running: Session, network: Network, steps: Steps, record: Sequence[str], state: State | None) -> Recording:
    b2, dt, namespace = running.b2, steps.dt, dict[str, Any]()
    clock = b2.Clock(dt * b2.second, name="plasticity_clock")  # one, for each that ticks costs time in every step
    sources = [*network.populations, *network.events]
    given = {p.name: _given(p, steps) for p in sources if not isinstance(p, Population)}
    groups = {
        p.name: build.group(b2, p, clock, steps.end, namespace)
        if isinstance(p, Population)
        else build.generator(b2, p.name, network.sizes[p.name], given[p.name], clock)
        for p in sources
    }
    built = {p.name: build.synapses(running, p, network, groups, clock) for p in network.projections}
    synapses = {name: plastic.made for name, plastic in built.items()}
    beside = [part for plastic in built.values() for part in plastic.beside]
    spikes = {
        name: b2.SpikeMonitor(part, name=f"plasticity_spikes_of_{name}")
        for name, part in groups.items()
        if name not in given  # what is given is known
    }
    kept = {part.name: _monitor(b2, part, {**groups, **synapses}) for part in network.parts if part.name in record}
    objects = [*groups.values(), *synapses.values(), *beside, *spikes.values(), *kept.values()]
    earlier = taken_up(running, objects, state, steps)
    carry_out(
        running,
        Run(
            objects=[*objects, *earlier.senders],
            steps=steps,
            namespace=namespace,
            synapses={f"w of {p.name}": synapses[p.name] for p in network.projections if p.rule is not None},
            monitors={
                f"{p.neuron.voltage} of {p.name}": (kept[p.name], _kept_of(p))
                for p in network.populations
                if isinstance(p, Population) and p.name in kept
            },
            states=_states(network, groups),
        ),
    )
    fired = given | {name: _fired(monitor, dt) for name, monitor in spikes.items()}
    late = late_spikes(network, steps, fired, earlier.spikes)
    return _recording(network, steps, fired, synapses, kept, saved(running, objects, steps.end * dt, late))


def _given(source: Given | EventTrain, steps: Steps) -> Drawn:
    """The spikes of this run, of those that are given."""
    found = spikes_of(source, steps.end, steps.dt)
    is_now = found.step >= steps.first
    return Drawn(found.neuron[is_now], found.step[is_now])


def _kept_of(part: Population | Projection) -> str:
    """The variable of Brian2's objects that is recorded."""
    return "w" if isinstance(part, Projection) else f"{part.neuron.voltage}_y"


def _monitor(b2: Any, part: Any, made: dict[str, Any]) -> Any:
    when = "end" if isinstance(part, Projection) else "start"
    everyone = np.arange(part.size)  # C++ standalone cannot tell by itself how many synapses there will be
    kept = {"record": everyone, "when": when, "name": f"plasticity_kept_{part.name}"}
    return b2.StateMonitor(made[part.name], _kept_of(part), clock=made[part.name].clock, **kept)


def _recording(
    network: Network, steps: Steps, fired: dict[str, Drawn], synapses: dict, kept: dict, state: State
) -> Recording:
    times = np.arange(steps.first, steps.end, dtype=float)
    times *= steps.dt  # in place, for it may be most of the memory
    trajectories, recorded = {}, {}
    for part in network.parts:
        if isinstance(part, (Population, Projection)) and part.name in kept:
            values = np.array(getattr(kept[part.name], _kept_of(part)))
            if isinstance(part, Projection):
                trajectories[part.name] = Trajectory(np.broadcast_to(times, values.shape), values)
            else:
                recorded[part.name] = values.T
    return Recording(
        spikes={p.name: trains(fired[p.name], p.size, steps.dt) for p in network.populations},
        weights={name: np.array(part.w[:]) for name, part in synapses.items()},
        times=times,
        state=state,
        trajectories=trajectories,
        voltages=recorded,
    )


def _fired(monitor: Any, dt: float) -> Drawn:
    return Drawn(np.array(monitor.i, dtype=np.int64), np.round(np.array(monitor.t_[:]) / dt).astype(np.int64))


def _states(network: Network, groups: dict[str, Any]) -> dict[str, Callable[[], Floats]]:
    """What reads the variables of all neurons as they are now, by a name for messages."""

    def reader(group: Any, variable: str) -> Callable[[], Floats]:
        return lambda: np.array(getattr(group, variable)[:])

    return {
        f"{variable.name} of {population.name}": reader(groups[population.name], f"{variable.name}_y")
        for population in network.populations
        if isinstance(population, Population)
        for variable in population.neuron.variables
    }
