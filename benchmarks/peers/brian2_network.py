"""10,000 neurons with 2 million synapses, of which 319,000 learn: Brian2 by hand.

usage: python benchmarks/peers/brian2_network.py [--seconds 1] [--flags ours|brian2]
Balanced as in Vogels et al. 2011: 8000 excitatory and 2000 inhibitory neurons, each pair joined with a probability of
0.02; inhibition of excitation learns. Neurons and the rule are `lif_excitatory`, `lif_inhibitory` and `inhibitory_stdp`
of plasticity, its set 'network'; each neuron has a current of its own, and nothing is random but it and the pairs.
"""

import brian2 as b2
import numpy as np
from brian2_program import main

SIZES = {"E": 8000, "I": 2000}
P_CONNECTED = 0.02
DT = 1e-4  # seconds
WEIGHTS = {"EE": 0.1, "EI": 0.1, "IE": 0.5, "II": 0.5}  # at the start
NEURON = """
dv/dt = (-70*mV - v + 100*Mohm*(I_syn + injected))/(20*ms) : volt (unless refractory)
dI_syn/dt = -I_syn/(5*ms) : amp
injected : amp (constant)
"""
SYNAPSES = """
w : 1
dApre/dt = -Apre/(20*ms) : 1 (event-driven)
dApost/dt = -Apost/(20*ms) : 1 (event-driven)
"""
ON_PRE = """
I_syn_post += -w*J_syn
Apre += 0.01
w = clip(w + Apost - 0.12*0.01, 0, inf)
"""
ON_POST = """
Apost += 0.01
w = clip(w + Apre, 0, inf)
"""


def currents(name: str, seed: int = 0) -> np.ndarray:
    """What is injected into the neurons of E or I, amperes: 1 to 1.5 rheobases."""
    return 160e-12 * np.random.default_rng([seed, ord(name)]).uniform(1.0, 1.5, SIZES[name])


def pairs(name: str, seed: int = 0) -> np.ndarray:
    """The pairs (i, j) of EE, EI, IE or II, (n_synapses, 2), in the order of their sources."""
    rng = np.random.default_rng([seed, *name.encode()])
    n_source, n_target = (SIZES[end] for end in name)
    rows = [np.flatnonzero(rng.random(n_target) < P_CONNECTED) for _ in range(n_source)]
    sources = np.repeat(np.arange(n_source), [len(row) for row in rows])
    return np.stack([sources, np.concatenate(rows)], axis=1)


def learning(seconds: float) -> tuple[b2.SpikeMonitor, b2.Synapses]:
    """The script."""
    b2.defaultclock.dt = DT * b2.second
    namespace = {"J_syn": 50 * b2.pA}
    groups, synapses = {}, {}
    for name, size in SIZES.items():
        groups[name] = b2.NeuronGroup(
            size, NEURON, threshold="v > -54*mV", reset="v = -60*mV", refractory=2 * b2.ms, method="exact"
        )
        groups[name].v = -70 * b2.mV
        groups[name].injected = currents(name) * b2.amp
    for name, weight in WEIGHTS.items():
        ends = [groups[end] for end in name]
        if name == "IE":
            made = b2.Synapses(*ends, SYNAPSES, on_pre=ON_PRE, on_post=ON_POST, namespace=namespace)
        else:
            sign = "-" if name[0] == "I" else ""
            made = b2.Synapses(*ends, "w : 1", on_pre=f"I_syn_post += {sign}w*J_syn", namespace=namespace)
        sources, targets = pairs(name).T
        made.connect(i=sources, j=targets)
        made.w = weight
        synapses[name] = made
    spikes = [b2.SpikeMonitor(group) for group in groups.values()]
    b2.Network(*groups.values(), *synapses.values(), *spikes).run(seconds * b2.second)
    return spikes[0], synapses["IE"]


if __name__ == "__main__":
    main(learning)
