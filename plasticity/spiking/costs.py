"""What a run costs in memory and time, estimated before anything is made, and refused when it is impossible."""

from collections.abc import Sequence

from plasticity.memory import require_memory, require_time
from plasticity.networks import Network, Population
from plasticity.spiking.targets import Target, chosen, compiler, seconds_of

# Measured with Brian2 2.9, from 2 million neurons and from a million synapses, rounded up for those that have a rule.
BYTES_PER_NEURON = 290.0
BYTES_PER_SYNAPSE = 130.0
BYTES_PER_STEP = 8.0  # the time of each, in the recording
_NOT_COUNTED = 2.0**26  # bytes that are always there: as much as Brian2 itself takes


def require_possible(network: Network, n_steps: float, record: Sequence[str], target: str) -> Target:
    """The code generation of a run of `n_steps`, when it fits into memory and into a day.

    raises MemoryLimitError, TimeLimitError with both figures; ArgumentError for a target that is unknown
    """
    sizes = {part.name: part.size for part in network.parts}
    n_objects = 5 * len(network.populations) + 6 * len(network.projections) + len(record)
    n_elements = sum(population.size for population in network.populations)
    cost = {"n_steps": n_steps, "n_objects": n_objects, "n_elements": n_elements}
    picked = chosen(target, **cost)
    seconds = seconds_of(picked, **cost)
    recorded = 8.0 * n_steps * sum(sizes[name] for name in record)
    require_memory(recorded, "recording", seconds)
    n_neurons = sum(population.size for population in network.populations if isinstance(population, Population))
    n_synapses = sum(projection.size for projection in network.projections)
    others = BYTES_PER_NEURON * n_neurons + BYTES_PER_SYNAPSE * n_synapses + BYTES_PER_STEP * n_steps
    what = f"a run of {n_steps:.3g} steps of {n_elements:.3g} neurons"
    require_memory(max(0.0, others - _NOT_COUNTED), what, seconds)
    require_time(seconds, what, recorded + others)
    return picked


def estimates(network: Network, n_steps: float, record: Sequence[str] = ()) -> dict[Target, tuple[float, float]]:
    """{target: about how many seconds and bytes a run takes}, of those that 'auto' chooses from."""
    n_objects = 5 * len(network.populations) + 6 * len(network.projections) + len(record)
    n_elements = sum(population.size for population in network.populations)
    n_synapses = sum(projection.size for projection in network.projections)
    n_bytes = BYTES_PER_NEURON * n_elements + BYTES_PER_SYNAPSE * n_synapses + BYTES_PER_STEP * n_steps
    targets: list[Target] = ["numpy", "cpp_standalone"] if compiler() else ["numpy"]
    return {
        target: (seconds_of(target, n_steps=n_steps, n_objects=n_objects, n_elements=n_elements), n_bytes)
        for target in targets
    }
