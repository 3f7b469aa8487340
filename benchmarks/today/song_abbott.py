"""Poisson trains that are replayed onto one neuron, in Brian2's C++, with the package as it was."""

from typing import Any

import numpy as np
from measuring import Work, processor_seconds
from settings import SONG_ABBOTT

from plasticity.neurons import NEURONS, with_constants
from plasticity.rules import RULES
from plasticity.spiking import Network, Population, Projection, Replay, backend, simulate

_SHORT = 1.0  # seconds: what a run costs, however long it simulates, and is left out


def in_cpp() -> Work:
    """What a simulated second adds to a run; the compiler is left out."""
    built, make = list[float](), backend._make

    def make_timed(folder: str) -> None:
        begin = processor_seconds()
        make(folder)
        built.append(processor_seconds() - begin)

    def run(seconds: float) -> tuple[Any, float]:
        network = _network(seconds)
        begin = processor_seconds()
        recording = simulate(network, seconds, dt=SONG_ABBOTT.dt, target="cpp_standalone")
        return recording, processor_seconds() - begin - built.pop()

    def warm() -> None:  # what Brian2 loads and remembers once
        simulate(_network(_SHORT), _SHORT, dt=SONG_ABBOTT.dt, target="numpy")

    def do() -> tuple[Any, float]:
        backend._make = make_timed
        short, (recording, long) = run(_SHORT)[1], run(SONG_ABBOTT.seconds)
        return recording, (long - short) / (SONG_ABBOTT.seconds - _SHORT)

    def facts(result: tuple[Any, float]) -> dict[str, float]:
        recording, seconds = result
        weight = float(np.mean(recording.weights["learning"]))
        return {"seconds": seconds, "n_spikes": len(recording.spikes["neuron"][0]), "weight": weight}

    return Work(do, facts, warm=warm)


def _network(seconds: float) -> Network:
    of, rng = SONG_ABBOTT, np.random.default_rng(0)
    n_steps = round(seconds / of.dt)
    trains = [np.flatnonzero(rng.random(n_steps) < of.rate * of.dt) * of.dt for _ in range(of.n_inputs)]
    neuron = with_constants(NEURONS["lif_excitatory"], J_syn=of.j_syn)
    pairs = np.stack([np.arange(of.n_inputs), np.zeros(of.n_inputs, dtype=int)], axis=1)
    return Network(
        [Replay("inputs", trains), Population("neuron", neuron)],
        [Projection("learning", "inputs", "neuron", pairs, of.weights, RULES["pair_stdp"])],
    )
