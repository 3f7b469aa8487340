"""Records of a network turned into Brian2 objects, each under the fixed name of its record."""

from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.expressions import evaluator
from plasticity.networks import Network, Population, Projection
from plasticity.networks.network import end_of
from plasticity.networks.poisson import Drawn
from plasticity.networks.populations import checked_current
from plasticity.networks.projections import plasticity_delays
from plasticity.neurons import Neuron
from plasticity.neurons.equations import start, tree
from plasticity.neurons.rounding import threshold_rounding
from plasticity.rules import Bounds
from plasticity.rules.conventions import SPIKES
from plasticity.rules.homes import apart
from plasticity.rules.system import System, system
from plasticity.rules.variables import Side
from plasticity.spiking.backend import Session
from plasticity.spiking.flows import method
from plasticity.spiking.linear import update_code
from plasticity.spiking.neuron_text import NeuronText, neuron_text, transmitted
from plasticity.spiking.plastic import Past, Plastic, listen, read_signal, remember, set_numbers, share
from plasticity.spiking.runge_kutta import rk4_code
from plasticity.spiking.text import SynapseText, synapse_text, transmitted_text
from plasticity.trains import start_weights

_BRIAN_METHODS = {"euler": "euler", "exponential euler": "exponential_euler"}


def generator(b2: Any, name: str, size: int, spikes: Drawn, clock: Any) -> Any:
    """Neurons that fire the spikes that are given."""
    return b2.SpikeGeneratorGroup(size, spikes.neuron, spikes.step * clock.dt, clock=clock, name=name)


def group(b2: Any, population: Population, clock: Any, n_steps: int, namespace: dict[str, Any]) -> Any:
    """The neurons of a population; a current that changes is added to `namespace` as a table."""
    neuron, name, dt = population.neuron, population.name, float(clock.dt_)
    current = checked_current(population, n_steps)
    if current.ndim == 2:
        namespace[f"current_of_{name}"] = b2.TimedArray(current, dt=clock.dt, name=f"current_of_{name}")
    text = neuron_text(neuron, current=_source(population, current))
    method, numbers = _method(b2, population, text, current, dt)
    largest = np.abs(current).max(axis=0) if current.ndim == 2 else current
    numbers["rounding"] = threshold_rounding(neuron, largest, dt, is_constant=current.ndim < 2)
    numbers["injected"] = current if current.ndim < 2 else 0.0
    declared = "\n".join(
        f"{name} : 1 ({'constant' if np.ndim(of) else 'shared, constant'})" for name, of in numbers.items()
    )
    neurons = b2.NeuronGroup(
        population.size,
        f"{text.model}\n{declared}\nheld_for : second (shared, constant)",
        threshold=text.threshold,
        reset=text.reset,
        refractory="held_for",
        method=method,
        clock=clock,
        name=name,
    )
    # Brian2 stamps a spike at the start of its step and counts refractoriness from there, the reset comes at the end:
    # without one more step the neuron would be held one step too short.
    neurons.held_for = (neuron.dead_time + dt) * b2.second
    if text.released:  # before the threshold, and before spikes arrive, as what moves by itself
        neurons.run_regularly(text.released, when="before_thresholds", clock=clock, name=f"{name}_released")
    steps = {f"{name}_clamp_steps": round(neuron.values[clamp.time] / dt) for name, clamp in neuron.clamps.items()}
    steps |= {f"{name}_held_steps": round(time / dt) for name, time in neuron.held.items()}
    parameters = {f"{name}_n": value for name, value in neuron.values.items()}
    for name, value in (parameters | numbers | steps | _start(neuron)).items():
        if name in neurons.variables:
            setattr(neurons, name, value)
    return neurons


def _source(population: Population, current: Floats) -> str:
    """What the injected current is called in the printed model: a number of each neuron, or a table."""
    return f"current_of_{population.name}(t, i)" if current.ndim == 2 else "injected"


def _method(
    b2: Any, population: Population, text: NeuronText, current: Floats, dt: float
) -> tuple[Any, dict[str, Any]]:
    """How Brian2 integrates the neurons, and the numbers that this needs, of all or one each."""
    neuron, code, numbers = population.neuron, "", dict[str, Any]()
    if neuron.integration == "exact":
        code, numbers = update_code(neuron, text, dt, current if current.ndim < 2 else None)
    elif neuron.integration == "rk4":
        code, numbers = rk4_code(neuron, text, current=_source(population, current), dt=dt)

    def step(equations: Any, variables: Any, method_options: Any) -> str:
        moved = code or getattr(b2, _BRIAN_METHODS[neuron.integration])(equations, variables, method_options)
        return "\n".join(filter(None, [text.before, moved, text.after]))

    return step, numbers


def synapses(running: Session, projection: Projection, network: Network, groups: dict[str, Any], clock: Any) -> Plastic:
    """The synapses of a projection, and what they need beside them.

    A spike is transmitted before what its rule does, or after it, as the rule says.
    """
    b2, target, rule = running.b2, network.by_name[projection.target], projection.acting
    ends: dict[Side, Any] = {"pre": groups[projection.source], "post": groups[projection.target]}
    found = system(rule) if rule is not None else None
    text = _text(found, projection, network, is_dated=running.is_dated)
    model, on_pre = text.model, text.on("pre")
    if isinstance(target, Population):
        receptor = target.neuron.receptor(network.by_name[projection.source].sign, projection.receptor)
        lines, weight = transmitted_text(found) if found else ([], "w")
        on_pre["transmit"] = "\n".join([*lines, transmitted(target.neuron, receptor, weight)])
        model += "\nreceptor_sign : 1 (shared)\nrefractory_steps : integer (shared)"
    made = b2.Synapses(
        *ends.values(),
        model,
        on_pre=on_pre or None,
        on_post=text.on("post") or None,
        method=method(b2, found, text.moving, is_dated=text.is_dated) if found else None,
        clock=clock,
        name=projection.name,
    )
    sources, targets = np.array(projection.pairs, dtype=int).reshape(-1, 2).T
    made.connect(i=sources, j=targets)
    if isinstance(target, Population):
        made.receptor_sign = receptor.direction
        made.refractory_steps = round(target.neuron.dead_time / clock.dt_)
    bounds = rule.bounds if rule else Bounds()
    made.w = _one_for_all(start_weights(projection.weight, projection.size, bounds.lower, bounds.upper))
    plastic = Plastic(made, text)
    if found:
        set_numbers(made, found)
        for side in text.homes:
            share(b2, plastic, found, side, ends[side])
        _read_voltages(b2, plastic, projection, network, ends)
        third = {event: groups[event] for event in found.rule.events if event not in SPIKES}
        listen(b2, plastic, third, size=projection.size)
    _put_in_order(b2, plastic, projection)
    return plastic


def _one_for_all(values: Floats) -> Any:
    """One number where all are the same, for C++ standalone keeps what it is given twice."""
    return values[0] if (values == values[0]).all() else values


def _text(found: System | None, projection: Projection, network: Network, *, is_dated: bool) -> SynapseText:
    """The printed rule of a projection, or what is printed of a weight that is fixed."""
    if found is None:
        return SynapseText("w : 1", ())
    sizes: dict[Side, int] = {
        "pre": network.by_name[projection.source].size,
        "post": network.by_name[projection.target].size,
    }
    return synapse_text(found, now="t/second", apart=apart(found, projection.size, sizes), is_dated=is_dated)


def _put_in_order(b2: Any, plastic: Plastic, projection: Projection) -> None:
    """Order and delays of the pathways of the rule, and of transmission."""
    delays = plasticity_delays(projection)
    placed = [(pathway, delays[event]) for pathway, event in plastic.pathways()]
    if hasattr(plastic.made, "transmit"):
        is_before = projection.rule is None or projection.rule.conventions.transmitted == "before"
        placed.insert(0 if is_before else len(placed), (plastic.made.transmit, projection.delay))
    for place, (pathway, delay) in enumerate(placed):
        pathway.order = place
        if delay:
            pathway.delay = delay * b2.second


def _read_voltages(b2: Any, plastic: Plastic, projection: Projection, network: Network, ends: dict[Side, Any]) -> None:
    """Let synapses read the voltages of their neurons, by the role that these declare.

    raises ArgumentError where there is no neuron, or a signal that no network has
    """
    found = system(projection.acting)
    for signal in found.rule.signals:
        side, population = end_of(signal, projection, network)
        group, variable = ends[side], f"{population.neuron.voltage}_y"
        n_late = round(found.rule.values[signal.delay] / plastic.made.clock.dt_) if signal.delay else 0
        if n_late:
            group = remember(
                b2, plastic, signal.name, group, Past(variable, n_late, _start(population.neuron)[variable])
            )
            variable = "late"
        read_signal(plastic, side, f"{signal.name}_s", group, variable)


def _start(neuron: Neuron) -> dict[str, float]:
    """The variables at time 0, and whether the neuron is above its threshold there."""
    state = start(neuron)
    above = evaluator(tree(neuron, neuron.threshold or "0"))(neuron.values | state)
    is_above = {name: int(above > 0) for name in ("is_above", "was_above")}
    return {f"{name}_y": value for name, value in state.items()} | is_above
