"""Networks of one shape trained side by side: what takes long is one matrix product for all of them.

Each has its own weights, its own examples or the same as the others, and its own order of patterns. The numbers are
those of `layers.train` and `autoencoders.train_autoencoder`, one by one, but for rounding; the losses on the way are
not kept. Arrays inside have a leading axis of networks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from plasticity.arrays import Floats, Rng
from plasticity.artificial.activations import SIGMOID, TANH, Activation
from plasticity.artificial.autoencoders import Autoencoder, as_network, checked_inputs
from plasticity.artificial.burdens import NO_BURDEN, Burden
from plasticity.artificial.descent import Descent, batches
from plasticity.artificial.examples import Examples
from plasticity.artificial.layers import LayeredNetwork, checked_task
from plasticity.artificial.losses import SOFTMAX, Loss, pull_back
from plasticity.artificial.stacks import Stack, in_one, joined, same_shape, stack, taken, unstacked
from plasticity.errors import ArgumentError, DivergenceError
from plasticity.inputs import generator, instance, listed, numbers


@dataclass(frozen=True, eq=False)
class _Task:
    """What all learn: inputs and targets (n_networks or 1, n_patterns, n), and what their hidden layer bears."""

    inputs: Floats
    targets: Floats
    activations: tuple[Activation, ...]
    loss: Loss
    burdens: Sequence[Burden]
    rngs: Sequence[np.random.Generator | None]

    @property
    def n_patterns(self) -> int:
        return self.inputs.shape[1]

    @property
    def orders(self) -> Sequence[np.random.Generator | None]:
        """What draws the orders of the patterns, of each network its own, or one for all."""
        return self.rngs if any(rng is not None for rng in self.rngs) else [None]

    def shown(self, patterns: Sequence[np.ndarray]) -> tuple[Floats, Floats]:
        """Inputs and targets of one step, of each network its own patterns, or the same of all."""
        if len(patterns) == 1 and len(patterns[0]) == self.n_patterns:
            return self.inputs, self.targets
        places = np.array(patterns)
        return taken(self.inputs, places), taken(self.targets, places)


def train_all(
    networks: Sequence[LayeredNetwork],
    examples: Examples | Sequence[Examples],
    *,
    descent: Descent,
    rngs: Sequence[Rng] | None = None,
) -> tuple[LayeredNetwork, ...]:
    """Descend the loss of every network, as `layers.train` does it with one.

    networks : of the same layers
    examples : the same for all, or of each its own, as many patterns in each
    rngs     : for each network a generator or a seed, which draws its order of patterns; None keeps the given order
    raises ArgumentError as `train` does, or where shapes differ; DivergenceError when a weight is no longer finite
    """
    networks = [instance(one, LayeredNetwork, "a network") for one in listed(networks, "the networks")]
    activations = tuple(layer.activation for layer in same_shape(networks).layers)
    each = [examples] if isinstance(examples, Examples) else listed(examples, "the examples")
    loss = instance(descent, Descent, "descent").loss
    tasks = [checked_task(networks[0], one, loss)[:2] for one in each]
    inputs, targets = (joined([task[k] for task in tasks], len(networks), "examples") for k in range(2))
    generators = _generators(rngs, len(networks))
    task = _Task(inputs, targets, activations, loss, [NO_BURDEN] * len(networks), generators)
    return unstacked(_descended(stack(networks), task, descent), activations)


def train_autoencoders(
    autoencoders: Sequence[Autoencoder],
    inputs: ArrayLike,
    *,
    descent: Descent,
    burdens: Sequence[Burden] | None = None,
    rngs: Sequence[Rng] | None = None,
) -> tuple[Autoencoder, ...]:
    """Teach every autoencoder to give its inputs back, as `train_autoencoder` does it with one.

    autoencoders : of the same layers, their weights not tied
    inputs       : (n_patterns, n_visible) the same for all, or of each its own, (n_networks, n_patterns, n_visible)
    burdens      : of each its own; None is none
    rngs         : for each a generator or a seed; draws the order of the patterns and what dropout silences
    raises ArgumentError as `train_autoencoder` does, or where shapes differ; DivergenceError
    """
    autoencoders = [instance(one, Autoencoder, "an autoencoder") for one in listed(autoencoders, "the autoencoders")]
    if any(one.tied for one in autoencoders):
        raise ArgumentError("tied weights are not trained side by side; use train_autoencoder, one by one")
    networks = [as_network(one) for one in autoencoders]
    activations = tuple(layer.activation for layer in same_shape(networks).layers)
    burdens = [NO_BURDEN] * len(networks) if burdens is None else listed(burdens, "the burdens")
    burdens = [instance(one, Burden, "a burden") for one in burdens]
    loss, generators = instance(descent, Descent, "descent").loss, _generators(rngs, len(networks))
    if len(burdens) != len(networks):
        raise ArgumentError(f"{len(burdens)} burdens for {len(networks)} autoencoders; one for each is needed")
    if any(burden.dropout for burden in burdens) and rngs is None:
        raise ArgumentError("dropout draws at random: give rngs, a numpy Generator or a seed for each autoencoder")
    given = numbers(inputs, "inputs", is_matrix=True)
    each = [checked_inputs(autoencoders[0], one, loss, NO_BURDEN) for one in (given if given.ndim == 3 else [given])]
    for burden in burdens:
        checked_inputs(autoencoders[0], each[0], loss, burden)
    stacked = joined(each, len(networks), "inputs")
    task = _Task(stacked, stacked, activations, loss, burdens, generators)
    trained = unstacked(_descended(stack(networks), task, descent), activations)
    return tuple(Autoencoder(network.layers[0], network.layers[1]) for network in trained)


def _descended(weights: Stack, task: _Task, descent: Descent) -> Stack:
    """The weights after all steps."""
    # the one that is trained alone looks at all patterns before its first step
    _masks(task, (len(task.rngs), task.n_patterns, weights[0].shape[1]))
    flat, weights = in_one(weights)
    slopes, gradients = in_one(weights)
    velocity = np.zeros_like(flat)
    with np.errstate(over="ignore", invalid="ignore"):  # said below, in words
        for patterns in zip(*(batches(task.n_patterns, descent, rng) for rng in task.orders), strict=True):
            _find_gradients(weights, *task.shown(patterns), task, gradients)
            velocity *= descent.momentum
            slopes *= descent.rate
            velocity -= slopes
            flat += velocity
    for k in range(len(weights[0])):
        if not all(np.isfinite(array[k]).all() for array in weights):
            raise DivergenceError(f"network {k}: a weight is no longer finite; try a rate below {descent.rate:g}")
    return weights


def _find_gradients(weights: Stack, inputs: Floats, targets: Floats, task: _Task, gradients: Stack) -> None:
    """Of every array of the stack, written into one of its shape."""
    sums, passed, heard = [], [inputs], [inputs]
    for matrix, bias, activation in zip(weights[::2], weights[1::2], task.activations, strict=True):
        z = heard[-1] @ matrix.swapaxes(1, 2)
        z += bias
        sums.append(z)
        passed.append(_through(activation, z))
        heard.append(passed[-1])
        if len(sums) == 1:
            masks = _masks(task, passed[1].shape)
            heard[1] = passed[1] if masks is None else passed[1] * masks
    dz = _at_output(task, sums[-1], passed[-1], targets)
    for k in reversed(range(len(sums))):
        np.matmul(dz.swapaxes(1, 2), heard[k], out=gradients[2 * k])
        np.add.reduce(dz, axis=1, keepdims=True, out=gradients[2 * k + 1])
        if k:
            dh = dz @ weights[2 * k]
            if k == 1:
                dh = _burdened(task, dh if masks is None else dh * masks, passed[1])
            dz = _back(task.activations[k - 1], sums[k - 1], passed[k], dh)


def _through(activation: Activation, z: Floats) -> np.ndarray:
    """What a layer says. Of the two that take most of the time, the sigmoid and the softmax, without passes over the
    array that keep their last digits: what they lose, the loss does not feel."""
    if activation == SIGMOID:
        y = np.negative(z)
        np.exp(y, out=y)  # beyond all numbers where z is below -709, and y 0
        y += 1.0
        return np.reciprocal(y, out=y)
    if activation == SOFTMAX:
        y = z - np.maximum.reduce(z, axis=-1, keepdims=True)
        np.exp(y, out=y)
        y /= np.add.reduce(y, axis=-1, keepdims=True)
        return y
    return activation(z)


def _back(activation: Activation, z: Floats, y: Floats, dh: Floats) -> np.ndarray:
    """d loss / dz from d loss / dy; the slope from the output where that is quicker: it only loses what y has lost."""
    if activation == SIGMOID:
        slope = 1.0 - y
        slope *= y
    elif activation == TANH:
        slope = y * y
        np.subtract(1.0, slope, out=slope)
    else:
        return pull_back(activation, z, dh)
    slope *= dh
    return slope


def _at_output(task: _Task, z: Floats, y: Floats, targets: Floats) -> np.ndarray:
    """d loss / dz of the last layer."""
    last, n_patterns = task.activations[-1], y.shape[1]
    if last == task.loss.matching:
        return (y - targets) / n_patterns
    return _back(last, z, y, task.loss.slopes(y, np.broadcast_to(targets, y.shape)) / n_patterns)


def _burdened(task: _Task, dh: Floats, hidden: Floats) -> Floats:
    """d loss / dh with what the penalties add."""
    for k, burden in enumerate(task.burdens):
        if burden.penalty is not None:
            dh[k] += burden.penalty.gradient(hidden[k])
    return dh


def _masks(task: _Task, shape: tuple[int, ...]) -> Floats | None:
    """The factors of dropout for every network, or None where none has it."""
    if not any(burden.dropout for burden in task.burdens):
        return None
    found = np.ones(shape)
    for mask, burden, rng in zip(found, task.burdens, task.rngs, strict=True):
        if burden.dropout and rng is not None:
            mask[:] = burden.mask(mask.shape, rng)
    return found


def _generators(rngs: Sequence[Rng] | None, n_networks: int) -> Sequence[np.random.Generator | None]:
    found = [None] * n_networks if rngs is None else [generator(rng) for rng in listed(rngs, "the rngs")]
    if len(found) != n_networks:
        raise ArgumentError(f"{len(found)} random generators for {n_networks} networks; one for each is needed")
    return found
