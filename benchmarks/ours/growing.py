"""Work of any size: so many spikes, synapses, or neurons, by each engine."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from measuring import Work
from settings import Floats, poisson

from plasticity import NEURONS, RULES, Network, PoissonInput, Population, Projection, drift, engines, with_parameters
from plasticity.networks import all_to_all

PAIR, SECONDS = RULES["pair_stdp"], 0.1
N_SPIKES = 20  # of a synapse, where synapses become more


def spikes_events(n: int) -> Work:
    """One synapse by the exact engine."""
    return _one(n, "events")


def spikes_compiled(n: int) -> Work:
    """One synapse by the compiled engine."""
    return _one(n, "compiled")


def spikes_auto(n: int) -> Work:
    """One synapse by the engine that is chosen."""
    return _one(n, "auto")


def synapses_events(n: int) -> Work:
    """Many synapses by the exact engine."""
    return _many(n, N_SPIKES, "events")


def synapses_compiled(n: int) -> Work:
    """Many synapses by the compiled engine."""
    return _many(n, N_SPIKES, "compiled")


def synapses_of_100_spikes(n: int) -> Work:
    """Many synapses, by the engine that is chosen, of 100 spikes at each end."""
    return _many(n, 200, "auto")


def synapses_rates(n: int) -> Work:
    """The mean drift of many synapses."""
    pre, post = np.random.default_rng(0).uniform(1.0, 50.0, (2, n))
    return _warm(lambda: drift(PAIR, pre, post, np.full(n, 0.5)))


def inputs_compiled(n: int) -> Work:
    """Inputs onto one neuron, in compiled steps."""
    return _simulated(_inputs(n), engine="compiled")


def inputs_exact(n: int) -> Work:
    """Inputs onto one neuron, without a step."""
    return _simulated(_inputs(n), engine="compiled", dt=None)


def inputs_numpy(n: int) -> Work:
    """Inputs onto one neuron, by Brian2 in NumPy."""
    return _simulated(_inputs(n), engine="numpy")


def neurons_compiled(n: int) -> Work:
    """Neurons in compiled steps."""
    return _simulated(_neurons(n), engine="compiled")


def neurons_exact(n: int) -> Work:
    """Neurons without a step."""
    return _simulated(_neurons(n), engine="compiled", dt=None)


def neurons_numpy(n: int) -> Work:
    """Neurons by Brian2 in NumPy."""
    return _simulated(_neurons(n), engine="numpy")


def neurons_cython(n: int) -> Work:
    """Neurons by Brian2 in Cython."""
    return _simulated(_neurons(n), engine="cython")


def neurons_cpp(n: int) -> Work:
    """Neurons by Brian2 in C++, of which the second run of a size has its build kept."""
    return _simulated(_neurons(n), engine="cpp_standalone")


def _one(n: int, engine: Any) -> Work:
    pre, post = (poisson(10.0, n // 2, seed) for seed in range(2))
    return _warm(partial(engines.final_weight, PAIR, pre, post, 1.0, engine=engine))


def _many(n: int, n_spikes: int, engine: Any) -> Work:
    pre, post = (_trains(n, n_spikes // 2, seed) for seed in range(2))
    return _warm(partial(engines.final_weight, PAIR, pre, post, 1.0, engine=engine))


def _trains(n: int, n_spikes: int, seed: int) -> Floats:
    found = np.random.default_rng(seed).exponential(0.1, (n, n_spikes))
    return np.cumsum(np.maximum(found, 1e-6, out=found), axis=1, out=found)


def _inputs(n: int) -> Network:
    """Poisson inputs that learn, the weaker the more there are."""
    neuron = with_parameters(NEURONS["lif_excitatory"], J_syn=5e-9 / n)
    return Network(
        [PoissonInput("inputs", n, 15.0), Population("neuron", neuron)],
        [Projection("learning", "inputs", "neuron", all_to_all(n, 1), 0.5, PAIR)],
    )


def _neurons(n: int) -> Network:
    """Neurons that fire by currents of their own."""
    currents = 160e-12 * np.random.default_rng(0).uniform(1.0, 1.5, n)
    return Network([Population("neurons", NEURONS["lif_excitatory"], n, currents)])


def _simulated(network: Network, *, engine: str, dt: float | None = 1e-4) -> Work:
    return _warm(partial(engines.simulate, network, SECONDS, dt=dt, engine=engine))


def _warm(do: Callable[[], Any]) -> Work:
    return Work(do, lambda result: {}, warm=do)
