"""Plastic synapses between trains that are known: the same question as to `plasticity.events`, put to Brian2.

Without a step given, Brian2's clock counts instants: it steps from spike to spike, and a table gives the time
of each, so that any spike times are met exactly. With a step, time passes in it, and every spike must lie on it.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import SimulationError, SpikeTrainError
from plasticity.grid import MOST_STEPS, off_grid
from plasticity.inputs import number
from plasticity.memory import require_memory, require_time
from plasticity.rules import Rule, readable
from plasticity.rules.arrivals import arrivals, warn_of_units
from plasticity.rules.system import System
from plasticity.spiking.backend import Session, session
from plasticity.spiking.build import set_numbers
from plasticity.spiking.checks import blown_up, check_step
from plasticity.spiking.targets import chosen, seconds_of
from plasticity.spiking.text import synapse_text
from plasticity.trains import Merged, Trains, Trajectory, start_weights

_TICK = 1e-3  # the nominal step of the counting clock, in Brian2's seconds; any number will do
_CHECK_EVERY = 1000  # steps between two looks for weights that blew up
_N_OBJECTS = 8  # two generators, four pathways, a monitor, a check


@dataclass(frozen=True)
class _Plan:
    """Steps of a run: `step` of every slot (n_slots, n_synapses), and how Brian2 tells the time.

    shift : seconds that are added to all times, so that none is before Brian2's zero
    """

    spikes: Merged
    step: Any
    n_steps: int
    dt: float
    shift: float
    is_counting: bool

    @property
    def first(self) -> Floats:
        """The time of the first event of each synapse by Brian2's clock (s): before it, nothing flows."""
        return self.spikes.times[0] + self.shift if self.is_counting else self.step[0] * self.dt


def final_weight(
    rule: Rule, pre: Trains, post: Trains, w0: Any, *, dt: Any = None, target: str = "auto"
) -> float | Floats:
    """The weight after the last spike, computed by Brian2.

    pre, post : seconds; one train each, or many: (n_synapses, n_spikes), or a list of trains
    w0        : start weight, scalar or (n_synapses,)
    dt        : seconds or with a unit, the step of Brian2's clock; None lets it step from spike to spike
    target    : 'auto' (NumPy for short runs, C++ for long ones), 'numpy', 'cython' or 'cpp_standalone'
    returns   : a float for one pair of trains, else shape (n_synapses,)
    raises UnsupportedRule for a rule that this engine does not read; SpikeTrainError, WeightError for impossible input;
    SimulationError for a step that is too coarse, or a weight that stops being a finite number

    Brian2 starts at time 0: trains that begin before it are shifted together, with a step by whole steps. Warns as
    `plasticity.events.final_weight` does.
    """
    spikes, weights = _simulated(rule, pre, post, w0, dt=dt, target=target, is_recorded=False)
    last = spikes.result(weights)
    return float(last) if spikes.is_single else last


def trajectory(rule: Rule, pre: Trains, post: Trains, w0: Any, *, dt: Any = None, target: str = "auto") -> Trajectory:
    """The weight after every spike; arguments and errors as `final_weight`.

    returns : times (seconds) of all spikes and the weight after each
    """
    spikes, weights = _simulated(rule, pre, post, w0, dt=dt, target=target, is_recorded=True)
    return spikes.trajectory(weights)


def _simulated(
    rule: Rule, pre: Trains, post: Trains, w0: Any, *, dt: Any, target: str, is_recorded: bool
) -> tuple[Merged, Floats]:
    found = readable(rule, "spiking")
    spikes = arrivals(rule, pre, post)
    start = start_weights(w0, spikes.times.shape[1], rule.bounds.lower, rule.bounds.upper)
    plan = _plan(found, spikes, None if dt is None else number(dt, "the step", unit="s", above=0.0))
    if not len(spikes.times):
        return spikes, (np.empty((0, start.size)) if is_recorded else start)
    n_kept = plan.n_steps if is_recorded else 1
    require_memory(8.0 * start.size * n_kept + 8.0 * spikes.times.size * 4, "recording")
    cost = {"n_steps": plan.n_steps, "n_objects": _N_OBJECTS, "n_elements": start.size}
    picked = chosen(target, **cost)
    require_time(seconds_of(picked, **cost), f"a run of {plan.n_steps:.3g} steps of {start.size} synapses")
    with session(picked) as running:
        weights, blown = _run(running, found, plan, start, is_recorded)
    if (blown >= 0).any():
        index = int(np.argmax(blown >= 0))
        when = float(blown[index]) - plan.shift
        raise blown_up(f"w of {rule.name}", index, float(np.atleast_2d(weights)[-1, index]), when)
    warn_of_units(rule, spikes)
    return spikes, (np.take_along_axis(weights, plan.step, axis=0) if is_recorded else weights)


def _plan(found: System, spikes: Merged, dt: float | None) -> _Plan:
    n_slots = len(spikes.times)
    before_zero = max(0.0, -float(spikes.times.min(initial=0.0)))
    if dt is None:
        step = np.broadcast_to(np.arange(n_slots)[:, None], spikes.times.shape)
        return _Plan(spikes, step, n_slots, _TICK, before_zero, is_counting=True)
    check_step(dt, {f"{name} of {found.rule}": decay.tau for name, decay in found.decays.items()})
    last = np.abs(spikes.times).max(initial=0.0)
    if not last / dt < MOST_STEPS:
        raise SimulationError(f"a step of {dt:g} s is too fine for spikes at {last:g} s; leave dt out (exact)")
    step = np.round(spikes.times / dt).astype(np.int64)
    off = off_grid(spikes.times, dt, spikes.instant)
    if off.any():
        time = spikes.times.flat[int(off.argmax())]
        raise SpikeTrainError(
            f"the spike at {time:.9g} s is not on the grid of {dt:g} s; "
            "leave dt out (exact), or move the train with plasticity.protocols.on_grid"
        )
    n_before = round(before_zero / dt)
    step = step + n_before
    return _Plan(spikes, step, int(step.max(initial=-1)) + 1, dt, n_before * dt, is_counting=False)


def _run(running: Session, found: System, plan: _Plan, start: Floats, is_recorded: bool) -> tuple[Floats, Floats]:
    """Weights, (n_steps, n_synapses) or the last ones, and when each blew up (-1: never)."""
    b2, dt = running.b2, plan.dt * running.b2.second
    text = synapse_text(found, now="instants(t, i)" if plan.is_counting else "t/second")
    namespace = {}
    if plan.is_counting:
        namespace["instants"] = b2.TimedArray(plan.spikes.times + plan.shift, dt=dt, name="plasticity_instants")
    sides = [_generator(b2, plan, side, dt) for side in ("pre", "post")]
    synapses = b2.Synapses(
        *sides, text.model, on_pre=text.on("pre"), on_post=text.on("post"), dt=dt, name="plasticity_synapses"
    )
    synapses.connect(j="i")
    for order, pathway in enumerate(text.pathways):
        getattr(synapses, pathway.name).order = order
    set_numbers(synapses, found, plan.first)
    synapses.w = start
    parts = [*sides, synapses]
    if is_recorded:
        everyone = np.arange(start.size)  # C++ standalone cannot tell how many synapses there will be
        monitor = b2.StateMonitor(synapses, "w", record=everyone, when="end", dt=dt, name="plasticity_weights")
        parts.append(monitor)
    network = b2.Network(*parts)
    if running.can_stop:
        network.add(_watch(b2, network, synapses, plan))
    running.run(network, plan.n_steps * plan.dt, namespace)
    weights = np.array(monitor.w).T if is_recorded else np.array(synapses.w[:])
    return weights, np.array(synapses.blown_up_at[:])


def _generator(b2: Any, plan: _Plan, side: str, dt: Any) -> Any:
    fires = plan.spikes.pre if side == "pre" else plan.spikes.post
    slot, synapse = np.nonzero(fires)
    times = plan.step[slot, synapse] * plan.dt
    return b2.SpikeGeneratorGroup(fires.shape[1], synapse, times * b2.second, dt=dt, name=f"plasticity_{side}")


def _watch(b2: Any, network: Any, synapses: Any, plan: _Plan) -> Any:
    """Stops the run soon after a weight blew up."""

    def look() -> None:
        if (synapses.blown_up_at[:] >= 0).any():
            network.stop()

    return b2.NetworkOperation(look, dt=plan.dt * _CHECK_EVERY * b2.second, when="end", name="plasticity_watch")
