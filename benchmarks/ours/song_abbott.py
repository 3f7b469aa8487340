"""Poisson inputs that learn to drive one neuron, as networks of records."""

from typing import Any

import numpy as np
from measuring import Figures, Work
from settings import SONG_ABBOTT, SongAbbott

from plasticity import NEURONS, RULES, Network, PoissonInput, Population, Projection, engines, with_parameters
from plasticity.networks import all_to_all


def in_steps() -> Work:
    """Compiled, in steps; a simulated second."""
    return simulated(SONG_ABBOTT, dt=SONG_ABBOTT.dt)


def exact() -> Work:
    """Compiled, without a step; a simulated second."""
    return simulated(SONG_ABBOTT, dt=None)


def fresh() -> Work:
    """Compiled, in steps, with all that comes before the first result."""
    work = simulated(SONG_ABBOTT, dt=SONG_ABBOTT.dt)
    return Work(work.do, work.facts)


def of_inputs_1e4() -> Work:
    """Ten times as many inputs, of a tenth of the effect."""
    return simulated(_scaled(10), dt=SONG_ABBOTT.dt)


def of_inputs_1e5() -> Work:
    """A hundred times as many inputs, of a hundredth of the effect."""
    return simulated(_scaled(100), dt=SONG_ABBOTT.dt)


def network(of: SongAbbott) -> Network:
    """The network as records."""
    neuron = with_parameters(NEURONS["lif_excitatory"], J_syn=of.j_syn)
    pairs = all_to_all(of.n_inputs, 1)
    return Network(
        [PoissonInput("inputs", of.n_inputs, of.rate), Population("neuron", neuron)],
        [Projection("learning", "inputs", "neuron", pairs, of.weights, RULES["pair_stdp"])],
    )


def simulated(of: SongAbbott, dt: float | None) -> Work:
    """The network, run by the compiled engine."""
    made = network(of)

    def do() -> Any:
        return engines.simulate(made, of.seconds, dt=dt, engine="compiled")

    return Work(do, facts, parts=of.seconds, warm=do)


def facts(recording: Any) -> Figures:
    """The spikes of the neuron, and the mean weight at the end."""
    return {
        "n_spikes": len(recording.spikes["neuron"][0]),
        "weight": float(np.mean(recording.weights["learning"])),
    }


def _scaled(times: int) -> SongAbbott:
    of = SONG_ABBOTT
    return of._replace(n_inputs=of.n_inputs * times, j_syn=of.j_syn / times, seconds=5.0)
