"""Records of a network turned into Brian2 objects, each under the fixed name of its record."""

from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError
from plasticity.expressions import evaluator
from plasticity.inputs import numbers
from plasticity.networks import Network, Population, Projection
from plasticity.networks.network import plasticity_delays
from plasticity.networks.poisson import Drawn
from plasticity.neurons import Neuron
from plasticity.neurons.equations import start, tree
from plasticity.neurons.rounding import threshold_rounding
from plasticity.rules import Bounds
from plasticity.rules.system import System, system
from plasticity.spiking.linear import update_code
from plasticity.spiking.neuron_text import NeuronText, neuron_text, transmitted
from plasticity.spiking.text import SynapseText, numbers_of, starts_of, synapse_text
from plasticity.trains import start_weights

_BRIAN_METHODS = {"euler": "euler", "rk4": "rk4", "exponential euler": "exponential_euler"}


def generator(b2: Any, name: str, size: int, spikes: Drawn, dt: float) -> Any:
    """Neurons that fire the spikes that are given."""
    return b2.SpikeGeneratorGroup(size, spikes.neuron, spikes.step * dt * b2.second, dt=dt * b2.second, name=name)


def group(b2: Any, population: Population, dt: float, n_steps: int, namespace: dict[str, Any]) -> Any:
    """The neurons of a population; a current that changes is added to `namespace` as a table."""
    neuron, name = population.neuron, population.name
    current = _checked_current(population, n_steps)
    source = "injected"
    if current.ndim == 2:
        source = f"current_of_{name}(t, i)"
        namespace[f"current_of_{name}"] = b2.TimedArray(current, dt=dt * b2.second, name=f"current_of_{name}")
    text = neuron_text(neuron, current=source)
    method, numbers = _method(b2, neuron, text, dt)
    declared = "\n".join(f"{number} : 1 (shared, constant)" for number in numbers)
    neurons = b2.NeuronGroup(
        population.size,
        f"{text.model}\ninjected : 1 (constant)\nrounding : 1 (constant)\n{declared}",
        threshold=text.threshold,
        reset=text.reset,
        # Brian2 stamps a spike at the start of its step and counts refractoriness from there, the reset comes at
        # the end: without one more step the neuron would be held one step too short.
        refractory=(neuron.dead_time + dt) * b2.second,
        method=method,
        dt=dt * b2.second,
        name=name,
    )
    if text.released:  # before the threshold, and before spikes arrive, as what moves by itself
        neurons.run_regularly(text.released, when="before_thresholds", dt=dt * b2.second, name=f"{name}_released")
    steps = {f"{name}_clamp_steps": round(neuron.values[clamp.time] / dt) for name, clamp in neuron.clamps.items()}
    steps |= {f"{name}_held_steps": round(time / dt) for name, time in neuron.held.items()}
    parameters = {f"{name}_p": value for name, value in neuron.values.items()}
    for name, value in (parameters | numbers | steps | _start(neuron)).items():
        if name in neurons.variables:
            setattr(neurons, name, value)
    neurons.injected = current if current.ndim < 2 else 0.0
    largest = np.abs(current).max(axis=0) if current.ndim == 2 else current
    neurons.rounding = threshold_rounding(neuron, largest, dt, is_constant=current.ndim < 2)
    return neurons


def _method(b2: Any, neuron: Neuron, text: NeuronText, dt: float) -> tuple[Any, dict[str, float]]:
    """How Brian2 integrates the neuron, and the numbers that this needs."""
    code, numbers = update_code(neuron, text, dt) if neuron.integration == "exact" else ("", {})

    def step(equations: Any, variables: Any, method_options: Any) -> str:
        moved = code or getattr(b2, _BRIAN_METHODS[neuron.integration])(equations, variables, method_options)
        return "\n".join(filter(None, [text.before, moved, text.after]))

    return step, numbers


def synapses(b2: Any, projection: Projection, network: Network, groups: dict[str, Any], dt: float) -> Any:
    """The synapses of a projection: transmission first, then what its rule does, in the order of the rule."""
    target, rule = network.by_name[projection.target], projection.acting
    text = synapse_text(system(rule), now="t/second") if rule is not None else SynapseText("w : 1", ())
    model, on_pre, on_post = text.model, text.on("pre"), text.on("post")
    if isinstance(target, Population):
        receptor = target.neuron.receptor(network.by_name[projection.source].sign, projection.receptor)
        on_pre["transmit"] = transmitted(target.neuron, receptor)
        model += "\nreceptor_sign : 1 (shared)\nrefractory_steps : integer (shared)"
    ends = groups[projection.source], groups[projection.target]
    made = b2.Synapses(*ends, model, on_pre=on_pre, on_post=on_post or None, dt=dt * b2.second, name=projection.name)
    sources, targets = np.array(projection.pairs, dtype=int).reshape(-1, 2).T
    made.connect(i=sources, j=targets)
    is_before = rule is None or rule.conventions.transmitted == "before"
    order = [pathway.name for pathway in text.pathways]
    for place, pathway in enumerate(("transmit", *order) if is_before else (*order, "transmit")):
        if pathway in on_pre or pathway in on_post:
            getattr(made, pathway).order = place
    if isinstance(target, Population):
        made.receptor_sign = receptor.direction
        made.refractory_steps = round(target.neuron.dead_time / dt)
    _fill(b2, made, projection, {pathway.name: pathway.event for pathway in text.pathways})
    return made


def set_numbers(made: Any, found: System, first: Any = 0.0) -> None:
    """Give printed synapses the numbers of their rule, and its state before the first event.

    first : seconds, when the state begins to flow, scalar or one a synapse
    """
    for name, value in (numbers_of(found) | starts_of(found, first)).items():
        setattr(made, name, value)
    made.blown_up_at = -1


def _fill(b2: Any, made: Any, projection: Projection, pathways: dict[str, str]) -> None:
    """Start weights, numbers of the rule, and delays."""
    rule = projection.acting
    bounds = rule.bounds if rule else Bounds()
    made.w = start_weights(projection.weight, projection.size, bounds.lower, bounds.upper)
    if rule:
        set_numbers(made, system(rule))
    delays = plasticity_delays(projection)
    late = {name: delays[event] for name, event in pathways.items()}
    for name, delay in {**late, **({"transmit": projection.delay} if hasattr(made, "transmit") else {})}.items():
        if delay:
            getattr(made, name).delay = delay * b2.second


def _checked_current(population: Population, n_steps: int) -> Floats:
    current, size = numbers(population.current, f"the current of {population.name}", unit="A"), population.size
    is_table = current.ndim == 2 and current.shape[1] == size and len(current) >= n_steps
    if current.shape not in ((), (size,)) and not is_table:
        raise ArgumentError(
            f"the current of {population.name} has shape {current.shape}; allowed: a number, ({size},), or one row for "
            f"each step of the run, ({n_steps}, {size})"
        )
    return current


def _start(neuron: Neuron) -> dict[str, float]:
    """The variables at time 0, and whether the neuron is above its threshold there."""
    state = start(neuron)
    above = evaluator(tree(neuron, neuron.threshold or "0"))(neuron.values | state)
    is_above = {name: int(above > 0) for name in ("is_above", "was_above")}
    return {f"{name}_x": value for name, value in state.items()} | is_above
