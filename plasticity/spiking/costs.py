"""What a run costs in memory and time, estimated before anything is made, and refused when it is impossible."""

from collections.abc import Sequence
from typing import NamedTuple

from plasticity.memory import require_memory, require_time
from plasticity.networks import Network, Population
from plasticity.networks.load import load
from plasticity.spiking.targets import Target, chosen, compiler, seconds_of

# Measured with Brian2 2.9, from 2 million neurons and from a million synapses, rounded up for those that have a rule.
BYTES_PER_NEURON = 290.0
BYTES_PER_SYNAPSE = 130.0
BYTES_PER_SPIKE = 100.0  # that is given: its time and neuron, as they come, sorted, and in the C++ program twice
BYTES_PER_STEP = 8.0  # the time of each, in the recording
_NOT_COUNTED = 2.0**26  # bytes that are always there: as much as Brian2 itself takes
# What it takes until the first step, measured: the text and its code, and the synapses
SECONDS_BEFORE = 0.2
SECONDS_PER_SYNAPSE = 0.2e-6
# A step with spikes takes longer than one without, by as much as so many objects
_OBJECTS_AT_SPIKES = 6


class Cost(NamedTuple):
    """What a run needs: the work, as `plasticity.spiking.targets` counts it, and the memory (bytes)."""

    work: dict[str, float]
    recorded: float
    others: float


def require_possible(network: Network, n_steps: float, dt: float, record: Sequence[str], target: str) -> Target:
    """The code generation of a run of `n_steps` of `dt` seconds, when it fits into memory and into a day.

    raises MemoryLimitError, TimeLimitError with both figures; ArgumentError for a target that is unknown
    """
    cost = _cost(network, n_steps, dt, record)
    picked = chosen(target, **cost.work)
    seconds = seconds_of(picked, **cost.work)
    require_memory(cost.recorded, "recording", seconds)
    what = f"a run of {n_steps:.3g} steps of {sum(part.size for part in network.populations):.3g} neurons"
    require_memory(max(0.0, cost.others - _NOT_COUNTED), what, seconds)
    require_time(seconds, what, cost.recorded + cost.others)
    return picked


def estimates(
    network: Network, n_steps: float, record: Sequence[str] = (), *, dt: float = 1e-4
) -> dict[Target, tuple[float, float]]:
    """{target: about how many seconds and bytes a run takes}, of those that 'auto' chooses from.

    dt : seconds, the step
    """
    cost = _cost(network, n_steps, dt, record)
    targets: list[Target] = ["numpy", "cpp_standalone"] if compiler() else ["numpy"]
    before = SECONDS_BEFORE + SECONDS_PER_SYNAPSE * sum(projection.size for projection in network.projections)
    n_bytes = cost.recorded + cost.others
    return {target: (before + seconds_of(target, **cost.work), n_bytes) for target in targets}


def _cost(network: Network, n_steps: float, dt: float, record: Sequence[str]) -> Cost:
    """Spikes that are given count as they are; neurons are taken to fire at a typical rate, for that is not known."""
    found, sizes = load(network, n_steps * dt), {part.name: part.size for part in network.parts}
    n_objects = 5 * len(network.populations) + 6 * len(network.projections) + len(record)
    n_neurons = sum(part.size for part in network.populations if isinstance(part, Population))
    n_synapses = sum(projection.size for projection in network.projections)
    work = {
        "n_steps": n_steps,
        "n_objects": n_objects + _OBJECTS_AT_SPIKES * min(1.0, found.spikes / n_steps),
        "n_elements": float(n_neurons),
        "n_events": found.deliveries + found.learnings,
    }
    others = BYTES_PER_NEURON * n_neurons + BYTES_PER_SYNAPSE * n_synapses + BYTES_PER_STEP * n_steps
    recorded = 8.0 * n_steps * sum(sizes.get(name, 0) for name in record)
    return Cost(work, recorded, others + BYTES_PER_SPIKE * found.spikes)
