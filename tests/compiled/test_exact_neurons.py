"""Linear neurons of every shape without a step, against their matrix exponential in small steps."""

from dataclasses import replace

import numpy as np
import pytest
from compiled.exact_networks import simulated
from neurons.more_neurons import CURRENTS

from plasticity.expressions import evaluator
from plasticity.networks import Network, Population, Projection, Replay
from plasticity.neurons import NEURONS, Parameter, Variable, with_parameters, with_synapses
from plasticity.neurons.equations import flows, start, tree
from plasticity.neurons.propagators import propagators

LIF = NEURONS["lif_excitatory"]
V, SYN = LIF.variables
DT = 2e-5


def made(name, *, parameters=(), variables=LIF.variables, **changed):
    return replace(
        LIF, name=name, closed_form=None, parameters=(*LIF.parameters, *parameters), variables=variables, **changed
    )


KINDS = {
    "two currents": (CURRENTS, 3.1e-10),
    "excitation and inhibition": (with_synapses(NEURONS["lif_delta"], "current", "exponential"), 1.7e-10),
    "equal time constants": (with_parameters(LIF, tau_syn=20e-3), 1.5e-10),
    "alpha at the membrane's": (with_parameters(NEURONS["lif_alpha"], tau_exc=20e-3), 1.5e-10),
    "no leak": (made("perfect", variables=(replace(V, flow="R_m*(I_syn + current)/tau_m"), SYN)), 2e-11),
    "moving threshold": (
        made(
            "moving", parameters=(Parameter("tau_th", 30e-3, "ms"), Parameter("b", 2e-3, "mV")),
            variables=(V, SYN, Variable("th", "-th/tau_th", "mV")), threshold="v - V_threshold - th",
            reset={"v": "V_reset", "th": "th + b"},
        ),
        1.9e-10,
    ),
    "adaptation": (
        made(
            "adapting", parameters=(Parameter("tau_w", 100e-3, "ms"), Parameter("b", 20e-12, "pA")),
            variables=(replace(V, flow=V.flow.replace("current", "current - w")), SYN, Variable("w", "-w/tau_w", "pA")),
            reset={"v": "V_reset", "w": "w + b"},
        ),
        2e-10,
    ),
    "a cascade that a current feeds": (
        made(
            "cascade", parameters=(Parameter("tau_a", 3e-3, "ms"),),
            variables=(V, replace(SYN, flow="(q - I_syn + 0.1*current)/tau_syn"), Variable("q", "(r - q)/tau_a", "pA"),
                       Variable("r", "-r/tau_a", "pA")),
            receptors={name: replace(one, variable="r") for name, one in LIF.receptors.items()},
        ),
        1.55e-10,
    ),
}  # fmt: skip


def in_steps(neuron, current, arrivals, duration):
    """The spikes of a neuron whose receptor for excitation gets (time, weight), in steps of DT."""
    names = [variable.name for variable in neuron.variables]
    values, receptor = neuron.values | {"current": current}, neuron.receptors["excitation"]
    step, summed = propagators(neuron, DT)
    zero = values | dict.fromkeys(names, 0.0)
    moved = summed @ np.array([float(evaluator(flow)(zero)) for flow in flows(neuron).values()])
    above, x = evaluator(tree(neuron, neuron.threshold)), np.array(list(start(neuron).values()))
    waiting, spikes = {round(t / DT): weight for t, weight in arrivals}, []
    for k in range(round(duration / DT)):
        is_free = not spikes or k - spikes[-1] > round(neuron.dead_time / DT)
        x = np.where([is_free or name not in neuron.held for name in names], step @ x + moved, x)
        state = values | dict(zip(names, x, strict=True))
        x[names.index(receptor.variable)] += waiting.get(k, 0.0) * values[receptor.size]
        if is_free and above(state) > 0:
            spikes.append(k)
            state |= dict(zip(names, x, strict=True))
            for name, text in neuron.reset.items():
                x[names.index(name)] = evaluator(tree(neuron, text))(state)
    return np.array(spikes) * DT


@pytest.mark.parametrize("neuron, current", KINDS.values(), ids=KINDS)
def test_spikes_come_within_some_steps_of_those_in_steps(neuron, current):
    times = np.round(np.random.default_rng(5).uniform(0.001, 0.099, 12), 4)
    network = Network(
        [Replay("pre", [[time] for time in times]), Population("post", neuron, 1, current)],
        [Projection("s", "pre", "post", [(k, 0) for k in range(12)], 2.0)],
    )
    found = simulated(network, 0.1).spikes["post"][0]
    expected = in_steps(neuron, current, [(time, 2.0) for time in times], 0.1)
    # a spike that is stamped late sets back late, and so on: by some steps after some spikes
    assert len(found) == len(expected) > 3 and np.abs(found - expected).max() < 20 * DT
