"""1000 Poisson trains through synapses with pair STDP onto one leaky neuron, replayed: Brian2 by hand.

usage: python benchmarks/peers/brian2_song_abbott.py [--seconds 1] [--flags ours|brian2]
The neuron and the rule are `lif_excitatory` and `pair_stdp` of plasticity, but for J_syn. The trains are those of
`trains`, so that another simulator can have the same.
"""

import brian2 as b2
import numpy as np
from brian2_program import main

N_INPUTS, RATE = 1000, 15.0  # hertz
DT = 1e-4  # seconds
J_SYN = 5e-12  # amperes
NEURON = """
dv/dt = (-70*mV - v + 100*Mohm*I_syn)/(20*ms) : volt (unless refractory)
dI_syn/dt = -I_syn/(5*ms) : amp
"""
SYNAPSES = """
w : 1
dApre/dt = -Apre/(20*ms) : 1 (event-driven)
dApost/dt = -Apost/(20*ms) : 1 (event-driven)
"""
ON_PRE = """
I_syn_post += w*J_syn
Apre += 0.005
w = clip(w - Apost, 0, 1)
"""
ON_POST = """
Apost += 0.00525
w = clip(w + Apre, 0, 1)
"""


def trains(seconds: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """The input and the step of every spike, in the order of time, each (n_spikes,)."""
    rng, n_steps = np.random.default_rng(seed), round(seconds / DT)
    n_spikes = rng.binomial(N_INPUTS * n_steps, RATE * DT)
    step, neuron = np.divmod(np.sort(rng.choice(N_INPUTS * n_steps, n_spikes, replace=False, shuffle=False)), N_INPUTS)
    return neuron, step


def start_weights(seed: int = 0) -> np.ndarray:
    """The weight of every input, (N_INPUTS,)."""
    return np.random.default_rng(seed).random(N_INPUTS)


def learning(inputs: b2.Group, seconds: float) -> tuple[b2.SpikeMonitor, b2.Synapses]:
    """Simulate for so many seconds what these inputs make of the synapses."""
    b2.defaultclock.dt = DT * b2.second
    namespace = {"J_syn": J_SYN * b2.amp}
    neuron = b2.NeuronGroup(1, NEURON, threshold="v > -54*mV", reset="v = -60*mV", refractory=2 * b2.ms, method="exact")
    neuron.v = -70 * b2.mV
    synapses = b2.Synapses(inputs, neuron, SYNAPSES, on_pre=ON_PRE, on_post=ON_POST, namespace=namespace)
    synapses.connect()
    synapses.w = start_weights()
    spikes = b2.SpikeMonitor(neuron)
    b2.Network(inputs, neuron, synapses, spikes).run(seconds * b2.second)
    return spikes, synapses


def replayed(seconds: float) -> tuple[b2.SpikeMonitor, b2.Synapses]:
    """The script: trains that are given."""
    neuron, step = trains(seconds)
    return learning(b2.SpikeGeneratorGroup(N_INPUTS, neuron, step * DT * b2.second, dt=DT * b2.second), seconds)


if __name__ == "__main__":
    main(replayed)
