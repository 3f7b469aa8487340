"""A small network, 20 Poisson trains onto 5 leaky neurons through synapses with pair STDP, in NumPy: Brian2 by hand.

usage: python benchmarks/peers/brian2_small_network.py [--seconds 1] [--runs 1] [--at-once]
The neurons and the rule are `lif_excitatory` and `pair_stdp` of plasticity; the trains of a run are those of `trains`.
As a program it prints one line of JSON: CPU seconds of all runs, import left out, and the mean weight at the end.
"""

import argparse
import json
import time

import brian2 as b2
import numpy as np

N_INPUTS, N_NEURONS, RATE = 20, 5, 50.0  # hertz
DT, START = 1e-4, 0.5  # seconds; weight
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
    fires = np.random.default_rng(seed).random((round(seconds / DT), N_INPUTS)) < RATE * DT
    step, neuron = np.nonzero(fires)
    return neuron, step


def weights(seconds: float, seeds: range) -> np.ndarray:
    """Those at the end, (n_seeds * N_INPUTS * N_NEURONS,), of networks side by side in one group, one a seed."""
    found = [trains(seconds, seed) for seed in seeds]
    neuron = np.concatenate([neuron + place * N_INPUTS for place, (neuron, _) in enumerate(found)])
    step = np.concatenate([step for _, step in found])
    inputs = b2.SpikeGeneratorGroup(N_INPUTS * len(seeds), neuron, step * DT * b2.second)
    neurons = b2.NeuronGroup(
        N_NEURONS * len(seeds), NEURON, threshold="v > -54*mV", reset="v = -60*mV", refractory=2 * b2.ms, method="exact"
    )
    neurons.v = -70 * b2.mV
    synapses = b2.Synapses(
        inputs, neurons, SYNAPSES, on_pre=ON_PRE, on_post=ON_POST, namespace={"J_syn": 50 * b2.pA}, method="exact"
    )
    every = np.arange(N_INPUTS * N_NEURONS * len(seeds))
    place, pair = np.divmod(every, N_INPUTS * N_NEURONS)
    synapses.connect(i=place * N_INPUTS + pair // N_NEURONS, j=place * N_NEURONS + pair % N_NEURONS)
    synapses.w = START
    spikes = b2.SpikeMonitor(neurons)
    b2.Network(inputs, neurons, synapses, spikes).run(seconds * b2.second)
    return np.array(synapses.w[:])


def main() -> None:
    """Run as a program, and print what it cost."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=1.0, help="simulated")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--at-once", action="store_true", help="all networks side by side in one group")
    chosen = parser.parse_args()
    b2.prefs["codegen.target"] = "numpy"
    b2.defaultclock.dt = DT * b2.second
    seeds = range(chosen.runs)
    groups = [seeds] if chosen.at_once else [seeds[k : k + 1] for k in seeds]
    start = time.process_time()
    found = np.concatenate([weights(chosen.seconds, group) for group in groups])
    print(json.dumps({"cpu": time.process_time() - start, "weight": float(found.mean())}))


if __name__ == "__main__":
    main()
