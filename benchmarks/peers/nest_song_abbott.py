"""1000 Poisson trains through synapses with pair STDP onto one leaky neuron: NEST by hand.

usage: python benchmarks/peers/nest_song_abbott.py [--seconds 1]
The network of `brian2_song_abbott_poisson`. A generator sends each of its targets a train of its own; these repeat it,
for a generator has no spikes that a synapse could learn from. Prints one line of JSON: CPU seconds of the run, spikes
of the neuron, and the mean weight at the end.
"""

import argparse
import json
import time

import nest
import numpy as np

N_INPUTS, RATE, DT, J_SYN = 1000, 15.0, 0.1, 5.0  # hertz, ms, pA
NEURON = {"tau_m": 20.0, "C_m": 200.0, "E_L": -70.0, "V_m": -70.0, "V_th": -54.0, "V_reset": -60.0, "t_ref": 2.0}
LEARNING = {"tau_plus": 20.0, "lambda": 0.005, "alpha": 1.05, "mu_plus": 0.0, "mu_minus": 0.0, "Wmax": J_SYN}


def main() -> None:
    """Run as a program, and print what it cost."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=1.0, help="simulated")
    seconds = parser.parse_args().seconds
    nest.verbosity = nest.VerbosityLevel.ERROR
    nest.ResetKernel()
    nest.resolution = DT
    neuron = nest.Create("iaf_psc_exp", params={**NEURON, "tau_syn_ex": 5.0, "tau_minus": 20.0})
    inputs, spikes = nest.Create("parrot_neuron", N_INPUTS), nest.Create("spike_recorder")
    nest.Connect(nest.Create("poisson_generator", params={"rate": RATE}), inputs, syn_spec={"delay": DT})
    weights = J_SYN * np.random.default_rng(0).random((1, N_INPUTS))
    synapse = {"synapse_model": "stdp_synapse", "weight": weights, "delay": DT, **LEARNING}
    nest.Connect(inputs, neuron, syn_spec=synapse)
    nest.Connect(neuron, spikes)
    begin = time.process_time()
    nest.Simulate(1000 * seconds)
    run = time.process_time() - begin
    weight = np.mean(nest.GetConnections(inputs, neuron).weight) / J_SYN
    print(json.dumps({"run": run, "n_spikes": spikes.n_events, "weight": float(weight)}))


if __name__ == "__main__":
    main()
