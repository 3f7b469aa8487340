"""What a run of a network leaves behind."""

from dataclasses import dataclass, field

from plasticity.arrays import Floats
from plasticity.displayed import Displayed, brief
from plasticity.networks.state import State
from plasticity.trains import Trajectory


@dataclass(frozen=True)
class Recording(Displayed):
    """What a run left behind, as plain arrays.

    spikes       : {population: one array of times (s) a neuron}
    weights      : {projection: final weights, (n_synapses,)}
    trajectories : {projection: weight after every step}, only for those that were asked for
    times        : seconds, at the start of every step, (n_steps,)
    voltages     : {population: volts, (n_steps, size)}, at `times`, only for those that were asked for
    engine       : what computed it, as `plasticity.simulate` calls it, and `reason`: why it was chosen; empty where the
                   engine was asked by itself
    state        : all that the network's future depends on, at the end: `simulate(network, ..., state=recording.state)`
    """

    spikes: dict[str, list[Floats]]
    weights: dict[str, Floats]
    times: Floats
    state: State
    trajectories: dict[str, Trajectory] = field(default_factory=dict)
    voltages: dict[str, Floats] = field(default_factory=dict)
    engine: str = ""
    reason: str = ""

    def __repr__(self) -> str:
        n_spikes = sum(train.size for trains in self.spikes.values() for train in trains)
        return brief("recording of", ", ".join(self.spikes), f"{n_spikes} spikes")
