"""10,000 neurons with 2 million synapses, of which 319,000 learn: NEST by hand.

usage: python benchmarks/peers/nest_network.py [--seconds 1]
The network of `brian2_network`, with the shortest delay that NEST has, of one step. Prints one line of JSON: CPU
seconds of the run, spikes of the excitatory neurons, and the mean weight of what learns at the end.
"""

import argparse
import json
import time

import nest
import numpy as np

SIZES, P_CONNECTED, DT, J_SYN = {"E": 8000, "I": 2000}, 0.02, 0.1, 50.0  # ms, pA
WEIGHTS = {"EE": 0.1, "EI": 0.1, "IE": 0.5, "II": 0.5}
NEURON = {"tau_m": 20.0, "C_m": 200.0, "E_L": -70.0, "V_m": -70.0, "V_th": -54.0, "V_reset": -60.0, "t_ref": 2.0}
SYNAPSE = {"tau_syn_ex": 5.0, "tau_syn_in": 5.0, "tau_minus": 20.0}
# Of negative weights it changes the size; without an upper bound
LEARNING = {"synapse_model": "vogels_sprekeler_synapse", "eta": 0.01 * J_SYN, "alpha": 0.12, "tau": 20.0, "Wmax": -1e9}


def pairs(name: str) -> tuple[np.ndarray, np.ndarray]:
    """The sources and the targets of EE, EI, IE or II."""
    rng = np.random.default_rng([0, *name.encode()])
    n_source, n_target = (SIZES[end] for end in name)
    rows = [np.flatnonzero(rng.random(n_target) < P_CONNECTED) for _ in range(n_source)]
    return np.repeat(np.arange(n_source), [len(row) for row in rows]), np.concatenate(rows)


def main() -> None:
    """Run as a program, and print what it cost."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=1.0, help="simulated")
    seconds = parser.parse_args().seconds
    nest.verbosity = nest.VerbosityLevel.ERROR
    nest.ResetKernel()
    nest.resolution = DT
    groups = {name: nest.Create("iaf_psc_exp", size, params={**NEURON, **SYNAPSE}) for name, size in SIZES.items()}
    for name, size in SIZES.items():
        groups[name].I_e = 160.0 * np.random.default_rng([0, ord(name)]).uniform(1.0, 1.5, size)
    for name, weight in WEIGHTS.items():
        sources, targets = (np.array(groups[end])[of] for end, of in zip(name, pairs(name), strict=True))
        sign = -1.0 if name[0] == "I" else 1.0
        about = {"weight": np.full(len(sources), sign * weight * J_SYN), "delay": np.full(len(sources), DT)}
        nest.Connect(sources, targets, "one_to_one", {**about, **(LEARNING if name == "IE" else {})})
    spikes = nest.Create("spike_recorder")
    nest.Connect(groups["E"], spikes)
    begin = time.process_time()
    nest.Simulate(1000 * seconds)
    run = time.process_time() - begin
    weights = np.array(nest.GetConnections(synapse_model="vogels_sprekeler_synapse").weight)
    print(json.dumps({"run": run, "n_spikes": spikes.n_events, "weight": float(np.mean(-weights)) / J_SYN}))


if __name__ == "__main__":
    main()
