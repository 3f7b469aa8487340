"""Networks that run without a step, and what their runs must agree with."""

import numpy as np

from plasticity import events
from plasticity.compiled.exact.running import simulate_exactly
from plasticity.networks import Network, Population, Projection, Recording, Replay, all_to_all
from plasticity.networks.projections import plasticity_delays
from plasticity.neurons import NEURONS
from plasticity.protocols import poisson


def simulated(network, duration, **how):
    """A run of the kernel's text as plain Python, which takes no time to compile."""
    return simulate_exactly(network, duration, is_compiled=False, **how)


def trains(n, rate, duration, seed, grid=0.0):
    """`n` Poisson trains, on a grid where there is one."""
    rng, found = np.random.default_rng(seed), []
    for _ in range(n):
        train = poisson(rate, duration, rng)
        found.append(np.unique(np.round(train / grid)) * grid if grid else train)
    return found


def two_layers(rule, *, neuron="lif_excitatory", delay=0.0, current=1.7e-10, seed=1, grid=0.0):
    """Trains, through plastic synapses and fixed inhibition, onto neurons that learn among themselves."""
    post = Population(
        "post", NEURONS[neuron] if isinstance(neuron, str) else neuron, 3, current + np.array([0.0, 2e-12, 5e-12])
    )
    return Network(
        [
            Replay("exc", trains(6, 60.0, 0.5, seed, grid)),
            Replay("inh", trains(2, 30.0, 0.5, seed + 1, grid), sign=-1),
            post,
        ],
        [
            Projection("plastic", "exc", "post", all_to_all(6, 3), 0.4, rule, delay=delay),
            Projection("fixed", "inh", "post", all_to_all(2, 3), 0.5, delay=1e-3),
            Projection("among", "post", "post", all_to_all(3, 3, has_autapses=False), 0.3, rule, delay=2e-3),
        ],
    )


def by_events(network: Network, run: Recording, projection: Projection):
    """The weights that the exact evaluation makes of the spikes of a run, synapse by synapse."""
    acting, later, end = projection.acting, plasticity_delays(projection), run.state.time
    fired = {"pre": run.spikes[projection.source], "post": run.spikes[projection.target]}
    third = {event.name: np.asarray(event.times) for event in network.events if event.name in later}

    def heard(event, train):
        """What comes within the run, without the delay that the rule adds itself."""
        own = acting.delay(event)
        return train[train + later.get(event, 0.0) < end] + later.get(event, 0.0) - own

    others = {event: heard(event, train) for event, train in third.items()}
    weights = np.broadcast_to(projection.weight, projection.size)
    return np.array(
        [
            events.final_weight(
                acting, heard("pre", fired["pre"][i]), heard("post", fired["post"][j]), w0, events=others or None
            )
            for (i, j), w0 in zip(projection.pairs, weights, strict=True)
        ]
    )
