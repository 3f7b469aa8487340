"""Who is connected with whom: the pairs (i, j) of a projection, from neuron i of its source to neuron j of its target.

Every function returns whole numbers, (n_synapses, 2), for `Projection.pairs`. No pair comes twice. Where source and
target are the same population, `has_autapses=False` leaves out the synapses of a neuron onto itself.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from plasticity.errors import ArgumentError
from plasticity.inputs import count, generator, instance, number
from plasticity.memory import require_memory
from plasticity.networks.trials import successes

Pairs = NDArray[np.int64]
_BYTES_PER_PAIR = 40.0  # two numbers, and what is needed to make them


def all_to_all(n_source: int, n_target: int, *, has_autapses: bool = True) -> Pairs:
    """Every neuron with every other, in the order of the sources.

    raises ArgumentError for impossible sizes, and where autapses are left out between populations of different size

    >>> from plasticity.networks import all_to_all
    >>> all_to_all(2, 2)
    array([[0, 0],
           [0, 1],
           [1, 0],
           [1, 1]])
    """
    n, n_each = _possible(n_source, n_target, has_autapses)
    _require_pairs(float(n) * n_each)
    return _numbered(np.arange(n * n_each), n_each, has_autapses)


def one_to_one(n: int) -> Pairs:
    """Each neuron with its counterpart: n synapses between two populations of n neurons.

    >>> from plasticity.networks import one_to_one
    >>> one_to_one(3)
    array([[0, 0],
           [1, 1],
           [2, 2]])
    """
    _require_pairs(count(n, "the number of neurons"))
    both = np.arange(int(n))
    return np.stack([both, both], axis=1)


def fixed_probability(n_source: int, n_target: int, p: float, rng: Any, *, has_autapses: bool = True) -> Pairs:
    """Each pair by itself with probability `p`, in the order of the sources: a random graph of Erdos and Renyi.

    p   : from 0 to 1
    rng : a generator or a seed
    raises ArgumentError as `all_to_all`; what has no pair at all is refused by `Projection`

    >>> from plasticity.networks import fixed_probability
    >>> len(fixed_probability(100, 100, 0.1, rng=1))
    992
    """
    size, n_each = _possible(n_source, n_target, has_autapses)
    probability, random = number(p, "the probability of a synapse", least=0.0, most=1.0), generator(rng)
    _require_pairs(probability * size * n_each)
    return _numbered(successes(size * n_each, probability, random), n_each, has_autapses)


def fixed_indegree(n_source: int, n_target: int, n: int, rng: Any, *, has_autapses: bool = True) -> Pairs:
    """Each neuron of the target gets synapses from `n` different neurons of the source, in the order of the targets.

    rng : a generator or a seed
    raises ArgumentError as `all_to_all`, and for more than there are

    >>> from plasticity.networks import fixed_indegree
    >>> len(fixed_indegree(100, 5, 10, rng=1))
    50
    """
    size, n_each = _possible(n_target, n_source, has_autapses)
    indegree, random = count(n, "the number of synapses onto each neuron"), generator(rng)
    if indegree > n_each:
        raise ArgumentError(
            f"synapses from {indegree} different neurons are wanted, and there are {n_each} for them to come from; "
            f"{n_each} or less is allowed"
        )
    _require_pairs(float(size) * indegree)
    chosen = [np.sort(random.choice(n_each, indegree, replace=False, shuffle=False)) for _ in range(size)]
    places = np.concatenate([target * n_each + sources for target, sources in enumerate(chosen)])
    return _numbered(places, n_each, has_autapses)[:, ::-1]


def _possible(n: int, n_others: int, has_autapses: bool) -> tuple[int, int]:
    """How many neurons there are, and how many others each can be connected with. Raises ArgumentError."""
    size, n_each = count(n, "the number of neurons"), count(n_others, "the number of neurons on the other side")
    if instance(has_autapses, (bool, np.bool_), "has_autapses"):
        return size, n_each
    if size != n_each:
        raise ArgumentError(
            f"autapses are left out within one population, and the sizes are {size} and {n_each}; give one size twice"
        )
    return size, n_each - 1


def _numbered(places: Pairs, n_each: int, has_autapses: bool) -> Pairs:
    """The pairs at these places of the list of all that are possible, `n_each` for each neuron."""
    first, second = np.divmod(places, max(n_each, 1))
    return np.stack([first, second if has_autapses else second + (second >= first)], axis=1)


def _require_pairs(n: float) -> None:
    require_memory(_BYTES_PER_PAIR * n, f"{n:.3g} synapses")


__all__ = ["all_to_all", "fixed_indegree", "fixed_probability", "one_to_one"]
