"""What runs in the process of NEST: `python -m plasticity.nest.worker`, jobs as JSON in, results as JSON out.

The only file that imports NEST. Times are whole steps of NEST's clock, and weights are NEST's.
"""

import json
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

MARK = "\n@plasticity@"
STEP_MS = 0.1
_FEED_MS = 1.0  # from a generator to its parrot
_REST_MS = 100.0  # after the last spike, so that all of it arrives


def fresh(step_ms: float = STEP_MS) -> Any:
    """NEST, as new."""
    import nest

    nest.verbosity = nest.VerbosityLevel.ERROR
    nest.ResetKernel()
    nest.local_num_threads = 1
    nest.resolution = step_ms
    return nest


def parrots(nest: Any, trains: list[list[int]], parameters: dict[str, float]) -> Any:
    """Neurons that fire given trains (steps), by repeating those of generators, so that they can learn."""
    neurons = nest.Create("parrot_neuron", len(trains), params=parameters)
    times = [{"spike_times": [round(k * STEP_MS - _FEED_MS, 1) for k in train]} for train in trains]
    generators = nest.Create("spike_generator", len(trains), params=times)
    nest.Connect(generators, neurons, "one_to_one", {"delay": _FEED_MS})
    return neurons


def synapse(job: dict[str, Any]) -> list[list[float]]:
    """The weight that each presynaptic spike transmits, a list for each pair of trains.

    job : model, common (of all synapses), synapse (of each), post (of neurons),
          pairs: [{pre, post (steps), delay (steps), weight, third: steps of a third event}]
    """
    nest, pairs = fresh(), job["pairs"]
    nest.SetDefaults(job["model"], {} if job["third"] else job["common"])
    sides = {side: parrots(nest, [pair[side] for pair in pairs], job["post"]) for side in ("pre", "post")}
    recorder, spikes = nest.Create("weight_recorder"), nest.Create("spike_recorder")
    models = _recorded(nest, job, recorder)
    for neurons in sides.values():
        nest.Connect(neurons, spikes)
    for model, pair, pre, post in zip(models, pairs, *sides.values(), strict=True):
        # the second receptor of a parrot: it hears, learns from, and does not repeat
        here = {"delay": round(pair["delay"] * STEP_MS, 1), "weight": pair["weight"], "receptor_type": 1}
        nest.Connect(pre, post, syn_spec={"synapse_model": model, **here, **job["synapse"]})
    last = max(k for pair in pairs for side in sides for k in pair[side])
    nest.Simulate(round(last * STEP_MS + _REST_MS, 1))
    _require_trains(spikes, pairs, sides)
    who, times, weights = (np.array(recorder.events[key]) for key in ("senders", "times", "weights"))
    found = []
    for neuron in sides["pre"]:
        own = who == neuron.global_id
        found.append(weights[own][np.argsort(times[own], kind="stable")].tolist())
    return found


def _recorded(nest: Any, job: dict[str, Any], recorder: Any) -> list[str]:
    """The model of each pair: the same for all; where a third event comes, one each, with what brings it.

    It comes a step late, for NEST has no shorter delay.
    """
    if not job["third"]:
        nest.CopyModel(job["model"], "recorded", {"weight_recorder": recorder})
        return ["recorded"] * len(job["pairs"])
    names = []
    for number, sender in enumerate(parrots(nest, [pair["third"] for pair in job["pairs"]], {})):
        transmitter = nest.Create("volume_transmitter")
        nest.Connect(sender, transmitter, syn_spec={"delay": STEP_MS})
        about = {"weight_recorder": recorder, "volume_transmitter": transmitter, **job["common"]}
        nest.CopyModel(job["model"], f"recorded_{number}", about)
        names.append(f"recorded_{number}")
    return names


def _require_trains(spikes: Any, pairs: list[dict[str, Any]], sides: dict[str, Any]) -> None:
    """Stop when the trains are not those that were asked for."""
    at, who = np.array(spikes.events["times"]), np.array(spikes.events["senders"])
    for side, neurons in sides.items():
        for pair, neuron in zip(pairs, neurons, strict=True):
            fired = np.sort(np.round(at[who == neuron.global_id] / STEP_MS)).astype(int).tolist()
            if fired != pair[side]:
                raise RuntimeError(f"NEST fired {fired[:5]}... where {pair[side][:5]}... was asked for")


def neuron(job: dict[str, Any]) -> list[list[float]]:
    """The times (ms) of the spikes of a neuron under currents, a list for each.

    job : model, parameters, currents (pA, from the start on), duration, step (ms),
          changes: [{times (ms), amplitudes (pA, beside the current at the start)}], one for each current, or none
    """
    nest = fresh(job["step"])
    neurons = nest.Create(job["model"], len(job["currents"]), params=job["parameters"])
    neurons.I_e = [job["parameters"].get("I_e", 0.0) + current for current in job["currents"]]
    for one, change in zip(neurons, job["changes"], strict=False):
        # a current arrives a delay, of one step, after it was sent
        sent = [round(time - job["step"], 6) for time in change["times"]]
        about = {"amplitude_times": sent, "amplitude_values": change["amplitudes"]}
        nest.Connect(nest.Create("step_current_generator", params=about), one, syn_spec={"delay": job["step"]})
    spikes = nest.Create("spike_recorder")
    nest.Connect(neurons, spikes)
    nest.Simulate(job["duration"])
    who, times = (np.array(spikes.events[key]) for key in ("senders", "times"))
    return [np.sort(times[who == one.global_id]).tolist() for one in neurons]


def voltage(job: dict[str, Any]) -> dict[str, list[float]]:
    """A neuron under a constant current, its voltage in every step, and the weight that each spike transmits to it.

    job : neuron, synapse (their parameters), pre (ms), delay, step, duration (ms)
    returns : times (ms), voltages (mV); weights
    """
    nest = fresh(job["step"])
    post, pre = nest.Create("aeif_psc_delta_clopath", params=job["neuron"]), nest.Create("parrot_neuron")
    fed = nest.Create("spike_generator", params={"spike_times": [time - _FEED_MS for time in job["pre"]]})
    nest.Connect(fed, pre, syn_spec={"delay": _FEED_MS})
    recorder = nest.Create("weight_recorder")
    nest.CopyModel("clopath_synapse", "recorded", {"weight_recorder": recorder})
    nest.Connect(pre, post, syn_spec={"synapse_model": "recorded", "delay": job["delay"], **job["synapse"]})
    meter = nest.Create("multimeter", params={"record_from": ["V_m"], "interval": job["step"]})
    nest.Connect(meter, post)
    nest.Simulate(job["duration"])
    seen = {"times": meter.events["times"], "voltages": meter.events["V_m"], "weights": recorder.events["weights"]}
    return {key: np.array(values).tolist() for key, values in seen.items()}


KINDS: dict[str, Callable[[dict[str, Any]], Any]] = {"synapse": synapse, "neuron": neuron, "voltage": voltage}


def main() -> None:
    """Do the jobs."""
    jobs = json.load(sys.stdin)
    print(MARK + json.dumps([KINDS[job["kind"]](job) for job in jobs]))


if __name__ == "__main__":
    main()
