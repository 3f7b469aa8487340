"""The steps of a run, those that went before it, and the spikes that one run hands to the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError
from plasticity.grid import whole_steps
from plasticity.inputs import instance
from plasticity.networks.given import trains
from plasticity.networks.network import Network, delays
from plasticity.networks.poisson import Drawn
from plasticity.networks.state import State


@dataclass(frozen=True)
class Steps:
    """The steps of a run: `n` of `dt` seconds each; `first` have gone before it, in runs that it goes on from."""

    n: int
    dt: float
    first: int = 0

    @property
    def end(self) -> int:
        """The steps that have gone after it."""
        return self.first + self.n


def seed_from(seed: int, first: int) -> int:
    """The seed of a run after `first` steps: another than that of the start, or its noise would come once more."""
    return seed if first == 0 else int(np.random.SeedSequence([seed, first]).generate_state(1)[0])


def steps_before(network: Network, state: State, dt: float) -> int:
    """The steps of `dt` seconds that have gone before a state.

    raises ArgumentError when its time is beside the grid, or its spikes are those of another network
    """
    instance(state, State, "the state")
    first = whole_steps(state.time, dt, "the time of the state")
    for name, found in state.spikes.items():
        if network.sizes.get(name) != len(found):
            raise ArgumentError(
                f"the state has spikes of {len(found)} neurons of {name}, the network has "
                f"{network.sizes.get(name, 0)}; the same network is needed"
            )
    return first


def late_spikes(
    network: Network, steps: Steps, fired: Mapping[str, Drawn], earlier: Mapping[str, Drawn]
) -> dict[str, list[Floats]]:
    """{population or event: the times of each neuron} of those within the longest delay before the end of a run."""
    longest = round(max(delays(network).values(), default=0.0) / steps.dt)
    late = {}
    for name, size in network.sizes.items():
        parts = [spikes[name] for spikes in (earlier, fired) if name in spikes]
        neuron, step = (np.concatenate(columns) for columns in zip(*parts, strict=True))
        is_late = step >= steps.end - longest
        late[name] = trains(Drawn(neuron[is_late], step[is_late]), size, steps.dt)
    return late


def on_steps(times: Sequence[Floats], dt: float) -> Drawn:
    """Trains (s), one a neuron, as spikes in steps of `dt` seconds."""
    neuron = np.repeat(np.arange(len(times)), [len(one) for one in times])
    return Drawn(neuron, np.round(np.concatenate([np.empty(0), *times]) / dt).astype(np.int64))
