"""Networks of one shape as arrays with a leading axis of networks: what `side_by_side` computes with."""

from collections.abc import Sequence

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import Activation
from plasticity.artificial.layers import Layer, LayeredNetwork
from plasticity.errors import ArgumentError
from plasticity.memory import require_memory

Stack = list[Floats]  # of every layer the weights, (n_networks, n_units, n_inputs), and the biases, (n_networks, 1, ..)


def same_shape(networks: Sequence[LayeredNetwork]) -> LayeredNetwork:
    """The first network, when all have its layers."""
    shapes = [[(layer.weights.shape, layer.activation) for layer in network.layers] for network in networks]
    if not networks or any(shape != shapes[0] for shape in shapes):
        raise ArgumentError("networks are trained side by side when all have the same layers, one or more of them")
    return networks[0]


def stack(networks: Sequence[LayeredNetwork]) -> Stack:
    """The weights of networks of the same layers."""
    found: Stack = []
    for layers in zip(*(network.layers for network in networks), strict=True):
        matrices = np.array([layer.weights for layer in layers])
        found += [np.ascontiguousarray(matrices[:, :, 1:]), np.ascontiguousarray(matrices[:, np.newaxis, :, 0])]
    return found


def unstacked(weights: Stack, activations: Sequence[Activation]) -> tuple[LayeredNetwork, ...]:
    """The networks of these weights."""
    matrices = [np.concatenate([b.swapaxes(1, 2), w], axis=2) for w, b in zip(weights[::2], weights[1::2], strict=True)]
    return tuple(LayeredNetwork(tuple(map(Layer, layers, activations))) for layers in zip(*matrices, strict=True))


def in_one(arrays: Stack) -> tuple[Floats, Stack]:
    """A copy in one row, so that a step is one sum and not one for each array; and the arrays, as parts of the row."""
    row = np.concatenate([array.ravel() for array in arrays])
    ends = np.cumsum([array.size for array in arrays])[:-1]
    return row, [part.reshape(array.shape) for part, array in zip(np.split(row, ends), arrays, strict=True)]


def joined(arrays: Sequence[Floats], n_networks: int, what: str) -> Floats:
    """One array for all networks, or one for each, (1 or n_networks, n_patterns, n)."""
    if len(arrays) not in (1, n_networks) or len({array.shape for array in arrays}) > 1:
        raise ArgumentError(
            f"{len(arrays)} {what} of {sorted({array.shape for array in arrays})} for {n_networks} networks; "
            "one for all, or one for each, of the same shape, is needed"
        )
    require_memory(8.0 * len(arrays) * arrays[0].size, f"{what} of {n_networks} networks")
    return np.array(arrays)


def taken(values: Floats, places: np.ndarray) -> Floats:
    """Of each network its own patterns: values (n_networks or 1, n_patterns, n), places (n_networks, n_taken)."""
    if len(values) > 1:
        places = places + values.shape[1] * np.arange(len(places))[:, np.newaxis]
    return values.reshape(-1, values.shape[2]).take(places, axis=0)
