"""Stacked autoencoders: a deep classifier, initialised layer by layer without labels.

Bengio, Lamblin, Popovici & Larochelle (2007), after the deep belief nets of Hinton, Osindero & Teh (2006):

1. greedy    train an autoencoder on the inputs, the next on its codes, and so on; drop the decoders
2. top       put a softmax layer on the last codes and train it alone, with labels
3. fine      train all weights, with labels

Two yardsticks get as many epochs in all as the stack did: the same network from random weights, and
a softmax layer straight on the inputs (softmax regression).
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from plasticity.arrays import Rng
from plasticity.artificial.activations import SIGMOID, Activation
from plasticity.artificial.autoencoders import codes, random_autoencoder, train_autoencoder
from plasticity.artificial.burdens import NO_BURDEN, Burden
from plasticity.artificial.descent import Descent
from plasticity.artificial.examples import Examples, teacher
from plasticity.artificial.layers import Layer, LayeredNetwork, output, random_layer, random_network, train
from plasticity.artificial.losses import (
    CATEGORICAL_CROSS_ENTROPY,
    MULTICLASS_CROSS_ENTROPY,
    SOFTMAX,
    check_targets,
)
from plasticity.errors import ArgumentError
from plasticity.inputs import count, generator, instance, numbers


@dataclass(frozen=True)
class Recipe:
    """How to build and train a stacked autoencoder.

    sizes      : units of each hidden layer, from the inputs upwards
    activation : of all hidden units and of the decoders; its range must hold the inputs
    burden     : on the hidden layer of each autoencoder
    greedy     : the training of each autoencoder; its loss compares inputs and reconstructions
    top        : the training of the softmax layer alone
    fine       : the training of all weights

    The numbers are our choice, for the 8 x 8 digits; four hidden layers are where pretraining begins to
    matter there. With two, or with tanh units, random weights do as well.
    """

    sizes: tuple[int, ...] = (48, 32, 24, 16)
    activation: Activation = SIGMOID
    burden: Burden = NO_BURDEN
    greedy: Descent = Descent(MULTICLASS_CROSS_ENTROPY, 0.05, 0.9, batch_size=32, n_epochs=20)
    top: Descent = Descent(CATEGORICAL_CROSS_ENTROPY, 0.1, 0.9, batch_size=32, n_epochs=10)
    fine: Descent = Descent(CATEGORICAL_CROSS_ENTROPY, 0.1, 0.9, batch_size=32, n_epochs=20)

    def __post_init__(self) -> None:
        sizes = numbers(self.sizes, "sizes", shape=(None,)).tolist()
        object.__setattr__(self, "sizes", tuple(count(size, "the size of a hidden layer") for size in sizes))
        instance(self.activation, Activation, "the activation")
        instance(self.burden, Burden, "the burden")
        for name in ("greedy", "top", "fine"):
            instance(getattr(self, name), Descent, f"the {name} training")

    @property
    def n_epochs(self) -> int:
        """Epochs in all: of each autoencoder, the top and the fine-tuning."""
        return len(self.sizes) * self.greedy.n_epochs + self.top.n_epochs + self.fine.n_epochs


def greedy_encoders(inputs: ArrayLike, recipe: Recipe, *, rng: Rng) -> tuple[Layer, ...]:
    """Stage 1: the encoders of autoencoders trained one after another, each on the codes of the last.

    inputs  : (n_patterns, n_inputs), within the range of the activation
    returns : a Layer for each of `recipe.sizes`; no label is used
    raises ArgumentError when the inputs do not fit; DivergenceError with the step and the cause
    """
    instance(recipe, Recipe, "the recipe")
    inputs, encoders, rng = numbers(inputs, "inputs", shape=(None, None)), [], generator(rng)
    for size in recipe.sizes:
        pair = (recipe.activation, recipe.activation)
        start = random_autoencoder(inputs.shape[1], size, activations=pair, rng=rng)
        training = train_autoencoder(start, inputs, descent=recipe.greedy, burden=recipe.burden, rng=rng)
        encoders.append(training.autoencoder.encoder)
        inputs = codes(training.autoencoder, inputs)
    return tuple(encoders)


def with_trained_top(encoders: tuple[Layer, ...], examples: Examples, *, descent: Descent, rng: Rng) -> LayeredNetwork:
    """Stage 2: the encoders, unchanged, and a softmax layer on top that alone has learnt the labels.

    examples : targets one-hot, (n_patterns, n_classes)
    """
    rng = generator(rng)
    targets = teacher(examples)
    coded = Examples(output(LayeredNetwork(encoders), examples.inputs), targets)
    top = _softmax_layer(coded, rng)
    return LayeredNetwork((*encoders, *train(LayeredNetwork((top,)), coded, descent=descent, rng=rng).network.layers))


def stacked(examples: Examples, recipe: Recipe, *, rng: Rng) -> LayeredNetwork:
    """All three stages: a network of the recipe's hidden layers and a softmax.

    examples : inputs within the range of the activation, targets one-hot, (n_patterns, n_classes)
    rng      : a generator or a seed, draws the first weights, the order of the patterns and what dropout silences
    raises ArgumentError when the examples do not fit; DivergenceError with the step and the cause
    """
    rng = generator(rng)
    check_targets(
        instance(recipe, Recipe, "the recipe").fine.loss, SOFTMAX, _one_hot(examples)
    )  # before the long stage, not after it
    encoders = greedy_encoders(examples.inputs, recipe, rng=rng)
    network = with_trained_top(encoders, examples, descent=recipe.top, rng=rng)
    return train(network, examples, descent=recipe.fine, rng=rng).network


def unpretrained(examples: Examples, recipe: Recipe, *, rng: Rng) -> LayeredNetwork:
    """The same network from random weights, fine-tuned for as many epochs as the stack had in all."""
    n_classes, rng = _n_classes(examples), generator(rng)
    instance(recipe, Recipe, "the recipe")
    sizes = (examples.inputs.shape[1], *recipe.sizes, n_classes)
    start = random_network(sizes, (*[recipe.activation] * len(recipe.sizes), SOFTMAX), rng=rng)
    return train(start, examples, descent=_in_all(recipe), rng=rng).network


def linear(examples: Examples, recipe: Recipe, *, rng: Rng) -> LayeredNetwork:
    """Softmax regression: a softmax layer on the inputs, for as many epochs as the stack had in all."""
    rng = generator(rng)
    instance(recipe, Recipe, "the recipe")
    teacher(examples)
    start = LayeredNetwork((_softmax_layer(examples, rng),))
    return train(start, examples, descent=_in_all(recipe), rng=rng).network


def error_rate(network: LayeredNetwork, examples: Examples) -> float:
    """The fraction of patterns whose largest output is not that of their category; of unseen ones, the test error.

    raises ArgumentError when the targets are not one-hot, or not of as many categories as outputs
    """
    n_classes = _n_classes(examples)
    said = output(network, examples.inputs)
    if said.shape[1] != n_classes:
        raise ArgumentError(f"targets of {n_classes} categories for a network of {said.shape[1]} outputs")
    return float(np.mean(said.argmax(axis=1) != _one_hot(examples).argmax(axis=1)))


def _in_all(recipe: Recipe) -> Descent:
    return replace(recipe.fine, n_epochs=recipe.n_epochs)


def _softmax_layer(examples: Examples, rng: Rng) -> Layer:
    return random_layer(examples.inputs.shape[1], _n_classes(examples), activation=SOFTMAX, rng=rng)


def _n_classes(examples: Examples) -> int:
    return _one_hot(examples).shape[1]


def _one_hot(examples: Examples) -> np.ndarray:
    targets = teacher(examples)
    if targets.ndim != 2:
        raise ArgumentError(f"targets have shape {targets.shape}; they must be one-hot, (n_patterns, n_classes)")
    return targets
