"""Autoencoders: two layers that learn to give back their input, through a code in between.

What makes the code worth having is a burden on the hidden layer:

bottleneck      fewer hidden units than inputs; nothing to set but the size
burdens         a price on hidden activity, or dropout: see `burdens`
tied weights    the decoder is the encoder's transpose, with a bias of its own
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from plasticity.arrays import Floats, Rng
from plasticity.artificial.activations import SIGMOID, Activation
from plasticity.artificial.burdens import NO_BURDEN, Burden, Penalty, dropout_mask
from plasticity.artificial.burdens import kl as kl  # these two for those who know them by this module
from plasticity.artificial.burdens import l1 as l1
from plasticity.artificial.descent import Descent, Weights, descend
from plasticity.artificial.examples import read_only
from plasticity.artificial.layers import Layer, LayeredNetwork, finite_sums, random_layer, summed, weight_gradient
from plasticity.artificial.learning import check_learnable
from plasticity.artificial.losses import Loss, check_targets, pull_back, value_and_gradient
from plasticity.errors import ArgumentError, said
from plasticity.inputs import generator, instance, numbers


@dataclass(frozen=True, eq=False)
class Autoencoder:
    """An encoder from inputs to codes, and a decoder back.

    tied : the decoder's weights are the encoder's transposed; only its bias is free
    raises ArgumentError when the layers do not fit, or are to be tied and are not
    """

    encoder: Layer
    decoder: Layer
    tied: bool = False

    def __post_init__(self) -> None:
        instance(self.encoder, Layer, "the encoder")
        instance(self.decoder, Layer, "the decoder")
        instance(self.tied, bool, "tied")
        encoder, decoder = self.encoder.weights[:, 1:], self.decoder.weights[:, 1:]
        if encoder.shape != decoder.shape[::-1]:
            raise ArgumentError(
                f"an encoder from {encoder.shape[1]} to {encoder.shape[0]} units does not fit "
                f"a decoder from {decoder.shape[1]} to {decoder.shape[0]}"
            )
        if self.tied and not np.array_equal(encoder.T, decoder):
            raise ArgumentError("the weights are to be tied, but the decoder's are not the encoder's transposed")


@dataclass(frozen=True, eq=False)
class AutoencoderTraining:
    """The trained autoencoder, and before each step the loss with its penalty, (n_steps,)."""

    autoencoder: Autoencoder
    losses: np.ndarray


def random_autoencoder(
    n_visible: int,
    n_hidden: int,
    *,
    activations: Sequence[Activation] = (SIGMOID, SIGMOID),
    tied: bool = False,
    rng: Rng,
) -> Autoencoder:
    """An autoencoder with small random weights (see `random_layer`).

    rng         : a generator or a seed
    activations : of the hidden layer and of the output, whose range must hold the inputs
    """
    hidden, visible = _pair(activations)
    rng, tied = generator(rng), instance(tied, bool, "tied")
    encoder = random_layer(n_visible, n_hidden, activation=hidden, rng=rng)
    if not tied:
        return Autoencoder(encoder, random_layer(n_hidden, n_visible, activation=visible, rng=rng))
    return Autoencoder(encoder, Layer(_transposed(encoder.weights, np.zeros(n_visible)), visible), tied=True)


def codes(autoencoder: Autoencoder, inputs: ArrayLike) -> np.ndarray:
    """The hidden activity for each input, without any burden: (n_patterns, n_visible) -> (.., n_hidden)."""
    instance(autoencoder, Autoencoder, "the autoencoder")
    return autoencoder.encoder.activation(finite_sums(autoencoder.encoder.weights, _fitting(autoencoder, inputs)))


def reconstructions(autoencoder: Autoencoder, inputs: ArrayLike) -> np.ndarray:
    """What comes back: (n_patterns, n_visible) -> (n_patterns, n_visible)."""
    hidden = codes(autoencoder, inputs)
    return autoencoder.decoder.activation(finite_sums(autoencoder.decoder.weights, hidden))


def as_network(autoencoder: Autoencoder) -> LayeredNetwork:
    """Encoder and decoder as a network of two layers, no longer tied."""
    instance(autoencoder, Autoencoder, "the autoencoder")
    return LayeredNetwork((autoencoder.encoder, autoencoder.decoder))


def autoencoder_gradients(
    autoencoder: Autoencoder,
    inputs: ArrayLike,
    *,
    loss: Loss,
    burden: Burden = NO_BURDEN,
    mask: ArrayLike | None = None,
) -> tuple[float, Weights]:
    """The loss with its penalty, and its gradient for each array of free weights.

    inputs  : (n_patterns, n_visible), also the targets
    mask    : the factors of dropout, (n_patterns, n_hidden), as `dropout_mask` draws them; None is none
    returns : (number, (of the encoder's weights, of the decoder's)); when tied the second is that of
              the decoder's bias, and the first gathers what both layers want of the shared weights
    raises ArgumentError when shapes do not fit or the loss or a layer cannot have the inputs
    """
    inputs = checked_inputs(autoencoder, inputs, loss, burden)
    if mask is not None:
        mask = numbers(mask, "mask", shape=(len(inputs), len(autoencoder.encoder.weights)))
    return _gradients(_free(autoencoder), inputs, autoencoder=autoencoder, task=(loss, burden.penalty), mask=mask)


def train_autoencoder(
    autoencoder: Autoencoder,
    inputs: ArrayLike,
    *,
    descent: Descent,
    burden: Burden = NO_BURDEN,
    rng: Rng | None = None,
) -> AutoencoderTraining:
    """Learn to give the inputs back.

    inputs  : (n_patterns, n_visible)
    rng     : a generator or a seed; draws the order of the patterns and what dropout silences; None keeps the order
    returns : AutoencoderTraining
    raises ArgumentError as `autoencoder_gradients` does, or for dropout without rng; DivergenceError
    with the step and the cause
    """
    instance(descent, Descent, "descent")
    inputs = checked_inputs(autoencoder, inputs, descent.loss, burden)
    if burden.dropout and rng is None:
        raise ArgumentError("dropout draws at random: give rng, a numpy Generator or a seed")
    rng = None if rng is None else generator(rng)
    task, n_hidden = (descent.loss, burden.penalty), len(autoencoder.encoder.weights)

    def objective(weights: Weights, shown: np.ndarray) -> tuple[float, Weights]:
        if not burden.dropout or rng is None:
            mask = None
        else:
            mask = dropout_mask((len(shown), n_hidden), burden.dropout, rng=rng)
        return _gradients(weights, inputs[shown], autoencoder=autoencoder, task=task, mask=mask)

    weights, losses = _free(autoencoder), []
    for step in descend(weights, objective, len(inputs), descent=descent, rng=rng):
        weights = step.weights
        losses.append(step.loss)
    return AutoencoderTraining(_with(autoencoder, weights), read_only(np.array(losses)))


def _gradients(
    weights: Weights,
    inputs: Floats,
    *,
    autoencoder: Autoencoder,
    task: tuple[Loss, Penalty | None],
    mask: Floats | None,
) -> tuple[float, Weights]:
    loss, penalty = task
    encoder, decoder = weights[0], _transposed(*weights) if autoencoder.tied else weights[1]
    z = summed(encoder, inputs)
    h = autoencoder.encoder.activation(z)
    heard = h if mask is None else h * mask
    value, dz = value_and_gradient(loss, autoencoder.decoder.activation, summed(decoder, heard), inputs)
    of_decoder, dh = weight_gradient(dz, heard), dz @ decoder[:, 1:]
    if mask is not None:
        dh = dh * mask
    if penalty is not None:
        value, dh = value + penalty.value(h), dh + penalty.gradient(h)
    of_encoder = weight_gradient(pull_back(autoencoder.encoder.activation, z, dh), inputs)
    if not autoencoder.tied:
        return value, (of_encoder, of_decoder)
    of_encoder[:, 1:] += of_decoder[:, 1:].T
    return value, (of_encoder, of_decoder[:, 0])


def _free(autoencoder: Autoencoder) -> Weights:
    decoder = autoencoder.decoder.weights
    return autoencoder.encoder.weights, decoder[:, 0] if autoencoder.tied else decoder


def _with(autoencoder: Autoencoder, weights: Weights) -> Autoencoder:
    decoder = _transposed(*weights) if autoencoder.tied else weights[1]
    return Autoencoder(
        Layer(weights[0], autoencoder.encoder.activation),
        Layer(decoder, autoencoder.decoder.activation),
        autoencoder.tied,
    )


def _pair(activations: Sequence[Activation]) -> Sequence[Activation]:
    if not isinstance(activations, tuple | list) or len(activations) != 2:
        raise ArgumentError(f"activations are {said(activations)}; two are allowed, of the hidden layer and the output")
    return activations


def _transposed(encoder_weights: np.ndarray, decoder_bias: np.ndarray) -> np.ndarray:
    return np.hstack([decoder_bias[:, np.newaxis], encoder_weights[:, 1:].T])


def _fitting(autoencoder: Autoencoder, inputs: ArrayLike) -> Floats:
    return numbers(inputs, "autoencoder inputs", shape=(None, autoencoder.encoder.weights.shape[1] - 1))


def checked_inputs(autoencoder: Autoencoder, inputs: ArrayLike, loss: Loss, burden: Burden) -> Floats:
    """The inputs as doubles, where an autoencoder can learn to give them back. Raises ArgumentError."""
    instance(autoencoder, Autoencoder, "the autoencoder")
    instance(loss, Loss, "the loss")
    instance(burden, Burden, "the burden")
    inputs = _fitting(autoencoder, inputs)
    hidden, visible = autoencoder.encoder.activation, autoencoder.decoder.activation
    check_learnable(hidden)
    check_learnable(visible)
    check_targets(loss, visible, inputs)
    if burden.penalty is not None:
        low, high = burden.penalty.domain
        if hidden.range[0] < low or hidden.range[1] > high:
            raise ArgumentError(
                f"the {burden.penalty.name} penalty needs activity from {low:g} to {high:g}; "
                f"{hidden} gives {hidden.range[0]:g} to {hidden.range[1]:g}"
            )
    return inputs
