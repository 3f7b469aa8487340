"""Networks trained side by side end where each ends alone."""

from dataclasses import replace

import numpy as np
import pytest

from plasticity.artificial.activations import LINEAR, SIGMOID, TANH
from plasticity.artificial.autoencoders import random_autoencoder, train_autoencoder
from plasticity.artificial.burdens import Burden, kl, l1
from plasticity.artificial.descent import Descent
from plasticity.artificial.examples import Examples
from plasticity.artificial.layers import random_network, train
from plasticity.artificial.losses import CATEGORICAL_CROSS_ENTROPY, MSE, MULTICLASS_CROSS_ENTROPY, SOFTMAX
from plasticity.artificial.side_by_side import train_all, train_autoencoders
from plasticity.errors import ArgumentError, DivergenceError

ROUNDING = 1e-11  # the same sums in another order, some hundred steps
MINI = Descent(CATEGORICAL_CROSS_ENTROPY, 0.3, 0.9, batch_size=4, n_epochs=20)


def data(n_networks, n_outputs=3):
    rng = np.random.default_rng(0)
    labels = rng.integers(0, n_outputs, (n_networks, 10))
    return [Examples(rng.uniform(0, 1, (10, 5)), np.eye(n_outputs)[row]) for row in labels]


def starts(n_networks, activations=(SIGMOID, TANH, SOFTMAX), sizes=(5, 4, 4, 3)):
    return [random_network(sizes, activations, rng=seed) for seed in range(n_networks)]


def are_near(found, expected):
    for one, other in zip(found, expected, strict=True):
        for layer, alone in zip(one.layers, other.layers, strict=True):
            assert layer.weights == pytest.approx(alone.weights, abs=ROUNDING) and layer.activation == alone.activation


@pytest.mark.parametrize(
    "activations, loss",
    [
        ((SIGMOID, TANH, SOFTMAX), CATEGORICAL_CROSS_ENTROPY),
        ((SIGMOID, SIGMOID, SIGMOID), MULTICLASS_CROSS_ENTROPY),
        ((TANH, TANH, TANH), MSE),
        ((SIGMOID, LINEAR, SOFTMAX), MSE),
    ],
)
def test_networks_side_by_side_end_where_each_ends_alone(activations, loss):
    networks, examples, descent = starts(3, activations), data(3), replace(MINI, loss=loss)
    alone = [
        train(net, one, descent=descent, rng=seed).network
        for seed, (net, one) in enumerate(zip(networks, examples, strict=True))
    ]
    are_near(train_all(networks, examples, descent=descent, rngs=[0, 1, 2]), alone)


def test_networks_that_learn_the_same_in_the_given_order_end_where_each_ends_alone():
    networks, (examples,), descent = starts(3), data(1), replace(MINI, batch_size=None)
    alone = [train(network, examples, descent=descent).network for network in networks]
    are_near(train_all(networks, examples, descent=descent), alone)


def test_autoencoders_with_burdens_of_their_own_end_where_each_ends_alone():
    inputs = np.random.default_rng(1).uniform(0, 1, (4, 10, 5))
    burdens = [Burden(), Burden(l1(0.2)), Burden(kl(0.3, 0.1), dropout=0.5), Burden(dropout=0.2)]
    first, descent = [random_autoencoder(5, 7, rng=k) for k in range(4)], replace(MINI, loss=MULTICLASS_CROSS_ENTROPY)
    found = train_autoencoders(first, inputs, descent=descent, burdens=burdens, rngs=range(4))
    for k, trained in enumerate(found):
        alone = train_autoencoder(first[k], inputs[k], descent=descent, burden=burdens[k], rng=k).autoencoder
        assert trained.encoder.weights == pytest.approx(alone.encoder.weights, abs=ROUNDING)
        assert trained.decoder.weights == pytest.approx(alone.decoder.weights, abs=ROUNDING)


def test_a_network_that_diverges_is_named():
    networks, (examples,) = starts(2, (LINEAR, LINEAR, LINEAR)), data(1)
    with pytest.raises(DivergenceError, match="network 0: a weight is no longer finite"):
        train_all(networks, examples, descent=Descent(MSE, 50.0, n_epochs=300))


@pytest.mark.parametrize(
    "attempt, words",
    [
        (lambda: train_all([], data(1), descent=MINI), "one or more"),
        (lambda: train_all([*starts(1), *starts(1, sizes=(5, 3, 4, 3))], data(2), descent=MINI), "the same layers"),
        (lambda: train_all(starts(3), data(2), descent=MINI), "2 examples .* for 3 networks"),
        (lambda: train_all(starts(3), data(3), descent=MINI, rngs=[1]), "1 random generators for 3"),
        (
            lambda: train_autoencoders([random_autoencoder(5, 2, tied=True, rng=0)], np.eye(5), descent=MINI),
            "tied weights",
        ),
        (
            lambda: train_autoencoders(
                [random_autoencoder(5, 2, rng=0)], np.eye(5), descent=MINI, burdens=[Burden(dropout=0.1)]
            ),
            "give rngs",
        ),
        (
            lambda: train_autoencoders([random_autoencoder(5, 2, rng=0)], np.eye(5), descent=MINI, burdens=[]),
            "0 burdens for 1",
        ),
    ],
)
def test_what_cannot_be_trained_side_by_side_is_refused(attempt, words):
    with pytest.raises(ArgumentError, match=words):
        attempt()
