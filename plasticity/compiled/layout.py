"""Where the synapses of a network lie in memory: by source, so that a spike finds those that it goes to in one row.

Rules that act at postsynaptic spikes find the synapses of a neuron by a second list, of places in the first. Places
and neurons take 4 bytes each, and all synapses of a projection that come from one neuron lie together.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from plasticity.arrays import Floats
from plasticity.errors import MemoryLimitError
from plasticity.networks import Projection

Places = NDArray[np.uint32]
MOST_SYNAPSES = 2**31 - 1  # of a projection: what 4 bytes can count


class Outgoing(NamedTuple):
    """The synapses of a projection, by source.

    first   : the place of the first synapse of each source, and behind the last one, (n_sources + 1,)
    targets : the neuron that each goes to, (n_synapses,)
    order   : which of the projection's pairs each is, (n_synapses,); None where they came in this order
    """

    first: NDArray[np.int64]
    targets: Places
    order: Places | None

    def sorted(self, values: Floats) -> Floats:
        """Numbers of the synapses, in the order of the pairs, as they lie in memory."""
        return values if self.order is None else values[self.order]

    def as_given(self, values: Floats) -> Floats:
        """Numbers as they lie in memory, in the order of the pairs; the same array where that is the same."""
        if self.order is None:
            return values
        found = np.empty_like(values)
        found[self.order] = values
        return found


class Incoming(NamedTuple):
    """The same synapses, by target.

    first   : the first of each target, and behind the last one, (n_targets + 1,)
    places  : where each lies in `Outgoing`, (n_synapses,)
    sources : the neuron that each comes from, (n_synapses,)
    """

    first: NDArray[np.int64]
    places: Places
    sources: Places


def outgoing(projection: Projection, n_sources: int) -> Outgoing:
    """The synapses of a projection by source; those of one source in the order of the pairs."""
    if projection.size > MOST_SYNAPSES:
        raise MemoryLimitError(
            f"{projection.name} has {projection.size:.3g} synapses; {MOST_SYNAPSES:.3g} in a projection is the most"
        )
    pairs = np.asarray(projection.pairs).reshape(-1, 2)
    source = pairs[:, 0]
    first = _firsts(source, n_sources)
    if (source[1:] >= source[:-1]).all():
        return Outgoing(first, pairs[:, 1].astype(np.uint32), None)
    order = np.argsort(source, kind="stable").astype(np.uint32)
    return Outgoing(first, pairs[order, 1].astype(np.uint32), order)


def incoming(found: Outgoing, n_targets: int) -> Incoming:
    """The same by target; those of one target in the order of their places."""
    places = np.argsort(found.targets, kind="stable").astype(np.uint32)
    sources = np.repeat(np.arange(len(found.first) - 1, dtype=np.uint32), np.diff(found.first))
    return Incoming(_firsts(found.targets, n_targets), places, sources[places])


def _firsts(values: NDArray[np.integer], size: int) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(np.bincount(values, minlength=size))])
