"""Plastic synapses between trains that are known: the same question as to `plasticity.events`, put to Brian2.

Without a step given, Brian2's clock counts instants: it steps from spike to spike, and a table gives the time
of each, so that any spike times are met exactly. With a step, time passes in it, and every spike must lie on it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import SimulationError, listed
from plasticity.inputs import number
from plasticity.memory import require_memory, require_time
from plasticity.rules import Rule, readable
from plasticity.rules.arrivals import arrivals, warn_of_units
from plasticity.rules.conventions import HUGE, SPIKES
from plasticity.rules.homes import stepped
from plasticity.rules.signals import require_within, taken_signals
from plasticity.rules.system import System
from plasticity.spiking.backend import Session
from plasticity.spiking.clock import Plan, planned
from plasticity.spiking.flows import method
from plasticity.spiking.plastic import Plastic, listen, set_numbers
from plasticity.spiking.running import Run, Steps, carry_out, in_session
from plasticity.spiking.targets import chosen, seconds_of
from plasticity.spiking.text import Pathway, SynapseText, synapse_text
from plasticity.trains import Merged, Trains, Trajectory, start_weights

# What is kept of flows: the weight after the last event, and from when to when a synapse flows
_OF_FLOWS = ("w_told : 1", "begins : 1", "ends : 1", "held = 1 - int(t/second >= begins)*int(t/second < ends) : 1")
_N_OBJECTS = 6  # two generators, two pathways, a monitor, a check


@dataclass(frozen=True)
class _Task:
    """What is asked: the arguments of `final_weight`, and whether the weight after every event is wanted."""

    rule: Rule
    pre: Trains
    post: Trains
    w0: Any
    events: Mapping[str, Trains] | None
    signals: Mapping[str, Any] | None
    dt: Any
    seed: int
    target: str
    is_recorded: bool


def final_weight(
    rule: Rule,
    pre: Trains,
    post: Trains,
    w0: Any,
    *,
    events: Mapping[str, Trains] | None = None,
    signals: Mapping[str, Any] | None = None,
    dt: Any = None,
    seed: int = 0,
    target: str = "auto",
) -> float | Floats:
    """The weight after the last event, computed by Brian2.

    pre, post : seconds; one train each, or many: (n_synapses, n_spikes), or a list of trains
    w0        : start weight, scalar or (n_synapses,)
    events    : the trains of other events that the rule hears, {"reward": seconds}, in the same forms
    signals   : what the rule reads from outside, {"v": (seconds, values)}, joined by straight lines, or a function of
                seconds, as in `plasticity.events.final_weight`; read at the start of every step
    dt        : seconds or with a unit, the step of Brian2's clock; None lets it step from event to event, which a rule
                cannot do that has flows without closed form, a weight that moves between events, noise, or signals
    seed      : of the noise of the rule; the same seed gives the same numbers
    target    : 'auto' (NumPy for short runs, C++ for long ones), 'numpy', 'cython' or 'cpp_standalone'
    returns   : a float for one train of each, else shape (n_synapses,)
    raises UnsupportedRule for a rule that this engine does not read; SpikeTrainError, WeightError for impossible input;
    SimulationError for a step that is too coarse or missing, or a number that stops being finite

    Brian2 starts at time 0: trains that begin before it are shifted together, with a step by whole steps. Before the
    first event of a synapse, or the first sample of a signal, nothing flows; where a signal is sampled, the weight is
    that at its last sample. Warns as `plasticity.events.final_weight` does.

    >>> from plasticity import RULES, spiking
    >>> round(float(spiking.final_weight(RULES["pair_stdp"], [0.010], [0.020], w0=0.5)), 6)
    0.503033
    """
    task = _Task(rule, pre, post, w0, events, signals, dt, seed, target, is_recorded=False)
    spikes, weights = _simulated(task)
    last = spikes.result(weights)
    return float(last) if spikes.is_single else last


def trajectory(
    rule: Rule,
    pre: Trains,
    post: Trains,
    w0: Any,
    *,
    events: Mapping[str, Trains] | None = None,
    signals: Mapping[str, Any] | None = None,
    dt: Any = None,
    seed: int = 0,
    target: str = "auto",
) -> Trajectory:
    """The weight after every event; arguments and errors as `final_weight`.

    returns : times (seconds) of all events and the weight after each

    >>> from plasticity import RULES, spiking
    >>> spiking.trajectory(RULES["pair_stdp"], [0.010], [0.020], w0=0.5).weights.round(6)
    array([0.5     , 0.503033])
    """
    task = _Task(rule, pre, post, w0, events, signals, dt, seed, target, is_recorded=True)
    spikes, weights = _simulated(task)
    return spikes.trajectory(weights, _start(task, spikes))


def _start(task: _Task, spikes: Merged) -> Floats:
    """The start weights, (n_synapses,)."""
    bounds = task.rule.bounds
    return start_weights(task.w0, spikes.times.shape[1], bounds.lower, bounds.upper)


def _simulated(task: _Task) -> tuple[Merged, Floats]:
    """The events in order, and the weights after each, (n_slots, n_synapses), or the last alone."""
    rule, found = task.rule, readable(task.rule, "spiking")
    spikes = arrivals(rule, task.pre, task.post, others=task.events)
    start = _start(task, spikes)
    dt = None if task.dt is None else number(task.dt, "the step", unit="s", above=0.0)
    signals = taken_signals(rule, task.signals, start.size)
    require_within(signals, spikes)
    _require_step(found, dt)
    plan = replace(planned(found, spikes, signals, dt), begins=found.begins)
    if not len(spikes.times):
        return spikes, (np.empty((0, start.size)) if task.is_recorded else start)
    n_kept = plan.n_steps if task.is_recorded else 1
    require_memory(8.0 * start.size * n_kept + 8.0 * spikes.times.size * 4, "recording")
    cost = {"n_steps": plan.n_steps, "n_objects": _N_OBJECTS, "n_elements": start.size}
    picked = chosen(task.target, **cost)
    require_time(seconds_of(picked, **cost), f"a run of {plan.n_steps:.3g} steps of {start.size} synapses")
    weights = in_session(
        lambda running: _run(running, found, plan, start, is_recorded=task.is_recorded), picked, task.seed
    )
    warn_of_units(rule, spikes)
    return spikes, (np.take_along_axis(weights, plan.step, axis=0) if task.is_recorded else weights)


def _require_step(found: System, dt: float | None) -> None:
    """Raise SimulationError where a step is needed and none is given."""
    moving = [*stepped(found), *(signal.name for signal in found.rule.signals)]
    if moving and dt is None:
        raise SimulationError(
            f"{found.rule} is taken in steps, for {listed(moving)} has no closed form here; give dt, and halve it "
            "until the weight no longer moves"
        )


def _run(running: Session, found: System, plan: Plan, start: Floats, *, is_recorded: bool) -> Floats:
    """Weights, (n_steps, n_synapses) or the last ones."""
    b2 = running.b2
    clock = b2.Clock(plan.dt * b2.second, name="plasticity_clock")
    text, namespace = _printed(found, plan, running.is_dated), dict[str, Any]()
    if plan.is_counting:
        namespace["instants"] = b2.TimedArray(plan.spikes.times + plan.shift, dt=clock.dt, name="plasticity_instants")
    for name, values in plan.tables().items():
        namespace[f"table_of_{name}"] = b2.TimedArray(values, dt=clock.dt, name=f"plasticity_{name}")
    senders = {event: _generator(b2, plan, event, clock) for event in (*SPIKES, *plan.spikes.others)}
    made = b2.Synapses(
        senders["pre"],
        senders["post"],
        text.model,
        on_pre=text.on("pre") or None,
        on_post=text.on("post") or None,
        method=method(b2, found, stepped(found), held="held", is_dated=text.is_dated),
        clock=clock,
        name="plasticity_synapses",
    )
    made.connect(j="i")
    plastic = Plastic(made, text)
    listen(b2, plastic, {event: senders[event] for event in plan.spikes.others}, size=start.size)
    for place, (pathway, _) in enumerate(plastic.pathways()):
        pathway.order = place
    set_numbers(made, found, plan.first)
    made.w = start
    if stepped(found):
        made.w_told, made.begins, made.ends = start, plan.first - plan.dt / 2, plan.end - plan.dt / 2
    parts = [*senders.values(), made, *plastic.beside]
    if is_recorded:
        everyone = np.arange(start.size)  # C++ standalone cannot tell how many synapses there will be
        monitor = b2.StateMonitor(made, "w", record=everyone, when="end", clock=clock, name="plasticity_weights")
        parts.append(monitor)
    watched = {f"w of {found.rule.name}": made}
    carry_out(running, Run(parts, Steps(plan.n_steps, plan.dt), namespace, synapses=watched, shift=plan.shift))
    if is_recorded:
        return np.array(monitor.w).T
    return np.array((made.w_told if stepped(found) and plan.end == HUGE else made.w)[:])


def _printed(found: System, plan: Plan, is_dated: bool) -> SynapseText:
    """The rule as text; where the weight may flow on after the last event, what it was then is kept."""
    text = synapse_text(found, now="instants(t, i)" if plan.is_counting else "t/second", is_dated=is_dated)
    tables = [f"{signal.name}_s = table_of_{signal.name}(t, i) : 1" for signal in found.rule.signals]
    if not stepped(found):
        return replace(text, model="\n".join([text.model, *tables]))
    silent = [event for event in found.rule.events if not text.on(event)]
    pathways = [*text.pathways, *(Pathway(f"{event}_tells", event, "now = t/second") for event in silent)]
    told = tuple(replace(pathway, code=f"{pathway.code}\nw_told = w") for pathway in pathways)
    return replace(text, model="\n".join([text.model, *_OF_FLOWS, *tables]), pathways=told)


def _generator(b2: Any, plan: Plan, event: str, clock: Any) -> Any:
    fires = plan.spikes.fires(event)
    slot, synapse = np.nonzero(fires)
    times = plan.step[slot, synapse] * clock.dt
    return b2.SpikeGeneratorGroup(fires.shape[1], synapse, times, clock=clock, name=f"plasticity_{event}")
