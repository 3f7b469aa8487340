"""Networks of layers, and backpropagation.

A layer is a weight matrix with one row per unit, the bias first (its input x0 is always 1), and an
activation; the last layer may be a softmax. Patterns are rows, and a whole batch passes through a
layer as one matrix product.

Backwards, each layer is given dz = d loss / dz of its own summed inputs. Its weights have the
gradient dz^T x; the layer below receives dz W, and takes that through the slope of its own units.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from plasticity.arrays import Floats, Rng
from plasticity.artificial.activations import Activation, doubles
from plasticity.artificial.descent import Descent, Weights, descend
from plasticity.artificial.examples import Examples, read_only, teacher
from plasticity.artificial.learning import check_learnable
from plasticity.artificial.losses import Loss, check_targets, pull_back, value_and_gradient
from plasticity.errors import ArgumentError, DivergenceError, said
from plasticity.inputs import count, generator, instance, numbers
from plasticity.memory import require_memory


@dataclass(frozen=True, eq=False)
class Layer:
    """Units side by side that read the same inputs.

    weights : (n_units, 1 + n_inputs), the bias first; kept as a read-only copy
    raises ArgumentError when they are not finite or not a matrix
    """

    weights: np.ndarray
    activation: Activation

    def __post_init__(self) -> None:
        instance(self.activation, Activation, "the activation of a layer")
        weights = numbers(self.weights, "layer weights", shape=(None, None))
        if weights.shape[0] < 1 or weights.shape[1] < 2:
            raise ArgumentError(f"layer weights have shape {weights.shape}; needed: a unit, a bias and an input")
        object.__setattr__(self, "weights", read_only(weights))


@dataclass(frozen=True, eq=False)
class LayeredNetwork:
    """Layers in a row, each reading the outputs of the one before.

    raises ArgumentError when a layer does not take as many inputs as the one before has units
    """

    layers: tuple[Layer, ...]

    def __post_init__(self) -> None:
        if not isinstance(self.layers, tuple | list) or not all(isinstance(layer, Layer) for layer in self.layers):
            raise ArgumentError(f"the layers are {said(self.layers)}; a tuple of Layer is allowed")
        object.__setattr__(self, "layers", tuple(self.layers))
        if not self.layers:
            raise ArgumentError("a network needs at least one layer")
        for number, (below, above) in enumerate(zip(self.layers, self.layers[1:], strict=False), 1):
            n_units, n_inputs = len(below.weights), above.weights.shape[1] - 1
            if n_units != n_inputs:
                raise ArgumentError(
                    f"layer {number - 1} has {n_units} units, but layer {number} takes {n_inputs} inputs"
                )


@dataclass(frozen=True, eq=False)
class Training:
    """The trained network, and the loss of the patterns shown before each step, (n_steps,)."""

    network: LayeredNetwork
    losses: np.ndarray


def random_layer(n_inputs: int, n_units: int, *, activation: Activation, rng: Rng) -> Layer:
    """A layer with small random weights and no bias. `rng` is a generator or a seed.

    Weights are uniform within sqrt(6 / (n_inputs + n_units)) of 0, which keeps signals and gradients of
    about one size from layer to layer (Glorot & Bengio 2010, eq. 16).
    """
    n_inputs, n_units = count(n_inputs, "the inputs of a layer"), count(n_units, "the units of a layer")
    require_memory(32.0 * n_inputs * n_units, f"a layer of {n_units} units with {n_inputs} inputs")
    rng = generator(rng)
    bound = np.sqrt(6.0 / (n_inputs + n_units))
    return Layer(np.insert(rng.uniform(-bound, bound, (n_units, n_inputs)), 0, 0.0, axis=1), activation)


def random_network(sizes: Sequence[int], activations: Sequence[Activation], *, rng: Rng) -> LayeredNetwork:
    """A network with small random weights.

    sizes       : the number of inputs, then of units in each layer: (2, 3, 1)
    activations : one for each layer
    rng         : a generator or a seed
    raises ArgumentError for what is no size or activation; MemoryLimitError for layers that are too large
    """
    sizes = tuple(count(size, "a size of the network") for size in numbers(sizes, "sizes", shape=(None,)).tolist())
    if not isinstance(activations, tuple | list) or len(activations) != len(sizes) - 1:
        raise ArgumentError(f"the activations are {said(activations)} for sizes {sizes}; one per layer is needed")
    rng = generator(rng)
    return LayeredNetwork(
        tuple(
            random_layer(n_inputs, n_units, activation=activation, rng=rng)
            for n_inputs, n_units, activation in zip(sizes, sizes[1:], activations, strict=False)
        )
    )


def forward(network: LayeredNetwork, inputs: ArrayLike) -> tuple[tuple[np.ndarray, np.ndarray], ...]:
    """Summed inputs and outputs of every layer: ((z, y), ...), each (n_patterns, n_units of the layer).

    inputs : (n_patterns, n_inputs)
    raises ArgumentError when they are not finite or not as many as the first layer takes;
    DivergenceError when a weighted sum overflows
    """
    instance(network, LayeredNetwork, "the network")
    y = numbers(inputs, "network inputs", shape=(None, network.layers[0].weights.shape[1] - 1))
    passed = []
    for layer in network.layers:
        z = finite_sums(layer.weights, y)
        y = layer.activation(z)
        passed.append((z, y))
    return tuple(passed)


def output(network: LayeredNetwork, inputs: ArrayLike) -> np.ndarray:
    """What the last layer says: (n_patterns, n_inputs) -> (n_patterns, n_outputs)."""
    return forward(network, inputs)[-1][1]


def gradients(network: LayeredNetwork, examples: Examples, loss: Loss) -> tuple[float, Weights]:
    """The loss, and its gradient for the weights of each layer, by backpropagation.

    examples : targets (n_patterns, n_outputs), or (n_patterns,) for a single output
    returns  : (number, (array of the shape of the layer's weights, ...))
    raises ArgumentError when shapes do not fit, the loss or the last layer cannot have the targets,
    or a layer has no slope (step, sign)
    """
    inputs, targets, activations = checked_task(network, examples, loss)
    weights = tuple(layer.weights for layer in network.layers)
    return _backpropagated(weights, inputs, targets, activations=activations, loss=loss)


def train(network: LayeredNetwork, examples: Examples, *, descent: Descent, rng: Rng | None = None) -> Training:
    """Descend the loss on all weights of the network.

    rng     : a generator or a seed, draws the order of the patterns anew in every epoch; None keeps the given order
    returns : Training
    raises ArgumentError as `gradients` does; DivergenceError with the step and the cause
    """
    inputs, targets, activations = checked_task(network, examples, instance(descent, Descent, "descent").loss)
    require_memory(32.0 * descent.n_steps(len(inputs)), f"a loss for each of {descent.n_steps(len(inputs))} steps")

    def objective(weights: Weights, shown: np.ndarray) -> tuple[float, Weights]:
        return _backpropagated(weights, inputs[shown], targets[shown], activations=activations, loss=descent.loss)

    weights, losses = tuple(layer.weights for layer in network.layers), []
    for step in descend(weights, objective, len(inputs), descent=descent, rng=rng):
        weights = step.weights
        losses.append(step.loss)
    trained = tuple(Layer(w, activation) for w, activation in zip(weights, activations, strict=True))
    return Training(LayeredNetwork(trained), read_only(np.array(losses)))


def summed(weights: ArrayLike, inputs: ArrayLike) -> Floats:
    """z of a layer: bias plus weighted inputs, (n_units, 1 + n), (n_patterns, n) -> (n_patterns, n_units)."""
    weights, inputs = doubles(weights), doubles(inputs)
    if weights.ndim != 2 or inputs.shape[-1:] != (weights.shape[1] - 1,):
        raise ArgumentError(f"weights of shape {weights.shape} do not fit inputs of shape {inputs.shape}")
    return inputs @ weights[:, 1:].T + weights[:, 0]


def finite_sums(weights: ArrayLike, inputs: ArrayLike) -> Floats:
    """z of a layer as `summed` gives it; raises DivergenceError when a sum overflows."""
    with np.errstate(over="ignore", invalid="ignore"):  # said below, in words
        z = summed(weights, inputs)
    if not np.isfinite(z).all():
        raise DivergenceError("a summed input of a layer overflows; its weights are too large")
    return z


def weight_gradient(dz: ArrayLike, inputs: ArrayLike) -> Floats:
    """d loss / d weights of a layer from d loss / dz: sums over the patterns, the bias first."""
    dz, inputs = doubles(dz), doubles(inputs)
    if dz.ndim != 2 or inputs.ndim != 2 or len(dz) != len(inputs):
        raise ArgumentError(f"d loss / dz of shape {dz.shape} does not fit inputs of shape {inputs.shape}")
    return np.hstack([dz.sum(axis=0)[:, np.newaxis], dz.T @ inputs])


def _backpropagated(
    weights: Weights, inputs: np.ndarray, targets: np.ndarray, *, activations: Sequence[Activation], loss: Loss
) -> tuple[float, Weights]:
    sums, passed = [], [inputs]
    for matrix, activation in zip(weights, activations, strict=True):
        sums.append(summed(matrix, passed[-1]))
        passed.append(activation(sums[-1]))
    value, dz = value_and_gradient(loss, activations[-1], sums[-1], targets)
    found = [weight_gradient(dz, passed[-2])]
    for below in reversed(range(len(weights) - 1)):
        dz = pull_back(activations[below], sums[below], dz @ weights[below + 1][:, 1:])
        found.append(weight_gradient(dz, passed[below]))
    return value, tuple(reversed(found))


def checked_task(
    network: LayeredNetwork, examples: Examples, loss: Loss
) -> tuple[Floats, Floats, tuple[Activation, ...]]:
    """Inputs, targets as a matrix, and the activations, where they fit together. Raises ArgumentError."""
    instance(network, LayeredNetwork, "the network")
    instance(loss, Loss, "the loss")
    n_inputs, n_outputs = network.layers[0].weights.shape[1] - 1, len(network.layers[-1].weights)
    targets = numbers(teacher(examples), "targets")
    inputs = numbers(examples.inputs, "network inputs", shape=(None, n_inputs))
    if targets.ndim == 1 and n_outputs == 1:
        targets = targets[:, np.newaxis]
    if targets.shape[1:] != (n_outputs,):
        raise ArgumentError(f"targets have shape {targets.shape}; {n_outputs} outputs need (n_patterns, {n_outputs})")
    activations = tuple(layer.activation for layer in network.layers)
    for activation in activations:
        check_learnable(activation)
    check_targets(loss, activations[-1], targets)
    return inputs, targets, activations
